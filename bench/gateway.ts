/**
 * What the way through Cordon costs: pgbench straight, through a bare TCP pipe in Node, through PgBouncer and through Cordon, in
 * turn, round after round, so that all meet the same machine. Prints medians and ratios, or JSON.
 *
 *     npm run bench:gateway -- [--json] [--rounds 5] [--seconds 3] [--clients 1,8,32] [--scale 10]
 *
 * Needs pgbench and a Postgres server's binaries; PgBouncer (Debian's package) is left out where it is not installed.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  freePort,
  type PostgresDatabase,
  signToken,
  startCordon,
  startPostgres,
} from '../test/databases/index.ts';

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '3' },
    clients: { type: 'string', default: '1,8,32' },
    scale: { type: 'string', default: '10' },
    only: { type: 'string' },
  },
});
const rounds = Number(values.rounds);

/** The branch that the caller's token names: a tenth of the accounts, at scale 10. */
const BRANCH = 1;
const ACCOUNTS_A_BRANCH = 100_000;

/** Each account belongs to a branch, and each branch to a caller. */
const POLICY = `version: 1
identity:
  token: { issuer: shop, audience: cordon, algorithms: [HS256], secretEnv: CORDON_TOKEN_SECRET }
  claims: { branch: { from: branch, type: int } }
  roles: { from: role, default: teller }
boundaries: { branch: 'bid = :branch' }
relations:
  pgbench_accounts: { rules: [{ for: teller, rows: all, read: all, write: [abalance] }] }
  pgbench_tellers: { rules: [{ for: teller, rows: all, read: all, write: [tbalance] }] }
  pgbench_branches: { rules: [{ for: teller, rows: all, read: all, write: [bbalance] }] }
  pgbench_history: { rules: [{ for: teller, rows: all, read: all, insert: all }] }
`;

/** As a web application asks: two statements of a request in a transaction, sometimes a change. */
const MIX = `\\set aid random(1, ${ACCOUNTS_A_BRANCH})
\\set tid random(1, 10)
\\set delta random(-5000, 5000)
BEGIN;
SELECT abalance, bid FROM pgbench_accounts WHERE aid = :aid;
SELECT t.tid, t.tbalance, b.bbalance FROM pgbench_tellers t JOIN pgbench_branches b ON b.bid = t.bid WHERE t.tid <= :tid ORDER BY t.tid LIMIT 20;
UPDATE pgbench_accounts SET abalance = abalance + :delta WHERE aid = :aid;
COMMIT;
`;

const SELECT = `\\set aid random(1, ${ACCOUNTS_A_BRANCH})
SELECT abalance FROM pgbench_accounts WHERE aid = :aid;
`;

type Mode = 'simple' | 'extended' | 'prepared';
const MODES: readonly Mode[] = ['simple', 'extended', 'prepared'];
const SCRIPTS: Readonly<Record<string, string>> = { select: SELECT, mix: MIX };

interface Way {
  readonly name: string;
  readonly port: number;
  readonly user: string;
  readonly password?: string;
  stop(): Promise<void> | void;
}

const folder = mkdtempSync(join(tmpdir(), 'cordon-bench-'));
chmodSync(folder, 0o755);
const file = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

function straight(database: PostgresDatabase): Way {
  return { name: 'direct', port: database.port, user: database.user, stop: () => {} };
}

const PIPE = `
import { connect, createServer } from 'node:net';
const [, , port, to] = process.argv;
createServer({ noDelay: true }, (client) => {
  const server = connect({ port: Number(to), host: '127.0.0.1', noDelay: true });
  for (const socket of [client, server]) socket.on('error', () => { client.destroy(); server.destroy(); });
  client.pipe(server).pipe(client);
}).listen(Number(port), '127.0.0.1', () => console.log('ready'));
`;

async function pipe(database: PostgresDatabase): Promise<Way> {
  const port = await freePort();
  const child = spawn(process.execPath, [file('pipe.mjs', PIPE), String(port), String(database.port)]);
  await new Promise((resolve) => child.stdout.once('data', resolve));
  return { name: 'node pipe', port, user: database.user, stop: () => stopped(child) };
}

function bouncerPath(): string | undefined {
  try {
    return execFileSync('sh', ['-c', 'command -v pgbouncer || ls /usr/sbin/pgbouncer'], {
      encoding: 'utf8',
    }).trim();
  } catch {
    return undefined;
  }
}

/** Transaction pooling, as it is mostly used; prepared statements need session pooling before PgBouncer 1.21. */
async function bouncer(
  database: PostgresDatabase,
  path: string,
  mode: 'transaction' | 'session',
): Promise<Way> {
  const port = await freePort();
  const users = file('users.txt', `"${database.user}" ""\n`);
  const config = `[databases]
${database.database} = host=127.0.0.1 port=${database.port} user=${database.user}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
auth_type = any
auth_file = ${users}
pool_mode = ${mode}
default_pool_size = 32
max_client_conn = 1000
unix_socket_dir =
`;
  const settings = file(`bouncer-${mode}.ini`, config);
  const asUser = process.getuid?.() === 0 ? ['-u', 'postgres'] : [];
  const child = spawn(path, ['-q', ...asUser, settings], { stdio: 'ignore' });
  await listening(port);
  return { name: 'pgbouncer', port, user: database.user, stop: () => stopped(child) };
}

