/** Random statements of CockroachDB's dialect, as its grammar makes them. */
import fc from 'fast-check';

const name = fc.constantFrom('a', 'b', 't', '"Ä"', 'nothing', 'upsert', 'hash', 'ünï');
const literal = fc.constantFrom(
  "'x'",
  "'it''s'",
  '1',
  '-2',
  '1.5',
  "b'\\''",
  "x'00ff'",
  'NULL',
  "e'\\n'",
  "B'01'",
  '$1',
  "'a;b--'",
);
const operator = fc.constantFrom(
  '=',
  '<',
  '||',
  '->',
  '->>',
  '@>',
  '~',
  '!~*',
  '+',
  '-',
  '*',
  '//',
  '^',
  '&',
  '|',
  '#',
  '<<',
  '&&',
  '?',
  'AND',
  'OR',
  'LIKE',
  'IS DISTINCT FROM',
);
const type = fc.constantFrom(
  'INT',
  'STRING',
  'BYTES',
  'STRING(3)',
  'INT[]',
  'FLOAT',
  'DECIMAL(4,2)',
  'JSON',
  'TIMESTAMPTZ',
);
const join = fc.constantFrom(
  'JOIN',
  'INNER HASH JOIN',
  'LEFT MERGE JOIN',
  'FULL OUTER LOOKUP JOIN',
  'INNER JOIN',
);
const hint = fc.constantFrom('', '', '@i', '@{FORCE_INDEX=i,DESC}', '@{NO_FULL_SCAN}');
const tail = fc.constantFrom('', ' LIMIT 3', ' ORDER BY a', ' ORDER BY a DESC, b LIMIT 1:::INT');
const returning = fc.constantFrom('', ' RETURNING NOTHING', ' RETURNING a, "nothing"', ' RETURNING *');
const time = fc.constantFrom(
  '',
  '',
  " AS OF SYSTEM TIME '-1s'",
  ' AS OF SYSTEM TIME follower_read_timestamp()',
  " AS OF SYSTEM TIME '-1s'::INTERVAL",
);

/** Statements as the grammar of the dialect makes them. */
export const { statement } = fc.letrec<{
  expression: string;
  relation: string;
  select: string;
  statement: string;
}>((tie) => ({
  expression: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    name,
    literal,
    fc.tuple(tie('expression'), operator, tie('expression')).map(([a, op, b]) => `${a} ${op} ${b}`),
    fc.tuple(tie('expression'), operator, tie('expression')).map(([a, op, b]) => `(${a} ${op} ${b})`),
    fc.tuple(tie('expression'), fc.constantFrom('::', ':::'), type).map((parts) => parts.join('')),
    tie('expression').map((a) => `NOT ${a}`),
    tie('expression').map((a) => `${a} IS NOT NULL`),
    fc.tuple(tie('expression'), tie('expression')).map(([a, b]) => `if(${a}, ${b}, current_timestamp())`),
    fc.tuple(tie('expression'), tie('expression')).map(([a, b]) => `${a} = ANY (${b})`),
    fc.tuple(tie('expression'), tie('select')).map(([a, query]) => `${a} IN (${query})`),
    tie('select').map((query) => `(${query})`),
  ),
  relation: fc.oneof(
    { maxDepth: 2, withCrossShrink: true },
    fc.tuple(name, hint).map((parts) => parts.join('')),
    fc.tuple(name, hint, name).map(([a, h, b]) => `${a}${h} AS ${b}`),
    fc.tuple(tie('relation'), join, tie('relation')).map(([a, word, b]) => `${a} ${word} ${b} ON true`),
    tie('select').map((query) => `(${query}) AS q`),
  ),
  select: fc
    .tuple(tie('expression'), tie('relation'), time, tie('expression'), tail)
    .map(([a, from, at, where, end]) => `SELECT ${a} FROM ${from}${at} WHERE ${where}${end}`),
  statement: fc.oneof(
    tie('select'),
    fc
      .tuple(name, hint, tie('expression'), tail, returning)
      .map(([t, h, a, end, r]) => `DELETE FROM ${t}${h} WHERE ${a}${end}${r}`),
    fc
      .tuple(name, hint, tie('expression'), tail, returning)
      .map(([t, h, a, end, r]) => `UPDATE ${t}${h} SET a = ${a}${end}${r}`),
    fc
      .tuple(fc.constantFrom('UPSERT', 'INSERT'), name, tie('expression'), returning)
      .map(([word, t, a, r]) => `${word} INTO ${t} VALUES (${a})${r}`),
    fc
      .tuple(name, tail, tie('select'))
      .map(([t, end, query]) => `WITH x AS (DELETE FROM ${t}${end} RETURNING a) ${query}`),
    tie('select').map((query) => `EXPLAIN ${query}`),
    tie('expression').map((a) => `BEGIN PRIORITY HIGH; SELECT ${a}; COMMIT`),
  ),
}));
