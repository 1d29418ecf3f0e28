/** https://knexjs.org/guide/query-builder.html, transactions.html, raw.html, migrations.html. */
import { createRequire } from 'node:module';
import type { DriverModule } from 'cordon/node';
import type { Knex } from 'knex';
import type { Blogger, Note } from '../world.ts';
import type { OpenApp, OrmApp } from './app.ts';

const { knex } = createRequire(import.meta.url)('knex') as typeof import('knex');

// section:open
function open(driver: DriverModule) {
  const db = knex({ client: 'pg', connection: {}, pool: { min: 0 } });
  // Before the first query: connections are made of what stands here.
  db.client.driver = driver;
  return db;
}
// endsection:open

export const app: OrmApp = {
  async open(connection): Promise<OpenApp> {
    const db = open(connection.module);
    return { run: (me, note) => run(db, me, note), close: () => db.destroy() };
  },

  async migrate(connection): Promise<void> {
    const db = open(connection.module);
    const migration = {
      up: (schema: Knex) =>
        schema.schema.createTable('notes', (table) => {
          table.increments();
          table.text('text').notNullable().index();
        }),
      down: (schema: Knex) => schema.schema.dropTable('notes'),
    };
    await db.migrate.latest({
      migrationSource: {
        getMigrations: async () => ['first'],
        getMigrationName: (name: string) => name,
        getMigration: async () => migration,
      },
    });
    await db.destroy();
  },
};

async function run(db: Knex, me: Blogger, note: Note): Promise<void> {
  await reads(db, me, note);
  await writes(db, me, note);
  await transactions(db, me, note);
  await aggregates(db, note);
  await raw(db, me, note);
}

async function reads(db: Knex, me: Blogger, note: Note): Promise<void> {
  await note('me', db('users').select('*'));
  await note('posts in order', db('posts').orderBy('id'));
  await note(
    'one post',
    db('posts')
      .where({ id: me.id * 100 + 1 })
      .first(),
  );
  await note('a foreign post', db('posts').where({ id: me.foreign.post }).first());
  await note(
    'filters',
    db('posts')
      .select('title', { seen: 'views' })
      .where((builder) => builder.whereILike('title', '%writes 1').orWhere('views', '>', 30))
      .whereIn('id', [101, 104, 106, 201, 204, 206])
      .whereNotNull('rating')
      .orderBy('views', 'desc'),
  );
  await note('page 2', db('posts').select('title').orderBy('id').limit(2).offset(2));
  await note('pluck', db('posts').orderBy('id').pluck('title'));
  await note('by json', db('posts').whereJsonPath('meta', '$.words', '>', 400).orderBy('id').select('title'));
  await note(
    'joins',
    db('posts as p')
      .join('users as u', 'u.id', 'p.author_id')
      .leftJoin('comments as c', 'c.post_id', 'p.id')
      .select('p.title', 'u.name', 'c.text')
      .orderBy(['p.id', 'c.id']),
  );
  await note(
    'many to many',
    db('tags')
      .innerJoin('post_tags', 'post_tags.tag_id', 'tags.id')
      .innerJoin('posts', 'posts.id', 'post_tags.post_id')
      .select('tags.name', 'posts.title')
      .orderBy(['tags.id', 'posts.id']),
  );
  await note(
    'exists',
    db('posts')
      .whereExists(db('comments').select(db.raw('1')).whereRaw('comments.post_id = posts.id'))
      .pluck('title'),
  );
  await note(
    'with',
    db.with('live', db('posts').where('state', 'live')).select('title').from('live').orderBy('id'),
  );
  await note(
    'union',
    db('posts').select('title as word').union(db('tags').select('name as word')).orderBy('word'),
  );
  const titles: string[] = [];
  for await (const { title } of db('posts').select('title').orderBy('id').stream()) titles.push(title);
  await note('stream', Promise.resolve(titles));
}

