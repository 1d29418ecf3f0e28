/**
 * The extended protocol: prepared statements, portals and their values, up to Sync. Each message is judged when it comes
 * and sent on at once, so a client may send a whole batch before it reads an answer; what is refused stands in the batch
 * as a statement that fails.
 */
import { assertNever, CordonError, type Safe, safeNumber, safeText } from '../errors/index.ts';
import type { Principal } from '../guard/answers.ts';
import { emptyStatement } from '../guard/empty.ts';
import { splitLeadingComment } from '../guard/identity.ts';
import type { GuardedStatement } from '../guard/types.ts';
import { type Bind, encodeBackend, encodeFrontend, type FrontendMessage, formatAt } from '../pgwire/index.ts';
import { withClaims } from './bind-claims.ts';
import type { Expected } from './expected.ts';
import type { Portal } from './portal.ts';
import type { PreparedNames } from './prepared-names.ts';
import { isPlain, PreparedStatement, type Variant } from './prepared-statement.ts';
import { presentToken } from './present-token.ts';
import { RecentStatements } from './recent-statements.ts';
import { checkRefusal, needsFreshToken } from './refusal.ts';
import { effectText, runOf, startEffect } from './statement-effect.ts';
import { checkLength } from './statement-length.ts';
import { traceOf } from './trace.ts';
import type { MessageOf, UnitContext } from './unit.ts';
import type { PreparedText, PreparedUpstream } from './upstream/prepared-upstream.ts';

/** The messages of the extended protocol, Sync and Flush excepted. */
export type BatchMessage = Extract<
  FrontendMessage,
  { kind: 'Parse' | 'Bind' | 'Describe' | 'Execute' | 'Close' }
>;

/** A statement that the caller may use, as it is prepared upstream. */
interface Usable {
  readonly statement: PreparedStatement;
  readonly guarded: GuardedStatement;
  readonly variant: Variant;
}

/** How a statement is prepared upstream. */
interface Preparing {
  readonly upstreamName: string;
  /** The client did not ask for it now. */
  readonly hidden: boolean;
  readonly undone?: (() => void) | undefined;
}

/** What keeps a statement by its text, and the statement if it is prepared there. */
interface Kept {
  readonly prepared: PreparedUpstream;
  readonly known: PreparedText | undefined;
}

const PARSE_COMPLETE = encodeBackend({ kind: 'ParseComplete' });

export class Batch {
  readonly #unit: UnitContext;
  readonly #names: PreparedNames;
  readonly #generation: () => number;
  readonly #unnamed = new RecentStatements();

  constructor(unit: UnitContext, names: PreparedNames, generation: () => number) {
    this.#unit = unit;
    this.#names = names;
    this.#generation = generation;
  }

  /** Judges a message and sends it. Throws CordonError when it is refused; the promise is to be waited for. */
  handle(message: BatchMessage): Promise<void> | undefined {
    switch (message.kind) {
      case 'Parse':
        return this.#parse(message);
      case 'Bind':
        return this.#bind(message);
      case 'Describe':
        return message.target === 'statement'
          ? this.#describeStatement(message.name)
          : this.#describePortal(message);
      case 'Execute':
        return this.#execute(message);
      case 'Close':
        return message.target === 'statement' ? this.#closeStatement(message) : this.#closePortal(message);
      default:
        return assertNever(message, 'message of a batch');
    }
  }

