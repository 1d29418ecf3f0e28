/** Statements that a seed repeats: texts with places for values, which are filled by literals or by parameters. */
import type { Dice } from '../noninterference/dice.ts';

/** What may stand in a place. */
export type Kind = keyof typeof LITERALS;

export interface Template {
  /** The text before each place, and after the last. */
  readonly pieces: readonly string[];
  readonly kinds: readonly Kind[];
}

/** As they are written in a statement: also what fails, and what the server reads in more than one way. */
const LITERALS = {
  int: [
    '0',
    '1',
    '2',
    '3',
    '7',
    '42',
    '-1',
    '- 5',
    '500',
    '501',
    '2147483647',
    '2147483648',
    '-2147483648',
    '9223372036854775808',

    '1.5',
    "'12'",
    "'x'",
    'NULL',
  ],
  text: [
    "''",
    "'word 1'",
    "'word 12'",
    "'it''s'",
    "'ünï 日本'",
    "'a\\b'",
    "'%'",
    "'NULL'",
    "'1'",
    "'{}'",
    "'one'",
    "'two'",
    "E'tab\\tx'",
    '$$do$$',
    "U&'\\0061'",
    "'a'\n'b'",
    'NULL',
    "'12'::text",
    "'true'",
  ],
  pattern: ["'word 1%'", "'_o%'", "'%'", "'w\\%'", "'%2'", "''", "'a\\'", "'WORD%'"],
  regex: ["'^word'", "'[0-9]+$'", "'('", "'(o)(r)'", "''", "'.{2}'"],
  bool: ['true', 'false', "'t'", "'maybe'", 'NULL', "'off'"],
  numeric: ['1.5', '.5', '5.', '1e3', '0.0', '-2.50', '1', "'1.25'", "'NaN'", '1e400', 'NULL'],
  date: [
    "'2024-02-29'",
    "'01/02/2024'",
    "'infinity'",
    "'bogus'",
    "'2024-13-01'",
    "DATE '2023-12-31'",
    'NULL',
    "'29 Feb 2024'",
  ],
  interval: ["'1 day'", "INTERVAL '2 hours'", "'1-2'", "INTERVAL '5' DAY", "'x'", "'P1Y'"],
  json: [`'{"a": 1, "b": [1, 2]}'`, "'[1, 2, 3]'", "'null'", "'bad'", `'"text"'`, 'NULL'],
  array: ["'{1,2,3}'", 'ARRAY[1, 2]', "'{}'", "'{1,x}'", "'{NULL,3}'", 'NULL', 'ARRAY[1, NULL]'],
  limit: ['0', '1', '2', '5', 'NULL', '-1', "'3'", '2.5', 'ALL'],
  place: ['1', '2', '3'],
} as const satisfies Record<string, readonly string[]>;

/** The types that a client may give for a parameter: none, the one of the place, text. */
const TYPES: Readonly<Record<Kind, readonly number[]>> = {
  int: [0, 0, 23, 20],
  text: [0, 0, 25, 1043],
  pattern: [0, 25],
  regex: [0, 25],
  bool: [0, 16],
  numeric: [0, 1700, 701],
  date: [0, 1082, 1114],
  interval: [0, 1186],
  json: [0, 3802],
  array: [0, 1007],
  limit: [0, 20],
  place: [0],
};

/** Values of parameters, in their text form. */
const VALUES: Readonly<Record<Kind, readonly (string | null)[]>> = {
  int: ['0', '1', '2', '3', '12', '-1', '500', '2147483647', '2147483648', 'x', '', '1.5', null],
  text: ['', 'word 1', 'word 12', "it's", 'ünï 日本', 'one', 'two', '12', null],
  pattern: ['word 1%', '_o%', '%', 'a\\', ''],
  regex: ['^word', '(', '[0-9]+$'],
  bool: ['t', 'f', 'true', 'maybe', null],
  numeric: ['1.5', '1e3', 'NaN', 'x', null],
  date: ['2024-02-29', '01/02/2024', 'infinity', 'bogus', null],
  interval: ['1 day', '02:00', 'x'],
  json: ['{"a": 1}', '[1, 2]', 'bad', null],
  array: ['{1,2}', '{}', '{x}', null],
  limit: ['0', '1', '3', null, '-1'],
  place: ['1'],
};

