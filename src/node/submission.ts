/** A submittable of the application (`pg-cursor`, `pg-query-stream`) on its way: it speaks to the guarded connection, never to the real one. */
import type { Principal } from '../guard/answers.ts';
import { Conversation } from './conversation.ts';
import { GuardedConnection } from './guarded-connection.ts';
import type { Lease, Work } from './lease.ts';
import type { CommandComplete, DataRow, RawConnection, RowDescription, Submittable } from './raw-driver.ts';
import { isReported, safeError } from './safe-error.ts';

export class Submission implements Work {
  readonly principal: Principal;
  readonly isOpenEnded = true;
  readonly #lease: Lease;
  readonly #inner: Submittable;
  #talk: Conversation | undefined;
  #connection: GuardedConnection | undefined;
  #isFinished = false;
  #unhook: () => void = () => undefined;

  constructor(lease: Lease, inner: Submittable, principal: Principal) {
    this.#lease = lease;
    this.#inner = inner;
    this.principal = principal;
  }

  submit(raw: RawConnection): Error | null {
    const talk = new Conversation(this.#lease, raw, this.principal);
    const guarded = new GuardedConnection(talk);
    this.#talk = talk;
    this.#connection = guarded;
    this.#hook(raw, guarded);
    try {
      const refused = this.#inner.submit(guarded as unknown as RawConnection);
      if (!(refused instanceof Error)) return null;
      if (talk.hasSent) throw refused;
      return refused;
    } catch (error) {
      // Messages may be on their way whose answers nobody awaits.
      if (talk.hasSent) this.#lease.upstream.unawaited();
      return error instanceof Error ? error : new TypeError('a submittable failed');
    }
  }

  /** What the driver tells its connection's listeners and not its submittables. */
  #hook(raw: RawConnection, guarded: GuardedConnection): void {
    const onNoData = () => guarded.emit('noData');
    // After an error `pg` does not tell the submittable that the database is ready again.
    const onReady = () => {
      this.#finish();
      guarded.emit('readyForQuery');
    };
    raw.on('noData', onNoData);
    raw.on('readyForQuery', onReady);
    this.#unhook = () => {
      raw.removeListener('noData', onNoData);
      raw.removeListener('readyForQuery', onReady);
    };
  }

  handleRowDescription(message: RowDescription): void {
    this.#talk?.noteColumns(message.fields.length);
    if (this.#talk?.discardsRows !== false) {
      this.#connection?.emit('noData');
      return;
    }
    this.#inner.handleRowDescription(message);
    this.#connection?.emit('rowDescription', message);
  }

  handleDataRow(message: DataRow): void {
    if (this.#talk?.accepts(message.fields.length) !== true) {
      this.fail(this.#lease.upstream.unawaited());
      return;
    }
    if (!this.#talk.discardsRows) this.#inner.handleDataRow(message);
  }

  handlePortalSuspended(): void {
    this.#inner.handlePortalSuspended(this.#facade);
  }

  handleEmptyQuery(): void {
    this.#talk?.completed();
    this.#inner.handleEmptyQuery(this.#facade);
  }

  handleCommandComplete(message: CommandComplete): void {
    this.#talk?.completed();
    this.#inner.handleCommandComplete(message, this.#facade);
  }

  handleReadyForQuery(): void {
    this.#inner.handleReadyForQuery(this.#facade);
  }

  handleError(error: unknown): void {
    const shown = this.#talk?.refusal ?? safeError(error);
    const isOver = !isReported(error);
    if (isOver && this.#talk?.hasSent === true) this.#lease.upstream.break();
    this.#inner.handleError(shown, this.#facade);
    if (isOver || this.#talk?.hasSent !== true) this.#finish();
  }

  handleCopyInResponse(raw: RawConnection): void {
    raw.sendCopyFail('');
  }

  handleCopyData(): void {
    this.fail(this.#lease.upstream.unawaited());
  }

  fail(error: Error): void {
    if (this.#isFinished) return;
    this.#inner.handleError(error, this.#facade);
    this.#finish();
  }

  get #facade(): RawConnection {
    return this.#connection as unknown as RawConnection;
  }

  #finish(): void {
    if (this.#isFinished) return;
    this.#isFinished = true;
    this.#unhook();
    const hadError = this.#talk?.refusal !== undefined;
    this.#talk?.revoke();
    this.#lease.finished(this, hadError);
  }
}
