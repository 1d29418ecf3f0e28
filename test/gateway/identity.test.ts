import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { describeDatabases, signToken } from '../databases/index.ts';
import { ALICE, as, loadShop, tokens } from './support/shop.ts';
import { type RunningGateway, startGateway } from './support/start-gateway.ts';
import { bind, execute, parse, WireClient } from './support/wire-client.ts';

describeDatabases('the caller of a connection', (database) => {
  let running: RunningGateway;
  let client: WireClient;
  beforeAll(async () => {
    await loadShop(database());
    running = await startGateway(database());
  });
  afterAll(() => running?.stop());
  beforeEach(async () => {
    client = await WireClient.login(running.port);
    return () => client.close();
  });

  const NOTES = 'SELECT id FROM notes ORDER BY id';
  const OF_ALICE = ['columns id', 'row 1', 'row 2', 'SELECT 2'];

  it('is nobody at first, and again after each transaction', async () => {
    expect(await client.query(NOTES)).toEqual(['ERROR 42501', 'ready I']);
    expect(await client.query(as('alice', NOTES))).toEqual([...OF_ALICE, 'ready I']);
    expect(await client.query(NOTES)).toEqual(['ERROR 42501', 'ready I']);
  });

  it('stays for the transaction in which a token was presented', async () => {
    await client.query(as('alice', 'BEGIN'));
    expect(await client.query(NOTES)).toEqual([...OF_ALICE, 'ready T']);
    await client.query('COMMIT');
    expect(await client.query(NOTES)).toEqual(['ERROR 42501', 'ready I']);
  });

  it('may become known inside a transaction, once', async () => {
    await client.query('BEGIN');
    expect(await client.query('SELECT count(*) FROM goods')).toContain('row 3');
    expect(await client.query(as('alice', NOTES))).toEqual([...OF_ALICE, 'ready T']);
    expect(await client.query(NOTES)).toEqual([...OF_ALICE, 'ready T']);
    await client.query('ROLLBACK');
  });

  it('cannot change inside a transaction, which is rolled back (A114)', async () => {
    await client.query(as('alice', 'BEGIN'));
    await client.query('DELETE FROM goods');
    expect(await client.query(as('bob', NOTES))).toEqual(['ERROR 42501', 'ready E']);
    expect(await client.query(NOTES)).toEqual(['ERROR 25P02', 'ready E']);
    expect(await client.query('COMMIT')).toEqual(['ROLLBACK', 'ready I']);
    expect(await database().query('SELECT count(*) FROM goods')).toEqual([{ count: '3' }]);
  });

  it('cannot change by rolling back to a savepoint', async () => {
    await client.query('BEGIN');
    await client.query('SAVEPOINT s');
    await client.query(as('alice', NOTES));
    await client.query('ROLLBACK TO SAVEPOINT s');
    expect(await client.query(as('bob', NOTES))).toEqual(['ERROR 42501', 'ready E']);
    await client.query('ROLLBACK TO SAVEPOINT s');
    expect(await client.query(as('bob', NOTES))).toEqual(['ERROR 42501', 'ready E']);
    await client.query('ROLLBACK');
  });

  it('cannot change after an end of the transaction that was skipped in a batch', async () => {
    await client.query(as('alice', 'BEGIN; SAVEPOINT s'));
    const failed = await client.batch(
      parse('SELECT 1 / 0'),
      bind(),
      execute(),
      parse('COMMIT'),
      bind(),
      execute(),
      parse(as('bob', 'SELECT 1')),
    );
    expect(failed).toEqual(['ParseComplete', 'ERROR 22012', 'ready E']);
    await client.query('ROLLBACK TO SAVEPOINT s');
    expect(await client.query(as('bob', NOTES))).toEqual(['ERROR 42501', 'ready E']);
    await client.query('ROLLBACK');
  });

  it('may differ between two transactions of one batch', async () => {
    const text = 'SELECT count(*) FROM notes';
    expect(
      await client.batch(
        parse(as('alice', 'BEGIN')),
        bind(),
        execute(),
        parse(text),
        bind(),
        execute(),
        parse('COMMIT'),
        bind(),
        execute(),
        parse(as('bob', text)),
        bind(),
        execute(),
      ),
    ).toEqual(
      ['BEGIN', 'row 2', 'SELECT 1', 'COMMIT', 'row 1', 'SELECT 1', 'ready I'].flatMap((word) =>
        /^(BEGIN|COMMIT)$|^row/.test(word) ? ['ParseComplete', 'BindComplete', word] : [word],
      ),
    );
  });

  it('does not outlive its transaction within a message', async () => {
    await client.query(as('alice', 'BEGIN'));
    expect(await client.query(`COMMIT; ${NOTES}`)).toEqual(['ERROR 0A000', 'ready E']);
    await client.query('ROLLBACK');
    expect(await client.query(as('alice', `BEGIN; COMMIT; ${NOTES}`))).toEqual([
      'BEGIN',
      'COMMIT',
      ...OF_ALICE,
      'ready I',
    ]);
    expect(await client.query(NOTES)).toEqual(['ERROR 42501', 'ready I']);
    await client.query(as('alice', 'BEGIN'));
    expect(await client.query('COMMIT AND CHAIN')).toEqual(['COMMIT', 'ready T']);
    expect(await client.query(NOTES)).toEqual(['ERROR 42501', 'ready E']);
  });

  describe('by SET cordon.token', () => {
    it.each(['SET LOCAL', 'SET'])('holds for the transaction, with %s', async (set) => {
      await client.query('BEGIN');
      expect(await client.query(`${set} cordon.token = '${tokens.alice}'`)).toEqual(['SET', 'ready T']);
      expect(await client.query(NOTES)).toEqual([...OF_ALICE, 'ready T']);
      await client.query('COMMIT');
      expect(await client.query(NOTES)).toEqual(['ERROR 42501', 'ready I']);
    });

    it('may stand behind BEGIN in one message, and nothing may follow it there', async () => {
      expect(await client.query(`BEGIN; SET LOCAL cordon.token = '${tokens.alice}'`)).toEqual([
        'BEGIN',
        'SET',
        'ready T',
      ]);
      expect(await client.query(NOTES)).toContain('row 1');
      await client.query('ROLLBACK');
      expect(await client.query(`SET cordon.token = '${tokens.alice}'; SELECT 1`)).toEqual([
        'ERROR 0A000',
        'ready I',
      ]);
    });

    it('works in the extended protocol, at Execute', async () => {
      const set = `SET LOCAL cordon.token = '${tokens.alice}'`;
      expect(
        await client.batch(
          parse('BEGIN'),
          bind(),
          execute(),
          parse(set),
          bind(),
          execute(),
          parse('SELECT count(*) FROM notes'),
          bind(),
          execute(),
        ),
      ).toContain('row 2');
      await client.query('ROLLBACK');
    });

    it('presents nobody where the database did not run it', async () => {
      const set = `SET LOCAL cordon.token = '${tokens.alice}'`;
      await client.query('BEGIN; SAVEPOINT s; SELECT 1');
      await client.query('SELECT 1 / 0');
      expect(await client.query(set)).toEqual(['ERROR 25P02', 'ready E']);
      await client.query('ROLLBACK TO SAVEPOINT s');
      expect(await client.query(NOTES)).toEqual(['ERROR 42501', 'ready E']);
      await client.query('ROLLBACK TO SAVEPOINT s');
      await client.batch(parse('SELECT 1 / 0'), bind(), execute(), parse(set), bind(), execute());
      await client.query('ROLLBACK TO SAVEPOINT s');
      expect(await client.query(as('bob', NOTES))).toEqual(['columns id', 'row 3', 'SELECT 1', 'ready T']);
      await client.query('ROLLBACK');
    });

    it('refuses a token that is not one, and a second caller', async () => {
      await client.query(as('bob', 'BEGIN'));
      expect(await client.query(`SET cordon.token = '${tokens.alice}'`)).toEqual(['ERROR 42501', 'ready E']);
      await client.query('ROLLBACK');
      expect(await client.query("SET cordon.token = 'x.y.z'")).toEqual(['ERROR 28000', 'ready I']);
    });
  });

  describe('by the connection', () => {
    it('is given as a startup option, and stays', async () => {
      const own = await WireClient.login(running.port, { parameters: { 'cordon.token': tokens.alice } });
      for (const _ of [1, 2]) expect(await own.query(NOTES)).toEqual([...OF_ALICE, 'ready I']);
      expect(await own.query(as('alice', NOTES))).toEqual([...OF_ALICE, 'ready I']);
      expect(await own.query(as('bob', NOTES))).toEqual(['ERROR 42501', 'ready I']);
      own.close();
    });

    it('is given in the options of libpq', async () => {
      const own = await WireClient.login(running.port, {
        parameters: { options: `-c cordon.token=${tokens.alice}` },
      });
      expect(await own.query(NOTES)).toEqual([...OF_ALICE, 'ready I']);
      own.close();
    });

    it('is refused at the start when the token is not accepted (A107, A108, A109)', async () => {
      const past = Math.floor(Date.now() / 1000) - 3600;
      const none = [{ alg: 'none' }, { sub: ALICE, iss: 'shop', aud: 'cordon', exp: past + 7200 }]
        .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
        .join('.');
      const bad = [
        signToken({ sub: '' }),
        signToken({ sub: ALICE, aud: 'other-service' }),
        signToken({ sub: ALICE, exp: past }),
        `${none}.`,
      ];
      for (const token of bad) {
        const own = WireClient.open(running.port).startUp({ parameters: { 'cordon.token': token } });
        expect(await own.untilClosed()).toEqual(['FATAL 28000']);
      }
    });
  });

  it('is refused once the token has run out (A110)', async () => {
    const soon = signToken({ sub: ALICE, exp: Math.floor(Date.now() / 1000) + 2 });
    const own = await WireClient.login(running.port, { parameters: { 'cordon.token': soon } });
    await own.query('BEGIN');
    expect(await own.query(NOTES)).toContain('row 1');
    await new Promise((resolve) => setTimeout(resolve, 2500));
    expect(await own.query(NOTES)).toEqual(['ERROR 42501', 'ready E']);
    expect(await own.query('ROLLBACK')).toEqual(['ROLLBACK', 'ready I']);
    expect(await own.query(NOTES)).toEqual(['ERROR 42501', 'ready I']);
    own.close();
  });

  it('cannot be reached by a comment that does not come first (A111)', async () => {
    expect(await client.query(`SELECT 1; /*cordon:${tokens.bob}*/ ${NOTES}`)).toEqual([
      'ERROR 42501',
      'ready I',
    ]);
    expect(await client.query(`${NOTES} /*cordon:${tokens.bob}*/`)).toEqual(['ERROR 42501', 'ready I']);
  });

  it('does not pass from one client to the next (A112, A113, A160)', async () => {
    const other = await WireClient.login(running.port);
    await client.query(as('bob', 'BEGIN'));
    await client.query('SELECT 1 / 0');
    await client.query('ROLLBACK');
    await client.batch(parse(as('alice', NOTES), 's1'));
    await other.batch(parse(as('bob', 'SELECT body FROM notes'), 's1'));
    expect(await client.batch(bind([], { statement: 's1' }), execute())).toContain('row 2');
    expect(await other.batch(bind([], { statement: 's1' }), execute())).toContain('row bob one');
    other.close();
  });

  it('is the one who executes, for statements prepared by SQL', async () => {
    await client.query(as('alice', `PREPARE mine AS ${NOTES}`));
    expect(await client.query(as('alice', 'EXECUTE mine'))).toEqual([...OF_ALICE, 'ready I']);
    expect(await client.query(as('bob', 'EXECUTE mine'))).toEqual([
      'columns id',
      'row 3',
      'SELECT 1',
      'ready I',
    ]);
    expect(await client.query('EXECUTE mine')).toEqual(['ERROR 26000', 'ready I']);
    expect(await client.query(as('auditor', 'EXECUTE mine'))).toEqual(['ERROR 26000', 'ready I']);
  });

  it('cannot swap the claims of a statement prepared by SQL with a PREPARE that failed', async () => {
    await client.query(as('alice', `PREPARE twice AS ${NOTES}`));
    expect(await client.query(as('alice', 'PREPARE twice AS SELECT id FROM goods'))).toEqual([
      'ERROR 42P05',
      'ready I',
    ]);
    expect(await client.query(as('alice', 'EXECUTE twice'))).toEqual(['ERROR 26000', 'ready I']);
  });
});
