import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Cordon,
  cordonRequirement,
  demoFile,
  describeWith,
  loadShop,
  type PostgresDatabase,
  postgresRequirement,
  signToken,
  startCordon,
  startPostgres,
} from '../databases/index.ts';
import { ALICE, BOB } from './driver.ts';
import { DRIVERS, describedByPsql, type Line } from './programs.ts';

const file = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const SESSION_TIMEOUT_MS = 180_000;

describeWith([postgresRequirement()], 'drivers', () => {
  let database: PostgresDatabase;
  beforeAll(async () => {
    database = await startPostgres();
    await loadShop(database);
    const model = new pg.Client({ connectionString: await database.createDatabase('model') });
    await model.connect();
    await model.query(readFileSync(file('schema.sql'), 'utf8'));
    await model.end();
  });
  afterAll(() => database?.stop());

  for (const driver of DRIVERS) {
    describeWith([driver.requirement], driver.name, () => {
      it('runs its session straight on the database', { timeout: SESSION_TIMEOUT_MS }, async () => {
        const lines = await driver.session(await freshDatabase('straight'));
        expect(lines.length).toBeGreaterThan(10);
        expect(unexpected(lines)).toEqual([]);
      });
    });
  }

  describeWith([cordonRequirement()], 'behind Cordon', () => {
    let cordon: Cordon | undefined;
    let shop: Cordon | undefined;
    beforeAll(async () => {
      shop = await startCordon({ policy: demoFile('cordon.yaml'), upstream: database.url });
    });
    afterAll(async () => {
      await shop?.stop();
      await cordon?.stop();
    });

    /** A gateway in front of a fresh database; the one of the test before is stopped. */
    const guarded = async (): Promise<string> => {
      await cordon?.stop();
      cordon = await startCordon({
        policy: file('allow-all.yaml'),
        upstream: await freshDatabase('guarded'),
      });
      return cordon.url;
    };

    for (const driver of DRIVERS) {
      describeWith([driver.requirement], driver.name, () => {
        it('sees the same with and without Cordon when the policy opens everything', {
          timeout: SESSION_TIMEOUT_MS,
        }, async () => {
          const straight = await driver.session(await freshDatabase('straight'));
          expect(await driver.session(await guarded())).toEqual(straight);
        });

        it('sees the rows of the caller only', { timeout: SESSION_TIMEOUT_MS }, async () => {
          const tokens = {
            alice: signToken({ sub: ALICE, tenant: 1, region: 'eu-west-1' }),
            bob: signToken({ sub: BOB, tenant: 2, region: 'us-east-1' }),
          };
          expect(await driver.alice(shop?.url ?? '', tokens)).toEqual([
            ['alice', [ALICE]],
            ['foreign updates', 0],
            ['bob', [BOB]],
            ['anonymous', 12],
          ]);
        });
      });
    }

    const psql = DRIVERS[0];
    if (psql !== undefined) {
      describeWith([psql.requirement], 'psql, describing', () => {
        it('shows the same tables with and without Cordon, save for owners, defaults and checks', async () => {
          const straight = await describedByPsql(await freshDatabase('straight'));
          expect(await describedByPsql(await guarded())).toEqual(undisclosed(straight));
        });
      });
    }
  });

  /** Copies of one database have the same object ids, which drivers show. */
  async function freshDatabase(name: string): Promise<string> {
    await database.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    await database.query(`CREATE DATABASE ${name} TEMPLATE model`);
    return database.createDatabase(name);
  }
});

describe('sessions', () => {
  it('cover the drivers that apps use', () => {
    expect(DRIVERS.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        'psql',
        'psycopg2',
        'psycopg 3',
        'asyncpg',
        'node-postgres',
        'postgres.js',
        'pgx',
      ]),
    );
  });
});

/** What Cordon shows nobody: names of roles, and texts of defaults and checks, which can hold values. */
function undisclosed(description: string): string {
  return description
    .replaceAll(/\|(postgres|pg_database_owner)\b/g, '|')
    .replaceAll("'none'::character varying", '')
    .replaceAll(/Check constraints:\n( {4}.*\n)+/g, '');
}

/** Signs of a session that broke off instead of reporting. */
function unexpected(lines: readonly Line[]): readonly Line[] {
  return lines.filter(
    ([name, value]) => name === 'ended by an error' || /Traceback|exit code \d/.test(String(value)),
  );
}
