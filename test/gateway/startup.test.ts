import { connect } from 'node:net';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeVerifier } from '../../src/pgwire/index.ts';
import { createAuthority, type PgliteDatabase, startPglite } from '../databases/index.ts';
import { loadShop, tokens } from './support/shop.ts';
import { type RunningGateway, startGateway } from './support/start-gateway.ts';
import { WireClient, words } from './support/wire-client.ts';

const SSL_REQUEST = Buffer.from('0000000804d2162f', 'hex');
const GSS_REQUEST = Buffer.from('0000000804d21630', 'hex');

describe('the start of a connection', () => {
  const authority = createAuthority();
  const certificate = authority.issue('localhost', '127.0.0.1');
  const verifier = makeVerifier('right', Buffer.alloc(16, 7));
  let database: PgliteDatabase;
  let running: RunningGateway;
  beforeAll(async () => {
    database = await startPglite();
    await loadShop(database);
    running = await startGateway(database, {
      database: 'shop',
      tls: { cert: certificate.certificate, key: certificate.key },
      authentication: {
        users: new Map([
          ['app', { kind: 'trust' }],
          ['scram', { kind: 'scram', verifier }],
          ['plain', { kind: 'password', verifier, tokens: true }],
        ]),
        others: undefined,
        services: new Map([['migrations', makeVerifier('service', Buffer.alloc(16, 8))]]),
      },
    });
  });
  afterAll(async () => {
    await running?.stop();
    await database?.stop();
  });

  const ssl = { ca: authority.certificate, servername: 'localhost' };
  const logIn = async (user: string, password: string, more: pg.ClientConfig = {}): Promise<string> => {
    const client = new pg.Client({
      host: '127.0.0.1',
      port: running.port,
      database: 'shop',
      user,
      password,
      ...more,
    });
    client.on('error', () => undefined);
    try {
      await client.connect();
      const { rows } = await client.query<{ n: string }>('SELECT count(*) AS n FROM goods');
      return rows[0]?.n ?? '';
    } catch (error) {
      return (error as { code?: string }).code ?? String(error);
    } finally {
      await client.end().catch(() => undefined);
    }
  };

  it('lets clients in over TLS with a certificate they can verify', async () => {
    expect(await logIn('app', '', { ssl })).toBe('3');
  });

  it('asks for SCRAM and takes the right password alone', async () => {
    expect(await logIn('scram', 'right')).toBe('3');
    expect(await logIn('scram', 'wrong')).toBe('28P01');
  });

  it('takes a password or a token in clear over TLS', async () => {
    expect(await logIn('plain', 'right', { ssl })).toBe('3');
    expect(await logIn('plain', 'wrong', { ssl })).toBe('28P01');
    expect(await logIn('plain', tokens.alice, { ssl })).toBe('3');
    expect(await logIn('plain', 'aa.bb.cc', { ssl })).toBe('28000');
  });

  it('treats a user who does not exist like a wrong password', async () => {
    expect(await logIn('mallory', 'right')).toBe('28P01');
  });

  it('lets a service role in by its own credential alone', async () => {
    expect(await logIn('migrations', 'right')).toBe('28P01');
    expect(await logIn('migrations', 'service')).toBe('42501');
  });

  it('serves one database', async () => {
    expect(await logIn('app', '', { database: 'other' })).toBe('3D000');
  });

  it('tells the settings of a fixed list, with its own values (A162)', async () => {
    const client = WireClient.open(running.port).startUp({ parameters: { application_name: 'my app' } });
    const seen = words(await client.untilReady());
    client.close();
    expect(seen.map((word) => word.replace(/server_version=.*/, 'server_version=…'))).toEqual([
      'AuthenticationOk',
      'server_version=…',
      'server_encoding=UTF8',
      'client_encoding=UTF8',
      'DateStyle=ISO, MDY',
      'IntervalStyle=postgres',
      expect.stringMatching(/^TimeZone=/),
      'integer_datetimes=on',
      'standard_conforming_strings=on',
      'application_name=my app',
      'is_superuser=off',
      'session_authorization=app',
      'BackendKeyData',
      'ready I',
    ]);
  });

  it.each([
    { options: '-c app.user_id=x -c row_security=off' },
    { row_security: 'off' },
    { 'app.user_id': 'x' },
    { search_path: 'private' },
    { client_encoding: 'LATIN1' },
    { 'crdb:session_revival_token_base64': 'x' },
    { replication: 'database' },
    { options: '--search-path=private' },
    { session_preload_libraries: 'x' },
  ])('refuses what is not on the list of startup parameters: %o (A103, A154)', async (parameters) => {
    const client = WireClient.open(running.port).startUp({
      parameters: parameters as Record<string, string>,
    });
    expect(await client.untilClosed()).toEqual(['FATAL 42501']);
  });

  it('takes settings that change how values are written', async () => {
    const client = await WireClient.login(running.port, {
      parameters: {
        TimeZone: 'Asia/Tokyo',
        options: '-c datestyle=German --extra-float-digits=1',
        search_path: 'public',
      },
    });
    expect(await client.query('SHOW timezone')).toContain('row Asia/Tokyo');
    expect(await client.query("SELECT '2024-05-06'::date")).toContain('row 06.05.2024');
    client.close();
  });

  it('closes a connection that sends anything behind SSLRequest in clear (A159)', async () => {
    const client = WireClient.open(running.port).raw(Buffer.concat([SSL_REQUEST, Buffer.from('more')]));
    expect(await client.untilClosed()).toEqual([]);
  });

  it('answers N to GSSENCRequest, and takes a startup message then', async () => {
    const socket = connect(running.port, '127.0.0.1');
    socket.write(GSS_REQUEST);
    const [answer] = (await new Promise((resolve) => socket.once('data', (data) => resolve([data])))) as [
      Buffer,
    ];
    expect(answer.toString()).toBe('N');
    const client = new WireClient(socket);
    expect(words(await client.startUp().untilReady()).at(-1)).toBe('ready I');
    client.close();
  });

  it('answers newer protocol versions with the one it speaks', async () => {
    const client = WireClient.open(running.port).startUp({ minor: 99 });
    const seen = await client.untilReady();
    expect(seen[0]).toMatchObject({ kind: 'NegotiateProtocolVersion', minor: 2 });
    expect(seen.find(({ kind }) => kind === 'BackendKeyData')).toMatchObject({ secretKey: { length: 32 } });
    client.close();
  });
});
