/**
 * The simple protocol. All statements of a message are judged before the first one runs, and for one caller; so what
 * follows a change of the caller inside a message (SET cordon.token, or the end of a transaction) is refused unless a
 * token in front of the message says for whom it is.
 */
import { CordonError, safeText } from '../errors/index.ts';
import type { Principal } from '../guard/answers.ts';
import { splitLeadingComment } from '../guard/identity.ts';
import type { CopyTarget, GuardedStatement, StatementKind } from '../guard/types.ts';
import type { ExpectedRun } from './expected.ts';
import { sendPrepared } from './prepared-query.ts';
import { presentToken } from './present-token.ts';
import { checkRefusal } from './refusal.ts';
import { effectText, runOf, startEffect } from './statement-effect.ts';
import { checkLength } from './statement-length.ts';
import { traceOf } from './trace.ts';
import type { MessageOf, UnitContext } from './unit.ts';

/** What became of a Query: sent or refused, or a COPY that the session has to read. */
export type QueryOutcome =
  | { readonly kind: 'sent' }
  | { readonly kind: 'copy-in'; readonly target: CopyTarget; readonly principal: Principal };

const SENT: QueryOutcome = { kind: 'sent' };
const EMPTY_RUN: ExpectedRun = { discardRows: false, copyOut: false };

/** Kinds that depend on the caller. */
const CALLED: ReadonlySet<StatementKind> = new Set<StatementKind>([
  'select',
  'insert',
  'update',
  'delete',
  'cursor',
  'prepare',
  'execute',
  'copy',
  'explain',
  'ddl',
]);

/** Judges a Query and sends it. Throws CordonError when it is refused. */
export function runQuery(unit: UnitContext, query: MessageOf<'Query'>): QueryOutcome | Promise<QueryOutcome> {
  checkLength(unit, query.text);
  const { token, rest } = splitLeadingComment(query.text);
  if (token === undefined) return judgeAndSend(unit, rest, false);
  const presented = presentToken(unit, token);
  if (presented === undefined) return judgeAndSend(unit, rest, true);
  return presented.then(() => judgeAndSend(unit, rest, true));
}

function judgeAndSend(
  unit: UnitContext,
  text: string,
  hasToken: boolean,
): QueryOutcome | Promise<QueryOutcome> {
  const principal = unit.caller.current;
  const judged = unit.guard.judgeQuery(text, principal);
  const statements = withoutEmpty(checkRefusal(unit, judged));
  if (statements.length > 1) checkOrder(statements, hasToken);
  const copy = copyTarget(statements);
  if (copy !== undefined) return { kind: 'copy-in', target: copy, principal };
  return runPrepared(unit, statements, principal) ?? send(unit, statements, principal, hasToken);
}

function withoutEmpty(statements: readonly GuardedStatement[]): readonly GuardedStatement[] {
  return statements.some(isEmpty) ? statements.filter((statement) => !isEmpty(statement)) : statements;
}

function isEmpty({ kind }: GuardedStatement): boolean {
  return kind === 'empty';
}

function copyTarget(statements: readonly GuardedStatement[]): CopyTarget | undefined {
  const copy = statements.find(({ effect }) => effect.kind === 'copy-in')?.effect;
  if (copy?.kind !== 'copy-in') return undefined;
  if (statements.length === 1) return copy.target;
  throw new CordonError('CORDON_UNSUPPORTED', {
    construct: safeText('COPY FROM STDIN beside other statements'),
  });
}

function checkOrder(statements: readonly GuardedStatement[], hasToken: boolean): void {
  const setsToken = statements.findIndex(({ effect }) => effect.kind === 'set-token');
  if (setsToken !== -1 && setsToken !== statements.length - 1)
    throw new CordonError('CORDON_TOKEN_NOT_ALONE');
  const ends = statements.findIndex(({ effect }) => effect.kind === 'end');
  if (ends === -1 || hasToken) return;
  if (statements.slice(ends + 1).some(({ kind }) => CALLED.has(kind)))
    throw new CordonError('CORDON_TOKEN_NOT_ALONE');
}

/** Runs one statement with literals as a prepared one, where that means the same; else undefined. */
function runPrepared(
  unit: UnitContext,
  [statement, ...others]: readonly GuardedStatement[],
  principal: Principal,
): QueryOutcome | undefined {
  if (statement === undefined || others.length > 0 || unit.isFailed) return undefined;
  if (traceOf(statement) !== 'none') return undefined;
  const form = statement.withParameters();
  return form !== undefined && sendPrepared(unit, form, principal) ? SENT : undefined;
}

function send(
  unit: UnitContext,
  statements: readonly GuardedStatement[],
  principal: Principal,
  hasToken: boolean,
): QueryOutcome | Promise<QueryOutcome> {
  const texts: string[] = [];
  const runs: ExpectedRun[] = [];
  let pending: Promise<void> | undefined;
  let hasEnded = false;
  for (const statement of statements) {
    // A token in front of the message is the caller's of every statement in it, also behind the end of a transaction.
    if (hasEnded && hasToken) unit.caller.present(principal);
    const text = effectText(unit, statement, statement.textFor(principal));
    const started = startEffect(unit, statement, text, principal);
    hasEnded = statement.effect.kind === 'end';
    pending ??= started.pending;
    texts.push(text);
    runs.push(runOf(statement, started));
  }
  const text = texts.join(';\n');
  return pending === undefined ? sendText(unit, text, runs) : pending.then(() => sendText(unit, text, runs));
}

function sendText(unit: UnitContext, text: string, runs: readonly ExpectedRun[]): QueryOutcome {
  unit.exchange.send(
    { kind: 'query', runs: runs.length === 0 ? [EMPTY_RUN] : runs },
    { kind: 'Query', text },
  );
  unit.exchange.flush();
  return SENT;
}
