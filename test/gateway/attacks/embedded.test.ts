/** Two clients over one embedded database, which has one session: nothing of the first is there for the second. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { FrontendMessage } from '../../../src/pgwire/index.ts';
import { type PgliteDatabase, startPglite } from '../../databases/index.ts';
import { as, loadShop, tokens } from '../support/shop.ts';
import { type RunningGateway, startGateway } from '../support/start-gateway.ts';
import {
  bind,
  closeStatement,
  describeStatement,
  execute,
  parse,
  WireClient,
} from '../support/wire-client.ts';
import { essence } from './modes.ts';

const NOTES = 'SELECT id FROM notes ORDER BY id';

describe('one embedded database, two clients', () => {
  let database: PgliteDatabase;
  let running: RunningGateway;
  let bob: WireClient;
  let alice: WireClient;
  beforeAll(async () => {
    database = await startPglite();
    await loadShop(database);
    running = await startGateway(database, { limits: { shutdownMs: 200 } });
  });
  afterAll(async () => {
    await running?.stop();
    await database?.stop();
  });
  beforeEach(async () => {
    bob = await WireClient.login(running.port);
    alice = await WireClient.login(running.port);
  });
  afterEach(() => {
    bob.close();
    alice.close();
  });

  /** The database answers the second client; undefined if it does not within two seconds. */
  const served = (client: WireClient) =>
    Promise.race([client.query('SELECT 7'), sleep(2000).then(() => undefined)]);

  it.each([
    ['after a refused Parse', () => [parse('TRUNCATE notes')]],
    ['after an error', () => [parse('SELECT 1 / 0'), bind(), execute()]],
    ['after an error that it has read', () => [parse('SELECT 1 / 0'), bind(), execute(), { kind: 'Flush' }]],
    ['inside a batch', () => [parse('SELECT 1'), bind()]],
    [
      'inside a batch whose statement ran',
      () => [parse('DELETE FROM goods'), bind(), execute(), { kind: 'Flush' }],
    ],
    [
      'inside a failed transaction',
      () => [{ kind: 'Query', text: 'BEGIN; DELETE FROM goods; SELECT 1 / 0' }],
    ],
    [
      'inside a failed batch of a transaction',
      () => [{ kind: 'Query', text: 'BEGIN; DELETE FROM goods' }, parse('SELECT 1 / 0'), bind(), execute()],
    ],
    ['inside a COPY', () => [{ kind: 'Query', text: 'COPY goods (id) FROM STDIN' }]],
  ] satisfies [string, () => FrontendMessage[]][])(
    'a client that goes away %s leaves the database to the others',
    async (_, messages) => {
      bob.send(...messages());
      await sleep(150);
      bob.close();
      expect(await served(alice)).toContain('row 7');
      expect((await database.query('SELECT count(*) FROM goods'))[0]?.count).toBe('3');
      expect(await alice.query(as('alice', NOTES))).toEqual([
        'columns id',
        'row 1',
        'row 2',
        'SELECT 2',
        'ready I',
      ]);
    },
  );

  it('a client that goes away while it waits for the database is no bug', async () => {
    const bugs: unknown[] = [];
    const note = (fields: object) => void ('bug' in fields && bugs.push(fields));
    const log = { debug: note, info: note, warn: note, error: note };
    const own = await startGateway(database, { log });
    const first = await WireClient.login(own.port);
    const second = await WireClient.login(own.port);
    await first.query('BEGIN');
    second.send({ kind: 'Query', text: 'SELECT 1' });
    await sleep(50);
    second.close();
    await sleep(50);
    await first.query('COMMIT');
    await sleep(50);
    expect(await first.query('SELECT 1')).toContain('row 1');
    first.close();
    await own.stop();
    expect(bugs).toEqual([]);
  });

  it('a client that says nothing more inside a batch does not keep the database for ever', async () => {
    const own = await startGateway(database, { limits: { transactionIdleMs: 300, shutdownMs: 100 } });
    for (const messages of [
      [parse('SELECT 1')],
      [parse('TRUNCATE notes')],
      [parse('DELETE FROM goods'), bind(), execute(), { kind: 'Flush' } as const],
      [{ kind: 'Query', text: 'COPY goods (id) FROM STDIN' } as const],
    ]) {
      const silent = await WireClient.login(own.port);
      silent.send(...messages);
      await sleep(50);
      const other = await WireClient.login(own.port);
      expect(await served(other)).toContain('row 7');
      silent.close();
      other.close();
    }
    await own.stop();
  });

  it('A113 a failed transaction, its settings and its cursor are gone', async () => {
    await bob.query(
      as('bob', 'BEGIN; SET LOCAL statement_timeout = 5; DECLARE c CURSOR FOR SELECT body FROM notes'),
    );
    await bob.query('SELECT 1 / 0');
    bob.close();
    expect(await alice.query('SHOW statement_timeout')).toContain('row 0');
    expect(await alice.query(as('alice', 'FETCH ALL FROM c'))).toEqual(['ERROR 34000', 'ready I']);
    expect(await alice.query(NOTES)).toEqual(['ERROR 42501', 'ready I']);
  });

  it('A160 statements of one name are each client’s own, in every way to make and use them', async () => {
    await bob.batch(parse(as('bob', 'SELECT body FROM notes'), 's'));
    await alice.batch(parse(as('alice', NOTES), 's'));
    await bob.query(as('bob', 'PREPARE q AS SELECT body FROM notes'));
    expect(await alice.query(as('alice', 'EXECUTE q'))).toEqual(['ERROR 26000', 'ready I']);
    expect(await alice.query('DEALLOCATE q')).toEqual(['ERROR 26000', 'ready I']);
    await alice.query(as('alice', `PREPARE q AS ${NOTES}`));
    for (const _ of [1, 2]) {
      expect(await alice.batch(bind([], { statement: 's' }), execute())).toEqual([
        'BindComplete',
        'row 1',
        'row 2',
        'SELECT 2',
        'ready I',
      ]);
      expect(await bob.batch(bind([], { statement: 's' }), execute())).toEqual([
        'BindComplete',
        'row bob one',
        'SELECT 1',
        'ready I',
      ]);
      expect(await bob.query(as('bob', 'EXECUTE q'))).toContain('row bob one');
      expect(await alice.query(as('alice', 'EXECUTE q'))).toContain('row 2');
    }
  });

  it('what one client wipes is not wiped for the other', async () => {
    for (const wipe of [
      'DISCARD ALL',
      'DEALLOCATE ALL',
      'RESET ALL',
      'DISCARD PLANS',
      'CLOSE ALL',
      'UNLISTEN *',
    ]) {
      await alice.query('DISCARD ALL');
      await alice.batch(parse(as('alice', NOTES), 's'));
      await alice.query(as('alice', `PREPARE q AS ${NOTES}`));
      await alice.query("SET datestyle = 'German'");
      await bob.query("SET timezone = 'Asia/Tokyo'");
      await bob.query(wipe);
      expect(await alice.batch(bind([], { statement: 's' }), execute())).toContain('row 2');
      expect(await alice.query(as('alice', 'EXECUTE q'))).toContain('row 2');
      const own = await alice.query("SELECT '2024-05-06'::date, current_setting('timezone')");
      expect([wipe, own]).toEqual([
        wipe,
        expect.arrayContaining([expect.stringMatching(/^row 06.05.2024,(GMT|UTC)/)]),
      ]);
      await bob.query('SELECT 1');
      await alice.query('SELECT 1');
    }
  });

  it('the search path stays pinned behind RESET ALL and DISCARD ALL, also in the same unit', async () => {
    const PATH = "SELECT current_setting('search_path')";
    const steps = [
      () => bob.query(`RESET ALL; ${PATH}`),
      () =>
        bob
          .query('BEGIN')
          .then(() => bob.query('RESET ALL'))
          .then(() => bob.query(PATH)),
      () => bob.query('ROLLBACK').then(() => bob.query(PATH)),
      () => bob.batch(parse('DISCARD ALL'), bind(), execute(), parse(PATH), bind(), execute()),
      () => bob.query(PATH),
    ];
    for (const step of steps)
      expect((await step()).filter((word) => word.startsWith('row'))).toEqual([
        expect.stringMatching(/^row "?public"?$/),
      ]);
  });

  it('advisory locks and sequence values are not to be had', async () => {
    for (const text of [
      'SELECT pg_advisory_lock(1)',
      'SELECT pg_try_advisory_lock(1)',
      'SELECT lastval()',
      "SELECT currval('x')",
    ]) {
      expect((await bob.query(text))[0]).toMatch(/^ERROR (42501|42P01|55000)$/);
    }
  });

  it('a statement prepared by protocol can be dropped by SQL, also when another client had the database meanwhile', async () => {
    await bob.batch(parse('SELECT 1', 's'));
    await alice.query('SELECT 1');
    expect(await bob.query('DEALLOCATE s')).toEqual(['DEALLOCATE', 'ready I']);
    expect(await bob.batch(bind([], { statement: 's' }))).toEqual(['ERROR 26000', 'ready I']);
    await bob.batch(parse('SELECT 2', 's'));
    await alice.query('SELECT 1');
    expect(
      await bob.batch(closeStatement('s'), parse('SELECT 3', 's'), bind([], { statement: 's' }), execute()),
    ).toContain('row 3');
    await alice.query('SELECT 1');
    expect(await bob.batch(describeStatement('s'))).toEqual(['parameters ', 'columns ?column?', 'ready I']);
  });

  it('a setting that the database does not take at the start is an error of the client, and harms nobody', async () => {
    const odd = WireClient.open(running.port).startUp({ parameters: { statement_timeout: 'nonsense' } });
    const seen = await Promise.race([odd.until('ErrorResponse'), odd.query('SELECT 1'), sleep(1000)]).catch(
      () => undefined,
    );
    void seen;
    odd.close();
    expect(await served(alice)).toContain('row 7');
    expect(await alice.query("SELECT current_setting('search_path')")).toContain('row "public"');
  });

  it('tokens, rows and settings do not pass through a client that pipelines behind its end', async () => {
    bob.send(
      parse(as('bob', 'BEGIN')),
      bind(),
      execute(),
      { kind: 'Sync' },
      { kind: 'Query', text: NOTES },
      { kind: 'Terminate' },
    );
    await bob.untilClosed();
    expect(await alice.query(NOTES)).toEqual(['ERROR 42501', 'ready I']);
    expect(essence(await alice.query(`/*cordon:${tokens.alice}*/ ${NOTES}`))).toEqual([
      'row 1',
      'row 2',
      'SELECT 2',
      'ready I',
    ]);
  });
});
