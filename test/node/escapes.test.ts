/** Ways from a guarded object to the database behind it. Each fails closed. */
import { EventEmitter } from 'node:events';
import { Socket } from 'node:net';
import { inspect } from 'node:util';
import pg from 'pg';
import Cursor from 'pg-cursor';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Border } from '../../src/node/border.ts';
import type { Cordon, CordonOptions } from '../../src/node/index.ts';
import { Lease } from '../../src/node/lease.ts';
import { Source } from '../../src/node/source.ts';
import { Upstream } from '../../src/node/upstream.ts';
import { alice, bob, describeDatabases, loadShop, poolOf, wrap } from './shop.ts';

const AUDIT = 'SELECT * FROM audit';
const OTHERS = 'SELECT body FROM notes WHERE id = 3';
const OUT_OF_REACH = expect.objectContaining({ code: 'CORDON_OUT_OF_REACH' });
const NOT_COVERED = { code: 'CORDON_RELATION_NOT_COVERED' };

/** What a submittable is, with the parts that a test gives. */
function submittable(parts: Record<string, unknown>): Record<string, unknown> {
  const nothing = () => undefined;
  return {
    handleRowDescription: nothing,
    handleDataRow: nothing,
    handlePortalSuspended: nothing,
    handleEmptyQuery: nothing,
    handleCommandComplete: nothing,
    handleReadyForQuery: nothing,
    handleCopyInResponse: nothing,
    handleError: nothing,
    ...parts,
  };
}

interface Connection extends EventEmitter {
  parse(message: object): void;
  bind(message: object): void;
  describe(message: object): void;
  execute(message: object): void;
  query(text: string): void;
  sync(): void;
}

