import { type Codec, typeByte } from '../codec.ts';
import { readTarget, type Target, writeTarget } from './target.ts';

/** Asks for the parameters and columns of a statement, or the columns of a portal. */
export interface Describe {
  readonly kind: 'Describe';
  readonly target: Target;
  readonly name: string;
}

export const describe: Codec<Describe> = {
  kind: 'Describe',
  type: typeByte('D'),
  read: (reader) => ({ kind: 'Describe', target: readTarget(reader), name: reader.cstring() }),
  write(writer, message) {
    writeTarget(writer, message.target);
    writer.cstring(message.name);
  },
};
