/** https://kysely.dev/docs/getting-started, and the examples of its recipes. */

import type { GuardedPool } from 'cordon/node';
import {
  type ColumnType,
  type Generated,
  Kysely,
  type Migration,
  Migrator,
  PostgresDialect,
  sql,
} from 'kysely';
import { jsonArrayFrom, jsonObjectFrom } from 'kysely/helpers/postgres';
import Cursor from 'pg-cursor';
import type { Blogger, Note } from '../world.ts';
import type { Connection, OpenApp, OrmApp } from './app.ts';

interface Tables {
  users: { id: number; email: string; name: string; password_hash: string | null };
  profiles: { id: Generated<number>; user_id: number; bio: string };
  posts: {
    id: Generated<number>;
    author_id: number;
    title: string;
    state: Generated<'draft' | 'live'>;
    views: Generated<number>;
    rating: string | null;
    labels: Generated<string[]>;
    meta: ColumnType<object, string | undefined, string>;
    created_at: Generated<Date>;
    updated_at: Generated<Date>;
  };
  comments: { id: Generated<number>; post_id: number; text: string };
  tags: { id: Generated<number>; owner_id: number; name: string; uses: Generated<number> };
  post_tags: { post_id: number; tag_id: number };
}

type Database = Kysely<Tables>;

// section:open
function open(pool: GuardedPool) {
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool, cursor: Cursor }) });
}
// endsection:open

export const app: OrmApp = {
  async open({ pool }: Connection): Promise<OpenApp> {
    const db = open(pool);
    return { run: (me, note) => run(db, me, note), close: async () => {} };
  },

  async migrate({ pool }: Connection): Promise<void> {
    const migrator = new Migrator({ db: open(pool), provider: { getMigrations: async () => MIGRATIONS } });
    const { error, results } = await migrator.migrateToLatest();
    if (error !== undefined) throw error;
    if (results?.[0]?.status !== 'Success') throw new Error('the migration did not run');
  },
};

const MIGRATIONS: Readonly<Record<string, Migration>> = {
  notes: {
    async up(db) {
      await db.schema
        .createTable('notes')
        .addColumn('id', 'serial', (column) => column.primaryKey())
        .addColumn('text', 'text', (column) => column.notNull())
        .execute();
      await db.schema.createIndex('notes_text').on('notes').column('text').execute();
    },
  },
};

async function run(db: Database, me: Blogger, note: Note): Promise<void> {
  await reads(db, me, note);
  await relations(db, me, note);
  await writes(db, me, note);
  await transactions(db, me, note);
  await aggregates(db, note);
  await raw(db, me, note);
}

async function reads(db: Database, me: Blogger, note: Note): Promise<void> {
  await note('me', db.selectFrom('users').selectAll().execute());
  await note('posts in order', db.selectFrom('posts').selectAll().orderBy('id').execute());
  await note(
    'one post',
    db
      .selectFrom('posts')
      .selectAll()
      .where('id', '=', me.id * 100 + 1)
      .executeTakeFirst(),
  );
  await note(
    'a foreign post',
    db.selectFrom('posts').selectAll().where('id', '=', me.foreign.post).executeTakeFirst(),
  );
  await note(
    'filters',
    db
      .selectFrom('posts')
      .select(['id', 'title', 'posts.views as seen'])
      .where((eb) =>
        eb.or([eb('title', 'ilike', '%writes 1'), eb.and([eb('views', '>', 30), eb('state', '=', 'live')])]),
      )
      .where('id', 'in', [101, 104, 106, 201, 204, 206])
      .orderBy('views', 'desc')
      .execute(),
  );
  await note('page 2', db.selectFrom('posts').select('title').orderBy('id').limit(2).offset(2).execute());
  await note(
    'after a key',
    db
      .selectFrom('posts')
      .select('title')
      .where('id', '>', me.id * 100 + 3)
      .orderBy('id')
      .limit(2)
      .execute(),
  );
  await note('by array and json', () =>
    db
      .selectFrom('posts')
      .select(['title', sql<string>`meta->>'lang'`.as('lang')])
      .where(sql<boolean>`labels @> ARRAY[${'p2'}]::text[]`)
      .execute(),
  );
  const streamed: string[] = [];
  for await (const { title } of db.selectFrom('posts').select('title').orderBy('id').stream(2))
    streamed.push(title);
  await note('stream', Promise.resolve(streamed));
}

