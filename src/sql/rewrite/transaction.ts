/** Transactions and savepoints pass as they are, printed anew; two-phase commit is refused. */
import type { TransactionStmt } from '../tree.ts';
import type { StatementContext } from './context.ts';
import { judgeTransactionOptions } from './past.ts';
import { type Effect, type Rewritten, statementOf } from './rewritten.ts';
import { statementDenied } from './statement.ts';

export function rewriteTransaction(context: StatementContext, body: TransactionStmt): Rewritten {
  judgeTransactionOptions(context, body.options);
  return statementOf(
    'transaction',
    { TransactionStmt: body },
    { effect: effectOf(body), textOnly: true, literal: true },
  );
}

function effectOf(body: TransactionStmt): Effect {
  switch (body.kind) {
    case undefined:
    case 'TRANS_STMT_BEGIN':
    case 'TRANS_STMT_START':
      return { kind: 'begin' };
    case 'TRANS_STMT_COMMIT':
    case 'TRANS_STMT_ROLLBACK':
      return { kind: 'end', chain: body.chain === true };
    case 'TRANS_STMT_SAVEPOINT':
    case 'TRANS_STMT_RELEASE':
    case 'TRANS_STMT_ROLLBACK_TO':
      return { kind: 'savepoint' };
    default:
      throw statementDenied('TwoPhaseCommit');
  }
}
