/** https://typeorm.io/docs/getting-started, its pages on relations, find options, the query builder, transactions and raw SQL. */

import type { DriverModule } from 'cordon/node';
import {
  DataSource,
  EntitySchema,
  ILike,
  In,
  LessThan,
  type MigrationInterface,
  MoreThan,
  type QueryRunner,
} from 'typeorm';
import type { Blogger, Note } from '../world.ts';
import type { OpenApp, OrmApp } from './app.ts';

interface User {
  id: number;
  email: string;
  name: string;
  passwordHash: string | null;
  profile?: Profile;
  posts?: Post[];
}

interface Profile {
  id: number;
  bio: string;
  user?: User;
}

interface Post {
  id: number;
  authorId: number;
  author?: User;
  title: string;
  state: 'draft' | 'live';
  views: number;
  rating: string | null;
  labels: string[];
  meta: { readonly lang?: string; readonly words?: number };
  createdAt: Date;
  updatedAt: Date;
  comments?: Comment[];
  tags?: Tag[];
}

interface Comment {
  id: number;
  text: string;
  post?: Post;
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
  columns: {
    id: { type: Number, primary: true },
    email: { type: 'text', unique: true },
    name: { type: 'text' },
    passwordHash: { type: 'text', name: 'password_hash', nullable: true },
  },
  relations: {
    profile: { type: 'one-to-one', target: 'Profile', inverseSide: 'user' },
    posts: { type: 'one-to-many', target: 'Post', inverseSide: 'author' },
  },
});

const Profiles = new EntitySchema<Profile>({
  name: 'Profile',
  tableName: 'profiles',
  columns: { id: { type: Number, primary: true, generated: true }, bio: { type: 'text' } },
  relations: {
    user: { type: 'one-to-one', target: 'User', joinColumn: { name: 'user_id' }, inverseSide: 'profile' },
  },
});

const Posts = new EntitySchema<Post>({
  name: 'Post',
  tableName: 'posts',
  columns: {
    id: { type: Number, primary: true, generated: true },
    authorId: { type: Number, name: 'author_id' },
    title: { type: 'text' },
    state: { type: 'enum', enum: ['draft', 'live'], enumName: 'post_state', default: 'draft' },
    views: { type: Number, default: 0 },
    rating: { type: 'numeric', precision: 3, scale: 1, nullable: true },
    labels: { type: 'text', array: true, default: [] },
    meta: { type: 'jsonb', default: {} },
    createdAt: { type: 'timestamptz', name: 'created_at', createDate: true },
    updatedAt: { type: 'timestamptz', name: 'updated_at', updateDate: true },
  },
  relations: {
    author: { type: 'many-to-one', target: 'User', joinColumn: { name: 'author_id' }, inverseSide: 'posts' },
    comments: { type: 'one-to-many', target: 'Comment', inverseSide: 'post', cascade: true },
    tags: {
      type: 'many-to-many',
      target: 'Tag',
      joinTable: {
        name: 'post_tags',
        joinColumn: { name: 'post_id' },
        inverseJoinColumn: { name: 'tag_id' },
      },
    },
  },
});

const Comments = new EntitySchema<Comment>({
  name: 'Comment',
  tableName: 'comments',
  columns: { id: { type: Number, primary: true, generated: true }, text: { type: 'text' } },
  relations: {
    post: { type: 'many-to-one', target: 'Post', joinColumn: { name: 'post_id' }, inverseSide: 'comments' },
  },
});

const Tags = new EntitySchema<Tag>({
  name: 'Tag',
  tableName: 'tags',
  columns: {
    id: { type: Number, primary: true, generated: true },
    ownerId: { type: Number, name: 'owner_id' },
    name: { type: 'text' },
    uses: { type: Number, default: 0 },
  },
  uniques: [{ columns: ['ownerId', 'name'] }],
});

class CreateNotes1700000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE "notes" ("id" serial PRIMARY KEY, "text" text NOT NULL)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE "notes"');
  }
}

const entities = [Users, Profiles, Posts, Comments, Tags];
const migrations = [CreateNotes1700000000000];

// section:open
function open(driver: DriverModule) {
  return new DataSource({ type: 'postgres', driver, entities, migrations }).initialize();
}
// endsection:open

