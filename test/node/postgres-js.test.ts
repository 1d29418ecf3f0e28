/** The shape of `postgres.js` through the guard. */
import postgres from 'postgres';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { cordon, type SqlCordon } from '../../src/node/index.ts';
import {
  describeWith,
  type PostgresDatabase,
  postgresRequirement,
  startPostgres,
  TOKEN_SECRET,
} from '../databases/index.ts';
import { ALICE, alice, BOB, bob, loadShop, POLICY } from './shop.ts';

describeWith([postgresRequirement()], 'postgres.js in process', () => {
  let server: PostgresDatabase;
  let raw: postgres.Sql;
  let db: SqlCordon<postgres.Sql>;
  beforeAll(async () => {
    server = await startPostgres();
    await loadShop(server);
    raw = postgres({
      host: server.host,
      port: server.port,
      user: server.user,
      database: server.database,
      password: 'the password',
    });
    db = await cordon({
      policy: POLICY as never,
      pool: raw,
      keys: { kind: 'secret', secret: TOKEN_SECRET },
      watchEveryMs: 0,
    });
  });
  beforeEach(() => loadRows());
  afterAll(async () => {
    await db.close();
    await raw.end();
    await server.stop();
  });

  async function loadRows(): Promise<void> {
    await server.run(`DELETE FROM notes; DELETE FROM goods;
      INSERT INTO notes (id, owner, body) VALUES (1, '${ALICE}', 'alice one'), (2, '${ALICE}', 'alice two'), (3, '${BOB}', 'bob one');
      INSERT INTO goods VALUES (1, 'chair', 20, '{wood}'), (2, 'table', 80.5, '{}');`);
  }

  it('a template sees the rows of its caller, with count, command and columns', async () => {
    const sql = db.as(alice);
    const rows = await sql`SELECT id, body, secret FROM notes WHERE id > ${0} ORDER BY id`;
    expect([...rows]).toEqual([
      { id: 1, body: 'alice one', secret: null },
      { id: 2, body: 'alice two', secret: null },
    ]);
    expect([rows.count, rows.command, rows.columns.map(({ name, type }) => [name, type])]).toEqual([
      2,
      'SELECT',
      [
        ['id', 23],
        ['body', 25],
        ['secret', 25],
      ],
    ]);
    expect([...(await db.as(bob)`SELECT id FROM notes`)]).toEqual([{ id: 3 }]);
    await expect(db.as()`SELECT id FROM notes`).rejects.toMatchObject({
      code: 'CORDON_RELATION_NOT_COVERED',
    });
  });

  it('parts, names, lists and objects make one text', async () => {
    const sql = db.as(alice);
    const owned = sql`id > ${0}`;
    expect(
      await sql`SELECT ${sql('id')} FROM ${sql('notes')} WHERE ${owned} AND id IN ${sql([1, 3])}`,
    ).toEqual([{ id: 1 }]);
    expect(await sql`SELECT ${sql(['id', 'body'])} FROM notes ORDER BY ${sql('notes.id')} LIMIT 1`).toEqual([
      { id: 1, body: 'alice one' },
    ]);
    await sql`INSERT INTO notes ${sql(
      [
        { id: 8, body: 'eight' },
        { id: 9, body: 'nine' },
      ],
      'id',
      'body',
    )}`;
    await sql`UPDATE notes SET ${sql({ body: 'changed', id: 8 }, 'body')} WHERE id = 8`;
    expect(await sql`SELECT body FROM notes WHERE id >= 8 ORDER BY id`).toEqual([
      { body: 'changed' },
      { body: 'nine' },
    ]);
    expect(
      await sql`SELECT * FROM (VALUES ${sql([
        [1, 'a'],
        [2, 'b'],
      ])}) AS v (n, t)`,
    ).toHaveLength(2);
    expect(await sql`SELECT id FROM notes WHERE id IN ${sql([])}`).toEqual([]);
  });

  it('values and rows of other kinds', async () => {
    const sql = db.as(alice);
    const [row] =
      await sql`SELECT ${sql.json({ a: 1 })}::jsonb AS j, ${[1, 2]}::int[] AS a, ${new Date(0)}::timestamptz AS d, ${null}::text AS n, ${true}::bool AS b`;
    expect(row).toEqual({ j: { a: 1 }, a: [1, 2], d: new Date(0), n: null, b: true });
    expect(await sql`SELECT id, body FROM notes ORDER BY id`.values()).toEqual([
      [1, 'alice one'],
      [2, 'alice two'],
    ]);
    expect(await sql`SELECT id FROM notes ORDER BY id`.raw()).toEqual([
      [Buffer.from('1')],
      [Buffer.from('2')],
    ]);
    const seen: unknown[] = [];
    for await (const rows of sql`SELECT id FROM notes ORDER BY id`.cursor(1)) seen.push(...rows);
    await sql`SELECT id FROM notes ORDER BY id`.forEach((one) => void seen.push(one));
    expect(seen).toEqual([{ id: 1 }, { id: 2 }, { id: 1 }, { id: 2 }]);
    await expect(sql`SELECT ${undefined as never}`).rejects.toThrow(/UNDEFINED_VALUE/);
  });

  it('a transaction commits, rolls back, and is undone by a denial', async () => {
    const sql = db.as(alice);
    const ids = await sql.begin(async (tx) => {
      await tx`INSERT INTO notes (id, body) VALUES (10, 'ten')`;
      await tx
        .savepoint(async (inner) => {
          await inner`DELETE FROM notes`;
          throw new Error('no');
        })
        .catch(() => undefined);
      return tx`SELECT id FROM notes ORDER BY id`;
    });
    expect([...ids]).toEqual([{ id: 1 }, { id: 2 }, { id: 10 }]);
    const denied = sql.begin(async (tx) => {
      await tx`DELETE FROM notes WHERE id = 1`;
      await tx`SELECT * FROM audit`.catch(() => undefined);
    });
    await denied;
    expect(await sql`SELECT id FROM notes WHERE id = 1`).toEqual([{ id: 1 }]);
    await expect(sql.begin('read only; DROP TABLE notes' as never, () => undefined)).rejects.toMatchObject({
      code: 'CORDON_SYNTAX',
    });
  });

  it('texts by `unsafe` are judged, and errors are safe and of the class of the library', async () => {
    const sql = db.as(alice);
    expect(await sql.unsafe('SELECT id FROM notes WHERE id = $1', [1])).toEqual([{ id: 1 }]);
    await expect(sql.unsafe('SELECT * FROM audit')).rejects.toMatchObject({
      code: 'CORDON_RELATION_NOT_COVERED',
    });
    const failed = await sql`INSERT INTO notes (id, body) VALUES (11, 'bob one')`.catch(
      (error: unknown) => error,
    );
    expect(failed).toBeInstanceOf(postgres.PostgresError);
    expect(failed).toMatchObject({ code: '23505' });
    expect(JSON.stringify(failed)).not.toContain('bob one');
    expect(failed).not.toHaveProperty('query');
  });

  it('`run` names the caller, and nobody is the caller outside', async () => {
    expect(await db.run(bob, () => db.sql`SELECT id FROM notes`.execute())).toEqual([{ id: 3 }]);
    await expect(db.sql`SELECT id FROM notes`).rejects.toMatchObject({ code: 'CORDON_RELATION_NOT_COVERED' });
  });

  it('what leads past the guard is not there', async () => {
    const sql = db.as(alice) as unknown as Record<string, unknown> & { options: Record<string, unknown> };
    for (const name of ['listen', 'notify', 'subscribe', 'file', 'largeObject'])
      await expect((sql[name] as () => Promise<unknown>)()).rejects.toMatchObject({ name: 'CordonError' });
    expect(Object.keys(sql.options).sort()).toEqual(['max', 'parsers', 'serializers', 'transform']);
    sql.options.parsers = { 23: () => 'taken' };
    (db.as(alice).options.parsers as Record<number, unknown>)[23] = () => 'taken';
    expect(await db.as(bob)`SELECT id FROM notes`).toEqual([{ id: 3 }]);
  });
});
