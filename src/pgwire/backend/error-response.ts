import { type Codec, typeByte } from '../codec.ts';
import { type ErrorFields, readErrorFields, writeErrorFields } from './error-fields.ts';

/** Something failed. */
export interface ErrorResponse {
  readonly kind: 'ErrorResponse';
  readonly fields: ErrorFields;
}

export const errorResponse: Codec<ErrorResponse> = {
  kind: 'ErrorResponse',
  type: typeByte('E'),
  read: (reader) => ({ kind: 'ErrorResponse', fields: readErrorFields(reader) }),
  write: (writer, message) => writeErrorFields(writer, message.fields),
};