async function relations(db: Database, me: Blogger, note: Note): Promise<void> {
  await note(
    'inner and left join',
    db
      .selectFrom('posts as p')
      .innerJoin('users as u', 'u.id', 'p.author_id')
      .leftJoin('comments as c', 'c.post_id', 'p.id')
      .select(['p.title', 'u.name', 'c.text'])
      .orderBy('p.id')
      .orderBy('c.id')
      .execute(),
  );
  await note(
    'nested as json',
    db
      .selectFrom('posts')
      .select((eb) => [
        'posts.title',
        jsonArrayFrom(
          eb
            .selectFrom('comments')
            .select(['comments.text'])
            .whereRef('comments.post_id', '=', 'posts.id')
            .orderBy('comments.id'),
        ).as('comments'),
        jsonObjectFrom(
          eb.selectFrom('users').select(['users.name']).whereRef('users.id', '=', 'posts.author_id'),
        ).as('author'),
      ])
      .orderBy('posts.id')
      .execute(),
  );
  await note(
    'many to many',
    db
      .selectFrom('tags')
      .innerJoin('post_tags', 'post_tags.tag_id', 'tags.id')
      .innerJoin('posts', 'posts.id', 'post_tags.post_id')
      .select(['tags.name', 'posts.title'])
      .orderBy('tags.id')
      .orderBy('posts.id')
      .execute(),
  );
  await note(
    'exists',
    db
      .selectFrom('posts')
      .select('title')
      .where((eb) => eb.exists(eb.selectFrom('comments').select('id').whereRef('post_id', '=', 'posts.id')))
      .orderBy('id')
      .execute(),
  );
  await note(
    'with',
    db
      .with('live', (qb) => qb.selectFrom('posts').selectAll().where('state', '=', 'live'))
      .selectFrom('live')
      .innerJoin('users', 'users.id', 'live.author_id')
      .select(['live.title', 'users.name'])
      .orderBy('live.id')
      .execute(),
  );
  await note(
    'union',
    db
      .selectFrom('posts')
      .select('title as word')
      .where('author_id', 'in', [me.id, me.foreign.user])
      .union(db.selectFrom('tags').select('name as word'))
      .orderBy('word')
      .execute(),
  );
}

async function writes(db: Database, me: Blogger, note: Note): Promise<void> {
  const post = {
    author_id: me.id,
    title: 'a new one',
    labels: ['x', 'y'],
    meta: JSON.stringify({ lang: 'de' }),
    rating: '4.5',
  };
  const made = await db.insertInto('posts').values(post).returningAll().executeTakeFirstOrThrow();
  await note('insert', Promise.resolve(made));
  const many = [1, 2, 3].map((n) => ({ post_id: made.id, text: `bulk ${n}` }));
  await note('bulk insert', db.insertInto('comments').values(many).returning(['id', 'text']).execute());
  await note(
    'insert from select',
    db
      .insertInto('comments')
      .columns(['post_id', 'text'])
      .expression((eb) =>
        eb.selectFrom('posts').select(['posts.id', 'posts.title']).where('posts.id', '=', made.id),
      )
      .executeTakeFirst()
      .then(({ numInsertedOrUpdatedRows }) => numInsertedOrUpdatedRows),
  );
  await note(
    'update',
    db
      .updateTable('posts')
      .set((eb) => ({ views: eb('views', '+', 1), updated_at: new Date() }))
      .where('id', '=', made.id)
      .returning(['title', 'views'])
      .execute(),
  );
  await note(
    'update a foreign one',
    db.updateTable('posts').set({ title: 'mine' }).where('id', '=', me.foreign.post).executeTakeFirst(),
  );
  await note(
    'update from',
    db
      .updateTable('posts')
      .from('users')
      .set((eb) => ({ title: eb.ref('users.name') }))
      .whereRef('users.id', '=', 'posts.author_id')
      .where('posts.id', '=', made.id)
      .returning('posts.title')
      .execute(),
  );
  const upsert = () =>
    db
      .insertInto('tags')
      .values({ owner_id: me.id, name: 'red', uses: 1 })
      .onConflict((oc) =>
        oc
          .columns(['owner_id', 'name'])
          .doUpdateSet((eb) => ({ uses: eb('tags.uses', '+', eb.ref('excluded.uses')) })),
      )
      .returning(['name', 'uses'])
      .execute();
  await note('upsert', upsert);
  await note('upsert again', upsert);
  await db.updateTable('tags').set({ uses: 0 }).execute();
  await note(
    'do nothing',
    db
      .insertInto('post_tags')
      .values({ post_id: me.id * 100 + 1, tag_id: me.id * 10 + 1 })
      .onConflict((oc) => oc.doNothing())
      .executeTakeFirst(),
  );
  await note('delete', db.deleteFrom('comments').where('post_id', '=', made.id).returning('text').execute());
  await note(
    'delete a foreign one',
    db.deleteFrom('posts').where('id', '=', me.foreign.post).executeTakeFirst(),
  );
  await note('delete the rest', db.deleteFrom('posts').where('id', '=', made.id).executeTakeFirst());
}