export function template(text: string): Template {
  const parts = text.split(/\{(\w+)\}/);
  return {
    pieces: parts.filter((_, index) => index % 2 === 0),
    kinds: parts.filter((_, index) => index % 2 === 1) as Kind[],
  };
}

/** The statement with literals of this roll. Most rolls of a template are to work, so odd ones are the smaller part. */
export function withLiterals({ pieces, kinds }: Template, dice: Dice): string {
  return pieces.map((piece, index) => piece + literal(kinds[index], dice)).join('');
}

function literal(kind: Kind | undefined, dice: Dice): string {
  if (kind === undefined) return '';
  const all = LITERALS[kind];
  return dice.pick(dice.chance(0.6) ? all.slice(0, 5) : all);
}

export interface Parameters {
  readonly sql: string;
  readonly types: readonly number[];
  readonly kinds: readonly Kind[];
}

/** The statement with a parameter in each place; a position cannot be one, and some values stay literals. */
export function withParameters({ pieces, kinds }: Template, dice: Dice): Parameters {
  const open = kinds.map((kind) => kind !== 'place' && dice.chance(0.85));
  const taken = kinds.filter((_, index) => open[index]);
  let number = 0;
  const sql = pieces.map((piece, index) => {
    if (open[index] === undefined) return piece;
    if (open[index]) return `${piece}$${++number}`;
    return piece + literal(kinds[index], dice);
  });
  const declared = dice.chance(0.5);
  return {
    sql: sql.join(''),
    types: declared ? taken.map((kind) => dice.pick(TYPES[kind])) : [],
    kinds: taken,
  };
}

export function someValue(kind: Kind, dice: Dice): string | null {
  const all = VALUES[kind];
  return dice.pick(dice.chance(0.6) ? all.slice(0, 3) : all);
}

/** Every row has an order of its own, since two plans may give rows in two orders. */
export function makeTemplate(dice: Dice): Template {
  return template(dice.chance(0.65) ? query(dice) : write(dice));
}

export function makeQuery(dice: Dice): Template {
  return template(query(dice));
}

function int(dice: Dice, depth = 2): string {
  if (depth === 0) return dice.pick(['n', '{int}', 'length(word)']);
  const a = () => int(dice, depth - 1);
  return dice.pick([
    () => 'n',
    () => '{int}',
    () => `${a()} + ${a()}`,
    () => `${a()} - (${a()})`,
    () => `${a()} * {int}`,
    () => `${a()} / {int}`,
    () => `n % {int}`,
    () => `abs(${a()})`,
    () => `coalesce(${a()}, ${a()})`,
    () => `nullif(${a()}, ${a()})`,
    () => `greatest(${a()}, {int}, n)`,
    () => `CASE WHEN ${bool(dice, depth - 1)} THEN ${a()} ELSE ${a()} END`,
    () => `CASE n WHEN {int} THEN {int} WHEN {int} THEN n END`,
    () => `length(${text(dice, depth - 1)})`,
    () => `(${a()})::int8`,
    () => `{text}::int`,
    () => `(${a()})::numeric`,
    () => `round({numeric}, 1)`,
    () => `cardinality({array}::int[])`,
    () => `({array}::int[])[{int}]`,
    () => `strpos(word, {text})`,
    () => `(SELECT max(n) FROM numbers WHERE n < {int})`,
    () => `extract(year FROM {date}::date)`,
    () => `-(${a()})`,
  ])();
}

