/** What every server of the tests answers, whatever its framework. */
import { Readable } from 'node:stream';
import QueryStream from 'pg-query-stream';
import type { GuardedPool } from '../../src/node/index.ts';
import type { Scene } from './scene.ts';
import { aMoment } from './scene.ts';

const WHO = 'SELECT id FROM users WHERE email IS NOT NULL';
const ORDERS = 'SELECT user_id FROM orders ORDER BY id';

type Rows = { readonly user_id?: string; readonly id?: string }[];

/** Who the database thinks is asking: once by `request.db`, once by the pool of the current caller, with other work between. */
export async function whoAmI(db: GuardedPool, { cordon }: Scene): Promise<readonly (string | undefined)[]> {
  await aMoment();
  const first = await ids(db.query(WHO));
  await aMoment();
  const second = await ids(cordon.pool.query(WHO));
  const client = await cordon.pool.connect();
  try {
    await client.query('BEGIN');
    await aMoment();
    const third = await ids(client.query(WHO));
    await client.query('COMMIT');
    return [first, second, third];
  } finally {
    client.release();
  }
}

async function ids(answer: Promise<{ rows: Rows }>): Promise<string | undefined> {
  const { rows } = await answer;
  return rows.length > 1 ? 'several people' : rows[0]?.id;
}

/** One line an order, as they come out of a cursor. */
export function orderLines(db: GuardedPool): Readable {
  const stream = db.query(new QueryStream(ORDERS, [], { batchSize: 2 }));
  return Readable.from(lines(stream));
}

async function* lines(rows: AsyncIterable<{ user_id: string }>): AsyncGenerator<string> {
  for await (const { user_id: user } of rows) yield `${user}\n`;
}

/** Begins something that takes a while, in a transaction. */
export async function slowOrders(db: GuardedPool): Promise<number> {
  const client = await db.connect();
  try {
    await client.query('BEGIN');
    await new Promise((resolve) => setTimeout(resolve, 150));
    const { rowCount } = await client.query(ORDERS);
    await client.query('COMMIT');
    return rowCount ?? 0;
  } finally {
    client.release();
  }
}

/** Errors of each kind, by name. */
export function failure(kind: string, db: GuardedPool): Promise<unknown> {
  switch (kind) {
    case 'refused':
      return db.query('SELECT * FROM pg_shadow');
    case 'unique':
      return db.query(
        "INSERT INTO profiles (id, user_id, display_name, email) SELECT id, user_id, 'x', 'x' FROM profiles LIMIT 1",
      );
    case 'data':
      return db.query("SELECT CAST(email AS int4) FROM users WHERE email LIKE 'alice%'");
    case 'wrapped':
      return db.query('SELECT * FROM pg_shadow').catch((cause: unknown) => {
        throw new Error('Failed query: params: alice@shop.test', { cause });
      });
    case 'exposed':
      return Promise.reject(
        Object.assign(new Error('the name is too short'), { statusCode: 422, expose: true }),
      );
    default:
      return Promise.reject(new Error('secret of the application: alice@shop.test'));
  }
}
