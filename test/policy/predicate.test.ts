import { describe, expect, it } from 'vitest';
import { relationKey } from '../../src/catalog/index.ts';
import {
  claimsOf,
  columnsOf,
  type Predicate,
  pinnedColumns,
  predicateText,
  simplify,
} from '../../src/policy/index.ts';
import { PredicateError } from '../../src/policy/predicate-lexer.ts';
import { parsePredicate } from '../../src/policy/predicate-parser.ts';

const parse = (text: string): Predicate =>
  parsePredicate(text, {
    mark: (node) => node,
    target: ([first = '', second = '']) =>
      first === 'both' ? undefined : { relation: relationKey('public', first), target: second },
  });

const column = (name: string) => ({ kind: 'column', name });
const claim = (name: string) => ({ kind: 'claim', name });
const literal = (value: unknown) => ({ kind: 'literal', value });

describe('a predicate', () => {
  it.each([
    ['all', { kind: 'true' }],
    ['NONE', { kind: 'false' }],
    ['id = :user', { kind: 'compare', op: '=', left: column('id'), right: claim('user') }],
    [':user <> id', { kind: 'compare', op: '<>', left: claim('user'), right: column('id') }],
    ["name != 'O''Hara'", { kind: 'compare', op: '<>', left: column('name'), right: literal("O'Hara") }],
    ['n <= -1.5', { kind: 'compare', op: '<=', left: column('n'), right: literal(-1.5) }],
    ['n > -0', { kind: 'compare', op: '>', left: column('n'), right: literal(0) }],
    ['done = TRUE', { kind: 'compare', op: '=', left: column('done'), right: literal(true) }],
    ['"all" is null', { kind: 'is-null', operand: column('all'), negated: false }],
    ['"a""b" is not null', { kind: 'is-null', operand: column('a"b'), negated: true }],
    [
      "a in ('x', :y, b)",
      { kind: 'in-list', operand: column('a'), items: [literal('x'), claim('y'), column('b')] },
    ],
    ['p in profiles', { kind: 'in-relation', column: 'p', relation: 'public\u0000profiles', target: '' }],
    ['p in "r.x".id', { kind: 'in-relation', column: 'p', relation: 'public\u0000r.x', target: 'id' }],
  ])('%s is read', (text, tree) => {
    expect(parse(text)).toEqual(tree);
  });

  it.each([
    ['a = 1 or b = 2 and c = 3', 'a = _ or (b = _ and c = _)'],
    ['not a = 1 and b = 2', '(not a = _) and b = _'],
    ['not (a = 1 or b = 2)', 'not (a = _ or b = _)'],
    ['a not in (1, 2)', 'not a in (_, _)'],
    ['a not in r.c where (d = 1 or e = :x)', 'not a in r.c where (d = _ or e = :x)'],
    ['((a = 1))', 'a = _'],
  ])('%s binds as %s', (text, printed) => {
    expect(predicateText(parse(text))).toBe(printed);
  });

  it.each([
    ['', 0, /a column, a `:claim` or a literal/, /owner_id = :user/],
    ['id = ', 5, /a column, a `:claim` or a literal/, /owner_id = :user/],
    ['id == 1', 4, /a column/, /./],
    ['id = null', 5, /expected here/, /nothing equals null/],
    ['lower(a) = 1', 0, /no functions/, /./],
    ['a = now()', 4, /no functions/, /./],
    ['a = 1::text', 5, /not part of a predicate/, /without a cast/],
    ['a + 1 = 2', 2, /not part of a predicate/, /made of/],
    ['a = 1; drop table x', 5, /not part/, /made of/],
    ["a like 'x'", 2, /a comparison is expected/, /`like` is not part of the language/],
    ['users.id = :user', 5, /a comparison is expected/, /without its name/],
    ['published', 9, /a comparison is expected/, /`published = true`/],
    ['true', 4, /a comparison is expected/, /`all` for every row/],
    ['a = 1 b = 2', 6, /should end here/, /`and` or `or`/],
    ['a = 1)', 5, /should end here/, /parenthesis/],
    ['(a = 1', 6, /a `\)` is expected/, /close/],
    ['a is 1', 5, /`null` is expected/, /is not null/],
    ['a in ()', 6, /a column/, /./],
    [':user in users', 6, /only a column/, /./],
    ['a in both.x', 5, /mean two things/, /schema\.relation\.column/],
    ["a = 'x", 4, /not part/, /close the text/],
    ["a = 'x\u0007'", 4, /not part/, /control characters/],
    ['a = 1234567890123456', 4, /more than 15 digits/, /./],
    ['a = 1e5', 4, /not part/, /write a number/],
    ['a = and', 4, /a column/, /double quotes/],
    [`${'('.repeat(40)}a = 1${')'.repeat(40)}`, 32, /nested too deeply/, /split/],
    [`${'not '.repeat(40)}a = 1`, 128, /nested too deeply/, /split/],
  ])('%s is refused at its place', (text, offset, what, fix) => {
    const error = refusal(text);
    expect(error.offset).toBe(offset);
    expect(error.what).toMatch(what);
    expect(error.fix).toMatch(fix);
  });

  it('tells the columns, claims and pins that it has', () => {
    const predicate = parse('owner = :user and (a = 1 or b = :x) and :t = tenant and p in r where (q = :z)');
    expect([...columnsOf(predicate)].sort()).toEqual(['a', 'b', 'owner', 'p', 'tenant']);
    expect([...claimsOf(predicate)].sort()).toEqual(['t', 'user', 'x', 'z']);
    expect([...pinnedColumns(predicate)]).toEqual([
      ['owner', 'user'],
      ['tenant', 't'],
    ]);
    expect(pinnedColumns(parse('owner = :user or a = 1')).size).toBe(0);
    expect(pinnedColumns(parse('not owner = :user')).size).toBe(0);
  });

  it.each([
    ['a = 1 and all', 'a = _'],
    ['a = 1 or all', 'all'],
    ['a = 1 and none', 'none'],
    ['(a = 1 and b = 2) and a = 1', 'a = _ and b = _'],
    ['a = 1 or (b = 2 and a = 1)', 'a = _'],
    ['a = 1 and (b = 2 or a = 1)', 'a = _'],
    ['not not a = 1', 'a = _'],
    ['a in (1)', 'a = _'],
    ['not all', 'none'],
    ['(a = 1 and b = 2) or (b = 2 and a = 1)', 'a = _ and b = _'],
    ['a = 1 or not a = 1', 'a = _ or (not a = _)'],
    ['a in r where (all)', 'a in r'],
  ])('%s simplifies to %s', (text, printed) => {
    expect(predicateText(simplify(parse(text)))).toBe(printed);
  });
});

function refusal(text: string): PredicateError {
  try {
    parse(text);
  } catch (error) {
    if (error instanceof PredicateError) return error;
  }
  throw new Error(`read without a refusal: ${text}`);
}
