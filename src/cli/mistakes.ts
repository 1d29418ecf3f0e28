import { CordonError, safeNumber } from '../errors/index.ts';
import { type LoadedPolicy, loadPolicy, type Mistake } from '../policy/index.ts';
import { type PolicySource, readPolicySource } from './policy-file.ts';
import type { Terminal } from './terminal.ts';

/** Loads a policy for a command that needs one without mistakes; tells them all and stops otherwise. */
export async function readPolicy(terminal: Terminal, file: string): Promise<LoadedPolicy> {
  const loaded = loadSource(await readPolicySource(file));
  if (loaded.policy !== undefined) return loaded.policy;
  throw reportMistakes(terminal, file, loaded.mistakes);
}

/** Text with lines, or the value that a module exported. */
export function loadSource(source: PolicySource): ReturnType<typeof loadPolicy> {
  return loadPolicy(source.kind === 'yaml' ? source.text : source.value);
}

/** Prints each mistake (where, what is wrong, what to write instead), and gives the error that says how many. */
export function reportMistakes(terminal: Terminal, file: string, mistakes: readonly Mistake[]): CordonError {
  for (const mistake of mistakes) {
    terminal.complain(`${placeOf(file, mistake)}: ${mistake.happened}`);
    terminal.complain(`  ${mistake.fix}`);
  }
  return new CordonError('CORDON_POLICY_INVALID', { count: safeNumber(mistakes.length) });
}

/** `cordon.yaml:12:9`; a policy from a module has no lines, so the path of the key stands there. */
function placeOf(file: string, { line, column, path }: Mistake): string {
  return line === 0 ? `${file} ${path}` : `${file}:${line}:${column}`;
}
