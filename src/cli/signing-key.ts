import { createPrivateKey, createSecretKey, type KeyObject } from 'node:crypto';
import { SignJWT } from 'jose';
import { CordonError, type Safe, safeText } from '../errors/index.ts';

const SECRET_BYTES_MIN = 32; // RFC 7518 §3.2: a key at least as long as the hash that HS256 uses.

/** A private key or secret, with the one algorithm it signs by. */
export interface SigningKey {
  readonly key: KeyObject;
  readonly algorithm: string;
}

/** Reads a private key (PEM or JWK) or a shared secret, and finds the algorithm that fits it. */
export function readSigningKey(text: string): SigningKey {
  const trimmed = text.trim();
  if (trimmed.startsWith('-----BEGIN')) return privateKey(() => createPrivateKey(trimmed));
  if (trimmed.startsWith('{'))
    return privateKey(() => createPrivateKey({ key: JSON.parse(trimmed), format: 'jwk' }));
  if (Buffer.byteLength(trimmed) < SECRET_BYTES_MIN) throw invalid(safeText('it is shorter than 32 bytes'));
  return { key: createSecretKey(Buffer.from(trimmed)), algorithm: 'HS256' };
}

/** Signs claims as a token that is good for a number of seconds from `nowMs`. */
export async function signToken(
  signing: SigningKey,
  claims: Readonly<Record<string, unknown>>,
  nowMs: number,
  lifetimeSeconds: number,
): Promise<string> {
  const now = Math.floor(nowMs / 1000);
  return new SignJWT({ iat: now, exp: now + lifetimeSeconds, ...claims })
    .setProtectedHeader({ alg: signing.algorithm, typ: 'JWT' })
    .sign(signing.key);
}

function privateKey(read: () => KeyObject): SigningKey {
  let key: KeyObject;
  try {
    key = read();
  } catch {
    // Its text may hold pieces of the key, so the cause is not kept.
    throw invalid(safeText('it is not a private key that can be read'));
  }
  return { key, algorithm: algorithmOf(key) };
}

const CURVES: Readonly<Record<string, string>> = {
  prime256v1: 'ES256',
  secp384r1: 'ES384',
  secp521r1: 'ES512',
};

function algorithmOf(key: KeyObject): string {
  const curve = CURVES[key.asymmetricKeyDetails?.namedCurve ?? ''];
  if (key.asymmetricKeyType === 'ed25519') return 'EdDSA';
  if (key.asymmetricKeyType === 'rsa') return 'RS256';
  if (key.asymmetricKeyType === 'ec' && curve !== undefined) return curve;
  throw invalid(safeText('no signature algorithm of tokens fits it'));
}

function invalid(reason: Safe): CordonError {
  return new CordonError('CORDON_KEY_INVALID', { reason });
}
