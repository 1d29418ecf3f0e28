/** CockroachDB's retry protocol on a real Postgres, which refuses with 40001 too. */
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import {
  describeWith,
  type PostgresDatabase,
  postgresRequirement,
  startPostgres,
} from '../databases/index.ts';
import { as, loadShop } from './support/shop.ts';
import { type RunningGateway, startGateway } from './support/start-gateway.ts';
import { WireClient } from './support/wire-client.ts';

const RETRY =
  'restart transaction: TransactionRetryWithProtoRefreshError: WriteTooOldError: write for key /Table/53/1/"bob one"/0 at timestamp 1.0 too old';

describeWith([postgresRequirement()], 'a transaction that is run again behind its savepoint', () => {
  let database: PostgresDatabase;
  let running: RunningGateway;
  let client: WireClient;
  beforeAll(async () => {
    database = await startPostgres();
    await loadShop(database);
    await database.run(`
      CREATE SEQUENCE attempts;
      CREATE FUNCTION refuse_every_second() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF nextval('attempts') % 2 = 1 THEN RAISE EXCEPTION '${RETRY}' USING ERRCODE = '40001'; END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER contention BEFORE UPDATE ON notes FOR EACH ROW EXECUTE FUNCTION refuse_every_second()`);
    running = await startGateway(database, { dialect: 'cockroachdb' });
  });
  afterAll(async () => {
    await running?.stop();
    await database?.stop();
  });
  beforeEach(async () => {
    client = await WireClient.login(running.port);
    return () => client.close();
  });

  it('keeps its caller through the retry and loses it with its end', async () => {
    const update = "UPDATE notes SET body = body || '!' WHERE id = 1";
    expect(await client.query(as('alice', 'BEGIN'))).toEqual(['BEGIN', 'ready T']);
    expect(await client.query('SAVEPOINT cockroach_restart')).toEqual(['SAVEPOINT', 'ready T']);
    client.send({ kind: 'Query', text: update });
    const [error] = await client.untilReady();
    expect(error).toMatchObject({ kind: 'ErrorResponse', fields: { code: '40001' } });
    expect(JSON.stringify(error)).toMatch(
      /restart transaction: TransactionRetryWithProtoRefreshError: WriteTooOldError/,
    );
    expect(JSON.stringify(error)).not.toMatch(/bob|Table/);
    expect(await client.query(as('bob', 'ROLLBACK TO SAVEPOINT cockroach_restart'))).toEqual([
      'ERROR 42501',
      'ready E',
    ]);
    expect(await client.query('ROLLBACK TO SAVEPOINT cockroach_restart')).toEqual(['ROLLBACK', 'ready T']);
    expect(await client.query(as('bob', update))).toEqual(['ERROR 42501', 'ready E']);
    expect(await client.query('ROLLBACK TO SAVEPOINT cockroach_restart')).toEqual(['ROLLBACK', 'ready T']);
    expect(await client.query(update)).toEqual(['UPDATE 1', 'ready T']);
    expect(await client.query('RELEASE SAVEPOINT cockroach_restart')).toEqual(['RELEASE', 'ready T']);
    expect(await client.query('COMMIT')).toEqual(['COMMIT', 'ready I']);
    expect(await client.query(update)).toEqual(['ERROR 42501', 'ready I']);
    expect(await database.query('SELECT body FROM notes WHERE id = 1')).toEqual([{ body: 'alice one!' }]);
  });

  it('is refused with 40001 by a conflict of two serializable transactions, and tells of no row', async () => {
    const other = await WireClient.login(running.port);
    const read = 'SELECT sum(price) FROM goods';
    for (const one of [client, other]) {
      await one.query(as('alice', 'BEGIN ISOLATION LEVEL SERIALIZABLE'));
      await one.query('SAVEPOINT cockroach_restart');
      await one.query(read);
    }
    await other.query('UPDATE goods SET price = price + 1 WHERE id = 1');
    expect(await other.query('COMMIT')).toEqual(['COMMIT', 'ready I']);
    const answers = [
      await client.query('UPDATE goods SET price = price + 1 WHERE id = 2'),
      await client.query('COMMIT'),
    ];
    expect(answers.flat().filter((word) => word.startsWith('ERROR'))).toEqual(['ERROR 40001']);
    other.close();
  });
});