export const app: OrmApp = {
  async open(connection): Promise<OpenApp> {
    const source = await open(connection.module);
    return { run: (me, note) => run(source, me, note), close: () => source.destroy() };
  },

  async migrate(connection): Promise<void> {
    const source = await open(connection.module);
    await source.runMigrations();
    await source.destroy();
  },
};

async function run(db: DataSource, me: Blogger, note: Note): Promise<void> {
  await reads(db, me, note);
  await builder(db, me, note);
  await writes(db, me, note);
  await transactions(db, me, note);
  await aggregates(db, note);
  await raw(db, me, note);
}

async function reads(db: DataSource, me: Blogger, note: Note): Promise<void> {
  const posts = db.getRepository(Posts);
  await note('me', db.getRepository(Users).find());
  await note('posts in order', posts.find({ order: { id: 'ASC' } }));
  await note('one post', posts.findOneBy({ id: me.id * 100 + 1 }));
  await note('a foreign post', posts.findOneBy({ id: me.foreign.post }));
  const ids = { id: In([101, 104, 106, 201, 204, 206]) };
  await note(
    'filters',
    posts.find({
      where: [
        { ...ids, title: ILike('%writes 1') },
        { ...ids, views: MoreThan(30), state: 'live' },
      ],
      select: { id: true, title: true },
      order: { views: 'DESC' },
    }),
  );
  await note('page 2', posts.find({ order: { id: 'ASC' }, skip: 2, take: 2 }));
  await note(
    'found and counted',
    posts.findAndCount({ where: { views: LessThan(50) }, order: { id: 'ASC' }, take: 1 }),
  );
  await note('exists', posts.existsBy({ id: me.foreign.post }));
  await note(
    'relations',
    posts.find({
      relations: { author: { profile: true }, comments: true, tags: true },
      order: { id: 'ASC', comments: { id: 'ASC' }, tags: { id: 'ASC' } },
    }),
  );
  await note(
    'relations by queries',
    posts.find({
      relations: { author: true, comments: true },
      relationLoadStrategy: 'query',
      order: { id: 'ASC', comments: { id: 'ASC' } },
    }),
  );
  await note(
    'a page with relations',
    posts.find({ relations: { comments: true }, order: { id: 'ASC', comments: { id: 'ASC' } }, take: 2 }),
  );
  await note(
    'of somebody else',
    posts.find({ where: { author: { id: me.foreign.user } }, relations: { author: true } }),
  );
}

async function builder(db: DataSource, me: Blogger, note: Note): Promise<void> {
  const posts = db.getRepository(Posts);
  await note(
    'query builder',
    posts
      .createQueryBuilder('post')
      .leftJoinAndSelect('post.comments', 'comment')
      .innerJoinAndSelect('post.author', 'author')
      .where('post.state = :state', { state: 'live' })
      .andWhere('post.views > :views', { views: 10 })
      .orderBy({ 'post.id': 'ASC', 'comment.id': 'ASC' })
      .getMany(),
  );
  await note(
    'raw and entities',
    posts
      .createQueryBuilder('post')
      .select('post.title', 'title')
      .addSelect('upper(post.title)', 'loud')
      .orderBy('post.id')
      .getRawMany(),
  );
  await note(
    'sub-query',
    posts
      .createQueryBuilder('post')
      .where(
        (query) =>
          `post.id IN ${query.subQuery().select('comment.post_id').from(Comments, 'comment').getQuery()}`,
      )
      .orderBy('post.id')
      .getMany(),
  );
  await note(
    'relation of one',
    db
      .createQueryBuilder()
      .relation(Posts, 'tags')
      .of(me.id * 100 + 1)
      .loadMany(),
  );
  const streamed: unknown[] = [];
  const stream = await posts
    .createQueryBuilder('post')
    .select('post.title', 'title')
    .orderBy('post.id')
    .stream();
  for await (const row of stream) streamed.push(row);
  await note('stream', Promise.resolve(streamed));
}

