import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asKind } from '../../../src/sql/nodes.ts';
import { createParser } from '../../../src/sql/parse/index.ts';
import { printStatement, render } from '../../../src/sql/print/index.ts';
import type { Node, Segment } from '../../../src/sql/tree.ts';
import { printed } from './printed.ts';

const parser = await createParser();

const EVIL = 'a"; drop table t; --\'$q$\\ /*\n*/)';
const NAME = `"${EVIL.replaceAll('"', '""')}"`;
const STRING = `'${EVIL.replaceAll("'", "''")}'`;

describe('hostile names and literals', () => {
  it.each([
    ['A139: a CTE', `with ${NAME} as (select 7 as n) select n from ${NAME}`],
    [
      'columns of a CTE',
      `with w(${NAME}) as (select 7) search depth first by ${NAME} set ${NAME} cycle ${NAME} set ${NAME} to ${STRING} default ${STRING} using ${NAME} select 1`,
    ],
    [
      'relations, aliases and columns',
      `select ${NAME}.${NAME} as ${NAME} from ${NAME}.${NAME}.${NAME} as ${NAME}(${NAME})`,
    ],
    ['windows', `select f() over ${NAME}, f() over (${NAME}) from t window ${NAME} as ()`],
    ['a USING alias', `select 1 from t join u using (${NAME}) as ${NAME}`],
    ['named arguments and functions', `select ${NAME}.${NAME}(${NAME} => ${STRING})`],
    ['the schema of an operator', `select 1 operator(${NAME}.+) 2 order by 1 using operator(${NAME}.<)`],
    ['types and collations', `select cast(a as ${NAME}.${NAME}(${NAME})) collate ${NAME}.${NAME}`],
    ['fields', `select (a).${NAME}, (a).${NAME}[${STRING}]`],
    ['locks', `select 1 from ${NAME} for update of ${NAME}`],
    ['column definitions', `select 1 from f() as ${NAME}(${NAME} ${NAME} collate ${NAME})`],
    [
      'constraints',
      `insert into ${NAME} (${NAME}) values (${STRING}) on conflict on constraint ${NAME} do update set ${NAME} = ${STRING} returning ${NAME} as ${NAME}`,
    ],
    ['inference', `insert into t values (1) on conflict (${NAME} collate ${NAME} ${NAME}) do nothing`],
    ['A138: the field of EXTRACT', `select extract(${STRING} from now())`],
    ['a quoted word as the field of EXTRACT', `select extract(${NAME} from now())`],
    [
      'literals',
      `select ${STRING}, E'\\'; drop table t; --', $x$'; drop table t; --$x$, U&'\\0027; drop table t; --'`,
    ],
    [
      'patterns',
      `select a like ${STRING} escape ${STRING}, trim(${STRING} from ${STRING}), a at time zone ${STRING}`,
    ],
    ['A144: savepoints', `savepoint ${NAME}`],
    ['A144: rollback to', `rollback to ${NAME}`],
    ['A144: cursors', `declare ${NAME} cursor for select 1`],
    ['A144: fetch', `fetch 1 from ${NAME}`],
    ['close', `close ${NAME}`],
    ['prepared statements', `prepare ${NAME} (${NAME}) as select 1`],
    ['execute', `execute ${NAME}(${STRING})`],
    ['deallocate', `deallocate ${NAME}`],
    ['show', `show ${NAME}`],
    ['set', `set ${NAME} = ${STRING}, ${NAME}`],
    ['reset', `reset ${NAME}`],
    ['options of COPY', `copy ${NAME} (${NAME}) to stdout (${NAME} ${STRING}, force_quote (${NAME}))`],
    ['older options of COPY', `copy ${NAME} to stdout csv header null ${STRING} force quote ${NAME}`],
    ['options of EXPLAIN', `explain (${NAME} ${STRING}) select 1`],
  ])('%s are printed as what they are, and nothing else', (_, sql) => {
    const once = printed(sql);
    expect(parser.parse(once)).toHaveLength(1);
    expect(printed(once)).toBe(once);
  });

  it.each<[string, Node]>([
    [
      'a comment as operator',
      { A_Expr: { name: [{ String: { sval: '--' } }], rexpr: { A_Const: { ival: {} } } } },
    ],
    [
      'an opening comment in an operator',
      { A_Expr: { name: [{ String: { sval: '+/*' } }], rexpr: { A_Const: { ival: {} } } } },
    ],
    [
      'text as operator',
      { A_Expr: { name: [{ String: { sval: '+ 1; drop table t' } }], rexpr: { A_Const: { ival: {} } } } },
    ],
    ['text as number', { A_Const: { fval: { fval: '1; drop table t' } } }],
    ['text as integer', { A_Const: { ival: { ival: '1; drop table t' as unknown as number } } }],
    ['text as bits', { A_Const: { bsval: { bsval: "b'; drop table t; --" } } }],
    ['text as parameter', { ParamRef: { number: '1; drop table t' as unknown as number } }],
    ['parameter zero', { ParamRef: {} }],
    ['an empty name', { ColumnRef: { fields: [{ String: {} }] } }],
    ['no name', { ColumnRef: { fields: [] } }],
    ['AND of nothing', { BoolExpr: {} }],
    ['a missing operand', { A_Expr: { name: [{ String: { sval: '+' } }] } }],
    [
      'an unknown form of call',
      { FuncCall: { funcname: [{ String: { sval: 'toString' } }], funcformat: 'COERCE_SQL_SYNTAX' } },
    ],
    [
      'text as a precision',
      { SQLValueFunction: { op: 'SVFOP_CURRENT_TIME_N', typmod: '3); drop' as unknown as number } },
    ],
  ])('%s in a tree is refused or printed as a harmless number', (_, node) => {
    const statement: Node = { SelectStmt: { targetList: [{ ResTarget: { val: node } }] } };
    let text = '';
    try {
      text = render(printStatement(statement), { slot: () => '', claim: () => '' });
    } catch (error) {
      expect(String(error)).toContain('cannot be checked');
    }
    expect(text).not.toContain('drop');
  });
});

