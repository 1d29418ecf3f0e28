/** One text of a client on its way through the database: judged when its turn has come, prepared if it can be, answers made safe. */
import { CordonError, InvariantError } from '../errors/index.ts';
import type { Principal } from '../guard/answers.ts';
import type { GuardedStatement } from '../guard/types.ts';
import { assertCount } from './bind-values.ts';
import type { Lease, Work } from './lease.ts';
import type { Plan, PreparedPlan } from './plan.ts';
import type { CommandComplete, DataRow, RawConnection, RowDescription } from './raw-driver.ts';
import { assertNoCopy, assertResetAlone } from './refused-here.ts';
import type { Request } from './request.ts';
import { Result, RowReader, RowShape } from './result.ts';
import { isReported, safeError } from './safe-error.ts';
import type { Prepared, TransactionStatus } from './upstream.ts';

/** Stands in the place of a refused statement in an open transaction: see docs/decisions/0002-poison-statement-for-denials.md. */
export const REFUSED = 'cordon refused';

/** A text that comes back is prepared under a name; one that was seen once may hold literals and never come again. */
const USES_TO_NAME = 2;

/** One statement that runs. */
interface Step {
  readonly discardRows: boolean;
  readonly done: (() => void) | undefined;
}

export class StatementRun implements Work {
  readonly principal: Principal;
  readonly isOpenEnded = false;
  readonly #lease: Lease;
  readonly #request: Request;
  readonly #resolve: (results: readonly Result[]) => void;
  readonly #reject: (error: Error) => void;
  readonly #results: Result[] = [];
  #steps: readonly Step[] = [];
  #at = 0;
  #result: Result;
  #shape: RowShape | undefined;
  #reader: RowReader | undefined;
  #refusal: CordonError | undefined;
  #failure: Error | undefined;
  /** The statement was prepared under a name before, or is now. */
  #named:
    | { readonly text: string; readonly prepared: Prepared; readonly status: TransactionStatus }
    | undefined;
  #isRetried = false;
  #isSettled = false;

  constructor(
    lease: Lease,
    request: Request,
    principal: Principal,
    resolve: (results: readonly Result[]) => void,
    reject: (error: Error) => void,
  ) {
    this.principal = principal;
    this.#lease = lease;
    this.#request = request;
    this.#resolve = resolve;
    this.#reject = reject;
    this.#result = new Result(request.rowsAsArrays);
  }

