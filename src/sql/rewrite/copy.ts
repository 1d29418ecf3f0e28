/** COPY: out of a rewritten query, in through checked INSERTs; never from or to the server's files and programs. */
import { CordonError, safeName } from '../../errors/index.ts';
import { columnRef, nullConstant, rangeVar, select, target } from '../build.ts';
import { quoteName } from '../print/index.ts';
import { shownColumns } from '../resolve/scope.ts';
import type { CopyStmt, Node } from '../tree.ts';
import { StatementContext } from './context.ts';
import { refuse, tagOf } from './expression.ts';
import { rewriteInsert } from './insert.ts';
import { rewriteQuery } from './query.ts';
import { type CopyTarget, type Rewritten, statementOf } from './rewritten.ts';
import { statementDenied } from './statement.ts';
import { writeTarget } from './write-target.ts';

export function rewriteCopy(context: StatementContext, body: CopyStmt): Rewritten {
  if (body.is_program === true || body.filename !== undefined) throw statementDenied('CopyToServerStmt');
  if (body.is_from === true) return copyIn(context, body);
  const query = body.query ?? relationQuery(context, body);
  if (!('SelectStmt' in query)) return refuse('COPY of a statement that writes');
  const rewritten = rewriteQuery(context, undefined, undefined, query.SelectStmt);
  const node: Node = {
    CopyStmt: {
      query: { SelectStmt: rewritten.node },
      ...(body.options === undefined ? {} : { options: body.options }),
    },
  };
  return statementOf('copy', node, { effect: { kind: 'copy-out' }, textOnly: true });
}

/** `COPY t (a, b) TO STDOUT` is `COPY (SELECT a, b FROM t) TO STDOUT`. */
function relationQuery(context: StatementContext, body: CopyStmt): Node {
  if (body.relation === undefined) return refuse('COPY without a relation');
  const { relation } = context.relation(body.relation);
  const columns =
    namesOf(body.attlist) ??
    shownColumns(relation.columns)
      .filter((column) => column.generated !== 'stored')
      .map((column) => column.name);
  return {
    SelectStmt: select({
      targetList: columns.map((column) => target(columnRef(column))),
      fromClause: [rangeVar(relation.schema, relation.name, undefined)],
    }),
  };
}

function namesOf(list: readonly Node[] | undefined): readonly string[] | undefined {
  return list?.map((node) => ('String' in node ? (node.String.sval ?? '') : refuse(tagOf(node))));
}

function copyIn(context: StatementContext, body: CopyStmt): Rewritten {
  if (body.whereClause !== undefined) return refuse('COPY FROM with WHERE');
  const { access } = writeTarget(context, body.relation);
  const { relation } = access;
  const columns =
    namesOf(body.attlist) ??
    shownColumns(relation.columns)
      .filter((column) => column.generated !== 'stored')
      .map((column) => column.name);
  assertInsertable(context, body, columns);
  const copy: CopyTarget = {
    relation: `${quoteName(relation.schema)}.${quoteName(relation.name)}`,
    columns: columns.map(quoteName),
    ...formatOf(body.options ?? []),
  };
  // The face reads the rows and inserts them, so the COPY itself is never sent: an empty query stands in its place.
  return statementOf(
    'copy',
    { SelectStmt: select({}) },
    { effect: { kind: 'copy-in', target: copy }, textOnly: true, literal: true },
  );
}

/** The rows come later; whether the columns may be given at all is said before the first of them. */
function assertInsertable(context: StatementContext, body: CopyStmt, columns: readonly string[]): void {
  const probe = new StatementContext(context.ground, context.role);
  const relation = { ...body.relation };
  const list = columns.map((name): Node => ({ ResTarget: { name } }));
  // A claim stands for a value that is not known: neither DEFAULT nor NULL.
  const unknown: Node = {
    CaseExpr: { args: [{ CaseWhen: { expr: nullConstant(), result: nullConstant() } }] },
  };
  const row: Node = { List: { items: columns.map(() => unknown) } };
  rewriteInsert(probe, undefined, {
    relation,
    cols: list,
    selectStmt: { SelectStmt: select({ valuesLists: [row] }) },
  });
  for (const reason of probe.reasons) context.note(reason);
}

type Format = Omit<CopyTarget, 'relation' | 'columns'>;

/** Defaults of the PostgreSQL manual, COPY. */
function formatOf(options: readonly Node[]): Format {
  const given = new Map(options.map((option) => optionOf(option)));
  const format = given.get('format') ?? 'text';
  if (format !== 'text' && format !== 'csv') return refuse('COPY FROM in this format');
  for (const name of given.keys())
    if (!KNOWN.has(name))
      throw new CordonError('CORDON_UNSUPPORTED', { construct: safeName(`COPY option ${name}`) });
  const quote = given.get('quote') ?? '"';
  return {
    format,
    delimiter: given.get('delimiter') ?? (format === 'csv' ? ',' : '\t'),
    nullText: given.get('null') ?? (format === 'csv' ? '' : '\\N'),
    quote,
    escape: given.get('escape') ?? quote,
    header: ['true', 'on', '1'].includes(given.get('header') ?? 'false'),
  };
}

const KNOWN: ReadonlySet<string> = new Set(['format', 'delimiter', 'null', 'quote', 'escape', 'header']);

function optionOf(option: Node): readonly [string, string] {
  if (!('DefElem' in option)) return refuse(tagOf(option));
  const { defname, arg } = option.DefElem;
  return [defname ?? '', arg === undefined ? 'true' : optionText(arg)];
}

function optionText(arg: Node): string {
  if ('String' in arg) return arg.String.sval ?? '';
  if ('Boolean' in arg) return String(arg.Boolean.boolval === true);
  if ('Integer' in arg) return String(arg.Integer.ival ?? 0);
  return refuse(tagOf(arg));
}