async function listening(port: number): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const open = await new Promise<boolean>((resolve) => {
      const socket = connect({ port, host: '127.0.0.1' });
      socket.once('connect', () => {
        socket.destroy();
        resolve(true);
      });
      socket.once('error', () => resolve(false));
    });
    if (open) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('pgbouncer does not listen');
}

async function cordon(database: PostgresDatabase): Promise<Way> {
  const gateway = await startCordon({ policy: file('cordon.yaml', POLICY), upstream: database.url });
  const password = signToken({ sub: 'teller', branch: BRANCH, role: 'teller' });
  return { name: 'cordon', port: gateway.port, user: 'token', password, stop: () => gateway.stop() };
}

async function stopped(child: ChildProcess): Promise<void> {
  const exit = new Promise((resolve) => child.once('exit', resolve));
  child.kill();
  await exit;
}

/** Transactions a second of one run. */
async function transactions(way: Way, script: string, mode: Mode, clients: number): Promise<number> {
  const options = ['-n', '-M', mode, '-c', String(clients), '-j', '1', '-T', values.seconds, '-f', script];
  const where = ['-h', '127.0.0.1', '-p', String(way.port), '-U', way.user, 'shop'];
  const environment = {
    ...process.env,
    PGSSLMODE: 'disable',
    ...(way.password === undefined ? {} : { PGPASSWORD: way.password }),
  };
  const child = spawn('pgbench', [...options, ...where], {
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (part: string) => {
      text += part;
    });
  await new Promise((resolve) => child.once('exit', resolve));
  const found = /tps = ([\d.]+)/.exec(text)?.[1];
  if (found === undefined || /failed|aborted/.test(text.replace(/number of failed transactions: 0 .*/, '')))
    throw new Error(`${way.name}: ${text}`);
  return Number(found);
}

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

interface Measured {
  readonly script: string;
  readonly mode: Mode;
  readonly clients: number;
  /** Medians of transactions a second, by way. */
  readonly tps: Readonly<Record<string, number>>;
  /** Medians of the ratio of each round. */
  readonly toDirect: Readonly<Record<string, number>>;
}

async function measure(
  ways: readonly Way[],
  name: string,
  script: string,
  mode: Mode,
  clients: number,
): Promise<Measured> {
  const runs = new Map<string, number[]>(ways.map((way) => [way.name, []]));
  for (let round = 0; round < rounds; round += 1)
    for (const way of ways) runs.get(way.name)?.push(await transactions(way, script, mode, clients));
  const direct = runs.get('direct') ?? [];
  const ratios = [...runs].map(([way, numbers]) => [
    way,
    median(numbers.map((n, round) => n / (direct[round] ?? n))),
  ]);
  return {
    script: name,
    mode,
    clients,
    tps: Object.fromEntries([...runs].map(([way, numbers]) => [way, Math.round(median(numbers))])),
    toDirect: Object.fromEntries(ratios.map(([way, ratio]) => [way, Math.round(Number(ratio) * 100) / 100])),
  };
}

const database = await startPostgres({ settings: { fsync: 'off', synchronous_commit: 'off' } });
const started: Way[] = [];
try {
  execFileSync(
    'pgbench',
    [
      '-i',
      '-q',
      '-s',
      values.scale,
      '-h',
      '127.0.0.1',
      '-p',
      String(database.port),
      '-U',
      database.user,
      'shop',
    ],
    { stdio: 'ignore' },
  );
  await database.run('ANALYZE');
  const path = bouncerPath();
  const always = [straight(database), await pipe(database), await cordon(database)];
  started.push(...always);
  const pooled = path === undefined ? undefined : await bouncer(database, path, 'transaction');
  const session = path === undefined ? undefined : await bouncer(database, path, 'session');
  for (const way of [pooled, session]) if (way !== undefined) started.push(way);
  const names = ['direct', 'node pipe', ...(pooled === undefined ? [] : ['pgbouncer']), 'cordon'];
  if (!values.json) {
    process.stdout.write(
      `| script | mode | clients | ${names.map((name) => `${name}, tps`).join(' | ')} | ${names
        .slice(1)
        .map((name) => `${name} ÷ direct`)
        .join(' | ')} |\n`,
    );
    process.stdout.write(`|${'---|'.repeat(3 + names.length * 2 - 1)}\n`);
  }
  const results: Measured[] = [];
  for (const [name, text] of Object.entries(SCRIPTS)) {
    const script = file(`${name}.sql`, text);
    for (const mode of MODES) {
      const third = mode === 'prepared' ? session : pooled;
      const ways = third === undefined ? always : [...always, third];
      for (const clients of values.clients.split(',').map(Number)) {
        if (values.only !== undefined && !`${name} ${mode} ${clients}`.includes(values.only)) continue;
        const result = await measure(ways, name, script, mode, clients);
        results.push(result);
        const cells = [
          ...names.map((way) => result.tps[way]),
          ...names.slice(1).map((way) => result.toDirect[way]?.toFixed(2)),
        ];
        if (!values.json) process.stdout.write(`| ${[name, mode, clients, ...cells].join(' | ')} |\n`);
      }
    }
  }
  if (values.json) process.stdout.write(`${JSON.stringify(results, undefined, 1)}\n`);
} finally {
  for (const way of started) await way.stop();
  await database.stop();
  rmSync(folder, { recursive: true, force: true });
}
