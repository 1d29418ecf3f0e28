/**
 * A Query with literals that runs as a prepared statement upstream is answered, message by message, as the bare database answers
 * the Query: shapes for each place of a literal and each type of column, each with values that fit, that do not, and that are
 * read as another type. `LITERALS_SEED` and `LITERALS_ROUNDS` choose other values, or more.
 */
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { Gateway } from '../../src/gateway/index.ts';
import { PreparedUpstream } from '../../src/gateway/upstream/prepared-upstream.ts';
import { serverUpstream, startGateway } from '../attacks/through-gateway.ts';
import { describeWith, type PostgresDatabase, postgresRequirement } from '../databases/index.ts';
import { Dice } from '../noninterference/dice.ts';
import { allowAll, connectStraight, connectThrough, startCopies } from './allow-all.ts';
import type { WireClient } from './wire-client.ts';

const SEED = Number(process.env.LITERALS_SEED ?? 20_261_123);
/** Each shape is sent so often; from the third time on it may run prepared. */
const ROUNDS = Number(process.env.LITERALS_ROUNDS ?? 30);

const MORE = `
CREATE DOMAIN even AS int4 CHECK (VALUE % 2 = 0);
CREATE DOMAIN code AS varchar(3);
CREATE TABLE held (id int4 PRIMARY KEY, half even, short code, letter char(2), open bool DEFAULT true, price numeric(5, 2), tiny int2, wide real);
CREATE INDEX held_open ON held (half) WHERE short = 'on';
INSERT INTO held SELECT n, n * 2, 'c' || n % 9, 'x', n % 2 = 0, n, n, n FROM generate_series(1, 40) AS g (n);
INSERT INTO things (label, small, big, amount, ratio, flag, at, at_local, day, took, raw, doc, docb, ref, tags, counts, note, feeling)
SELECT 'thing ' || n, n, n * 10000000000, n + 0.125, n / 3.0, n % 2 = 0, '2026-01-01 10:00+00'::timestamptz + n * interval '1 day',
  '2026-01-01 10:00'::timestamp + n * interval '1 hour', '2026-01-01'::date + n, n * interval '1 minute', ('\\\\x0' || n % 10)::bytea,
  '{"a": 1}', '{"a": 1}', ('00000000-0000-4000-8000-0000000000' || lpad(n::text, 2, '0'))::uuid, ARRAY['t'], ARRAY[n], 'note ' || n, 'ok'
FROM generate_series(1, 30) AS g (n);
INSERT INTO parts (id, thing_id, name, weight) SELECT 1000 + n, n, 'part ' || n, n FROM generate_series(1, 30) AS g (n);
`;

/** Values by kind. What is odd is the smaller part of each. */
const VALUES: Readonly<Record<string, readonly string[]>> = {
  int: ['1', '2', '3', '7', '12', '29', '0', '500', '-1', ' -3', '007', '2147483647', '-2147483648'],
  number: [
    ...['1', '2.5', '3', '-4', '10.125', '2147483648', '9223372036854775807', '-9223372036854775808'],
    ...['12345678901234567890', '1e3', '.5', '5.', '-0', '0', '1e400', '-2147483648', '00000000000000000001'],
  ],
  text: [
    ...["'thing 1'", "'thing 2'", "'word 7'", "'part 9'", "''", "'it''s'", "'ümläut'", "'%'", "'ok'", "'5'"],
    ...["E'a\\\\b'", "'a\\b'", "'x  '", "'$1'", "'now'", "'null'"],
  ],
  date: ["'2026-01-05'", "'2026-02-28'", "'2026-02-30'", "'today'", "'infinity'", "'05.01.2026'", "'x'"],
  moment: [
    ...[
      "'2026-01-05 10:00'",
      "'2026-01-09T10:00:00+02:00'",
      "'2026-01-03 10:00:00.5'",
      "'tomorrow'",
      "'epoch'",
    ],
    ...["'yesterday'", "''", "'2026-13-01'"],
  ],
  uuid: [
    ...["'00000000-0000-4000-8000-000000000003'", "'00000000-0000-4000-8000-000000000017'"],
    ...["'{00000000000040008000000000000004}'", "'zz'", "''"],
  ],
  bool: ["'t'", "'false'", "'on'", "'maybe'", 'true', 'NULL'],
  json: [`'{"a": 1}'`, `'[]'`, `'{'`, `'"x"'`],
  mood: ["'ok'", "'sad'", "'angry'", "''"],
  code: ["'c1'", "'on'", "'c12'", "'c123'", "''"],
};