function text(dice: Dice, depth = 2): string {
  if (depth === 0) return dice.pick(['word', '{text}']);
  const t = () => text(dice, depth - 1);
  return dice.pick([
    () => 'word',
    () => '{text}',
    () => `${t()} || ${t()}`,
    () => `{text} || n`,
    () => `upper(${t()})`,
    () => `(${int(dice, depth - 1)})::text`,
    () => `coalesce(${t()}, {text})`,
    () => `substr(${t()}, {int}, 3)`,
    () => `replace(word, {text}, {text})`,
    () => `left(word, {int})`,
    () => `CASE WHEN ${bool(dice, depth - 1)} THEN ${t()} ELSE {text} END`,
    () => `concat({int}, ${t()}, {bool})`,
    () => `to_char({date}::date, {text})`,
    () => `({date}::date + {int})::text`,
    () => `({interval}::interval * 2)::text`,
    () => `{json}::jsonb ->> 'a'`,
    () => `({json}::jsonb -> {int})::text`,
    () => `regexp_replace(word, {regex}, {text})`,
    () => `{text}::varchar(3)`,
    () => `{text}::char(2)`,
    () => `array_to_string({array}::int[], {text})`,
    () => `format('%s-%s', n, {text})`,
    () => `nullif(word, {text})`,
  ])();
}

function bool(dice: Dice, depth = 2): string {
  if (depth === 0) return dice.pick(['n > {int}', 'word = {text}', 'n = {int}', '{bool}']);
  const a = () => int(dice, depth - 1);
  const t = () => text(dice, depth - 1);
  const b = () => bool(dice, depth - 1);
  return dice.pick([
    () => `${a()} = ${a()}`,
    () => `${a()} < ${a()}`,
    () => `n >= {numeric}`,
    () => `${t()} = ${t()}`,
    () => `${t()} <> {text}`,
    () => `word LIKE {pattern}`,
    () => `word NOT ILIKE {pattern}`,
    () => `word LIKE {pattern} ESCAPE '!'`,
    () => `word ~ {regex}`,
    () => `n IN ({int}, {int}, {int})`,
    () => `word NOT IN ({text}, {text})`,
    () => `n BETWEEN {int} AND {int}`,
    () => `${a()} IS NULL`,
    () => `${t()} IS DISTINCT FROM {text}`,
    () => `n = ANY ({array})`,
    () => `n = ANY ({array}::int[])`,
    () => `(n, word) = ({int}, {text})`,
    () => `(n, word) > ({int}, {text})`,
    () => `NOT (${b()})`,
    () => `(${b()} AND ${b()})`,
    () => `(${b()} OR ${b()})`,
    () => `EXISTS (SELECT FROM numbers y WHERE y.n = x.n + {int})`,
    () => `n IN (SELECT m.n + {int} FROM numbers m WHERE m.n < {int})`,
    () => `{json}::jsonb @> {json}`,
    () => `{date}::date < {date}`,
    () => `{bool}::bool`,
    () => `(${b()}) IS NOT TRUE`,
  ])();
}

function list(dice: Dice): string {
  const item = () =>
    dice.pick([
      () => int(dice),
      () => text(dice),
      () => bool(dice),
      () => '{text}',
      () => '{int}',
      () => '{numeric}',
      () => '{bool}',
    ])();
  return dice.some(3, (index) => (dice.chance(0.4) ? `${item()} AS c${index}` : item())).join(', ');
}

const FEW = 'numbers x WHERE n <= 12';

