/** Where the keys come from that tokens are verified by, when the application gives none: what the policy names. */
import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { createRemoteJWKSet, type JSONWebKeySet } from 'jose';
import { CordonError, type Safe, safeJoin, safeName, safeText } from '../errors/index.ts';
import type { TokenKeys } from '../guard/identity.ts';
import type { LoadedPolicy } from '../policy/index.ts';

/** An issuer that does not answer must not hold up statements for longer. */
const JWKS_TIMEOUT_MS = 5_000;
/** A token with an unknown key asks the issuer at most this often. */
const JWKS_COOLDOWN_MS = 30_000;
/** A key that the issuer has withdrawn is accepted for at most this long. */
const JWKS_CACHE_MS = 600_000;

/** Finds the keys of a policy; files are named from its folder. */
export async function tokenKeys(policy: LoadedPolicy, folder: string): Promise<TokenKeys> {
  const { token } = policy.identity;
  if (token === undefined)
    throw new CordonError('CORDON_TOKEN_INVALID', { reason: safeText('the policy declares no tokens') });
  if (token.secretEnv !== undefined) return secretOf(token.secretEnv);
  if (token.publicKeyFile !== undefined)
    return { kind: 'public-key', pem: await readKey(resolve(folder, token.publicKeyFile)) };
  if (token.jwks === undefined) throw invalid(safeText('the policy names none'));
  if (!/^https?:/i.test(token.jwks))
    return { kind: 'jwks', keys: await readKeySet(resolve(folder, token.jwks)) };
  const options = {
    timeoutDuration: JWKS_TIMEOUT_MS,
    cooldownDuration: JWKS_COOLDOWN_MS,
    cacheMaxAge: JWKS_CACHE_MS,
  };
  return { kind: 'resolver', getKey: createRemoteJWKSet(new URL(token.jwks), options) };
}

/** The folder that files of a policy are named from. */
export function folderOf(policyFile: string | undefined): string {
  return policyFile === undefined ? process.cwd() : dirname(policyFile);
}

function secretOf(variable: string): TokenKeys {
  const secret = process.env[variable];
  if (secret !== undefined) return { kind: 'secret', secret };
  throw invalid(safeJoin([safeText('the environment variable is not set:'), safeName(variable)], ' '));
}

async function readKey(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch {
    throw invalid(safeText('its file cannot be read'));
  }
}

async function readKeySet(file: string): Promise<JSONWebKeySet> {
  try {
    return JSON.parse(await readKey(file)) as JSONWebKeySet;
  } catch {
    throw invalid(safeText('the file of `jwks` is not JSON'));
  }
}

function invalid(reason: Safe): CordonError {
  return new CordonError('CORDON_KEY_INVALID', { reason });
}
