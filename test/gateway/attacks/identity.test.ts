/** Who asks: every place where a token can stand, every place where a caller could be carried over. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { describeDatabases, signToken } from '../../databases/index.ts';
import { ALICE, as, BOB, loadShop, tokens } from '../support/shop.ts';
import { type RunningGateway, startGateway } from '../support/start-gateway.ts';
import { bind, describePortal, execute, parse, WireClient } from '../support/wire-client.ts';
import { essence, MODES, outcome, say } from './modes.ts';

const NOTES = 'SELECT id FROM notes ORDER BY id';
const expiring = (seconds: number) => signToken({ sub: ALICE, exp: Math.floor(Date.now() / 1000) + seconds });
const past = Math.floor(Date.now() / 1000) - 3600;
const unsigned = `${[{ alg: 'none' }, { sub: BOB, iss: 'shop', aud: 'cordon', exp: past + 7200 }]
  .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
  .join('.')}.`;

/** Tokens that must open nothing. */
const BAD_TOKENS = [
  ['A107 an empty identity', signToken({ sub: '' })],
  ['A107 no identity', signToken({})],
  ['A107 another spelling of an identity', signToken({ sub: `{${BOB}}` })],
  ['A107 a list of identities', signToken({ sub: [ALICE, BOB] })],
  ['A108 no signature', unsigned],
  ['A108 a signature of somebody else', signToken({ sub: BOB }, 'another secret, which is also long enough')],
  ['A109 another audience', signToken({ sub: BOB, aud: 'other-service' })],
  ['A109 another issuer', signToken({ sub: BOB, iss: 'mallory' })],
  ['A109 an expired one', signToken({ sub: BOB, exp: past })],
  ['A109 one that does not hold yet', signToken({ sub: BOB, nbf: past + 7200 })],
  ['a role that the policy does not know', signToken({ sub: BOB, role: 'root' })],
  ['the role of nobody', signToken({ sub: BOB, role: 'anonymous' })],
] as const;

