/** Statements, portals and values: names that collide, messages out of step, values where claims stand. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { encodeFrontend } from '../../../src/pgwire/index.ts';
import { describeDatabases } from '../../databases/index.ts';
import { ALICE, as, BOB, loadShop } from '../support/shop.ts';
import { type RunningGateway, startGateway } from '../support/start-gateway.ts';
import {
  bind,
  closeStatement,
  describePortal,
  describeStatement,
  execute,
  parse,
  WireClient,
  words,
} from '../support/wire-client.ts';
import { essence } from './modes.ts';

const NOTES = 'SELECT id FROM notes ORDER BY id';
const UUID = 2950;
const INT = 23;

describeDatabases('statements and values under attack', (database) => {
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

  const rows = (seen: readonly string[]) => seen.filter((word) => word.startsWith('row'));
  const notes = async () => (await database().query('SELECT count(*) AS n FROM notes'))[0]?.n;

  describe('values where claims stand', () => {
    const ONE = 'SELECT id FROM notes WHERE id > $1 ORDER BY id';

    it.each([
      ['none for one', []],
      ['one more, which would be the caller', ['0', BOB]],
      ['two more', ['0', BOB, BOB]],
      ['NULL for the caller', ['0', null]],
    ])('A148 %s is refused, and the connection lives on', async (_, values) => {
      expect(await client.batch(parse(as('alice', ONE)), bind(values), execute())).toEqual([
        'ParseComplete',
        'ERROR 08P01',
        'ready I',
      ]);
      expect(await client.query('SELECT 1')).toContain('row 1');
    });

    it.each([
      ['the type of one parameter more', [INT, UUID], ['0', BOB]],
      ['types of many parameters more', [INT, UUID, UUID, UUID, UUID], ['0', BOB, BOB, BOB, BOB]],
      ['no type and one more', [0, UUID], ['0', BOB]],
    ])('%s declared leaves the claims where they are', async (_, types, values) => {
      const seen = await client.batch(parse(as('alice', ONE), '', types), bind(values), execute());
      expect(rows(seen).filter((row) => row === 'row 3')).toEqual([]);
      const few = await client.batch(parse(as('alice', ONE), '', types), bind(['0']), execute());
      expect(few.at(-2)).toMatch(/^ERROR (08P01|42P18|42P08|0A000)$/);
    });

    it.each([['$2::uuid'], ['$2'], ['$3::uuid'], ['$16']])(
      'a parameter of the client’s that names the next number (%s) is its own',
      async (parameter) => {
        const text = as('alice', `SELECT id, owner FROM notes WHERE id > $1 OR owner = ${parameter}`);
        const seen = await client.batch(parse(text), bind(['0', BOB]), execute());
        expect(rows(seen).filter((row) => row.startsWith('row 3'))).toEqual([]);
        const short = await client.batch(parse(text), bind(['0']), execute());
        expect(rows(short)).toEqual([]);
      },
    );

    it('numbers of parameters at the bound are refused, not wrapped round', async () => {
      for (const number of ['$65535', '$65536', '$131073', '$2147483647', '$4294967297']) {
        const seen = await client.batch(
          parse(as('alice', `SELECT id FROM notes WHERE owner = ${number}`)),
          bind([BOB]),
          execute(),
        );
        expect([number, rows(seen), seen.at(-1)]).toEqual([number, [], 'ready I']);
      }
    });

    it('formats: binary for all, for some, odd counts, unknown codes', async () => {
      const zero = Buffer.alloc(4);
      const two = 'SELECT id FROM notes WHERE id > $1 AND id < $2 ORDER BY id';
      const hundred = Buffer.from([0, 0, 0, 100]);
      for (const [formats, values] of [
        [[1], [zero, hundred]],
        [
          [1, 0],
          [zero, '100'],
        ],
        [
          [0, 1],
          ['0', hundred],
        ],
        [[], ['0', '100']],
      ] as const) {
        const seen = await client.batch(
          parse(as('alice', two), '', [INT, INT]),
          bind(values, { formats }),
          execute(),
        );
        expect(rows(seen)).toEqual(['row 1', 'row 2']);
      }
      for (const formats of [[0, 0, 0], [1, 1, 1], [2], [0, 7], [0x7fff]]) {
        const seen = await client.batch(
          parse(as('alice', two)),
          bind(['0', '100'], { formats: formats as unknown as readonly (0 | 1)[] }),
          execute(),
        );
        expect([formats, seen]).toEqual([formats, ['ParseComplete', 'ERROR 08P01', 'ready I']]);
      }
      for (const results of [[0, 0], [1, 1, 1], [3]]) {
        const seen = await client.batch(
          parse(as('alice', two)),
          bind(['0', '100'], { results: results as unknown as readonly (0 | 1)[] }),
          execute(),
        );
        expect([results, rows(seen), seen.at(-1)]).toEqual([results, [], 'ready I']);
        expect(seen.at(-2)).toMatch(/^ERROR (08P01|0A000|22023)$/);
      }
    });

    it('A149 the owner, bound in text, in binary and in upper case', async () => {
      const text = as('alice', 'INSERT INTO notes (id, owner, body) VALUES ($1, $2, $3)');
      const binary = Buffer.from(BOB.replaceAll('-', ''), 'hex');
      for (const [values, formats] of [
        [['901', BOB, 'x'], []],
        [['901', BOB.toUpperCase(), 'x'], []],
        [['901', `{${BOB}}`, 'x'], []],
        [[Buffer.from([0, 0, 3, 0x85]), binary, Buffer.from('x')], [1]],
        [
          ['901', binary, 'x'],
          [0, 1, 0],
        ],
        [['901', null, 'x'], []],
      ] as const) {
        const seen = await client.batch(
          parse(text, '', [INT, UUID, 25]),
          bind(values, { formats }),
          execute(),
        );
        expect(seen.slice(-2)).toEqual([values[1] === null ? 'ERROR 23502' : 'ERROR 42501', 'ready I']);
      }
      expect(await notes()).toBe('3');
    });

    it('A150 Describe tells of the client’s statement alone', async () => {
      for (const [text, types, columns] of [
        [ONE, 'parameters 23', 'columns id'],
        ['SELECT * FROM notes', 'parameters ', 'columns id,owner,body,secret'],
        [`INSERT INTO notes (id, body) VALUES ($1, $2) RETURNING id`, 'parameters 23,25', 'columns id'],
        ['UPDATE notes SET body = $2 WHERE id = $1', undefined, 'NoData'],
        ['UPDATE notes SET body = $1 WHERE id = $2 RETURNING *', undefined, 'columns id,owner,body,secret'],
        ['DELETE FROM notes WHERE id = $1', 'parameters 23', 'NoData'],
        [
          `INSERT INTO notes (id, body) VALUES ($1, 'x') ON CONFLICT (id) DO UPDATE SET body = 'y'`,
          'parameters 23',
          'NoData',
        ],
        ['DECLARE c CURSOR FOR SELECT id FROM notes', 'parameters ', 'NoData'],
        ['COPY (SELECT id FROM notes) TO STDOUT', 'parameters ', 'NoData'],
        ['BEGIN', 'parameters ', 'NoData'],
      ] as const) {
        const seen = await client.batch(parse(as('alice', text)), describeStatement());
        expect([text, seen[1]]).toEqual([text, types ?? expect.stringMatching(/^parameters \d+,\d+$/)]);
        expect([text, seen[2]]).toEqual([text, columns]);
      }
    });
  });

  describe('names', () => {
    it('A161 taken and unknown names are answered as the database does, in a pipeline too', async () => {
      for (const [messages, answer] of [
        [[parse('SELECT 1', 's'), parse('SELECT 2', 's')], 'ERROR 42P05'],
        [[bind([], { statement: 'nope' })], 'ERROR 26000'],
        [[describeStatement('nope')], 'ERROR 26000'],
        [[describePortal('nope')], 'ERROR 34000'],
        [[execute('nope')], 'ERROR 34000'],
        [[execute('')], 'ERROR 34000'],
        [[describePortal('')], 'ERROR 34000'],
        [[describeStatement('')], 'ERROR 26000'],
        [[closeStatement('nope'), closeStatement('')], 'CloseComplete'],
      ] as const) {
        const seen = await client.batch(...messages);
        expect(seen.slice(-2)).toEqual([answer, 'ready I']);
      }
    });

    it('a refused Parse of the unnamed statement takes the one before away', async () => {
      await client.batch(parse(as('alice', NOTES)));
      for (const text of ['TRUNCATE notes', 'SELEC', as('bob', 'SELECT line FROM audit')]) {
        await client.batch(parse(text));
        expect(await client.batch(bind(), execute())).toEqual(['ERROR 26000', 'ready I']);
      }
    });

    it('SQL names and protocol names are one set, as in the database, and none reaches another caller', async () => {
      await client.batch(parse(as('alice', NOTES), 'x'));
      expect(await client.query('PREPARE x AS SELECT 1')).toEqual(['ERROR 42P05', 'ready I']);
      expect((await client.query('EXECUTE x'))[0]).toMatch(/^ERROR 26000$/);
      await client.query(as('alice', `PREPARE y AS ${NOTES}`));
      expect(await client.batch(parse('SELECT 1', 'y'))).toEqual(['ERROR 42P05', 'ready I']);
      expect((await client.batch(bind([], { statement: 'y' }), execute()))[0]).toBe('ERROR 26000');
      expect(await client.batch(parse('EXECUTE y'), bind(), execute())).toEqual(['ERROR 26000', 'ready I']);
      expect(rows(await client.batch(parse(as('bob', 'EXECUTE y')), bind(), execute()))).toEqual(['row 3']);
      expect(await client.query('DEALLOCATE x')).toEqual(['DEALLOCATE', 'ready I']);
      expect(await client.batch(closeStatement('y'))).toEqual(['CloseComplete', 'ready I']);
    });

    it('an EXECUTE prepared by protocol follows the caller and the statement that it names', async () => {
      await client.query(as('alice', `PREPARE z AS ${NOTES}`));
      await client.batch(parse(as('alice', 'EXECUTE z'), 'e1'));
      await client.query(as('bob', 'BEGIN'));
      await client.batch(parse('EXECUTE z', 'e2'));
      expect(rows(await client.batch(bind([], { statement: 'e2' }), execute()))).toEqual(['row 3']);
      expect(rows(await client.batch(bind([], { statement: 'e1' }), execute()))).toEqual([]);
      await client.query('ROLLBACK');
      await client.query(as('alice', 'BEGIN'));
      expect(rows(await client.batch(bind([], { statement: 'e2' }), execute()))).toEqual(['row 1', 'row 2']);
      await client.query('DEALLOCATE z');
      await client.query('PREPARE z AS SELECT owner FROM notes WHERE id = 1');
      expect(rows(await client.batch(bind([], { statement: 'e2' }), execute())).join()).not.toContain(BOB);
      await client.query('ROLLBACK');
      await client.query(as('auditor', 'BEGIN'));
      expect(rows(await client.batch(bind([], { statement: 'e2' }), execute()))).toEqual([]);
      await client.query('ROLLBACK');
    });

    it('wiped statements are gone, those made behind the wipe are not', async () => {
      for (const wipe of ['DEALLOCATE ALL', 'DISCARD ALL']) {
        await client.batch(parse('SELECT 1', 'a'));
        await client.query('PREPARE b AS SELECT 2');
        expect(
          essence(await client.batch(parse(wipe), bind(), execute(), { kind: 'Sync' } as never)).slice(0, 1),
        ).toEqual([wipe]);
        await client.untilReady();
        expect(await client.batch(bind([], { statement: 'a' }))).toEqual(['ERROR 26000', 'ready I']);
        expect(await client.query('EXECUTE b')).toEqual(['ERROR 26000', 'ready I']);
        await client.batch(parse('SELECT 3', 'a'));
        expect(await client.batch(bind([], { statement: 'a' }), execute())).toContain('row 3');
        await client.query(wipe);
        await client.batch(parse(wipe), bind(), execute(), parse('SELECT 4', 'd'));
        expect(await client.batch(bind([], { statement: 'd' }), execute())).toContain('row 4');
        await client.query(wipe);
      }
    });

    it('DISCARD PLANS keeps what was prepared, as in the database', async () => {
      await client.batch(parse('SELECT 1', 'k'));
      await client.query('PREPARE l AS SELECT 2');
      await client.query('DISCARD PLANS');
      expect(await client.batch(bind([], { statement: 'k' }), execute())).toContain('row 1');
      expect(await client.query('EXECUTE l')).toContain('row 2');
    });

    it('the gateway’s own names cannot be learned', async () => {
      await client.batch(parse(as('alice', NOTES), 'n'));
      await client.query(as('alice', 'BEGIN'));
      await client.batch(bind([], { statement: 'n', portal: 'p' }));
      for (const text of [
        'SELECT name FROM pg_prepared_statements',
        'SELECT statement FROM pg_catalog.pg_prepared_statements',
        'SELECT name, statement FROM pg_cursors',
        'SELECT query FROM pg_stat_activity',
        'SELECT current_query()',
        'SELECT * FROM pg_prepared_statement()',
        'SELECT * FROM pg_cursor()',
      ]) {
        await client.query('SAVEPOINT s');
        const seen = await client.query(text);
        expect([text, rows(seen).join()]).toEqual([text, expect.not.stringMatching(/cordon_|CAST|a11ce/)]);
        await client.query('ROLLBACK TO SAVEPOINT s');
      }
      for (const name of ['cordon refused', 'cordon_unknown', 'cordon_0_1']) {
        expect((await client.query(`DEALLOCATE "${name}"`))[0]).toMatch(/^ERROR (26000|0A000)$/);
        await client.query('ROLLBACK TO SAVEPOINT s');
        expect(
          await client.batch(parse('SELECT 5', name), bind([], { statement: name }), execute()),
        ).toContain('row 5');
      }
      await client.query('ROLLBACK');
    });

    it('a cursor of SQL and a portal of the protocol do not stand in for each other', async () => {
      await client.query(as('alice', `BEGIN; DECLARE p CURSOR FOR ${NOTES}`));
      await client.batch(parse('SELECT 9'), bind([], { portal: 'p' }));
      expect(rows(await client.query('FETCH 1 FROM p'))).toEqual(['row 1']);
      expect(rows(await client.batch(execute('p')))).toEqual(['row 9']);
      await client.query('CLOSE p');
      expect((await client.query('FETCH 1 FROM p'))[0]).toBe('ERROR 34000');
      await client.query('ROLLBACK');
      await client.query(as('alice', `BEGIN; DECLARE c CURSOR FOR ${NOTES}`));
      expect(rows(await client.batch(execute('c', 1)))).toEqual(['row 1']);
      await client.query('CLOSE ALL');
      expect(await client.batch(execute('c'))).toEqual(['ERROR 34000', 'ready E']);
      await client.query('ROLLBACK');
    });

    it('a portal that a failed Bind or a rolled-back savepoint took along does not run as another', async () => {
      await client.query(as('alice', 'BEGIN'));
      await client.batch(parse(NOTES, 'n'), bind([], { statement: 'n' }));
      await client.query('SAVEPOINT s');
      await client.batch(
        parse('COMMIT AND CHAIN', 'c'),
        bind([], { statement: 'c' }),
        parse('SELECT 1 / 0'),
        bind(),
        execute(),
      );
      await client.query('ROLLBACK TO SAVEPOINT s');
      await client.batch(execute());
      await client.query('ROLLBACK');
      expect(await client.query(NOTES)).toEqual(['ERROR 42501', 'ready I']);
      expect(await client.batch(execute())).toEqual(['ERROR 34000', 'ready I']);
    });
  });

  describe('messages out of step', () => {
    it('A151 a refusal at each place of a pipeline: what stood before it answered, nothing behind it ran', async () => {
      const good = [parse('DELETE FROM goods WHERE id = 1'), bind(), describePortal(), execute()];
      const answers = ['ParseComplete', 'BindComplete', 'NoData', 'DELETE 1'];
      for (const [refused, code] of [
        [parse('TRUNCATE goods', 'r'), '42501'],
        [parse('SELEC', 'r'), '42601'],
        [bind(['1'], { statement: 'nope' }), '26000'],
        [describeStatement('nope'), '26000'],
        [parse(`/*cordon:x*/ SELECT 1`, 'r'), '28000'],
        [parse('COPY goods (id) FROM STDIN', 'r'), '0A000'],
      ] as const) {
        for (let at = 0; at <= good.length; at += 1) {
          const messages = [...good.slice(0, at), refused, ...good.slice(at)];
          const seen = await client.batch(...messages);
          expect(seen).toEqual([...answers.slice(0, at), `ERROR ${code}`, 'ready I']);
        }
      }
      expect(await database().query('SELECT count(*) FROM goods')).toEqual([{ count: '3' }]);
    });

    it('a refusal that is flushed comes before the Sync, and only once', async () => {
      client.send(parse('TRUNCATE goods'), { kind: 'Flush' }, bind(), { kind: 'Flush' }, execute(), {
        kind: 'Sync',
      });
      expect(words(await client.untilReady())).toEqual(['ERROR 42501', 'ready I']);
      client.send(parse('SELECT 1'), { kind: 'Flush' });
      await client.until('ParseComplete');
      client.send(parse('TRUNCATE goods'));
      await client.until('ErrorResponse');
      expect(await client.batch(bind(), execute())).toEqual(['ready I']);
    });

    it('several Syncs, each with its ReadyForQuery, good and refused in turn', async () => {
      const one = [parse('SELECT 1'), bind(), execute(), { kind: 'Sync' } as const];
      const bad = [parse('TRUNCATE goods'), bind(), execute(), { kind: 'Sync' } as const];
      client.send(...one, ...bad, ...one, { kind: 'Sync' }, ...bad, ...one);
      const seen: string[] = [];
      for (let count = 0; count < 6; count += 1) seen.push(...essence(words(await client.untilReady())));
      expect(seen).toEqual([
        'row 1',
        'SELECT 1',
        'ready I',
        'ERROR 42501',
        'ready I',
        'row 1',
        'SELECT 1',
        'ready I',
        'ready I',
        'ERROR 42501',
        'ready I',
        'row 1',
        'SELECT 1',
        'ready I',
      ]);
    });

    it('a poison statement leaves the state of the transaction as any error would', async () => {
      await client.query('BEGIN');
      expect(await client.batch(parse('TRUNCATE goods'))).toEqual(['ERROR 42501', 'ready E']);
      expect(await client.query('SELECT 1')).toEqual(['ERROR 25P02', 'ready E']);
      expect(await client.batch(parse('SELECT 1'), bind(), execute())).toEqual(['ERROR 25P02', 'ready E']);
      expect(await client.query('TRUNCATE goods')).toEqual(['ERROR 25P02', 'ready E']);
      expect(await client.query('cordon refused')).toEqual(['ERROR 42601', 'ready E']);
      expect(await client.query('COMMIT')).toEqual(['ROLLBACK', 'ready I']);
    });

    it('a Query inside a batch ends it; the batch’s refusal keeps it from running', async () => {
      client.send(parse('SELECT 1'), bind(), execute(), { kind: 'Query', text: 'SELECT 2' });
      expect(rows(words(await client.untilReady()))).toEqual(['row 1', 'row 2']);
      client.send(
        parse('TRUNCATE goods'),
        { kind: 'Query', text: 'DELETE FROM goods' },
        { kind: 'Query', text: 'DELETE FROM goods' },
        { kind: 'Sync' },
      );
      expect(words(await client.untilReady())).toEqual(['ERROR 42501', 'ready I']);
      expect(await database().query('SELECT count(*) FROM goods')).toEqual([{ count: '3' }]);
    });

    it('A152 a function called by number inside a batch and inside a transaction', async () => {
      const call = {
        kind: 'FunctionCall',
        function: 2078,
        argumentFormats: [],
        arguments: [Buffer.from('cordon.token'), Buffer.from(BOB), Buffer.from('f')],
        resultFormat: 0,
      } as const;
      client.send(parse('SELECT 1'), bind(), call);
      expect(words(await client.untilReady()).slice(-2)).toEqual(['ERROR 42501', 'ready I']);
      await client.query('BEGIN');
      client.send(call);
      expect(words(await client.untilReady())).toEqual(['ERROR 42501', 'ready E']);
      await client.query('ROLLBACK');
    });

    it('A153 COPY data inside a batch, behind a COPY and behind an error', async () => {
      const data = { kind: 'CopyData', data: Buffer.from(`901\t${BOB}\tx\n`) } as const;
      client.send(parse('TRUNCATE goods'), data, { kind: 'CopyDone' }, { kind: 'Sync' });
      expect(words(await client.untilReady())).toEqual(['ERROR 42501', 'ready I']);
      for (const before of [[parse('SELECT 1')], [parse('SELECT 1'), bind(), execute()]]) {
        const other = await WireClient.login(running.port);
        other.send(...before, data);
        expect((await other.untilClosed()).at(-1)).toBe('FATAL 08P01');
      }
      expect(await notes()).toBe('3');
    });

    it('many messages in one packet, and one message in many, come out the same', async () => {
      const messages = [
        parse(as('alice', NOTES)),
        bind(),
        describePortal(),
        execute(),
        { kind: 'Sync' } as const,
      ];
      const whole = await client.batch(...messages.slice(0, -1));
      const bytes = encodeFrontend(...messages);
      for (const size of [1, 7, 64]) {
        for (let at = 0; at < bytes.length; at += size) {
          client.raw(bytes.subarray(at, at + size));
          if (size > 1 || at % 16 === 0) await new Promise((resolve) => setImmediate(resolve));
        }
        expect(words(await client.untilReady())).toEqual(whole);
      }
    });

    it('A112 one text, two callers, warm and cold, in every order of Parse and Bind', async () => {
      for (const person of ['alice', 'bob', 'alice', 'auditor', 'bob'] as const) {
        const expected = { alice: ['row 1', 'row 2'], bob: ['row 3'], auditor: ['row 1', 'row 2', 'row 3'] }[
          person
        ];
        expect(rows(await client.query(as(person, NOTES)))).toEqual(expected);
        expect(rows(await client.batch(parse(as(person, NOTES)), bind(), execute()))).toEqual(expected);
        await client.query(as(person, 'BEGIN'));
        expect(rows(await client.batch(parse(NOTES), bind(), execute()))).toEqual(expected);
        await client.query('COMMIT');
      }
      expect(ALICE).not.toBe(BOB);
    });
  });
});
