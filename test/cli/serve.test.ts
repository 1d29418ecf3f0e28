import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  createAuthority,
  demoFile,
  describeWith,
  loadShop,
  type PostgresDatabase,
  postgresRequirement,
  signToken,
  startPostgres,
  TOKEN_SECRET,
} from '../databases/index.ts';
import { cordon, type Ran, scratchFile } from './run.ts';

const ALICE = { sub: 'a11ce000-0000-4000-8000-000000000001', tenant: 1, region: 'eu-west-1', role: 'member' };
const PASSWORD = 'the password of the database';

/** A gateway that runs until the test ends it. */
interface Served {
  readonly address: string;
  end(): Promise<Ran>;
}

describeWith([postgresRequirement()], 'cordon serve', () => {
  let server: PostgresDatabase;

  beforeAll(async () => {
    server = await startPostgres({ tls: true, password: PASSWORD });
    await loadShop(server);
  });
  afterAll(() => server.stop());

  const upstream = () => `postgres://postgres@localhost:${server.port}/shop`;
  const given = (...more: readonly string[]) => [
    ...['serve', '--policy', demoFile('cordon.yaml'), '--upstream', upstream()],
    ...['--listen', '127.0.0.1:0', '--log-level', 'error', '--upstream-ca', server.caFile ?? '', ...more],
  ];
  const environment = {
    CORDON_TOKEN_SECRET: TOKEN_SECRET,
    CORDON_UPSTREAM_PASSWORD: PASSWORD,
    CORDON_BACKOFFICE_PASSWORD: 'the password of the back office',
  };

  async function serve(
    argv: readonly string[],
    more: Readonly<Record<string, string>> = {},
  ): Promise<Served> {
    let end = () => {};
    const ended = new Promise<void>((resolve) => {
      end = resolve;
    });
    return new Promise((resolve, reject) => {
      const onPrint = (line: string) => {
        const address = /^cordon ready postgres:\/\/([^/]+)\/shop$/.exec(line)?.[1];
        if (address !== undefined) resolve({ address, end: () => endOf(running) });
      };
      const endOf = (ran: Promise<Ran>): Promise<Ran> => {
        end();
        return ran;
      };
      const running = cordon(argv, { environment: { ...environment, ...more }, ended, onPrint });
      running.then((ran) => reject(new Error(`ended with ${ran.code}: ${ran.err}`)), reject);
    });
  }

  async function ask(config: pg.ClientConfig | string, text: string): Promise<readonly unknown[]> {
    const client = new pg.Client(config);
    await client.connect();
    try {
      return (await client.query({ text, rowMode: 'array' })).rows.flat();
    } finally {
      await client.end();
    }
  }

  it('reads what clients of CockroachDB write with --dialect, and what Postgres writes without', async () => {
    const hinted = `/*cordon:${signToken(ALICE)}*/ SELECT email:::STRING FROM users@users_email_key WHERE email IS NOT NULL`;
    const served = await serve(given('--dialect', 'cockroachdb'));
    expect(await ask(`postgres://app@${served.address}/shop`, hinted)).toEqual(['alice@shop.test']);
    await served.end();
    const plain = await serve(given());
    await expect(ask(`postgres://app@${plain.address}/shop`, hinted)).rejects.toMatchObject({
      code: '42601',
    });
    await plain.end();
    expect(await cordon(given('--dialect', 'oracle'))).toMatchObject({ code: 2 });
  });

  it('serves a database with verified TLS and SCRAM, shows each caller their rows, and ends with 0', async () => {
    const served = await serve(given());
    const url = `postgres://app@${served.address}/shop`;
    const emails = 'SELECT email FROM users WHERE email IS NOT NULL';
    expect(await ask(url, `/*cordon:${signToken(ALICE)}*/ ${emails}`)).toEqual(['alice@shop.test']);
    await expect(ask(url, emails)).rejects.toMatchObject({ code: '42501' });
    expect(await served.end()).toMatchObject({
      code: 0,
      err: expect.stringContaining('service migrator cannot log in'),
    });
  });

  it('the user `token` gives a token as the password, and the connection is that person', async () => {
    const served = await serve(given());
    const [host = '', port] = served.address.split(':');
    const config = { host, port: Number(port), database: 'shop', user: 'token', password: signToken(ALICE) };
    expect(await ask(config, 'SELECT count(*)::int FROM orders')).toEqual([20]);
    await expect(ask({ ...config, password: 'hunter2' }, 'SELECT 1')).rejects.toMatchObject({
      code: '28P01',
    });
    await served.end();
  });

  it('a service logs in with its own password and no other way', async () => {
    const served = await serve(given());
    const [host = '', port] = served.address.split(':');
    const config = { host, port: Number(port), database: 'shop', user: 'backoffice' };
    const password = environment.CORDON_BACKOFFICE_PASSWORD;
    await expect(ask({ ...config, password }, 'SELECT 1')).resolves.toEqual([1]);
    for (const wrong of ['hunter2', signToken({ ...ALICE, role: 'backoffice' })]) {
      await expect(ask({ ...config, password: wrong }, 'SELECT 1')).rejects.toMatchObject({ code: '28P01' });
    }
    const unset = { ...config, user: 'migrator', password: '' };
    await expect(ask(unset, 'SELECT 1')).rejects.toThrow();
    await served.end();
  });

  it('clients give the password of CORDON_CLIENT_PASSWORD where it is set', async () => {
    const served = await serve(given(), { CORDON_CLIENT_PASSWORD: 'the password of the app' });
    const [host = '', port] = served.address.split(':');
    const config = { host, port: Number(port), database: 'shop', user: 'app' };
    expect(await ask({ ...config, password: 'the password of the app' }, 'SELECT 1')).toEqual([1]);
    await expect(ask({ ...config, password: 'hunter2' }, 'SELECT 1')).rejects.toMatchObject({
      code: '28P01',
    });
    await served.end();
  });

  it('shows its own certificate to clients', async () => {
    const authority = createAuthority();
    const own = authority.issue('localhost', '127.0.0.1');
    const [cert, key] = [scratchFile('cert.pem'), scratchFile('key.pem')];
    writeFileSync(cert, own.certificate);
    writeFileSync(key, own.key);
    const served = await serve(given('--tls-cert', cert, '--tls-key', key));
    const [, port] = served.address.split(':');
    const config = { host: 'localhost', port: Number(port), database: 'shop', user: 'app' };
    expect(await ask({ ...config, ssl: { ca: authority.certificate } }, 'SELECT 1')).toEqual([1]);
    await served.end();
  });

  it('answers /healthz and /metrics on a port of the loopback address', async () => {
    const port = await freePort();
    const served = await serve(given('--metrics', String(port)));
    expect(await (await fetch(`http://127.0.0.1:${port}/healthz`)).text()).toBe('ok\n');
    await ask(`postgres://app@${served.address}/shop`, 'SELECT 1');
    expect(await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()).toContain(
      'cordon_connections_total',
    );
    await served.end();
  });

  it('reads the catalog again when the database has changed: a new column is hidden until a rule shows it', async () => {
    const served = await serve(given());
    const url = `postgres://app@${served.address}/shop`;
    await server.run('ALTER TABLE users ADD COLUMN pin int DEFAULT 4711');
    const text = `/*cordon:${signToken(ALICE)}*/ SELECT pin FROM users WHERE email IS NOT NULL`;
    await expect.poll(() => ask(url, text).catch(() => 'unknown'), { timeout: 20_000 }).toEqual([null]);
    await server.run('ALTER TABLE users DROP COLUMN pin');
    await served.end();
  });

  it('warns at its start of what is weak about the database, and starts', async () => {
    const served = await serve(given());
    const { code, err } = await served.end();
    expect(code).toBe(0);
    expect(err).toMatch(
      /^warning POSTURE_ROLE_SUPERUSER: role `postgres` is, or may become, a superuser \(role postgres\)\n/,
    );
    expect(err).toMatch(
      /\nwarning POSTURE_KEY_SPANS_OWNERS: .* \(public\.users \(email\), public\.users \(reset_token\)\)\n/,
    );
  });

  it('check tells the same, and the way to the database beside it', async () => {
    const way = `${upstream().replace('postgres@', 'postgres:hunter2@')}?sslmode=require`;
    const argv = ['check', '--policy', demoFile('cordon.yaml'), '--upstream', way];
    const ran = await cordon([...argv, '--strict', '--json'], { environment });
    expect(ran).toMatchObject({ code: 1, err: '' });
    const { findings } = JSON.parse(ran.out) as { findings: readonly { code: string; where: string }[] };
    expect(findings.map(({ code, where }) => `${code} ${where}`)).toEqual([
      'POSTURE_TLS_WEAK --upstream',
      'POSTURE_ROLE_SUPERUSER role postgres',
      'POSTURE_PASSWORD_IN_URL --upstream',
      'POSTURE_KEY_SPANS_OWNERS public.users (email)',
      'POSTURE_KEY_SPANS_OWNERS public.users (reset_token)',
    ]);
    const table = await cordon(argv, { environment });
    expect(table.code).toBe(0);
    expect(table.out).toContain(' high     | POSTURE_TLS_WEAK         | --upstream\n');
    expect(table.out).not.toContain('hunter2');
  });

  it('does not start with a policy that does not fit the database', async () => {
    const policy = scratchFile('cordon.yaml');
    writeFileSync(
      policy,
      'version: 1\nrelations:\n  ordres: { rules: [{ for: anonymous, rows: all, read: all }] }\n',
    );
    const ran = await cordon(['serve', '--policy', policy, ...given().slice(3)], { environment });
    expect(ran.code).toBe(1);
    expect(ran.err).toMatch(/cordon\.yaml:3:\d+: relation `ordres` does not exist.*`orders`/);
  });

  it.each([
    ['a wrong password', { CORDON_UPSTREAM_PASSWORD: 'hunter2' }, [], 3, 'CORDON_UPSTREAM_REFUSED\n.*28P01'],
    [
      'no secret for tokens',
      { CORDON_TOKEN_SECRET: undefined },
      [],
      2,
      'CORDON_KEY_INVALID\n.*CORDON_TOKEN_SECRET',
    ],
    ['half a certificate', {}, ['--tls-cert', 'x'], 2, 'CORDON_USAGE\n'],
    ['an unknown log level', {}, ['--log-level', 'loud'], 2, 'CORDON_USAGE\n'],
    ['an unknown way to log in', {}, ['--client-auth', 'none'], 2, 'CORDON_USAGE\n'],
    ['an address without a port', {}, ['--listen', '127.0.0.1'], 2, 'CORDON_USAGE\n'],
  ])('ends with three lines on %s', async (_, changed, more, code, told) => {
    const set = Object.fromEntries(
      Object.entries({ ...environment, ...changed }).filter(([, value]) => value !== undefined),
    );
    const ran = await cordon(given(...more), { environment: set as Record<string, string> });
    expect(ran.code).toBe(code);
    expect(ran.err).toMatch(new RegExp(told));
    expect(ran.err).not.toContain('hunter2');
  });

  it('does not start with a policy that leaves it to an application to say who asks', async () => {
    const policy = scratchFile('cordon.yaml');
    writeFileSync(policy, 'version: 1\nidentity: { vouched: true }\n');
    const ran = await cordon(['serve', '--policy', policy, ...given().slice(3)], { environment });
    expect(ran.code).not.toBe(0);
    expect(ran.err).toContain('CORDON_POLICY_VOUCHED');
  });

  it('does not go on to a database whose certificate nobody vouches for', async () => {
    const ran = await cordon(given().slice(0, -2), { environment });
    expect(ran.code).toBe(3);
    expect(ran.err).toMatch(
      /^CORDON_UPSTREAM_UNREACHABLE\nthe database cannot be reached: [A-Z_]*(CERT|SIGNATURE)[A-Z_]*\n/,
    );
  });

  it('tells that its address is taken', async () => {
    const other = createServer();
    const port = await new Promise<number>((resolve) => {
      other.listen(0, '127.0.0.1', () => resolve((other.address() as { port: number }).port));
    });
    const ran = await cordon([...given(), '--listen', `127.0.0.1:${port}`], { environment });
    other.close();
    expect(ran.code).toBe(3);
    expect(ran.err).toMatch(/CORDON_LISTEN_FAILED\n.*EADDRINUSE/);
  });
});

function freePort(): Promise<number> {
  const server = createServer();
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