describe('claims and slots', () => {
  const text = (segments: readonly Segment[]): string =>
    render(segments, { slot: (slot) => `<${slot}>`, claim: (claim) => `{${claim}}` });

  it('a parameter with a negative number is the place of a claim', () => {
    const cast: Node = {
      TypeCast: { arg: { ParamRef: { number: -2 } }, typeName: { names: [{ String: { sval: 'uuid' } }] } },
    };
    const statement: Node = { SelectStmt: { targetList: [{ ResTarget: { val: cast } }] } };
    expect(text(printStatement(statement))).toBe('SELECT CAST({1} AS "uuid")');
  });

  it('A141: a number behind a minus stands in brackets', () => {
    const [statement] = parser.parse('select 10 - -5');
    const right = asKind(
      asKind(asKind(statement?.stmt, 'SelectStmt')?.targetList?.[0], 'ResTarget')?.val,
      'A_Expr',
    )?.rexpr;
    const folded = asKind(right, 'A_Const');
    const segments = printStatement(statement?.stmt ?? ({} as never), {
      slotOf: (constant) => (constant === folded ? 0 : undefined),
    });
    expect(text(segments)).toBe('SELECT (10 - (-<0>))');
  });
});

/** Expressions as texts; what the parser accepts must be printed so that it reads back. */
const EXPRESSION = fc.letrec((tie) => {
  const e = tie('e') as fc.Arbitrary<string>;
  const name = fc.constantFrom('a', '"b c"', 'T.x', '"s""t"."u;"', 'é');
  const leaf = fc.oneof(
    name,
    fc.constantFrom('1', '-2', '2.5', "'x'", "'it''s'", "E'\\n'", '$1', 'null', 'true', "x'1F'"),
  );
  const wrap =
    (...parts: string[]) =>
    (values: string[]) =>
      parts.map((part, i) => part + (values[i] ?? '')).join('');
  const of = (n: number, ...parts: string[]) =>
    fc.array(e, { minLength: n, maxLength: n }).map(wrap(...parts));
  return {
    e: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      leaf,
      fc
        .tuple(
          e,
          fc.constantFrom('+', '-', '*', '||', '=', '<', '@>', '->>', ' and ', ' or ', ' is distinct from '),
          e,
        )
        .map((p) => p.join('')),
      of(1, '(', ')'),
      of(1, ' not '),
      of(1, ' - '),
      of(1, '', ' is null'),
      of(1, '', '::int'),
      of(1, '(', ')::varchar(3)[]'),
      of(1, '', ' collate "C"'),
      of(2, 'f(', ',', ')'),
      of(2, 'array[', ',', ']'),
      of(3, '', ' between ', ' and '),
      of(3, 'case when ', ' then ', ' else ', ' end'),
      of(2, '', ' in (', ', 3)'),
      of(2, '(', ')[', ']'),
      of(2, '', ' in (select ', ')'),
      of(2, '(select ', ' where ', ' limit 1)'),
      of(2, 'coalesce(', ',', ')'),
      of(1, 'extract(day from ', ')'),
      of(1, '', " at time zone 'UTC'"),
      of(2, '(', ',', ')'),
    ),
  };
}).e as fc.Arbitrary<string>;

describe('generated statements', () => {
  it('whatever the parser accepts is printed, verified and printed the same again', () => {
    let accepted = 0;
    fc.assert(
      fc.property(EXPRESSION, EXPRESSION, (select, where) => {
        const sql = `select ${select} from t where ${where} order by ${select}`;
        try {
          parser.parse(sql);
        } catch {
          return true;
        }
        accepted += 1;
        const once = printed(sql);
        return printed(once) === once;
      }),
      { numRuns: 1_500 },
    );
    expect(accepted).toBeGreaterThan(500);
  });
});
