/** Two clients on one connection to the database: nothing of the first is left for the second, and nothing of the first's is lost. */
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import {
  describeWith,
  type PostgresDatabase,
  postgresRequirement,
  startPostgres,
} from '../../databases/index.ts';
import { as, loadShop } from '../support/shop.ts';
import {
  bind,
  closeStatement,
  describeStatement,
  execute,
  parse,
  type WireClient,
} from '../support/wire-client.ts';
import { clientWithKey, rows, type SharedGateway, startShared } from './support.ts';

describeWith([postgresRequirement()], 'clients that share one connection', () => {
  let database: PostgresDatabase;
  let gateway: SharedGateway;
  let one: WireClient;
  let other: WireClient;

  beforeAll(async () => {
    database = await startPostgres();
    await loadShop(database);
    await database.run('CREATE SEQUENCE numbers');
  });
  afterAll(() => database?.stop());
  beforeEach(async () => {
    gateway = await startShared(database, { waitMs: 5000 });
    one = await gateway.client();
    other = await gateway.client();
    return async () => {
      one.close();
      other.close();
      await gateway.stop();
    };
  });

  const ask = async (client: WireClient, text: string) => rows(await client.query(text));
  const prepared = (client: WireClient, statement: string) =>
    client.batch(bind([], { statement }), execute()).then(rows);

  it('have settings of their own, told to them only when they change', async () => {
    const usual = await ask(other, 'SHOW TimeZone');
    expect(await one.query("SET TimeZone TO 'Asia/Tokyo'")).toEqual([
      'SET',
      'TimeZone=Asia/Tokyo',
      'ready I',
    ]);
    await one.query("SET DateStyle TO 'SQL, DMY'; SET application_name TO 'one'");
    expect(await other.query('SHOW TimeZone')).toEqual(['columns TimeZone', ...usual, 'SHOW', 'ready I']);
    expect(await ask(other, 'SHOW DateStyle')).toEqual(['row ISO, MDY']);
    expect(await ask(other, 'SHOW application_name')).toEqual(['row ']);
    expect(await one.query('SHOW TimeZone')).toEqual([
      'columns TimeZone',
      'row Asia/Tokyo',
      'SHOW',
      'ready I',
    ]);
    expect(await ask(one, 'SHOW DateStyle')).toEqual(['row SQL, DMY']);
    expect(await ask(one, 'SHOW application_name')).toEqual(['row one']);
  });

  it('have settings of their own also where a function sets them', async () => {
    await one.query("SELECT set_config('timezone', 'Asia/Tokyo', false)");
    expect(await ask(other, 'SHOW TimeZone')).not.toEqual(['row Asia/Tokyo']);
    expect(await ask(one, 'SHOW TimeZone')).toEqual(['row Asia/Tokyo']);
  });

  it('lose a setting with the transaction that is rolled back, and with RESET', async () => {
    const usual = await ask(one, 'SHOW TimeZone');
    await one.query("BEGIN; SET TimeZone TO 'Asia/Tokyo'");
    expect(await ask(one, 'SHOW TimeZone')).toEqual(['row Asia/Tokyo']);
    await one.query('ROLLBACK');
    expect(await ask(one, 'SHOW TimeZone')).toEqual(usual);
    await one.query("SET TimeZone TO 'Asia/Tokyo'");
    await one.query('RESET TimeZone');
    await ask(other, 'SELECT 1');
    expect(await ask(one, 'SHOW TimeZone')).toEqual(usual);
  });

  it('keep the settings of their startup messages, which RESET ALL brings back', async () => {
    const given = await gateway.client({ timezone: 'Asia/Tokyo', datestyle: 'German' });
    expect(await ask(given, 'SHOW TimeZone')).toEqual(['row Asia/Tokyo']);
    expect(await ask(other, 'SHOW DateStyle')).toEqual(['row ISO, MDY']);
    await given.query("SET TimeZone TO 'UTC'");
    await given.query('RESET ALL');
    await ask(other, 'SELECT 1');
    expect(await ask(given, 'SHOW TimeZone')).toEqual(['row Asia/Tokyo']);
    expect(await ask(given, 'SHOW DateStyle')).toEqual(['row German, DMY']);
    given.close();
  });

  it('are told at login of a startup setting that the database does not take', async () => {
    await expect(gateway.client({ timezone: 'Nowhere/Land' })).rejects.toThrow('22023');
    expect(await ask(one, 'SELECT 1')).toEqual(['row 1']);
  });

  it('cannot hurt the next one by a limit on statements', async () => {
    const idle = await gateway.client();
    await idle.query('SET idle_session_timeout TO 1');
    await one.query('SET statement_timeout TO 1');
    for (let round = 0; round < 20; round += 1) expect(await ask(other, 'SELECT 1')).toEqual(['row 1']);
    expect(await ask(other, 'SHOW statement_timeout')).toEqual(['row 0']);
    expect(await ask(one, 'SHOW statement_timeout')).toEqual(['row 1ms']);
    idle.close();
  });

  it('prepare under the same name each their own statement', async () => {
    await one.batch(parse('SELECT 1', 'mine'));
    await other.batch(parse('SELECT 2', 'mine'));
    expect(await prepared(one, 'mine')).toEqual(['row 1']);
    expect(await prepared(other, 'mine')).toEqual(['row 2']);
    await one.batch(closeStatement('mine'));
    expect(await prepared(one, 'mine')).toEqual(['ERROR 26000']);
    expect(await prepared(other, 'mine')).toEqual(['row 2']);
  });

  it('have an unnamed statement of their own', async () => {
    await one.batch(parse('SELECT 1'));
    await other.batch(parse('SELECT 2'));
    expect(await prepared(one, '')).toEqual(['row 1']);
    expect(await prepared(other, '')).toEqual(['row 2']);
  });

  it('use one prepared statement for one text, each with its own rows and answers', async () => {
    const text = 'SELECT body FROM notes ORDER BY id';
    const alice = await one.batch(
      parse(as('alice', text), 's'),
      describeStatement('s'),
      bind([], { statement: 's' }),
      execute(),
    );
    const bob = await other.batch(
      parse(as('bob', text), 't'),
      describeStatement('t'),
      bind([], { statement: 't' }),
      execute(),
    );
    expect(alice).toEqual([
      'ParseComplete',
      'parameters ',
      'columns body',
      'BindComplete',
      'row alice one',
      'row alice two',
      'SELECT 2',
      'ready I',
    ]);
    expect(bob).toEqual([
      'ParseComplete',
      'parameters ',
      'columns body',
      'BindComplete',
      'row bob one',
      'SELECT 1',
      'ready I',
    ]);
    expect(await prepared(one, 's')).toEqual(['row alice one', 'row alice two']);
  });

  it('skip the answer to a Parse behind an error, as the database does, also of a text that is known', async () => {
    await one.batch(parse('SELECT 1', 'known'));
    expect(await other.batch(parse('SELECT x', 'bad'), parse('SELECT 1', 'known'))).toEqual([
      'ERROR 42703',
      'ready I',
    ]);
    expect(await prepared(other, 'known')).toEqual(['ERROR 26000']);
  });

  it('read the literals of one text each by their own settings', async () => {
    const text = "SELECT DATE '01/02/2020' - DATE '2020-01-01'";
    await one.query("SET DateStyle TO 'SQL, DMY'");
    await one.batch(parse(text, 'days'));
    await other.batch(parse(text, 'days'));
    expect(await prepared(one, 'days')).toEqual(['row 31']);
    expect(await prepared(other, 'days')).toEqual(['row 1']);
    // What a client has prepared keeps its meaning on PostgreSQL; here it is prepared under the settings in force.
    expect(await ask(one, text)).toEqual(['row 31']);
    expect(await ask(other, text)).toEqual(['row 1']);
  });

  it('prepare anew what a change of a table has spoilt for all', async () => {
    await database.run('CREATE TABLE changing (n int); INSERT INTO changing VALUES (1)');
    await gateway.gateway.reload();
    const migrator = await gateway.migrator();
    const query = { name: 'n', text: 'SELECT n FROM changing' };
    expect((await migrator.query(query)).rows).toEqual([{ n: 1 }]);
    await database.run('ALTER TABLE changing ALTER COLUMN n TYPE text');
    await gateway.gateway.reload();
    await migrator.query(query).catch(() => undefined);
    expect((await migrator.query(query)).rows).toEqual([{ n: '1' }]);
    await migrator.end();
    await database.run('DROP TABLE changing');
  });

  it('cannot take each other’s prepared statements away', async () => {
    await other.batch(parse('SELECT 2', 'kept'));
    await one.batch(parse('SELECT 2', 'kept'));
    await one.query('DEALLOCATE kept');
    expect(await prepared(other, 'kept')).toEqual(['row 2']);
    await one.query('DISCARD ALL');
    expect(await prepared(other, 'kept')).toEqual(['row 2']);
    expect(await prepared(one, 'kept')).toEqual(['ERROR 26000']);
  });

  it('leave no transaction behind, open or failed, when they go', async () => {
    for (const last of ['INSERT INTO goods VALUES (90)', 'SELECT 1 / 0']) {
      const gone = await gateway.client();
      await gone.query('BEGIN');
      await gone.query(last);
      gone.send({ kind: 'Terminate' });
      expect(await ask(other, 'SELECT count(*) FROM goods WHERE id = 90')).toEqual(['row 0']);
      expect((await other.query('SELECT 1')).at(-1)).toBe('ready I');
    }
  });

  it('cannot read a portal or a cursor of one that went', async () => {
    const gone = await gateway.client();
    await gone.query('BEGIN; DECLARE c CURSOR FOR SELECT 1');
    await gone.batch(parse('SELECT 1', 's'), bind([], { statement: 's', portal: 'p' }));
    gone.close();
    expect(await ask(other, 'FETCH 1 FROM c')).toEqual(['ERROR 34000']);
    expect(rows(await other.batch(execute('p')))).toEqual(['ERROR 34000']);
  });

  it('leave nothing behind wherever in a script they vanish', async () => {
    const script = [
      parse("SET TimeZone TO 'Asia/Tokyo'", 'z'),
      bind([], { statement: 'z' }),
      execute(),
      { kind: 'Sync' },
      { kind: 'Query', text: 'BEGIN' },
      parse('INSERT INTO goods VALUES (91)', 'i'),
      bind([], { statement: 'i', portal: 'p' }),
      execute('p'),
      { kind: 'Flush' },
      { kind: 'Sync' },
      { kind: 'Query', text: 'COPY goods (id) FROM STDIN' },
      { kind: 'CopyData', data: Buffer.from('92\n') },
    ] as const;
    const usual = await ask(other, 'SHOW TimeZone');
    for (let length = 1; length <= script.length; length += 1) {
      const gone = await gateway.client();
      gone.send(...script.slice(0, length));
      await new Promise((resolve) => setTimeout(resolve, 20));
      gone.close();
      expect(await ask(other, 'SELECT count(*) FROM goods WHERE id > 90')).toEqual(['row 0']);
      expect(await other.query('SHOW TimeZone')).toEqual(['columns TimeZone', ...usual, 'SHOW', 'ready I']);
      expect(rows(await other.batch(execute('p')))).toEqual(['ERROR 34000']);
    }
  });

  it('draw numbers that the next one cannot look at', async () => {
    await one.query("SELECT nextval('numbers')");
    expect(await ask(other, "SELECT currval('numbers')")).toEqual(['ERROR 55000']);
    await one.query('BEGIN');
    const [drawn] = await ask(one, "SELECT nextval('numbers')");
    expect(await ask(one, "SELECT currval('numbers')")).toEqual([drawn]);
    await one.query('COMMIT');
  });

  it('are not hit by the cancel request of another, however it comes in', async () => {
    const canceling = await clientWithKey(gateway.port);
    let isOver = false;
    const storm = (async () => {
      while (!isOver) await Promise.all([canceling.client.query('SELECT 1'), canceling.cancel()]);
    })();
    for (let round = 0; round < 60; round += 1) {
      expect(await ask(other, 'SELECT count(*) FROM generate_series(1, 20000)')).toEqual(['row 20000']);
    }
    isOver = true;
    await storm;
    canceling.client.close();
  }, 60_000);

  it('cancel what they run themselves', async () => {
    const { client, cancel } = await clientWithKey(gateway.port);
    client.send({ kind: 'Query', text: 'SELECT count(*) FROM generate_series(1, 1000000000)' });
    await expect.poll(() => gateway.upstream.statistics.inUse).toBe(1);
    const ended = client.untilReady();
    const again = setInterval(() => void cancel(), 300);
    await ended;
    clearInterval(again);
    expect(await ask(other, 'SELECT 1')).toEqual(['row 1']);
    client.close();
  });
});
