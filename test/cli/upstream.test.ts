import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Terminal } from '../../src/cli/terminal.ts';
import { connectControl, readUpstream, type UpstreamOptions } from '../../src/cli/upstream.ts';
import { CordonError } from '../../src/errors/index.ts';
import { scratchFile } from './run.ts';

async function read(options: UpstreamOptions, environment: Readonly<Record<string, string>> = {}) {
  const warnings: string[] = [];
  const terminal: Terminal = {
    print: () => undefined,
    complain: (line) => void warnings.push(line),
    lines: async function* lines() {},
    now: () => 0,
    environment,
    stateDirectory: '',
    ended: () => Promise.resolve(),
  };
  return { upstream: await readUpstream(options, terminal), warnings };
}

describe('the upstream of the command line', () => {
  it('is encrypted and its name verified unless something else is asked for', async () => {
    const { upstream, warnings } = await read({ upstream: 'postgres://app@db.example/shop' });
    expect(upstream).toMatchObject({
      host: 'db.example',
      port: 5432,
      database: 'shop',
      user: 'app',
      password: undefined,
    });
    expect(upstream.tls.mode).toBe('verify-full');
    expect(warnings).toEqual([]);
  });

  it.each(['disable', 'require', 'verify-ca'])(
    'with TLS mode %s it warns, at the option as in the URL',
    async (mode) => {
      const byOption = await read({ upstream: 'postgres://db.example/shop', upstreamTls: mode });
      const byUrl = await read({ upstream: `postgres://db.example/shop?sslmode=${mode}` });
      expect([byOption.upstream.tls.mode, byUrl.upstream.tls.mode]).toEqual([mode, mode]);
      expect(byOption.warnings[0]).toMatch(
        /^warning POSTURE_TLS_WEAK: the (connection to|name of) the database/,
      );
      expect(byUrl.warnings).toEqual(byOption.warnings);
    },
  );

  it.each(['prefer', 'allow', 'verify', ''])(
    'refuses TLS mode "%s", which would be weak without saying so',
    async (mode) => {
      await expect(read({ upstream: 'postgres://db.example/shop', upstreamTls: mode })).rejects.toThrow(
        /TLS to the database is one of/,
      );
    },
  );

  it('warns of a password in the URL, which other processes can see', async () => {
    const { upstream, warnings } = await read({ upstream: 'postgres://app:hunter2@db.example/shop' });
    expect(upstream.password).toBe('hunter2');
    expect(warnings.join('\n')).toContain('CORDON_UPSTREAM_PASSWORD');
    expect(warnings.join('\n')).not.toContain('hunter2');
  });

  it('takes the password from the environment first', async () => {
    const environment = { CORDON_UPSTREAM_PASSWORD: 'from the environment' };
    const { upstream } = await read({ upstream: 'postgres://app@db.example/shop' }, environment);
    expect(upstream.password).toBe('from the environment');
  });

  it('takes the variables of libpq where nothing else is given, and never a weaker TLS mode from them', async () => {
    const ca = scratchFile('pg-ca.pem');
    writeFileSync(ca, 'the authority of PGSSLROOTCERT');
    const environment = { PGPASSWORD: 'of libpq', PGSSLROOTCERT: ca, PGSSLMODE: 'disable' };
    const { upstream, warnings } = await read({ upstream: 'postgres://app@db.example/shop' }, environment);
    expect(upstream.password).toBe('of libpq');
    expect(upstream.tls).toMatchObject({ mode: 'verify-full', ca: 'the authority of PGSSLROOTCERT' });
    expect(warnings).toEqual([]);
    const url = await read({ upstream: 'postgres://app:first@db.example/shop' }, environment);
    expect(url.upstream.password).toBe('first');
  });

  it('reads a password file anew for each connection, since tokens are renewed', async () => {
    const file = scratchFile('password');
    writeFileSync(file, 'first\n');
    const { upstream } = await read(
      { upstream: 'postgres://app@db.example/shop' },
      { CORDON_UPSTREAM_PASSWORD_FILE: file },
    );
    const password = upstream.password as () => Promise<string>;
    expect(await password()).toBe('first');
    writeFileSync(file, 'second');
    expect(await password()).toBe('second');
  });

  it('takes the authorities of libpq’s own file, unless the URL says that the system’s count', async () => {
    const home = dirname(scratchFile('home/.postgresql/root.crt'));
    mkdirSync(home, { recursive: true });
    writeFileSync(join(home, 'root.crt'), 'from the home folder');
    const environment = { HOME: dirname(home) };
    const own = await read({ upstream: 'postgres://db.example/shop' }, environment);
    const system = await read({ upstream: 'postgres://db.example/shop?sslrootcert=system' }, environment);
    expect([own.upstream.tls.ca, system.upstream.tls.ca]).toEqual(['from the home folder', undefined]);
  });

  it('passes on the virtual cluster of a connection string of CockroachDB, and that a password is a token', async () => {
    const cluster = 'postgres://db.example/shop?options=--cluster%3Dgrumpy-shop-123';
    const { upstream } = await read({ upstream: cluster, upstreamJwt: true });
    expect(upstream.options).toBe('--cluster=grumpy-shop-123 --crdb:jwt_auth_enabled=true');
    expect((await read({ upstream: 'postgres://db.example/' })).upstream).not.toHaveProperty('options');
  });

  it.each([
    '-c search_path=x',
    '--cluster=a --crdb:session_revival_token_base64=dA',
    '--crdb:session_revival_token_base64=dA',
    '-ccluster=a%20-cdatabase=b',
  ])('refuses the options "%s" in the URL', async (options) => {
    const upstream = `postgres://db.example/shop?options=${encodeURIComponent(options)}`;
    await expect(read({ upstream })).rejects.toThrow(/does not pass on: options/);
  });

  it('warns of a password that is shown to a server which is not verified', async () => {
    const options = { upstreamPasswordInClear: true, upstreamTls: 'require' };
    const { upstream, warnings } = await read({ upstream: 'postgres://db.example/shop', ...options });
    expect(upstream.passwordInClear).toBe(true);
    expect(warnings.join('\n')).toContain(
      'warning POSTURE_PASSWORD_IN_CLEAR: the password is shown to whoever answers',
    );
  });

  it('takes a unix socket by its folder, without TLS and without a warning', async () => {
    const { upstream, warnings } = await read({ upstream: 'postgres:///shop?host=/var/run/postgresql' });
    expect(upstream).toMatchObject({ host: '/var/run/postgresql', database: 'shop' });
    expect(upstream.tls.mode).toBe('disable');
    expect(warnings).toEqual([]);
  });

  it.each([
    ['a text that is no URL', 'hunter2'],
    ['another kind of database', 'mysql://hunter2@db.example/shop'],
    ['a startup option that is passed on by nobody', 'postgres://db.example/shop?options=-c%20hunter2'],
  ])('refuses %s and does not repeat it', async (_, upstream) => {
    const refused = await read({ upstream }).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(CordonError);
    expect(String(refused)).not.toContain('hunter2');
  });

  it('reads certificates from files, by option or as libpq writes them in the URL', async () => {
    const ca = scratchFile('ca.pem');
    writeFileSync(ca, 'a certificate');
    const { upstream } = await read({ upstream: `postgres://db.example/shop?sslrootcert=${ca}` });
    expect(upstream.tls.ca).toBe('a certificate');
    await expect(read({ upstream: 'postgres://db.example/', upstreamCa: '/nowhere' })).rejects.toMatchObject({
      code: 'CORDON_FILE_UNREADABLE',
    });
  });
});

describe('a connection that is not made', () => {
  const server = createServer((socket) => socket.once('data', () => socket.end('N')));
  const listening = new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port));
  });
  afterAll(() => void server.close());

  it('tells that the server has no TLS, instead of going on without', async () => {
    const { upstream } = await read({ upstream: `postgres://app@127.0.0.1:${await listening}/shop` });
    await expect(connectControl(upstream)).rejects.toThrow(/offers no TLS/);
  });

  it('tells the code of the operating system', async () => {
    const { upstream } = await read({ upstream: 'postgres://app@127.0.0.1:1/shop' });
    await expect(connectControl(upstream)).rejects.toThrow(/cannot be reached: ECONNREFUSED/);
  });
});
