import { type Codec, typeByte } from '../codec.ts';

/** Runs a portal, or goes on with a suspended one. */
export interface Execute {
  readonly kind: 'Execute';
  readonly portal: string;
  /** 0: all rows. */
  readonly rowLimit: number;
}

export const execute: Codec<Execute> = {
  kind: 'Execute',
  type: typeByte('E'),
  read(reader) {
    const portal = reader.cstring();
    const rowLimit = reader.int32();
    if (rowLimit < 0) throw reader.refuse('a value is out of range');
    return { kind: 'Execute', portal, rowLimit };
  },
  write(writer, message) {
    writer.cstring(message.portal);
    writer.int32(message.rowLimit);
  },
};
