import { asKind, kindOf, unsupported } from '../nodes.ts';
import type { LockingClause, Node, SelectStmt } from '../tree.ts';
import { printDelete } from './delete.ts';
import { printExpression } from './expression.ts';
import { printFromItem, printRelationName } from './from.ts';
import { printGrouping } from './group.ts';
import { printInsert } from './insert.ts';
import { printPosition, printSort } from './sort.ts';
import { printTarget } from './target.ts';
import { printUpdate } from './update.ts';
import { printWindow } from './window.ts';
import { printWith } from './with.ts';
import type { Writer } from './writer.ts';

/** A statement that has rows: also INSERT, UPDATE and DELETE in WITH. */
export function printQuery(writer: Writer, node: Node | undefined): void {
  if (node === undefined) throw unsupported('a query that is missing');
  if ('SelectStmt' in node) printSelect(writer, node.SelectStmt);
  else if ('InsertStmt' in node) printInsert(writer, node.InsertStmt);
  else if ('UpdateStmt' in node) printUpdate(writer, node.UpdateStmt);
  else if ('DeleteStmt' in node) printDelete(writer, node.DeleteStmt);
  else throw unsupported(kindOf(node));
}

export function printSelect(writer: Writer, select: SelectStmt): void {
  printWith(writer, select.withClause);
  printBody(writer, select);
  printOrder(writer, select.sortClause);
  printLimit(writer, select);
  for (const lock of select.lockingClause ?? []) printLocking(writer, lock);
}

function printBody(writer: Writer, select: SelectStmt): void {
  if ((select.op ?? 'SETOP_NONE') !== 'SETOP_NONE') printSetOperation(writer, select);
  else if (select.valuesLists !== undefined) printValues(writer, select.valuesLists);
  else printSimple(writer, select);
}

const SET_OPERATIONS: Readonly<Record<string, string>> = {
  SETOP_UNION: ' UNION ',
  SETOP_INTERSECT: ' INTERSECT ',
  SETOP_EXCEPT: ' EXCEPT ',
};

function printSetOperation(writer: Writer, select: SelectStmt): void {
  const word = SET_OPERATIONS[select.op ?? ''];
  if (word === undefined) throw unsupported('SelectStmt.op');
  printOperand(writer, select.larg);
  writer.raw(word);
  if (select.all === true) writer.raw('ALL ');
  printOperand(writer, select.rarg);
}

function printOperand(writer: Writer, operand: SelectStmt | undefined): void {
  if (operand === undefined) throw unsupported('SelectStmt.larg');
  writer.raw('(');
  printSelect(writer, operand);
  writer.raw(')');
}

function printValues(writer: Writer, rows: readonly Node[]): void {
  writer.raw('VALUES ');
  writer.list(rows, printRow);
}

function printRow(writer: Writer, row: Node): void {
  const items = asKind(row, 'List')?.items;
  if (items === undefined || items.length === 0) throw unsupported('SelectStmt.valuesLists');
  writer.brackets(items, printExpression);
}

function printSimple(writer: Writer, select: SelectStmt): void {
  writer.raw('SELECT');
  printDistinct(writer, select.distinctClause);
  printClause(writer, ' ', select.targetList, printTarget);
  printClause(writer, ' FROM ', select.fromClause, printFromItem);
  printAsOf(writer, select.asOf);
  printCondition(writer, ' WHERE ', select.whereClause);
  const groupWord = select.groupDistinct === true ? ' GROUP BY DISTINCT ' : ' GROUP BY ';
  printClause(writer, groupWord, select.groupClause, printGrouping);
  printCondition(writer, ' HAVING ', select.havingClause);
  printClause(writer, ' WINDOW ', select.windowClause, printNamedWindow);
}

type PrintItem = (writer: Writer, item: Node) => void;

function printClause(
  writer: Writer,
  word: string,
  items: readonly Node[] | undefined,
  print: PrintItem,
): void {
  if (items === undefined || items.length === 0) return;
  writer.raw(word);
  writer.list(items, print);
}

/** A condition behind its word, if there is one. */
export function printCondition(writer: Writer, word: string, condition: Node | undefined): void {
  if (condition === undefined) return;
  writer.raw(word);
  printExpression(writer, condition);
}

/** A list that holds only a hole is a plain DISTINCT. */
function printDistinct(writer: Writer, items: readonly Node[] | undefined): void {
  const [first] = items ?? [];
  if (items === undefined || first === undefined) return;
  writer.raw(' DISTINCT');
  if (Object.keys(first).length === 0) return;
  writer.raw(' ON ');
  writer.brackets(items, printPosition);
}

function printNamedWindow(writer: Writer, node: Node): void {
  const window = asKind(node, 'WindowDef');
  if (window === undefined) throw unsupported('SelectStmt.windowClause');
  writer.name(window.name);
  writer.raw(' AS ');
  printWindow(writer, window);
}

function printOrder(writer: Writer, items: readonly Node[] | undefined): void {
  printClause(writer, ' ORDER BY ', items, printSort);
}

function printLimit(writer: Writer, select: SelectStmt): void {
  printCondition(writer, ' OFFSET ', select.limitOffset);
  if (select.limitOption === 'LIMIT_OPTION_WITH_TIES') {
    if (select.limitCount === undefined) throw unsupported('SelectStmt.limitOption');
    printCondition(writer, ' FETCH FIRST (', select.limitCount);
    writer.raw(') ROWS WITH TIES');
  } else {
    printCount(writer, select.limitCount);
  }
}

/** The grammar keeps LIMIT ALL as a NULL, which CockroachDB does not take for a number. */
function printCount(writer: Writer, count: Node | undefined): void {
  const isAll = writer.dialect === 'cockroachdb' && asKind(count, 'A_Const')?.isnull === true;
  if (isAll) writer.raw(' LIMIT ALL');
  else printCondition(writer, ' LIMIT ', count);
}

/** AS OF SYSTEM TIME; the time is part of the statement, as other rows are read for another. */
export function printAsOf(writer: Writer, time: Node | undefined): void {
  if (time === undefined) return;
  writer.fixed(() => printCondition(writer, ' AS OF SYSTEM TIME ', time));
}

/** ORDER BY and LIMIT of UPDATE and DELETE. */
export function printTail(
  writer: Writer,
  statement: { readonly sortClause?: Node[]; readonly limitCount?: Node },
): void {
  printOrder(writer, statement.sortClause);
  printCount(writer, statement.limitCount);
}

const LOCK_STRENGTHS: Readonly<Record<string, string>> = {
  LCS_FORKEYSHARE: ' FOR KEY SHARE',
  LCS_FORSHARE: ' FOR SHARE',
  LCS_FORNOKEYUPDATE: ' FOR NO KEY UPDATE',
  LCS_FORUPDATE: ' FOR UPDATE',
};

function printLocking(writer: Writer, node: Node): void {
  const lock: LockingClause | undefined = asKind(node, 'LockingClause');
  const words = LOCK_STRENGTHS[lock?.strength ?? ''];
  if (lock === undefined || words === undefined) throw unsupported('LockingClause.strength');
  writer.raw(words);
  printClause(writer, ' OF ', lock.lockedRels, printLockedRelation);
  if (lock.waitPolicy === 'LockWaitSkip') writer.raw(' SKIP LOCKED');
  else if (lock.waitPolicy === 'LockWaitError') writer.raw(' NOWAIT');
}

function printLockedRelation(writer: Writer, node: Node): void {
  const relation = asKind(node, 'RangeVar');
  if (relation === undefined || relation.alias !== undefined) throw unsupported('LockingClause.lockedRels');
  printRelationName(writer, relation);
}
