import { createRequire } from 'node:module';
import { done, step } from './step.mjs';

const { DataTypes, Op, Sequelize, QueryTypes } = createRequire(import.meta.url)('sequelize-cockroachdb');

const sequelize = new Sequelize(process.env.DATABASE_URL, {
  dialect: 'postgres',
  logging: false,
  pool: { max: 1, min: 1, idle: 60000 },
});
const plain = { timestamps: false };
const id = { type: DataTypes.BIGINT, primaryKey: true, autoIncrement: true };

const User = sequelize.define(
  'User',
  { id, email: DataTypes.TEXT, name: DataTypes.TEXT },
  { ...plain, tableName: 'users' },
);
const Order = sequelize.define(
  'Order',
  {
    id,
    user_id: DataTypes.BIGINT,
    status: DataTypes.TEXT,
    total: DataTypes.DECIMAL(10, 2),
    note: DataTypes.JSONB,
    created_at: DataTypes.DATE,
  },
  { ...plain, tableName: 'orders' },
);
const Item = sequelize.define(
  'Item',
  {
    id,
    order_id: DataTypes.BIGINT,
    product: DataTypes.TEXT,
    price: DataTypes.DECIMAL(10, 2),
    quantity: DataTypes.BIGINT,
  },
  { ...plain, tableName: 'items' },
);
const Tag = sequelize.define(
  'Tag',
  { id, user_id: { type: DataTypes.BIGINT, unique: 'own' }, name: { type: DataTypes.TEXT, unique: 'own' } },
  { ...plain, tableName: 'tags' },
);
Order.belongsTo(User, { foreignKey: 'user_id', as: 'user' });
User.hasMany(Order, { foreignKey: 'user_id', as: 'orders' });
Order.hasMany(Item, { foreignKey: 'order_id', as: 'items' });
Item.belongsToMany(Tag, {
  through: 'item_tags',
  foreignKey: 'item_id',
  otherKey: 'tag_id',
  as: 'tags',
  timestamps: false,
});

