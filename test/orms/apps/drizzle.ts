/** https://orm.drizzle.team/docs/get-started/postgresql-new, and its pages on select, joins, the relational queries and transactions. */

import { fileURLToPath } from 'node:url';
import type { GuardedPool } from 'cordon/node';
import { and, asc, avg, count, desc, eq, gt, ilike, inArray, or, relations, sql, sum } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import {
  integer,
  jsonb,
  numeric,
  pgEnum,
  pgTable,
  primaryKey,
  serial,
  text,
  timestamp,
  unique,
} from 'drizzle-orm/pg-core';
import type { Blogger, Note } from '../world.ts';
import type { OpenApp, OrmApp } from './app.ts';

const postState = pgEnum('post_state', ['draft', 'live']);

const users = pgTable('users', {
  id: integer().primaryKey(),
  email: text().notNull().unique(),
  name: text().notNull(),
  passwordHash: text('password_hash'),
});

const profiles = pgTable('profiles', {
  id: serial().primaryKey(),
  userId: integer('user_id')
    .notNull()
    .unique()
    .references(() => users.id),
  bio: text().notNull(),
});

const posts = pgTable('posts', {
  id: serial().primaryKey(),
  authorId: integer('author_id')
    .notNull()
    .references(() => users.id),
  title: text().notNull(),
  state: postState().notNull().default('draft'),
  views: integer().notNull().default(0),
  rating: numeric({ precision: 3, scale: 1 }),
  labels: text().array().notNull().default([]),
  meta: jsonb().$type<{ lang?: string }>().notNull().default({}),
  createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  updatedAt: timestamp('updated_at', { withTimezone: true }).notNull().defaultNow(),
});

const comments = pgTable('comments', {
  id: serial().primaryKey(),
  postId: integer('post_id')
    .notNull()
    .references(() => posts.id),
  text: text().notNull(),
});

const tags = pgTable(
  'tags',
  {
    id: serial().primaryKey(),
    ownerId: integer('owner_id').notNull(),
    name: text().notNull(),
    uses: integer().notNull().default(0),
  },
  (table) => [unique().on(table.ownerId, table.name)],
);

const postTags = pgTable(
  'post_tags',
  {
    postId: integer('post_id')
      .notNull()
      .references(() => posts.id),
    tagId: integer('tag_id')
      .notNull()
      .references(() => tags.id),
  },
  (table) => [primaryKey({ columns: [table.postId, table.tagId] })],
);

const schema = {
  users,
  profiles,
  posts,
  comments,
  tags,
  postTags,
  usersRelations: relations(users, ({ one, many }) => ({ profile: one(profiles), posts: many(posts) })),
  profilesRelations: relations(profiles, ({ one }) => ({
    user: one(users, { fields: [profiles.userId], references: [users.id] }),
  })),
  postsRelations: relations(posts, ({ one, many }) => ({
    author: one(users, { fields: [posts.authorId], references: [users.id] }),
    comments: many(comments),
    tags: many(postTags),
  })),
  commentsRelations: relations(comments, ({ one }) => ({
    post: one(posts, { fields: [comments.postId], references: [posts.id] }),
  })),
  postTagsRelations: relations(postTags, ({ one }) => ({
    post: one(posts, { fields: [postTags.postId], references: [posts.id] }),
    tag: one(tags, { fields: [postTags.tagId], references: [tags.id] }),
  })),
};

// section:open
function open(pool: GuardedPool) {
  return drizzle({ client: pool, schema });
}
// endsection:open

type Database = ReturnType<typeof open>;

export const app: OrmApp = {
  async open(connection): Promise<OpenApp> {
    const db = open(connection.pool);
    return { run: (me, note) => run(db, me, note), close: async () => {} };
  },

  async migrate(connection): Promise<void> {
    const migrationsFolder = fileURLToPath(new URL('../drizzle', import.meta.url));
    await migrate(open(connection.pool), { migrationsFolder });
  },
};

async function run(db: Database, me: Blogger, note: Note): Promise<void> {
  await reads(db, me, note);
  await joins(db, me, note);
  await writes(db, me, note);
  await transactions(db, me, note);
  await aggregates(db, note);
  await raw(db, me, note);
}

async function reads(db: Database, me: Blogger, note: Note): Promise<void> {
  await note('me', db.select().from(users));
  await note('posts in order', db.select().from(posts).orderBy(asc(posts.id)));
  await note(
    'one post',
    db
      .select()
      .from(posts)
      .where(eq(posts.id, me.id * 100 + 1)),
  );
  await note('a foreign post', db.select().from(posts).where(eq(posts.id, me.foreign.post)));
  await note(
    'filters',
    db
      .select({ title: posts.title, seen: posts.views, loud: sql<string>`upper(${posts.title})` })
      .from(posts)
      .where(
        and(
          or(ilike(posts.title, '%writes 1'), gt(posts.views, 30)),
          inArray(posts.id, [101, 104, 106, 201, 204, 206]),
        ),
      )
      .orderBy(desc(posts.views)),
  );
  await note('page 2', db.select({ title: posts.title }).from(posts).orderBy(posts.id).limit(2).offset(2));
  await note(
    'prepared',
    db
      .select({ title: posts.title })
      .from(posts)
      .where(eq(posts.state, sql.placeholder('state')))
      .orderBy(posts.id)
      .prepare('posts_by_state')
      .execute({ state: 'live' }),
  );
  await note('counted', db.$count(posts, eq(posts.state, 'live')));
  await note('find one', db.query.posts.findFirst({ where: eq(posts.id, me.foreign.post) }));
}

