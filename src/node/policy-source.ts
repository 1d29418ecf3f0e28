/** A policy as an application gives it: the path of its file, its text or value, or one that is loaded already. */
import { readFile } from 'node:fs/promises';
import { extname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { CordonError, safeName, safeNumber, safeText } from '../errors/index.ts';
import { type LoadedPolicy, loadPolicy, type Mistake, type PolicyDocument } from '../policy/index.ts';

/** What `policy` may be. A string is the path of a YAML or JSON file, or of a module whose default export is the policy. */
export type PolicySource = string | PolicyDocument | LoadedPolicy;

/** The mistakes of a policy, each with its place and what to write instead. */
export class PolicyMistakes extends CordonError {
  readonly mistakes: readonly Mistake[];

  constructor(mistakes: readonly Mistake[]) {
    super('CORDON_POLICY_INVALID', { count: safeNumber(mistakes.length) });
    this.mistakes = mistakes;
  }
}

const MODULES: ReadonlySet<string> = new Set(['.js', '.mjs', '.ts', '.mts']);

export async function readPolicy(source: PolicySource): Promise<LoadedPolicy> {
  if (typeof source !== 'string') return isLoaded(source) ? source : loaded(source);
  return loaded(MODULES.has(extname(source)) ? await exported(source) : await text(source));
}

function isLoaded(source: PolicyDocument | LoadedPolicy): source is LoadedPolicy {
  return (source as Partial<LoadedPolicy>).services instanceof Map;
}

function loaded(value: unknown): LoadedPolicy {
  const { policy, mistakes } = loadPolicy(value);
  if (policy === undefined) throw new PolicyMistakes(mistakes);
  return policy;
}

async function text(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    const reason = safeText('it does not exist, or this user may not read it');
    throw new CordonError('CORDON_FILE_UNREADABLE', { file: safeName(file), reason }, { cause });
  }
}

async function exported(file: string): Promise<unknown> {
  const module = (await import(pathToFileURL(resolve(file)).href)) as { default?: unknown; policy?: unknown };
  const policy = module.default ?? module.policy;
  if (policy !== undefined) return policy;
  throw new CordonError('CORDON_MODULE_INVALID', {
    file: safeName(file),
    reason: safeText('it has neither a default export nor one called `policy`'),
  });
}
