#!/usr/bin/env node
/** The entry of `cordon`: the one place of the command line that knows the process. */
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { runProgram } from './program.ts';
import type { Terminal } from './terminal.ts';

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

const terminal: Terminal = {
  print: (line) => process.stdout.write(`${line}\n`),
  complain: (line) => process.stderr.write(`${line}\n`),
  lines: () => createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY }),
  now: () => Date.now(),
  environment: process.env,
  stateDirectory: process.env.CORDON_STATE ?? fileURLToPath(new URL('../../.data/demo', import.meta.url)),
  ended: () =>
    new Promise((resolve) => {
      for (const signal of SIGNALS) process.once(signal, () => resolve());
    }),
};

// A reader that went away, as `cordon … | head` does, is not a failure.
process.stdout.on('error', () => process.exit());

process.exitCode = await runProgram(process.argv.slice(2), terminal);
