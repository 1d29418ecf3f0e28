import { createHash, createHmac, pbkdf2Sync, timingSafeEqual } from 'node:crypto';
import { saslPrep } from './sasl-prep.ts';

/** The name of the one mechanism that is spoken. Its sibling with channel binding is not offered. */
export const SCRAM_SHA_256 = 'SCRAM-SHA-256';

export const KEY_BYTES = 32;

/** What a password amounts to once it is salted: enough to log in and to know the server by. */
export interface ScramKeys {
  readonly clientKey: Buffer;
  readonly serverKey: Buffer;
}

/** Makes keys of a password; slow on purpose (0.9 ms for 4,096 iterations). */
export type DeriveKeys = (password: string, salt: Buffer, iterations: number) => ScramKeys;

export const deriveScramKeys: DeriveKeys = (password, salt, iterations) => {
  const salted = pbkdf2Sync(saslPrep(password), salt, iterations, KEY_BYTES, 'sha256');
  return { clientKey: hmac(salted, 'Client Key'), serverKey: hmac(salted, 'Server Key') };
};

/**
 * Keys that are derived once for the same password, salt and iterations: a pool opens many connections with one
 * password. The cache holds hashes of passwords, not passwords, and forgets the oldest entry first.
 */
export function cachedScramKeys(entriesMax: number, derive: DeriveKeys = deriveScramKeys): DeriveKeys {
  const cache = new Map<string, ScramKeys>();
  return (password, salt, iterations) => {
    const key = createHash('sha256')
      .update(`${iterations}:${salt.toString('base64')}:`)
      .update(password)
      .digest('base64');
    const known = cache.get(key);
    if (known !== undefined) return known;
    const keys = derive(password, salt, iterations);
    for (const oldest of cache.keys()) {
      if (cache.size < entriesMax) break;
      cache.delete(oldest);
    }
    cache.set(key, keys);
    return keys;
  };
}

export function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

export function sha256(bytes: Buffer): Buffer {
  return createHash('sha256').update(bytes).digest();
}

export function xor(left: Buffer, right: Buffer): Buffer {
  return Buffer.from(left.map((byte, index) => byte ^ (right[index] ?? 0)));
}

/** Compares in a time that does not depend on where two keys differ. */
export function isSameKey(left: Buffer, right: Buffer): boolean {
  return left.length === right.length && timingSafeEqual(left, right);
}
