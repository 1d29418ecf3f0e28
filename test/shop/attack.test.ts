/**
 * Both shops, attacked over HTTP by alice, bob and nobody: as they are, and behind Cordon. The outcome is the table of
 * `docs/reference/shop-attacks.md`, which `npm run shop:attacks` writes and this test compares.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Cordon,
  cordonRequirement,
  demoFile,
  describeWith,
  loadShop,
  postgresRequirement,
  type Requirement,
  startCordon,
  startPglite,
  startPostgres,
  type TestDatabase,
  TOKEN_SECRET,
} from '../databases/index.ts';
import { FlaskApp, type Visitor } from '../flask/flask-app.ts';
import { virtualEnvironment } from '../flask/virtual-environment.ts';
import { ATTACKS, type Attack, type Scene } from './attacks.ts';
import { type FastifyShopOptions, fastifyShopRequirement, startFastifyShop } from './fastify-shop.ts';
import { normalPages } from './normal-pages.ts';
import { Report, type ShopName } from './report.ts';
import { rowsOf } from './rows-of.ts';

type App = Scene['app'] & { stop(): Promise<void> };

interface Stage {
  readonly shop: ShopName;
  readonly on: 'pglite' | 'postgres';
  readonly guarded: boolean;
  readonly needs: readonly Requirement[];
  readonly start: (database: TestDatabase) => Promise<App>;
}

const sqlalchemy2 = virtualEnvironment('.venv');

function flask(guarded: boolean): Stage {
  const start = (database: TestDatabase) =>
    guarded ? flaskBehindCordon(database) : startFlask(database.url);
  const needs = [postgresRequirement(), cordonRequirement(), sqlalchemy2.requirement];
  return { shop: 'Flask', on: 'postgres', guarded, needs, start };
}

function fastify(pages: FastifyShopOptions['pages'], on: Stage['on'], guarded: boolean): Stage {
  const needs = [
    fastifyShopRequirement(),
    cordonRequirement(),
    ...(on === 'postgres' ? [postgresRequirement()] : []),
  ];
  const start = (database: TestDatabase) =>
    startFastifyShop({
      pages,
      guarded,
      database: 'pglite' in database ? (database.pglite as FastifyShopOptions['database']) : database.url,
    });
  return { shop: pages === 'sound' ? 'Fastify, sound' : 'Fastify', on, guarded, needs, start };
}

const STAGES: readonly Stage[] = [
  flask(false),
  flask(true),
  fastify('vulnerable', 'pglite', false),
  fastify('vulnerable', 'pglite', true),
  fastify('vulnerable', 'postgres', false),
  fastify('vulnerable', 'postgres', true),
  fastify('sound', 'pglite', false),
  fastify('sound', 'pglite', true),
  fastify('sound', 'postgres', true),
];

const report = new Report(ATTACKS);

for (const stage of STAGES) {
  const { shop, on, guarded, needs } = stage;
  const leaks = !guarded && shop !== 'Fastify, sound';
  describeWith(needs, `the shop in ${shop}, on ${on}, ${guarded ? 'behind Cordon' : 'as it is'}`, () => {
    const scene = useScene(stage);
    normalPages(scene);

    it.each(ATTACKS)(`$as: ${leaks ? '' : 'not '}$name`, async (attack: Attack) => {
      const before = await othersRows(scene().database, attack);
      const evidence = await attack.attempt(scene());
      const leaked = evidence.includes(attack.exposed);
      report.record(stage, attack, leaked);
      expect(leaked, evidence).toBe(leaks);
      if (!leaks) expect(await othersRows(scene().database, attack)).toEqual(before);
    });
  });
}

describe('the table of the attacks', () => {
  const ran = () => report.stages === STAGES.length;

  it('is what docs/reference/shop-attacks.md says', async (context) => {
    process.stdout.write(`${report.summary()}\n`);
    if (!ran()) return context.skip('not every shop can run here');
    expect(await report.page()).toBe(await report.pageOnDisk());
  });
});

/** Everything that belongs to the people who do not attack. */
async function othersRows(database: Scene['database'], attack: Attack) {
  const others = ['alice', 'bob', 'carol'].filter((name) => name !== attack.as);
  return Promise.all(others.map((name) => rowsOf(database, name)));
}

/** One shop, one database; alice and bob are logged in before the first test. */
function useScene(stage: Stage): () => Scene {
  let database: TestDatabase;
  let app: App;
  let alice: Visitor;
  let bob: Visitor;
  beforeAll(async () => {
    database = stage.on === 'pglite' ? await startPglite() : await startPostgres();
    await loadShop(database);
    app = await stage.start(database);
    [alice, bob] = [await loggedIn(app, 'alice'), await loggedIn(app, 'bob')];
  });
  afterAll(async () => {
    await app?.stop();
    await database?.stop();
  });
  return () => ({ app, database, alice, bob, stranger: app.visitor() });
}

async function loggedIn(app: App, name: string): Promise<Visitor> {
  const visitor = app.visitor();
  const answer = await visitor.post('/login', { email: `${name}@shop.test`, password: `${name} likes tea` });
  expect(answer.status, answer.text).toBe(200);
  return visitor;
}

async function startFlask(url: string, tokenSecret?: string): Promise<App> {
  return FlaskApp.start({
    environment: sqlalchemy2,
    databaseUrl: url.replace(/^postgres/, 'postgresql+psycopg2'),
    ...(tokenSecret === undefined ? {} : { tokenSecret }),
  });
}

async function flaskBehindCordon(database: TestDatabase): Promise<App> {
  const gateway: Cordon = await startCordon({ policy: demoFile('cordon.yaml'), upstream: database.url });
  const app = await startFlask(gateway.url, TOKEN_SECRET);
  return {
    log: () => app.log(),
    visitor: () => app.visitor(),
    stop: async () => {
      await app.stop();
      await gateway.stop();
    },
  };
}
