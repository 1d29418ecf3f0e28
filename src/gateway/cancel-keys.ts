import { timingSafeEqual } from 'node:crypto';
import type { CancelRequest } from '../pgwire/index.ts';

/** The gateway's own cancel keys: what the database gave for a session stays here. */
export class CancelKeys {
  readonly #random: (bytes: number) => Buffer;
  readonly #sessions = new Map<number, { readonly secret: Buffer; readonly cancel: () => void }>();

  constructor(random: (bytes: number) => Buffer) {
    this.#random = random;
  }

  /** A new key; `bytes` is what the protocol version allows. */
  issue(bytes: number, cancel: () => void): { readonly processId: number; readonly secretKey: Buffer } {
    let processId = this.#number();
    while (this.#sessions.has(processId)) processId = this.#number();
    const secretKey = this.#random(bytes);
    this.#sessions.set(processId, { secret: secretKey, cancel });
    return { processId, secretKey };
  }

  revoke(processId: number): void {
    this.#sessions.delete(processId);
  }

  /** Cancels what the key belongs to; a key that fits nothing is not answered either. */
  cancel({ processId, secretKey }: CancelRequest): void {
    const session = this.#sessions.get(processId);
    if (session === undefined || session.secret.length !== secretKey.length) return;
    if (timingSafeEqual(session.secret, secretKey)) session.cancel();
  }

  // Clients read it as a signed number.
  #number(): number {
    return this.#random(4).readUInt32BE(0) & 0x7fff_ffff;
  }
}