await step('The connection is made.', () => sequelize.authenticate());
await step('A table is made.', () =>
  sequelize
    .define(
      'Cart',
      { id, name: { type: DataTypes.STRING(80), defaultValue: 'new' }, content: DataTypes.JSONB },
      { tableName: 'carts' },
    )
    .sync({ force: true }),
);
await step('A column is added, an index is made.', async () => {
  const cart = sequelize.getQueryInterface();
  await cart.addColumn('carts', 'comment', DataTypes.TEXT);
  await cart.addIndex('carts', ['name']);
});
await step('A table is described.', () => sequelize.getQueryInterface().describeTable('orders'));
await step('The tables are listed.', () => sequelize.getQueryInterface().showAllTables());
await step('The indexes of a table are listed.', () => sequelize.getQueryInterface().showIndex('orders'));
await step('A table is dropped.', () => sequelize.getQueryInterface().dropTable('carts'));
await step('All rows.', () => Order.findAll());
await step('One row by its key.', () => User.findByPk(1));
await step('Some columns, by conditions, in order, a page.', () =>
  Order.findAll({
    attributes: ['id', ['total', 'sum']],
    where: {
      user_id: 1,
      status: { [Op.in]: ['open', 'paid'] },
      [Op.or]: [{ total: { [Op.gt]: 5 } }, { note: null }],
    },
    order: [
      ['created_at', 'DESC NULLS LAST'],
      ['id', 'ASC'],
    ],
    limit: 10,
    offset: 20,
  }),
);
await step('Patterns, ranges, negations.', () =>
  Order.findAll({
    where: {
      status: {
        [Op.like]: 'o%',
        [Op.notILike]: 'P%',
        [Op.startsWith]: 'o',
        [Op.ne]: 'gone',
        [Op.regexp]: '^o',
      },
      created_at: { [Op.between]: ['2026-01-01', '2026-02-01'] },
      total: { [Op.not]: null, [Op.any]: [1, 2, 10] },
    },
  }),
);
await step('A field of JSON.', () =>
  Order.findAll({ where: { note: { gift: true, to: { [Op.ne]: 'x' } } } }),
);
await step('A part of JSON that is contained.', () =>
  Order.findAll({ where: { note: { [Op.contains]: { gift: true } } } }),
);
await step('A relation that is joined.', () =>
  Order.findAll({ include: [{ model: User, as: 'user', attributes: ['name'] }] }),
);
await step('A relation of many rows, a page of them.', () =>
  Order.findAll({
    include: [{ model: Item, as: 'items', required: true, where: { price: { [Op.gt]: 1 } } }],
    limit: 5,
  }),
);
await step('A relation through another table.', () =>
  Item.findAll({ include: [{ model: Tag, as: 'tags' }] }),
);
await step('Nested relations.', () =>
  User.findAll({ include: [{ model: Order, as: 'orders', include: [{ model: Item, as: 'items' }] }] }),
);
await step('A relation by a query of its own.', () =>
  User.findAll({ include: [{ model: Order, as: 'orders', separate: true }] }),
);
await step('A relation when it is asked for.', async () => {
  const order = await Order.findByPk(1);
  await order.getItems();
  await order.getUser();
  const [item] = await order.getItems();
  await item.getTags();
  await item.countTags();
  await item.setTags([1]);
  await item.removeTag(1);
  await item.addTag(1);
});
await step('Rows and how many there are.', () =>
  Order.findAndCountAll({ where: { user_id: 1 }, limit: 1, include: [{ model: Item, as: 'items' }] }),
);
await step('Counts, sums, the largest.', async () => {
  await Order.count({ where: { status: 'open' } });
  await Order.sum('total');
  await Order.max('created_at');
  await Order.count({ distinct: true, col: 'status' });
});
await step('Sums by group.', () =>
  Item.findAll({
    attributes: [
      'order_id',
      [sequelize.fn('SUM', sequelize.literal('price * quantity')), 'sum'],
      [sequelize.fn('COUNT', sequelize.col('id')), 'n'],
    ],
    group: ['order_id'],
    having: sequelize.where(sequelize.fn('COUNT', sequelize.col('id')), Op.gt, 0),
  }),
);
await step('One row is inserted.', () =>
  Order.create({ user_id: 1, total: 5, note: { gift: true }, status: 'open', created_at: new Date(0) }),
);
await step('Many rows are inserted.', () =>
  Tag.bulkCreate([
    { user_id: 1, name: 'a' },
    { user_id: 1, name: "b's" },
  ]),
);
await step('Many rows are inserted, conflicts overwrite.', () =>
  Tag.bulkCreate([{ id: 1, user_id: 1, name: 'gift' }], { updateOnDuplicate: ['name'] }),
);
await step('Many rows are inserted, conflicts are ignored.', () =>
  Tag.bulkCreate([{ user_id: 1, name: 'a' }], { ignoreDuplicates: true }),
);
await step('Insert or overwrite.', () => Tag.upsert({ id: 1, user_id: 1, name: 'gift' }));
await step('Find or make, in a transaction.', () => Tag.findOrCreate({ where: { user_id: 1, name: 'new' } }));
await step('Find or make, by two statements.', () =>
  Tag.findCreateFind({ where: { user_id: 1, name: 'newer' } }),
);
await step('A row is changed.', async () => {
  const order = await Order.findByPk(1);
  order.status = 'paid';
  await order.save();
  await order.reload();
  await order.increment('total', { by: 2 });
});
await step('Rows are changed.', () =>
  Order.update({ status: 'paid' }, { where: { id: [1, 2] }, returning: true }),
);
await step('Rows are changed, so many at most.', () =>
  Order.update({ status: 'paid' }, { where: { user_id: 1 }, limit: 1 }),
);
await step('Rows are deleted.', () => Tag.destroy({ where: { name: 'new' } }));
await step('Rows are deleted, so many at most.', () => Tag.destroy({ where: { name: 'newer' }, limit: 1 }));
await step('A row is deleted.', async () => (await Tag.findOne({ where: { name: 'a' } })).destroy());
await step('A transaction with a lock.', () =>
  sequelize.transaction({ isolationLevel: 'SERIALIZABLE' }, async (transaction) => {
    await Order.findAll({ where: { id: 1 }, transaction, lock: transaction.LOCK.UPDATE, skipLocked: true });
    await Order.update({ status: 'open' }, { where: { id: 1 }, transaction });
    await sequelize.transaction({ transaction }, (inner) =>
      Tag.create({ user_id: 1, name: 'inner' }, { transaction: inner }),
    );
  }),
);
await step('A transaction that fails.', () =>
  sequelize.transaction(async (transaction) => {
    await Tag.create({ user_id: 1, name: 'gone' }, { transaction });
    throw new Error('meant');
  }),
);
await step('SQL of the program itself.', async () => {
  await sequelize.query('SELECT id FROM orders WHERE status = :status AND total > :total', {
    replacements: { status: 'open', total: 1 },
    type: QueryTypes.SELECT,
  });
  await sequelize.query('SELECT id FROM orders WHERE status = $status', {
    bind: { status: 'open' },
    type: QueryTypes.SELECT,
  });
});
await done(() => sequelize.close());
