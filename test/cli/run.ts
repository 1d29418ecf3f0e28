import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runProgram } from '../../src/cli/program.ts';
import type { Terminal } from '../../src/cli/terminal.ts';

/** What a command line printed, and how it ended. */
export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface Circumstances {
  readonly environment?: Readonly<Record<string, string>>;
  readonly input?: readonly string[];
  readonly ended?: Promise<void>;
  readonly onPrint?: (line: string) => void;
}

const STATE = mkdtempSync(join(tmpdir(), 'cordon-cli-'));

/** Runs one command line in this process, with a terminal that remembers. */
export async function cordon(argv: readonly string[], circumstances: Circumstances = {}): Promise<Ran> {
  const out: string[] = [];
  const err: string[] = [];
  const terminal: Terminal = {
    print: (line) => {
      out.push(line);
      circumstances.onPrint?.(line);
    },
    complain: (line) => void err.push(line),
    lines: async function* lines() {
      yield* circumstances.input ?? [];
    },
    now: () => Date.now(),
    environment: circumstances.environment ?? {},
    stateDirectory: STATE,
    ended: () => circumstances.ended ?? Promise.resolve(),
  };
  const code = await runProgram(argv, terminal);
  return { code, out: out.join('\n'), err: err.join('\n') };
}

/** A file of a test's own. */
export function scratchFile(name: string): string {
  return join(mkdtempSync(join(tmpdir(), 'cordon-cli-')), name);
}
