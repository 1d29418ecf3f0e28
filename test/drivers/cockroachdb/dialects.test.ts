/**
 * CockroachDB's own dialects for Python, from PyPI, run through the gateway with `--dialect cockroachdb` against a real
 * Postgres that says on the wire that it is CockroachDB. What CockroachDB itself would answer is not shown by this.
 */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { ServerUpstream } from '../../../src/gateway/index.ts';
import { makeVerifier } from '../../../src/pgwire/index.ts';
import {
  demoFile,
  describeWith,
  loadShop,
  type PostgresDatabase,
  postgresRequirement,
  requirement,
  signToken,
  startPostgres,
  type TextRow,
} from '../../databases/index.ts';
import type { TamperingServer } from '../../gateway/attacks/tampering-server.ts';
import {
  LOOPBACK,
  type RunningGateway,
  serverOf,
  startGateway,
} from '../../gateway/support/start-gateway.ts';
import { ALICE, BOB } from '../driver.ts';
import { type Line, lines } from '../programs.ts';
import { startDisguised } from './disguise.ts';

const HERE = fileURLToPath(new URL('./', import.meta.url));
const PYTHON = `${HERE}.venv/bin/python`;
const environment = requirement(
  'the dialects of CockroachDB',
  existsSync(`${HERE}.venv/installed.txt`) ? undefined : 'run `test/drivers/cockroachdb/setup.sh` to make it',
);
const SESSION_TIMEOUT_MS = 240_000;
const OPEN = {
  ...parseYaml(readFileSync(`${HERE}../allow-all.yaml`, 'utf8')),
  allow: { functions: ['pg_catalog.generate_subscripts'] },
};
const SHOP = parseYaml(readFileSync(demoFile('cordon.yaml'), 'utf8'));

const MIGRATOR_PASSWORD = 'moves tables';
const MIGRATOR = new Map([['migrator', makeVerifier(MIGRATOR_PASSWORD, Buffer.alloc(16, 1))]]);
const HINTS = ['accounts_owner_key', '{FORCE_INDEX=accounts_owner_key}', '{NO_FULL_SCAN}', 'primary'];

/** The policy of the app `ledger`: rows belong to their owner. */
const owned = { for: 'member', rows: 'owner = :user', read: 'all', insert: 'all' };
const LEDGER = {
  version: 1,
  identity: OPEN.identity,
  relations: {
    ledger_account: { rules: [{ ...owned, write: ['name'] }] },
    ledger_entry: { rules: [{ ...owned, write: ['amount', 'note'] }] },
  },
};
/** Everything is open, also to the service that migrates. */
const everything = { rows: 'all', read: 'all', write: 'all', insert: 'all', delete: true };
const LEDGER_OPEN = {
  ...OPEN,
  services: { migrator: { ddl: true } },
  relations: { '*': { rules: [{ for: ['anonymous', 'member', 'migrator'], ...everything }] } },
};

const run = (script: string, ...args: readonly string[]): Promise<readonly Line[]> =>
  lines(PYTHON, [`${HERE}${script}`, ...args], HERE);

