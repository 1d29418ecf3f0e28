import type { MessageName } from './message-name.ts';
import { MessageReader } from './message-reader.ts';
import type { MessageWriter } from './message-writer.ts';

/** How one kind of message is read and written. */
export interface Codec<M extends { readonly kind: MessageName }> {
  readonly kind: M['kind'];
  /** The type byte; undefined in the startup phase. */
  readonly type: number | undefined;
  /** Reads the fields; the caller checks that nothing is left. */
  read(reader: MessageReader): M;
  /** Writes the fields; the caller writes type and length. */
  write(writer: MessageWriter, message: M): void;
}

/** The type byte of a letter of the protocol's tables. */
export function typeByte(letter: string): number {
  return letter.charCodeAt(0);
}

/** A message that has no fields. */
export function emptyCodec<K extends MessageName>(kind: K, type: number): Codec<{ readonly kind: K }> {
  return { kind, type, read: () => ({ kind }), write: () => undefined };
}

export function decodeWith<M extends { readonly kind: MessageName }>(
  codec: Codec<M>,
  buffer: Buffer,
  start: number,
  end: number,
): M {
  const reader = new MessageReader(codec.kind, buffer, start, end);
  const message = codec.read(reader);
  reader.end();
  return message;
}

export function writeWith<M extends { readonly kind: MessageName }>(
  codec: Codec<M>,
  writer: MessageWriter,
  message: M,
): void {
  writer.begin(codec.kind, codec.type);
  codec.write(writer, message);
  writer.end();
}
