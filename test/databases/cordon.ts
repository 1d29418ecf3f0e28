import { type ChildProcess, spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Requirement, requirement } from './describe.ts';

/** A gateway of a test's own, started by the command line as a user would start it. */
export interface Cordon {
  readonly host: string;
  readonly port: number;
  /** `postgres://app@127.0.0.1:PORT/shop` */
  readonly url: string;
  readonly pid: number | undefined;
  /** What it has written to stderr so far. */
  log(): string;
  stop(): Promise<void>;
}

export interface CordonOptions {
  /** A policy file. */
  readonly policy: string;
  /** The connection string of the database. */
  readonly upstream: string;
  readonly user?: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** More of the command line of `serve`. */
  readonly more?: readonly string[];
  /** The program; by default the one in `dist`. */
  readonly main?: string;
}

/** What the policies of the tests name as their secret. */
export const TOKEN_SECRET = 'a secret of the tests, long enough for HS256';

const MAIN = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
const START_TIMEOUT_MS = 20_000;

export function cordonRequirement(): Requirement {
  return requirement('cordon', existsSync(MAIN) ? undefined : 'dist is not built; run `npm run build`');
}

export async function startCordon(options: CordonOptions): Promise<Cordon> {
  const separator = options.upstream.includes('?') ? '&' : '?';
  const upstream = `${options.upstream}${separator}sslmode=disable`;
  const args = ['serve', '--policy', options.policy, '--upstream', upstream, '--listen', '127.0.0.1:0'];
  // Every test that starts a gateway holds with shared connections too.
  const pool = process.env.CORDON_TEST_POOL;
  args.push(...(pool === undefined ? [] : ['--pool', pool]), ...(options.more ?? []));
  const child = spawn(process.execPath, [options.main ?? MAIN, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, CORDON_TOKEN_SECRET: TOKEN_SECRET, ...options.environment },
  });
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  let log = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    log += text;
  });
  const port = await untilReady(child, () => log);
  const database = new URL(options.upstream).pathname;
  return {
    host: '127.0.0.1',
    port,
    url: `postgres://${options.user ?? 'app'}@127.0.0.1:${port}${database}`,
    pid: child.pid,
    log: () => log,
    async stop() {
      process.off('exit', kill);
      await ended(child);
    },
  };
}

/** A token as an app would sign it. */
export function signToken(claims: Readonly<Record<string, unknown>>, secret = TOKEN_SECRET): string {
  const now = Math.floor(Date.now() / 1000);
  const payload = { iss: 'shop', aud: 'cordon', iat: now, exp: now + 3600, ...claims };
  const signed = [{ alg: 'HS256', typ: 'JWT' }, payload]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
}

function untilReady(child: ChildProcess, log: () => string): Promise<number> {
  return new Promise((resolve, reject) => {
    let output = '';
    const late = () => reject(new Error(`cordon did not become ready: ${output}${log()}`));
    const timer = setTimeout(late, START_TIMEOUT_MS);
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      const port = /cordon ready \S*?127\.0\.0\.1:(\d+)/.exec(output)?.[1];
      if (port === undefined) return;
      clearTimeout(timer);
      resolve(Number(port));
    });
    child.once('exit', (code) => {
      clearTimeout(timer);
      reject(new Error(`cordon ended with code ${code}: ${output}${log()}`));
    });
  });
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), 5000);
  await exit;
  clearTimeout(timer);
}