/** `{kind}` is a place for a value of that kind. */
const SHAPES: readonly string[] = [
  'SELECT id, label FROM things WHERE id = {int}',
  'SELECT label FROM things WHERE id = {number} OR small = {int} ORDER BY 1',
  'SELECT id FROM things WHERE {int} = id AND label <> {text}',
  'SELECT id FROM things WHERE small >= {number} AND small < {int} ORDER BY id LIMIT 3',
  'SELECT id FROM things WHERE big > {number} ORDER BY id LIMIT {int} OFFSET {int}',
  'SELECT id FROM things WHERE amount = {number} OR amount > {number} ORDER BY id',
  'SELECT id FROM things WHERE ratio > {number} ORDER BY id',
  'SELECT id FROM things WHERE flag = {bool} ORDER BY id',
  'SELECT id FROM things WHERE label = {text}',
  'SELECT id FROM things WHERE label = {int}',
  'SELECT id FROM things WHERE id = {text}',
  'SELECT id, day FROM things WHERE day = {date} ORDER BY id',
  'SELECT id, day FROM things WHERE day >= {date}::date AND at < {moment}::timestamptz ORDER BY id',
  'SELECT id FROM things WHERE at_local BETWEEN {moment} AND {moment} ORDER BY id',
  'SELECT id FROM things WHERE at > {moment} ORDER BY id LIMIT 2',
  'SELECT id FROM things WHERE ref = {uuid}',
  'SELECT id FROM things WHERE ref = {uuid}::uuid',
  'SELECT id FROM things WHERE ref IN ({uuid}, {uuid}) ORDER BY id',
  'SELECT id FROM things WHERE feeling = {mood} ORDER BY id LIMIT 2',
  'SELECT id FROM things WHERE docb = {json} ORDER BY id LIMIT 2',
  'SELECT id FROM things WHERE doc = {json}',
  'SELECT id FROM things WHERE id IN ({int}, {int}, {number}) ORDER BY id',
  'SELECT id FROM things WHERE label IN ({text}, {text}) ORDER BY id',
  'SELECT id FROM things WHERE id IN ({int}, {text}) ORDER BY id',
  'SELECT id FROM things WHERE NOT (id > {int} AND note = {text}) ORDER BY id',
  'SELECT t.id, p.name FROM things t JOIN parts p ON p.thing_id = t.id AND p.weight > {int} WHERE t.id <= {int} ORDER BY 1, 2',
  'SELECT id FROM things WHERE id = (SELECT thing_id FROM parts WHERE name = {text} AND weight < {int})',
  'SELECT id FROM things t WHERE EXISTS (SELECT 1 FROM parts p WHERE p.thing_id = t.id AND p.weight = {int}) ORDER BY id',
  'WITH few AS (SELECT id, label FROM things WHERE id < {int}) SELECT label FROM few WHERE id > {int} ORDER BY label',
  'SELECT id FROM things WHERE id = {int} UNION SELECT n FROM numbers WHERE n = {int} ORDER BY 1',
  'SELECT a.id FROM (SELECT id FROM things WHERE small = {int}) AS a WHERE a.id = {int}',
  'SELECT count(*), max(label) FROM things WHERE id <= {int} AND took > {text}',
  'SELECT {int} AS a, {text} AS b, id FROM things WHERE id = {int}',
  'SELECT id + {int}, label || {text} FROM things WHERE id = {int}',
  'SELECT small % 3, count(*) FROM things WHERE id < {int} GROUP BY small % 3 HAVING count(*) > {int} ORDER BY 1',
  'SELECT id / {int} FROM things WHERE id = {int}',
  'SELECT id FROM things WHERE id / {int} = {int} ORDER BY 1',
  'SELECT id FROM things WHERE label LIKE {text} AND id < {int} ORDER BY id',
  'SELECT id FROM things WHERE tags = {text} AND id < {int}',
  'SELECT coalesce(note, {text}), CASE id WHEN {int} THEN {text} ELSE {text} END FROM things WHERE id = {int}',
  'SELECT id FROM things WHERE upper(label) = {text} AND id = {int}',
  'SELECT id, half FROM held WHERE half = {int} ORDER BY id',
  'SELECT id FROM held WHERE short = {code} AND half > {int} ORDER BY id',
  "SELECT id FROM held WHERE letter = {text} AND open = 't' AND id < {int} ORDER BY id",
  'SELECT id FROM held WHERE tiny = {number} OR wide = {number} ORDER BY id',
  'SELECT id FROM numbers WHERE n = {int}',
  'SELECT n FROM numbers WHERE nowhere = {int}',
  'SELECT n FROM numbers WHERE n = {int} FOR UPDATE;',
  'SELECT 1/(n - {int}) FROM numbers WHERE n = {int}',
  'SELECT generate_series(1, 3), n FROM numbers WHERE n = {int}',
  'INSERT INTO numbers (n, word) VALUES ({int}, {text})',
  'INSERT INTO numbers (n, word) VALUES ({int}, {text}) RETURNING n, word',
  'INSERT INTO numbers (n, word) VALUES ({number}, {int}) ON CONFLICT DO NOTHING',
  'INSERT INTO numbers (n, word) VALUES ({int}, {text}), ({int}, {text})',
  'INSERT INTO numbers VALUES ({int}, {text}) ON CONFLICT (n) DO UPDATE SET word = {text} RETURNING word',
  'INSERT INTO held (id, half, short, letter, price, tiny, wide) VALUES ({int}, {int}, {code}, {text}, {number}, {number}, {number})',
  'INSERT INTO things (label, at, at_local, day, ref, docb, feeling, note) VALUES ({text}, {moment}, {moment}::timestamp, {date}, {uuid}, {json}, {mood}, {text}) RETURNING label, at_local, note',
  'INSERT INTO things (label, amount, ratio, big, flag) VALUES ({text}, {number}, {number}, {number}, {bool})',
  'INSERT INTO parts (thing_id, name, weight) VALUES ({int}, {text}, {number})',
  'INSERT INTO numbers SELECT n + {int}, {text} FROM numbers WHERE n = {int}',
  'UPDATE numbers SET word = {text} WHERE n = {int}',
  'UPDATE numbers SET word = {text} WHERE n = {int} RETURNING n, word',
  'UPDATE held SET half = half + {int} WHERE id = {int}',
  'UPDATE things SET small = {number}, note = {text} WHERE id = {int}',
  'UPDATE things SET amount = {number}, ratio = {number} WHERE id = {int}',
  'UPDATE things SET big = {number}, day = {date} WHERE label = {text}',
  'UPDATE things SET at = {moment}, flag = {bool} WHERE id = {int}',
  'UPDATE things SET small = small * {int} WHERE id = {int} RETURNING small',
  'UPDATE held SET half = {int}, short = {code} WHERE id = {int}',
  'UPDATE held SET price = {number}, tiny = {int} WHERE id = {int}',
  'UPDATE parts SET weight = weight - {int} WHERE name = {text}',
  'DELETE FROM parts WHERE name = {text} AND weight > {int}',
  'DELETE FROM numbers WHERE n = {int} RETURNING word',
  'DELETE FROM things USING parts WHERE parts.thing_id = things.id AND parts.weight = {int} AND things.id = {int}',
];

