/** SET, RESET, SHOW and DISCARD: settings by list, and the one that is the gateway's own. */
import { CordonError, safeName } from '../../errors/index.ts';
import { judgeSetting } from '../allow/index.ts';
import { text } from '../build.ts';
import type { DiscardStmt, Node, VariableSetStmt, VariableShowStmt } from '../tree.ts';
import type { StatementContext } from './context.ts';
import { refuse } from './expression.ts';
import { judgeTransactionOptions } from './past.ts';
import { type Rewritten, statementOf } from './rewritten.ts';
import { statementDenied } from './statement.ts';

const TOKEN_SETTING = 'cordon.token';
/** What the database is told instead: a placeholder that nothing reads, set with the same command tag. */
const NOTHING_SETTING = 'cordon.nothing';

export function rewriteSet(context: StatementContext, body: VariableSetStmt): Rewritten {
  if (body.kind === 'VAR_RESET_ALL') {
    return statementOf('set', { VariableSetStmt: body }, { effect: { kind: 'discard' }, textOnly: true });
  }
  if (body.kind === 'VAR_SET_MULTI') return setTransaction(context, body);
  const name = (body.name ?? '').toLowerCase();
  if (name === TOKEN_SETTING) return setToken(body);
  assertAllowed(context, body, name);
  return statementOf('set', { VariableSetStmt: body }, { textOnly: true, literal: true });
}

function setTransaction(context: StatementContext, body: VariableSetStmt): Rewritten {
  judgeTransactionOptions(context, body.args);
  const known = body.name === 'TRANSACTION' || body.name === 'SESSION CHARACTERISTICS';
  if (!known) throw new CordonError('CORDON_SETTING_DENIED', { setting: safeName(body.name ?? '') });
  return statementOf('set', { VariableSetStmt: body }, { textOnly: true, literal: true });
}

/** RESET and DEFAULT bring back what the connection began with. */
function assertAllowed(context: StatementContext, body: VariableSetStmt, name: string): void {
  const value = body.kind === 'VAR_SET_VALUE' || body.kind === undefined ? settingText(body.args) : undefined;
  const judged = judgeSetting(name, 'set', value, context.catalog);
  if (!judged.allowed) throw new CordonError('CORDON_SETTING_DENIED', { setting: safeName(name) });
}

/** The value as one text, as the database would store it. */
function settingText(args: readonly Node[] | undefined): string {
  return (args ?? [])
    .map((arg) => {
      const inner = 'TypeCast' in arg ? arg.TypeCast.arg : arg;
      if (inner === undefined || !('A_Const' in inner)) return refuse('this value of a setting');
      const { sval, ival, fval, boolval } = inner.A_Const;
      if (sval !== undefined) return sval.sval ?? '';
      if (ival !== undefined) return String(ival.ival ?? 0);
      return fval?.fval ?? String(boolval?.boolval === true);
    })
    .join(', ');
}

function setToken(body: VariableSetStmt): Rewritten {
  const sets = body.kind === 'VAR_SET_VALUE' || body.kind === undefined;
  const token = sets ? settingText(body.args) : undefined;
  const node: Node = {
    VariableSetStmt: {
      kind: 'VAR_SET_VALUE',
      name: NOTHING_SETTING,
      args: [text('')],
      ...(body.is_local === true ? { is_local: true } : {}),
    },
  };
  const effect = {
    kind: 'set-token',
    token: token === '' ? undefined : token,
    local: body.is_local === true,
  } as const;
  return statementOf('set', node, { effect, textOnly: true, literal: true });
}

export function rewriteShow(context: StatementContext, body: VariableShowStmt): Rewritten {
  const name = (body.name ?? '').toLowerCase();
  const judged = judgeSetting(name, 'show', undefined, context.catalog);
  if (!judged.allowed) throw new CordonError('CORDON_SETTING_DENIED', { setting: safeName(name) });
  return statementOf('show', { VariableShowStmt: body });
}

/** DISCARD ALL also forgets prepared statements; the face follows. */
export function rewriteDiscard(body: DiscardStmt): Rewritten {
  const { target } = body;
  if (target !== undefined && target !== 'DISCARD_ALL' && target !== 'DISCARD_PLANS')
    throw statementDenied('DiscardStmt');
  // Plans are made again when they are needed; nothing that the client knows of is gone with them.
  const effect = { kind: target === 'DISCARD_PLANS' ? 'none' : 'discard' } as const;
  return statementOf('discard', { DiscardStmt: body }, { effect, textOnly: true });
}