describeDatabases('the caller under attack', (database) => {
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

  const everybodys = async () => (await database().query('SELECT count(*) AS n FROM notes'))[0]?.n;

  describe.each(MODES)('%s', (mode) => {
    it.each(BAD_TOKENS)('%s is no caller, in a comment or by SET', async (_, token) => {
      const comment = outcome(await say(client, mode, `/*cordon:${token}*/ ${NOTES}`));
      expect(comment).toEqual([expect.stringMatching(/^ERROR (28000|42501)$/), 'ready I']);
      const set = outcome(await say(client, mode, `SET cordon.token = '${token}'`, NOTES));
      expect(set.filter((word) => word.startsWith('row'))).toEqual([]);
      expect(set[0]).toMatch(/^ERROR (28000|42501)$/);
    });

    it('A110 a token that ends in the middle of a transaction ends it', async () => {
      const soon = expiring(2);
      await say(client, mode, `/*cordon:${soon}*/ BEGIN`);
      expect(await say(client, mode, NOTES)).toContain('row 1');
      await sleep(2300);
      expect(await say(client, mode, NOTES)).toEqual(['ERROR 42501', 'ready E']);
      expect(await say(client, mode, 'COMMIT')).toEqual(['ROLLBACK', 'ready I']);
      expect(outcome(await say(client, mode, `/*cordon:${soon}*/ ${NOTES}`))).toEqual([
        expect.stringMatching(/^ERROR (28000|42501)$/),
        'ready I',
      ]);
    });

    it('A114 a second token is refused wherever it stands, and the transaction is lost', async () => {
      for (const second of [
        as('bob', NOTES),
        `SET cordon.token = '${tokens.bob}'`,
        `SET LOCAL cordon.token = '${tokens.bob}'`,
        `SET SESSION "cordon.token" = '${tokens.bob}'`,
        `SET CORDON.TOKEN TO '${tokens.bob}'`,
        as('auditor', NOTES),
        'RESET cordon.token',
        "SET cordon.token = ''",
        'SET cordon.token TO DEFAULT',
        `ROLLBACK TO SAVEPOINT s; ${NOTES}; SET cordon.token = '${tokens.bob}'`,
      ]) {
        if (mode !== 'simple' && second.includes(';')) continue;
        await say(client, mode, as('alice', 'BEGIN'), 'SAVEPOINT s', 'UPDATE goods SET price = 1');
        expect([second, outcome(await say(client, mode, second, NOTES))]).toEqual([
          second,
          mode === 'pipelined' ? ['ERROR 42501', 'ready E'] : ['ERROR 42501', 'ERROR 25P02', 'ready E'],
        ]);
        expect(await say(client, mode, 'COMMIT')).toEqual(['ROLLBACK', 'ready I']);
      }
      expect(await database().query('SELECT price FROM goods WHERE id = 1')).toEqual([{ price: '20.00' }]);
    });

    it('RESET, RESET ALL and DISCARD do not make a caller, and do not take one away', async () => {
      await say(client, mode, as('alice', 'BEGIN'));
      const seen = await say(client, mode, 'RESET ALL', NOTES);
      expect(seen).toContain('row 1');
      expect(seen).not.toContain('row 3');
      expect(outcome(await say(client, mode, as('bob', NOTES)))).toEqual(['ERROR 42501', 'ready E']);
      await say(client, mode, 'ROLLBACK');
      expect(outcome(await say(client, mode, 'RESET cordon.token', NOTES)).at(-2)).toBe('ERROR 42501');
    });

    it('a rollback to a savepoint neither forgets nor revives a caller', async () => {
      await say(client, mode, 'BEGIN', 'SAVEPOINT s', as('alice', 'SELECT 1'));
      const kept = await say(client, mode, 'ROLLBACK TO SAVEPOINT s', NOTES);
      expect(kept).not.toContain('row 3');
      await say(client, mode, 'RELEASE SAVEPOINT s');
      expect(outcome(await say(client, mode, as('bob', NOTES))).slice(0, 1)).toEqual(['ERROR 42501']);
      await say(client, mode, 'ROLLBACK');
      expect(outcome(await say(client, mode, NOTES))).toEqual(['ERROR 42501', 'ready I']);
    });

    it('a token in a failed transaction opens nothing', async () => {
      await say(client, mode, 'BEGIN', 'SAVEPOINT s');
      await say(client, mode, 'SELECT 1 / 0');
      const seen = await say(client, mode, `SET LOCAL cordon.token = '${tokens.bob}'`, NOTES);
      expect(seen.filter((word) => word.startsWith('row'))).toEqual([]);
      expect(outcome(await say(client, mode, as('alice', NOTES))).at(-1)).toBe('ready E');
      await say(client, mode, 'ROLLBACK');
      expect(outcome(await say(client, mode, NOTES))).toEqual(['ERROR 42501', 'ready I']);
    });

    it('a transaction that fails at COMMIT leaves nobody behind', async () => {
      await database().run(`DROP TABLE IF EXISTS links; CREATE TABLE links (id int PRIMARY KEY,
        note int REFERENCES notes DEFERRABLE INITIALLY DEFERRED)`);
      const policy = (await import('../support/shop.ts')).POLICY;
      const relations = {
        ...policy.relations,
        links: { rules: [{ for: 'member', rows: 'all', read: 'all', insert: 'all' }] },
      };
      const own = await startGateway(database(), { policy: { ...policy, relations } });
      const other = await WireClient.login(own.port);
      await say(other, mode, as('alice', 'BEGIN'));
      const seen = await say(other, mode, 'INSERT INTO links VALUES (1, 1)', 'COMMIT');
      expect(seen.at(-1)).toBe('ready I');
      expect(outcome(await say(other, mode, NOTES))).toEqual(['ERROR 42501', 'ready I']);
      other.close();
      await own.stop();
    });

    it('an implicit transaction ends its caller', async () => {
      for (const statement of [
        NOTES,
        'SELECT 1 / 0',
        'UPDATE notes SET body = body WHERE id = 1',
        'COMMIT',
        'ROLLBACK',
      ]) {
        await say(client, mode, as('alice', statement));
        expect([statement, outcome(await say(client, mode, NOTES))]).toEqual([
          statement,
          ['ERROR 42501', 'ready I'],
        ]);
      }
    });

    it('a chained transaction begins without the caller of the one before', async () => {
      for (const end of ['COMMIT AND CHAIN', 'ROLLBACK AND CHAIN']) {
        await say(client, mode, as('alice', 'BEGIN'), end);
        expect(outcome(await say(client, mode, NOTES))).toEqual(['ERROR 42501', 'ready E']);
        await say(client, mode, 'ROLLBACK');
        await say(client, mode, as('alice', 'BEGIN'), end);
        const bobs = await say(client, mode, as('bob', NOTES));
        expect(bobs.filter((word) => word.startsWith('row'))).toEqual(['row 3']);
        await say(client, mode, 'ROLLBACK');
      }
    });
  });

  describe('in one Query', () => {
    it('a COMMIT in the middle leaves nothing that follows to run for the caller before', async () => {
      for (const text of [
        `COMMIT; ${NOTES}`,
        `ROLLBACK; ${NOTES}`,
        `END; BEGIN; ${NOTES}`,
        `COMMIT AND CHAIN; ${NOTES}`,
        `COMMIT; DECLARE c CURSOR FOR ${NOTES}`,
        `COMMIT; PREPARE p AS ${NOTES}`,
        `COMMIT; COPY (${NOTES}) TO STDOUT`,
        'COMMIT; DELETE FROM notes',
        `SELECT 1; COMMIT; SELECT 2; ${NOTES}`,
        `ROLLBACK TO SAVEPOINT s; COMMIT; ${NOTES}`,
        'COMMIT; COPY notes (id, body) FROM STDIN',
      ]) {
        await client.query(as('alice', 'BEGIN'));
        await client.query('SAVEPOINT s');
        const seen = await client.query(text);
        expect([text, seen.filter((word) => word.startsWith('row'))]).toEqual([text, []]);
        expect([text, seen.at(-2)]).toEqual([text, 'ERROR 0A000']);
        await client.query('ROLLBACK');
      }
      expect(await everybodys()).toBe('3');
    });

    it('BEGIN; …; ROLLBACK; SELECT behind one token is one caller’s throughout, and ends with it', async () => {
      const seen = await client.query(as('alice', `BEGIN; ${NOTES}; ROLLBACK; ${NOTES}`));
      expect(seen.filter((word) => word.startsWith('row'))).toEqual(['row 1', 'row 2', 'row 1', 'row 2']);
      expect(await client.query(NOTES)).toEqual(['ERROR 42501', 'ready I']);
    });

    it('a token in front of a COMMIT of somebody else is refused before anything runs', async () => {
      await client.query(as('alice', 'BEGIN'));
      await client.query('DELETE FROM notes WHERE id = 1');
      expect(await client.query(as('bob', `COMMIT; ${NOTES}`))).toEqual(['ERROR 42501', 'ready E']);
      await client.query('ROLLBACK');
      expect(await everybodys()).toBe('3');
    });

    it('an error in front of the COMMIT keeps the caller to the failed transaction', async () => {
      await client.query(as('alice', 'BEGIN'));
      expect((await client.query(as('alice', `SELECT 1 / 0; COMMIT; ${NOTES}`))).slice(-2)).toEqual([
        'ERROR 22012',
        'ready E',
      ]);
      expect(await client.query(as('bob', NOTES))).toEqual([
        expect.stringMatching(/^ERROR (42501|25P02)$/),
        'ready E',
      ]);
      await client.query('ROLLBACK');
      expect(await client.query(NOTES)).toEqual(['ERROR 42501', 'ready I']);
    });

    it('a statement that is refused in the last place keeps the first ones from running', async () => {
      await client.query(as('alice', 'BEGIN'));
      expect(await client.query('COMMIT; EXECUTE nope')).toEqual([
        expect.stringMatching(/^ERROR/),
        'ready E',
      ]);
      expect(await client.query(as('bob', NOTES))).toEqual([
        expect.stringMatching(/^ERROR (42501|25P02)$/),
        'ready E',
      ]);
      await client.query('ROLLBACK');
    });

    it('A111 only the first thing of the message is a token', async () => {
      const comment = `/*cordon:${tokens.bob}*/`;
      for (const text of [
        `${NOTES} ${comment}`,
        `SELECT 1; ${comment} ${NOTES}`,
        `-- x\n${comment} ${NOTES}`,
        `; ${comment} ${NOTES}`,
        `/**/${comment} ${NOTES}`,
        `/*Cordon:${tokens.bob}*/ ${NOTES}`,
        `/* cordon:${tokens.bob}*/ ${NOTES}`,
        `\u00a0${comment} ${NOTES}`,
        `\ufeff${comment} ${NOTES}`,
        `/*cordon:${tokens.bob} /* */ */ ${NOTES}`,
        `/*cordon:${tokens.bob}`,
        `/*cordon:*/ ${NOTES}`,
        `/*cordon:${tokens.bob}*//*cordon:${tokens.alice}*/ ${NOTES}`,
        `'${comment}' ${NOTES}`,
      ]) {
        const seen = await client.query(text);
        expect([text.replace(/ey\S+/g, '…'), seen.filter((word) => /^(row|columns)/.test(word))]).toEqual([
          text.replace(/ey\S+/g, '…'),
          [],
        ]);
        expect(seen.at(-1)).toBe('ready I');
      }
    });
  });

  describe('in a pipeline', () => {
    it('a token in one Parse holds for its transaction and not behind it', async () => {
      const seen = await client.batch(
        parse(as('alice', 'BEGIN'), 'b'),
        parse('COMMIT', 'c'),
        parse(NOTES, 'n'),
        bind([], { statement: 'b' }),
        execute(),
        bind([], { statement: 'n' }),
        execute(),
        bind([], { statement: 'c' }),
        execute(),
        bind([], { statement: 'n' }),
        execute(),
      );
      expect(essence(seen)).toEqual([
        'BEGIN',
        'row 1',
        'row 2',
        'SELECT 2',
        'COMMIT',
        'ERROR 42501',
        'ready I',
      ]);
    });

    it('values bound for one caller do not run in a transaction of another', async () => {
      const seen = await client.batch(
        parse(as('alice', NOTES), 'n'),
        bind([], { portal: 'p', statement: 'n' }),
        parse('COMMIT', 'c'),
        bind([], { portal: 'q', statement: 'c' }),
        execute('q'),
        parse(as('bob', 'SELECT 1')),
        bind(),
        execute(),
        execute('p'),
      );
      expect(essence(seen)).toEqual([
        'WARNING 25P01',
        'COMMIT',
        'row 1',
        'SELECT 1',
        'ERROR 34000',
        'ready I',
      ]);
    });

    it('a token at each point of a pipeline is refused if it is a second one', async () => {
      for (const at of [1, 2, 3]) {
        const messages = [parse(as('alice', 'SELECT 1')), bind(), describePortal(), execute()];
        messages.splice(at, 0, parse(as('bob', 'SELECT 2'), `late${at}`));
        const seen = await client.batch(...messages);
        expect(seen.slice(-2)).toEqual(['ERROR 42501', 'ready I']);
      }
      expect(await client.query(NOTES)).toEqual(['ERROR 42501', 'ready I']);
    });

    it('a SET of a token that the error before it has skipped is no second chance', async () => {
      await client.query('BEGIN; SAVEPOINT s');
      const seen = await client.batch(
        parse('SELECT 1 / 0'),
        bind(),
        execute(),
        parse(`SET LOCAL cordon.token = '${tokens.alice}'`),
        bind(),
        execute(),
        parse('COMMIT'),
        bind(),
        execute(),
        parse(`SET LOCAL cordon.token = '${tokens.bob}'`),
        bind(),
        execute(),
      );
      expect(essence(seen)).toEqual(['ERROR 22012', 'ready E']);
      await client.query('ROLLBACK TO SAVEPOINT s');
      const after = await client.query(as('bob', NOTES));
      expect(after.filter((word) => word === 'row 1')).toEqual([]);
      await client.query('ROLLBACK');
      expect(await client.query(NOTES)).toEqual(['ERROR 42501', 'ready I']);
    });

    it('a token that ends between Bind and Execute ends the statement', async () => {
      client.send(parse(`/*cordon:${expiring(2)}*/ ${NOTES}`), bind(), { kind: 'Flush' });
      await client.until('BindComplete');
      await sleep(2300);
      expect(await client.batch(execute())).toEqual(['ERROR 42501', 'ready I']);
    });

    it.each([
      ['portal', 'p'],
      ['cursor', 'c'],
    ])('A110 a token that has ended gives no further row of a %s', async (_, name) => {
      await client.query(`/*cordon:${expiring(2)}*/ BEGIN`);
      await client.query(`DECLARE c CURSOR FOR ${NOTES}`);
      await client.batch(parse(NOTES), bind([], { portal: 'p' }), execute('p', 1));
      await sleep(2300);
      expect(await client.batch(execute(name, 1))).toEqual(['ERROR 42501', 'ready E']);
      await client.query('ROLLBACK');
    });

    it.each(MODES)(
      'a renewed token of the connection’s own caller is taken, one of somebody else is not (%s)',
      async (mode) => {
        const parameters = { 'cordon.token': expiring(2) };
        const own = await WireClient.login(running.port, { parameters });
        const late = await WireClient.login(running.port, { parameters });
        const renew = `SET cordon.token = '${tokens.alice}'`;
        const steal = `SET cordon.token = '${tokens.bob}'`;
        expect(await say(own, mode, renew)).toEqual(['SET', 'ready I']);
        await sleep(2300);
        expect(await say(own, mode, NOTES)).toContain('row 1');
        expect(await say(own, mode, steal)).toEqual(['ERROR 42501', 'ready I']);
        expect(await say(own, mode, NOTES)).toContain('row 1');
        for (const refused of [NOTES, steal, 'RESET cordon.token', as('bob', NOTES), NOTES]) {
          expect(await say(late, mode, refused)).toEqual(['ERROR 42501', 'ready I']);
        }
        expect(await say(late, mode, renew)).toEqual(['SET', 'ready I']);
        expect(await say(late, mode, NOTES)).toContain('row 1');
        late.close();
        own.close();
      },
    );
  });
});
