import { type BackendMessage, backendFrameLimits, type FrameLimits } from '../../pgwire/index.ts';

/** An answer in text; of a statement without rows both are empty. */
export interface ControlAnswer {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | null)[])[];
}

/** The database refused a statement. Its words may quote rows: whoever shows it makes it safe first. */
export class ControlRefusal extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** A statement under way. */
export class Asked {
  readonly #resolve: (answer: ControlAnswer) => void;
  readonly #reject: (error: Error) => void;
  readonly #rows: (readonly (string | null)[])[] = [];
  #columns: readonly string[] = [];
  #refusal: ControlRefusal | undefined;

  constructor(resolve: (answer: ControlAnswer) => void, reject: (error: Error) => void) {
    this.#resolve = resolve;
    this.#reject = reject;
  }

  fail(error: Error): void {
    this.#reject(this.#refusal ?? error);
  }

  /** Whether that was the last message of the answer. */
  read(message: BackendMessage): boolean {
    switch (message.kind) {
      case 'RowDescription':
        this.#columns = message.fields.map(({ name }) => name);
        return false;
      case 'DataRow':
        this.#rows.push(message.values.map((value) => value?.toString('utf8') ?? null));
        return false;
      case 'ErrorResponse':
        this.#refusal = new ControlRefusal(message.fields.code, message.fields.message);
        return false;
      case 'ReadyForQuery':
        this.#finish();
        return true;
      default:
        return false;
    }
  }

  #finish(): void {
    if (this.#refusal === undefined) this.#resolve({ columns: this.#columns, rows: this.#rows });
    else this.#reject(this.#refusal);
  }
}

/** For answers that are read as whole messages. */
export const WHOLE_MESSAGES: FrameLimits = { ...backendFrameLimits(), streamed: new Uint8Array(256) };
