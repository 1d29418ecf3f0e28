import {
  and,
  avg,
  between,
  count,
  desc,
  eq,
  exists,
  gt,
  ilike,
  inArray,
  isNull,
  like,
  ne,
  not,
  or,
  relations,
  sql,
  sum,
} from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import {
  alias,
  bigint,
  jsonb,
  numeric,
  pgTable,
  primaryKey,
  text,
  timestamp,
  union,
} from 'drizzle-orm/pg-core';
import pg from 'pg';
import { done, step } from './step.mjs';

const id = () => bigint('id', { mode: 'number' }).primaryKey().default(sql`unique_rowid()`);
const users = pgTable('users', { id: id(), email: text('email'), name: text('name') });
const orders = pgTable('orders', {
  id: id(),
  userId: bigint('user_id', { mode: 'number' }),
  status: text('status').default('open'),
  total: numeric('total', { precision: 10, scale: 2 }).default('0'),
  note: jsonb('note'),
  createdAt: timestamp('created_at', { withTimezone: true }).defaultNow(),
});
const items = pgTable('items', {
  id: id(),
  orderId: bigint('order_id', { mode: 'number' }),
  product: text('product'),
  price: numeric('price', { precision: 10, scale: 2 }),
  quantity: bigint('quantity', { mode: 'number' }).default(1),
});
const tags = pgTable('tags', { id: id(), userId: bigint('user_id', { mode: 'number' }), name: text('name') });
const itemTags = pgTable(
  'item_tags',
  { itemId: bigint('item_id', { mode: 'number' }), tagId: bigint('tag_id', { mode: 'number' }) },
  (table) => [primaryKey({ columns: [table.itemId, table.tagId] })],
);
const userRelations = relations(users, ({ many }) => ({ orders: many(orders) }));
const orderRelations = relations(orders, ({ one, many }) => ({
  user: one(users, { fields: [orders.userId], references: [users.id] }),
  items: many(items),
}));
const itemRelations = relations(items, ({ one, many }) => ({
  order: one(orders, { fields: [items.orderId], references: [orders.id] }),
  tags: many(itemTags),
}));
const itemTagRelations = relations(itemTags, ({ one }) => ({
  item: one(items, { fields: [itemTags.itemId], references: [items.id] }),
  tag: one(tags, { fields: [itemTags.tagId], references: [tags.id] }),
}));
const schema = {
  users,
  orders,
  items,
  tags,
  itemTags,
  userRelations,
  orderRelations,
  itemRelations,
  itemTagRelations,
};
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 1 });
const db = drizzle(pool, { schema });