  #parse(parse: MessageOf<'Parse'>): Promise<void> | undefined {
    // Also if it is refused: nobody may go on to run the one before, which may be another caller's.
    if (parse.statement === '') this.#names.statements.delete('');
    checkLength(this.#unit, parse.text);
    const { token, rest } = splitLeadingComment(parse.text);
    if (token === undefined) return this.#prepare(parse, rest, undefined);
    const presented = presentToken(this.#unit, token);
    if (presented !== undefined)
      return presented.then((principal) => void this.#prepare(parse, rest, principal));
    return this.#prepare(parse, rest, this.#unit.caller.current);
  }

  #prepare(
    { statement: name, parameterTypes }: MessageOf<'Parse'>,
    text: string,
    presented: Principal | undefined,
  ): undefined {
    this.#checkName(name);
    const statement = new PreparedStatement(text, parameterTypes, presented);
    const repeated = name === '' ? this.#unnamed.exchange(statement) : undefined;
    if (repeated !== undefined) statement.repeat(repeated);
    const guarded = this.#judge(statement);
    this.#checkPreparable(statement, guarded);
    const before = this.#names.statements.get(name);
    this.#names.statements.set(name, statement);
    this.#prepareVariant(statement, guarded, {
      upstreamName: this.#upstreamName(name),
      hidden: false,
      undone: () => this.#restoreStatement(name, before),
    });
  }

  #checkName(name: string): void {
    const { statements } = this.#names;
    if (name !== '' && (this.#names.isTaken(name) || this.#unit.sqlPrepared.has(name))) {
      throw new CordonError('CORDON_PREPARED_EXISTS');
    }
    this.#checkLimit(
      statements.size,
      this.#unit.gateway.limits.statementsMax,
      safeText('prepared statements'),
    );
  }

  #checkLimit(present: number, maximum: number, limit: Safe): void {
    if (present < maximum) return;
    throw new CordonError('CORDON_LIMIT_SESSION', { limit, maximum: safeNumber(maximum) });
  }

  #checkPreparable({ parameterTypes }: PreparedStatement, guarded: GuardedStatement): void {
    if (guarded.effect.kind === 'copy-in') {
      throw unsupported(safeText('COPY FROM STDIN in the extended protocol'));
    }
    if (guarded.claims.length > 0 && parameterTypes.length > guarded.parameterCount) {
      throw unsupported(safeText('a type for a parameter that the statement does not have'));
    }
  }

  #judge(statement: PreparedStatement): GuardedStatement {
    const { caller, guard, guardVersion } = this.#unit;
    const principal = caller.current;
    const known = statement.judged(principal, guardVersion);
    const judged =
      known === undefined
        ? guard.judgeStatement(statement.text, principal, statement.parameterTypes)
        : ({ kind: 'allowed', statements: [known] } as const);
    const guarded = checkRefusal(this.#unit, judged)[0] ?? emptyStatement(principal.role);
    if (known === undefined) statement.remember(principal, guardVersion, guarded);
    return guarded;
  }

  /** The name upstream of a statement of the client's; where the database has lost it, an empty one stands in for it. */
  upstreamName(name: string): string | undefined {
    const statement = this.#names.statements.get(name);
    return statement?.variants(this.#generation())[0]?.name ?? (statement && this.#standIn(statement));
  }

  // The unnamed statement is this client's as long as it has the connection.
  #upstreamName(name: string): string {
    return name === '' ? '' : this.#nextName();
  }

  /** On a shared connection a name of this client's alone does not outlive its transaction. */
  #nextName(): string {
    return this.#unit.shared?.passing() ?? this.#names.next();
  }

  #standIn(statement: PreparedStatement): string {
    const variant: Variant = {
      name: this.#nextName(),
      text: '',
      shape: { columns: undefined },
      generation: this.#generation(),
    };
    statement.add(variant);
    this.#unit.exchange.send(
      { kind: 'parse', hidden: true, undone: () => statement.remove(variant) },
      { kind: 'Parse', statement: variant.name, text: '', parameterTypes: [] },
    );
    return variant.name;
  }

  #prepareVariant(statement: PreparedStatement, guarded: GuardedStatement, options: Preparing): Variant {
    const text = this.#textOf(guarded);
    const kept = this.#keptOn(text, statement, guarded, options);
    if (kept !== undefined) return this.#prepareShared(kept, statement, text, options);
    const variant: Variant = {
      name: options.upstreamName,
      text,
      shape: { columns: undefined },
      generation: this.#generation(),
    };
    // The unnamed statement is one: what was prepared under it for another role is gone.
    if (variant.name === '') statement.clear();
    statement.add(variant);
    const undone = () => {
      statement.remove(variant);
      options.undone?.();
    };
    this.#sendParse(variant.name, text, statement.parameterTypes, { ...options, undone });
    return variant;
  }

  /**
   * Where a statement is kept prepared by its text, if it may be: a named one on a connection that clients share; an unnamed
   * one that comes again, so that the database need not parse and plan it each time. The first time an unnamed one may be
   * one of many that differ in their literals.
   */
  #keptOn(
    text: string,
    { parameterTypes, isRepeated }: PreparedStatement,
    guarded: GuardedStatement,
    { upstreamName }: Preparing,
  ): Kept | undefined {
    const { shared, prepared, isFailed } = this.#unit;
    const isUnnamed = upstreamName === '';
    // In a failed transaction the database refuses to prepare, and the client is to hear it there.
    if (isFailed || (!isUnnamed && shared === undefined)) return undefined;
    const known = prepared.find(text, parameterTypes);
    if (known !== undefined) return { prepared, known };
    if (isUnnamed && !isRepeated) return undefined;
    return mayShare(prepared, guarded, text) ? { prepared, known } : undefined;
  }

  #sendParse(
    name: string,
    text: string,
    parameterTypes: readonly number[],
    { hidden, undone }: Omit<Preparing, 'upstreamName'>,
  ): void {
    this.#unit.exchange.send(
      { kind: 'parse', hidden, undone },
      { kind: 'Parse', statement: name, text, parameterTypes },
    );
  }

  /** What somebody has prepared on this connection is not prepared again. */
  #prepareShared(
    { prepared: shared, known }: Kept,
    { parameterTypes }: PreparedStatement,
    text: string,
    options: Preparing,
  ): Variant {
    if (known === undefined) {
      const prepared = shared.add(text, parameterTypes);
      const undone = () => {
        shared.remove(prepared);
        options.undone?.();
      };
      this.#sendParse(prepared.name, text, parameterTypes, { ...options, undone });
      return this.#sharedVariant(shared, prepared, text);
    }
    if (!options.hidden) this.#answerParse(options.undone);
    return this.#sharedVariant(shared, known, text);
  }

  #sharedVariant(shared: PreparedUpstream, prepared: PreparedText, text: string): Variant {
    const { name, shape } = prepared;
    return { name, text, shape, generation: this.#generation(), failed: () => shared.renew(prepared) };
  }

  /** The database answers in its turn, and fails in its turn too, where a message before has failed. */
  #answerParse(undone: (() => void) | undefined): void {
    this.#unit.exchange.send(
      { kind: 'close', shown: PARSE_COMPLETE, undone },
      { kind: 'Close', target: 'statement', name: this.#names.unknown },
    );
  }

  #textOf(guarded: GuardedStatement): string {
    if (!guarded.textOnly) return guarded.preparedText;
    return effectText(this.#unit, guarded, guarded.textFor(this.#unit.caller.current));
  }

  #restoreStatement(name: string, before: PreparedStatement | undefined): void {
    // A Parse of the unnamed statement takes the one before away even if it fails.
    if (before === undefined || name === '') this.#names.statements.delete(name);
    else this.#names.statements.set(name, before);
  }

  /** What the present caller may use under this name; prepared anew if it was prepared for another role. */
  #use(name: string): Usable {
    const statement = this.#names.statements.get(name);
    if (statement === undefined) throw new CordonError('CORDON_PREPARED_UNKNOWN');
    if (statement.presented !== undefined) this.#presentAgain(statement.presented);
    const guarded = this.#judge(statement);
    this.#checkPreparable(statement, guarded);
    const variant =
      statement.variant(this.#textOf(guarded), this.#generation()) ??
      this.#prepareVariant(statement, guarded, {
        upstreamName: this.#upstreamName(name),
        hidden: true,
      });
    return { statement, guarded, variant };
  }

  #presentAgain(principal: Principal): void {
    const { expiresAtMs } = principal;
    if (expiresAtMs !== undefined && expiresAtMs <= this.#unit.gateway.now()) {
      throw new CordonError('CORDON_TOKEN_EXPIRED');
    }
    this.#unit.caller.present(principal);
  }

  #bind(bind: Bind): undefined {
    const { statement, guarded, variant } = this.#use(bind.statement);
    checkCount(bind, statement.parameterCount(guarded));
    this.#checkTypeNames(bind, guarded);
    const claims = guarded.textOnly ? [] : guarded.claimValues(this.#unit.caller.current);
    const portal = this.#newPortal(bind.portal, guarded, variant);
    const undone = () => {
      portal.undo();
      variant.failed?.();
    };
    const { parameterFormats, values } = withClaims(bind, claims);
    this.#unit.exchange.send(
      { kind: 'bind', undone },
      {
        kind: 'Bind',
        portal: portal.name,
        statement: variant.name,
        parameterFormats,
        values,
        // Rows that do not reach the client may have any number of columns.
        resultFormats: guarded.discardRows ? [] : bind.resultFormats,
      },
    );
  }

  // The number of a type (binary) or its name would look up what the application has.
  #checkTypeNames({ values, parameterFormats }: Bind, { typeNameParameters }: GuardedStatement): void {
    for (const number of typeNameParameters) {
      const value = values[number - 1];
      if (value === null || value === undefined) continue;
      const isText = formatAt(parameterFormats, number - 1) === 0;
      if (!isText || !this.#unit.isTypeName(value.toString('utf8')))
        throw new CordonError('CORDON_TYPE_UNKNOWN');
    }
  }

  #newPortal(
    name: string,
    guarded: GuardedStatement,
    { shape, text }: Variant,
  ): { name: string; undo: () => void } {
    const { portals } = this.#names;
    const before = portals.get(name);
    this.#checkLimit(portals.size, this.#unit.gateway.limits.portalsMax, safeText('portals'));
    const portal: Portal = {
      // A name that is taken is sent again, so that the database says so.
      name: name === '' ? '' : (before?.name ?? this.#names.next()),
      guarded,
      text,
      principal: this.#unit.caller.current,
      shape: { columns: shape.columns },
    };
    portals.set(name, portal);
    const undo = () => void (before === undefined ? portals.delete(name) : portals.set(name, before));
    return { name: portal.name, undo };
  }

  #describeStatement(name: string): undefined {
    const { statement, guarded, variant } = this.#use(name);
    const expected: Expected = {
      kind: 'describe-statement',
      shape: variant.shape,
      discardRows: guarded.discardRows,
      parameterCount: statement.parameterCount(guarded),
      undone: variant.failed,
    };
    this.#unit.exchange.send(expected, { kind: 'Describe', target: 'statement', name: variant.name });
  }

  // A portal that is not known here may be a cursor of SQL, judged when it was declared; else the database says so.
  #describePortal({ name }: MessageOf<'Describe'>): undefined {
    const portal = this.#names.portals.get(name);
    const expected: Expected = {
      kind: 'describe-portal',
      discardRows: portal?.guarded.discardRows === true,
      shape: portal?.shape,
    };
    const upstreamName = portal?.name ?? this.#cursorName(name);
    this.#unit.exchange.send(expected, { kind: 'Describe', target: 'portal', name: upstreamName });
  }

  #execute(execute: MessageOf<'Execute'>): Promise<void> | undefined {
    const portal = this.#names.portals.get(execute.portal);
    if (portal === undefined) return this.#executeCursor(execute);
    const { guarded, shape, text, principal } = portal;
    if (needsFreshToken(guarded)) this.#unit.caller.assertFresh(this.#unit.gateway.now());
    const started = startEffect(this.#unit, guarded, text, principal);
    const run = runOf(guarded, started);
    const send = () =>
      this.#unit.exchange.send(
        { kind: 'execute', runs: [run], shape },
        { kind: 'Execute', portal: portal.name, rowLimit: run.discardRows ? 0 : execute.rowLimit },
      );
    if (started.pending !== undefined) return started.pending.then(send);
    send();
    return undefined;
  }

  #executeCursor({ portal, rowLimit }: MessageOf<'Execute'>): undefined {
    this.#unit.caller.assertFresh(this.#unit.gateway.now());
    this.#unit.exchange.send(
      { kind: 'execute', runs: [{ discardRows: false, copyOut: false }] },
      { kind: 'Execute', portal: this.#cursorName(portal), rowLimit },
    );
  }

  /**
   * No cursor of SQL is without a name. The database may still have an unnamed portal that the client did not bind: a Query with a
   * ROLLBACK TO that failed leaves one behind whose statement is gone, and to execute that ends the server (PostgreSQL 15.18).
   */
  #cursorName(name: string): string {
    return name === '' ? this.#names.unknown : name;
  }

  #closeStatement({ name }: MessageOf<'Close'>): undefined {
    const statement = this.#names.statements.get(name);
    const [first, ...others] = statement?.variants(this.#generation()) ?? [];
    this.#names.statements.delete(name);
    const undone = () => void (statement !== undefined && this.#names.statements.set(name, statement));
    const upstreamName = first?.name ?? this.#names.unknown;
    this.#unit.exchange.send(
      { kind: 'close', undone },
      { kind: 'Close', target: 'statement', name: upstreamName },
    );
    for (const other of others)
      this.#unit.exchange.sendBytes({ kind: 'close', hidden: true }, closeOf(other));
  }

  #closePortal({ name }: MessageOf<'Close'>): undefined {
    const portal = this.#names.portals.get(name);
    this.#names.portals.delete(name);
    this.#unit.exchange.send(
      { kind: 'close' },
      { kind: 'Close', target: 'portal', name: portal?.name ?? name },
    );
  }
}

function closeOf({ name }: Variant): Buffer {
  return encodeFrontend({ kind: 'Close', target: 'statement', name });
}

function mayShare(shared: PreparedUpstream, guarded: GuardedStatement, text: string): boolean {
  // What changes a setting is prepared under the settings from before.
  return isPlain(guarded) && traceOf(guarded) === 'none' && shared.mayKeep(text);
}

function checkCount({ values }: Bind, needed: number): void {
  if (values.length === needed) return;
  const facts = { given: safeNumber(values.length), needed: safeNumber(needed) };
  throw new CordonError('CORDON_PARAMETER_COUNT', facts);
}

function unsupported(construct: Safe): CordonError {
  return new CordonError('CORDON_UNSUPPORTED', { construct });
}
