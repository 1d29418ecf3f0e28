/** Texts that the parser or the rewriting could die of, through the gateway: each is answered in time, and the next client is served. */
import { expect, it } from 'vitest';
import { embeddedShop } from '../gateway/support/embedded-shop.ts';
import { as } from '../gateway/support/shop.ts';
import { parse, WireClient } from '../gateway/support/wire-client.ts';

const list = (length: number, make: (index: number) => string, between = ', '): string =>
  Array.from({ length }, (_, index) => make(index)).join(between);

/** WITH c0 …, c1 that reads c0 twice, c2 that reads c1 twice: what it stands for doubles with each. */
const doubling = (levels: number, query: (before: string) => string): string =>
  `WITH c0 AS (SELECT 1 AS x), ${list(levels, (index) => `c${index + 1} AS (${query(`c${index}`)})`)} SELECT 1`;

function nestedRecursion(levels: number): string {
  let text = 'SELECT 1 AS x';
  for (let level = 0; level < levels; level += 1)
    text = `WITH RECURSIVE r${level} AS ((${text}) UNION SELECT x FROM r${level}) SELECT x FROM r${level}`;
  return text;
}

/** Refused for its size or depth, each within a bound. */
const REFUSED: readonly (readonly [string, string])[] = [
  ['brackets', `SELECT ${'('.repeat(20_000)}1${')'.repeat(20_000)}`],
  ['NOT', `SELECT ${'NOT '.repeat(20_000)}true`],
  ['a chain of operators', `SELECT 1${' + 1'.repeat(20_000)}`],
  ['a chain of UNION', list(10_000, () => 'SELECT 1', ' UNION ')],
  ['CASE in CASE', `SELECT ${'CASE WHEN true THEN '.repeat(5_000)}1${' END'.repeat(5_000)}`],
  ['arrays in arrays', `SELECT ${'ARRAY['.repeat(5_000)}1${']'.repeat(5_000)}`],
  ['casts of casts', `SELECT 1${'::int'.repeat(10_000)}`],
  ['comments in comments', `SELECT ${'/*'.repeat(10_000)}${'*/'.repeat(10_000)} 1`],
  ['sub-queries in sub-queries', `${'SELECT ('.repeat(3_000)}1${')'.repeat(3_000)}`],
  ['a text of more than a million characters', `SELECT '${'x'.repeat(1_000_001)}'`],
  ['columns that double by stars', doubling(40, (before) => `SELECT a.*, b.* FROM ${before} a, ${before} b`)],
  [
    'columns that double by joins',
    doubling(40, (before) => `SELECT * FROM ${before} a CROSS JOIN ${before} b`),
  ],
  ['recursion in recursion', nestedRecursion(40)],
];

const LONG = 40_000;

/** Answered, with rows or an error, within a bound. */
const LONG_TEXTS: readonly (readonly [string, string])[] = [
  ['a list of IN', `SELECT id FROM goods WHERE id IN (${list(LONG, String)})`],
  ['AND without end', `SELECT id FROM goods WHERE ${list(LONG / 10, () => 'id = 1', ' AND ')}`],
  ['rows of VALUES', `SELECT count(*) FROM (VALUES ${list(LONG / 4, (index) => `(${index})`)}) AS v (x)`],
  [
    'negative numbers',
    `SELECT count(*) FROM (VALUES ${list(LONG / 4, (index) => `(-${index + 1})`)}) AS v (x)`,
  ],
  ['statements', list(500, () => 'SELECT 1', ';')],
  ['literals', `SELECT ${list(1_500, () => "'a'")}`],
  ['relations', `SELECT 1 FROM ${list(100, (index) => `goods g${index}`)} WHERE false`],
];

const { gateway } = embeddedShop();

const isServed = async (): Promise<void> => {
  const client = await WireClient.login(gateway().port);
  expect(await client.query(as('bob', 'SELECT id FROM notes'))).toEqual([
    'columns id',
    'row 3',
    'SELECT 1',
    'ready I',
  ]);
  client.close();
};

it.each(REFUSED)('%s are refused, and the connection goes on', { timeout: 60_000 }, async (_, text) => {
  const client = await WireClient.login(gateway().port);
  expect(await client.query(text)).toEqual(['ERROR 54001', 'ready I']);
  expect(await client.batch(parse(text))).toEqual(['ERROR 54001', 'ready I']);
  expect(await client.query('SELECT 1')).toContain('row 1');
  client.close();
  await isServed();
});

it.each(LONG_TEXTS)('%s are answered', { timeout: 60_000 }, async (_, text) => {
  const client = await WireClient.login(gateway().port);
  expect((await client.query(text)).at(-1)).toBe('ready I');
  expect(await client.query('SELECT 1')).toContain('row 1');
  client.close();
  await isServed();
});

it('a text that breaks the parser again and again does not break it for others', {
  timeout: 60_000,
}, async () => {
  const client = await WireClient.login(gateway().port);
  for (let times = 0; times < 40; times += 1)
    expect((await client.query(`SELECT 1${' || 1'.repeat(900)}${'('.repeat(99)}`))[0]).toMatch(
      /^ERROR (?:42601|54001|57014)$/,
    );
  client.close();
  await expect.poll(async () => isServed().then(() => true)).toBe(true);
});

it.each([
  ['a NUL', Buffer.from('SELECT 1\0; DROP TABLE notes\0')],
  ['bytes that are no UTF-8', Buffer.from("SELECT '\xff\xfe'\0", 'latin1')],
  ['half of a surrogate pair', Buffer.from("SELECT '\xed\xa0\x80'\0", 'latin1')],
  ['an overlong NUL', Buffer.from("SELECT '\xc0\x80'\0", 'latin1')],
  ['no end', Buffer.from('SELECT 1')],
])('a text with %s is refused', async (_, payload) => {
  const client = await WireClient.login(gateway().port);
  const header = Buffer.alloc(5);
  header.write('Q');
  header.writeUInt32BE(payload.length + 4, 1);
  client.raw(Buffer.concat([header, payload]));
  expect((await client.untilReady())[0]).toMatchObject({ kind: 'ErrorResponse', fields: { code: '08P01' } });
  expect(await client.query('SELECT 1')).toContain('row 1');
  client.close();
  await isServed();
});
