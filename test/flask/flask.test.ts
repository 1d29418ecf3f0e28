import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Cordon,
  cordonRequirement,
  demoFile,
  describeWith,
  loadShop,
  type PostgresDatabase,
  postgresRequirement,
  startCordon,
  startPostgres,
  TOKEN_SECRET,
} from '../databases/index.ts';
import { normalPages } from '../shop/normal-pages.ts';
import { rowsOf } from '../shop/rows-of.ts';
import { FlaskApp, type Visitor } from './flask-app.ts';
import { MISTAKES, type Scene } from './mistakes.ts';
import { virtualEnvironment } from './virtual-environment.ts';

const sqlalchemy2 = virtualEnvironment('.venv');
const sqlalchemy14 = virtualEnvironment('.venv-1.4');

const STACKS = [
  { name: 'SQLAlchemy 2 with psycopg2', environment: sqlalchemy2, driver: 'postgresql+psycopg2' },
  { name: 'SQLAlchemy 2 with psycopg 3', environment: sqlalchemy2, driver: 'postgresql+psycopg' },
  { name: 'SQLAlchemy 1.4 with psycopg2', environment: sqlalchemy14, driver: 'postgresql+psycopg2' },
] as const;

type Stack = (typeof STACKS)[number];

for (const stack of STACKS) {
  describeWith(
    [postgresRequirement(), stack.environment.requirement],
    `the Flask shop on ${stack.name}`,
    () => {
      describe('straight on the database', () => {
        const scene = useScene(stack, async (database) => ({ url: database.url }));
        normalPages(scene);
        it.each(MISTAKES)('$cwe: $name', async ({ attempt, exposed }) => {
          expect(await attempt(scene())).toContain(exposed);
        });
      });

      describeWith([cordonRequirement()], 'behind Cordon', () => {
        let cordon: Cordon;
        const scene = useScene(stack, async (database) => {
          cordon = await startCordon({ policy: demoFile('cordon.yaml'), upstream: database.url });
          return { url: cordon.url, tokenSecret: TOKEN_SECRET };
        });
        afterAll(() => cordon?.stop());
        normalPages(scene);

        it.each(MISTAKES)('$cwe: not $name', async ({ attempt, exposed }) => {
          const before = await rowsOf(scene().database, 'bob');
          expect(await attempt(scene())).not.toContain(exposed);
          expect(await rowsOf(scene().database, 'bob')).toEqual(before);
        });

        it('a foreign id is answered as a missing one', async () => {
          const { alice } = scene();
          const missing = 'ffffffff-ffff-4fff-8fff-ffffffffffff';
          const bob = String(
            (await scene().database.query("SELECT id FROM profiles WHERE display_name = 'Bob €'"))[0]?.id,
          );
          expect(await alice.get('/profile', { profile_id: bob })).toEqual(
            await alice.get('/profile', { profile_id: missing }),
          );
          expect((await alice.patch(`/profiles/${bob}`, { display_name: 'x' })).status).toBe(404);
        });

        it('no token stands in an error page or in a log', async () => {
          const { alice, app } = scene();
          const page = await alice.get('/profiles', { q: "' AND 1 = CAST('x' AS int) --" });
          expect(page.status).toBe(500);
          expect(`${page.text}${app.log()}${cordon.log()}`).not.toContain('eyJ');
        });
      });
    },
  );
}

/** One app, one database; alice is logged in before each test, because some attempts end in an error. */
function useScene(
  stack: Stack,
  connect: (database: PostgresDatabase) => Promise<{ readonly url: string; readonly tokenSecret?: string }>,
): () => Scene {
  let database: PostgresDatabase;
  let app: FlaskApp;
  let alice: Visitor;
  beforeAll(async () => {
    database = await startPostgres();
    await loadShop(database);
    const { url, ...token } = await connect(database);
    app = await FlaskApp.start({
      environment: stack.environment,
      databaseUrl: url.replace(/^postgres/, stack.driver),
      ...token,
    });
    alice = app.visitor();
    const answer = await alice.post('/login', { email: 'alice@shop.test', password: 'alice likes tea' });
    expect(answer.status, answer.text).toBe(200);
  });
  afterAll(async () => {
    await app?.stop();
    await database?.stop();
  });
  return () => ({ app, database, alice, stranger: app.visitor() });
}
