/** The keys that tokens are verified by when the application gives none: what the policy names. */
import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { CordonError, safeText } from '../errors/index.ts';
import type { TokenKeys } from '../guard/identity.ts';
import { findTokenKeys, keyInvalid } from '../keys/index.ts';
import type { LoadedPolicy } from '../policy/index.ts';

/** The keys that are given, or those of the policy, whose files are named from its folder. A policy without tokens takes none, whatever is given. */
export async function tokenKeys(
  { identity }: LoadedPolicy,
  folder: string,
  given: TokenKeys | undefined,
): Promise<TokenKeys> {
  if (identity.token === undefined)
    throw new CordonError('CORDON_TOKEN_INVALID', { reason: safeText('the policy declares no tokens') });
  return given ?? findTokenKeys(identity.token, { folder, environment: process.env, readText });
}

/** The folder that files of a policy are named from. */
export function folderOf(policyFile: string | undefined): string {
  return policyFile === undefined ? process.cwd() : dirname(policyFile);
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch {
    throw keyInvalid(safeText('its file cannot be read'));
  }
}
