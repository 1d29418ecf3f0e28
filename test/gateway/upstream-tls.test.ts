import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ServerOptions, ServerUpstream, tlsWeakness } from '../../src/gateway/index.ts';
import {
  createAuthority,
  describeWith,
  type PostgresDatabase,
  postgresRequirement,
  startPostgres,
} from '../databases/index.ts';
import { serverOf } from './support/start-gateway.ts';

const PASSWORD = 'it’s a secret';

describeWith([postgresRequirement()], 'the way to a server with TLS and SCRAM', () => {
  let database: PostgresDatabase;
  let verified: ServerOptions;
  beforeAll(async () => {
    database = await startPostgres({ tls: true, password: PASSWORD });
    const tls = { mode: 'verify-full', ca: database.ca, cert: undefined, key: undefined } as const;
    verified = { ...serverOf(database), host: 'localhost', tls };
  });
  afterAll(() => database?.stop());

  const reach = async (options: ServerOptions): Promise<string> => {
    try {
      return (await new ServerUpstream(options, 10_000).parameters()).get('server_encoding') ?? '';
    } catch (error) {
      return (error as { code?: string }).code ?? String(error);
    }
  };

  it('is taken with the authority, the name and the password', async () => {
    expect(await reach(verified)).toBe('UTF8');
    expect(await reach({ ...verified, host: '127.0.0.1' })).toBe('UTF8');
  });

  it('is not taken without the authority, with another one, or with another name', async () => {
    const other = createAuthority('somebody else');
    expect(await reach({ ...verified, tls: { ...verified.tls, ca: undefined } })).toBe(
      'CORDON_UPSTREAM_UNUSABLE',
    );
    expect(await reach({ ...verified, tls: { ...verified.tls, ca: other.certificate } })).toBe(
      'CORDON_UPSTREAM_UNUSABLE',
    );
    const named = authorityNames();
    if (named !== undefined)
      expect(await reach({ ...verified, host: named })).toBe('CORDON_UPSTREAM_UNUSABLE');
  });

  it('is taken with less only where the mode says so', async () => {
    expect(await reach({ ...verified, tls: { ...verified.tls, mode: 'verify-ca' } })).toBe('UTF8');
    expect(await reach({ ...verified, tls: { ...verified.tls, mode: 'require', ca: undefined } })).toBe(
      'UTF8',
    );
    // The server takes no connection without TLS.
    expect(await reach({ ...verified, tls: { ...verified.tls, mode: 'disable' } })).toBe(
      'CORDON_UPSTREAM_REFUSED',
    );
  });

  it('is told apart from the verified one in a warning', () => {
    const weakness = (mode: ServerOptions['tls']['mode'], host = 'db.example') =>
      tlsWeakness({ ...verified, host, tls: { ...verified.tls, mode } });
    expect(weakness('verify-full')).toBeUndefined();
    expect(weakness('disable', '/var/run/postgresql')).toBeUndefined();
    for (const mode of ['verify-ca', 'require', 'disable'] as const)
      expect(weakness(mode)).toMatch(/not|anyone/);
  });

  it('needs the right password', async () => {
    expect(await reach({ ...verified, password: 'wrong' })).toBe('CORDON_UPSTREAM_REFUSED');
    expect(await reach({ ...verified, password: undefined })).toBe('CORDON_UPSTREAM_UNUSABLE');
  });

  it('needs no password with a client certificate that the server asks for', async () => {
    const own = database.authority?.issue('postgres');
    const tls = { ...verified.tls, cert: own?.certificate, key: own?.key };
    expect(await reach({ ...verified, tls })).toBe('UTF8');
  });

  it('is not needed on the server’s own unix socket', async () => {
    const tls = { ...verified.tls, mode: 'verify-full' } as const;
    expect(await reach({ ...verified, host: database.socketFolder, tls })).toBe('UTF8');
  });

  // The test server's certificate is for localhost and 127.0.0.1; this name means the same address on most machines.
  function authorityNames(): string | undefined {
    return process.platform === 'linux' ? 'ip6-localhost' : undefined;
  }
});
