import { asKind, unsupported } from '../nodes.ts';
import type { Node, TransactionStmt } from '../tree.ts';
import { printExpression } from './expression.ts';
import type { Writer } from './writer.ts';

const STATEMENTS: Readonly<Record<string, string>> = {
  TRANS_STMT_BEGIN: 'BEGIN',
  TRANS_STMT_START: 'START TRANSACTION',
  TRANS_STMT_COMMIT: 'COMMIT',
  TRANS_STMT_ROLLBACK: 'ROLLBACK',
  TRANS_STMT_SAVEPOINT: 'SAVEPOINT ',
  TRANS_STMT_RELEASE: 'RELEASE SAVEPOINT ',
  TRANS_STMT_ROLLBACK_TO: 'ROLLBACK TO SAVEPOINT ',
};

const NAMED = new Set(['TRANS_STMT_SAVEPOINT', 'TRANS_STMT_RELEASE', 'TRANS_STMT_ROLLBACK_TO']);
const CHAINED = new Set(['TRANS_STMT_COMMIT', 'TRANS_STMT_ROLLBACK']);

export function printTransaction(writer: Writer, statement: TransactionStmt): void {
  const kind = statement.kind ?? 'TRANS_STMT_BEGIN';
  const words = STATEMENTS[kind];
  if (words === undefined) throw unsupported('TransactionStmt.kind');
  writer.raw(words);
  if (NAMED.has(kind)) writer.name(statement.savepoint_name);
  printModes(writer, statement.options);
  if (statement.chain !== true) return;
  if (!CHAINED.has(kind)) throw unsupported('TransactionStmt.chain');
  writer.raw(' AND CHAIN');
}

const LEVELS = new Set(['serializable', 'repeatable read', 'read committed', 'read uncommitted']);

/** The modes of BEGIN and SET TRANSACTION, with a space before them. */
export function printModes(writer: Writer, options: readonly Node[] | undefined): void {
  (options ?? []).forEach((option, i) => {
    writer.raw(i > 0 ? ', ' : ' ');
    printMode(writer, option);
  });
}

function printMode(writer: Writer, node: Node): void {
  const option = asKind(node, 'DefElem');
  if (option?.defname !== 'transaction_as_of') {
    writer.raw(modeOf(node));
    return;
  }
  writer.raw('AS OF SYSTEM TIME ');
  writer.fixed(() => printExpression(writer, option.arg));
}

const PRIORITIES = new Set(['low', 'normal', 'high']);

function modeOf(node: Node): string {
  const option = asKind(node, 'DefElem');
  const value = asKind(option?.arg, 'A_Const');
  const set = (value?.ival?.ival ?? 0) === 1;
  if (option?.defname === 'transaction_isolation') return levelOf(value?.sval?.sval ?? '');
  if (option?.defname === 'transaction_read_only' && value?.ival !== undefined)
    return set ? 'READ ONLY' : 'READ WRITE';
  if (option?.defname === 'transaction_deferrable' && value?.ival !== undefined) {
    return set ? 'DEFERRABLE' : 'NOT DEFERRABLE';
  }
  if (option?.defname === 'transaction_priority' && PRIORITIES.has(value?.sval?.sval ?? ''))
    return `PRIORITY ${(value?.sval?.sval ?? '').toUpperCase()}`;
  throw unsupported('a transaction mode');
}

function levelOf(level: string): string {
  if (!LEVELS.has(level)) throw unsupported('an isolation level');
  return `ISOLATION LEVEL ${level.toUpperCase()}`;
}
