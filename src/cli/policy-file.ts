import { readFile } from 'node:fs/promises';
import { extname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { CordonError, InvariantError, type Safe, safeJoin, safeName, safeText } from '../errors/index.ts';
import { systemReason } from './failure.ts';
import { allowTypeScript } from './typescript-modules.ts';

/** A policy as it was found: text with lines to point at, or a value that a module exported. */
export type PolicySource =
  | { readonly kind: 'yaml'; readonly file: string; readonly text: string }
  | { readonly kind: 'module'; readonly file: string; readonly value: unknown };

const MODULES: ReadonlySet<string> = new Set(['.js', '.mjs', '.ts', '.mts']);

/** Reads a policy from YAML (or JSON), or from a module whose default export, or export called `policy`, is one. */
export async function readPolicySource(file: string): Promise<PolicySource> {
  if (MODULES.has(extname(file))) return { kind: 'module', file, value: await importPolicy(file) };
  return { kind: 'yaml', file, text: await readText(file) };
}

/** Reads a file that the command line names. */
export async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new CordonError(
      'CORDON_FILE_UNREADABLE',
      { file: safePath(file), reason: systemReason(cause) },
      { cause },
    );
  }
}

/** A path that the user typed, in parts, so that a long one is not cut in its middle. */
export function safePath(path: string): Safe {
  return safeJoin(path.split('/').map(safeName), '/');
}

async function importPolicy(file: string): Promise<unknown> {
  await readText(file);
  if (/\.m?ts$/.test(file)) allowTypeScript();
  const exported = await importModule(file);
  const policy = exported.default ?? exported.policy;
  if (policy !== undefined) return policy;
  throw moduleInvalid(file, safeText('it has neither a default export nor one called `policy`'), undefined);
}

async function importModule(file: string): Promise<Record<string, unknown>> {
  try {
    return (await import(pathToFileURL(resolve(file)).href)) as Record<string, unknown>;
  } catch (cause) {
    if (cause instanceof CordonError || cause instanceof InvariantError) throw cause;
    throw moduleInvalid(file, safeJoin([safeText('loading it ends in'), systemReason(cause)], ' '), cause);
  }
}

function moduleInvalid(file: string, reason: Safe, cause: unknown): CordonError {
  return new CordonError('CORDON_MODULE_INVALID', { file: safePath(file), reason }, { cause });
}
