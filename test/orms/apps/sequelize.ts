/** https://sequelize.org/docs/v6/core-concepts/model-basics/ and the pages behind it: querying, associations, transactions, raw queries. */
import { createRequire } from 'node:module';
import type { DriverModule } from 'cordon/node';
import type * as Package from 'sequelize';
import type { Blogger, Note } from '../world.ts';
import type { Connection, OpenApp, OrmApp } from './app.ts';

const { DataTypes, literal, fn, col, Op, QueryTypes, Sequelize, Transaction } = createRequire(
  import.meta.url,
)('sequelize') as typeof Package;

type Model = Package.ModelStatic<Package.Model<Record<string, unknown>>>;

interface Models {
  readonly sequelize: Package.Sequelize;
  readonly User: Model;
  readonly Profile: Model;
  readonly Post: Model;
  readonly Comment: Model;
  readonly Tag: Model;
}

// section:open
function connect(driver: DriverModule) {
  return new Sequelize({ dialect: 'postgres', dialectModule: driver, logging: false });
}
// endsection:open

function open({ module }: Connection): Models {
  const sequelize = connect(module);
  sequelize.options.define = { underscored: true, timestamps: false };
  // Sequelize writes into what it is given, so each column has its own.
  const id = () => ({ type: DataTypes.INTEGER, primaryKey: true, autoIncrement: true });
  const text = () => ({ type: DataTypes.TEXT, allowNull: false });
  const User: Model = sequelize.define(
    'User',
    {
      id: { type: DataTypes.INTEGER, primaryKey: true },
      email: text(),
      name: text(),
      passwordHash: DataTypes.TEXT,
    },
    { tableName: 'users' },
  );
  const Profile: Model = sequelize.define('Profile', { id: id(), bio: text() }, { tableName: 'profiles' });
  const Post: Model = sequelize.define(
    'Post',
    {
      id: id(),
      title: text(),
      state: { type: DataTypes.ENUM('draft', 'live'), defaultValue: 'draft' },
      views: { type: DataTypes.INTEGER, defaultValue: 0 },
      rating: DataTypes.DECIMAL(3, 1),
      labels: { type: DataTypes.ARRAY(DataTypes.TEXT), defaultValue: [] },
      meta: { type: DataTypes.JSONB, defaultValue: {} },
    },
    { tableName: 'posts', timestamps: true },
  );
  const Comment: Model = sequelize.define('Comment', { id: id(), text: text() }, { tableName: 'comments' });
  const Tag: Model = sequelize.define(
    'Tag',
    {
      id: id(),
      ownerId: DataTypes.INTEGER,
      name: text(),
      uses: { type: DataTypes.INTEGER, defaultValue: 0 },
    },
    { tableName: 'tags' },
  );
  User.hasOne(Profile, { foreignKey: 'userId', as: 'profile' });
  Profile.belongsTo(User, { foreignKey: 'userId', as: 'user' });
  User.hasMany(Post, { foreignKey: 'authorId', as: 'posts' });
  Post.belongsTo(User, { foreignKey: 'authorId', as: 'author' });
  Post.hasMany(Comment, { foreignKey: 'postId', as: 'comments' });
  Comment.belongsTo(Post, { foreignKey: 'postId', as: 'post' });
  const through = { through: 'post_tags', timestamps: false };
  Post.belongsToMany(Tag, { ...through, foreignKey: 'postId', otherKey: 'tagId', as: 'tags' });
  Tag.belongsToMany(Post, { ...through, foreignKey: 'tagId', otherKey: 'postId', as: 'posts' });
  return { sequelize, User, Profile, Post, Comment, Tag };
}

