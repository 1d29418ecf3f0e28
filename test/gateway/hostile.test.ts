import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { embeddedShop } from './support/embedded-shop.ts';
import { as } from './support/shop.ts';
import { bind, execute, parse, WireClient, words } from './support/wire-client.ts';

describe('a client that does not keep to the protocol', () => {
  const { database, gateway } = embeddedShop();

  it.each([
    ['a length below 4 (A145)', '5100000003', '08P01'],
    ['a length of 2 GB (A146)', '517fffffff', '54001'],
    ['a type that does not exist', '2300000004', '08P01'],
    ['a message of the database', '5a0000000549', '08P01'],
    ['bytes behind a Sync', '530000000500', '08P01'],
    ['COPY data where none is under way (A153)', '640000000531', '08P01'],
    ['a password nobody asked for', '7000000006 6100', '08P01'],
  ])('is told so and cut off: %s', async (_, hex, code) => {
    const client = await WireClient.login(gateway().port);
    client.raw(Buffer.from(hex.replace(' ', ''), 'hex'));
    expect(await client.untilClosed()).toEqual([`FATAL ${code}`]);
  });

  it.each([
    ['a length below 8', '00000004'],
    ['a length of 1 GB', '3fffffff'],
    ['an HTTP request', Buffer.from('GET / HTTP/1.1\r\n\r\n').toString('hex')],
    ['version 2 of the protocol', '0000000800020000'],
  ])('is cut off before it is let in: %s', async (_, hex) => {
    const client = WireClient.open(gateway().port).raw(Buffer.from(hex, 'hex'));
    const seen = await client.untilClosed();
    expect(seen).toHaveLength(1);
    expect(seen[0]).toMatch(/^FATAL (08P01|54001|0A000)$/);
  });

  it('may not call functions by number, and can go on (A152)', async () => {
    const client = await WireClient.login(gateway().port);
    const call = {
      kind: 'FunctionCall',
      function: 2078,
      argumentFormats: [],
      arguments: [Buffer.from('cordon.token'), Buffer.from('x'), Buffer.from('f')],
      resultFormat: 0,
    } as const;
    expect(words(await client.send(call).untilReady())).toEqual(['ERROR 42501', 'ready I']);
    expect(await client.query('SELECT 1')).toContain('row 1');
    client.close();
  });

  it('may send a text of several statements; none runs if one is refused (A147)', async () => {
    const client = await WireClient.login(gateway().port);
    expect(await client.query('DELETE FROM goods; SELECT line FROM audit')).toEqual([
      'ERROR 42501',
      'ready I',
    ]);
    expect(await database().query('SELECT count(*) FROM goods')).toEqual([{ count: '3' }]);
    client.close();
  });

  it('may cut its messages anywhere', async () => {
    const client = await WireClient.login(gateway().port);
    const frames = Buffer.from(`5100000010${Buffer.from('SELECT 1234\0').toString('hex')}`, 'hex');
    for (const byte of frames) {
      client.raw(Buffer.from([byte]));
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(words(await client.untilReady())).toEqual(['columns ?column?', 'row 1234', 'SELECT 1', 'ready I']);
    client.close();
  });

  it('is skipped up to its Sync when it sends a Query inside a batch that failed', async () => {
    const client = await WireClient.login(gateway().port);
    client.send(parse('SELECT line FROM audit'), { kind: 'Query', text: 'SELECT 1' }, { kind: 'Sync' });
    expect(words(await client.untilReady())).toEqual(['ERROR 42501', 'ready I']);
    client.send(
      parse("SELECT 'x'::text::int"),
      bind(),
      execute(),
      { kind: 'Query', text: 'SELECT 1' },
      { kind: 'Sync' },
    );
    expect(words(await client.untilReady()).slice(-2)).toEqual(['ERROR 22P02', 'ready I']);
    client.close();
  });

  it('learns nothing of the database from an error (A156)', async () => {
    const client = await WireClient.login(gateway().port);
    const seen = await client
      .send({ kind: 'Query', text: as('alice', "INSERT INTO notes (id, body) VALUES (77, 'bob one')") })
      .untilReady();
    expect(seen[0]).toMatchObject({ kind: 'ErrorResponse', fields: { code: '23505' } });
    const fields = seen[0]?.kind === 'ErrorResponse' ? seen[0].fields : {};
    expect(Object.keys(fields).sort()).toEqual(['code', 'hint', 'message', 'severity', 'severityPlain']);
    expect(JSON.stringify(fields)).not.toMatch(/bob|notes|body|77/);
    client.close();
  });

  it('takes nobody else down when it goes away in the middle of things', async () => {
    for (const bytes of [
      '',
      '0000',
      '51000000ff53454c',
      `5100000016${Buffer.from('BEGIN; SELECT 1 ').toString('hex')}`,
    ]) {
      const socket = connect(gateway().port, '127.0.0.1');
      const client = new WireClient(socket);
      if (bytes.startsWith('51')) {
        client.startUp();
        await client.untilReady();
      }
      client.raw(Buffer.from(bytes, 'hex'));
      await new Promise((resolve) => setTimeout(resolve, 20));
      socket.resetAndDestroy();
    }
    const client = await WireClient.login(gateway().port);
    expect(await client.query('SELECT 1')).toContain('row 1');
    client.close();
  });
});