function query(dice: Dice): string {
  return dice.pick([
    () => `SELECT ${list(dice)} FROM ${FEW} ORDER BY n`,
    () => `SELECT n, ${list(dice)} FROM ${FEW} AND ${bool(dice)} ORDER BY n`,
    () => `SELECT n, ${list(dice)} FROM ${FEW} AND ${bool(dice)} ORDER BY n DESC`,
    () => `SELECT * FROM ${FEW} AND ${bool(dice)} ORDER BY 1 LIMIT {limit}`,
    () => `SELECT n FROM ${FEW} ORDER BY n LIMIT {limit} OFFSET {limit}`,
    () => `SELECT n, word FROM ${FEW} ORDER BY {place}, 1 FETCH FIRST {int} ROWS ONLY`,
    () => `SELECT ${list(dice)} FROM numbers x WHERE n = {int}`,
    () => `SELECT word FROM numbers WHERE n = {int} AND word = {text}`,
    () => `SELECT {text}, {int}, {numeric}, {bool}, NULL`,
    () => `SELECT ${list(dice)} FROM (VALUES ({int}, {text}), (2, 'v')) AS x (n, word) ORDER BY n`,
    () => `VALUES ({int}, {text}), (3, NULL) ORDER BY {place}`,
    () => `SELECT ${int(dice)} AS k, count(*), sum(n), max(word) FROM ${FEW} GROUP BY {place} ORDER BY 1`,
    () =>
      `SELECT n % {int} AS rest, count(*) FROM ${FEW} GROUP BY rest HAVING count(*) > {int} ORDER BY rest`,
    () => `SELECT count(*) FILTER (WHERE ${bool(dice)}), min(${int(dice)}) FROM ${FEW}`,
    () =>
      `SELECT string_agg(word, {text} ORDER BY n), array_agg(n ORDER BY n DESC), percentile_cont({numeric}) WITHIN GROUP (ORDER BY n) FROM ${FEW}`,
    () => `SELECT DISTINCT ${int(dice)} AS k FROM ${FEW} ORDER BY k`,
    () =>
      `SELECT n, sum(n) OVER (ORDER BY n ROWS {int} PRECEDING), lag(word, {int}, {text}) OVER (ORDER BY n) FROM ${FEW} ORDER BY n`,
    () =>
      `SELECT x.n, y.word FROM numbers x JOIN numbers y ON y.n = x.n + {int} WHERE x.n < {int} ORDER BY 1, 2 LIMIT 9`,
    () =>
      `SELECT x.n, y.word FROM numbers x LEFT JOIN numbers y ON y.n = x.n * 2 AND y.word <> {text} WHERE x.n < 6 ORDER BY 1, 2`,
    () => `SELECT n FROM numbers x JOIN (VALUES ({int}), (4)) AS v (n) USING (n) ORDER BY n`,
    () =>
      `SELECT x.n, s.k FROM numbers x CROSS JOIN LATERAL (SELECT ${int(dice, 1)} AS k) s WHERE x.n < 4 ORDER BY 1`,
    () => `SELECT n FROM ${FEW} AND n < {int} UNION SELECT {int} ORDER BY 1`,
    () =>
      `SELECT {text} AS t UNION ALL SELECT {text} UNION ALL SELECT word FROM numbers WHERE n = {int} ORDER BY t`,
    () => `SELECT {int} UNION ALL SELECT {numeric} ORDER BY 1`,
    () => `SELECT n FROM ${FEW} EXCEPT SELECT n FROM numbers WHERE n > {int} ORDER BY {place} LIMIT 5`,
    () =>
      `WITH a AS (SELECT n, word FROM numbers WHERE n < {int}) SELECT x.n, ${text(dice)} FROM a x WHERE n < 5 ORDER BY 1`,
    () =>
      `WITH RECURSIVE t (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < 6) SELECT n, {text} FROM t ORDER BY n`,
    () => `SELECT g FROM generate_series(1, {limit}::int) AS g WHERE g < 9 LIMIT 9`,
    () => `SELECT * FROM unnest({array}::int[], ARRAY[{text}, {text}]) AS u (a, b)`,
    () =>
      `SELECT label, note, small, amount, docb FROM things WHERE label = {text} OR small < {int} ORDER BY label`,
    () =>
      `SELECT t.label, p.name, p.weight FROM things t JOIN parts p ON p.thing_id = t.id WHERE p.weight > {int} ORDER BY 1, 2, 3`,
    () =>
      `SELECT count(*), max(weight) FROM heavy_parts WHERE name LIKE {pattern}`.replace(
        'max(weight)',
        'max(name)',
      ),
    () => `SELECT label FROM things WHERE label = {text} FOR UPDATE`,
    () =>
      `SELECT {date}::date, {interval}::interval, {json}::jsonb, {array}::int[], {numeric}::numeric(6, 2)`,
    () => `SELECT {date}::timestamptz AT TIME ZONE {text}`,
    () => `SELECT {int} + '1', '5' * {int}, {text} || 1, {int} || {text}`,
    () =>
      `SELECT CASE WHEN {bool} THEN {int} ELSE {numeric} END, coalesce({int}, {text}), greatest({text}, {text})`,
    () => `SELECT n + {text} FROM ${FEW} ORDER BY n`,
    () => `SELECT nothing FROM numbers WHERE n = {int}`,
    () => `SELECT n FROM numbers WHERE n = {int} AND`,
    () => `SELECT lower({int})`,
    () => `SELECT 1 / {int}`,
    () => `SELECT row_to_json(x), x.* FROM ${FEW} AND n = {int}`,
    () => `SELECT n AS "{Odd} Name", word AS "c;d" FROM ${FEW} AND n = {int}`.replace('{Odd}', 'Odd'),
    () => `TABLE heavy_parts ORDER BY 1, 2, 3 LIMIT {limit}`,
    () => `SHOW datestyle`,
    () => `SELECT`,
  ])();
}