export const app: OrmApp = {
  async open(connection): Promise<OpenApp> {
    const models = open(connection);
    return { run: (me, note) => run(models, me, note), close: () => models.sequelize.close() };
  },

  async migrate(connection): Promise<void> {
    const { sequelize } = open(connection);
    const id = { type: DataTypes.INTEGER, primaryKey: true, autoIncrement: true };
    const text = { type: DataTypes.TEXT, allowNull: false };
    const Note = sequelize.define(
      'Note',
      { id, text },
      { tableName: 'notes', indexes: [{ fields: ['text'] }] },
    );
    await Note.sync();
    await sequelize.close();
  },
};

async function run(models: Models, me: Blogger, note: Note): Promise<void> {
  await reads(models, me, note);
  await writes(models, me, note);
  await transactions(models, me, note);
  await aggregates(models, note);
  await raw(models, me, note);
}

async function reads({ User, Post, Tag }: Models, me: Blogger, note: Note): Promise<void> {
  await note('me', User.findAll());
  await note('posts in order', Post.findAll({ order: ['id'] }));
  await note('one post', Post.findByPk(me.id * 100 + 1));
  await note('a foreign post', Post.findByPk(me.foreign.post));
  await note(
    'filters',
    Post.findAll({
      attributes: ['id', ['title', 'heading'], [fn('upper', col('title')), 'loud']],
      where: {
        id: { [Op.in]: [101, 104, 106, 201, 204, 206] },
        [Op.or]: [{ title: { [Op.iLike]: '%writes 1' } }, { views: { [Op.gt]: 30 }, state: 'live' }],
      },
      order: [['views', 'DESC']],
    }),
  );
  await note('page 2', Post.findAll({ order: ['id'], offset: 2, limit: 2 }));
  await note(
    'found and counted',
    Post.findAndCountAll({ where: { state: 'live' }, order: ['id'], limit: 1 }),
  );
  await note(
    'by array and json',
    Post.findAll({ where: { labels: { [Op.contains]: ['p2'] }, meta: { lang: 'en' } } }),
  );
  await note(
    'include',
    Post.findAll({
      include: [
        { association: 'author', include: ['profile'] },
        { association: 'comments' },
        { association: 'tags', through: { attributes: [] } },
      ],
      order: ['id', ['comments', 'id', 'ASC'], ['tags', 'id', 'ASC']],
    }),
  );
  await note(
    'include, separate',
    Post.findAll({ include: [{ association: 'comments', separate: true, order: ['id'] }], order: ['id'] }),
  );
  await note(
    'include with a page',
    Post.findAll({ include: ['comments'], order: ['id', ['comments', 'id', 'ASC']], limit: 2 }),
  );
  await note(
    'required',
    Tag.findAll({
      include: [{ association: 'posts', required: true, where: { state: 'live' } }],
      order: ['id'],
    }),
  );
  await note('of somebody else', Post.findAll({ where: { authorId: me.foreign.user }, include: ['author'] }));
}

