import { describe, expect, it } from 'vitest';
import { mapTree } from '../../../src/sql/nodes.ts';
import { createParser } from '../../../src/sql/parse/index.ts';
import { printStatement } from '../../../src/sql/print/index.ts';
import type { Node, Segment } from '../../../src/sql/tree.ts';
import { verify } from '../../../src/sql/verify.ts';

const parser = await createParser();

function tree(sql: string): Node {
  const [statement] = parser.parse(sql);
  if (statement === undefined) throw new Error('no statement');
  return statement.stmt;
}

function verified(sql: string, ...segments: Segment[]): string {
  return verify(parser, { tree: tree(sql), segments, slot: () => "'x'", parameterCount: 2 });
}

describe('verification by re-parse', () => {
  it('returns the text that was read back', () => {
    expect(verified("select 'x', $2", 'SELECT ', { kind: 'slot', slot: 0 }, ', $2')).toBe("SELECT 'x', $2");
  });

  it('claims are numbered behind the parameters of the client', () => {
    const statement: Node = {
      SelectStmt: { targetList: [{ ResTarget: { val: { ParamRef: { number: -2 } } } }] },
    };
    const printed = { tree: statement, slot: () => '', parameterCount: 2 };
    expect(verify(parser, { ...printed, segments: ['SELECT ', { kind: 'claim', claim: 1 }] })).toBe(
      'SELECT $4',
    );
    expect(() => verify(parser, { ...printed, segments: ['SELECT ', { kind: 'claim', claim: 0 }] })).toThrow(
      'read back',
    );
  });

  it.each([
    ['another statement behind it', 'select 1', 'SELECT 1; DROP TABLE t'],
    ['nothing', 'select 1', ' '],
    ['no statement of the grammar', 'select 1', 'SELECT FROM FROM'],
    ['a lost condition', 'select 1 from t where a', 'SELECT 1 FROM t'],
    ['a lost bracket', 'select (not a) is null', 'SELECT NOT a IS NULL'],
    ['another relation', 'select 1 from t', 'SELECT 1 FROM u'],
    ['another literal', "select 'x'", "SELECT 'y'"],
    ['text that was meant as a name', 'select 1 from "t; drop"', 'SELECT 1 FROM t; drop'],
    ['a lost option', 'select 1 from t for update', 'SELECT 1 FROM t FOR SHARE'],
    ['lost ties', 'select 1 order by 1 fetch first 1 row with ties', 'SELECT 1 ORDER BY 1 LIMIT 1'],
    ['a lost DISTINCT', 'select count(distinct a)', 'SELECT count(a)'],
    ['a lost VARIADIC', 'select f(variadic a)', 'SELECT f(a)'],
  ])('%s is found', (_, meant, text) => {
    expect(() => verified(meant, text)).toThrow('does not read back');
  });
});

describe('what the limits of a text let through', () => {
  const repeat = (piece: string, times: number): string => piece.repeat(times);

  it.each([
    ['operators', `select 1${repeat('+1', 980)}`],
    ['NOT', `select ${repeat('not ', 980)}a`],
    ['UNION', `${repeat('select 1 union ', 980)}select 1`],
    ['sub-queries', `select ${repeat('(select ', 190)}1${repeat(')', 190)}`],
    ['sub-queries in FROM', `select 1 from ${repeat('(select 1 from ', 190)}t${repeat(') x', 190)}`],
    ['CASE', `select ${repeat('case when a then ', 980)}1${repeat(' end', 980)}`],
    ['calls', `select ${repeat('f(', 980)}1${repeat(')', 980)}`],
    ['joins', `select 1 from a${repeat(' join b on true', 980)}`],
    ['subscripts', `select ${repeat('a[', 980)}1${repeat(']', 980)}`],
  ])('can be mapped, printed and verified without a stack overflow: %s', (_, sql) => {
    const copy = mapTree(tree(sql), (node) => ('A_Const' in node ? { ...node } : node));
    const printed = { tree: copy, segments: printStatement(copy), slot: () => '', parameterCount: 0 };
    expect(parser.parsePrinted(verify(parser, printed))).toHaveLength(1);
  });
});
