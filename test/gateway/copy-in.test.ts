import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { describeDatabases } from '../databases/index.ts';
import { as, loadShop } from './support/shop.ts';
import { type RunningGateway, startGateway } from './support/start-gateway.ts';
import { WireClient, words } from './support/wire-client.ts';

const ROWS_OF_A_STATEMENT = 50;

describeDatabases('COPY FROM STDIN', (database) => {
  let running: RunningGateway;
  let client: WireClient;
  beforeAll(async () => {
    await loadShop(database());
    running = await startGateway(database(), { limits: { copyRowsMax: ROWS_OF_A_STATEMENT } });
  });
  afterAll(() => running?.stop());
  beforeEach(async () => {
    await database().run('DELETE FROM goods WHERE id >= 100; DELETE FROM notes WHERE id >= 100');
    client = await WireClient.login(running.port);
    return () => client.close();
  });

  const start = async (text: string): Promise<void> => {
    await client.send({ kind: 'Query', text }).until('CopyInResponse');
  };
  const give = (data: string): void => void client.send({ kind: 'CopyData', data: Buffer.from(data) });
  const done = async (): Promise<readonly string[]> =>
    words(await client.send({ kind: 'CopyDone' }).untilReady());
  const count = async (relation: string): Promise<string> =>
    (await database().query(`SELECT count(*) FROM ${relation} WHERE id >= 100`))[0]?.count ?? '';

  it('inserts the rows of the text format, cut anywhere', async () => {
    await start('COPY goods (id, name, tags) FROM STDIN');
    for (const byte of '100\ta\\tb\\\\\t{x,y}\n101\t\\N\t\\N\n') give(byte);
    expect(await done()).toEqual(['COPY 2', 'ready I']);
    const rows = await database().query('SELECT id, name, tags FROM goods WHERE id >= 100 ORDER BY id');
    expect(rows).toEqual([
      { id: '100', name: 'a\tb\\', tags: '{x,y}' },
      { id: '101', name: null, tags: null },
    ]);
  });

  it('ends CSV data at a marker if the server behind it would', async () => {
    const [row] = await database().query('SHOW server_version');
    const isFrom18 = Number.parseInt(row?.server_version ?? '', 10) >= 18;
    await start('COPY goods (id, name) FROM STDIN WITH (FORMAT csv)');
    give('100,a\n\\.\n101,b\n');
    expect(await done()).toEqual(isFrom18 ? ['ERROR 22P04', 'ready I'] : ['COPY 1', 'ready I']);
  });

  it('inserts the rows of CSV, quotes and header included', async () => {
    await start('COPY goods (id, name) FROM STDIN WITH (FORMAT csv, HEADER)');
    give(`id,name\n100,"it's ""quoted""\n"\n101,\n`);
    expect(await done()).toEqual(['COPY 2', 'ready I']);
    const rows = await database().query('SELECT name FROM goods WHERE id >= 100 ORDER BY id');
    expect(rows).toEqual([{ name: `it's "quoted"\n` }, { name: null }]);
  });

  it('inserts more rows than one statement takes, and long ones', async () => {
    await start('COPY goods (id, name) FROM STDIN');
    for (let id = 100; id < 1100; id += 1) give(`${id}\tname ${id}\n`);
    give(`1100\t${'x'.repeat(300_000)}\n`);
    expect(await done()).toEqual(['COPY 1001', 'ready I']);
    expect(await count('goods')).toBe('1001');
  });

  it('takes data that come faster than they are inserted, in their order', async () => {
    await start('COPY goods (id, name) FROM STDIN');
    const lines = Array.from({ length: 5000 }, (_, index) => `${index + 100}\tname ${index + 100}\n`).join(
      '',
    );
    for (let at = 0; at < lines.length; at += 30_000) give(lines.slice(at, at + 30_000));
    expect(await done()).toEqual(['COPY 5000', 'ready I']);
    const wrong = "SELECT count(*) FROM goods WHERE id >= 100 AND name <> 'name ' || id";
    expect(await database().query(wrong)).toEqual([{ count: '0' }]);
  });

  it('writes rows of the caller alone, with the owner stamped', async () => {
    await start(as('alice', 'COPY notes (id, body) FROM STDIN'));
    give('100\tmine\n');
    expect(await done()).toEqual(['COPY 1', 'ready I']);
    expect(await database().query('SELECT owner FROM notes WHERE id = 100')).toEqual([
      { owner: 'a11ce000-0000-4000-8000-000000000001' },
    ]);
    await start(as('alice', 'COPY notes (id, owner, body) FROM STDIN'));
    give('101\tb0b00000-0000-4000-8000-000000000002\tnot mine\n');
    expect(await done()).toEqual(['ERROR 42501', 'ready I']);
    expect(await count('notes')).toBe('1');
  });

  it('writes nothing when one row fails', async () => {
    await start('COPY goods (id, name) FROM STDIN');
    for (let id = 100; id < 300; id += 1) give(`${id}\tx\n`);
    give('100\ttwice\n');
    expect(await done()).toEqual(['ERROR 23505', 'ready I']);
    expect(await count('goods')).toBe('0');
  });

  it('answers a failure at once and skips the data that still come', async () => {
    await start('COPY goods (id, name) FROM STDIN');
    give('100\n');
    expect(words(await client.untilReady())).toEqual(['ERROR 22P04', 'ready I']);
    give('101\tx\n');
    client.send({ kind: 'CopyDone' });
    expect(await client.query('SELECT 1')).toEqual(['columns ?column?', 'row 1', 'SELECT 1', 'ready I']);
    expect(await count('goods')).toBe('0');
  });

  it('can be given up by the client', async () => {
    await start('COPY goods (id, name) FROM STDIN');
    for (let id = 100; id < 200; id += 1) give(`${id}\tx\n`);
    client.send({ kind: 'CopyFail', reason: 'a reason that may quote data' });
    expect(words(await client.untilReady())).toEqual(['ERROR 57014', 'ready I']);
    expect(await count('goods')).toBe('0');
  });

  it('is part of the transaction that it stands in', async () => {
    await client.query('BEGIN');
    await start('COPY goods (id, name) FROM STDIN');
    give('100\tx\n');
    expect(await done()).toEqual(['COPY 1', 'ready T']);
    await client.query('ROLLBACK');
    expect(await count('goods')).toBe('0');
    await client.query('BEGIN');
    await start('COPY goods (id, name) FROM STDIN');
    give('nonsense\tx\n');
    expect(await done()).toEqual(['ERROR 22P02', 'ready E']);
    expect(await client.query('COPY goods (id) FROM STDIN')).toEqual(['ERROR 25P02', 'ready E']);
    expect(await client.query('ROLLBACK')).toEqual(['ROLLBACK', 'ready I']);
  });

  it('is refused beside other statements, in binary, and where no rule lets the caller insert', async () => {
    for (const [text, code] of [
      ['COPY goods (id) FROM STDIN; SELECT 1', '0A000'],
      ['COPY goods (id) FROM STDIN WITH (FORMAT binary)', '0A000'],
      ['COPY audit (id) FROM STDIN', '42501'],
      ["COPY goods (id) FROM '/etc/passwd'", '42501'],
    ]) {
      expect(await client.query(text ?? '')).toEqual([`ERROR ${code}`, 'ready I']);
    }
  });

  it('gives rows out through the same rules', async () => {
    const seen = await client
      .send({ kind: 'Query', text: as('alice', 'COPY notes (id, body) TO STDOUT') })
      .untilReady();
    const data = seen.flatMap((message) => (message.kind === 'CopyData' ? [message.data.toString()] : []));
    expect(data).toEqual(['1\talice one\n', '2\talice two\n']);
    expect(words(seen).at(-2)).toBe('COPY 2');
  });
});
