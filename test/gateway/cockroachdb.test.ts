/**
 * The wire of CockroachDB, from its documentation and sources, not run: what the gateway sends upstream and what of the
 * answers reaches clients. Rows, rules and rewriting are tested on real databases elsewhere.
 */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type ServerOptions, ServerUpstream, type Upstream } from '../../src/gateway/index.ts';
import { encodeStartup } from '../../src/pgwire/index.ts';
import { createAuthority, type PgliteDatabase, startPglite } from '../databases/index.ts';
import {
  CRDB_VERSION,
  crdbError,
  type Peer,
  type PeerAnswer,
  type PeerOptions,
  startPeer,
} from './support/cockroachdb-peer.ts';
import { as, loadShop } from './support/shop.ts';
import { type RunningGateway, startGateway } from './support/start-gateway.ts';
import { parse, WireClient, words } from './support/wire-client.ts';

const authority = createAuthority();
const SERVER = authority.issue('localhost', '127.0.0.1');
const PLAIN = { mode: 'disable', ca: undefined, cert: undefined, key: undefined } as const;
const VERIFIED = { mode: 'verify-full', ca: authority.certificate, cert: undefined, key: undefined } as const;

describe('a server that speaks as CockroachDB documents it', () => {
  let database: PgliteDatabase;
  let peer: Peer;
  let running: RunningGateway | undefined;
  beforeAll(async () => {
    database = await startPglite();
    await loadShop(database);
  });
  afterAll(() => database?.stop());
  afterEach(async () => {
    await running?.stop();
    running = undefined;
    await peer?.stop();
  });

  const serverOf = (changes: Partial<ServerOptions> = {}): ServerOptions => ({
    host: '127.0.0.1',
    port: peer.port,
    database: 'shop',
    user: 'cordon',
    password: undefined,
    searchPath: ['public'],
    tls: PLAIN,
    ...changes,
  });
  const start = async (
    options: PeerOptions = {},
    changes: Partial<ServerOptions> = {},
  ): Promise<RunningGateway> => {
    peer = await startPeer(options);
    running = await startGateway(database, { upstream: new ServerUpstream(serverOf(changes), 5_000) });
    return running;
  };
  /** Why a server is not logged in to; undefined: it is. */
  const refusal = async (
    options: PeerOptions,
    changes: Partial<ServerOptions>,
  ): Promise<string | undefined> => {
    peer = await startPeer(options);
    const upstream = new ServerUpstream(serverOf(changes), 5_000);
    return upstream.parameters().then(
      () => undefined,
      (error: Error) => error.message,
    );
  };

  describe('at login', () => {
    it.each([0, 2, 9999])('is asked for protocol 3.0 where the client asks for 3.%i', async (minor) => {
      const { port } = await start();
      const client = await WireClient.login(port, { minor, parameters: { TimeZone: 'UTC' } });
      const { startup } = peer.sessions.at(-1) ?? {};
      expect(startup).toMatchObject({ minor: 0, protocolOptions: new Map() });
      client.close();
    });

    it('is told the gateway’s own words and what is on the list, and nothing else of the client', async () => {
      const { port } = await start();
      const client = await WireClient.login(port, {
        parameters: { application_name: 'my app', options: '-c statement_timeout=5s' },
      });
      expect([...(peer.sessions.at(-1)?.startup.parameters ?? [])].sort()).toEqual([
        ['application_name', 'my app'],
        ['client_encoding', 'UTF8'],
        ['database', 'shop'],
        ['search_path', '"public"'],
        ['standard_conforming_strings', 'on'],
        ['statement_timeout', '5s'],
        ['user', 'cordon'],
      ]);
      client.close();
    });

    it.each([
      { 'crdb:session_revival_token_base64': 'dG9rZW4=' },
      { 'crdb:remote_addr': '10.0.0.1:1' },
      { 'crdb:jwt_auth_enabled': 'true' },
      { options: '--crdb:session_revival_token_base64=dG9rZW4=' },
      { options: '-c crdb:jwt_auth_enabled=true' },
      { options: '-ccluster=main' },
      { options: '--cluster=other' },
      { results_buffer_size: '1' },
      { allow_unsafe_internals: 'on' },
      { default_transaction_use_follower_reads: 'on' },
      { default_int_size: '4' },
      { 'app.tenant': '2' },
    ])('is not told %o, and the client is not let in', async (parameters) => {
      const { port } = await start();
      const logins = peer.sessions.length;
      const client = WireClient.open(port).startUp({ parameters: parameters as Record<string, string> });
      expect(await client.untilClosed()).toEqual(['FATAL 42501']);
      expect(peer.sessions).toHaveLength(logins);
    });

    it('has its reports passed on: crdb_version as it is, the role and its rights as the client’s own', async () => {
      const { port } = await start();
      const client = WireClient.open(port).startUp();
      const seen = words(await client.untilReady());
      expect(seen).toEqual(
        expect.arrayContaining([
          `crdb_version=${CRDB_VERSION}`,
          'server_version=13.0.0',
          'is_superuser=off',
          'session_authorization=app',
          'standard_conforming_strings=on',
        ]),
      );
      expect(seen.join()).not.toContain('upstream_role');
      client.close();
    });

    it('may negotiate a version nobody asked for', async () => {
      expect(await refusal({ login: { kind: 'negotiate' } }, {})).toBeUndefined();
    });

    it('may have too many clients, before it has authenticated anybody, which clients are told', async () => {
      const { port } = await start();
      await peer.stop();
      const full = await startPeer({ login: { kind: 'too-many' } });
      await running?.stop();
      running = undefined;
      peer = full;
      await expect(
        startGateway(database, { upstream: new ServerUpstream(serverOf(), 5_000) }),
      ).rejects.toMatchObject({ code: 'CORDON_UPSTREAM_REFUSED', sqlstate: '53300' });
      expect(port).toBeGreaterThan(0);
    });
  });

  describe('authenticates', () => {
    const password = { kind: 'password', password: 'hunter2' } as const;

    it('by a password in clear, which only a verified server is shown', async () => {
      const tls = { ...SERVER };
      expect(await refusal({ login: password, tls }, { password: 'hunter2', tls: VERIFIED })).toBeUndefined();
      expect(peer.sessions[0]).toMatchObject({ encrypted: true, passwords: ['hunter2'] });
      await peer.stop();
      for (const weak of [
        { ...VERIFIED, mode: 'verify-ca' } as const,
        { ...VERIFIED, mode: 'require' } as const,
        PLAIN,
      ]) {
        const asked = { login: password, tls };
        expect(await refusal(asked, { password: 'hunter2', tls: weak })).toMatch(/password in clear/);
        expect(peer.sessions[0]?.passwords).toEqual([]);
        await peer.stop();
      }
    });

    it('by a password in clear without verified TLS where the operator says so', async () => {
      const changes = { password: 'hunter2', passwordInClear: true };
      expect(await refusal({ login: password }, changes)).toBeUndefined();
      expect(peer.sessions[0]).toMatchObject({ encrypted: false, passwords: ['hunter2'] });
    });

    it('by SCRAM-SHA-256 without channel binding, which shows the password to nobody', async () => {
      const login = { kind: 'scram', password: 'hunter2' } as const;
      expect(await refusal({ login, tls: SERVER }, { password: 'hunter2', tls: VERIFIED })).toBeUndefined();
      expect(peer.sessions[0]?.passwords).toEqual([]);
    });

    it('by a client certificate', async () => {
      const own = authority.issue('cordon');
      const tls = { ...VERIFIED, cert: own.certificate, key: own.key };
      const asked = { tls: { ...SERVER, clientAuthority: authority.certificate } };
      expect(await refusal(asked, { tls })).toBeUndefined();
      expect(peer.sessions[0]?.clientCertificate).toBe('cordon');
      await peer.stop();
      expect(await refusal(asked, { tls: VERIFIED })).toBeDefined();
    });

    it('by a JWT in the place of the password, read anew for each connection', async () => {
      let minted = 0;
      const token = () => `eyJ.number-${minted}.x`;
      const options = '--crdb:jwt_auth_enabled=true';
      const read = async () => {
        minted += 1;
        return token();
      };
      peer = await startPeer({ login: { kind: 'password', password: 'eyJ.number-2.x' }, tls: SERVER });
      const upstream = new ServerUpstream(serverOf({ password: read, options, tls: VERIFIED }), 5_000);
      await expect(upstream.parameters()).rejects.toMatchObject({ code: 'CORDON_UPSTREAM_REFUSED' });
      expect((await upstream.parameters()).get('crdb_version')).toBe(CRDB_VERSION);
      expect(peer.sessions.map(({ passwords }) => passwords)).toEqual([
        ['eyJ.number-1.x'],
        ['eyJ.number-2.x'],
      ]);
      expect(peer.sessions[1]?.startup.parameters.get('options')).toBe(options);
    });

    it('by a password that cannot be read no longer, of which clients learn nothing more', async () => {
      peer = await startPeer({ login: { kind: 'password', password: 'x' } });
      let reads = 0;
      const password = async (): Promise<string> => {
        reads += 1;
        if (reads > 1) throw new Error('/run/secrets/database: EACCES');
        return 'x';
      };
      const upstream = new ServerUpstream(serverOf({ password, passwordInClear: true }), 5_000);
      running = await startGateway(database, { upstream });
      const client = await WireClient.login(running.port);
      client.send({ kind: 'Query', text: 'SELECT 1' });
      const error = await client.next();
      expect(error).toMatchObject({ kind: 'ErrorResponse', fields: { severity: 'FATAL', code: '08004' } });
      expect(JSON.stringify(error)).not.toMatch(/secrets|EACCES/);
      client.close();
    });

    it('under the host name that was configured, since Cloud routes by it', async () => {
      expect(await refusal({ tls: SERVER }, { host: 'localhost', tls: VERIFIED })).toBeUndefined();
      expect(peer.sessions[0]?.serverName).toBe('localhost');
    });
  });

  it('is sent its own cancel key of eight bytes, under TLS, and no client ever sees it', async () => {
    const { port } = await start({ tls: SERVER }, { tls: VERIFIED });
    const owner = WireClient.open(port).startUp();
    const greeting = await owner.untilReady();
    const key = greeting.find((message) => message.kind === 'BackendKeyData');
    if (key?.kind !== 'BackendKeyData') throw new Error('no cancel key');
    expect(key.secretKey.equals(peer.key.subarray(4))).toBe(false);
    // A request is passed on only while something is unanswered; the peer answers no Parse.
    owner.send(parse('SELECT 1'), { kind: 'Flush' });
    await expect.poll(() => peer.sessions.length).toBeGreaterThan(1);
    const other = WireClient.open(port);
    other.raw(encodeStartup({ kind: 'CancelRequest', processId: key.processId, secretKey: key.secretKey }));
    expect(await other.untilClosed()).toEqual([]);
    await expect.poll(() => peer.cancels.length).toBe(1);
    expect(peer.cancels[0]).toMatchObject({ key: peer.key, encrypted: true });
    owner.close();
  });

  it('is not used by a gateway that took the database for Postgres, at its start nor later', async () => {
    peer = await startPeer();
    const upstream = new ServerUpstream(serverOf(), 5_000);
    await expect(startGateway(database, { upstream, serverDialect: 'postgres' })).rejects.toThrow(
      /another kind of database/,
    );
    running = await startGateway(database, { upstream: moving(upstream), serverDialect: 'postgres' });
    const client = await WireClient.login(running.port);
    client.send({ kind: 'Query', text: 'SELECT 1' });
    expect(await client.untilClosed()).toEqual(['FATAL 08004']);
    expect(peer.sessions.at(-1)?.queries).toEqual([]);
  });

  describe('in a session', () => {
    it('has errors whose message comes last: the SQLSTATE passes, nothing that it quotes does', async () => {
      const broken = crdbError('23505', 'duplicate key value violates unique constraint "notes_body_key"', {
        detail: "Key (body)=('bob one') already exists.",
        constraint: 'notes_body_key',
      });
      const { port } = await start({ answer: () => ({ messages: [broken], status: 'I' }) });
      const client = await WireClient.login(port);
      client.send({ kind: 'Query', text: as('alice', "UPDATE notes SET body = 'x'") });
      const [error] = await client.untilReady();
      expect(error).toMatchObject({ kind: 'ErrorResponse', fields: { severity: 'ERROR', code: '23505' } });
      expect(JSON.stringify(error)).not.toMatch(/bob|notes|distsql|1234/);
      client.close();
    });

    it('is sent a fixed text in the place of a refused statement, which its grammar refuses too', async () => {
      const refused = crdbError('42601', 'at or near "cordon": syntax error', {
        detail: 'source SQL:\ncordon refused\n^',
      });
      const { port } = await start({ answer: () => ({ messages: [refused], status: 'I' }) });
      const client = await WireClient.login(port);
      expect(await client.query('SELECT * FROM audit')).toEqual(['ERROR 42501', 'ready I']);
      expect(peer.sessions.at(-1)?.queries).toEqual(['cordon refused']);
      client.close();
    });

    it('hands out a retry by savepoint untouched, and the caller survives it and ends with the transaction', async () => {
      const script = new RetryScript();
      const { port } = await start({ answer: (text) => script.answer(text) });
      const client = await WireClient.login(port);
      const update = 'UPDATE goods SET price = 1 WHERE id = 1';
      expect(await client.query(as('alice', 'BEGIN'))).toEqual(['BEGIN', 'ready T']);
      expect(await client.query('SAVEPOINT cockroach_restart')).toEqual(['SAVEPOINT', 'ready T']);
      client.send({ kind: 'Query', text: update });
      const [failed] = await client.untilReady();
      expect(failed).toMatchObject({
        kind: 'ErrorResponse',
        fields: {
          code: '40001',
          message: expect.stringMatching(
            /^restart transaction: TransactionRetryWithProtoRefreshError: .*RETRY_SERIALIZABLE/,
          ),
        },
      });
      expect(JSON.stringify(failed)).not.toMatch(/Table|4999|sql txn/);
      expect(await client.query('ROLLBACK TO SAVEPOINT cockroach_restart')).toEqual(['ROLLBACK', 'ready T']);
      // Alice is still who asks: as nobody this would be refused before it is sent.
      expect(await client.query("UPDATE notes SET body = 'y' WHERE id = 1")).toEqual(['UPDATE 1', 'ready T']);
      // It is the real commit and has its tag; the transaction block, and with it the caller, lasts until COMMIT.
      expect(await client.query('RELEASE SAVEPOINT cockroach_restart')).toEqual(['COMMIT', 'ready T']);
      expect(await client.query("UPDATE notes SET body = 'y' WHERE id = 1")).toEqual([
        'ERROR 25000',
        'ready T',
      ]);
      expect(await client.query('COMMIT')).toEqual(['COMMIT', 'ready I']);
      expect(await client.query("UPDATE notes SET body = 'z' WHERE id = 1")).toEqual([
        'ERROR 42501',
        'ready I',
      ]);
      const sent = (peer.sessions.at(-1)?.queries ?? []).filter((text) => !/^UPDATE|^WITH/i.test(text));
      expect(sent).toEqual([
        'BEGIN',
        // A quoted name is the same name there: what makes it special is its first letters.
        'SAVEPOINT "cockroach_restart"',
        'ROLLBACK TO SAVEPOINT "cockroach_restart"',
        'RELEASE SAVEPOINT "cockroach_restart"',
        'COMMIT',
        'cordon refused',
      ]);
      client.close();
    });

    it('may fail a RELEASE, which is the real commit, and the retry goes on', async () => {
      const script = new RetryScript('RELEASE');
      const { port } = await start({ answer: (text) => script.answer(text) });
      const client = await WireClient.login(port);
      await client.query(as('alice', 'BEGIN; SAVEPOINT cockroach_restart'));
      expect(await client.query('RELEASE SAVEPOINT cockroach_restart')).toEqual(['ERROR 40001', 'ready E']);
      expect(await client.query('ROLLBACK TO SAVEPOINT cockroach_restart')).toEqual(['ROLLBACK', 'ready T']);
      expect(await client.query('RELEASE SAVEPOINT cockroach_restart')).toEqual(['COMMIT', 'ready T']);
      expect(await client.query('COMMIT')).toEqual(['COMMIT', 'ready I']);
      client.close();
    });

    it('tells of settings that changed, and clients are told those that are theirs', async () => {
      const reports = [
        { kind: 'ParameterStatus', name: 'TimeZone', value: '-11.5' },
        { kind: 'ParameterStatus', name: 'session_authorization', value: 'upstream_role' },
        { kind: 'CommandComplete', tag: 'SET' },
      ] as const;
      const { port } = await start({ answer: () => ({ messages: reports, status: 'I' }) });
      const client = await WireClient.login(port);
      expect(await client.query('SET TimeZone = -11.5')).toEqual(['TimeZone=-11.5', 'SET', 'ready I']);
      client.close();
    });
  });
});

