import { type Codec, typeByte } from '../codec.ts';

/** The value of a setting that clients depend on. */
export interface ParameterStatus {
  readonly kind: 'ParameterStatus';
  readonly name: string;
  readonly value: string;
}

export const parameterStatus: Codec<ParameterStatus> = {
  kind: 'ParameterStatus',
  type: typeByte('S'),
  read: (reader) => ({ kind: 'ParameterStatus', name: reader.cstring(), value: reader.cstring() }),
  write(writer, message) {
    writer.cstring(message.name);
    writer.cstring(message.value);
  },
};
