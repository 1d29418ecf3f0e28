import { type Codec, typeByte } from '../codec.ts';

/** The answer to AuthenticationCleartextPassword. */
export interface PasswordMessage {
  readonly kind: 'PasswordMessage';
  readonly password: string;
}

export const passwordMessage: Codec<PasswordMessage> = {
  kind: 'PasswordMessage',
  type: typeByte('p'),
  read: (reader) => ({ kind: 'PasswordMessage', password: reader.cstring() }),
  write: (writer, message) => writer.cstring(message.password),
};