async function writes(db: DataSource, me: Blogger, note: Note): Promise<void> {
  const posts = db.getRepository(Posts);
  const post = posts.create({
    authorId: me.id,
    title: 'a new one',
    labels: ['x', 'y'],
    meta: { lang: 'de' },
    rating: '4.5',
  });
  await note('save', posts.save(post));
  post.views += 1;
  post.comments = [1, 2].map((n) => ({ text: `cascaded ${n}` }) as Comment);
  post.tags = await db.getRepository(Tags).find({ order: { id: 'ASC' }, take: 2 });
  await note('save with relations', posts.save(post));
  post.tags = post.tags.slice(1);
  await note('save with one tag less', posts.save(post));
  const { id } = post;
  await note(
    'insert many',
    db
      .getRepository(Comments)
      .insert([1, 2, 3].map((n) => ({ post: { id }, text: `bulk ${n}` })))
      .then(({ identifiers }) => identifiers),
  );
  await note(
    'update',
    posts.update({ id }, { title: 'changed' }).then(({ affected }) => affected),
  );
  await note(
    'increment',
    posts.increment({ id }, 'views', 5).then(({ affected }) => affected),
  );
  await note(
    'update a foreign one',
    posts.update({ id: me.foreign.post }, { title: 'mine' }).then(({ affected }) => affected),
  );
  const tags = db.getRepository(Tags);
  const upsert = () =>
    tags
      .upsert({ ownerId: me.id, name: 'red', uses: 1 }, ['ownerId', 'name'])
      .then(({ identifiers }) => identifiers.length);
  await note('upsert', upsert());
  await note('upsert again', upsert());
  await note(
    'on conflict',
    tags
      .createQueryBuilder()
      .insert()
      .values({ ownerId: me.id, name: 'red' })
      .orIgnore()
      .execute()
      .then(({ raw }) => raw),
  );
  await tags.updateAll({ uses: 0 });
  await note(
    'delete',
    db
      .getRepository(Comments)
      .delete({ post: { id } })
      .then(({ affected }) => affected),
  );
  await note(
    'delete a foreign one',
    posts.delete({ id: me.foreign.post }).then(({ affected }) => affected),
  );
  await note(
    'remove',
    posts.remove(post).then(({ title }) => title),
  );
}

async function transactions(db: DataSource, me: Blogger, note: Note): Promise<void> {
  await db.transaction(async (manager) => {
    const post = await manager.save(Posts, { authorId: me.id, title: 'in a transaction' });
    await manager.transaction(
      async (inner) => void (await inner.save(Comments, { post: { id: post.id }, text: 'also' })),
    );
    await note('inside', manager.find(Comments, { where: { post: { id: post.id } } }));
    await manager.delete(Posts, { id: post.id });
  });
  await note('rolled back', () =>
    db
      .transaction('SERIALIZABLE', async (manager) => {
        await manager.updateAll(Posts, { title: 'gone' });
        throw new Error('no');
      })
      .catch((error: Error) => error.message),
  );
  const runner = db.createQueryRunner();
  await runner.startTransaction();
  await runner.manager.updateAll(Posts, { title: 'gone' });
  await note(
    'locked',
    runner.manager.find(Tags, { lock: { mode: 'pessimistic_write' }, order: { id: 'ASC' } }),
  );
  await runner.rollbackTransaction();
  await runner.release();
  await note('after all', db.getRepository(Posts).find({ select: { title: true }, order: { id: 'ASC' } }));
}

async function aggregates(db: DataSource, note: Note): Promise<void> {
  const posts = db.getRepository(Posts);
  await note('count', posts.countBy({ state: 'live' }));
  await note('sum', posts.sum('views'));
  await note('average', posts.average('views', { state: 'live' }));
  await note('maximum', posts.maximum('views'));
  await note(
    'group by',
    posts
      .createQueryBuilder('post')
      .select('post.state', 'state')
      .addSelect('count(*)', 'n')
      .groupBy('post.state')
      .having('count(*) > :n', { n: 1 })
      .orderBy('state')
      .getRawMany(),
  );
}

async function raw(db: DataSource, me: Blogger, note: Note): Promise<void> {
  const id = me.foreign.post;
  await note(
    'query',
    db.query('SELECT title FROM posts WHERE id = $1 OR author_id = $2 ORDER BY id', [id, me.id]),
  );
  await note('query with a value in it', db.query(`SELECT count(*) FROM posts WHERE id = ${id} OR 1 = 1`));
  await note('a hidden column', db.query('SELECT password_hash FROM users'));
}
