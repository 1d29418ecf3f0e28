/** Group 10 of the catalogue: what an application holds in its own process, on the attack shop. */
import { inspect } from 'node:util';
import type pg from 'pg';
import Cursor from 'pg-cursor';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Cordon } from '../../src/node/index.ts';
import { describeWorlds } from '../worlds/describe-worlds.ts';
import { PEOPLE } from '../worlds/world.ts';
import { PLACES, type Place, wrap } from './through-wrapper.ts';

const ALICE = { sub: PEOPLE.alice, tenant: 1, region: 'eu-west-1' };
const BOB = { sub: PEOPLE.bob, tenant: 2, region: 'us-east-1' };
const ORDERS = 'SELECT id FROM orders';
const DENIED = expect.objectContaining({ sqlstate: '42501' });

describeWorlds("the wrapper in an attacker's hands", PLACES, (start) => {
  let place: Place;
  let db: Cordon;
  beforeAll(async () => {
    place = await start('a');
    await place.world.reset(undefined);
    db = await wrap(place, await place.guards.guardFor('shop', 'mask', false));
  });
  afterAll(async () => {
    await db?.close();
    await place?.stop();
  });

  const idsOf = async (caller: typeof ALICE | undefined) => {
    const { rows } = await db.as(caller).query<{ id: number }>(ORDERS);
    return rows.map(({ id }) => id);
  };

  it('A165 a pool that a library makes for itself is the guarded one', async () => {
    const Pool = db.pg.Pool as unknown as typeof pg.Pool;
    const own = new Pool({ host: 'localhost', database: 'shop' });
    const query = () => own.query<{ id: string; password_hash: string | null }>('SELECT * FROM users');
    const { rows } = await db.run(ALICE, query);
    expect(rows.map(({ id, password_hash }) => [id, password_hash])).toEqual([[PEOPLE.alice, null]]);
    await own.end();
  });

  it('A170 nothing behind the wrapper is found by its keys, symbols, prototypes or by printing it', async () => {
    const guarded = db.as(ALICE);
    const client = await guarded.connect();
    for (const held of [guarded, client, db]) {
      expect(inspect(held, { depth: 5, showHidden: true })).not.toMatch(/_clients|secretKey|Socket/);
      for (const value of reachable(held)) expect(isDriver(value)).toBe(false);
    }
    client.release();
    expect(await idsOf(ALICE)).toEqual([15]);
  });

  it('A171 outside of any request there is no caller', async () => {
    const asked = new Promise((resolve) => setTimeout(() => resolve(db.pool.query(ORDERS)), 5));
    await expect(asked).rejects.toEqual(DENIED);
  });

  it('A172 a cursor in the place of a text gives the rows of the caller', async () => {
    const client = await db.as(ALICE).connect();
    try {
      const rows: unknown = await read(client, new Cursor(ORDERS));
      expect(rows).toEqual([{ id: 15 }]);
    } finally {
      client.release();
    }
  });

  it('A173 two requests that take turns each get their own rows', async () => {
    const slow = async () => {
      const seen: number[][] = [];
      for (let turn = 0; turn < 5; turn++) {
        const { rows } = await db.pool.query<{ id: number }>(ORDERS);
        seen.push(rows.map(({ id }) => id));
        await new Promise((resolve) => setImmediate(resolve));
      }
      return seen;
    };
    const [alice, bob] = await Promise.all([db.run(ALICE, slow), db.run(BOB, slow)]);
    expect([...new Set(alice.flat()), ...new Set(bob.flat())]).toEqual([15, 25]);
  });

  it('A174 no property of an error holds a value', async () => {
    const text = `UPDATE users SET email = 'bob@shop.test' WHERE id = '${PEOPLE.alice}'`;
    const error: unknown = await db
      .as(ALICE)
      .query(text)
      .catch((thrown: unknown) => thrown);
    const told = [JSON.stringify(error), inspect(error, { depth: 10, showHidden: true })].join('\n');
    expect(error).toBeInstanceOf(Error);
    expect(told).not.toMatch(/bob@|users_email|a11ce000|Key \(/);
  });

  it('A175 a caller inside a caller ends with its work, also by an exception', async () => {
    const rows = await db.run(ALICE, async () => {
      const failed = async () => {
        throw new Error('x');
      };
      await db.run(BOB, failed).catch(() => undefined);
      return (await db.pool.query<{ id: number }>(ORDERS)).rows;
    });
    expect(rows).toEqual([{ id: 15 }]);
  });
});

function read(client: { query: unknown }, cursor: Cursor): Promise<unknown> {
  const opened = (client.query as (given: Cursor) => Cursor).call(client, cursor);
  return opened.read(100);
}

/** Values of all keys, along the prototypes, two steps deep. */
function reachable(held: object, depth = 2): readonly unknown[] {
  const found: unknown[] = [];
  for (let at: object | null = held; at !== null && at !== Object.prototype; at = Object.getPrototypeOf(at)) {
    for (const key of Reflect.ownKeys(at)) {
      const { value } = Object.getOwnPropertyDescriptor(at, key) ?? {};
      found.push(value);
      if (depth > 1 && typeof value === 'object' && value !== null)
        found.push(...reachable(value, depth - 1));
    }
  }
  return found;
}

/** A connection or a socket of the driver. */
function isDriver(value: unknown): boolean {
  const name = (value as { constructor?: { name?: string } } | null | undefined)?.constructor?.name;
  return name === 'Socket' || name === 'Connection' || name === 'PGlite' || name === 'BoundPool';
}
