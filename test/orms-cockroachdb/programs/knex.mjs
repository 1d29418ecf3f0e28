import knexModule from 'knex';
import { done, step } from './step.mjs';

const knex = knexModule({
  client: 'cockroachdb',
  connection: process.env.DATABASE_URL,
  pool: { min: 1, max: 1 },
});

await step('The connection is made and the version read.', () => knex.raw('SELECT 1'));
await step('Whether a table stands.', () => knex.schema.hasTable('orders'));
await step('Whether a column stands.', () => knex.schema.hasColumn('orders', 'status'));
await step('The columns of a table.', () => knex('orders').columnInfo());
await step('A table is made.', () =>
  knex.schema.createTable('carts', (table) => {
    table.increments('id');
    table.bigInteger('user_id').notNullable().references('users.id');
    table.string('name', 80).defaultTo('new');
    table.jsonb('content');
    table.timestamps(true, true);
    table.index(['user_id', 'name']);
  }),
);
await step('A table is changed.', () =>
  knex.schema.alterTable('carts', (table) => {
    table.text('comment');
    table.dropColumn('content');
  }),
);
await step('A table is dropped.', () => knex.schema.dropTableIfExists('carts'));
await step('All columns of all rows.', () => knex.select().from('orders'));
await step('Some columns, by a condition, in order, a page of them.', () =>
  knex('orders')
    .select('id', 'total as sum')
    .where({ user_id: 1, status: 'open' })
    .orderBy('created_at', 'desc')
    .limit(10)
    .offset(20),
);
await step('Conditions of all kinds.', () =>
  knex('orders')
    .where('total', '>', 5)
    .andWhere((builder) => builder.whereNull('note').orWhereNotIn('status', ['paid', 'gone']))
    .whereBetween('created_at', ['2026-01-01', '2026-02-01'])
    .whereLike('status', 'o%')
    .whereILike('status', 'O%'),
);
await step('The first row.', () => knex('users').where('id', 1).first('id', 'email'));
await step('A list of one column.', () => knex('users').pluck('email'));
await step('A field of JSON.', () =>
  knex('orders')
    .whereJsonPath('note', '$.gift', '=', true)
    .jsonExtract('note', '$.gift', 'gift')
    .select('id'),
);
await step('A part of JSON that is contained.', () =>
  knex('orders').whereJsonObject('note', { gift: true }).whereJsonSupersetOf('note', { gift: true }),
);
await step('A join, and another one.', () =>
  knex('orders as o')
    .join('items as i', 'i.order_id', 'o.id')
    .leftJoin('users as u', { 'u.id': 'o.user_id' })
    .select('o.id', 'i.product', 'u.name'),
);
await step('Sums by group.', () =>
  knex('items')
    .select('order_id')
    .sum({ total: knex.raw('price * quantity') })
    .count('* as n')
    .groupBy('order_id')
    .having(knex.raw('count(*)'), '>', 1),
);
await step('How many, how many different, the largest.', () =>
  knex('orders').countDistinct('status as a').max('total as b').avg('total as c'),
);
await step('A sub-query in a condition.', () =>
  knex('orders')
    .whereIn('id', knex('items').select('order_id').where('price', '>', 5))
    .whereExists(knex('tags').select(knex.raw('1')).whereRaw('tags.user_id = orders.user_id')),
);
await step('A union, and a common table.', () =>
  knex
    .with('paid', knex('orders').where('status', 'paid'))
    .select('id')
    .from('paid')
    .union([knex('orders').select('id').where('status', 'open')]),
);
await step('A window.', () =>
  knex('orders').select('id').rowNumber('place', 'created_at', 'user_id').rank('best', ['total']),
);
await step('One row is inserted.', () => knex('orders').insert({ user_id: 1, total: 5 }).returning('id'));
await step('Many rows are inserted.', () =>
  knex('tags').insert(
    [
      { user_id: 1, name: 'a' },
      { user_id: 1, name: 'b' },
    ],
    ['id', 'name'],
  ),
);
await step('Rows of different columns are inserted.', () =>
  knex('orders').insert([{ user_id: 1 }, { user_id: 1, status: 'paid' }]),
);
await step('Many rows in batches.', () =>
  knex.batchInsert(
    'tags',
    [
      { user_id: 1, name: 'c' },
      { user_id: 1, name: 'd' },
    ],
    1,
  ),
);
await step('A conflict is ignored.', () =>
  knex('tags').insert({ user_id: 1, name: 'a' }).onConflict(['user_id', 'name']).ignore(),
);
await step('A conflict overwrites.', () =>
  knex('tags').insert({ id: 1, user_id: 1, name: 'gift' }).onConflict('id').merge(),
);
await step('A conflict overwrites one column, by a condition.', () =>
  knex('tags')
    .insert({ id: 1, user_id: 1, name: 'gift' })
    .onConflict('id')
    .merge(['name'])
    .where('tags.user_id', 1),
);
await step('Insert or overwrite, CockroachDB.', () =>
  knex('tags').upsert({ id: 1, user_id: 1, name: 'gift' }),
);
await step('Insert or overwrite, with what was written.', () =>
  knex('tags').upsert({ id: 1, user_id: 1, name: 'gift' }, ['id']),
);
await step('Rows are changed.', () =>
  knex('orders')
    .where({ id: 1 })
    .update({ status: 'paid', note: JSON.stringify({ gift: true }) }, ['id', 'status']),
);
await step('A number is raised.', () => knex('items').where('id', 1).increment('quantity', 2));
await step('A field of JSON is set.', () =>
  knex('orders')
    .where('id', 1)
    .update({ note: knex.jsonSet('note', '$.a', '1') }),
);
await step('Rows are deleted.', () => knex('tags').where('name', 'd').del());
await step('A transaction, with a savepoint inside.', () =>
  knex.transaction(async (transaction) => {
    await transaction('orders').where('id', 1).forUpdate().first();
    await transaction.transaction(async (inner) => inner('orders').where('id', 1).update({ status: 'open' }));
  }),
);
await step('A transaction that fails.', () =>
  knex.transaction(async (transaction) => {
    await transaction('orders').where('id', 2).forShare().noWait().select('id');
    throw new Error('meant');
  }),
);
await step('A transaction of a level.', () =>
  knex.transaction(async (transaction) => transaction.select(1), { isolationLevel: 'serializable' }),
);
await step('A transaction that reads.', () =>
  knex.transaction(async (transaction) => transaction.select(1), { readOnly: true }),
);
await step('SQL of the program itself.', () =>
  knex.raw('select id from orders where user_id = ? and status = ?', [1, 'open']),
);
await step('A row number and a raw column.', () =>
  knex('orders').select(knex.raw('count(*) filter (where status = ?) as open', ['open'])),
);
await step('Rows one after the other.', async () => {
  for await (const _ of knex('orders').select('id').stream()) break;
});
await done(() => knex.destroy());
