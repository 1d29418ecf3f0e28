/** Where the keys come from that tokens of a policy are verified by: an issuer's address, a file, or a shared secret. */
import { dirname, resolve } from 'node:path';
import { createRemoteJWKSet, type JSONWebKeySet } from 'jose';
import { CordonError, type Safe, safeJoin, safeName, safeText } from '../errors/index.ts';
import type { TokenKeys } from '../guard/identity.ts';
import type { IdentityPolicy } from '../policy/index.ts';
import { readText } from './policy-file.ts';
import type { Terminal } from './terminal.ts';

type TokenPolicy = NonNullable<IdentityPolicy['token']>;

/** An issuer that does not answer must not hold up statements for longer. */
const JWKS_TIMEOUT_MS = 5_000;
/** A token with an unknown key asks the issuer at most this often. */
const JWKS_COOLDOWN_MS = 30_000;
/** A key that the issuer has withdrawn is accepted for at most this long. */
const JWKS_CACHE_MS = 600_000;

/** Finds the keys of a policy; files are named from the folder of the policy. */
export async function tokenKeys(
  token: TokenPolicy,
  policyFile: string,
  environment: Terminal['environment'],
): Promise<TokenKeys> {
  if (token.secretEnv !== undefined) return readSecret(token.secretEnv, environment);
  if (token.publicKeyFile !== undefined)
    return { kind: 'public-key', pem: await readText(beside(policyFile, token.publicKeyFile)) };
  if (token.jwks !== undefined) return keySet(token.jwks, policyFile);
  throw invalid(safeText('the policy names none'));
}

async function keySet(jwks: string, policyFile: string): Promise<TokenKeys> {
  if (!/^https?:/i.test(jwks)) return { kind: 'jwks', keys: await readKeySet(beside(policyFile, jwks)) };
  const options = {
    timeoutDuration: JWKS_TIMEOUT_MS,
    cooldownDuration: JWKS_COOLDOWN_MS,
    cacheMaxAge: JWKS_CACHE_MS,
  };
  return { kind: 'resolver', getKey: createRemoteJWKSet(new URL(jwks), options) };
}

async function readKeySet(file: string): Promise<JSONWebKeySet> {
  const text = await readText(file);
  try {
    return JSON.parse(text) as JSONWebKeySet;
  } catch {
    throw invalid(safeText('the file of `jwks` is not JSON'));
  }
}

function readSecret(variable: string, environment: Terminal['environment']): TokenKeys {
  const secret = environment[variable];
  if (secret !== undefined) return { kind: 'secret', secret };
  throw invalid(safeJoin([safeText('the environment variable is not set:'), safeName(variable)], ' '));
}

function beside(policyFile: string, file: string): string {
  return resolve(dirname(policyFile), file);
}

function invalid(reason: Safe): CordonError {
  return new CordonError('CORDON_KEY_INVALID', { reason });
}
