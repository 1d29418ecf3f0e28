/** Where the token of a request is found. */
import { CordonError, safeText } from '../errors/index.ts';

/**
 * Left out: `Authorization: Bearer`. With `cookie`, that header first and then the cookie. A function is for all else: it gives the
 * token, or nothing for a request of nobody.
 */
export type TokenSource<Request> =
  | { readonly cookie: string }
  | ((request: Request) => string | undefined | Promise<string | undefined>);

/** Reads one header of a request. */
export type HeaderOf = (name: 'authorization' | 'cookie') => string | undefined;

/** The token of a request; undefined for a request of nobody. */
export async function findToken<Request>(
  source: TokenSource<Request> | undefined,
  request: Request,
  header: HeaderOf,
): Promise<string | undefined> {
  if (typeof source === 'function') return source(request);
  const bearer = bearerOf(header('authorization'));
  return bearer ?? (source === undefined ? undefined : cookieOf(header('cookie'), source.cookie));
}

/** RFC 6750 §2.1; other schemes are not ours to judge, and a Bearer without a token is one that does not hold. */
function bearerOf(header: string | undefined): string | undefined {
  if (header === undefined || !/^bearer(\s|$)/i.test(header)) return undefined;
  const token = header.slice('bearer'.length).trim();
  if (token !== '') return token;
  throw new CordonError('CORDON_TOKEN_INVALID', { reason: safeText('it is not a signed token') });
}

/** RFC 6265 §5.4: of two cookies of a name the first one counts. An empty cookie is one that was taken back. */
function cookieOf(header: string | undefined, name: string): string | undefined {
  const pairs = (header ?? '').split(';').map((pair) => pair.trim());
  const found = pairs.find((pair) => pair.startsWith(`${name}=`));
  const value = found?.slice(name.length + 1).replace(/^"(.*)"$/, '$1');
  return value === '' ? undefined : value;
}
