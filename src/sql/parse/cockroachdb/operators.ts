/**
 * The operators of CockroachDB's scanner and how tightly its grammar binds them.
 *
 * Source: cockroachdb/cockroach, pkg/sql/scanner/scan.go (Scan) and pkg/sql/parser/sql.y ("Precedence: lowest to highest"),
 * read at v25.2. PostgreSQL binds all operators that it does not name itself (`||`, `->`, `@>`, `~`, `&` ..) alike.
 */

export type Associativity = 'left' | 'right' | 'nonassoc';

export interface Level {
  readonly associativity: Associativity;
  /** Operators and keywords; `-x`, `+x` and `~x` stand for their prefix forms. */
  readonly operators: readonly string[];
}

/** From the loosest to the tightest. */
export const COCKROACHDB_PRECEDENCE: readonly Level[] = [
  { associativity: 'left', operators: ['OR'] },
  { associativity: 'left', operators: ['AND'] },
  { associativity: 'right', operators: ['NOT'] },
  { associativity: 'nonassoc', operators: ['IS'] },
  { associativity: 'nonassoc', operators: ['<', '>', '=', '<=', '>=', '<>', '!='] },
  {
    associativity: 'nonassoc',
    operators: ['~', '!~', '~*', '!~*', 'BETWEEN', 'IN', 'LIKE', 'ILIKE', 'SIMILAR'],
  },
  { associativity: 'nonassoc', operators: ['ESCAPE'] },
  { associativity: 'nonassoc', operators: ['@>', '<@', '?', '?|', '?&'] },
  { associativity: 'nonassoc', operators: ['OVERLAPS'] },
  {
    associativity: 'left',
    operators: ['||', '->', '->>', '#>', '#>>', '#-', '@@', '<->', '<=>', '<#>'],
  },
  { associativity: 'left', operators: ['|'] },
  { associativity: 'left', operators: ['#'] },
  { associativity: 'left', operators: ['&'] },
  { associativity: 'left', operators: ['<<', '>>', '>>=', '<<=', '&&', '|/', '||/'] },
  { associativity: 'left', operators: ['OPERATOR'] },
  { associativity: 'left', operators: ['+', '-'] },
  { associativity: 'left', operators: ['*', '/', '//', '%'] },
  { associativity: 'left', operators: ['^'] },
  { associativity: 'left', operators: ['AT TIME ZONE'] },
  { associativity: 'left', operators: ['COLLATE'] },
  { associativity: 'right', operators: ['-x', '+x', '~x'] },
  { associativity: 'left', operators: ['['] },
  { associativity: 'left', operators: [':::'] },
  { associativity: 'left', operators: ['::'] },
];

const LEVELS: ReadonlyMap<string, number> = new Map(
  COCKROACHDB_PRECEDENCE.flatMap((level, number) =>
    level.operators.map((operator): [string, number] => [operator, number]),
  ),
);

/** The level of an operator or keyword, higher for tighter; undefined: CockroachDB has none such. */
export function levelOf(operator: string): number | undefined {
  return LEVELS.get(operator);
}

export function associativityOf(level: number): Associativity {
  return COCKROACHDB_PRECEDENCE[level]?.associativity ?? 'nonassoc';
}

/** Operators made of operator characters, the longest first, as the scanner prefers them. */
const SYMBOLS: readonly string[] = [...LEVELS.keys(), '@']
  .filter((operator) => /^[-+*/<>=~!@#%^&|?]+$/.test(operator))
  .sort((a, b) => b.length - a.length);

/** Whether CockroachDB's grammar has an operator of these characters. */
export function isCockroachOperator(operator: string): boolean {
  return operator !== '@' && SYMBOLS.includes(operator);
}

/** The operator that CockroachDB's scanner finds at a place. */
export function cockroachOperatorAt(text: string, at: number): string | undefined {
  return SYMBOLS.find((operator) => text.startsWith(operator, at));
}

/** PostgreSQL has no operator of more than 63 characters. */
const RUN = /[-+*/<>=~!@#%^&|`?]{1,64}/y;
const RUN_MAX = 8;
const SPECIAL = /[~!@#%^&|`?]/;

/**
 * The operator that PostgreSQL's scanner finds at a place (scan.l): the longest run that opens no comment, without the signs
 * at its end unless it holds one of some other characters.
 */
export function postgresOperatorAt(text: string, at: number): string {
  RUN.lastIndex = at;
  let run = RUN.exec(text)?.[0] ?? '';
  for (const comment of ['--', '/*']) {
    const cut = run.indexOf(comment);
    if (cut > 0) run = run.slice(0, cut);
  }
  // So long a run is no operator of either; cutting it apart sign by sign would take its time.
  if (run.length > RUN_MAX) return run;
  let end = run.length;
  if (!SPECIAL.test(run)) while (end > 1 && '+-'.includes(run.charAt(end - 1))) end -= 1;
  return run.slice(0, end);
}
