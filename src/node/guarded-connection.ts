import { EventEmitter } from 'node:events';
import type { BindMessage, Conversation, ParseMessage } from './conversation.ts';
import { outOfReach } from './out-of-reach.ts';

/** What a submittable takes for the connection of `pg`. */
export class GuardedConnection extends EventEmitter {
  readonly #talk: Conversation;
  /** `pg`'s own queries look for these. */
  readonly stream = Object.freeze({});
  readonly parsedStatements = Object.create(null) as object;
  readonly submittedNamedStatements = Object.create(null) as object;

  constructor(talk: Conversation) {
    super();
    this.#talk = talk;
  }

  parse(message: ParseMessage): void {
    this.#talk.parse(message);
  }

  bind(message: BindMessage): void {
    this.#talk.bind(message);
  }

  describe(message: { readonly type?: unknown; readonly name?: unknown }): void {
    this.#talk.describe(message);
  }

  execute(message: { readonly portal?: unknown; readonly rows?: unknown }): void {
    this.#talk.execute(message);
  }

  close(message: { readonly type?: unknown; readonly name?: unknown }): void {
    this.#talk.close(message);
  }

  query(text: unknown): void {
    this.#talk.query(text);
  }

  flush(): void {
    this.#talk.flush();
  }

  sync(): void {
    this.#talk.sync();
  }

  ref(): void {}
  unref(): void {}

  end(): never {
    throw outOfReach('end');
  }

  sendCopyFromChunk(): never {
    throw outOfReach('sendCopyFromChunk');
  }

  endCopyFrom(): never {
    throw outOfReach('endCopyFrom');
  }

  sendCopyFail(): never {
    throw outOfReach('sendCopyFail');
  }
}
