/** CockroachDB's own parser, as the Go program in this folder: what it makes of a text. */
import { execFileSync, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Summary } from './summary.ts';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const PROGRAM = fileURLToPath(new URL('../../.ci/cache/oracle', import.meta.url));

export interface OracleStatement {
  readonly tag: string;
  /** The statement as CockroachDB writes it again. */
  readonly text: string;
  readonly summary: Summary;
  /** A node that the Go side of the comparison does not know. */
  readonly unknown?: string;
}

export interface OracleAnswer {
  readonly accepted: boolean;
  readonly error?: string;
  readonly statements: readonly OracleStatement[];
}

/** Builds the program, which is nothing but a look at Go's cache if it stands; a reason if it cannot be had. */
export function buildOracle(): string | undefined {
  const version = spawnSync('go', ['version'], { encoding: 'utf8' });
  if (version.error !== undefined || version.status !== 0)
    return "Go is missing: CockroachDB's parser cannot be asked";
  execFileSync('go', ['build', '-ldflags=-s -w', '-o', PROGRAM, '.'], { cwd: HERE, stdio: 'pipe' });
  return undefined;
}

const OUTPUT_BYTES_MAX = 1 << 30;

/** What CockroachDB's parser reads in each text, in the order of the texts. */
export function askOracle(texts: readonly string[]): readonly OracleAnswer[] {
  const input = texts.map((sql, id) => `${JSON.stringify({ id, sql })}\n`).join('');
  const run = spawnSync(PROGRAM, { input, encoding: 'utf8', maxBuffer: OUTPUT_BYTES_MAX });
  if (run.status !== 0) throw new Error(`the oracle ended: ${run.stderr}`);
  const answers = run.stdout.trimEnd().split('\n');
  if (texts.length > 0 && answers.length !== texts.length) throw new Error('the oracle left lines out');
  return texts.map((_, i): OracleAnswer => JSON.parse(answers[i] ?? ''));
}
