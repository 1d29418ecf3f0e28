/** COPY data as PostgreSQL reads them and as `CopyDecoder` does: the same bytes, the same rows or both an error. */
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { CordonError } from '../../src/errors/index.ts';
import { CopyDecoder, type CopyDecoderOptions } from '../../src/pgwire/index.ts';
import {
  describeWith,
  type PostgresDatabase,
  postgresRequirement,
  startPostgres,
} from '../databases/index.ts';
import { WireClient } from './wire-client.ts';

type Row = readonly (string | null)[];
type Outcome = { readonly rows: readonly Row[] } | { readonly error: string };

const COLUMNS = ['a', 'b', 'c'] as const;

const text: CopyDecoderOptions = {
  format: 'text',
  delimiter: '\t',
  nullText: '\\N',
  quote: '"',
  escape: '"',
  header: false,
  columns: 2,
};
const csv: CopyDecoderOptions = { ...text, format: 'csv', delimiter: ',', nullText: '' };

function literal(value: string): string {
  return `E'${value.replaceAll('\\', '\\\\').replaceAll("'", "''").replaceAll('\t', '\\t')}'`;
}

function copyStatement(options: CopyDecoderOptions): string {
  const shared = `FORMAT ${options.format}, DELIMITER ${literal(options.delimiter)}, NULL ${literal(options.nullText)}`;
  const quotes =
    options.format === 'csv' ? `, QUOTE ${literal(options.quote)}, ESCAPE ${literal(options.escape)}` : '';
  const columns = COLUMNS.slice(0, options.columns).join(', ');
  return `COPY t (${columns}) FROM STDIN (${shared}${quotes}, HEADER ${options.header})`;
}

