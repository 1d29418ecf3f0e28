import { type Codec, typeByte } from '../codec.ts';

/** What NOTIFY sends to those who LISTEN. It is read and goes no further. */
export interface NotificationResponse {
  readonly kind: 'NotificationResponse';
  readonly processId: number;
  readonly channel: string;
  readonly payload: string;
}

export const notificationResponse: Codec<NotificationResponse> = {
  kind: 'NotificationResponse',
  type: typeByte('A'),
  read: (reader) => ({
    kind: 'NotificationResponse',
    processId: reader.uint32(),
    channel: reader.cstring(),
    payload: reader.cstring(),
  }),
  write(writer, message) {
    writer.uint32(message.processId);
    writer.cstring(message.channel);
    writer.cstring(message.payload);
  },
};
