import { dirname } from 'node:path';
import type { TokenKeys } from '../guard/identity.ts';
import { findTokenKeys, type TokenPolicy } from '../keys/index.ts';
import { readText } from './policy-file.ts';
import type { Terminal } from './terminal.ts';

/** Finds the keys of a policy; files are named from its folder. */
export function tokenKeys(
  token: TokenPolicy,
  policyFile: string,
  environment: Terminal['environment'],
): Promise<TokenKeys> {
  return findTokenKeys(token, { folder: dirname(policyFile), environment, readText });
}