  submit(connection: RawConnection): Error | null {
    try {
      this.#send(
        connection,
        this.#lease.judge(this.#request.text, this.#request.parameterTypes, this.principal),
      );
      return null;
    } catch (error) {
      return this.#refuse(connection, error);
    }
  }

  /** In an open transaction the database is given a statement that fails, so that the transaction fails with it. */
  #refuse(connection: RawConnection, error: unknown): Error | null {
    const { status } = this.#lease.upstream;
    if (!(error instanceof CordonError)) {
      this.#lease.upstream.break();
      return error instanceof InvariantError
        ? error
        : new CordonError('CORDON_INTERNAL', {}, { cause: error });
    }
    const isLate = status === 'E' && error.code !== 'CORDON_SYNTAX';
    this.#refusal = isLate ? new CordonError('CORDON_TRANSACTION_ABORTED') : error;
    if (status !== 'T') return this.#refusal;
    this.#steps = [{ discardRows: true, done: undefined }];
    connection.query(REFUSED);
    return null;
  }

  #send(connection: RawConnection, plan: Plan): void {
    const { prepared } = plan;
    if (prepared === undefined) this.#sendTexts(connection, plan.statements);
    else this.#sendPrepared(connection, prepared, plan.uses);
  }

  #sendPrepared(connection: RawConnection, plan: PreparedPlan, uses: number): void {
    const { upstream } = this.#lease;
    const values = this.#lease.bindValues(plan.statement, this.#request.values, this.principal);
    this.#steps = [{ discardRows: plan.discardRows, done: undefined }];
    const known = upstream.prepared(plan.text);
    connection.stream.cork?.();
    try {
      for (const name of upstream.takeLeaving()) connection.close({ type: 'S', name });
      const isNamed = known !== undefined || this.#request.isNamed || uses >= USES_TO_NAME;
      const name = known?.name ?? (isNamed ? upstream.nextName() : '');
      if (known === undefined) this.#parse(connection, name, plan.text);
      else this.#describe(known.shape);
      if (known !== undefined) this.#named = { text: plan.text, prepared: known, status: upstream.status };
      connection.bind({ statement: name, values });
      connection.execute({});
      connection.sync();
    } finally {
      connection.stream.uncork?.();
    }
  }

  #parse(connection: RawConnection, name: string, text: string): void {
    connection.parse({ name, text });
    connection.describe({ type: 'S', name });
    if (name === '') return;
    const { upstream } = this.#lease;
    const prepared: Prepared = { name, shape: undefined };
    this.#named = { text, prepared, status: upstream.status };
    // The client tells submittables nothing of it; without it nobody would know that the name is taken.
    connection.once('parseComplete', () => upstream.keepPrepared(text, prepared));
  }

  #sendTexts(connection: RawConnection, statements: readonly GuardedStatement[]): void {
    assertCount(
      this.#request.values.length,
      statements.length === 1 ? (statements[0]?.parameterCount ?? 0) : 0,
    );
    assertNoCopy(statements);
    assertResetAlone(statements);
    const texts: string[] = [];
    const steps: Step[] = [];
    for (const statement of statements) {
      const text = statement.textFor(this.principal);
      texts.push(text);
      steps.push({ discardRows: statement.discardRows, done: this.#effect(statement, text) });
    }
    this.#steps = steps;
    connection.query(texts.join(';\n'));
  }

  /** What follows when the database has run a statement. */
  #effect(statement: GuardedStatement, text: string): (() => void) | undefined {
    const { upstream, sqlPrepared } = this.#lease;
    const { effect, kind } = statement;
    const confirm = sqlPrepared.foresee(statement, text, this.principal.role);
    if (kind === 'ddl') return () => this.#lease.schemaChanged();
    if (effect.kind === 'deallocate' || effect.kind === 'discard')
      return () => {
        confirm?.();
        // DEALLOCATE ALL takes ours along, and RESET ALL what is pinned.
        upstream.forgetPrepared();
        if (effect.kind === 'discard') upstream.unpinned();
      };
    return confirm;
  }

  #describe(shape: RowShape | undefined): void {
    this.#shape = shape;
    this.#reader = undefined;
    if (shape === undefined || this.#step?.discardRows === true) return;
    this.#result.fields = shape.fields;
    this.#reader = new RowReader(shape, this.#request.types ?? this.#lease.upstream.client);
  }

  get #step(): Step | undefined {
    return this.#steps[this.#at];
  }

  handleRowDescription({ fields }: RowDescription): void {
    const shape = new RowShape(fields);
    if (this.#named !== undefined) this.#named.prepared.shape = shape;
    this.#describe(shape);
  }

  handleDataRow({ fields }: DataRow): void {
    // A row of another width than was described holds a column that nobody judged.
    if (fields.length !== this.#shape?.fields.length || this.#step === undefined) {
      this.#settle(this.#lease.upstream.unawaited());
      return;
    }
    if (this.#reader === undefined || this.#failure !== undefined) return;
    try {
      this.#result.rows.push(
        this.#request.rowsAsArrays ? this.#reader.array(fields) : this.#reader.object(fields),
      );
    } catch (error) {
      // Of a type parser of the application.
      this.#failure = error instanceof Error ? error : new Error('a type parser failed');
    }
  }

  handleCommandComplete({ text }: CommandComplete): void {
    this.#result.complete(text);
    this.#advance();
  }

  handleEmptyQuery(): void {
    this.#advance();
  }

  #advance(): void {
    this.#step?.done?.();
    this.#at += 1;
    this.#results.push(this.#result);
    this.#shape = undefined;
    this.#reader = undefined;
    if (this.#at < this.#steps.length) this.#result = new Result(this.#request.rowsAsArrays);
  }

  handleReadyForQuery(): void {
    this.#settle(this.#failure);
  }

  handleError(error: unknown): void {
    if (this.#refusal !== undefined) this.#settle(this.#refusal, true);
    else if (this.#isOutdated(error)) this.#again();
    else {
      if (!isReported(error) && !(error instanceof CordonError)) this.#lease.upstream.break();
      this.#settle(safeError(error), true);
    }
  }

  /** A name that the application did not give must not be what fails: a statement prepared before a change of the schema. */
  #isOutdated(error: unknown): boolean {
    if (this.#named === undefined || this.#isRetried || !isReported(error)) return false;
    const isStale = error.code === '0A000' && String(error.message).startsWith('cached plan must not change');
    return this.#named.status === 'I' && (isStale || error.code === '26000');
  }

  #again(): void {
    const { upstream } = this.#lease;
    this.#isRetried = true;
    upstream.dropPrepared(this.#named?.text ?? '');
    this.#named = undefined;
    this.#at = 0;
    this.#results.length = 0;
    this.#result = new Result(this.#request.rowsAsArrays);
    upstream.send(this);
  }

  fail(error: Error): void {
    this.#settle(error, true);
  }

  #settle(error: Error | undefined, failed = false): void {
    if (this.#isSettled) return;
    this.#isSettled = true;
    this.#lease.finished(this, failed);
    if (error === undefined) this.#resolve(this.#results);
    else this.#reject(error);
  }

  handlePortalSuspended(): void {
    this.#settle(this.#lease.upstream.unawaited());
  }

  handleCopyInResponse(connection: RawConnection): void {
    connection.sendCopyFail('');
  }

  handleCopyData(): void {
    this.#settle(this.#lease.upstream.unawaited());
  }
}
