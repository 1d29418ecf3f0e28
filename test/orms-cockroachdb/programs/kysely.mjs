import { Kysely, PostgresDialect, sql } from 'kysely';
import { jsonArrayFrom, jsonObjectFrom } from 'kysely/helpers/postgres';
import pg from 'pg';
import { done, step } from './step.mjs';

const db = new Kysely({
  dialect: new PostgresDialect({ pool: new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 1 }) }),
});

await step('The tables and their columns.', () => db.introspection.getTables());
await step('A table is made.', () =>
  db.schema
    .createTable('carts')
    .addColumn('id', 'uuid', (column) => column.primaryKey().defaultTo(sql`gen_random_uuid()`))
    .addColumn('user_id', 'bigint', (column) => column.references('users.id').onDelete('cascade').notNull())
    .addColumn('name', 'varchar(80)')
    .execute(),
);
await step('An index is made.', () =>
  db.schema.createIndex('carts_by_user').on('carts').column('user_id').execute(),
);
await step('A table is dropped.', () => db.schema.dropTable('carts').execute());
await step('All columns.', () => db.selectFrom('orders').selectAll().execute());
await step('Some columns, by conditions, in order, a page.', () =>
  db
    .selectFrom('orders')
    .select(['id', 'total as sum'])
    .where('user_id', '=', 1)
    .where((eb) => eb.or([eb('status', 'in', ['open', 'paid']), eb('note', 'is', null)]))
    .orderBy('created_at', 'desc')
    .limit(10)
    .offset(20)
    .execute(),
);
await step('One row by its key.', () =>
  db.selectFrom('users').selectAll('users').where('id', '=', 1).executeTakeFirst(),
);
await step('Joins.', () =>
  db
    .selectFrom('orders as o')
    .innerJoin('items as i', 'i.order_id', 'o.id')
    .leftJoin('users as u', (join) => join.onRef('u.id', '=', 'o.user_id').on('u.name', 'like', 'A%'))
    .select(['o.id', 'i.product', 'u.name as buyer'])
    .execute(),
);
await step('A lateral join.', () =>
  db
    .selectFrom('orders')
    .innerJoinLateral(
      (eb) =>
        eb
          .selectFrom('items')
          .select('product')
          .whereRef('items.order_id', '=', 'orders.id')
          .limit(1)
          .as('first'),
      (join) => join.onTrue(),
    )
    .select(['orders.id', 'first.product'])
    .execute(),
);
await step('Relations as JSON.', () =>
  db
    .selectFrom('orders')
    .select((eb) => [
      'orders.id',
      jsonArrayFrom(
        eb
          .selectFrom('items')
          .select(['items.id', 'items.product'])
          .whereRef('items.order_id', '=', 'orders.id'),
      ).as('items'),
      jsonObjectFrom(
        eb.selectFrom('users').select('users.name').whereRef('users.id', '=', 'orders.user_id'),
      ).as('user'),
    ])
    .execute(),
);
await step('Sums by group.', () =>
  db
    .selectFrom('items')
    .select(({ fn }) => [
      'order_id',
      fn.countAll().as('n'),
      fn.sum('price').as('sum'),
      fn.avg('price').filterWhere('quantity', '>', 1).as('avg'),
    ])
    .groupBy('order_id')
    .having((eb) => eb.fn.count('id'), '>', 0)
    .execute(),
);
await step('A row of each, by DISTINCT ON.', () =>
  db.selectFrom('orders').distinctOn('user_id').select(['user_id', 'id']).orderBy('user_id').execute(),
);
await step('A sub-query, and EXISTS.', () =>
  db
    .selectFrom('users')
    .select((eb) => [
      'id',
      eb
        .selectFrom('orders')
        .whereRef('orders.user_id', '=', 'users.id')
        .select(eb.fn.max('total').as('m'))
        .as('most'),
    ])
    .where(({ exists, selectFrom }) =>
      exists(selectFrom('orders').select('id').whereRef('orders.user_id', '=', 'users.id')),
    )
    .execute(),
);
await step('A common table, and a union.', () =>
  db
    .with('paid', (qc) => qc.selectFrom('orders').select('id').where('status', '=', 'paid'))
    .selectFrom('paid')
    .select('id')
    .unionAll(db.selectFrom('orders').select('id').where('status', '=', 'open'))
    .execute(),
);
await step('CASE, COALESCE, a concatenation, a field of JSON.', () =>
  db
    .selectFrom('orders')
    .select((eb) => [
      eb.case().when('status', '=', 'open').then(1).else(0).end().as('is_open'),
      eb.fn.coalesce('note', sql`'{}'::jsonb`).as('note'),
      sql`${sql.ref('status')} || ${'!'}`.as('loud'),
      eb.ref('note', '->>').key('gift').as('gift'),
    ])
    .execute(),
);
await step('A window.', () =>
  db
    .selectFrom('orders')
    .select((eb) =>
      eb.fn
        .agg('row_number')
        .over((over) => over.partitionBy('user_id').orderBy('created_at'))
        .as('place'),
    )
    .execute(),
);
await step('One row is inserted.', () =>
  db.insertInto('orders').values({ user_id: 1, total: 5 }).returning('id').executeTakeFirst(),
);
await step('Many rows are inserted.', () =>
  db
    .insertInto('tags')
    .values([
      { user_id: 1, name: 'a' },
      { user_id: 1, name: 'b' },
    ])
    .returningAll()
    .execute(),
);
await step('Rows of a query are inserted.', () =>
  db
    .insertInto('tags')
    .columns(['user_id', 'name'])
    .expression((eb) => eb.selectFrom('orders').select(['user_id', 'status']).distinct())
    .execute(),
);
await step('A conflict is ignored.', () =>
  db
    .insertInto('tags')
    .values({ user_id: 1, name: 'a' })
    .onConflict((oc) => oc.columns(['user_id', 'name']).doNothing())
    .execute(),
);
await step('A conflict overwrites.', () =>
  db
    .insertInto('tags')
    .values({ id: 1, user_id: 1, name: 'gift' })
    .onConflict((oc) => oc.column('id').doUpdateSet((eb) => ({ name: eb.ref('excluded.name') })))
    .execute(),
);
await step('Rows are changed.', () =>
  db.updateTable('orders').set({ status: 'paid' }).where('id', '=', 1).returning(['id', 'status']).execute(),
);
await step('Rows are changed by another table.', () =>
  db
    .updateTable('items')
    .from('orders')
    .set((eb) => ({ quantity: eb('items.quantity', '+', 1) }))
    .whereRef('orders.id', '=', 'items.order_id')
    .where('orders.id', '=', 1)
    .execute(),
);
await step('Rows are deleted.', () => db.deleteFrom('tags').where('name', '=', 'b').executeTakeFirst());
await step('Rows are deleted by another table.', () =>
  db
    .deleteFrom('item_tags')
    .using('items')
    .whereRef('items.id', '=', 'item_tags.item_id')
    .where('items.product', '=', 'no')
    .execute(),
);
await step('A transaction of a level, with a lock.', () =>
  db
    .transaction()
    .setIsolationLevel('serializable')
    .execute(async (trx) => {
      await trx.selectFrom('orders').select('id').where('id', '=', 1).forUpdate().skipLocked().execute();
    }),
);
await step('A transaction with a savepoint.', async () => {
  const trx = await db.startTransaction().execute();
  const inner = await trx.savepoint('inner').execute();
  await inner.insertInto('tags').values({ user_id: 1, name: 'e' }).execute();
  const outer = await inner.rollbackToSavepoint('inner').execute();
  await outer.releaseSavepoint('inner').execute();
  await trx.commit().execute();
});
await step('SQL of the program itself.', () =>
  sql`select id from orders where user_id = ${1} and status = any(${['open', 'paid']})`.execute(db),
);
await done(() => db.destroy());
