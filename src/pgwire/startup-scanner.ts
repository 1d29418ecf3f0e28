import { startupPacketBytesMax } from './limits.ts';
import { malformedFrame, startupPacketTooLong } from './protocol-error.ts';

const LENGTH_BYTES = 4;
/** A length and a code. */
const PACKET_BYTES_MIN = 8;

export interface ScannedStartup {
  /** The packet without its length, for `decodeStartup`. */
  readonly payload: Buffer;
  /**
   * What came behind it. After SSLRequest and GSSENCRequest there must be nothing: bytes sent in clear before the
   * handshake are never used, and a client that sends them is cut off.
   */
  readonly rest: Buffer;
}

/** Collects the first packet of a connection, which has no type byte. */
export class StartupScanner {
  #received: Buffer = Buffer.alloc(0);

  /** Adds what was read; answers once the packet is complete, and then begins anew. */
  push(chunk: Buffer): ScannedStartup | undefined {
    // At most 10,000 bytes are ever joined here, so joining them chunk by chunk costs little.
    const received = this.#received.length === 0 ? chunk : Buffer.concat([this.#received, chunk]);
    if (received.length < LENGTH_BYTES) return this.#keep(received);
    const length = received.readUInt32BE(0);
    if (length < PACKET_BYTES_MIN) throw malformedFrame('startup', 'it ends too early');
    if (length > startupPacketBytesMax) throw startupPacketTooLong(startupPacketBytesMax);
    if (received.length < length) return this.#keep(received);
    this.#received = Buffer.alloc(0);
    return { payload: received.subarray(LENGTH_BYTES, length), rest: received.subarray(length) };
  }

  #keep(received: Buffer): undefined {
    this.#received = Buffer.from(received);
    return undefined;
  }
}
