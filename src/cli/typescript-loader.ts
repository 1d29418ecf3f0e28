/** Hooks of Node's module loader, in a thread of their own: see `typescript-modules.ts`. */
import { readFile } from 'node:fs/promises';
import type { LoadHook } from 'node:module';
import { fileURLToPath } from 'node:url';
import { transformSync } from '@swc/wasm-typescript';

/** Loads `.ts` and `.mts` with their types taken out; leaves all else to Node. */
export const load: LoadHook = async (url, context, nextLoad) => {
  if (!/^file:.*\.m?ts$/.test(url)) return nextLoad(url, context);
  const source = await readFile(fileURLToPath(url), 'utf8');
  const { code } = transformSync(source, { mode: 'strip-only', module: true });
  return { format: 'module', source: code, shortCircuit: true };
};
