import { CordonError, safeText } from '../errors/index.ts';
import { TOKEN_BYTES_MAX, TOKEN_SHAPE } from './token-shape.ts';

const OPENING = /^[ \t\n\r\f\v]*\/\*cordon:/;

/**
 * Takes the token out of a comment that begins with `cordon:`, where that is the first thing of a message, at most once.
 * One that is begun and not well-formed is refused: it must not pass as an ordinary comment of nobody.
 */
export function splitLeadingComment(text: string): { readonly token?: string; readonly rest: string } {
  const opening = OPENING.exec(text)?.[0];
  if (opening === undefined) return { rest: text };
  const end = text.indexOf('*/', opening.length);
  const token = text.slice(opening.length, end);
  const rest = text.slice(end + 2);
  if (end === -1 || token.length > TOKEN_BYTES_MAX || !TOKEN_SHAPE.test(token) || OPENING.test(rest))
    throw new CordonError('CORDON_TOKEN_INVALID', { reason: safeText('its comment is malformed') });
  return { token, rest };
}
