import { safeNumber } from '../../errors/index.ts';
import { type Codec, typeByte } from '../codec.ts';
import type { MessageReader } from '../message-reader.ts';
import { ProtocolError } from '../protocol-error.ts';

/**
 * The messages of type `R`, told apart by a number. They share a file since they share that number: what the database
 * may ask for is this list, and every other method is refused where it is read.
 */
export interface AuthenticationOk {
  readonly kind: 'AuthenticationOk';
}

export interface AuthenticationCleartextPassword {
  readonly kind: 'AuthenticationCleartextPassword';
}

/** Read in order to be refused by name: what MD5 sends can be replayed, and its hash is as good as the password. */
export interface AuthenticationMD5Password {
  readonly kind: 'AuthenticationMD5Password';
  readonly salt: Buffer;
}

export interface AuthenticationSASL {
  readonly kind: 'AuthenticationSASL';
  readonly mechanisms: readonly string[];
}

export interface AuthenticationSASLContinue {
  readonly kind: 'AuthenticationSASLContinue';
  readonly data: Buffer;
}

export interface AuthenticationSASLFinal {
  readonly kind: 'AuthenticationSASLFinal';
  readonly data: Buffer;
}

export type Authentication =
  | AuthenticationOk
  | AuthenticationCleartextPassword
  | AuthenticationMD5Password
  | AuthenticationSASL
  | AuthenticationSASLContinue
  | AuthenticationSASLFinal;

const TYPE = typeByte('R');
const METHOD = { ok: 0, cleartext: 3, md5: 5, sasl: 10, saslContinue: 11, saslFinal: 12 } as const;
const MD5_SALT_BYTES = 4;

/** Reads whichever authentication message this is. */
export function readAuthentication(reader: MessageReader): Authentication {
  const method = reader.int32();
  switch (method) {
    case METHOD.ok:
      return { kind: 'AuthenticationOk' };
    case METHOD.cleartext:
      return { kind: 'AuthenticationCleartextPassword' };
    case METHOD.md5:
      return { kind: 'AuthenticationMD5Password', salt: reader.bytes(MD5_SALT_BYTES) };
    case METHOD.sasl:
      return { kind: 'AuthenticationSASL', mechanisms: readMechanisms(reader) };
    case METHOD.saslContinue:
      return { kind: 'AuthenticationSASLContinue', data: reader.rest() };
    case METHOD.saslFinal:
      return { kind: 'AuthenticationSASLFinal', data: reader.rest() };
    default:
      throw new ProtocolError('CORDON_PROTOCOL_AUTHENTICATION', { method: safeNumber(method) }, true);
  }
}

function readMechanisms(reader: MessageReader): readonly string[] {
  const mechanisms: string[] = [];
  for (let name = reader.cstring(); name !== ''; name = reader.cstring()) mechanisms.push(name);
  if (mechanisms.length === 0) throw reader.refuse('a required field is missing');
  return mechanisms;
}

function codec<M extends Authentication>(
  kind: M['kind'],
  method: number,
  write: Codec<M>['write'],
): Codec<M> {
  return {
    kind,
    type: TYPE,
    // INVARIANT: only `write` of these codecs is used; type `R` is read by `readAuthentication`.
    read: (reader) => readAuthentication(reader) as M,
    write(writer, message) {
      writer.int32(method);
      write(writer, message);
    },
  };
}

export const authenticationOk = codec<AuthenticationOk>('AuthenticationOk', METHOD.ok, () => undefined);

export const authenticationCleartextPassword = codec<AuthenticationCleartextPassword>(
  'AuthenticationCleartextPassword',
  METHOD.cleartext,
  () => undefined,
);

export const authenticationMd5Password = codec<AuthenticationMD5Password>(
  'AuthenticationMD5Password',
  METHOD.md5,
  (writer, message) => writer.bytes(message.salt),
);

export const authenticationSasl = codec<AuthenticationSASL>(
  'AuthenticationSASL',
  METHOD.sasl,
  (writer, message) => {
    for (const mechanism of message.mechanisms) writer.cstring(mechanism);
    writer.uint8(0);
  },
);

export const authenticationSaslContinue = codec<AuthenticationSASLContinue>(
  'AuthenticationSASLContinue',
  METHOD.saslContinue,
  (writer, message) => writer.bytes(message.data),
);

export const authenticationSaslFinal = codec<AuthenticationSASLFinal>(
  'AuthenticationSASLFinal',
  METHOD.saslFinal,
  (writer, message) => writer.bytes(message.data),
);