async function transactions(db: Database, me: Blogger, note: Note): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const { id } = await trx
      .insertInto('posts')
      .values({ author_id: me.id, title: 'in a transaction', rating: null })
      .returning('id')
      .executeTakeFirstOrThrow();
    await trx.insertInto('comments').values({ post_id: id, text: 'also' }).execute();
    await note('inside', trx.selectFrom('comments').select('text').where('post_id', '=', id).execute());
    await trx.deleteFrom('posts').where('id', '=', id).execute();
  });
  await note('rolled back', () =>
    db
      .transaction()
      .setIsolationLevel('repeatable read')
      .execute(async (trx) => {
        await trx.updateTable('posts').set({ title: 'gone' }).execute();
        throw new Error('no');
      })
      .catch((error: Error) => error.message),
  );
  const trx = await db.startTransaction().execute();
  await trx.updateTable('tags').set({ uses: 7 }).where('name', '=', 'blue').execute();
  const after = await trx.savepoint('point').execute();
  await after.updateTable('tags').set({ uses: 9 }).execute();
  await (await after.rollbackToSavepoint('point').execute()).commit().execute();
  await note('after a savepoint', db.selectFrom('tags').select(['name', 'uses']).orderBy('id').execute());
  await db.updateTable('tags').set({ uses: 0 }).execute();
  await note('after all', db.selectFrom('posts').select('title').orderBy('id').execute());
}

async function aggregates(db: Database, note: Note): Promise<void> {
  await note(
    'aggregates',
    db
      .selectFrom('posts')
      .select((eb) => [
        eb.fn.countAll().as('count'),
        eb.fn.sum('views').as('sum'),
        eb.fn.avg('views').as('avg'),
        eb.fn.max('rating').as('max'),
      ])
      .execute(),
  );
  await note(
    'group by',
    db
      .selectFrom('posts')
      .select((eb) => ['state', eb.fn.count('id').as('posts')])
      .groupBy('state')
      .having((eb) => eb.fn.count('id'), '>', 1)
      .orderBy('state')
      .execute(),
  );
  await note(
    'window',
    db
      .selectFrom('posts')
      .select((eb) => [
        'title',
        eb.fn
          .agg<number>('rank')
          .over((over) => over.orderBy('views', 'desc'))
          .as('rank'),
      ])
      .orderBy('id')
      .execute(),
  );
  await note(
    'distinct on',
    db
      .selectFrom('posts')
      .distinctOn('state')
      .select(['state', 'title'])
      .orderBy('state')
      .orderBy('id')
      .execute(),
  );
}

async function raw(db: Database, me: Blogger, note: Note): Promise<void> {
  const id = me.foreign.post;
  await note('sql', () =>
    sql`SELECT title FROM posts WHERE id = ${id} OR author_id = ${me.id} ORDER BY id`
      .execute(db)
      .then(({ rows }) => rows),
  );
  await note('sql.raw', () =>
    sql
      .raw(`SELECT count(*) FROM posts WHERE id = ${id} OR 1 = 1`)
      .execute(db)
      .then(({ rows }) => rows),
  );
  await note('a hidden column', () =>
    sql
      .raw('SELECT password_hash FROM users')
      .execute(db)
      .then(({ rows }) => rows),
  );
}
