import pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { describeDatabases } from '../databases/index.ts';
import { as, loadShop } from './support/shop.ts';
import { type RunningGateway, startGateway } from './support/start-gateway.ts';

describeDatabases(
  'a client behind the gateway',
  (database) => {
    let running: RunningGateway;
    let client: pg.Client;
    beforeAll(async () => {
      running = await startGateway(database());
    });
    afterAll(() => running?.stop());
    beforeEach(async () => {
      client = new pg.Client({ connectionString: running.url });
      await client.connect();
      return () => client.end();
    });

    it('reads rows in the simple protocol', async () => {
      const { rows } = await client.query('SELECT id, name FROM goods WHERE id < 3 ORDER BY id');
      expect(rows).toEqual([
        { id: 1, name: 'chair' },
        { id: 2, name: 'table' },
      ]);
    });

    it('reads rows in the extended protocol, with parameters', async () => {
      const { rows } = await client.query('SELECT name, tags FROM goods WHERE id = $1', [1]);
      expect(rows).toEqual([{ name: 'chair', tags: ['wood', 'four legs'] }]);
    });

    it('sees the rows of the caller whose token stands in front of the statement', async () => {
      for (const parameters of [undefined, []]) {
        const alice = await client.query(as('alice', 'SELECT id FROM notes ORDER BY id'), parameters);
        const bob = await client.query(as('bob', 'SELECT id FROM notes ORDER BY id'), parameters);
        expect([alice.rows, bob.rows]).toEqual([[{ id: 1 }, { id: 2 }], [{ id: 3 }]]);
      }
    });

    it('is refused what no rule opens, and can go on', async () => {
      await expect(client.query('SELECT line FROM audit')).rejects.toMatchObject({ code: '42501' });
      await expect(client.query('SELECT line FROM audit WHERE id = $1', [1])).rejects.toMatchObject({
        code: '42501',
      });
      expect((await client.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
    });

    it('writes and gets its tag, without the rows of the guard’s own check', async () => {
      const inserted = await client.query(as('alice', "INSERT INTO notes (id, body) VALUES (10, 'new')"));
      expect(inserted).toMatchObject({ command: 'INSERT', rowCount: 1, rows: [], fields: [] });
      const again = await client.query(as('alice', 'INSERT INTO notes (id, body) VALUES ($1, $2)'), [
        11,
        'x',
      ]);
      expect(again).toMatchObject({ command: 'INSERT', rowCount: 1, rows: [], fields: [] });
      const gone = await client.query(as('alice', 'DELETE FROM notes WHERE id > $1'), [9]);
      expect(gone).toMatchObject({ command: 'DELETE', rowCount: 2, rows: [] });
    });

    it('is told that a row may not be written', async () => {
      const text = `INSERT INTO notes (id, owner, body) VALUES (20, 'b0b00000-0000-4000-8000-000000000002', 'x')`;
      await expect(client.query(as('alice', text))).rejects.toMatchObject({ code: '42501' });
    });
  },
  loadShop,
);
