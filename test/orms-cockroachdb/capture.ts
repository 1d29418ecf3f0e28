/**
 * Runs the programs against Postgres and writes what they send into `test/golden/cockroachdb`, one file a library.
 * The answers are left out: `npm run golden` writes them.
 *
 *     test/orms-cockroachdb/setup.sh
 *     node --import ./scripts/typescript.mjs test/orms-cockroachdb/capture.ts [name…]
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { type PostgresDatabase, startPostgres } from '../databases/index.ts';
import { type GoldenCase, renderGolden } from '../golden/golden-file.ts';
import { PROGRAMS, type Program } from './programs.ts';
import { type Recorded, Recorder } from './recorder.ts';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const GOLDEN = new URL('../golden/cockroachdb/', import.meta.url);

const names = process.argv.slice(2);
for (const program of PROGRAMS) {
  if (names.length > 0 && !names.includes(program.name)) continue;
  const recorded = await record(program);
  const file = {
    title: `${program.title}, as its programs in test/orms-cockroachdb send it.`,
    cases: casesOf(recorded),
  };
  writeFileSync(new URL(`${program.name}.sql`, GOLDEN), renderGolden(file, []));
  process.stdout.write(`${program.name}: ${recorded.length} statements, ${file.cases.length} kept\n`);
}

async function record(program: Program): Promise<readonly Recorded[]> {
  const postgres = await startPostgres({ source: 'system' });
  const recorder = new Recorder({ host: postgres.host, port: postgres.port });
  try {
    await prepare(postgres);
    const port = await recorder.listen();
    await run(program, `postgresql://postgres@127.0.0.1:${port}/${postgres.database}`, recorder);
    return recorder.recorded;
  } finally {
    recorder.close();
    await postgres.stop();
  }
}

/** The dialects look for CockroachDB in the version; Postgres lets its superuser replace the function that tells it. */
async function prepare(postgres: PostgresDatabase): Promise<void> {
  for (const name of ['shop.sql', 'rows.sql', 'columns.sql', 'disguise.sql'])
    await postgres.run(readFileSync(`${HERE}${name}`, 'utf8'));
}

/** A program says what it does next and waits for an answer, so that each statement has its step. */
async function run(program: Program, url: string, recorder: Recorder): Promise<void> {
  const [command = '', ...args] = program.command;
  const child = spawn(command, args, {
    cwd: HERE,
    env: { ...process.env, DATABASE_URL: url },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: child.stdout })) {
    if (!line.startsWith('step: ')) continue;
    recorder.step = line.slice('step: '.length);
    child.stdin.write('go\n');
  }
  if (child.exitCode === null) await once(child, 'exit');
  if (child.exitCode !== 0) throw new Error(`${program.name} ended with ${child.exitCode}`);
}

/** The first statement of each shape. */
function casesOf(recorded: readonly Recorded[]): readonly GoldenCase[] {
  const seen = new Set<string>();
  return recorded.flatMap(({ step, text }) => {
    const statement = clean(text);
    const shape = statement.replace(/'(?:[^']|'')*'/g, "''").replace(/\b\d+(?:\.\d+)?\b/g, '0');
    if (statement === '' || step === '' || seen.has(shape)) return [];
    seen.add(shape);
    return [{ why: step, principal: principalOf(statement), options: { policy: 'orms' }, statement }];
  });
}

/** Changes of the schema are the business of migrations. */
function principalOf(statement: string): string {
  return /^(?:create|alter|drop|comment)\b/i.test(statement) ? 'migrator' : 'alice';
}

/** A golden case has no empty line and ends in one semicolon. */
function clean(text: string): string {
  return text
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => line !== '')
    .join('\n')
    .trim()
    .replace(/;$/, '');
}
