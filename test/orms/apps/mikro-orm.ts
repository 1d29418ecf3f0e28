/** https://mikro-orm.io/docs/6.6/guide and its pages on the entity manager, populating, transactions and the query builder. */
import { EntitySchema, LockMode, MikroORM, raw, type SqlEntityManager } from '@mikro-orm/postgresql';
import type { DriverModule } from 'cordon/node';
import type { Blogger, Note } from '../world.ts';
import type { OpenApp, OrmApp } from './app.ts';

interface User {
  id: number;
  email: string;
  name: string;
  passwordHash?: string | null;
}

interface Post {
  id: number;
  author: User;
  title: string;
  state: 'draft' | 'live';
  views: number;
  rating?: string | null;
  labels: string[];
  meta: object;
  comments: Iterable<Comment> & { add(...comments: Partial<Comment>[]): void; getItems(): Comment[] };
  tags: { set(tags: Tag[]): void; getItems(): Tag[] };
}

interface Comment {
  id: number;
  post: Post;
  text: string;
}

interface Tag {
  id: number;
  ownerId: number;
  name: string;
  uses: number;
}

const Users = new EntitySchema<User>({
  name: 'User',
  tableName: 'users',
  properties: {
    id: { type: 'integer', primary: true },
    email: { type: 'text' },
    name: { type: 'text' },
    passwordHash: { type: 'text', fieldName: 'password_hash', nullable: true, lazy: false },
  },
});

const Posts = new EntitySchema<Post>({
  name: 'Post',
  tableName: 'posts',
  properties: {
    id: { type: 'integer', primary: true, autoincrement: true },
    author: { kind: 'm:1', entity: 'User', joinColumn: 'author_id' },
    title: { type: 'text' },
    state: { enum: true, items: ['draft', 'live'], nativeEnumName: 'post_state', default: 'draft' },
    views: { type: 'integer', default: 0 },
    rating: { type: 'decimal', precision: 3, scale: 1, nullable: true },
    labels: { type: 'string[]' },
    meta: { type: 'json' },
    comments: {
      kind: '1:m',
      entity: 'Comment',
      mappedBy: 'post',
      orphanRemoval: true,
      orderBy: { id: 'asc' },
    },
    tags: {
      kind: 'm:n',
      entity: 'Tag',
      pivotTable: 'post_tags',
      orderBy: { id: 'asc' },
      joinColumn: 'post_id',
      inverseJoinColumn: 'tag_id',
      owner: true,
    },
  } as never,
});

const Comments = new EntitySchema<Comment>({
  name: 'Comment',
  tableName: 'comments',
  properties: {
    id: { type: 'integer', primary: true, autoincrement: true },
    post: { kind: 'm:1', entity: 'Post', joinColumn: 'post_id' },
    text: { type: 'text' },
  },
});

const Tags = new EntitySchema<Tag>({
  name: 'Tag',
  tableName: 'tags',
  properties: {
    id: { type: 'integer', primary: true, autoincrement: true },
    ownerId: { type: 'integer', fieldName: 'owner_id' },
    name: { type: 'text' },
    uses: { type: 'integer', default: 0 },
  },
  uniques: [{ properties: ['ownerId', 'name'] }],
});

// section:open
async function open(driver: DriverModule) {
  const entities = [Users, Posts, Comments, Tags];
  const orm = await MikroORM.init({ dbName: 'blog', entities, connect: false });
  // Before the first query: connections are made of what stands here.
  orm.em.getKnex().client.driver = driver;
  return orm;
}
// endsection:open

export const app: OrmApp = {
  async open(connection): Promise<OpenApp> {
    const orm = await open(connection.module);
    return { run: (me, note) => run(orm.em.fork(), me, note), close: () => orm.close() };
  },

  async migrate(connection): Promise<void> {
    const orm = await open(connection.module);
    await orm.schema.execute('create table "notes" ("id" serial primary key, "text" text not null);');
    await orm.close();
  },
};

