import { type Codec, typeByte } from '../codec.ts';
import { type ErrorFields, readErrorFields, writeErrorFields } from './error-fields.ts';

/** A warning or notice, at any time. */
export interface NoticeResponse {
  readonly kind: 'NoticeResponse';
  readonly fields: ErrorFields;
}

export const noticeResponse: Codec<NoticeResponse> = {
  kind: 'NoticeResponse',
  type: typeByte('N'),
  read: (reader) => ({ kind: 'NoticeResponse', fields: readErrorFields(reader) }),
  write: (writer, message) => writeErrorFields(writer, message.fields),
};
