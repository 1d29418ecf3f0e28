import { CordonError } from '../errors/index.ts';
import type { Principal } from '../guard/answers.ts';
import type { GuardedStatement } from '../guard/types.ts';
import type { ExpectedRun } from './expected.ts';
import { principalOfToken } from './present-token.ts';
import { traceOf } from './trace.ts';
import type { UnitContext } from './unit.ts';

/** What a statement that is being sent asks of the gateway. */
export interface StartedEffect {
  /** To be called when the database has run the statement. */
  readonly done: (() => void) | undefined;
  /** To be waited for before the statement is sent. */
  readonly pending: Promise<void> | undefined;
}

const NOTHING: StartedEffect = { done: undefined, pending: undefined };

/**
 * The text to send for a statement. DEALLOCATE of a statement that was prepared by protocol names it as it is called
 * upstream; the name is the gateway's own and needs no more than quotes.
 */
export function effectText(unit: UnitContext, { effect }: GuardedStatement, text: string): string {
  if (effect.kind !== 'deallocate' || effect.name === undefined) return text;
  const name = unit.preparedName(effect.name);
  return name === undefined ? text : `DEALLOCATE "${name}"`;
}

/** Does what goes with sending a statement. Throws CordonError when it may not be sent now. */
export function startEffect(
  unit: UnitContext,
  statement: GuardedStatement,
  text: string,
  principal: Principal,
): StartedEffect {
  unit.note(traceOf(statement));
  if (statement.kind === 'ddl') unit.noteSchema();
  const { effect } = statement;
  switch (effect.kind) {
    case 'end':
      return endTransaction(unit);
    case 'set-token':
      return setToken(unit, effect.token);
    case 'prepare':
    case 'execute':
    case 'deallocate':
    case 'discard':
      return startPrepared(unit, statement, text, principal);
    default:
      return NOTHING;
  }
}

function endTransaction(unit: UnitContext): StartedEffect {
  unit.caller.foreseeEnd();
  const forget = unit.forgettingPortals();
  const done = () => {
    unit.caller.transactionEnded();
    forget();
  };
  return { done, pending: undefined };
}

function setToken(unit: UnitContext, token: string | undefined): StartedEffect {
  if (token === undefined) {
    if (unit.caller.current !== unit.caller.base) throw new CordonError('CORDON_CALLER_CHANGED');
    return NOTHING;
  }
  const principal = principalOfToken(unit, token);
  if (!(principal instanceof Promise)) return { done: unit.caller.renew(principal), pending: undefined };
  let confirm: (() => void) | undefined;
  const pending = principal.then((verified) => {
    confirm = unit.caller.renew(verified);
  });
  return { done: () => confirm?.(), pending };
}

function startPrepared(
  unit: UnitContext,
  statement: GuardedStatement,
  text: string,
  principal: Principal,
): StartedEffect {
  const { effect } = statement;
  if (effect.kind === 'prepare' && unit.preparedName(effect.name) !== undefined) {
    throw new CordonError('CORDON_PREPARED_EXISTS');
  }
  const confirm = unit.sqlPrepared.foresee(statement, text, principal.role);
  if (confirm === undefined) return NOTHING;
  const forget =
    effect.kind === 'prepare'
      ? undefined
      : unit.forgetting(effect.kind === 'deallocate' ? effect.name : undefined);
  const done = () => {
    confirm();
    forget?.();
    if (effect.kind === 'discard') unit.discarded();
  };
  return { done, pending: undefined };
}

const PASSED: ExpectedRun = { discardRows: false, copyOut: false };
const DISCARDED: ExpectedRun = { discardRows: true, copyOut: false };

/** What the answers need to know of a statement that runs. */
export function runOf({ discardRows, effect }: GuardedStatement, { done }: StartedEffect): ExpectedRun {
  const copyOut = effect.kind === 'copy-out';
  if (copyOut || done !== undefined) return { discardRows, copyOut, done };
  return discardRows ? DISCARDED : PASSED;
}
