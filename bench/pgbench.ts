/** pgbench on a database and on what stands in front of it, in turn, round after round in short slices: one machine for all of them. */
import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type PostgresDatabase, signToken, startCordon } from '../test/databases/index.ts';
import { median, rotated } from './figures.ts';

/** The branch that the caller's token names: all accounts at scale 1, a tenth of them at scale 10. */
export const BRANCH = 1;
export const ACCOUNTS_A_BRANCH = 100_000;

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

/** As pgbench's own select-only script, within the caller's branch. */
export const SELECT = `\\set aid random(1, ${ACCOUNTS_A_BRANCH})
SELECT abalance FROM pgbench_accounts WHERE aid = :aid;
`;

/** A way to the database. */
export interface Way {
  readonly name: string;
  readonly port: number;
  readonly user: string;
  readonly password?: string;
  /** Of the process in between. */
  readonly pid?: number | undefined;
  stop(): Promise<void> | void;
}

/** Files of one run. PgBouncer runs as another user, who must be able to read them. */
export class Scratch {
  readonly #folder = mkdtempSync(join(tmpdir(), 'cordon-bench-'));

  constructor() {
    chmodSync(this.#folder, 0o755);
  }

  file(name: string, text: string): string {
    const path = join(this.#folder, name);
    writeFileSync(path, text);
    return path;
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

export async function fill(database: PostgresDatabase, scale: string): Promise<void> {
  execFileSync('pgbench', ['-i', '-q', '-s', scale, ...addressOf(straight(database))], { stdio: 'ignore' });
  await database.run('ANALYZE');
}

export function straight({ port, user }: PostgresDatabase): Way {
  return { name: 'direct', port, user, stop: () => undefined };
}

export interface CordonOptions {
  readonly name: string;
  /** Of the command line. */
  readonly more?: readonly string[];
  /** The program, where it is not that of this checkout. */
  readonly main?: string | undefined;
}

/** Through Cordon, started as a user starts it. */
export async function throughCordon(
  database: PostgresDatabase,
  scratch: Scratch,
  { name, more = [], main }: CordonOptions,
): Promise<Way> {
  const policy = scratch.file('cordon.yaml', POLICY);
  const program = main === undefined ? {} : { main };
  const gateway = await startCordon({ policy, upstream: database.url, more, ...program });
  const password = signToken({ sub: 'teller', branch: BRANCH, role: 'teller' });
  const { port, pid } = gateway;
  return { name, port, user: 'token', password, pid, stop: () => gateway.stop() };
}

export interface Slice {
  /** Transactions a second. */
  readonly tps: number;
  /** Milliseconds, as pgbench has it. */
  readonly latency: number;
  /** Microseconds of processor time a transaction, of the process in between: what a busy machine changes least. */
  readonly cpu: number;
  /** Mebibytes of the process in between. */
  readonly memory: number;
}

/** Runs pgbench once; `options` are all of its own but where to connect. */
export async function slice(way: Way, options: readonly string[]): Promise<Slice> {
  const before = processorTime(way.pid);
  const text = await pgbench(way, options);
  const figure = (pattern: RegExp): number => Number(pattern.exec(text)?.[1]);
  const tps = figure(/tps = ([\d.]+)/);
  const latency = figure(/latency average = ([\d.]+)/);
  const count = figure(/actually processed: (\d+)/);
  // A machine with much else to do may not come to a single one.
  if (/actually processed: 0$/m.test(text)) return slice(way, options);
  const failed = /failed|aborted/.test(text.replaceAll(/number of failed transactions: 0 .*/g, ''));
  if (!(tps > 0) || failed) throw new Error(`${way.name}: ${text}`);
  return { tps, latency, cpu: (processorTime(way.pid) - before) / count, memory: memoryOf(way.pid) };
}

async function pgbench(way: Way, options: readonly string[]): Promise<string> {
  const password = way.password === undefined ? {} : { PGPASSWORD: way.password };
  const child = spawn('pgbench', ['-n', ...options, ...addressOf(way)], {
    env: { ...process.env, PGSSLMODE: 'disable', ...password },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (part: string) => {
      text += part;
    });
  await new Promise((resolve) => child.once('exit', resolve));
  return text;
}

function addressOf({ port, user }: Way): readonly string[] {
  return ['-h', '127.0.0.1', '-p', String(port), '-U', user, 'shop'];
}

/** Of a process so far, in microseconds; the kernel counts in hundredths of a second (proc(5), stat). */
function processorTime(pid: number | undefined): number {
  const fields = ofProcess(pid, 'stat').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10_000;
}

function memoryOf(pid: number | undefined): number {
  return Number(/VmRSS:\s+(\d+)/.exec(ofProcess(pid, 'status'))?.[1]) / 1024;
}

/** Nothing, where there is no process in between, or no proc(5). */
function ofProcess(pid: number | undefined, file: 'stat' | 'status'): string {
  try {
    return pid === undefined ? '' : readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}

/** Slices of several ways, taken in turn. */
export class Interleaved {
  readonly #slices: ReadonlyMap<string, readonly Slice[]>;

  private constructor(slices: ReadonlyMap<string, readonly Slice[]>) {
    this.#slices = slices;
  }

  static async run(ways: readonly Way[], rounds: number, options: readonly string[]): Promise<Interleaved> {
    const slices = new Map<string, Slice[]>(ways.map(({ name }) => [name, []]));
    for (let round = 0; round < rounds; round += 1)
      for (const way of rotated(ways, round)) slices.get(way.name)?.push(await slice(way, options));
    return new Interleaved(slices);
  }

  median(name: string, figure: keyof Slice): number {
    return median(this.#of(name).map((one) => one[figure]));
  }

  /** Transactions a second of one way ÷ another: the median of the ratio of each round. */
  ratio(name: string, other: string): number {
    const others = this.#of(other);
    return median(this.#of(name).map(({ tps }, round) => tps / (others[round]?.tps ?? Number.NaN)));
  }

  #of(name: string): readonly Slice[] {
    return this.#slices.get(name) ?? [];
  }
}
