import { type Codec, typeByte } from '../codec.ts';
import { PROTOCOL_MAJOR } from '../startup/codes.ts';

/** The server speaks an older minor version than was asked for, or does not know some `_pq_.` options. */
export interface NegotiateProtocolVersion {
  readonly kind: 'NegotiateProtocolVersion';
  readonly minor: number;
  readonly unknownOptions: readonly string[];
}

/**
 * The version is sent as major and minor in one number, as PostgreSQL's source does (the documentation says
 * 'newest minor version'); a bare minor number is read too.
 */
export const negotiateProtocolVersion: Codec<NegotiateProtocolVersion> = {
  kind: 'NegotiateProtocolVersion',
  type: typeByte('v'),
  read(reader) {
    const major = reader.uint16();
    if (major !== PROTOCOL_MAJOR && major !== 0) throw reader.refuse('a value is out of range');
    const minor = reader.uint16();
    const count = reader.uint32();
    if (count > reader.remaining) throw reader.refuse('a count does not fit the message');
    const unknownOptions = reader.list(count, () => reader.cstring());
    return { kind: 'NegotiateProtocolVersion', minor, unknownOptions };
  },
  write(writer, message) {
    writer.uint16(PROTOCOL_MAJOR);
    writer.uint16(message.minor);
    writer.uint32(message.unknownOptions.length);
    for (const option of message.unknownOptions) writer.cstring(option);
  },
};
