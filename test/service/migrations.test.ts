import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
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

const PASSWORD = 'the password of the migrator in tests';
const ALICE = { sub: 'a11ce000-0000-4000-8000-000000000001', tenant: 1, region: 'eu-west-1', role: 'member' };

describeWith([postgresRequirement(), cordonRequirement()], 'migrations through a service role', () => {
  let database: PostgresDatabase;
  let cordon: Cordon;
  beforeAll(async () => {
    database = await startPostgres();
    await loadShop(database);
    cordon = await startCordon({
      policy: demoFile('cordon.yaml'),
      upstream: database.url,
      environment: { CORDON_MIGRATOR_PASSWORD: PASSWORD, CORDON_BACKOFFICE_PASSWORD: PASSWORD },
    });
  });
  afterAll(async () => {
    await cordon?.stop();
    await database?.stop();
  });

  const connect = async (user: string, password?: string): Promise<pg.Client> => {
    const { port } = new URL(cordon.url);
    const client = new pg.Client({
      host: '127.0.0.1',
      port: Number(port),
      database: new URL(cordon.url).pathname.slice(1),
      user,
      password,
    });
    await client.connect();
    return client;
  };

  it('a migration uses in its own transaction what it has just made', async () => {
    const migrator = await connect('migrator', PASSWORD);
    await migrator.query('BEGIN');
    await migrator.query('CREATE TABLE alembic_version (version_num text PRIMARY KEY)');
    await migrator.query("INSERT INTO alembic_version (version_num) VALUES ('a1')");
    await migrator.query('UPDATE alembic_version SET version_num = $1 WHERE version_num = $2', ['b2', 'a1']);
    await migrator.query('ALTER TABLE products ADD COLUMN weight int');
    await migrator.query('UPDATE products SET weight = 1');
    const { rows } = await migrator.query('SELECT version_num FROM alembic_version');
    await migrator.query('COMMIT');
    await migrator.end();
    expect(rows).toEqual([{ version_num: 'b2' }]);
  });

  it('what a migration adds stays closed to members until the policy opens it', async () => {
    const member = await connect('app');
    const token = signToken(ALICE);
    await expect(member.query(`/*cordon:${token}*/ SELECT * FROM alembic_version`)).rejects.toMatchObject({
      code: '42501',
    });
    await member.end();
    const migrator = await connect('migrator', PASSWORD);
    const weights = await migrator.query('SELECT count(weight)::int AS n FROM products');
    await migrator.end();
    expect(weights.rows[0]?.n).toBeGreaterThan(0);
  });

  it('DDL is refused to members and to service roles that do not declare it', async () => {
    const member = await connect('app');
    await expect(
      member.query(`/*cordon:${signToken(ALICE)}*/ CREATE TABLE mine (id int)`),
    ).rejects.toMatchObject({ code: '42501' });
    await member.end();
    const backoffice = await connect('backoffice', PASSWORD);
    await expect(backoffice.query('CREATE TABLE mine (id int)')).rejects.toMatchObject({ code: '42501' });
    await expect(backoffice.query('SELECT * FROM alembic_versions')).rejects.toMatchObject({ code: '42501' });
    await backoffice.end();
  });

  it('who owns the schema may take advisory locks, as tools for migrations do, and nobody else', async () => {
    const migrator = await connect('migrator', PASSWORD);
    const { rows } = await migrator.query(
      'SELECT pg_try_advisory_lock(7) AS taken, pg_advisory_unlock(7) AS left',
    );
    await migrator.end();
    expect(rows).toEqual([{ taken: true, left: true }]);
    for (const [user, password] of [['backoffice', PASSWORD], ['app']] as const) {
      const client = await connect(user, password);
      await expect(client.query('SELECT pg_try_advisory_lock(7)')).rejects.toMatchObject({ code: '42501' });
      await client.end();
    }
  });

  it('who owns the schema may ask the catalog about any object by its name, and nobody else', async () => {
    const sql = "SELECT pg_get_serial_sequence('public.' || 'serials', 'id') AS sequence";
    const migrator = await connect('migrator', PASSWORD);
    await migrator.query('CREATE TABLE serials (id serial)');
    const { rows } = await migrator.query(sql);
    await migrator.end();
    expect(rows).toEqual([{ sequence: 'public.serials_id_seq' }]);
    const member = await connect('app');
    await expect(member.query(`/*cordon:${signToken(ALICE)}*/ ${sql}`)).rejects.toMatchObject({
      code: '42501',
    });
    await member.end();
  });

  it('a service role does not come in with a wrong password, and no token makes one', async () => {
    await expect(connect('migrator', 'guess')).rejects.toMatchObject({ code: '28P01' });
    const member = await connect('app');
    const token = signToken({ ...ALICE, role: 'migrator' });
    await expect(member.query(`/*cordon:${token}*/ SELECT 1`)).rejects.toMatchObject({ code: '28000' });
    await member.end();
  });
});