async function writes(db: Knex, me: Blogger, note: Note): Promise<void> {
  const post = {
    author_id: me.id,
    title: 'a new one',
    labels: ['x', 'y'],
    meta: { lang: 'de' },
    rating: 4.5,
  };
  const [made] = await db('posts').insert(post).returning('*');
  await note('insert', Promise.resolve(made));
  await note(
    'bulk insert',
    db('comments').insert(
      [1, 2, 3].map((n) => ({ post_id: made.id, text: `bulk ${n}` })),
      ['id', 'text'],
    ),
  );
  await note(
    'batch insert',
    db
      .batchInsert(
        'comments',
        [4, 5, 6].map((n) => ({ post_id: made.id, text: `batch ${n}` })),
        2,
      )
      .returning('text'),
  );
  await note(
    'update',
    db('posts')
      .where('id', made.id)
      .update({ views: db.raw('?? + 1', ['views']), updated_at: db.fn.now() }, ['title', 'views']),
  );
  await note('increment', db('posts').where('id', made.id).increment('views', 5));
  await note('update a foreign one', db('posts').where('id', me.foreign.post).update({ title: 'mine' }));
  const upsert = () =>
    db('tags')
      .insert({ owner_id: me.id, name: 'red', uses: 1 })
      .onConflict(['owner_id', 'name'])
      .merge({ uses: db.raw('?? + 1', ['tags.uses']) })
      .returning(['name', 'uses']);
  await note('upsert', upsert());
  await note('upsert again', upsert());
  await db('tags').update({ uses: 0 });
  await note(
    'do nothing',
    db('post_tags')
      .insert({ post_id: me.id * 100 + 1, tag_id: me.id * 10 + 1 })
      .onConflict()
      .ignore(),
  );
  await note('delete', db('comments').where('post_id', made.id).del('text'));
  await note('delete a foreign one', db('posts').where('id', me.foreign.post).del());
  await note('delete the rest', db('posts').where('id', made.id).del());
}

async function transactions(db: Knex, me: Blogger, note: Note): Promise<void> {
  await db.transaction(async (trx) => {
    const [{ id }] = await trx('posts').insert({ author_id: me.id, title: 'in a transaction' }, 'id');
    await trx.transaction((inner) => inner('comments').insert({ post_id: id, text: 'also' }));
    await trx
      .transaction((inner) =>
        inner('posts')
          .update({ title: 'gone' })
          .then(() => Promise.reject(new Error('no'))),
      )
      .catch(() => undefined);
    await note('inside', trx('comments').where('post_id', id).pluck('text'));
    await trx('posts').where({ id }).del();
  });
  const trx = await db.transaction(undefined, { isolationLevel: 'repeatable read' });
  await trx('posts').update({ title: 'gone' });
  await note('for update', trx('tags').forUpdate().orderBy('id').pluck('name'));
  await trx.rollback();
  await note('after all', db('posts').orderBy('id').pluck('title'));
}

async function aggregates(db: Knex, note: Note): Promise<void> {
  await note(
    'aggregates',
    db('posts').count('* as n').sum('views as sum').avg('views as avg').max('rating as max'),
  );
  await note(
    'group by',
    db('posts')
      .select('state')
      .count('id as n')
      .groupBy('state')
      .havingRaw('count(id) > ?', [1])
      .orderBy('state'),
  );
  await note('window', db('posts').select('title').rank('rank', 'views').orderBy('id'));
  await note('distinct', db('posts').distinctOn('state').select('state', 'title').orderBy(['state', 'id']));
}

async function raw(db: Knex, me: Blogger, note: Note): Promise<void> {
  const id = me.foreign.post;
  const rows = async (query: Knex.Raw) => (await query).rows;
  await note(
    'raw with bindings',
    rows(db.raw('SELECT title FROM posts WHERE id = :id OR author_id = :me ORDER BY id', { id, me: me.id })),
  );
  await note('raw', rows(db.raw(`SELECT count(*) FROM posts WHERE id = ${id} OR 1 = 1`)));
  await note('a hidden column', rows(db.raw('SELECT password_hash FROM users')));
}