async function run(em: SqlEntityManager, me: Blogger, note: Note): Promise<void> {
  await note('me', em.find(Users, {}));
  await note('posts in order', em.find(Posts, {}, { orderBy: { id: 'asc' } }));
  await note('one post', em.findOne(Posts, { id: me.id * 100 + 1 }));
  await note('a foreign post', em.findOne(Posts, me.foreign.post));
  await note(
    'filters',
    em.fork().find(
      Posts,
      {
        id: { $in: [101, 104, 106, 201, 204, 206] },
        $or: [{ title: { $ilike: '%writes 1' } }, { views: { $gt: 30 }, state: 'live' }],
      },
      { orderBy: { views: 'desc' }, fields: ['title', 'views'] },
    ),
  );
  await note('page 2', em.fork().findAndCount(Posts, {}, { orderBy: { id: 'asc' }, limit: 2, offset: 2 }));
  const populate = ['author', 'comments', 'tags'] as never;
  await note('joined', em.fork().find(Posts, {}, { populate, orderBy: { id: 'asc' }, strategy: 'joined' }));
  await note(
    'select-in',
    em.fork().find(Posts, {}, { populate, orderBy: { id: 'asc' }, strategy: 'select-in' }),
  );
  await note('by relation', em.fork().find(Posts, { comments: { text: { $like: '%comment 4%' } } as never }));
  await writes(em.fork(), me, note);
  await transactions(em.fork(), me, note);
  const counted = em
    .createQueryBuilder(Posts, 'p')
    .select(['p.state', raw('count(*) as n')] as never)
    .groupBy('p.state');
  await note(
    'query builder',
    counted.having('count(*) > ?', [1]).orderBy({ state: 'asc' }).execute('all', false),
  );
  await note('count', em.count(Posts, { state: 'live' }));
  const { execute } = { execute: em.getConnection().execute.bind(em.getConnection()) };
  await note(
    'execute',
    execute('select title from posts where id = ? or author_id = ? order by id', [me.foreign.post, me.id]),
  );
  await note('a value in it', execute(`select count(*) from posts where id = ${me.foreign.post} or 1 = 1`));
  await note('a hidden column', execute('select password_hash from users'));
}

async function writes(em: SqlEntityManager, me: Blogger, note: Note): Promise<void> {
  const author = em.getReference(Users, me.id);
  const post = em.create(Posts, {
    author,
    title: 'a new one',
    labels: ['x', 'y'],
    meta: { lang: 'de' },
    rating: '4.5',
  } as never);
  post.comments.add(
    em.create(Comments, { text: 'one' } as never),
    em.create(Comments, { text: 'two' } as never),
  );
  post.tags.set(await em.find(Tags, {}, { orderBy: { id: 'asc' }, limit: 2 }));
  await note(
    'flush',
    em.flush().then(() => post.comments.getItems().map(({ text }) => text)),
  );
  post.title = 'changed';
  post.tags.set(post.tags.getItems().slice(1));
  await note(
    'flush a change',
    em.flush().then(() => em.fork().findOne(Posts, post.id, { populate: ['tags'] as never })),
  );
  await note('update a foreign one', em.nativeUpdate(Posts, { id: me.foreign.post }, { title: 'mine' }));
  await note(
    'insert many',
    em.insertMany(Comments, [1, 2, 3].map((n) => ({ post: post.id, text: `bulk ${n}` })) as never),
  );
  const upsert = () =>
    em.upsert(Tags, { ownerId: me.id, name: 'red', uses: 5 } as never, {
      onConflictFields: ['ownerId', 'name'] as never,
    });
  await note(
    'upsert',
    upsert().then((tag) => tag.name),
  );
  await em.nativeUpdate(Tags, {}, { uses: 0 });
  await note('delete a foreign one', em.nativeDelete(Posts, { id: me.foreign.post }));
  await note('delete many', em.nativeDelete(Comments, { post: post.id }));
  await note('remove', em.nativeDelete(Posts, { id: post.id }));
}

async function transactions(em: SqlEntityManager, me: Blogger, note: Note): Promise<void> {
  await em.transactional(async (inner) => {
    const author = inner.getReference(Users, me.id);
    const post = inner.create(Posts, { author, title: 'in a transaction', labels: [], meta: {} } as never);
    await inner.flush();
    await inner.transactional(
      async (innermost) => void (await innermost.insert(Comments, { post: post.id, text: 'also' } as never)),
    );
    await note('inside', inner.count(Comments, { post: post.id }));
    await inner.nativeDelete(Posts, { id: post.id });
  });
  await note('rolled back', () =>
    em
      .transactional(async (inner) => {
        await inner.find(Tags, {}, { lockMode: LockMode.PESSIMISTIC_WRITE });
        await inner.nativeUpdate(Posts, {}, { title: 'gone' });
        throw new Error('no');
      })
      .catch((error: Error) => error.message),
  );
  await note('after all', em.fork().find(Posts, {}, { orderBy: { id: 'asc' }, fields: ['title'] }));
}
