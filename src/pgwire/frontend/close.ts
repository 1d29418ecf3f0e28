import { type Codec, typeByte } from '../codec.ts';
import { readTarget, type Target, writeTarget } from './target.ts';

/** Gives up a statement or a portal; one that does not exist is no error. */
export interface Close {
  readonly kind: 'Close';
  readonly target: Target;
  readonly name: string;
}

export const close: Codec<Close> = {
  kind: 'Close',
  type: typeByte('C'),
  read: (reader) => ({ kind: 'Close', target: readTarget(reader), name: reader.cstring() }),
  write(writer, message) {
    writeTarget(writer, message.target);
    writer.cstring(message.name);
  },
};