/** Sessions change what literals mean between two runs of a shape. */
const BETWEEN: readonly string[] = [
  "SET DateStyle = 'SQL, DMY'",
  "SET TimeZone = 'Asia/Tokyo'",
  'RESET ALL',
  'DISCARD PLANS',
  'DEALLOCATE ALL',
  "SET DateStyle = 'ISO'",
];

describeWith([postgresRequirement()], 'a Query that runs as a prepared statement', () => {
  let server: PostgresDatabase;
  let gateway: Gateway;
  let straight: WireClient;
  let guarded: WireClient;

  beforeAll(async () => {
    server = await startCopies(['straight', 'guarded'], MORE);
    gateway = await startGateway(await allowAll(server, 'guarded'), serverUpstream(server, 'guarded'));
    straight = await connectStraight(server, 'straight');
    guarded = await connectThrough(gateway);
  });
  afterAll(async () => {
    straight?.close();
    guarded?.close();
    await gateway?.close();
    await server?.stop();
  });

  it(`is answered as the bare database answers it, outside and inside of transactions (seed ${SEED})`, {
    timeout: 600_000,
  }, async () => {
    const find = vi.spyOn(PreparedUpstream.prototype, 'find');
    const dice = new Dice(SEED);
    const different: string[] = [];
    let statements = 0;
    for (const shape of SHAPES) {
      for (let round = 0; round < ROUNDS; round++) {
        for (const text of [...around(dice), filled(shape, dice), ...around(dice)]) {
          const without = await straight.simple(text, '');
          const through = await guarded.simple(text, '');
          statements += 1;
          if (without.join() !== through.join())
            different.push(`${text}\n  without Cordon: ${without}\n  through Cordon: ${through}`);
        }
      }
    }
    expect(different.slice(0, 20).join('\n')).toBe('');
    expect(statements).toBeGreaterThan(SHAPES.length * ROUNDS);
    const reused = find.mock.results.filter(({ value }) => value !== undefined).length;
    // Some shapes never may: their odd values make other shapes, or they hold a literal where none can be exchanged.
    expect(reused).toBeGreaterThan(statements / 6);
    find.mockRestore();
  });

  it('reads a moment that stands in its text each time it runs', async () => {
    await guarded.simple('ROLLBACK', '');
    await guarded.simple('RESET ALL', '');
    const seen = new Set<string>();
    for (let id = 1; id <= 8; id++) {
      const answer = await guarded.simple(`UPDATE things SET at = 'now' WHERE id = ${id} RETURNING at`, '');
      for (const message of answer) if (message.startsWith('D')) seen.add(message);
    }
    expect(seen.size).toBeGreaterThan(4);
  });

  it('is run anew, unseen by the client, where a table has changed since it was prepared', async () => {
    for (const name of ['straight', 'guarded']) {
      const owner = await connectStraight(server, name);
      await owner.simple('CREATE TABLE turning AS SELECT n, word FROM numbers WHERE n < 9', '');
      owner.close();
    }
    // Another gateway, whose catalog has the new table; it is not told of the change.
    const changing = await startGateway(await allowAll(server, 'guarded'), serverUpstream(server, 'guarded'));
    const client = await connectThrough(changing);
    const ask = async (n: number) => {
      const text = `SELECT n, word FROM turning WHERE n = ${n}`;
      const [without, through] = [await straight.simple(text, ''), await client.simple(text, '')];
      // The two databases number their relations each for itself.
      const [told, ...rows] = through.map((message) => message.replaceAll(/\d{5}\.(\d)/g, 'table.$1'));
      expect([told, ...rows]).toEqual(without.map((m) => m.replaceAll(/\d{5}\.(\d)/g, 'table.$1')));
    };
    await straight.simple('ROLLBACK', '');
    for (let n = 1; n < 8; n++) await ask(n);
    for (const name of ['straight', 'guarded']) {
      const owner = await connectStraight(server, name);
      await owner.simple('ALTER TABLE turning ALTER word TYPE varchar(30)', '');
      owner.close();
    }
    for (let n = 1; n < 8; n++) await ask(n);
    client.close();
    await changing.close();
  });
});

function filled(shape: string, dice: Dice): string {
  return shape.replaceAll(/\{(\w+)\}/g, (_, kind: string) => {
    const values = VALUES[kind] ?? [];
    // The first ones more often, so that one shape comes again.
    return dice.chance(0.75) ? dice.pick(values.slice(0, 5)) : dice.pick(values);
  });
}

function around(dice: Dice): readonly string[] {
  if (dice.chance(0.02)) return [dice.pick(BETWEEN)];
  return dice.chance(0.2) ? [dice.pick(['BEGIN', 'COMMIT', 'ROLLBACK', 'ROLLBACK'])] : [];
}
