/** The code of docs/guide/orms.md, which a test runs. */
// section:start
import { PGlite } from '@electric-sql/pglite';
import { cordon, definePolicy } from 'cordon/node';
import { type Generated, Kysely, PostgresDialect } from 'kysely';

const pool = await PGlite.create();
await pool.exec(`
  CREATE TABLE notes (id serial PRIMARY KEY, owner int NOT NULL, text text NOT NULL);
  INSERT INTO notes (owner, text) VALUES (1, 'of alice'), (2, 'of bob');
`);

const policy = definePolicy({
  version: 1,
  identity: {
    token: { issuer: 'notes', audience: 'notes', algorithms: ['HS256'], secretEnv: 'TOKEN_SECRET' },
    claims: { user: { from: 'sub', type: 'int' } },
    roles: { from: 'role', default: 'member' },
  },
  relations: {
    notes: {
      rules: [
        {
          for: 'member',
          rows: 'owner = :user',
          read: 'all',
          insert: ['owner', 'text'],
          write: ['text'],
          delete: true,
        },
      ],
    },
  },
});
const db = await cordon({ policy, pool });

const kysely = new Kysely<{ notes: { id: Generated<number>; owner: Generated<number>; text: string } }>({
  dialect: new PostgresDialect({ pool: db.pool }),
});

for (const [name, sub] of Object.entries({ alice: 1, bob: 2 })) {
  await db.run({ sub }, async () => {
    await kysely
      .insertInto('notes')
      .values({ text: `another of ${name}` })
      .execute();
    const notes = await kysely.selectFrom('notes').select(['owner', 'text']).orderBy('id').execute();
    console.log(name, notes);
  });
}
// endsection:start
await db.close();
await pool.close();
