import { LIMITS } from '../../src/gateway/limits.ts';
import { TEXT_LIMITS } from '../../src/sql/parse/limits.ts';
import { WORK_MAX } from '../../src/sql/rewrite/work.ts';
import { GENERATED, markdownTable, type Page } from './page.ts';

/** `docs/reference/limits-numbers.md`, from the limits of the gateway. */
export function limitsNumbersPage(): Page {
  const rows = Object.entries(LIMITS).map(([name, { value, bounds, source }]) => [
    `\`${name}\``,
    String(value),
    bounds,
    source,
  ]);
  const texts = Object.entries(TEXT_LIMITS).map(([name, value]) => [`\`${name}\``, String(value)]);
  return {
    file: 'docs/reference/limits-numbers.md',
    text: `${[
      '# Limits in numbers',
      GENERATED,
      'What the gateway bounds, with the source of each number. Whatever is over a limit is refused: a statement with 54001, a connection with the code of its reason. The bounds of single messages are in [the wire protocol](protocol.md).',
      markdownTable(['limit', 'number', 'bounds', 'source'], rows),
      'What the parser takes is bounded before it sees a text (`src/sql/parse/limits.ts` has the measurements):',
      markdownTable(['limit', 'number'], texts),
      `Rewriting one statement may take ${WORK_MAX} units of work (\`src/sql/rewrite/work.ts\` says what a unit is).`,
    ].join('\n\n')}\n`,
  };
}
