import { createHmac } from 'node:crypto';
import { scramIterationsMax, scramIterationsMin } from '../limits.ts';
import { decodeBase64 } from './attributes.ts';
import { type DeriveKeys, deriveScramKeys, isSameKey, KEY_BYTES, sha256 } from './keys.ts';

/** What a server keeps instead of a password. It lets nobody log in, but is worth hiding: passwords can be tried on it. */
export interface ScramVerifier {
  readonly iterations: number;
  readonly salt: Buffer;
  readonly storedKey: Buffer;
  readonly serverKey: Buffer;
}

const VERIFIER = /^SCRAM-SHA-256\$([1-9][0-9]{0,6}):([^$:]+)\$([^$:]+):([^$:]+)$/;
const SALT_BYTES = 16;

/** Reads PostgreSQL's form, `SCRAM-SHA-256$iterations:salt$stored key:server key`; undefined if it is another text. */
export function findVerifier(text: string): ScramVerifier | undefined {
  const [, iterationsText, saltText = '', storedText = '', serverText = ''] = VERIFIER.exec(text) ?? [];
  const iterations = Number(iterationsText);
  const salt = decodeBase64(saltText);
  const storedKey = decodeBase64(storedText);
  const serverKey = decodeBase64(serverText);
  if (!(iterations >= scramIterationsMin && iterations <= scramIterationsMax)) return undefined;
  if (salt === undefined || storedKey?.length !== KEY_BYTES || serverKey?.length !== KEY_BYTES)
    return undefined;
  return { iterations, salt, storedKey, serverKey };
}

export function formatVerifier(verifier: ScramVerifier): string {
  const { iterations, salt, storedKey, serverKey } = verifier;
  const text = (bytes: Buffer): string => bytes.toString('base64');
  return `SCRAM-SHA-256$${iterations}:${text(salt)}$${text(storedKey)}:${text(serverKey)}`;
}

/** Makes the verifier of a password; the caller gives a random salt of 16 bytes. */
export function makeVerifier(
  password: string,
  salt: Buffer,
  iterations: number = scramIterationsMin,
): ScramVerifier {
  const { clientKey, serverKey } = deriveScramKeys(password, salt, iterations);
  return { iterations, salt, storedKey: sha256(clientKey), serverKey };
}

/**
 * Stands in for a user who does not exist: the same salt each time the name is tried, and no password fits. `secret` is
 * random and belongs to the process, so that the salt cannot be told from a real one.
 */
export function mockVerifier(
  user: string,
  secret: Buffer,
  iterations: number = scramIterationsMin,
): ScramVerifier {
  const part = (purpose: string): Buffer =>
    createHmac('sha256', secret).update(`${purpose}:${user}`).digest();
  return {
    iterations,
    salt: part('salt').subarray(0, SALT_BYTES),
    storedKey: part('stored'),
    serverKey: part('server'),
  };
}

/** Whether a password that came in clear (under TLS) belongs to the verifier. */
export function isPasswordOf(
  verifier: ScramVerifier,
  password: string,
  deriveKeys: DeriveKeys = deriveScramKeys,
): boolean {
  const { clientKey } = deriveKeys(password, verifier.salt, verifier.iterations);
  return isSameKey(sha256(clientKey), verifier.storedKey);
}
