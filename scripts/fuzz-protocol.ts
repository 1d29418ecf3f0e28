/**
 * Broken conversations against a gateway for as long as one likes; see docs/reference/robustness.md.
 *
 *     npm run fuzz:protocol -- --minutes 10 [--seed 1] [--database postgres|pglite] [--pool 2] [--case 1234]
 *
 * `--pool`: clients of each of the two gateways share as many connections to the server.
 * `--case` shows one conversation instead of running any.
 */
import { parseArgs } from 'node:util';
import { startPglite, startPostgres } from '../test/databases/index.ts';
import { Gateways } from '../test/robustness/support/fuzzed-gateways.ts';
import { fuzzCase } from '../test/robustness/support/protocol-fuzzer.ts';

const REPORT_MS = 30_000;
const MEBIBYTE = 1024 * 1024;

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    seed: { type: 'string', default: '1' },
    database: { type: 'string', default: 'postgres' },
    pool: { type: 'string' },
    case: { type: 'string' },
  },
});
const seed = Number(values.seed);

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function showCase(number: number): void {
  const { steps, mutations, end } = fuzzCase(seed, number);
  say(`${mutations.join(', ')}; ${end}`);
  for (const { bytes, waits } of steps)
    say(
      `${waits === true ? 'wait ' : '     '}${bytes.toString('hex')}  ${JSON.stringify(bytes.toString('latin1'))}`,
    );
}

async function fuzz(): Promise<void> {
  const database = await (values.database === 'pglite' ? startPglite() : startPostgres());
  const gateways = await Gateways.start(
    database,
    values.pool === undefined ? undefined : Number(values.pool),
  );
  const end = Date.now() + Number(values.minutes) * 60_000;
  let last = 0;
  const timer = setInterval(() => {
    say(`case ${last}, ${Math.round(process.memoryUsage().rss / MEBIBYTE)} MiB`);
  }, REPORT_MS);
  const { figures, complaints, bugs } = await gateways.fuzz(
    seed,
    () => Date.now() > end,
    (number) => {
      last = number;
    },
  );
  clearInterval(timer);
  for (const line of [...complaints, ...bugs]) say(line);
  await gateways.stop();
  await database.stop();
  const { conversations, messages, bytes, refused, hangs, leaks, garbled, unserved } = figures;
  say(`conversations=${conversations} messages=${messages} bytes=${bytes} refused=${refused} seed=${seed}`);
  say(
    `crashes=${complaints.length} bugs=${bugs.length} hangs=${hangs} leaks=${leaks} garbled=${garbled} unserved=${unserved}`,
  );
  process.exit(complaints.length + bugs.length === 0 ? 0 : 1);
}

if (values.case === undefined) await fuzz();
else showCase(Number(values.case));
