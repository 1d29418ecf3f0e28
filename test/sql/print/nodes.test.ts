import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  asKind,
  assertKnown,
  children,
  equalTrees,
  kindOf,
  mapTree,
  NODES,
  REFUSED,
  walkTree,
} from '../../../src/sql/nodes.ts';
import { createParser } from '../../../src/sql/parse/index.ts';
import type { Node } from '../../../src/sql/tree.ts';

const parser = await createParser();

function tree(sql: string): Node {
  const [statement] = parser.parse(sql);
  if (statement === undefined) throw new Error('no statement');
  return statement.stmt;
}

/** The kinds in the union `Node` of the parser's own types. */
function kindsOfParser(): string[] {
  const folder = dirname(createRequire(import.meta.url).resolve('@pgsql/types/package.json'));
  const source = readFileSync(join(folder, 'types.d.ts'), 'utf8');
  const union = source.slice(
    source.indexOf('export type Node ='),
    source.indexOf('export interface ParseResult'),
  );
  return [...union.matchAll(/^\s+(\w+): \w+;$/gm)].map((match) => match[1] ?? '');
}

describe('the table of nodes', () => {
  it('each kind the parser can produce is either read or refused with a reason, and never both', () => {
    const known = Object.keys(NODES);
    const refused = REFUSED.flatMap((refusal) => [...refusal.kinds]);
    expect(REFUSED.every((refusal) => refusal.reason.length > 10)).toBe(true);
    const kinds = kindsOfParser();
    expect(kinds.length).toBeGreaterThan(250);
    expect([...known, ...refused].sort()).toEqual([...kinds].sort());
  });

  it.each([
    ['a kind', { XmlExpr: {} }, 'an XML function'],
    ['a field', { SelectStmt: { newField: true } }, 'a part of SELECT (new field)'],
    ['a refused field', tree('select 1 into x'), 'SELECT INTO'],
    ['a value', { BoolExpr: { boolop: 'XOR_EXPR' } }, 'a part of bool expr (boolop)'],
    ['a name from the prototype', { constructor: {} }, 'constructor'],
    ['a field from the prototype', JSON.parse('{"SelectStmt":{"__proto__":1}}'), 'a part of SELECT (proto)'],
  ])('%s that it does not know is refused by name', (_, node, construct) => {
    expect(() => assertKnown(node as Node)).toThrow(`${construct} cannot be checked`);
  });
});

describe('walks', () => {
  it('fields without a tag are children like any other', () => {
    const kinds: string[] = [];
    walkTree(
      tree("with w as (select 't'::regclass) select count(*) over (order by b) from w as a(x)"),
      (_, kind) => {
        kinds.push(kind);
        return true;
      },
    );
    expect(kinds).toEqual(
      expect.arrayContaining(['WithClause', 'TypeName', 'WindowDef', 'RangeVar', 'Alias', 'SortBy']),
    );
  });

  it('holes of DISTINCT and ROWS FROM are passed over', () => {
    expect(children(tree('select distinct 1')).map(kindOf)).toEqual(['ResTarget']);
    expect(() => assertKnown(tree('select * from f() as x'))).not.toThrow();
  });

  it('mapping copies only the path to what changed', () => {
    const before = tree('select a from t where b = 1');
    const after = mapTree(before, (node) => {
      const relation = asKind(node, 'RangeVar');
      return relation === undefined ? node : { RangeVar: { ...relation, relname: 'u' } };
    });
    expect(equalTrees(after, tree('select a from u where b = 1'))).toBe(true);
    expect(asKind(after, 'SelectStmt')?.whereClause).toBe(asKind(before, 'SelectStmt')?.whereClause);
    expect(mapTree(before, (node) => node)).toBe(before);
  });

  it('a field without a tag keeps its kind', () => {
    expect(() =>
      mapTree(tree('select cast(1 as int)'), (node) => (asKind(node, 'TypeName') ? { A_Star: {} } : node)),
    ).toThrow('mapped to another kind');
  });
});

describe('equal trees', () => {
  it.each([
    ['select a,b from t', 'select  a , b\nfrom t'],
    ['select 1 where (a and b) and c', 'select 1 where a and b and c'],
    ['select 1 where ((a or b) or c) or d', 'select 1 where a or b or c or d'],
    ["select 0, false, ''", "SELECT 0, FALSE, ''"],
  ])('%s = %s', (a, b) => {
    expect(equalTrees(tree(a), tree(b))).toBe(true);
  });

  it.each([
    ['select 1', "select '1'"],
    ['select 1', 'select 1.0'],
    ['select null', 'select 0'],
    ['select 0', "select ''"],
    ['select a from t', 'select a from only t'],
    ['select a from t', 'select distinct a from t'],
    ['select a', 'select a limit 1'],
    ['select 1 where a and (b and c)', 'select 1 where a and b and c or d'],
    ['select 1 where not (a and b)', 'select 1 where not a and b'],
    ['select $1', 'select $2'],
    ['select 1 union select 1', 'select 1 union all select 1'],
    ['select f(a)', 'select f(variadic a)'],
    ['update t set a = 1', 'update t set a = default'],
    ['select 1 from a join b on true', 'select 1 from a left join b on true'],
    ['select sum(a) over (order by a rows unbounded preceding)', 'select sum(a) over (order by a)'],
  ])('%s ≠ %s', (a, b) => {
    expect(equalTrees(tree(a), tree(b))).toBe(false);
    expect(equalTrees(tree(b), tree(a))).toBe(false);
  });

  it('a tree built by hand may leave defaults out, nest AND to the left and put one operand alone', () => {
    const a: Node = { BoolExpr: { args: [{ ParamRef: { number: 1 } }, { ParamRef: { number: 2 } }] } };
    const built: Node = {
      SelectStmt: {
        targetList: [],
        whereClause: { BoolExpr: { args: [{ BoolExpr: { args: [a] } }, { ParamRef: { number: -1 } }] } },
      },
    };
    const parsed = tree('select where $1 and $2 and $3');
    expect(equalTrees(built, parsed, { parameterOf: (n) => (n < 0 ? 2 - n : n) })).toBe(true);
    expect(equalTrees(built, parsed)).toBe(false);
  });
});
