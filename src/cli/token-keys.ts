/** Where the keys come from that tokens of a policy are verified by: an issuer's address, a file, or a shared secret. */
import { createPublicKey, createSecretKey, type KeyObject } from 'node:crypto';
import { dirname, resolve } from 'node:path';
import { createLocalJWKSet, createRemoteJWKSet, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';
import { CordonError, type Safe, safeJoin, safeName, safeText } from '../errors/index.ts';
import type { IdentityPolicy } from '../policy/index.ts';
import { readText } from './policy-file.ts';
import type { Terminal } from './terminal.ts';

type TokenPolicy = NonNullable<IdentityPolicy['token']>;

const SECRET_BYTES_MIN = 32; // RFC 7518 §3.2: a key at least as long as the hash that HS256 uses.
const JWKS_TIMEOUT_MS = 5_000;
const JWKS_COOLDOWN_MS = 30_000;
const JWKS_CACHE_MS = 600_000;

/** Finds the key of a token; files are named from the folder of the policy. */
export async function tokenKeys(
  token: TokenPolicy,
  policyFile: string,
  environment: Terminal['environment'],
): Promise<JWTVerifyGetKey> {
  if (token.secretEnv !== undefined) return always(readSecret(token.secretEnv, environment));
  if (token.publicKeyFile !== undefined)
    return always(await readPublicKey(beside(policyFile, token.publicKeyFile)));
  if (token.jwks !== undefined) return keySet(token.jwks, policyFile);
  throw invalid(safeText('the policy names none'));
}

async function keySet(jwks: string, policyFile: string): Promise<JWTVerifyGetKey> {
  if (!/^https?:/i.test(jwks)) return createLocalJWKSet(await readKeySet(beside(policyFile, jwks)));
  const options = {
    timeoutDuration: JWKS_TIMEOUT_MS,
    cooldownDuration: JWKS_COOLDOWN_MS,
    cacheMaxAge: JWKS_CACHE_MS,
  };
  return createRemoteJWKSet(new URL(jwks), options);
}

async function readKeySet(file: string): Promise<JSONWebKeySet> {
  try {
    return JSON.parse(await readText(file)) as JSONWebKeySet;
  } catch (cause) {
    if (cause instanceof CordonError) throw cause;
    throw invalid(safeText('the file of `jwks` is not JSON'));
  }
}

function readSecret(variable: string, environment: Terminal['environment']): KeyObject {
  const secret = environment[variable];
  if (secret === undefined) {
    throw invalid(safeJoin([safeText('the environment variable is not set:'), safeName(variable)], ' '));
  }
  if (Buffer.byteLength(secret) < SECRET_BYTES_MIN)
    throw invalid(safeText('the secret is shorter than 32 bytes'));
  return createSecretKey(Buffer.from(secret));
}

async function readPublicKey(file: string): Promise<KeyObject> {
  const text = await readText(file);
  try {
    return createPublicKey(text);
  } catch {
    throw invalid(safeText('the file of `publicKey` is not a public key in PEM'));
  }
}

function beside(policyFile: string, file: string): string {
  return resolve(dirname(policyFile), file);
}

function always(key: KeyObject): JWTVerifyGetKey {
  return () => Promise.resolve(key);
}

function invalid(reason: Safe): CordonError {
  return new CordonError('CORDON_KEY_INVALID', { reason });
}
