import { CordonError } from '../../errors/index.ts';
import { type BackendMessage, decodeBackend, encodeFrontend, FrameScanner } from '../../pgwire/index.ts';
import { unawaited } from '../unawaited.ts';
import { Asked, type ControlAnswer, WHOLE_MESSAGES } from './asked.ts';

/** What Cordon itself says on a connection to the database: one statement at a time, and the reading of its answer. */
export class Dialogue {
  readonly #isAside: (message: BackendMessage) => boolean;
  #scanner = new FrameScanner(WHOLE_MESSAGES);
  #asked: Asked | undefined;

  /** `isAside`: whether a message is part of no answer. */
  constructor(isAside: (message: BackendMessage) => boolean) {
    this.#isAside = isAside;
  }

  ask(text: string, send: (bytes: Buffer) => void): Promise<ControlAnswer> {
    return new Promise((resolve, reject) => {
      this.#asked = new Asked(resolve, reject);
      send(encodeFrontend({ kind: 'Query', text }));
    });
  }

  /** Throws at the server's last words, and at what cannot be attributed to a statement. */
  receive(bytes: Buffer): void {
    this.#scanner.push(bytes);
    while (this.#scanner.next() === 'frame') {
      const message = decodeBackend(this.#scanner.type, this.#scanner.payload());
      if (this.#isAside(message)) continue;
      if (this.#asked === undefined) throw unawaited(this.#scanner.type);
      if (this.#asked.read(message)) this.#asked = undefined;
    }
  }

  /** Somebody else has read the connection meanwhile, to the end of a message. */
  resume(): void {
    this.#scanner = new FrameScanner(WHOLE_MESSAGES);
  }

  /** The connection is gone. */
  lost(): void {
    this.#asked?.fail(new CordonError('CORDON_UPSTREAM_FAILED'));
    this.#asked = undefined;
  }
}
