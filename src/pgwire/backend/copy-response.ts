import { type Codec, typeByte } from '../codec.ts';
import { type Format, readFormats, writeFormats } from '../format.ts';

interface CopyShape {
  /** 0: text or CSV; 1: binary. */
  readonly format: Format;
  readonly columnFormats: readonly Format[];
}

/** The database awaits COPY data. */
export interface CopyInResponse extends CopyShape {
  readonly kind: 'CopyInResponse';
}

/** COPY data follow. */
export interface CopyOutResponse extends CopyShape {
  readonly kind: 'CopyOutResponse';
}

/** Data in both directions: replication, which Cordon refuses. */
export interface CopyBothResponse extends CopyShape {
  readonly kind: 'CopyBothResponse';
}

type CopyResponse = CopyInResponse | CopyOutResponse | CopyBothResponse;

/** The three differ in their type byte alone. */
function codec<K extends CopyResponse['kind']>(
  kind: K,
  letter: string,
): Codec<CopyShape & { readonly kind: K }> {
  return {
    kind,
    type: typeByte(letter),
    read(reader) {
      const format = reader.uint8();
      if (format !== 0 && format !== 1) throw reader.refuse('a format is neither text nor binary');
      return { kind, format, columnFormats: readFormats(reader) };
    },
    write(writer, message) {
      writer.uint8(message.format);
      writeFormats(writer, message.columnFormats);
    },
  };
}

export const copyInResponse = codec('CopyInResponse', 'G');
export const copyOutResponse = codec('CopyOutResponse', 'H');
export const copyBothResponse = codec('CopyBothResponse', 'W');
