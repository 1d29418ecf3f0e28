/** What is written down: no text of a statement, no value, no token in a log line or a counter; and nothing that grows. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Log, LogFields } from '../../../src/gateway/index.ts';
import { TemplateCache } from '../../../src/guard/template-cache.ts';
import { type PgliteDatabase, startPglite } from '../../databases/index.ts';
import { as, BOB, loadShop, tokens } from '../support/shop.ts';
import { type RunningGateway, startGateway } from '../support/start-gateway.ts';
import { bind, closeStatement, execute, parse, WireClient } from '../support/wire-client.ts';

const CANARIES = ['canary', '4111111111111111', BOB.slice(0, 8), 'alice one', 'bob one', 'hidden'];

describe('the templates that are kept', () => {
  const keep = (cache: TemplateCache, key: string, pinned: readonly number[], value: string) =>
    cache.keep(key, pinned, () => value, []);

  it('are bounded by what they were made of, not by their number alone', () => {
    const cache = new TemplateCache(100, 1000);
    for (let count = 0; count < 50; count += 1) keep(cache, `${count}${'x'.repeat(90)}`, [], '');
    expect(cache.size).toBeLessThanOrEqual(11);
    expect(cache.find(`49${'x'.repeat(90)}`, () => '')).toBeDefined();
    keep(cache, 'y'.repeat(2000), [], '');
    expect(cache.size).toBe(0);
    for (let count = 0; count < 50; count += 1) keep(cache, 'one', [0], `${count}${'v'.repeat(100)}`);
    expect(cache.size).toBeLessThanOrEqual(1);
    for (let count = 0; count < 9; count += 1) keep(cache, `small ${count}`, [], '');
    expect(cache.find('small 8', () => '')).toBeDefined();
  });

  it('count a shape once, also when another of its slots is looked at', () => {
    const cache = new TemplateCache(100, 1000);
    for (let round = 0; round < 200; round += 1) keep(cache, 'x'.repeat(300), [round % 3], 'v');
    keep(cache, 'small', [], '');
    expect(cache.find('small', () => '')).toBeDefined();
    expect(cache.find('x'.repeat(300), () => 'v')).toBeDefined();
  });
});

describe('what the gateway writes down', () => {
  const lines: string[] = [];
  const write = (fields: LogFields, message: string) =>
    void lines.push(JSON.stringify({ ...fields, message }));
  const log: Log = { debug: write, info: write, warn: write, error: write };
  let database: PgliteDatabase;
  let running: RunningGateway;
  beforeAll(async () => {
    database = await startPglite();
    await loadShop(database);
    running = await startGateway(database, {
      log,
      monitor: { port: 0 },
      limits: { statementsMax: 100, portalsMax: 50, shutdownMs: 200 },
    });
  });
  afterAll(async () => {
    await running?.stop();
    await database?.stop();
  });

  it('holds no text, value or token, whatever was sent', async () => {
    const client = await WireClient.login(running.port);
    for (const text of [
      as('alice', "SELECT body FROM notes WHERE body = 'canary'"),
      "SELECT 'canary' FROM audit",
      "SELECT 'canary'::int",
      "SELECT canary('4111111111111111')",
      "SET cordon.token = 'canary.canary.canary'",
      "SET app.canary = 'canary'",
      `/*cordon:canary*/ SELECT 1`,
      `/*cordon:${tokens.alice.slice(0, -3)}abc*/ SELECT 'canary'`,
      "SELEC 'canary'",
      as('alice', `INSERT INTO notes (id, owner, body) VALUES (80, '${BOB}', 'canary')`),
      as('alice', "INSERT INTO notes (id, body) VALUES (81, 'bob one')"),
      'TRUNCATE canary',
      'SELECT 1 / 0 AS canary',
      "PREPARE canary AS SELECT 'canary'",
      'COPY goods (id) FROM STDIN; SELECT 1',
    ]) {
      await client.query(text);
      await client.batch(parse(text), bind(), execute());
    }
    await client.batch(parse('SELECT $1::int'), bind(['canary']), execute());
    client.raw(Buffer.from('23000000', 'hex')).raw(Buffer.from('canarycanary'));
    await client.untilClosed();
    const odd = WireClient.open(running.port).startUp({ user: 'canary', parameters: { canary: 'canary' } });
    await odd.untilClosed();
    const wrong = WireClient.open(running.port).startUp({ user: 'canary' });
    await wrong.next();
    wrong.send({ kind: 'PasswordMessage', password: 'canary.canary.canary' });
    await wrong.untilClosed();
    const metrics = await (
      await fetch(`http://127.0.0.1:${running.gateway.monitorAddress?.port}/metrics`)
    ).text();
    const written = lines.join('\n') + metrics;
    expect(lines.length).toBeGreaterThan(10);
    for (const canary of [
      ...CANARIES,
      ...Object.values(tokens),
      ...Object.values(tokens).map((token) => token.slice(0, 40)),
    ]) {
      expect(
        written.includes(canary) ? `found ${canary}: ${lines.find((line) => line.includes(canary))}` : '',
      ).toBe('');
    }
    expect(written).not.toMatch(/eyJ|SELECT|INSERT/);
    expect(lines.filter((line) => line.includes('"bug"'))).toEqual([]);
  });

  it('bounds what one client can keep: statements of the protocol and of SQL, and portals', async () => {
    const client = await WireClient.login(running.port);
    for (let count = 0; count < 100; count += 1) await client.batch(parse(`SELECT ${count}`, `s${count}`));
    expect(await client.batch(parse('SELECT 1', 'one-more'))).toEqual([
      expect.stringMatching(/^ERROR 5/),
      'ready I',
    ]);
    await client.batch(closeStatement('s1'));
    expect(await client.batch(parse('SELECT 1', 'one-more'))).toEqual(['ParseComplete', 'ready I']);
    await client.query('BEGIN');
    const many = Array.from({ length: 51 }, (_, index) => bind([], { statement: 's2', portal: `p${index}` }));
    expect((await client.batch(...many)).slice(-2)).toEqual([expect.stringMatching(/^ERROR 5/), 'ready E']);
    await client.query('ROLLBACK');
    client.close();
    const other = await WireClient.login(running.port);
    let refused = '';
    for (let count = 0; count < 120 && refused === ''; count += 1) {
      const [first = ''] = await other.query(`PREPARE q${count} AS SELECT ${count}`);
      if (first !== 'PREPARE') refused = first;
    }
    expect(refused).toMatch(/^ERROR 5/);
    other.close();
  });

  it('portals of a chain of transactions do not add up', async () => {
    const client = await WireClient.login(running.port);
    await client.query('BEGIN');
    for (let round = 0; round < 60; round += 1) {
      const seen = await client.batch(
        parse('SELECT 1'),
        bind([], { portal: `p${round}` }),
        execute(`p${round}`),
        parse('COMMIT AND CHAIN'),
        bind(),
        execute(),
      );
      expect(seen.at(-1)).toBe('ready T');
    }
    client.close();
  });
});
