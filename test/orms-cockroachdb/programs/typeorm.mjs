import 'reflect-metadata';
import {
  Between,
  Brackets,
  DataSource,
  EntitySchema,
  ILike,
  In,
  IsNull,
  LessThan,
  Like,
  MoreThan,
  Not,
  Raw,
} from 'typeorm';
import { done, step } from './step.mjs';

const key = { type: 'int8', primary: true, generated: 'rowid' };
const User = new EntitySchema({
  name: 'User',
  tableName: 'users',
  columns: { id: key, email: { type: 'string' }, name: { type: 'string' } },
  relations: { orders: { type: 'one-to-many', target: 'Order', inverseSide: 'user' } },
});
const Order = new EntitySchema({
  name: 'Order',
  tableName: 'orders',
  columns: {
    id: key,
    status: { type: 'string' },
    total: { type: 'decimal', precision: 10, scale: 2 },
    note: { type: 'jsonb', nullable: true },
    created_at: { type: 'timestamptz' },
  },
  relations: {
    user: { type: 'many-to-one', target: 'User', joinColumn: { name: 'user_id' }, inverseSide: 'orders' },
    items: { type: 'one-to-many', target: 'Item', inverseSide: 'order', cascade: true },
  },
});
const Item = new EntitySchema({
  name: 'Item',
  tableName: 'items',
  columns: { id: key, product: { type: 'string' }, price: { type: 'decimal' }, quantity: { type: 'int8' } },
  relations: {
    order: { type: 'many-to-one', target: 'Order', joinColumn: { name: 'order_id' }, inverseSide: 'items' },
    tags: {
      type: 'many-to-many',
      target: 'Tag',
      joinTable: {
        name: 'item_tags',
        joinColumn: { name: 'item_id' },
        inverseJoinColumn: { name: 'tag_id' },
      },
    },
  },
});
const Tag = new EntitySchema({
  name: 'Tag',
  tableName: 'tags',
  columns: { id: key, name: { type: 'string' }, user_id: { type: 'int8' } },
  uniques: [{ columns: ['user_id', 'name'] }],
});
const Cart = new EntitySchema({
  name: 'Cart',
  tableName: 'carts',
  columns: {
    id: { type: 'uuid', primary: true, generated: 'uuid' },
    name: { type: 'varchar', length: 80, default: 'new' },
  },
});

const options = {
  type: 'cockroachdb',
  url: process.env.DATABASE_URL,
  timeTravelQueries: false,
  extra: { max: 1 },
};
const migrations = new DataSource({ ...options, entities: [Cart] });
const source = new DataSource({ ...options, entities: [User, Order, Item, Tag] });