async function writes({ Post, Comment, Tag }: Models, me: Blogger, note: Note): Promise<void> {
  const post = await Post.create({
    authorId: me.id,
    title: 'a new one',
    labels: ['x', 'y'],
    meta: { lang: 'de' },
    rating: 4.5,
  });
  await note('create', Promise.resolve(post));
  await note('save', post.update({ title: 'changed' }));
  await note(
    'increment',
    post.increment('views', { by: 5 }).then(() => post.reload()),
  );
  const { id } = post.get() as { id: number };
  await note(
    'bulk create',
    Comment.bulkCreate(
      [1, 2, 3].map((n) => ({ postId: id, text: `bulk ${n}` })),
      { returning: true },
    ),
  );
  const withComments = await Post.create(
    { authorId: me.id, title: 'with comments', comments: [{ text: 'one' }, { text: 'two' }] },
    { include: ['comments'] },
  );
  await note(
    'create with an association',
    withComments.reload({ include: ['comments'], order: [['comments', 'text', 'ASC']] } as never),
  );
  const mixins = post as unknown as Record<
    'addTags' | 'getTags' | 'setTags',
    (tags?: unknown) => Promise<unknown>
  >;
  await mixins.addTags(await Tag.findAll({ limit: 2, order: ['id'] }));
  await note('tags', mixins.getTags());
  await mixins.setTags([]);
  await note('update a foreign one', Post.update({ title: 'mine' }, { where: { id: me.foreign.post } }));
  await note(
    'update returning',
    Post.update({ views: literal('views + 1') }, { where: { id }, returning: ['title', 'views'] }),
  );
  await note(
    'find or create',
    Tag.findOrCreate({ where: { ownerId: me.id, name: 'red' } }).then(([tag, made]) => [tag, made]),
  );
  const upsert = () =>
    Tag.bulkCreate([{ ownerId: me.id, name: 'red', uses: 1 }], {
      updateOnDuplicate: ['uses'],
      conflictAttributes: ['ownerId', 'name'],
    } as never).then(([tag]) => tag?.get('uses'));
  await note('upsert', upsert());
  await note(
    'upsert again',
    Tag.upsert(
      { ownerId: me.id, name: 'red', uses: 3 },
      { conflictFields: ['owner_id', 'name'] as never },
    ).then(([tag]) => tag.get('uses')),
  );
  await Tag.update({ uses: 0 }, { where: {} });
  await note('delete', Comment.destroy({ where: { postId: id } }));
  await note('delete a foreign one', Post.destroy({ where: { id: me.foreign.post } }));
  await withComments.destroy();
  await note(
    'destroy',
    post.destroy().then(() => Post.count()),
  );
}

async function transactions(
  { sequelize, Post, Comment, Tag }: Models,
  me: Blogger,
  note: Note,
): Promise<void> {
  await sequelize.transaction(async (transaction) => {
    const post = await Post.create({ authorId: me.id, title: 'in a transaction' }, { transaction });
    await sequelize.transaction({ transaction }, async (inner) => {
      await Comment.create({ postId: post.get('id'), text: 'also' }, { transaction: inner });
    });
    await note('inside', Comment.findAll({ where: { postId: post.get('id') as number }, transaction }));
    await post.destroy({ transaction });
  });
  const isolationLevel = Transaction.ISOLATION_LEVELS.SERIALIZABLE;
  await note('rolled back', () =>
    sequelize
      .transaction({ isolationLevel }, async (transaction) => {
        await Post.update({ title: 'gone' }, { where: {}, transaction });
        throw new Error('no');
      })
      .catch((error: Error) => error.message),
  );
  const transaction = await sequelize.transaction();
  await note('locked', Tag.findAll({ transaction, lock: true, order: ['id'] }));
  await transaction.rollback();
  await note('after all', Post.findAll({ attributes: ['title'], order: ['id'] }));
}

async function aggregates({ Post }: Models, note: Note): Promise<void> {
  await note('count', Post.count({ where: { state: 'live' } }));
  await note('sum', Post.sum('views'));
  await note('max', Post.max('rating'));
  await note(
    'group by',
    Post.findAll({
      attributes: ['state', [fn('count', col('id')), 'n']],
      group: ['state'],
      having: literal('count(id) > 1'),
      order: ['state'],
    }),
  );
}

async function raw({ sequelize, Post }: Models, me: Blogger, note: Note): Promise<void> {
  const id = me.foreign.post;
  const type = QueryTypes.SELECT;
  await note(
    'replacements',
    sequelize.query('SELECT title FROM posts WHERE id = :id OR author_id = :me ORDER BY id', {
      replacements: { id, me: me.id },
      type,
    }),
  );
  await note('bind', sequelize.query('SELECT title FROM posts WHERE id = $id', { bind: { id }, type }));
  await note(
    'into models',
    sequelize.query('SELECT * FROM posts ORDER BY id LIMIT 1', { model: Post, mapToModel: true }),
  );
  await note(
    'a value in it',
    sequelize.query(`SELECT count(*) FROM posts WHERE id = ${id} OR 1 = 1`, { type }),
  );
  await note('a hidden column', sequelize.query('SELECT password_hash FROM users', { type }));
}
