/**
 * All benchmarks, one after the other, each with interleaved rounds of its own.
 *
 *     npm run bench -- [NAME…] [--quick]
 *     npm run --silent bench -- [NAME…] --json [--quick]
 *
 * Names: guard, database, in-process, gateway, pooling, start. `--json` prints one document for machines, with what each prints
 * (`--silent` keeps npm's own lines out of it); `--quick` takes few rounds, to see that all of them run. One whose programs are
 * missing says so, and the others go on.
 */
import { spawnSync } from 'node:child_process';
import { cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

interface Bench {
  readonly name: string;
  readonly quick: readonly string[];
}

const BENCHES: readonly Bench[] = [
  { name: 'guard', quick: ['--rounds', '2'] },
  { name: 'database', quick: ['--rounds', '1', '--rows', '20000'] },
  { name: 'in-process', quick: ['--minutes', '0.1'] },
  { name: 'gateway', quick: ['--rounds', '1', '--seconds', '1', '--clients', '8', '--scale', '1'] },
  { name: 'pooling', quick: ['--rounds', '1', '--seconds', '1'] },
  { name: 'start', quick: ['--rounds', '1', '--megabytes', '50'] },
];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'boolean', default: false }, quick: { type: 'boolean', default: false } },
});
const unknown = positionals.filter((name) => BENCHES.every((bench) => bench.name !== name));
if (unknown.length > 0) {
  process.stderr.write(
    `no benchmark is called ${unknown.join(', ')}; there are ${BENCHES.map(({ name }) => name).join(', ')}\n`,
  );
  process.exit(2);
}
const chosen = BENCHES.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
const results: Record<string, unknown> = {};
for (const bench of chosen) {
  if (!values.json) process.stdout.write(`\n# ${bench.name}\n\n`);
  results[bench.name] = run(bench);
}
if (values.json) {
  const machine = {
    node: process.version,
    processors: cpus().length,
    load: loadavg().map((load) => Number(load.toFixed(1))),
  };
  process.stdout.write(`${JSON.stringify({ machine, results }, null, 2)}\n`);
}

function run({ name, quick }: Bench): unknown {
  const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));
  const more = [...(values.quick ? quick : []), ...(values.json ? ['--json'] : [])];
  const args = ['--import', path('../scripts/typescript.mjs'), path(`${name}.ts`), ...more];
  const { status, stdout } = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    stdio: ['ignore', values.json ? 'pipe' : 'inherit', 'inherit'],
  });
  if (status !== 0) process.exitCode = 1;
  return values.json ? { status, ...documentOf(stdout) } : undefined;
}

/** A benchmark that is skipped prints why, as text. */
function documentOf(stdout: string): object {
  try {
    return { document: JSON.parse(stdout) as unknown };
  } catch {
    return { text: stdout };
  }
}
