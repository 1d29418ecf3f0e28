import type { DataRow, RawConnection, RowDescription, Submittable } from './raw-driver.ts';
import { safeError } from './safe-error.ts';

/** A statement of the wrapper's own, in the simple protocol. Without a text it only waits for its turn. */
export class Errand implements Submittable {
  readonly done: Promise<void>;
  readonly rows: Record<string, unknown>[] = [];
  readonly #text: string;
  #names: readonly string[] = [];
  #resolve: () => void = () => undefined;
  #reject: (error: Error) => void = () => undefined;

  constructor(text: string) {
    this.#text = text;
    this.done = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  submit(connection: RawConnection): Error | null {
    // `pg` ends a submittable that answers an error at once, and goes on with the next one.
    if (this.#text === '') return TURN;
    connection.query(this.#text);
    return null;
  }

  handleRowDescription({ fields }: RowDescription): void {
    this.#names = fields.map(({ name }) => name);
  }

  handleDataRow({ fields }: DataRow): void {
    this.rows.push(Object.fromEntries(this.#names.map((name, index) => [name, fields[index] ?? null])));
  }

  handleError(error: unknown): void {
    if (error === TURN) this.#resolve();
    else this.#reject(safeError(error));
  }

  handleReadyForQuery(): void {
    this.#resolve();
  }

  handlePortalSuspended(): void {}
  handleEmptyQuery(): void {}
  handleCommandComplete(): void {}
  handleCopyData(): void {}

  handleCopyInResponse(connection: RawConnection): void {
    connection.sendCopyFail('');
  }
}

const TURN = new Error('its turn has come');
