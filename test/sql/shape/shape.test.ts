import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createParser } from '../../../src/sql/parse/index.ts';
import { printStatement, render } from '../../../src/sql/print/index.ts';
import { findSlots, openSlots, type Shape, shape, slotValue } from '../../../src/sql/shape/index.ts';
import { verify } from '../../../src/sql/verify.ts';
import { differenceOf } from './difference.ts';
import { ScanOracle } from './scan-oracle.ts';

const oracle = await ScanOracle.load();
const parser = await createParser();

const literals = (text: string): string[] =>
  shape(text).slots.map((slot) => text.slice(slot.start, slot.end));

describe('the shape of a text', () => {
  it.each([
    ["select 1, 'a', 2.5, 3000000000", ['integer', 'string', 'float', 'big-integer']],
    ['select 2147483647, 2147483648, 0002147483647', ['integer', 'big-integer', 'integer']],
    ['select .5, 5., 5.e3, 1e5, 1E-5, 1.5e+3', ['float', 'float', 'float', 'float', 'float', 'float']],
    ["select E'a\\\\b', e'c'", ['string', 'string']],
    ['select a1, "x 1", $1, b.c2, a$1', []],
    ['select 1..2', ['integer', 'integer']],
    ['select a[1:2], x::int, 1 -- 2\n, 3 /* 4 */', ['integer', 'integer', 'integer', 'integer']],
    [
      "select '--', '/*', 1*/* 'x' */2, 3 @-- 4\n5",
      ['string', 'string', 'integer', 'integer', 'integer', 'integer'],
    ],
  ])('%s', (text, kinds) => {
    const shaped = shape(text);
    expect(shaped.slow).toBe(false);
    expect(shaped.slots.map((slot) => slot.kind)).toEqual(kinds);
    expect(differenceOf(text, shaped, oracle.literals(text))).toBeUndefined();
  });

  it.each([
    ['a bit string', "select b'01'"],
    ['a hexadecimal string', "select X'ff'"],
    ['a national string', "select n'x'"],
    ['Unicode escapes', "select U&'\\0061'"],
    ['a name with Unicode escapes', 'select U&"a"'],
    ['an escape', "select E'\\''"],
    ['A140: a dollar quote', "select $q$ '; TRUNCATE orders; -- $q$"],
    ['a continued string', "select 'a'\n'b'"],
    ['a string continued behind a comment', "select 'a' -- c\n'b'"],
    ['A134: a nested comment', 'select 1 /* a /* b */ c */'],
    ['a hexadecimal number', 'select 0x10'],
    ['underscores', 'select 1_000'],
    ['junk behind a number', 'select 1a'],
    ['junk behind a parameter', 'select $1a'],
    ['an open string', "select 'a"],
    ['an open name', 'select "a'],
    ['an open comment', 'select 1 /* a'],
    ['a no-break space', 'select\u00a01'],
    ['a backslash', 'select \\'],
    ['a control character', 'select \u0001'],
    ['a NUL in a string', "select 'a\0b'"],
    ['A133: a lone surrogate in a string', "select '\ud800'"],
  ])('%s makes a text slow, and its own key', (_, text) => {
    expect(shape(text)).toEqual({ key: text, slots: [], semicolons: [], slow: true });
  });

  it('texts that differ in values alone share a key; another kind of number does not', () => {
    const key = shape("select 1 where a = 'x'").key;
    expect(shape("select 77 where a = 'it''s; --'").key).toBe(key);
    expect(shape("select 3000000000 where a = 'x'").key).not.toBe(key);
    expect(shape("select 1.0 where a = 'x'").key).not.toBe(key);
    expect(shape("select 1 where A = 'x'").key).not.toBe(key);
    expect(shape('select 1 where "a" = \'x\'').key).not.toBe(key);
    expect(shape("select 1  where a = 'x'").key).not.toBe(key);
  });

  it('semicolons outside strings and comments are found', () => {
    expect(shape("select ';' ; select 2 /* ; */ ;").semicolons).toEqual([11, 30]);
  });

  it('values come without quotes and escapes', () => {
    const text = "select 'it''s', E'a\\\\b''c', 007, 1.50";
    expect(shape(text).slots.map((slot) => slotValue(text, slot))).toEqual(["it's", "a\\b'c", '007', '1.50']);
  });

  it('a million units are read at once', () => {
    const text = `select ${"'a', ".repeat(200_000)}1`;
    const start = performance.now();
    expect(shape(text).slots).toHaveLength(200_001);
    expect(performance.now() - start).toBeLessThan(2_000);
  });
});

const PIECES = [
  ...'\'"$;,.:()[]{}+-*/<>=~!@#%^&|`?\\ \n\r\t\f\v_eExXbBnNuUaz0159',
  "''",
  "'a'",
  "'it''s'",
  "'\\'",
  "'\\\\'",
  "E'",
  "e'a'",
  "E'\\\\'",
  "E'\\''",
  "E''''",
  "U&'a'",
  "b'01'",
  "x'1f'",
  "n'a'",
  '""',
  '"a"',
  '"a""b"',
  '"\'"',
  'U&"a"',
  '$$',
  '$$a$$',
  '$a$',
  "$a$ ' $a$",
  '$1',
  '$12',
  '$1a',
  '--',
  '-- a\n',
  '/*',
  '*/',
  '/* a */',
  '/**/',
  '/*/',
  '/* /* */ */',
  '@-',
  '+-',
  '-+',
  '<>',
  '<=',
  '!=',
  '::',
  ':=',
  '=>',
  '..',
  'select',
  'ab',
  'a1',
  'a$b',
  'ä',
  '日本',
  '😀',
  '\u00a0',
  '\ufeff',
  '\u2028',
  '1',
  '12',
  '1.',
  '.5',
  '1.5',
  '1e5',
  '1e',
  '1e+',
  '1.e-3',
  '1..2',
  '0x1f',
  '0b1',
  '1_000',
  '1_',
  '2147483647',
  '2147483648',
  '99999999999999999999',
  '007',
];

