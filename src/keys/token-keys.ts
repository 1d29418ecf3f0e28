/** Where the keys come from that tokens of a policy are verified by: an issuer's address, a file, or a shared secret. */
import { resolve } from 'node:path';
import { createRemoteJWKSet, type JSONWebKeySet } from 'jose';
import { CordonError, type Safe, safeJoin, safeName, safeText } from '../errors/index.ts';
import type { TokenKeys } from '../guard/identity.ts';
import type { IdentityPolicy } from '../policy/index.ts';

export type TokenPolicy = NonNullable<IdentityPolicy['token']>;

/** What a face lends for it. */
export interface KeyPlaces {
  /** Files are named from here: the folder of the policy. */
  readonly folder: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Reads a file, or throws the error that this face tells of one that cannot be read. */
  readonly readText: (file: string) => Promise<string>;
}

/** An issuer that does not answer must not hold up statements for longer. */
const JWKS_TIMEOUT_MS = 5_000;
/** A token with an unknown key asks the issuer at most this often. */
const JWKS_COOLDOWN_MS = 30_000;
/** A key that the issuer has withdrawn is accepted for at most this long. */
const JWKS_CACHE_MS = 600_000;

/**
 * Finds the keys that a policy names.
 * @throws CordonError `CORDON_KEY_INVALID`, and what `readText` throws
 */
export async function findTokenKeys(token: TokenPolicy, places: KeyPlaces): Promise<TokenKeys> {
  if (token.secretEnv !== undefined) return readSecret(token.secretEnv, places);
  if (token.publicKeyFile !== undefined)
    return { kind: 'public-key', pem: await places.readText(resolve(places.folder, token.publicKeyFile)) };
  if (token.jwks !== undefined) return keySet(token.jwks, places);
  throw keyInvalid(safeText('the policy names none'));
}

export function keyInvalid(reason: Safe): CordonError {
  return new CordonError('CORDON_KEY_INVALID', { reason });
}

async function keySet(jwks: string, places: KeyPlaces): Promise<TokenKeys> {
  if (!/^https?:/i.test(jwks)) return { kind: 'jwks', keys: await readKeySet(jwks, places) };
  const options = {
    timeoutDuration: JWKS_TIMEOUT_MS,
    cooldownDuration: JWKS_COOLDOWN_MS,
    cacheMaxAge: JWKS_CACHE_MS,
  };
  return { kind: 'resolver', getKey: createRemoteJWKSet(new URL(jwks), options) };
}

async function readKeySet(file: string, { folder, readText }: KeyPlaces): Promise<JSONWebKeySet> {
  const text = await readText(resolve(folder, file));
  try {
    return JSON.parse(text) as JSONWebKeySet;
  } catch {
    throw keyInvalid(safeText('the file of `jwks` is not JSON'));
  }
}

function readSecret(variable: string, { environment }: KeyPlaces): TokenKeys {
  const secret = environment[variable];
  if (secret !== undefined) return { kind: 'secret', secret };
  throw keyInvalid(safeJoin([safeText('the environment variable is not set:'), safeName(variable)], ' '));
}
