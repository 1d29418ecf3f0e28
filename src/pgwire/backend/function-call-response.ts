import { type Codec, typeByte } from '../codec.ts';

/** The result of a FunctionCall, which Cordon never sends: read only so that it can be told from noise. */
export interface FunctionCallResponse {
  readonly kind: 'FunctionCallResponse';
  readonly value: Buffer | null;
}

export const functionCallResponse: Codec<FunctionCallResponse> = {
  kind: 'FunctionCallResponse',
  type: typeByte('V'),
  read: (reader) => ({ kind: 'FunctionCallResponse', value: reader.value() }),
  write: (writer, message) => writer.value(message.value),
};
