import type { MessageReader } from './message-reader.ts';
import type { MessageWriter } from './message-writer.ts';

/** How a value is written on the wire: 0 text, 1 binary. PostgreSQL reserves all others. */
export type Format = 0 | 1;

export function readFormat(reader: MessageReader): Format {
  const code = reader.int16();
  if (code === 0 || code === 1) return code;
  throw reader.refuse('a format is neither text nor binary');
}

export function readFormats(reader: MessageReader): readonly Format[] {
  const count = reader.count(2);
  return reader.list(count, () => readFormat(reader));
}

export function writeFormats(writer: MessageWriter, formats: readonly Format[]): void {
  writer.count(formats.length);
  for (const format of formats) writer.int16(format);
}