describeWith([postgresRequirement()], 'COPY data, against PostgreSQL', () => {
  let server: PostgresDatabase;
  let client: WireClient;
  let isVersion18 = false;

  beforeAll(async () => {
    server = await startPostgres();
    await server.run('CREATE TABLE t (n serial, a text, b text, c text)');
    isVersion18 = Number((await server.query('SHOW server_version_num'))[0]?.server_version_num) >= 180000;
    client = new WireClient({ path: join(server.socketFolder, `.s.PGSQL.${server.port}`) });
    await client.start(server.user, server.database);
  });
  afterAll(async () => {
    client?.close();
    await server?.stop();
  });

  async function theirs(options: CopyDecoderOptions, chunks: readonly Buffer[]): Promise<Outcome> {
    await client.query('TRUNCATE t');
    client.send({ kind: 'Query', text: copyStatement(options) });
    const first = await client.next();
    if (first.kind !== 'CopyInResponse') throw new Error(`COPY was refused: ${JSON.stringify(first)}`);
    client.send(...chunks.map((data) => ({ kind: 'CopyData', data }) as const), { kind: 'CopyDone' });
    for (const message of await client.untilReady()) {
      if (message.kind === 'ErrorResponse') return { error: message.fields.code };
    }
    const columns = COLUMNS.slice(0, options.columns).join(', ');
    const rows = await client.query(`SELECT ${columns} FROM t ORDER BY n`);
    return {
      rows: rows.flatMap((message) =>
        message.kind === 'DataRow' ? [message.values.map((value) => value?.toString('utf8') ?? null)] : [],
      ),
    };
  }

  function ours(options: CopyDecoderOptions, chunks: readonly Buffer[]): Outcome {
    try {
      const decoder = new CopyDecoder(options);
      return { rows: [...chunks.flatMap((chunk) => decoder.push(chunk)), ...decoder.end()] };
    } catch (error) {
      if (error instanceof CordonError) return { error: error.sqlstate };
      throw error;
    }
  }

  /** What PostgreSQL before 18 takes for the end although it does not stand alone; Cordon refuses it as 18 does. */
  const hasMarkerBehindData = (options: CopyDecoderOptions, data: Buffer) =>
    options.format === 'text' && /[^\r\n]\\\.[\r\n]/.test(data.toString('latin1'));

  async function outcomes(
    options: CopyDecoderOptions,
    data: Buffer,
    cuts: readonly number[],
  ): Promise<readonly Outcome[]> {
    if (!isVersion18 && hasMarkerBehindData(options, data)) return [];
    const borders = [0, ...cuts.map((cut) => cut % (data.length + 1)).sort((a, b) => a - b), data.length];
    const chunks = borders.slice(1).map((end, index) => data.subarray(borders[index], end));
    return [ours({ ...options, hasCsvMarker: !isVersion18 }, chunks), await theirs(options, chunks)];
  }

  /** Of two mistakes in the same data each side may meet another one first. */
  const withoutCode = (outcome: Outcome | undefined) => (outcome && 'error' in outcome ? 'error' : outcome);

  async function compareAny(
    options: CopyDecoderOptions,
    data: Buffer,
    cuts: readonly number[],
  ): Promise<void> {
    const [own, their] = await outcomes(options, data, cuts);
    expect(withoutCode(own)).toEqual(withoutCode(their));
  }

  it.each([
    ['escapes', text, 'a\\tb\\n\\r\\b\\f\\v\tx\\\\y\n'],
    ['octal and hex', text, '\\101\\x42\\x4g\\xg\\18\\1019\t\\0101\\x433\n'],
    ['a sequence of bytes made by escapes', text, '\\xc3\\xa9\t\\303\\251\n'],
    ['half a sequence made by escapes', text, '\\xc3\tx\n'],
    ['a NUL made by an escape', text, '\\0\tx\n'],
    ['a raw NUL', text, '\0\tx\n'],
    ['an escaped NUL in CSV is data', csv, '\\0,x\n'],
    ['NULL', text, '\\N\t\\\\N\n\\N \tN\n'],
    ['an escaped delimiter and newline', text, 'a\\\tb\tc\\\nd\n'],
    ['carriage returns for line ends', text, 'a\tb\rc\td\r'],
    ['both for line ends', text, 'a\tb\r\nc\td\r\n'],
    ['a newline after lines that ended in both', text, 'a\tb\r\nc\td\n'],
    ['a carriage return in the data', text, 'a\tb\nc\rx\td\n'],
    ['a carriage return first, a newline in the data', text, 'a\tb\rc\nx\td\r'],
    ['no line end at the end', text, 'a\tb\nc\td'],
    ['a carriage return at the very end', text, 'a\tb\r'],
    ['a backslash at the very end', text, 'a\tb\\'],
    ['a backslash at the very end, NULL empty', { ...text, nullText: '' }, 'a\t\\'],
    ['the end marker', text, 'a\tb\n\\.\nc\td\n'],
    ['the end marker behind data', text, 'a\tb\\.\nc\td\n'],
    ['the end marker without line end', text, 'a\tb\n\\.'],
    ['the end marker and more', text, 'a\tb\n\\.x\n'],
    ['the end marker with another line end', text, 'a\tb\r\n\\.\n'],
    ['the end marker with both', text, 'a\tb\r\n\\.\r\nrest'],
    ['the end marker first', text, '\\.\n'],
    ['the end marker in a header', { ...text, header: true }, '\\.\na\tb\n'],
    ['a header', { ...text, header: true }, 'x\ty\tz\na\tb\n'],
    ['a header alone without line end', { ...text, header: true }, 'x\ty'],
    ['a header that is not UTF-8', { ...text, header: true }, Buffer.from('\xff\na\tb\n', 'latin1')],
    ['nothing', text, ''],
    ['an empty line', text, '\n'],
    ['an empty line, one column', { ...text, columns: 1 }, '\n\nx\n'],
    ['a field too few', text, 'a\n'],
    ['a field too many', text, 'a\tb\tc\n'],
    ['bytes that are not UTF-8', text, Buffer.from('a\xff\tb\n', 'latin1')],
    ['bytes that are not UTF-8 behind the end marker', text, Buffer.from('a\tb\n\\.\n\xff', 'latin1')],
    ['quotes', csv, '"a""b","c,d"\n'],
    ['quotes in mid-field', csv, 'a"b,c"d,e\n'],
    ['a line end in quotes', csv, '"a\nb","c\r\nd"\n'],
    ['quotes not closed', csv, '"a,b\nc,d\n'],
    ['empty is NULL, quoted empty is not', csv, ',""\n'],
    ['NULL in quotes is text', { ...csv, nullText: 'NULL' }, 'NULL,"NULL"\n'],
    ['a backslash is data', csv, '\\N,a\\nb\n'],
    ['the end marker in CSV', csv, 'a,b\n\\.\nc,d\n'],
    ['the end marker in CSV is data behind data', csv, 'a,\\.\nx\\.,b\n'],
    ['the end marker in CSV with more is data', csv, '\\.x,b\n'],
    ['the end marker in CSV in quotes', csv, '"x\n\\.\n",b\n'],
    ['the end marker in CSV with another line end', csv, 'a,b\r\n\\.\n'],
    ['an escape of its own', { ...csv, escape: '\\' }, '"a\\"b\\\\","c\\d"\n'],
    ['an escape at the end of a field', { ...csv, escape: '\\' }, '"a\\\\",b\n'],
    ['an escape outside quotes', { ...csv, escape: '\\' }, 'a\\"b",c\n'],
    ['a backslash for a quote', { ...csv, quote: '\\', escape: '\\' }, '\\a,b\\,c\n'],
    ['a header of two lines in CSV', { ...csv, header: true }, '"x\ny",z\na,b\n'],
    ['an empty line in CSV, one column', { ...csv, columns: 1 }, '\nx\n""\n'],
    ['a byte order mark', text, '\ufeffa\tb\n'],
    ['other delimiters', { ...text, delimiter: '|', nullText: 'NULL' }, 'a|NULL\n\\||x\\|y\n'],
    ['a NULL text that is not ASCII', { ...text, nullText: 'é' }, 'é\txé\n'],
  ] as const)('%s', async (_, options, data) => {
    const bytes = typeof data === 'string' ? Buffer.from(data) : data;
    const [own, their] = await outcomes(options, bytes, [3]);
    expect(own).toEqual(their);
  });

  const piece = fc.constantFrom(
    ...[
      'a',
      'N',
      'x',
      '.',
      '0',
      '7',
      '4',
      '1',
      '\\',
      '\\',
      '\t',
      '\t',
      ',',
      '"',
      '"',
      "'",
      '\n',
      '\n',
      '\r',
      '\r\n',
    ],
    ...['\\N', '\\.', '\\.\n', '\\t', '\\x41', '\\303\\251', 'é', '€', '😀', 'NULL', '|', '\0', '\\0'],
  );
  const garbage = fc.oneof(
    {
      weight: 20,
      arbitrary: fc.array(piece, { maxLength: 25 }).map((pieces) => Buffer.from(pieces.join(''))),
    },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 12 }).map((array) => Buffer.from(array)) },
  );
  const line = (delimiter: string, end: string) =>
    fc
      .array(
        fc.array(fc.constantFrom('a', '\\N', '\\', 'é', '"', '""', '\\x41', '\\.', 'NULL', ' '), {
          maxLength: 4,
        }),
        { minLength: 2, maxLength: 2 },
      )
      .map((fields) => `${fields.map((field) => field.join('')).join(delimiter)}${end}`);
  const lines = (delimiter: string) =>
    fc
      .constantFrom('\n', '\r', '\r\n')
      .chain((end) => fc.array(line(delimiter, end), { maxLength: 5 }))
      .map((all) => Buffer.from(all.join('')));
  const cuts = fc.array(fc.nat(60), { maxLength: 4 });

  const textOptions = fc
    .record({
      delimiter: fc.constantFrom('\t', '|', ','),
      nullText: fc.constantFrom('\\N', '', 'NULL'),
      header: fc.boolean(),
      columns: fc.constantFrom(1, 2, 3),
    })
    .map((chosen) => ({ ...text, ...chosen }));
  const csvOptions = fc
    .record({
      delimiter: fc.constantFrom(',', '\t', '|'),
      nullText: fc.constantFrom('', 'NULL', '\\N'),
      quote: fc.constantFrom('"', "'"),
      escape: fc.constantFrom('"', "'", '\\', 'x'),
      header: fc.boolean(),
      columns: fc.constantFrom(1, 2, 3),
    })
    .map((chosen) => ({ ...csv, ...chosen }));

  const RUNS = Number(process.env.CORDON_FUZZ_RUNS ?? 300);

  it('any text data', async () => {
    const cases = fc.tuple(textOptions, fc.oneof(garbage, lines('\t'), lines('|')), cuts);
    await fc.assert(
      fc.asyncProperty(cases, ([options, data, cut]) => compareAny(options, data, cut)),
      { seed: 17, numRuns: RUNS },
    );
  });

  it('any CSV data', async () => {
    const cases = fc.tuple(csvOptions, fc.oneof(garbage, lines(','), lines('|')), cuts);
    await fc.assert(
      fc.asyncProperty(cases, ([options, data, cut]) => compareAny(options, data, cut)),
      { seed: 19, numRuns: RUNS },
    );
  });

  it('whatever PostgreSQL itself writes', async () => {
    const any = fc.array(
      fc.tuple(
        ...[0, 1].map(() =>
          fc.option(fc.string({ unit: 'binary', maxLength: 8 }).map((s) => s.replaceAll('\0', ''))),
        ),
      ),
      { maxLength: 4 },
    );
    await fc.assert(
      fc.asyncProperty(any, fc.constantFrom(text, csv), async (rows, options) => {
        await client.query('TRUNCATE t');
        for (const [a = null, b = null] of rows)
          await server.query('INSERT INTO t (a, b) VALUES ($1, $2)', [a, b]);
        const written = await client.query(
          copyStatement(options).replace('t (a, b) FROM STDIN', '(SELECT a, b FROM t ORDER BY n) TO STDOUT'),
        );
        const chunks = written.flatMap((message) => (message.kind === 'CopyData' ? [message.data] : []));
        expect(ours(options, chunks)).toEqual({ rows });
      }),
      { seed: 23, numRuns: 60 },
    );
  });
});