describeDatabases('escapes', (database) => {
  let db: Cordon;
  let raw: CordonOptions['pool'];
  beforeAll(async () => {
    await loadShop(database());
    raw = poolOf(database(), { max: 2, password: 'the password of the pool' });
    db = await wrap(database(), { pool: raw });
  });
  afterAll(() => db.close());

  /** Runs a submittable of alice's to its end; answers rows and errors that it was handed. */
  async function submit(
    act: (connection: Connection) => unknown,
  ): Promise<{ rows: unknown[]; errors: unknown[]; kept: Connection }> {
    const client = await db.as(alice).connect();
    const rows: unknown[] = [];
    const errors: unknown[] = [];
    let kept: Connection | undefined;
    await new Promise<void>((resolve) => {
      const given = submittable({
        submit(connection: Connection) {
          kept = connection;
          return act(connection);
        },
        handleDataRow: ({ fields }: { fields: unknown[] }) => rows.push(fields),
        handleReadyForQuery: () => resolve(),
        handleError(error: unknown, connection: Connection | undefined) {
          errors.push(error);
          if (connection === undefined) resolve();
          else {
            connection.once('readyForQuery', () => resolve());
            // A refusal without a message to the database has no answer either.
            setTimeout(resolve, 300);
          }
        },
      });
      client.query(given as never);
    });
    client.release();
    return { rows, errors, kept: kept as Connection };
  }

  it('no property, symbol, getter or prototype leads to the pool, a connection, a socket or the guard', async () => {
    const failed = await db
      .as(alice)
      .query(AUDIT)
      .catch((error: unknown) => error);
    const scrubbed = await db
      .as(alice)
      .query('SELECT 1 / 0')
      .catch((error: unknown) => error);
    const result = await db.as(alice).query('SELECT id FROM notes');
    const client = await db.as(alice).connect();
    // PGlite has one session, which an open cursor holds.
    const cursor = client.query(new Cursor('SELECT id FROM notes'));
    await cursor.read(1);
    const roots = [db.as(alice), client, cursor, result, failed, scrubbed, db.pg, db.pool];
    const found = [...reachable(roots)].filter(isForbidden(raw));
    await cursor.close();
    client.release();
    expect(found).toEqual([]);
  });

  it('names under which `pg` keeps its inner parts are not there', async () => {
    const client = (await db.as(alice).connect()) as unknown as Record<string, unknown>;
    const names = [
      'connection',
      '_connection',
      '_client',
      'connectionParameters',
      'password',
      'secretKey',
      '_queryQueue',
      '_activeQuery',
      '_types',
      'ssl',
      'host',
      'user',
    ];
    expect(names.filter((name) => client[name] !== undefined && client[name] !== null)).toEqual([]);
    const pool = db.as(alice) as unknown as Record<string, unknown>;
    expect(
      ['_clients', '_idle', '_pendingQueue', 'Client', 'Promise', '_client'].filter(
        (name) => pool[name] !== undefined,
      ),
    ).toEqual([]);
    expect(pool.options).toEqual({});
    (client as unknown as pg.PoolClient).release();
  });

  it('what the class of the pool has beside refuses', () => {
    const pool = db.as(alice) as unknown as Record<string, (given?: unknown) => unknown>;
    if (!(pool instanceof pg.Pool)) return;
    for (const name of ['newClient', '_acquireClient', '_release', '_remove', '_pulseQueue', '_isFull'])
      expect(() => pool[name]?.({})).toThrow(OUT_OF_REACH);
  });

  it('methods of the real classes do nothing with a guarded object', async () => {
    const pool = db.as(alice);
    const client = await pool.connect();
    type Loose = Record<string, (given?: unknown) => unknown>;
    const realPool = pg.Pool.prototype as unknown as Loose;
    await expect((async () => realPool.connect?.call(pool))()).rejects.toThrow();
    const real = pg.Client.prototype as unknown as Loose;
    expect(() => real.query?.call(client, AUDIT)).toThrow();
    expect(() => real._pulseQueryQueue?.call({ ...client, readyForQuery: true })).toThrow();
    client.release();
  });

  it('a guarded method does nothing with another object', async () => {
    const pool = db.as(alice);
    const client = await pool.connect();
    for (const method of [client.query, pool.query, pool.connect, client.release] as unknown as ((
      given?: unknown,
    ) => unknown)[])
      await expect((async () => method.call({}, AUDIT))()).rejects.toThrow(TypeError);
    client.release();
  });

  it('a constructor that is taken from a guarded object makes nothing', async () => {
    const pool = db.as(alice);
    const client = await pool.connect();
    const caller = await db.verify((await import('../gateway/support/shop.ts')).tokens.alice);
    for (const object of [pool, client, caller]) {
      const taken = object.constructor as new (...given: unknown[]) => object;
      expect(() => new taken({}, () => ({ role: 'auditor' }))).toThrow(OUT_OF_REACH);
    }
    client.release();
  });

  it('`this` of a callback, and what it is given, lead nowhere', async () => {
    const seen = await new Promise<unknown[]>((resolve) => {
      db.as(alice).query('SELECT 1', function (this: unknown, ...given: unknown[]) {
        resolve([this, ...given]);
      } as never);
    });
    expect(seen[0]).toBeUndefined();
    expect([...reachable(seen)].filter(isForbidden(raw))).toEqual([]);
  });

  it('a pool tells nobody of its connections', async () => {
    const pool = db.as(alice);
    const told: unknown[] = [];
    for (const event of ['connect', 'acquire', 'remove', 'release', 'error'])
      pool.on(event as 'connect', (...given) => told.push(...given));
    const client = await pool.connect();
    await client.query('SELECT 1');
    client.release();
    await pool.query(AUDIT).catch(() => undefined);
    expect(told).toEqual([]);
  });

  it('an error holds no client, query, parameters or cause of the database', async () => {
    const error = await db
      .as(alice)
      .query('SELECT $1::int', ['words of a parameter'])
      .catch((failed: unknown) => failed);
    expect(
      Object.keys(error as object).filter((key) =>
        ['client', 'query', 'parameters', 'where', 'detail', 'internalQuery', 'cause'].includes(key),
      ),
    ).toEqual([]);
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain('words of a parameter');
  });

  it('a submittable is handed a connection that judges its texts', async () => {
    const { rows, errors } = await submit((connection) => connection.query(AUDIT));
    expect(rows).toEqual([]);
    expect(errors).toMatchObject([NOT_COVERED]);
    const parsed = await submit((connection) => {
      connection.parse({ text: OTHERS });
      connection.bind({ values: [] });
      connection.execute({});
      connection.sync();
    });
    expect(parsed).toMatchObject({ rows: [], errors: [] });
  });

  it('a submittable cannot bring a caller of its own', async () => {
    const { rows, errors } = await submit((connection) => {
      connection.parse({ text: 'SELECT body FROM notes WHERE owner = $1' });
      connection.bind({
        values: ['b0b00000-0000-4000-8000-000000000002', 'b0b00000-0000-4000-8000-000000000002'],
      });
      connection.execute({});
      connection.sync();
    });
    expect(rows).toEqual([]);
    expect(errors).toMatchObject([{ code: 'CORDON_PARAMETER_COUNT' }]);
  });

  it('bytes in a name or text cannot become a message', async () => {
    const crafted = `x\u0000Q\u0000\u0000\u0000\u001c${AUDIT}`;
    const { rows } = await submit((connection) => {
      connection.parse({ text: 'SELECT 1', name: crafted });
      connection.bind({ portal: crafted, statement: crafted, values: [] });
      connection.describe({ type: 'P', name: crafted });
      connection.execute({ portal: crafted });
      connection.sync();
    });
    expect(rows).toEqual([['1']]);
    await expect(db.as(alice).query(`SELECT 1 \u0000 ${AUDIT}`)).rejects.toMatchObject({
      name: 'CordonError',
    });
    await expect(db.as(alice).query({ name: crafted, text: 'SELECT 1 AS one' })).resolves.toMatchObject({
      rows: [{ one: 1 }],
    });
  });

  it('a portal or statement that nobody judged cannot be run', async () => {
    for (const act of [
      (connection: Connection) => connection.execute({ portal: 'cordon_1' }),
      (connection: Connection) => connection.bind({ statement: 'cordon_1', values: [] }),
      (connection: Connection) => connection.describe({ type: 'S', name: 'cordon_1' }),
    ]) {
      const { errors } = await submit((connection) => {
        act(connection);
        connection.sync();
      });
      expect(errors).toMatchObject([{ code: 'CORDON_PREPARED_UNKNOWN' }]);
    }
  });

  it('the stream, COPY data and the end of the connection are out of reach of a submittable', async () => {
    const tried: unknown[] = [];
    await submit((connection) => {
      const inner = connection as unknown as Record<string, (given?: unknown) => unknown> & {
        stream: object;
      };
      for (const name of [
        'end',
        'sendCopyFromChunk',
        'endCopyFrom',
        'sendCopyFail',
        '_send',
        'startup',
        'cancel',
        'requestSsl',
        'password',
      ])
        try {
          inner[name]?.('x');
          tried.push(inner[name]);
        } catch (error) {
          tried.push((error as { code?: string }).code);
        }
      tried.push(Reflect.ownKeys(inner.stream).length, Object.isFrozen(inner.stream));
      connection.query('SELECT 1');
    });
    expect(tried).toEqual([...Array(4).fill('CORDON_OUT_OF_REACH'), ...Array(5).fill(undefined), 0, true]);
  });

  it('what keeps account of a submittable is not for the submittable to change', async () => {
    const { kept } = await submit((connection) => connection.query('SELECT 1'));
    expect(
      ['noteColumns', 'completed', 'accepts', 'revoke', 'refusal', 'discardsRows', 'talk'].filter(
        (name) => name in kept,
      ),
    ).toEqual([]);
  });

  it('a connection that a submittable keeps is dead when it is done', async () => {
    const { kept } = await submit((connection) => connection.query('SELECT 1'));
    expect(() => kept.query('SELECT 1')).toThrow(expect.objectContaining({ code: 'CORDON_CLIENT_RELEASED' }));
    expect(() => kept.parse({ text: 'SELECT 1' })).toThrow(
      expect.objectContaining({ code: 'CORDON_CLIENT_RELEASED' }),
    );
    kept.sync();
    expect((await db.as(bob).query('SELECT id FROM notes')).rows).toEqual([{ id: 3 }]);
  });

  it('a submittable that sends and then fails does not leave answers to the next', async () => {
    const client = await db.as(alice).connect();
    client.on('error', () => undefined);
    const failed = new Promise((resolve) => {
      client.query(
        submittable({
          submit(connection: Connection) {
            connection.query('SELECT body FROM notes');
            return new Error('given up');
          },
          handleError: resolve,
        }) as never,
      );
    });
    await failed;
    client.release(true);
    expect((await db.as(bob).query('SELECT id FROM notes')).rows).toEqual([{ id: 3 }]);
  });

  it('events that are made up on a client change nothing', async () => {
    const client = await db.as(alice).connect();
    for (const event of ['readyForQuery', 'rowDescription', 'end', 'drain', 'notice'])
      client.emit(event as 'drain', { status: 'I' });
    expect((await client.query('SELECT id FROM notes ORDER BY id')).rows).toEqual([{ id: 1 }, { id: 2 }]);
    client.release();
  });

  it('an object that answers otherwise when it is read again is read once', async () => {
    let reads = 0;
    const config = {
      get text() {
        reads += 1;
        return reads === 1 ? 'SELECT 1 AS one' : AUDIT;
      },
    };
    expect((await db.as(alice).query(config as pg.QueryConfig)).rows).toEqual([{ one: 1 }]);
    expect(reads).toBe(1);
    let texts = 0;
    const { rows } = await submit((connection) => {
      connection.parse({
        get text() {
          texts += 1;
          return texts === 1 ? 'SELECT 1' : AUDIT;
        },
      });
      connection.bind({ values: [] });
      connection.describe({ type: 'P' });
      connection.execute({});
      connection.sync();
    });
    expect(rows).toEqual([['1']]);
  });

  it('texts and values that are no texts and values are refused', async () => {
    const pool = db.as(alice) as unknown as { query(given: unknown, values?: unknown): Promise<unknown> };
    for (const given of [undefined, null, 7, { text: { toString: () => AUDIT } }, [AUDIT], {}])
      await expect(pool.query(given)).rejects.toThrow();
    await expect(pool.query('SELECT $1', { 0: 'x', length: 1 })).rejects.toThrow(TypeError);
  });

  it('a value that writes itself is handed nothing but the way to write values', async () => {
    let given: unknown[] = [];
    const value = {
      toPostgres(...all: unknown[]) {
        given = all;
        return 'x';
      },
    };
    await db.as(alice).query('SELECT $1::text AS x', [value]);
    expect([...reachable(given)].filter(isForbidden(raw))).toEqual([]);
  });

  it('a type parser of one client is not used for another', async () => {
    const client = await db.as(alice).connect();
    client.setTypeParser(23, () => 'taken');
    expect((await client.query('SELECT 1 AS one')).rows).toEqual([{ one: 'taken' }]);
    client.release();
    expect((await db.as(bob).query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
    const cursor = new Cursor('SELECT 1 AS one') as unknown as {
      _result: { _types?: { setTypeParser?: unknown } };
    };
    const other = await db.as(alice).connect();
    const running = other.query(cursor as never) as unknown as {
      read(n: number): Promise<unknown>;
      close(): Promise<void>;
    };
    await running.read(1);
    expect([Object.isFrozen(cursor._result._types), cursor._result._types?.setTypeParser]).toEqual([
      true,
      undefined,
    ]);
    await running.close();
    other.release();
  });

  it('a result has no parsers, types or statement of the driver', async () => {
    const result = (await db.as(alice).query('SELECT id FROM notes')) as unknown as Record<string, unknown>;
    expect(Object.keys(result).sort()).toEqual([
      'command',
      'fields',
      'oid',
      'rowAsArray',
      'rowCount',
      'rows',
    ]);
  });

  it('inspection and JSON show neither password nor address', async () => {
    const client = await db.as(alice).connect();
    for (const object of [db, db.as(alice), client, db.pg]) {
      const shown = inspect(object, { depth: 20, showHidden: true, showProxy: true, getters: true });
      expect(shown).not.toMatch(/password of the pool|127\.0\.0\.1|PGlite/);
    }
    expect(JSON.stringify([db, db.as(alice), client])).not.toMatch(/password of the pool|127\.0\.0\.1/);
    client.release();
  });

  it('a polluted Object.prototype opens nothing', async () => {
    const polluted = Object.prototype as unknown as Record<string, unknown>;
    const names = ['role', 'claims', 'fingerprint', 'discardRows', 'prepared', 'isEmbedded', 'refusal'];
    for (const name of names)
      Object.defineProperty(polluted, name, { value: 'auditor', configurable: true, writable: true });
    try {
      const seen = await Promise.allSettled([
        db.as(alice).query(OTHERS),
        db.as(alice).query(AUDIT),
        db.as().query('SELECT 1 AS one'),
      ]);
      expect(
        seen.map((one) =>
          one.status === 'fulfilled'
            ? (one as unknown as { value: pg.QueryResult }).value.rows.length
            : 'refused',
        ),
      ).toEqual([0, 'refused', 1]);
    } finally {
      for (const name of names) delete polluted[name];
    }
  });

  it('a caller that was changed after it was named stays who it was', async () => {
    const claims = { ...alice };
    const pool = db.as(claims);
    claims.sub = bob.sub;
    expect((await pool.query('SELECT id FROM notes ORDER BY id')).rows).toEqual([{ id: 1 }, { id: 2 }]);
    const seen = await db.run(claims, async () => {
      claims.sub = alice.sub;
      return (await db.pool.query('SELECT id FROM notes')).rows;
    });
    expect(seen).toEqual([{ id: 3 }]);
  });

  it('a text cannot name a caller, and no token in it is taken', async () => {
    const { tokens } = await import('../gateway/support/shop.ts');
    for (const text of [
      `/*cordon:${tokens.auditor}*/ ${AUDIT}`,
      `SET cordon.token = '${tokens.auditor}'`,
      `SET LOCAL cordon.token = '${tokens.auditor}'`,
    ])
      await expect(db.as(alice).query(text)).rejects.toMatchObject({ code: 'CORDON_UNSUPPORTED' });
    await expect(db.as(alice).query(AUDIT)).rejects.toMatchObject(NOT_COVERED);
  });

  it('work that outlives `run` does not meet the caller of another', async () => {
    const later = await db.run(alice, async () => {
      const client = await db.pool.connect();
      return () => client;
    });
    const client = later();
    await expect(client.query('SELECT id FROM notes')).rejects.toMatchObject(NOT_COVERED);
    expect((await db.run(bob, () => client.query('SELECT id FROM notes'))).rows).toEqual([{ id: 3 }]);
    client.release();
  });
});

/** Everything that can be reached from here by properties of any kind and by prototypes. */
function reachable(roots: readonly unknown[]): ReadonlySet<unknown> {
  const seen = new Set<unknown>(BUILT_IN);
  const waiting = [...roots];
  for (let at = waiting.pop(); waiting.length > 0 || at !== undefined; at = waiting.pop()) {
    if ((typeof at !== 'object' && typeof at !== 'function') || at === null || seen.has(at)) continue;
    seen.add(at);
    waiting.push(Object.getPrototypeOf(at));
    for (const key of Reflect.ownKeys(at)) {
      try {
        waiting.push(Reflect.get(at, key));
      } catch {
        // A getter that refuses leads nowhere.
      }
    }
  }
  for (const known of BUILT_IN) seen.delete(known);
  return seen;
}

// The classes of `pg` can be imported by anyone; they know no database.
const BUILT_IN: readonly unknown[] = [
  globalThis,
  ...Object.getOwnPropertyNames(globalThis).map((name) => (globalThis as Record<string, unknown>)[name]),
  EventEmitter,
  pg.Pool,
  pg.Client,
  pg.Query,
  pg.types,
  pg.defaults,
  pg.TypeOverrides,
  pg.DatabaseError,
];

function isForbidden(raw: CordonOptions['pool']): (object: unknown) => boolean {
  const { _clients: clients = [] } = raw as unknown as { _clients?: readonly { connection: unknown }[] };
  const exact = new Set<unknown>([raw, ...clients, ...clients.map(({ connection }) => connection)]);
  return (object) =>
    exact.has(object) || [Socket, Source, Border, Lease, Upstream].some((kind) => object instanceof kind);
}
