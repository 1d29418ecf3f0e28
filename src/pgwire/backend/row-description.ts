import { type Codec, typeByte } from '../codec.ts';
import { type Format, readFormat } from '../format.ts';
import type { MessageReader } from '../message-reader.ts';

/** One column of a result. */
export interface FieldDescription {
  readonly name: string;
  /** OID of the relation the column comes from; 0 for an expression. */
  readonly relation: number;
  /** Attribute number in that relation; 0 for an expression, negative for a system column. */
  readonly attribute: number;
  readonly type: number;
  /** Negative: of varying size. */
  readonly typeSize: number;
  readonly typeModifier: number;
  /** 0 also where the format is not known yet (Describe of a statement). */
  readonly format: Format;
}

/** The columns of the rows to come. */
export interface RowDescription {
  readonly kind: 'RowDescription';
  readonly fields: readonly FieldDescription[];
}

/** An empty name and its NUL, two OIDs, an attribute number, a size, a modifier, a format. */
const FIELD_BYTES_MIN = 19;

export const rowDescription: Codec<RowDescription> = {
  kind: 'RowDescription',
  type: typeByte('T'),
  read(reader) {
    const count = reader.count(FIELD_BYTES_MIN);
    return { kind: 'RowDescription', fields: reader.list(count, () => readField(reader)) };
  },
  write(writer, message) {
    writer.count(message.fields.length);
    for (const field of message.fields) {
      writer.cstring(field.name);
      writer.uint32(field.relation);
      writer.int16(field.attribute);
      writer.uint32(field.type);
      writer.int16(field.typeSize);
      writer.int32(field.typeModifier);
      writer.int16(field.format);
    }
  },
};

function readField(reader: MessageReader): FieldDescription {
  return {
    name: reader.cstring(),
    relation: reader.uint32(),
    attribute: reader.int16(),
    type: reader.uint32(),
    typeSize: reader.int16(),
    typeModifier: reader.int32(),
    format: readFormat(reader),
  };
}
