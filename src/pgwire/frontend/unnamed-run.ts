import { typeByte } from '../codec.ts';
import { countMax, streamedMessageBytesMax as lengthMax } from '../limits.ts';
import { MessageWriter } from '../message-writer.ts';
import { malformed } from '../protocol-error.ts';
import { writeFrontend } from './message.ts';

/** A prepared statement that runs once, through the unnamed portal. */
export interface UnnamedRun {
  readonly statement: string;
  /** Prepared first where it is given. */
  readonly parse?: { readonly text: string; readonly parameterTypes: readonly number[] } | undefined;
  /** In text format, as are the results. */
  readonly values: readonly string[];
}

const BIND = typeByte('B');

/** Parse if asked for, Bind, Describe, Execute and Sync in one piece. */
export function encodeUnnamedRun({ statement, parse, values }: UnnamedRun): Buffer {
  const run = encodeRun(statement, values);
  if (parse === undefined) return run;
  const writer = new MessageWriter();
  writeFrontend(writer, { kind: 'Parse', statement, ...parse });
  writer.bytes(run);
  return writer.take();
}

/** Written for each statement, so without the ways of a message that is written now and then. */
function encodeRun(statement: string, values: readonly string[]): Buffer {
  const lengths = values.map((value) => Buffer.byteLength(value));
  const nameLength = Buffer.byteLength(statement);
  // Length, unnamed portal, name and its end, no formats, number of values; behind the values no result formats.
  let bodyLength = 4 + 1 + nameLength + 1 + 2 + 2 + 2;
  for (const length of lengths) bodyLength += 4 + length;
  if (values.length > countMax || bodyLength > lengthMax) throw malformed('Bind', 'a value is out of range');
  const bytes = Buffer.allocUnsafe(1 + bodyLength + TAIL.length);
  bytes[0] = BIND;
  bytes.writeInt32BE(bodyLength, 1);
  bytes[5] = 0;
  let at = 6 + bytes.write(statement, 6);
  bytes[at] = 0;
  bytes.writeUInt16BE(0, at + 1);
  bytes.writeUInt16BE(values.length, at + 3);
  at += 5;
  for (let index = 0; index < values.length; index += 1) {
    at = bytes.writeInt32BE(lengths[index] ?? 0, at);
    at += bytes.write(values[index] ?? '', at);
  }
  at = bytes.writeUInt16BE(0, at);
  TAIL.copy(bytes, at);
  return bytes;
}

const TAIL = tail();

function tail(): Buffer {
  const writer = new MessageWriter();
  writeFrontend(writer, { kind: 'Describe', target: 'portal', name: '' });
  writeFrontend(writer, { kind: 'Execute', portal: '', rowLimit: 0 });
  writeFrontend(writer, { kind: 'Sync' });
  return writer.take();
}