async function joins(db: Database, me: Blogger, note: Note): Promise<void> {
  await note(
    'inner and left join',
    db
      .select()
      .from(posts)
      .innerJoin(users, eq(users.id, posts.authorId))
      .leftJoin(comments, eq(comments.postId, posts.id))
      .orderBy(posts.id, comments.id),
  );
  await note(
    'with relations',
    db.query.users.findMany({
      with: {
        profile: true,
        posts: {
          columns: { title: true },
          orderBy: asc(posts.id),
          with: { comments: { orderBy: asc(comments.id), limit: 2 }, tags: { with: { tag: true } } },
        },
      },
    }),
  );
  await note(
    'a foreign one with relations',
    db.query.posts.findMany({
      where: eq(posts.authorId, me.foreign.user),
      with: { comments: true, author: true },
    }),
  );
  const live = db.$with('live').as(db.select().from(posts).where(eq(posts.state, 'live')));
  await note('with', db.with(live).select({ title: live.title }).from(live).orderBy(live.id));
  const counted = db
    .select({ postId: comments.postId, texts: count(comments.id).as('texts') })
    .from(comments)
    .groupBy(comments.postId)
    .as('counted');
  await note(
    'join a sub-query',
    db
      .select({ title: posts.title, texts: counted.texts })
      .from(posts)
      .innerJoin(counted, eq(counted.postId, posts.id))
      .orderBy(posts.id),
  );
  await note(
    'union',
    db
      .select({ word: posts.title })
      .from(posts)
      .union(db.select({ word: tags.name }).from(tags))
      .orderBy(sql`title`),
  );
}

async function writes(db: Database, me: Blogger, note: Note): Promise<void> {
  const post = {
    authorId: me.id,
    title: 'a new one',
    labels: ['x', 'y'],
    meta: { lang: 'de' },
    rating: '4.5',
  };
  const [made] = await db.insert(posts).values(post).returning();
  const id = made?.id ?? 0;
  await note('insert', Promise.resolve(made));
  await note(
    'bulk insert',
    db
      .insert(comments)
      .values([1, 2, 3].map((n) => ({ postId: id, text: `bulk ${n}` })))
      .returning(),
  );
  await note(
    'update',
    db
      .update(posts)
      .set({ views: sql`${posts.views} + 1`, updatedAt: new Date() })
      .where(eq(posts.id, id))
      .returning({ title: posts.title, views: posts.views }),
  );
  const foreign = db.update(posts).set({ title: 'mine' }).where(eq(posts.id, me.foreign.post));
  await note(
    'update a foreign one',
    foreign.then(({ rowCount }) => rowCount),
  );
  const upsert = () =>
    db
      .insert(tags)
      .values({ ownerId: me.id, name: 'red', uses: 1 })
      .onConflictDoUpdate({
        target: [tags.ownerId, tags.name],
        set: { uses: sql`${tags.uses} + excluded.uses` },
      })
      .returning({ name: tags.name, uses: tags.uses });
  await note('upsert', upsert());
  await note('upsert again', upsert());
  await db.update(tags).set({ uses: 0 });
  const link = { postId: me.id * 100 + 1, tagId: me.id * 10 + 1 };
  await note('do nothing', db.insert(postTags).values(link).onConflictDoNothing().returning());
  await note('delete', db.delete(comments).where(eq(comments.postId, id)).returning({ text: comments.text }));
  await note('delete a foreign one', db.delete(posts).where(eq(posts.id, me.foreign.post)).returning());
  await note('delete the rest', db.delete(posts).where(eq(posts.id, id)).returning({ title: posts.title }));
}

async function transactions(db: Database, me: Blogger, note: Note): Promise<void> {
  await db.transaction(async (tx) => {
    const [post] = await tx.insert(posts).values({ authorId: me.id, title: 'in a transaction' }).returning();
    const id = post?.id ?? 0;
    await tx.transaction(
      async (inner) => void (await inner.insert(comments).values({ postId: id, text: 'also' })),
    );
    await tx
      .transaction(async (inner) => {
        await inner.update(posts).set({ title: 'gone' });
        inner.rollback();
      })
      .catch(() => undefined);
    await note('inside', tx.query.posts.findFirst({ where: eq(posts.id, id), with: { comments: true } }));
    await tx.delete(comments).where(eq(comments.postId, id));
    await tx.delete(posts).where(eq(posts.id, id));
  });
  await note('rolled back', () =>
    db
      .transaction(
        async (tx) => {
          await tx.update(posts).set({ title: 'gone' });
          throw new Error('no');
        },
        { isolationLevel: 'serializable' },
      )
      .catch((error: Error) => error.message),
  );
  await note('after all', db.select({ title: posts.title }).from(posts).orderBy(posts.id));
}

async function aggregates(db: Database, note: Note): Promise<void> {
  await note(
    'aggregates',
    db.select({ n: count(), sum: sum(posts.views), avg: avg(posts.views) }).from(posts),
  );
  await note(
    'group by',
    db
      .select({ state: posts.state, n: count(posts.id) })
      .from(posts)
      .groupBy(posts.state)
      .having(({ n }) => gt(n, 1))
      .orderBy(posts.state),
  );
  await note('distinct on', db.selectDistinctOn([posts.state]).from(posts).orderBy(posts.state, posts.id));
}

async function raw(db: Database, me: Blogger, note: Note): Promise<void> {
  const id = me.foreign.post;
  const rows = async (query: ReturnType<typeof sql>) => (await db.execute(query)).rows;
  await note(
    'sql',
    rows(sql`SELECT ${posts.title} FROM ${posts} WHERE id = ${id} OR author_id = ${me.id} ORDER BY id`),
  );
  await note('sql.raw', rows(sql.raw(`SELECT count(*) FROM posts WHERE id = ${id} OR 1 = 1`)));
  await note('a hidden column', rows(sql.raw('SELECT password_hash FROM users')));
}
