import { type Codec, typeByte } from '../codec.ts';

/** A statement is done; the tag says which and how many rows. */
export interface CommandComplete {
  readonly kind: 'CommandComplete';
  readonly tag: string;
}

export const commandComplete: Codec<CommandComplete> = {
  kind: 'CommandComplete',
  type: typeByte('C'),
  read: (reader) => ({ kind: 'CommandComplete', tag: reader.cstring() }),
  write: (writer, message) => writer.cstring(message.tag),
};
