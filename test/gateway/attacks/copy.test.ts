/** COPY as a way in: rows that try to be SQL, to be other people's, or to come out of step. */
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { describeDatabases } from '../../databases/index.ts';
import { ALICE, as, BOB, loadShop, tokens } from '../support/shop.ts';
import { type RunningGateway, startGateway } from '../support/start-gateway.ts';
import { bind, execute, parse, WireClient, words } from '../support/wire-client.ts';

describeDatabases('COPY under attack', (database) => {
  let running: RunningGateway;
  let client: WireClient;
  beforeAll(async () => {
    await loadShop(database());
    running = await startGateway(database());
  });
  afterAll(() => running?.stop());
  beforeEach(async () => {
    await database().run('DELETE FROM goods WHERE id >= 100; DELETE FROM notes WHERE id >= 100');
    client = await WireClient.login(running.port);
    return () => client.close();
  });

  const copy = async (text: string, ...data: readonly (string | Buffer)[]): Promise<readonly string[]> => {
    await client.send({ kind: 'Query', text }).until('CopyInResponse');
    for (const piece of data) client.send({ kind: 'CopyData', data: Buffer.from(piece as string) });
    return words(await client.send({ kind: 'CopyDone' }).untilReady());
  };
  const names = async () =>
    (await database().query('SELECT name FROM goods WHERE id >= 100 ORDER BY id')).map(({ name }) => name);

  const TEXTS = [
    "'); DELETE FROM notes; --",
    "x', DEFAULT), (999, 'y",
    "\\' OR 1=1 --",
    '$$; DROP TABLE goods; $$',
    'E\\\\x27',
    `/*cordon:${tokens.bob}*/`,
    '$1',
    "U&'\\\\0027'",
    'NULL',
    'DEFAULT',
    '(SELECT body FROM notes LIMIT 1)',
    '\u2019\u02bc\uff07',
    '\\\\.',
    '*/ --',
    "''''''",
  ];

  it.each(TEXTS)('a value stays a value: %s', async (value) => {
    for (const format of ['', " WITH (FORMAT csv, QUOTE '~', DELIMITER '|')"]) {
      await database().run('DELETE FROM goods WHERE id >= 100');
      const separator = format === '' ? '\t' : '|';
      expect(await copy(`COPY goods (id, name) FROM STDIN${format}`, `100${separator}${value}\n`)).toEqual([
        'COPY 1',
        'ready I',
      ]);
      const expected = format === '' ? value.replaceAll(/\\(.)/g, '$1') : value;
      expect(await names()).toEqual([expected]);
    }
    expect((await database().query('SELECT count(*) FROM notes'))[0]?.count).toBe('3');
  });

  it.each([
    ['a NUL', Buffer.from('100\ta\0b\n'), '22021'],
    ['an escaped NUL', Buffer.from('100\ta\\000b\n'), '22021'],
    ['a NUL in hexadecimal', Buffer.from('100\ta\\x00b\n'), '22021'],
    ['bytes that are no UTF-8', Buffer.from([0x31, 0x30, 0x30, 0x09, 0xff, 0xfe, 0x0a]), '22021'],
    ['an overlong quote', Buffer.from([0x31, 0x30, 0x30, 0x09, 0xc0, 0xa7, 0x0a]), '22021'],
    ['half a surrogate', Buffer.from([0x31, 0x30, 0x30, 0x09, 0xed, 0xa0, 0x80, 0x0a]), '22021'],
    ['escapes that make no UTF-8', Buffer.from('100\t\\377\\376\n'), '22021'],
    ['a field too many', Buffer.from('100\ta\tb\n'), '22P04'],
    ['a field too few', Buffer.from('100\n'), '22P04'],
    ['text behind the end marker on its line', Buffer.from('100\ta\n\\.x\n'), '22P04'],
  ])('%s is refused, and nothing is written', async (_, data, code) => {
    await client.send({ kind: 'Query', text: 'COPY goods (id, name) FROM STDIN' }).until('CopyInResponse');
    client.send(
      { kind: 'CopyData', data: Buffer.from('150\tgood\n') },
      { kind: 'CopyData', data },
      { kind: 'CopyDone' },
    );
    const seen = words(await client.untilReady());
    expect(seen).toEqual([`ERROR ${code}`, 'ready I']);
    expect(await client.query('SELECT 1')).toContain('row 1');
    expect(await names()).toEqual([]);
  });

  it('what follows the end marker is dropped, not read as statements or rows', async () => {
    expect(
      await copy('COPY goods (id, name) FROM STDIN', '100\ta\n\\.\n', 'DELETE FROM goods;\n101\tb\n'),
    ).toEqual(['COPY 1', 'ready I']);
    expect(await names()).toEqual(['a']);
  });

  it('rows of others are not written, by value or by escape', async () => {
    for (const owner of [BOB, BOB.toUpperCase(), BOB.replace(/^b/, '\\142'), `{${BOB}}`]) {
      expect(
        (await copy(as('alice', 'COPY notes (id, owner, body) FROM STDIN'), `100\t${owner}\tx\n`))[0],
      ).toBe('ERROR 42501');
    }
    expect(await copy(as('alice', 'COPY notes (id, owner, body) FROM STDIN'), `100\t${ALICE}\tx\n`)).toEqual([
      'COPY 1',
      'ready I',
    ]);
  });

  it('hidden columns are neither written nor read', async () => {
    for (const text of [
      'COPY notes (id, body, secret) FROM STDIN',
      'COPY notes FROM STDIN',
      "COPY notes (id, body) FROM STDIN WHERE secret = 'hidden'",
      'COPY notes (id, nonsense) FROM STDIN',
      'COPY audit FROM STDIN',
    ]) {
      expect((await client.query(as('alice', text)))[0]).toMatch(/^ERROR (42501|0A000|42703)$/);
    }
    const out = await client.send({ kind: 'Query', text: as('alice', 'COPY notes TO STDOUT') }).untilReady();
    const data = out.flatMap((message) => (message.kind === 'CopyData' ? [message.data.toString()] : []));
    expect(data).toHaveLength(2);
    expect(data.join()).not.toMatch(/hidden|bob/);
  });

  it('a COPY in a pipeline is refused, and its rows are skipped', async () => {
    client.send(
      parse(as('alice', 'COPY goods (id, name) FROM STDIN')),
      bind(),
      execute(),
      { kind: 'CopyData', data: Buffer.from('100\tx\n') },
      { kind: 'CopyDone' },
      parse('DELETE FROM goods'),
      bind(),
      execute(),
      { kind: 'Sync' },
    );
    expect(words(await client.untilReady())).toEqual(['ERROR 0A000', 'ready I']);
    expect((await database().query('SELECT count(*) FROM goods'))[0]?.count).toBe('3');
  });

  it('another message in the middle of a COPY ends the connection, and nothing is written', async () => {
    for (const message of [{ kind: 'Query', text: 'SELECT 1' } as const, parse('SELECT 1'), execute()]) {
      const own = await WireClient.login(running.port);
      await own.send({ kind: 'Query', text: 'COPY goods (id, name) FROM STDIN' }).until('CopyInResponse');
      own.send({ kind: 'CopyData', data: Buffer.from('100\tx\n') }, message);
      expect((await own.untilClosed()).at(-1)).toBe('FATAL 08P01');
    }
    expect(await client.query('SELECT count(*) FROM goods')).toContain('row 3');
  });

  it('Sync and Flush in the middle of a COPY are passed over', async () => {
    await client.send({ kind: 'Query', text: 'COPY goods (id, name) FROM STDIN' }).until('CopyInResponse');
    client.send(
      { kind: 'CopyData', data: Buffer.from('100\tx\n') },
      { kind: 'Sync' },
      { kind: 'Flush' },
      { kind: 'CopyDone' },
    );
    expect(words(await client.untilReady())).toEqual(['COPY 1', 'ready I']);
    expect(await client.query('SELECT 1')).toContain('row 1');
  });

  it('the caller of a COPY ends with it', async () => {
    await copy(as('alice', 'COPY notes (id, body) FROM STDIN'), '100\tx\n');
    expect(await client.query('SELECT id FROM notes')).toEqual(['ERROR 42501', 'ready I']);
    await copy(as('alice', 'COPY notes (id, body) FROM STDIN'), 'nonsense\tx\n');
    expect(await client.query('SELECT id FROM notes')).toEqual(['ERROR 42501', 'ready I']);
  });

  it('a wide row and an empty COPY', async () => {
    expect(await copy('COPY goods (id, name) FROM STDIN')).toEqual(['COPY 0', 'ready I']);
    const wide = 'x'.repeat(6 * 1024 * 1024);
    const seen = await copy('COPY goods (id, name) FROM STDIN', `100\t${wide.slice(0, 3_000_000)}\n`);
    expect(seen).toEqual(['COPY 1', 'ready I']);
    const over = await copy('COPY goods (id, name) FROM STDIN', `101\t${wide}\n`);
    expect(over.at(-1)).toBe('ready I');
    expect(over[0]).toMatch(/^(COPY 1|ERROR 54000|ERROR 54001)$/);
  });
});
