import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pathOf } from '../docs/markdown.ts';

const MAIN = pathOf('dist/cli/main.js');
const run = promisify(execFile);

/** A demo as a user starts it, in a process of its own. */
class Demo {
  readonly #process: ChildProcess;
  readonly lines: string[] = [];
  address = '';

  constructor(state: string, ...more: readonly string[]) {
    expect(existsSync(MAIN), 'run `npm run build` first').toBe(true);
    const argv = [MAIN, 'demo', '--listen', '127.0.0.1:0', ...more];
    const env = { ...process.env, CORDON_STATE: state };
    this.#process = spawn(process.execPath, argv, { env, stdio: ['ignore', 'pipe', 'inherit'] });
  }

  async ready(): Promise<void> {
    if (this.#process.stdout === null) throw new Error('no output');
    for await (const line of createInterface({ input: this.#process.stdout })) {
      this.lines.push(line);
      if (line === 'Ctrl-C ends it.') break;
    }
    this.address = /127\.0\.0\.1:\d+/.exec(this.lines[0] ?? '')?.[0] ?? '';
  }

  end(signal: NodeJS.Signals): Promise<number | null> {
    const ended = new Promise<number | null>((resolve) => this.#process.once('exit', resolve));
    this.#process.kill(signal);
    return ended;
  }
}

describe('cordon demo', { timeout: 120_000 }, () => {
  const state = mkdtempSync(join(tmpdir(), 'cordon-demo-'));
  const data = join(state, 'shop');
  let demo: Demo;

  beforeAll(async () => {
    demo = new Demo(state, '--data', data);
    await demo.ready();
  });
  afterAll(() => demo.end('SIGTERM'));

  const env = () => ({
    ...process.env,
    CORDON_STATE: state,
    CORDON_URL: `postgres://app@${demo.address}/shop`,
  });
  const cordon = async (...argv: readonly string[]) =>
    (await run(process.execPath, [MAIN, ...argv], { env: env() })).stdout;

  async function ask(text: string): Promise<readonly Record<string, unknown>[]> {
    const client = new pg.Client(`postgres://app@${demo.address}/shop`);
    await client.connect();
    try {
      return (await client.query(text)).rows;
    } finally {
      await client.end();
    }
  }

  it('prints one line when it is ready, and three things to try', () => {
    expect(demo.lines[0]).toMatch(/^cordon ready postgres:\/\/app@127\.0\.0\.1:\d+\/shop$/);
    expect(demo.lines.filter((line) => /^\d\. /.test(line))).toHaveLength(3);
  });

  it('what it tells to try works as it stands', async () => {
    const commands = demo.lines.filter((line) => line.startsWith('   npx cordon'));
    expect(commands).toHaveLength(2);
    for (const command of commands) {
      const script = command.replace('npx cordon', `"${process.execPath}" "${MAIN}"`);
      const { stdout } = await run('sh', ['-c', script], { env: env() });
      expect(stdout).toMatch(/\(\d+ rows?\)\n$/);
    }
  });

  it('accepts the token that `cordon token alice` prints, in a comment, a setting, the password or a startup option', async () => {
    const token = (await cordon('token', 'alice')).trim();
    const own = [{ email: 'alice@shop.test' }];
    const text = 'SELECT email FROM users WHERE email IS NOT NULL';
    expect(await ask(`/*cordon:${token}*/ ${text}`)).toEqual(own);
    const [host = '', port] = demo.address.split(':');
    const client = new pg.Client({
      host,
      port: Number(port),
      database: 'shop',
      user: 'token',
      password: token,
    });
    await client.connect();
    expect((await client.query(text)).rows).toEqual(own);
    await client.end();
    const setting = new pg.Client(`postgres://app@${demo.address}/shop`);
    await setting.connect();
    await setting.query('BEGIN');
    await setting.query(`SET LOCAL cordon.token = '${token}'`);
    expect((await setting.query(text)).rows).toEqual(own);
    await setting.query('COMMIT');
    await expect(setting.query('SELECT id FROM orders')).rejects.toMatchObject({ code: '42501' });
    await setting.end();
    const url = `postgres://app@${demo.address}/shop?options=${encodeURIComponent(`-c cordon.token=${token}`)}`;
    const starting = new pg.Client(url);
    await starting.connect();
    expect((await starting.query(text)).rows).toEqual(own);
    await starting.end();
  });

  it('a token of another machine is refused', async () => {
    const elsewhere = { ...env(), CORDON_STATE: mkdtempSync(join(tmpdir(), 'cordon-demo-')) };
    const { stdout } = await run(process.execPath, [MAIN, 'token', 'alice'], { env: elsewhere });
    await expect(ask(`/*cordon:${stdout.trim()}*/ SELECT 1`)).rejects.toMatchObject({ code: '28000' });
  });

  it('`cordon query` tells an error of the gateway by SQLSTATE, sentence and advice', async () => {
    const failed = await cordon('query', 'SELECT id FROM orders').catch((error: unknown) => error);
    expect(failed).toMatchObject({ code: 1, stdout: '' });
    expect((failed as { stderr: string }).stderr).toMatch(
      /^SQLSTATE 42501\nrelation `orders` .*\n.*\(CORDON_RELATION_NOT_COVERED\)\n$/,
    );
  });

  it('keeps its signing secret to this user, and its shop in the folder that --data names', async () => {
    expect(readdirSync(state)).toContain('token-secret');
    const token = (await cordon('token', 'alice')).trim();
    await ask(`/*cordon:${token}*/ UPDATE users SET name = 'Alice the Second'`);
    expect(await demo.end('SIGINT')).toBe(0);
    demo = new Demo(state, '--data', data);
    await demo.ready();
    expect(await ask(`/*cordon:${token}*/ SELECT name FROM users WHERE email IS NOT NULL`)).toEqual([
      { name: 'Alice the Second' },
    ]);
  });
});
