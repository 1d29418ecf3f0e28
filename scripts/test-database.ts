/**
 * Runs the tests that need a live server against one that somebody else runs, and tells where it differs; see
 * docs/guide/cockroachdb.md#prove-it-on-your-own-cluster.
 *
 *     npm run test:database -- postgres://me@localhost:5432/postgres [--only attacks]
 *
 * The role must be a superuser (CockroachDB: a member of admin). Everything happens in databases whose names begin with
 * `cordon_scratch_`, and on PostgreSQL as a role of that name; both are dropped at the end.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openGivenServer } from '../test/databases/given-server.ts';

/** Parts of the suite, and the files that hold them. */
const PARTS: Readonly<Record<string, readonly string[]>> = {
  catalog: ['test/catalog', 'test/posture/schema.test.ts'],
  attacks: ['test/attacks/guard.test.ts', 'test/attacks/gateway.test.ts', 'test/attacks/wire.test.ts'],
  ordinary: ['test/cases'],
  gateway: [
    'test/gateway/attacks',
    'test/gateway/extended.test.ts',
    'test/gateway/copy-in.test.ts',
    'test/gateway/identity.test.ts',
  ],
  prove: ['test/noninterference'],
};

/** Words of a failure by which a caller received something that depends on what they may not see. */
const LEAK =
  /rows of others changed|--- or|a report holds|the text of the owner shows|the refusals differ|"world"|violation/i;

interface Assertion {
  readonly fullName: string;
  readonly status: string;
  readonly failureMessages: readonly string[];
}

interface Results {
  readonly testResults: readonly {
    readonly name: string;
    readonly message: string;
    readonly assertionResults: readonly Assertion[];
  }[];
}

interface Failure {
  readonly name: string;
  readonly first: string;
  readonly leak: boolean;
}

function say(line = ''): void {
  process.stdout.write(`${line}\n`);
}

const { values, positionals } = parseArgs({
  options: { only: { type: 'string', multiple: true } },
  allowPositionals: true,
});
const url = positionals[0] ?? process.env.CORDON_TEST_DATABASE_URL;
const parts = values.only ?? Object.keys(PARTS);
if (url === undefined || parts.some((part) => PARTS[part] === undefined)) {
  say(`usage: npm run test:database -- URL [--only ${Object.keys(PARTS).join('|')}]`);
  process.exit(2);
}
process.exitCode = await main(url);

async function main(server: string): Promise<number> {
  const probe = await openGivenServer(server, 'probe');
  const { name, dialect } = probe;
  await probe.stop();
  say(`server: ${name}`);
  const folder = mkdtempSync(join(tmpdir(), 'cordon-database-'));
  const results = await run(server, folder);
  const failures = results.testResults.flatMap(failuresOf);
  tellParts(results);
  tellDifferences(failures, join(folder, 'differences'));
  const leaks = failures.filter(({ leak }) => leak);
  say();
  say(`leaks: ${leaks.length}, other differences: ${failures.length - leaks.length}`);
  // What CockroachDB does not have differs by itself; what leaks is never in order.
  return leaks.length > 0 || (dialect === 'postgres' && failures.length > 0) ? 1 : 0;
}

/** Tests of PGlite, which stand in the same files, are left out. */
function run(server: string, folder: string): Promise<Results> {
  const file = join(folder, 'results.json');
  const argv = ['vitest', 'run', '-t', '^(?!.*on pglite)', '--reporter=json', `--outputFile=${file}`];
  const child = spawn('npx', [...argv, ...parts.flatMap((part) => PARTS[part] ?? [])], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      ...process.env,
      CORDON_TEST_DATABASE_URL: server,
      CORDON_TEST_DIFFERENCES: join(folder, 'differences'),
    },
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', () => {
      if (existsSync(file)) resolve(JSON.parse(readFileSync(file, 'utf8')) as Results);
      else reject(new Error('vitest gave no results'));
    });
  });
}

function failuresOf(file: Results['testResults'][number]): readonly Failure[] {
  const failed = file.assertionResults.filter(({ status }) => status === 'failed');
  const whole = failed.length === 0 && file.message !== '' ? [failureOf(file.name, file.message)] : [];
  return [
    ...whole,
    ...failed.map(({ fullName, failureMessages }) => failureOf(fullName, failureMessages.join('\n'))),
  ];
}

function failureOf(name: string, message: string): Failure {
  return { name, first: message.split('\n')[0] ?? '', leak: LEAK.test(message) };
}

function tellParts({ testResults }: Results): void {
  for (const part of parts) {
    const files = testResults.filter(({ name }) => PARTS[part]?.some((path) => name.includes(path)));
    const all = files.flatMap(({ assertionResults }) => assertionResults);
    const count = (status: string) => all.filter((one) => one.status === status).length;
    say(
      `${part.padEnd(10)} ${String(count('passed')).padStart(5)} hold ${String(count('failed')).padStart(5)} differ`,
    );
  }
}

function tellDifferences(failures: readonly Failure[], file: string): void {
  const made = existsSync(file) ? [...new Set(readFileSync(file, 'utf8').trim().split('\n'))] : [];
  if (made.length + failures.length > 0) say();
  for (const line of made) say(line);
  for (const { name, first, leak } of failures)
    say(`${leak ? 'LEAK' : 'differs'}: ${name}\n    ${first.slice(0, 300)}`);
}
