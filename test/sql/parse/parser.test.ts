import { describe, expect, it } from 'vitest';
import { CordonError } from '../../../src/errors/index.ts';
import { createParser, type Parser } from '../../../src/sql/parse/index.ts';
import { instantiate } from '../../../src/sql/parse/libpg-query.ts';

const parser = await createParser();

function codeOf(run: () => unknown): string | undefined {
  try {
    run();
    return undefined;
  } catch (error) {
    if (error instanceof CordonError) return error.code;
    throw error;
  }
}

describe('parser', () => {
  it('each statement of a text comes with its own slice, also behind non-ASCII text', () => {
    const statements = parser.parse("select 'ä€😀' ; insert into t values ('ü') ;; select 3");
    expect(statements.map((s) => s.text)).toEqual([
      "select 'ä€😀' ",
      "insert into t values ('ü') ",
      'select 3',
    ]);
    expect(statements.map((s) => Object.keys(s.stmt)[0])).toEqual(['SelectStmt', 'InsertStmt', 'SelectStmt']);
  });

  it('a text without a statement has none', () => {
    for (const text of ['', ' ', ';;', '-- x', '/* x */']) expect(parser.parse(text)).toEqual([]);
  });

  it('a syntax error tells nothing of the text', () => {
    try {
      parser.parse('select secret_word from from');
      expect.unreachable();
    } catch (error) {
      expect(error).toMatchObject({ code: 'CORDON_SYNTAX', sqlstate: '42601' });
      expect(String(error)).not.toContain('secret');
      expect((error as CordonError).cause).toBeUndefined();
    }
  });

  it.each([
    ['A133: a lone surrogate', "select '\ud800'"],
    ['a NUL, behind which the parser would see nothing', 'select 1\0; drop table t'],
  ])('%s is refused', (_, text) => {
    expect(codeOf(() => parser.parse(text))).toBe('CORDON_TEXT_MALFORMED');
  });
});

describe('limits', () => {
  const repeat = (piece: string, times: number): string => piece.repeat(times);

  it.each([
    ['A135: nested comments', `select 1 ${repeat('/*', 10_000)}${repeat('*/', 10_000)}`],
    ['A136: a chain of operators', `select 1${repeat('+1', 10_000)}`],
    ['a chain of prefix operators', `select ${repeat('+-', 5_000)}1`],
    ['a chain of casts', `select 1${repeat('::int', 8_000)}`],
    ['a chain of UNION with commas in it', `${repeat('select 1, 2 union ', 8_000)}select 1, 2`],
    ['a chain of joins', `select 1 from a${repeat(' join a on x and y', 8_000)}`],
    ['nested brackets', `select ${repeat('(', 5_000)}1${repeat(')', 5_000)}`],
    [
      'nested CASE without brackets',
      `select ${repeat('case when a or ', 4_000)}b${repeat(' then 1 end', 4_000)}`,
    ],
    ['CASE hidden behind columns called end', repeat('case when a.end or ', 4_000)],
    ['nested queries', `select ${repeat('(select ', 250)}1${repeat(')', 250)}`],
    ['NOT NOT NOT', `select ${repeat('not ', 9_000)}true`],
    ['COLLATE', `select a${repeat(' collate "C"', 9_000)}`],
    ['a long text', `select '${repeat('x', 1_100_000)}'`],
  ])('%s is refused before the parser sees it, at once', (_, text) => {
    const start = performance.now();
    expect(codeOf(() => parser.parse(text))).toBe('CORDON_LIMIT_STATEMENT');
    expect(performance.now() - start).toBeLessThan(500);
  });

  it.each([
    [
      'many rows with casts',
      `insert into t values ${repeat("('a'::text, -1, 'b'::timestamptz),", 5_000)}(1, 2, 3)`,
    ],
    ['a long list of OR', `select 1 where ${repeat('a = 1 or ', 5_000)}a = 2`],
    ['a long IN', `select 1 where a in (${repeat('-1, ', 5_000)}2)`],
    ['operators in a string', `select '${repeat('+1', 10_000)}'`],
    [
      'operators in a name, comment and dollar quote',
      `select "${repeat('+', 50)}" /* ${repeat('+', 5000)} */, $$${repeat('+', 5000)}$$`,
    ],
    ['a chain at the limit', `select 1${repeat('+1', 990)}`],
    ['queries nested a hundred deep', `select ${repeat('(select ', 100)}1${repeat(')', 100)}`],
    ['UNION at the limit', `${repeat('select 1 union all ', 990)}select 1`],
    ['thirty nested comments', `select 1 ${repeat('/*', 30)}${repeat('*/', 30)}`],
  ])('%s passes', (_, text) => {
    expect(parser.parse(text)).toHaveLength(1);
  });
});

describe('a broken instance', () => {
  // The chain is longer than the parser's stack allows: this is how an instance really breaks.
  const overflowing = `select 1${'+1'.repeat(15_000)}`;
  const limits = { treeDepthMax: Number.MAX_SAFE_INTEGER };

  async function parsedSoon(fragile: Parser): Promise<number> {
    while (codeOf(() => fragile.parse('select 1')) === 'CORDON_PARSER_BUSY') {
      await new Promise((done) => setTimeout(done, 5));
    }
    return fragile.parse('select 1').length;
  }

  it('is replaced: later statements are parsed as if nothing had happened', async () => {
    const fragile: Parser = await createParser({ limits });
    for (let i = 0; i < 34; i += 1) {
      expect(codeOf(() => fragile.parse(overflowing))).toBe('CORDON_LIMIT_STATEMENT');
      expect(await parsedSoon(fragile)).toBe(1);
    }
  }, 60_000);

  it('without a spare one, statements are refused as busy until the next is there', async () => {
    const fragile = await createParser({ limits });
    codeOf(() => fragile.parse(overflowing));
    codeOf(() => fragile.parse(overflowing));
    expect(codeOf(() => fragile.parse('select 1'))).toBe('CORDON_PARSER_BUSY');
    expect(await parsedSoon(fragile)).toBe(1);
  });

  it('a replacement that fails to load is tried again', async () => {
    let made = 0;
    const flaky = async () => {
      made += 1;
      if (made === 3) throw new Error('no memory');
      return instantiate();
    };
    const fragile = await createParser({ limits, instantiate: flaky });
    codeOf(() => fragile.parse(overflowing));
    await new Promise((done) => setTimeout(done, 10));
    codeOf(() => fragile.parse(overflowing));
    expect(await parsedSoon(fragile)).toBe(1);
  });
});