function write(dice: Dice): string {
  return dice.pick([
    () => `INSERT INTO things (label, small, note) VALUES ({text}, {int}, {text})`,
    () =>
      `INSERT INTO things (label, amount, day, flag) VALUES ({text} || {int}, {numeric}, {date}, {bool}) RETURNING label, amount, day, flag`,
    () =>
      `INSERT INTO things (label, small) VALUES ({text}, {int}) ON CONFLICT (label) DO UPDATE SET small = excluded.small, note = {text} RETURNING label, small, note`,
    () => `INSERT INTO things (label, note) VALUES ({text}, {text}) ON CONFLICT (label) DO NOTHING`,
    () =>
      `INSERT INTO things (label, docb, counts, took) VALUES ('j' || {int}, {json}, {array}, {interval}) ON CONFLICT (label) DO UPDATE SET docb = excluded.docb RETURNING docb, counts`,
    () =>
      `INSERT INTO things (label) SELECT word || {text} FROM numbers WHERE n < {int} AND n < 4 ORDER BY n RETURNING label`,
    () =>
      `INSERT INTO parts (thing_id, name, weight) SELECT id, {text}, {int} FROM things ORDER BY id LIMIT 2 RETURNING name, weight`,
    () => `INSERT INTO parts (thing_id, name, weight) VALUES ({int}, {text}, {int})`,
    () => `INSERT INTO numbers VALUES ({int}, {text}) RETURNING *`,
    () =>
      `INSERT INTO numbers (n, word) VALUES ({int}, DEFAULT), ({int}, {text}) ON CONFLICT (n) DO UPDATE SET word = excluded.word`,
    () => `UPDATE things SET note = {text} WHERE label = {text}`,
    () =>
      `UPDATE things SET small = {int}, amount = {numeric} WHERE label = {text} RETURNING label, small, amount`,
    () => `UPDATE things SET small = small + {int}, feeling = {text} WHERE label LIKE {pattern}`,
    () => `UPDATE things SET (small, note) = ({int}, {text}) WHERE label = {text} RETURNING small, note`,
    () => `UPDATE things t SET note = left(x.word, 20) FROM numbers x WHERE x.n = t.small AND x.n < {int}`,
    () =>
      `WITH x AS (UPDATE parts SET weight = weight + {int} WHERE name = {text} RETURNING name, weight) SELECT * FROM x ORDER BY 1, 2`,
    () => `UPDATE numbers SET word = {text} WHERE n = {int}`,
    () => `UPDATE numbers x SET word = ${text(dice, 1)} WHERE n BETWEEN 490 AND {int} AND n < 500`,
    () => `DELETE FROM parts WHERE name = {text} AND weight < {int}`,
    () =>
      `WITH x AS (DELETE FROM things WHERE label LIKE 'j%' AND small IS DISTINCT FROM {int} RETURNING label) SELECT * FROM x ORDER BY 1`,
    () => `DELETE FROM numbers x WHERE n > 500 AND ${bool(dice, 1)}`,
    () =>
      `WITH gone AS (DELETE FROM numbers WHERE n = {int} RETURNING n, word) SELECT count(*), max(word) FROM gone`,
    () =>
      `WITH made AS (INSERT INTO things (label) VALUES ({text}) RETURNING label) SELECT label, {int} FROM made`,
    () => `COPY (SELECT n, word, {int} FROM numbers WHERE n < {int} AND n < 9 ORDER BY n) TO STDOUT`,
    () => `COPY (SELECT {text} AS a, {numeric} AS b) TO STDOUT (FORMAT csv, HEADER)`,
  ])();
}