describeWith([postgresRequirement(), environment], 'dialects of CockroachDB', () => {
  let database: PostgresDatabase;
  let disguised: TamperingServer;
  let running: RunningGateway | undefined;
  const clients: pg.Client[] = [];
  beforeAll(async () => {
    database = await startPostgres();
    disguised = await startDisguised(database);
    await loadShop(database);
    const model = new pg.Client({ connectionString: await database.createDatabase('model') });
    await model.connect();
    await model.query(readFileSync(`${HERE}schema.sql`, 'utf8'));
    await model.end();
  });
  afterAll(async () => {
    await running?.stop();
    for (const client of clients) await client.end();
    await disguised?.stop();
    await database?.stop();
  });

  /** A fresh copy of the model, in the place of the one of that name. */
  const copy = async (name: string): Promise<PostgresDatabase> => {
    await database.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    await database.query(`CREATE DATABASE ${name} TEMPLATE model`);
    return sessionOf(name);
  };
  const sessionOf = async (name: string): Promise<PostgresDatabase> => {
    const client = new pg.Client({ connectionString: await database.createDatabase(name) });
    client.on('error', () => undefined);
    await client.connect();
    clients.push(client);
    const query = async (sql: string): Promise<readonly TextRow[]> => {
      const types = { getTypeParser: () => (value: string) => value } as unknown as pg.CustomTypesConfig;
      return (await client.query<TextRow>({ text: sql, types })).rows;
    };
    return { ...database, database: name, query };
  };
  const guarded = async (own: PostgresDatabase, policy: unknown): Promise<string> => {
    await running?.stop();
    const upstream = new ServerUpstream({ ...serverOf(own), port: disguised.port }, 10_000);
    const authentication = { ...LOOPBACK, services: MIGRATOR };
    running = await startGateway(own, {
      upstream,
      policy,
      authentication,
      dialect: 'cockroachdb',
      follows: true,
    });
    return `app@127.0.0.1:${running.port}/${own.database}`;
  };
  const straight = (own: PostgresDatabase): string =>
    `${own.user}@127.0.0.1:${disguised.port}/${own.database}`;

  // psycopg 3 writes numbers as `$1::INTEGER`, which has 64 bits in CockroachDB's language; `pg_get_indexdef` of a Postgres
  // server takes 32, so there is no such function for the guard to call.
  it('SQLAlchemy on psycopg2 reflects tables with their indexes', {
    timeout: SESSION_TIMEOUT_MS,
  }, async () => {
    const own = await copy('reflected');
    const at = (address: string) => `cockroachdb+psycopg2://${address}?sslmode=disable`;
    const bare = await run('sqlalchemy_session.py', 'reflection', at(straight(own)));
    expect(unexpected(bare)).toEqual([]);
    expect(bare.length).toBe(3);
    const url = at(await guarded(own, OPEN));
    expect(await run('sqlalchemy_session.py', 'reflection', url)).toEqual(bare);
  });

  for (const driver of ['psycopg2', 'psycopg']) {
    const at = (address: string) => `cockroachdb+${driver}://${address}?sslmode=disable`;

    describe(`SQLAlchemy on ${driver}`, () => {
      it('sees the same with and without Cordon when the policy opens everything', {
        timeout: SESSION_TIMEOUT_MS,
      }, async () => {
        const bare = await run('sqlalchemy_session.py', 'session', at(straight(await copy('straight'))));
        expect(unexpected(bare)).toEqual([]);
        const url = at(await guarded(await copy('guarded'), OPEN));
        expect(await run('sqlalchemy_session.py', 'session', url)).toEqual(bare);
      });

      it('reads through an index hint, which the statement for Postgres does without', {
        timeout: SESSION_TIMEOUT_MS,
      }, async () => {
        const own = await copy('hinted');
        await own.query("INSERT INTO accounts (owner, balance) VALUES ('owner 00', 0), ('owner 01', 1)");
        const seen = await run('sqlalchemy_session.py', 'hints', at(await guarded(own, OPEN)));
        expect(seen).toEqual(HINTS.map((hint) => [hint, ['owner 00', 'owner 01']]));
      });

      it('keeps two callers on one pool apart', { timeout: SESSION_TIMEOUT_MS }, async () => {
        const url = at(await guarded(database, SHOP));
        const alice = signToken({ sub: ALICE, tenant: 1, region: 'eu-west-1' });
        const bob = signToken({ sub: BOB, tenant: 2, region: 'us-east-1' });
        expect(await run('sqlalchemy_session.py', 'alice', url, alice, bob)).toEqual([
          ['alice', [ALICE]],
          ['foreign updates', 0],
          ['bob', [BOB]],
          ['anonymous', 12],
        ]);
      });
    });
  }

  it('psycopg 3 and asyncpg find CockroachDB in the reports that pass to them, and take its ways', {
    timeout: SESSION_TIMEOUT_MS,
  }, async () => {
    const own = await copy('detected');
    await own.query("INSERT INTO accounts (owner, balance) VALUES ('owner 00', 0), ('owner 01', 1)");
    const url = `postgres://${await guarded(own, OPEN)}?sslmode=disable`;
    expect(await run('detected_session.py', 'psycopg', url)).toEqual([
      ['vendor', 'CockroachDB'],
      ['version', 'int 250402'],
      ['prepared', 'int 7'],
      ['array', 'int 3'],
      ['hinted', ['owner 01']],
      ['pipeline', ['int 1', 'int 2']],
    ]);
    expect(await run('detected_session.py', 'asyncpg', url)).toEqual([
      ['reset', ''],
      ['values', ['int 7', 'x', "bytes b'\\x00\\xff'", "UUID UUID('a11ce000-0000-4000-8000-000000000001')"]],
      ['cursor', ['int 20']],
      ['again', 'int 1'],
    ]);
  });

  describe('Django', () => {
    it('migrates through a service that may run DDL, and finds its tables', {
      timeout: SESSION_TIMEOUT_MS,
    }, async () => {
      const bare = await run('django_session.py', 'migrate', `${straight(await copy('django_bare'))}`);
      expect(unexpected(bare)).toEqual([]);
      const address = (await guarded(await copy('django'), LEDGER_OPEN)).replace(
        'app@',
        `migrator:${MIGRATOR_PASSWORD}@`,
      );
      expect(await run('django_session.py', 'migrate', address)).toEqual(bare);
    });

    it('sees the same with and without Cordon when the policy opens everything', {
      timeout: SESSION_TIMEOUT_MS,
    }, async () => {
      const bare = await run('django_session.py', 'orm', straight(await sessionOf('django_bare')));
      expect(unexpected(bare)).toEqual([]);
      const address = await guarded(await sessionOf('django'), LEDGER_OPEN);
      expect(await run('django_session.py', 'orm', address)).toEqual(bare);
    });

    it('keeps two callers on one connection apart', { timeout: SESSION_TIMEOUT_MS }, async () => {
      const alice = signToken({ sub: ALICE });
      const bob = signToken({ sub: BOB });
      const address = await guarded(await sessionOf('django'), LEDGER);
      expect(await run('django_session.py', 'alice', address, alice, bob)).toEqual([
        ['alice', ['household', 'of alice']],
        ['bob', ['of bob']],
        ['foreign updates', 0],
        ['nobody', '42501'],
      ]);
    });
  });
});

/** The last words of a session that broke off instead of reporting. */
function unexpected(reported: readonly Line[]): readonly Line[] {
  const isBroken = reported.some(([, value]) => /Traceback|exit code \d/.test(String(value)));
  return isBroken ? reported.slice(-6) : [];
}