await step('The connection is made.', () => db.execute(sql`select 1`));
await step('All rows.', () => db.select().from(orders));
await step('Some columns, by conditions, in order, a page.', () =>
  db
    .select({ id: orders.id, sum: orders.total })
    .from(orders)
    .where(
      and(
        eq(orders.userId, 1),
        or(inArray(orders.status, ['open', 'paid']), isNull(orders.note)),
        not(eq(orders.status, 'gone')),
      ),
    )
    .orderBy(desc(orders.createdAt), orders.id)
    .limit(10)
    .offset(20),
);
await step('Patterns and ranges.', () =>
  db
    .select()
    .from(orders)
    .where(
      and(
        like(orders.status, 'o%'),
        ilike(orders.status, 'O%'),
        between(orders.total, '1', '100'),
        ne(orders.status, 'x'),
      ),
    ),
);
await step('Joins.', () =>
  db
    .select({ id: orders.id, product: items.product, buyer: users.name })
    .from(orders)
    .innerJoin(items, eq(items.orderId, orders.id))
    .leftJoin(users, eq(users.id, orders.userId)),
);
await step('A table joined with itself.', () => {
  const other = alias(orders, 'other');
  return db.select().from(orders).leftJoin(other, eq(other.userId, orders.userId));
});
await step('Relations.', () =>
  db.query.orders.findMany({ with: { user: true, items: { with: { tags: { with: { tag: true } } } } } }),
);
await step('Relations of a page.', () =>
  db.query.users.findFirst({
    columns: { id: true, name: true },
    where: eq(users.id, 1),
    with: { orders: { limit: 2, orderBy: desc(orders.id), where: gt(orders.total, '1') } },
  }),
);
await step('A relation with a computed column.', () =>
  db.query.orders.findMany({ extras: { loud: sql`upper(${orders.status})`.as('loud') } }),
);
await step('How many.', () => db.$count(orders, eq(orders.status, 'open')));
await step('Sums by group.', () =>
  db
    .select({ order: items.orderId, n: count(), all: sum(items.price), mean: avg(items.price) })
    .from(items)
    .groupBy(items.orderId)
    .having(({ n }) => gt(n, 0)),
);
await step('Rows without doubles.', () =>
  db
    .selectDistinctOn([orders.userId], { user: orders.userId, id: orders.id })
    .from(orders)
    .orderBy(orders.userId),
);
await step('A sub-query, a common table, EXISTS.', () => {
  const paid = db
    .$with('paid')
    .as(db.select({ id: orders.id }).from(orders).where(eq(orders.status, 'paid')));
  const large = db
    .select({ order: items.orderId, n: count().as('n') })
    .from(items)
    .groupBy(items.orderId)
    .as('large');
  return db
    .with(paid)
    .select()
    .from(paid)
    .leftJoin(large, eq(large.order, paid.id))
    .where(exists(db.select({ one: sql`1` }).from(tags).where(eq(tags.userId, 1))));
});
await step('A union.', () =>
  union(db.select({ id: orders.id }).from(orders), db.select({ id: items.orderId }).from(items)),
);
await step('One row is inserted.', () =>
  db
    .insert(orders)
    .values({ id: 1001, userId: 1, total: '5', note: { gift: true } })
    .returning({ id: orders.id }),
);
await step('Many rows are inserted.', () =>
  db
    .insert(tags)
    .values([
      { id: 1001, userId: 1, name: 'a' },
      { id: 1002, userId: 1, name: 'b' },
    ])
    .returning(),
);
await step('A row with defaults.', () => db.insert(tags).values({ userId: 1, name: 'c' }));
await step('Rows of a query are inserted.', () =>
  db.insert(itemTags).select(
    db
      .select({ itemId: items.id, tagId: sql`1`.as('tag_id') })
      .from(items)
      .where(eq(items.id, 2)),
  ),
);
await step('A conflict is ignored.', () =>
  db.insert(tags).values({ id: 1, userId: 1, name: 'gift' }).onConflictDoNothing(),
);
await step('A conflict overwrites.', () =>
  db
    .insert(tags)
    .values({ id: 1, userId: 1, name: 'gift' })
    .onConflictDoUpdate({ target: tags.id, set: { name: sql`excluded.name` }, setWhere: eq(tags.userId, 1) }),
);
await step('Rows are changed.', () =>
  db
    .update(orders)
    .set({ status: 'paid', total: sql`${orders.total} + 1` })
    .where(eq(orders.id, 1))
    .returning(),
);
await step('Rows are changed by another table.', () =>
  db
    .update(items)
    .set({ quantity: 2 })
    .from(orders)
    .where(and(eq(orders.id, items.orderId), eq(orders.id, 1))),
);
await step('Rows are deleted.', () => db.delete(tags).where(eq(tags.name, 'b')).returning({ id: tags.id }));
await step('A transaction with a lock, and one inside.', () =>
  db.transaction(async (tx) => {
    await tx.select().from(orders).where(eq(orders.id, 1)).for('update', { skipLocked: true });
    await tx.transaction(async (inner) =>
      inner.update(orders).set({ status: 'open' }).where(eq(orders.id, 1)),
    );
  }),
);
await step('A transaction of a level.', () =>
  db.transaction(async (tx) => tx.select().from(tags), {
    isolationLevel: 'serializable',
    accessMode: 'read only',
    deferrable: true,
  }),
);
await step('A transaction that fails.', () => db.transaction(async (tx) => tx.rollback()));
await step('A statement that is prepared by name.', () =>
  db
    .select()
    .from(orders)
    .where(eq(orders.id, sql.placeholder('id')))
    .prepare('by_id')
    .execute({ id: 1 }),
);
await step('SQL of the program itself.', () =>
  db.execute(sql`select id from ${orders} where ${orders.status} = ${'open'}`),
);
await done(() => pool.end());