/** An upstream that was Postgres when it was first asked: a name that leads elsewhere now. */
function moving(upstream: Upstream): Upstream {
  return {
    parameters: async () => new Map([['server_version', '15.8']]),
    open: (settings, events) => upstream.open(settings, events),
    close: () => upstream.close(),
  };
}

/**
 * Answers of the retry protocol (`advanced-client-side-transaction-retries.md`, `conn_executor_savepoints.go`): one 40001,
 * then everything succeeds up to RELEASE, which commits and is tagged so.
 */
class RetryScript {
  readonly #failing: string;
  #hasFailed = false;
  #isReleased = false;

  constructor(failing = 'UPDATE') {
    this.#failing = failing;
  }

  answer(text: string): PeerAnswer {
    if (text === 'cordon refused')
      return { messages: [crdbError('42601', 'at or near "cordon": syntax error')], status: 'I' };
    if (text.toUpperCase().includes(this.#failing) && !this.#hasFailed) return this.#fail();
    if (this.#isReleased && !text.startsWith('COMMIT'))
      return { messages: [crdbError('25000', 'current transaction is committed')], status: 'T' };
    this.#isReleased ||= text.startsWith('RELEASE');
    const tags = text.split(';\n').map(tagOf);
    const status = text.startsWith('COMMIT') ? 'I' : 'T';
    return { messages: tags.map((tag) => ({ kind: 'CommandComplete', tag }) as const), status };
  }

  #fail(): PeerAnswer {
    this.#hasFailed = true;
    const text =
      'restart transaction: TransactionRetryWithProtoRefreshError: TransactionRetryError: retry txn (RETRY_SERIALIZABLE - failed preemptive refresh due to conflicting locks on /Table/106/1/4999/0): "sql txn" meta={key=/Table/106/1/4999/0}';
    const hint = 'See: https://www.cockroachlabs.com/docs/v25.4/transaction-retry-error-reference.html';
    return { messages: [crdbError('40001', text, { hint })], status: 'E' };
  }
}

function tagOf(text: string): string {
  const [word = ''] = text.split(/\W/);
  if (word === 'RELEASE') return 'COMMIT';
  return word === 'UPDATE' || word === 'WITH' ? 'UPDATE 1' : word;
}