describe('the lexer agrees with the scanner of PostgreSQL', () => {
  it('on every literal of generated texts, in kind and extent', () => {
    let compared = 0;
    const text = fc.array(fc.constantFrom(...PIECES), { maxLength: 14 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(text, (sql) => {
        const shaped = shape(sql);
        if (!shaped.slow) compared += 1;
        const scanned = oracle.literals(sql);
        return shaped.slow || scanned === undefined || differenceOf(sql, shaped, scanned) === undefined;
      }),
      { numRuns: 20_000 },
    );
    expect(compared).toBeGreaterThan(2_000);
  });

  it('two texts of one key have the same tokens but for the values', () => {
    const value = fc.constantFrom(
      "'a'",
      "'it''s'",
      "'\\'",
      "E'\\\\'",
      "'--'",
      '1',
      '42',
      '3000000000',
      '1.5',
      '.5e3',
    );
    const between = fc.array(fc.constantFrom(...PIECES), { maxLength: 4 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(fc.array(fc.tuple(between, value, value), { maxLength: 4 }), (parts) => {
        const [a, b] = [parts.map(([p, v]) => p + v).join(''), parts.map(([p, , w]) => p + w).join('')];
        const [first, second] = [shape(a), shape(b)];
        if (first.slow || second.slow || first.key !== second.key) return true;
        const kinds = (text: string) =>
          oracle
            .literals(text)
            ?.map((literal) => literal.token)
            .join();
        return kinds(a) === kinds(b);
      }),
      { numRuns: 5_000 },
    );
  });
});

/** The template of a text: printed with open slots, checked against the slow path's tree. */
function template(text: string): {
  shaped: Shape;
  fill: (other: string) => string;
  open: ReadonlySet<number>;
} {
  const shaped = shape(text);
  const [statement] = parser.parse(text);
  if (statement === undefined) throw new Error('no statement');
  const segments = printStatement(statement.stmt, { slotOf: findSlots(text, shaped, statement.stmt) });
  const slotText = (of: string, slots: Shape['slots']) => (slot: number) =>
    of.slice(slots[slot]?.start, slots[slot]?.end);
  verify(parser, { tree: statement.stmt, segments, slot: slotText(text, shaped.slots), parameterCount: 0 });
  const fill = (other: string) =>
    render(segments, { slot: slotText(other, shape(other).slots), claim: () => '' });
  return { shaped, fill, open: openSlots(segments) };
}

describe('slots of constants', () => {
  it.each([
    ["select 'ä€😀', 'b', 3", "select 'x', '''; drop table t; --', 4"],
    [
      'select a from t where b = - 5 and c = -(6) and d = 1 - -7',
      'select a from t where b = - 50 and c = -(60) and d = 1 - -70',
    ],
    ['select - - 5', 'select - - 7'],
    ['select -1.5, 3000000000, -2147483648', 'select -2.5, 4000000000, -9999999999'],
    ["insert into t (a, b) values (1, E'x\\\\y')", "insert into t (a, b) values (2, 'a\\')"],
    ["update t set (a, b) = (1, 'x') where id = 3", "update t set (a, b) = (9, 'y') where id = 8"],
    ['select a from t limit 10 offset 20', 'select a from t limit 1 offset 2'],
    [
      "select x from t where y between 1 and 2 and z in ('a', 'b') and w like 'q%' escape '!'",
      "select x from t where y between 8 and 9 and z in ('c', 'd') and w like 'r%' escape '#'",
    ],
  ])('%s: other values of the shape give what the slow path gives', (text, other) => {
    const { shaped, fill, open } = template(text);
    expect(open.size).toBe(shaped.slots.length);
    expect(shape(other).key).toBe(shaped.key);
    const [slow] = parser.parse(other);
    const expected = render(printStatement(slow?.stmt ?? ({} as never)), { slot: () => '', claim: () => '' });
    const [spliced] = parser.parse(fill(other));
    expect(render(printStatement(spliced?.stmt ?? ({} as never)), { slot: () => '', claim: () => '' })).toBe(
      expected,
    );
  });

  it.each([
    ['positions', 'select a, b from t group by 1, (2, 3), rollup (4) order by 5', 0],
    ['DISTINCT ON', 'select distinct on (1) a from t', 0],
    [
      'type modifiers',
      "select a::varchar(10), cast(b as numeric(5, 2)), interval '1' second(3), c::int[3]",
      1,
    ],
    ['the field of EXTRACT', "select extract('year' from a)", 0],
    ['zero behind a minus, whose sign the tree has lost', 'select -0', 0],
    ['settings', "set a.b = 'x'", 0],
    ['a comment between minus and number', 'select - /* x */ 5', 0],
  ])('%s stay in the text, so their slots must be pinned', (_, text, open) => {
    expect(template(text).open.size).toBe(open);
  });

  it('a constant that is not the client’s own never gets a slot, wherever it claims to be', () => {
    const text = 'select 1';
    const [statement] = parser.parse(text);
    if (statement === undefined) throw new Error('no statement');
    const slotOf = findSlots(text, shape(text), statement.stmt);
    expect(slotOf({ ival: { ival: 1 }, location: 7 })).toBeUndefined();
    expect(literals(text)).toEqual(['1']);
  });
});