await step('The connection is made.', () => source.initialize());
await step('The schema is compared and made.', async () => {
  await migrations.initialize();
  await migrations.synchronize();
  await migrations.synchronize();
  await migrations.destroy();
});
const orders = source.getRepository(Order);
const items = source.getRepository(Item);
const tags = source.getRepository(Tag);
const users = source.getRepository(User);
await step('All rows.', () => orders.find());
await step('One row.', () => users.findOneBy({ id: 1 }));
await step('One row, with its relations.', () =>
  orders.findOne({ where: { id: 1 }, relations: { user: true, items: { tags: true } } }),
);
await step('Some columns, by conditions, in order, a page.', () =>
  orders.find({
    select: { id: true, total: true },
    where: { status: In(['open', 'paid']), total: MoreThan(5) },
    order: { created_at: 'DESC' },
    skip: 20,
    take: 10,
  }),
);
await step('A page with relations.', () =>
  orders.find({
    relations: { items: true },
    where: { user: { id: 1 } },
    order: { id: 'ASC' },
    skip: 0,
    take: 2,
  }),
);
await step('Conditions of all kinds.', () =>
  orders.find({
    where: [
      { status: Like('o%'), note: IsNull(), total: Between(1, 100) },
      {
        status: Not(ILike('P%')),
        created_at: LessThan(new Date(0)),
        total: Raw((alias) => `${alias} > :least`, { least: 1 }),
      },
    ],
  }),
);
await step('Relations by queries of their own.', () =>
  orders.find({ relations: { items: true }, relationLoadStrategy: 'query' }),
);
await step('Rows and how many there are.', () => orders.findAndCount({ where: { status: 'open' }, take: 1 }));
await step('Counts, sums, whether one stands.', async () => {
  await orders.countBy({ status: 'open' });
  await orders.sum('total', { status: 'open' });
  await orders.maximum('total');
  await orders.existsBy({ id: 1 });
});
await step('A query that is built.', () =>
  orders
    .createQueryBuilder('o')
    .leftJoinAndSelect('o.items', 'i', 'i.price > :price', { price: 1 })
    .innerJoin('o.user', 'u')
    .addSelect('u.name')
    .where('o.status = :status', { status: 'open' })
    .andWhere(
      new Brackets((inner) => inner.where('o.total > :total', { total: 1 }).orWhere('o.note IS NULL')),
    )
    .orderBy('o.created_at', 'DESC', 'NULLS LAST')
    .getMany(),
);
await step('Sums by group.', () =>
  items
    .createQueryBuilder('i')
    .select('i.order_id', 'order_id')
    .addSelect('SUM(i.price * i.quantity)', 'sum')
    .addSelect('COUNT(*)', 'n')
    .groupBy('i.order_id')
    .having('COUNT(*) > :n', { n: 0 })
    .getRawMany(),
);
await step('A sub-query.', () =>
  orders
    .createQueryBuilder('o')
    .where(
      (builder) =>
        `o.id IN ${builder.subQuery().select('i.order_id').from('Item', 'i').where('i.price > 5').getQuery()}`,
    )
    .getMany(),
);
await step('A common table.', () =>
  source
    .createQueryBuilder()
    .addCommonTableExpression(
      orders.createQueryBuilder('o').select('o.id', 'id').where("o.status = 'paid'"),
      'paid',
    )
    .select('p.id', 'id')
    .from('paid', 'p')
    .getRawMany(),
);
await step('Yesterday, by a query that is built.', () =>
  orders.createQueryBuilder('o').timeTravelQuery("'-1h'").getMany(),
);
await step('Yesterday, as a follower has it.', () =>
  orders.createQueryBuilder('o').timeTravelQuery().getMany(),
);
await step('One row is inserted, by save().', () =>
  orders.save({ user: { id: 1 }, status: 'open', total: 5, created_at: new Date(0) }),
);
await step('A row and its related rows, by save().', () =>
  orders.save({
    user: { id: 1 },
    status: 'open',
    total: 5,
    created_at: new Date(0),
    items: [{ product: 'cup', price: 1, quantity: 1 }],
  }),
);
await step('Many rows are inserted.', () =>
  tags.insert([
    { user_id: 1, name: 'a' },
    { user_id: 1, name: 'b' },
  ]),
);
await step('A row is changed, by save().', async () => {
  const order = await orders.findOneBy({ id: 1 });
  await orders.save({ ...order, status: 'paid' });
});
await step('Rows of a relation are changed.', async () => {
  const item = await items.findOne({ where: { id: 1 }, relations: { tags: true } });
  item.tags = [];
  await items.save(item);
  item.tags = [{ id: 1 }];
  await items.save(item);
});
await step('Insert or overwrite.', () => tags.upsert({ id: 1, user_id: 1, name: 'gift' }, ['id']));
await step("Insert or overwrite, by CockroachDB's word.", () =>
  tags.upsert({ id: 1, user_id: 1, name: 'gift' }, { conflictPaths: ['id'], upsertType: 'primary-key' }),
);
await step('A conflict is ignored.', () =>
  tags.createQueryBuilder().insert().values({ user_id: 1, name: 'a' }).orIgnore().execute(),
);
await step('Rows are changed.', () => orders.update({ id: In([1, 2]) }, { status: 'paid' }));
await step('A number is raised.', () => items.increment({ id: 1 }, 'quantity', 2));
await step('Rows are changed by a query that is built.', () =>
  orders
    .createQueryBuilder()
    .update()
    .set({ status: () => "status || '!'" })
    .where('id = :id', { id: 1 })
    .returning(['id', 'status'])
    .execute(),
);
await step('Rows are deleted.', () => tags.delete({ name: 'b' }));
await step('A row is deleted, by remove().', async () => tags.remove(await tags.findOneBy({ name: 'a' })));
await step('A transaction, with one inside.', () =>
  source.transaction(async (manager) => {
    await manager.findOne(Order, { where: { id: 1 }, lock: { mode: 'pessimistic_write' } });
    await manager.update(Order, { id: 1 }, { status: 'open' });
    await manager.transaction((inner) => inner.insert(Tag, { user_id: 1, name: 'inner' }));
  }),
);
await step('A transaction of a level.', () =>
  source.transaction('SERIALIZABLE', (manager) => manager.count(Order)),
);
await step('A transaction that fails.', () =>
  source.transaction(async (manager) => {
    await manager.insert(Tag, { user_id: 1, name: 'gone' });
    throw new Error('meant');
  }),
);
await step('SQL of the program itself.', () =>
  source.query('SELECT id FROM orders WHERE status = $1', ['open']),
);
await step('A table is dropped.', () => source.createQueryRunner().dropTable('carts'));
await done(() => source.destroy());
