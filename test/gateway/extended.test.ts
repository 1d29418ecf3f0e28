import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { describeDatabases } from '../databases/index.ts';
import { ALICE, as, loadShop } from './support/shop.ts';
import { type RunningGateway, startGateway } from './support/start-gateway.ts';
import {
  bind,
  closeStatement,
  describePortal,
  describeStatement,
  execute,
  parse,
  WireClient,
} from './support/wire-client.ts';

describeDatabases('the extended protocol', (database) => {
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

  const NOTES = 'SELECT id FROM notes WHERE id > $1 ORDER BY id';

  it('shows the client’s own parameters, not the claims behind them', async () => {
    expect(await client.batch(parse(as('alice', NOTES)), describeStatement())).toEqual([
      'ParseComplete',
      'parameters 23',
      'columns id',
      'ready I',
    ]);
  });

  it.each([
    ['no format code', [], '0'],
    ['one binary code for all', [1 as const], Buffer.from([0, 0, 0, 0])],
  ])('binds claims behind the client’s values, with %s', async (_, formats, value) => {
    expect(await client.batch(parse(as('alice', NOTES)), bind([value], { formats }), execute())).toEqual([
      'ParseComplete',
      'BindComplete',
      'row 1',
      'row 2',
      'SELECT 2',
      'ready I',
    ]);
  });

  it('shares a named statement between callers and binds the claims of each', async () => {
    const seen = await client.batch(parse(NOTES, 's'));
    expect(seen).toEqual(['ERROR 42501', 'ready I']);
    for (const [person, rows] of [
      ['alice', ['row 1', 'row 2']],
      ['bob', ['row 3']],
    ] as const) {
      await client.query(as(person, 'BEGIN'));
      if (person === 'alice') await client.batch(parse(NOTES, 's'));
      expect(await client.batch(bind(['0'], { statement: 's' }), execute())).toEqual([
        'BindComplete',
        ...rows,
        `SELECT ${rows.length}`,
        'ready T',
      ]);
      await client.query('COMMIT');
    }
  });

  it('judges a prepared text anew for another role', async () => {
    await client.query(as('alice', 'BEGIN'));
    await client.batch(parse('SELECT id FROM notes ORDER BY id', 'r'));
    await client.query('COMMIT');
    await client.query(as('auditor', 'BEGIN'));
    expect(await client.batch(bind([], { statement: 'r' }), execute())).toEqual([
      'BindComplete',
      'row 1',
      'row 2',
      'row 3',
      'SELECT 3',
      'ready T',
    ]);
    await client.query('COMMIT');
    // And nobody may read it at all.
    expect(await client.batch(bind([], { statement: 'r' }), execute())).toEqual(['ERROR 42501', 'ready I']);
  });

  it('presents the token of a prepared text again, unless the transaction has another caller', async () => {
    await client.batch(parse(as('alice', 'SELECT id FROM notes ORDER BY id'), 'mine'));
    const rows = ['BindComplete', 'row 1', 'row 2', 'SELECT 2'];
    expect(await client.batch(bind([], { statement: 'mine' }), execute())).toEqual([...rows, 'ready I']);
    await client.query('BEGIN');
    expect(await client.batch(bind([], { statement: 'mine' }), execute())).toEqual([...rows, 'ready T']);
    await client.query('COMMIT');
    await client.query(as('bob', 'BEGIN'));
    expect(await client.batch(bind([], { statement: 'mine' }), execute())).toEqual([
      'ERROR 42501',
      'ready E',
    ]);
    await client.query('ROLLBACK');
  });

  it('suspends a portal at the row limit and goes on with it', async () => {
    await client.query('BEGIN');
    const text = 'SELECT id FROM goods ORDER BY id';
    expect(await client.batch(parse(text), bind([], { portal: 'p' }), execute('p', 2))).toEqual([
      'ParseComplete',
      'BindComplete',
      'row 1',
      'row 2',
      'PortalSuspended',
      'ready T',
    ]);
    expect(await client.batch(execute('p', 2))).toEqual(['row 3', 'SELECT 1', 'ready T']);
    await client.query('COMMIT');
    expect(await client.batch(execute('p'))).toEqual(['ERROR 34000', 'ready I']);
  });

  it('answers NoData for a statement whose rows are the guard’s own', async () => {
    const text = as('alice', `INSERT INTO notes (id, owner, body) VALUES ($1, '${ALICE}', $2)`);
    expect(
      await client.batch(
        parse(text),
        describeStatement(),
        bind(['50', 'x']),
        describePortal(),
        execute('', 1),
        execute(),
      ),
    ).toEqual([
      'ParseComplete',
      'parameters 23,25',
      'NoData',
      'BindComplete',
      'NoData',
      'INSERT 0 1',
      'INSERT 0 0',
      'ready I',
    ]);
  });

  it('skips what follows a refusal in the batch, and nothing of it runs (A151)', async () => {
    const seen = await client.batch(
      parse('TRUNCATE notes'),
      bind(),
      execute(),
      parse('DELETE FROM goods'),
      bind(),
      execute(),
    );
    expect(seen).toEqual(['ERROR 42501', 'ready I']);
    expect(await database().query('SELECT count(*) FROM goods')).toEqual([{ count: '3' }]);
  });

  it('rolls back what a batch did before a refusal', async () => {
    const seen = await client.batch(
      parse('DELETE FROM goods WHERE id = 1'),
      bind(),
      execute(),
      parse('TRUNCATE notes'),
      bind(),
    );
    expect(seen).toEqual(['ParseComplete', 'BindComplete', 'DELETE 1', 'ERROR 42501', 'ready I']);
    expect(await database().query('SELECT count(*) FROM goods')).toEqual([{ count: '3' }]);
  });

  it('answers as the database does for names that are taken or unknown (A161)', async () => {
    expect(await client.batch(parse('SELECT 1', 't'), parse('SELECT 2', 't'))).toEqual([
      'ParseComplete',
      'ERROR 42P05',
      'ready I',
    ]);
    expect(await client.batch(closeStatement('nope'), bind([], { statement: 'nope' }))).toEqual([
      'CloseComplete',
      'ERROR 26000',
      'ready I',
    ]);
    expect(await client.batch(describePortal('p'))).toEqual(['ERROR 34000', 'ready I']);
    await client.query('BEGIN');
    expect(
      await client.batch(parse('SELECT 1'), bind([], { portal: 'q' }), bind([], { portal: 'q' })),
    ).toEqual(['ParseComplete', 'BindComplete', 'ERROR 42P03', 'ready E']);
  });

  it('takes a name again behind the DEALLOCATE of the same batch', async () => {
    await client.batch(parse('SELECT 1', 's'));
    const again = [parse('DEALLOCATE s'), bind(), execute(), parse('SELECT 2', 's')] as const;
    expect(await client.batch(...again, bind([], { statement: 's' }), execute())).toEqual([
      'ParseComplete',
      'BindComplete',
      'DEALLOCATE',
      'ParseComplete',
      'BindComplete',
      'row 2',
      'SELECT 1',
      'ready I',
    ]);
    expect(await client.batch(parse('SELECT 3', 's'))).toEqual(['ERROR 42P05', 'ready I']);
    expect(
      await client.batch(
        parse('SELECT 1 / 0'),
        bind(),
        execute(),
        ...again.slice(0, 3),
        parse('SELECT 4', 's'),
      ),
    ).toContain('ERROR 22012');
    expect(await client.batch(bind([], { statement: 's' }), execute())).toContain('row 2');
  });

  it('keeps a statement whose second Parse failed', async () => {
    await client.batch(parse('SELECT 1 AS one', 'k'), parse('SELECT 2', 'k'));
    expect(await client.batch(bind([], { statement: 'k' }), execute())).toEqual([
      'BindComplete',
      'row 1',
      'SELECT 1',
      'ready I',
    ]);
    expect(await client.batch(closeStatement('k'), parse('SELECT 3', 'k'))).toEqual([
      'CloseComplete',
      'ParseComplete',
      'ready I',
    ]);
  });

  it('refuses values that do not fit the parameters, and goes on (A148)', async () => {
    const sum = 'SELECT $1::int + $2::int';
    expect(await client.batch(parse(sum), bind(['1']))).toEqual(['ParseComplete', 'ERROR 08P01', 'ready I']);
    const formats = [2] as unknown as readonly (0 | 1)[];
    expect(await client.batch(parse('SELECT $1::int'), bind(['1'], { formats }))).toEqual([
      'ParseComplete',
      'ERROR 08P01',
      'ready I',
    ]);
    expect(await client.query('SELECT 1')).toEqual(['columns ?column?', 'row 1', 'SELECT 1', 'ready I']);
  });

  it('answers a Flush without ending the batch', async () => {
    client.send(parse('SELECT 1'), bind(), { kind: 'Flush' });
    await client.until('BindComplete');
    expect(await client.batch(execute())).toEqual(['row 1', 'SELECT 1', 'ready I']);
    client.send(parse('SELECT nonsense FROM goods'), { kind: 'Flush' });
    await client.until('ErrorResponse');
    expect(await client.batch(bind(), execute())).toEqual(['ready I']);
  });

  it('answers several batches that were sent at once, in order', async () => {
    client.send(
      parse('SELECT $1::int'),
      bind(['1']),
      execute(),
      { kind: 'Sync' },
      parse('SELECT line FROM audit'),
      { kind: 'Sync' },
      { kind: 'Query', text: 'SELECT 2' },
    );
    expect(await client.untilReady()).toHaveLength(5);
    expect(await client.untilReady()).toMatchObject([{ kind: 'ErrorResponse' }, { kind: 'ReadyForQuery' }]);
    expect(await client.untilReady()).toHaveLength(4);
  });

  it('prepares and runs an empty text', async () => {
    expect(await client.batch(parse(''), bind(), execute())).toEqual([
      'ParseComplete',
      'BindComplete',
      'EmptyQueryResponse',
      'ready I',
    ]);
    expect(await client.query(';')).toEqual(['EmptyQueryResponse', 'ready I']);
  });
});
