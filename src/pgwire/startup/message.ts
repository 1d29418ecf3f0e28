/** Messages that open a connection: they have no type byte and tell themselves apart by their first number. */
import { safeNumber } from '../../errors/index.ts';
import { type Codec, decodeWith, writeWith } from '../codec.ts';
import { MessageWriter } from '../message-writer.ts';
import { endingOnError, malformedFrame, ProtocolError } from '../protocol-error.ts';
import { type CancelRequest, cancelRequest } from './cancel-request.ts';
import { CANCEL_REQUEST_CODE, GSSENC_REQUEST_CODE, PROTOCOL_MAJOR, SSL_REQUEST_CODE } from './codes.ts';
import { type GSSENCRequest, gssencRequest } from './gssenc-request.ts';
import { type SSLRequest, sslRequest } from './ssl-request.ts';
import { type StartupMessage, startupMessage } from './startup-message.ts';

export type StartupPacket = StartupMessage | SSLRequest | GSSENCRequest | CancelRequest;

const codecs: { readonly [K in StartupPacket['kind']]: Codec<Extract<StartupPacket, { kind: K }>> } = {
  StartupMessage: startupMessage,
  SSLRequest: sslRequest,
  GSSENCRequest: gssencRequest,
  CancelRequest: cancelRequest,
};

const REQUESTS: ReadonlyMap<number, StartupPacket['kind']> = new Map([
  [SSL_REQUEST_CODE, 'SSLRequest'],
  [GSSENC_REQUEST_CODE, 'GSSENCRequest'],
  [CANCEL_REQUEST_CODE, 'CancelRequest'],
]);

const CODE_BYTES = 4;

/** Reads the first packet of a connection, without its length. Every mistake in it ends the connection. */
export function decodeStartup(payload: Buffer): StartupPacket {
  if (payload.length < CODE_BYTES) throw malformedFrame('startup', 'it ends too early');
  const code = payload.readUInt32BE(0);
  const codec = codecOf(code);
  const body = payload.subarray(codec.kind === 'StartupMessage' ? CODE_BYTES / 2 : CODE_BYTES);
  return endingOnError(() => decodeWith(codec, body, 0, body.length));
}

function codecOf(code: number): Codec<StartupPacket> {
  const kind = REQUESTS.get(code);
  if (kind !== undefined) return codecs[kind] as Codec<StartupPacket>;
  const major = code >>> 16;
  if (major === PROTOCOL_MAJOR) return codecs.StartupMessage as Codec<StartupPacket>;
  throw new ProtocolError('CORDON_PROTOCOL_VERSION', { major: safeNumber(major) }, true);
}

export function writeStartup(writer: MessageWriter, packet: StartupPacket): void {
  writeWith(codecs[packet.kind] as Codec<StartupPacket>, writer, packet);
}

export function encodeStartup(packet: StartupPacket): Buffer {
  const writer = new MessageWriter();
  writeStartup(writer, packet);
  return writer.take();
}
