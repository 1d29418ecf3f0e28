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
  type TextRow,
  TOKEN_SECRET,
} from '../databases/index.ts';
import { FlaskApp, type Visitor } from './flask-app.ts';
import { MISTAKES, OWN, type Scene } from './mistakes.ts';
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
          const before = await bobsRows(scene().database);
          expect(await attempt(scene())).not.toContain(exposed);
          expect(await bobsRows(scene().database)).toEqual(before);
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

/** What the shop is for: every page as an honest person uses it. */
function normalPages(scene: () => Scene): void {
  it('log-in works, and only with the right password', async () => {
    const { stranger } = scene();
    expect((await stranger.post('/login', { email: 'carol@shop.test', password: 'wrong' })).status).toBe(401);
    expect((await stranger.post('/login', { email: 'nobody@shop.test', password: 'x' })).status).toBe(401);
    const answer = await stranger.post('/login', { email: 'carol@shop.test', password: 'carol likes tea' });
    expect([answer.status, answer.json]).toMatchObject([200, { email: 'carol@shop.test', tenant_id: 1 }]);
    expect((await stranger.get('/profiles/me')).json).toMatchObject({ display_name: 'Carol' });
    await stranger.post('/logout');
    expect((await stranger.get('/profiles/me')).status).toBe(401);
  });

  it('sign-up makes an account that can be used at once, and says when an e-mail is taken', async () => {
    const { app, stranger } = scene();
    const form = { email: 'olga@shop.test', name: 'Olga', password: 'olga likes tea', tenant_id: 2 };
    const answer = await stranger.post('/signup', form);
    expect([answer.status, answer.json]).toMatchObject([
      201,
      { email: 'olga@shop.test', name: 'Olga', tenant_id: 2 },
    ]);
    expect((await stranger.get('/profiles/me')).json).toMatchObject({
      display_name: 'Olga',
      email: 'olga@shop.test',
    });
    expect((await app.visitor().post('/signup', form)).status).toBe(409);
    expect((await app.visitor().post('/signup', { ...form, email: 'bob@shop.test' })).status).toBe(409);
    expect((await app.visitor().post('/login', form)).status).toBe(200);
  });

  it('one’s own profile is shown, alone and with its relations', async () => {
    const { alice } = scene();
    expect((await alice.get('/profile', { profile_id: OWN.profile })).json).toMatchObject({
      email: 'alice@shop.test',
    });
    const whole = (await alice.get('/profiles/me', { include: 'addresses,payment_methods' })).json as Record<
      string,
      unknown[]
    >;
    expect(whole).toMatchObject({ display_name: 'Alice', email: 'alice@shop.test' });
    expect(whole.addresses?.length).toBeGreaterThan(1);
    expect(whole.payment_methods?.[0]).toMatchObject({ profile_id: OWN.profile });
  });

  it('the search finds colleagues by their display name', async () => {
    const { alice } = scene();
    const names = async (q: string) =>
      ((await alice.get('/profiles', { q })).json as { display_name: string }[]).map(
        (row) => row.display_name,
      );
    expect(await names('aro')).toEqual(['Carol']);
    expect(await names('ali')).toEqual(['Alice']);
    expect(await names('nobody')).toEqual([]);
  });

  it('one’s own display name is changed', async () => {
    const { alice } = scene();
    const answer = await alice.patch(`/profiles/${OWN.profile}`, { display_name: 'Alice €' });
    expect([answer.status, answer.json]).toMatchObject([200, { display_name: 'Alice €' }]);
    expect((await alice.get('/profiles/me')).json).toMatchObject({ display_name: 'Alice €' });
    expect((await alice.patch(`/profiles/${OWN.profile}`, { display_name: 'Alice' })).status).toBe(200);
  });

  it('a resource is opened with the token of one’s own share', async () => {
    const { alice } = scene();
    const answer = await alice.get(`/resource/${OWN.shareToken}`);
    expect([answer.status, answer.text]).toEqual([200, expect.stringContaining('wrote this')]);
    expect((await alice.get('/resource/pt-nobody-0')).status).toBe(404);
  });

  it('one’s own orders are listed in order', async () => {
    const { alice } = scene();
    const orders = (await alice.get('/orders', { sort: 'amount DESC, id' })).json as { amount: number }[];
    const amounts = orders.map(({ amount }) => amount);
    expect(amounts.length).toBeGreaterThanOrEqual(OWN.orders);
    expect(amounts).toEqual([...amounts].sort((a, b) => b - a));
  });

  it('an order is placed to one’s own address', async () => {
    const { alice } = scene();
    const answer = await alice.post('/orders', { address_id: OWN.address, amount: 1234 });
    expect([answer.status, answer.json]).toMatchObject([
      201,
      { amount: 1234, tenant_id: 1, crdb_region: 'eu-west-1', ship_to: { id: OWN.address } },
    ]);
  });

  it('products are public', async () => {
    const answer = await scene().stranger.get('/products');
    expect([answer.status, (answer.json as unknown[]).length]).toEqual([200, 12]);
  });
}

async function bobsRows(database: Scene['database']): Promise<readonly (readonly TextRow[])[]> {
  const bob = "(SELECT id FROM users WHERE email = 'bob@shop.test')";
  const profiles = `(SELECT id FROM profiles WHERE user_id = ${bob})`;
  const queries = [
    `SELECT * FROM users WHERE id = ${bob}`,
    `SELECT * FROM profiles WHERE user_id = ${bob}`,
    `SELECT * FROM addresses WHERE profile_id IN ${profiles} ORDER BY id`,
    `SELECT * FROM payment_methods WHERE profile_id IN ${profiles} ORDER BY id`,
    `SELECT * FROM resources WHERE owner_id = ${bob} ORDER BY id`,
    `SELECT * FROM permissions WHERE user_id = ${bob} ORDER BY resource_id`,
    `SELECT * FROM orders WHERE user_id = ${bob} ORDER BY id`,
    `SELECT * FROM orders WHERE address_id IN (SELECT id FROM addresses WHERE profile_id IN ${profiles}) ORDER BY id`,
  ];
  return Promise.all(queries.map((query) => database.query(query)));
}
