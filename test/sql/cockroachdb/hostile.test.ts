import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CordonError } from '../../../src/errors/index.ts';
import type { Node } from '../../../src/sql/tree.ts';
import { parser, printed, printedTree, readOne, refusalOf } from './read.ts';
import { statement } from './statements.ts';

const repeat = (piece: string, times: number): string => piece.repeat(times);

describe('texts that are made to hurt the reader', () => {
  it.each([
    ['hinted joins', `SELECT 1 FROM ${repeat('a INNER HASH JOIN b ON x, ', 38_000)}c`],
    ['index hints', `SELECT 1 FROM ${repeat('a@b, ', 150_000)}c`],
    ['open hints', `SELECT 1 FROM ${repeat('a@{', 300_000)}`],
    ['writes that do not end', repeat('(update a ', 90_000)],
    ['writes behind closed brackets', repeat(') update a limit 1 ', 50_000)],
    ['deletes of one statement', `explain ${repeat('delete from a order by b ', 40_000)}`],
    ['times', `SELECT 1 FROM t ${repeat("AS OF SYSTEM TIME '-1s' ", 40_000)}`],
    ['times in open brackets', repeat('AS OF SYSTEM TIME (', 50_000)],
    ['signs', `SELECT ${repeat('+', 900_000)}1`],
    ['signs and a special one', `SELECT ${repeat('-+', 400_000)}@1`],
    ['byte literals', `SELECT ${repeat("b'\\x00', ", 100_000)}1`],
    ['pieces of a string', `SELECT ${repeat("'a'\n", 200_000)}`],
    ['comments behind a string', `SELECT 'a' ${repeat('--\n', 300_000)}`],
    ['strings and comments', `SELECT ${repeat("'a', --\n", 120_000)}1`],
    ['statements', repeat('UPSERT INTO t VALUES (1);', 39_000)],
    ['definitions', repeat('CREATE TABLE t (a INT);', 40_000)],
    ['grants without ON', repeat('GRANT ', 150_000)],
    ['brackets', `SELECT ${repeat('(', 400_000)}`],
    ['casts', `SELECT 1${repeat(':::INT', 150_000)}`],
    ['an escape at the end', `SELECT b'${repeat('\\\\', 400_000)}`],
    ['names beyond ASCII', `SELECT ${repeat('ä, ', 200_000)}1`],
    ['one long name', `SELECT ${repeat('é', 400_000)}`],
  ])('%s are read or refused in short time', { timeout: 60_000 }, (_, text) => {
    const start = performance.now();
    try {
      parser.parse(text.slice(0, 999_999), 'cockroachdb');
    } catch (error) {
      if (!(error instanceof CordonError)) throw error;
    }
    expect(performance.now() - start).toBeLessThan(15_000);
  });

  it.each([
    ['brackets', `SELECT ${repeat('(', 900)}1${repeat(')', 900)}`],
    ['a chain', `SELECT a${repeat(' || a', 900)}`],
    ['sub-queries', `${repeat('SELECT a FROM t@i WHERE a IN (', 90)}1${repeat(')', 90)}`],
    ['casts', `SELECT 1${repeat(':::INT', 900)}`],
    ['NOT', `SELECT ${repeat('NOT ', 900)}a`],
    ['hinted joins', `SELECT 1 FROM a${repeat(' INNER HASH JOIN b ON true', 900)}`],
  ])("what PostgreSQL's reader takes, this one takes: nested %s", (_, text) => {
    expect(parser.parse(text, 'cockroachdb')).toHaveLength(1);
  });

  it('limits hold for what was taken out as well', () => {
    for (const text of [
      `SELECT 1 FROM t AS OF SYSTEM TIME ${repeat('(', 5_000)}1${repeat(')', 5_000)}`,
      `DELETE FROM t ORDER BY ${repeat('(', 5_000)}1${repeat(')', 5_000)}`,
      `SELECT b'x', ${repeat('(', 5_000)}1${repeat(')', 5_000)}`,
    ])
      expect(refusalOf(() => parser.parse(text, 'cockroachdb'))).toContain('CORDON_LIMIT_STATEMENT');
    expect(
      refusalOf(() => parser.parse(`SELECT 1 ${repeat('/*', 100)}${repeat('*/', 100)}`, 'cockroachdb')),
    ).toMatch(/CORDON_(?:SYNTAX|LIMIT)/);
  });
});

describe('what a literal or name holds never becomes a part of the statement', () => {
  const hostile = [
    `'; DROP TABLE t; --`,
    `\\'; DROP TABLE t; --`,
    `"; DROP TABLE t; --`,
    `} AS OF SYSTEM TIME '-1s`,
    `@{FORCE_INDEX=x}`,
    `*/ FROM secrets /*`,
    `$$; DELETE FROM t; $$`,
    `é€😀`,
    `a.b`,
    `\\x41`,
    `RETURNING NOTHING`,
    `INNER HASH JOIN u`,
    ' ',
  ];
  const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
  const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;
  const bytes = (text: string): string => `b'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
  const hexOf = (text: string): string =>
    [...new TextEncoder().encode(text)].map((byte) => byte.toString(16).padStart(2, '0')).join('');

  it.each(hostile)('%s', (text) => {
    expect(printed(`SELECT a FROM t@${quoted(text)} WHERE a = ${literal(text)}`)).toBe(
      `SELECT "a" FROM "t"@${quoted(text)} WHERE ("a" = ${literal(text)})`,
    );
    expect(printed(`SELECT a FROM t@{FORCE_INDEX=${quoted(text)},ASC} AS ${quoted(text)}`)).toBe(
      `SELECT "a" FROM "t"@{FORCE_INDEX=${quoted(text)}, ASC} AS ${quoted(text)}`,
    );
    expect(printed(`SELECT ${bytes(text)}, 1 AS ${quoted(text)}`)).toBe(
      `SELECT CAST('\\x${hexOf(text)}' AS "bytea"), 1 AS ${quoted(text)}`,
    );
    expect(printed(`SELECT a FROM t AS OF SYSTEM TIME ${literal(text)} WHERE ${quoted(text)}`)).toBe(
      `SELECT "a" FROM "t" AS OF SYSTEM TIME ${literal(text)} WHERE ${quoted(text)}`,
    );
    expect(printed(`DELETE FROM ${quoted(text)} ORDER BY ${literal(text)}, ${quoted(text)} LIMIT 1`)).toBe(
      `DELETE FROM ${quoted(text)} ORDER BY ${literal(text)}, ${quoted(text)} LIMIT 1`,
    );
  });

  it('a byte literal whose backslash hides its quote ends where CockroachDB ends it', () => {
    expect(printed("SELECT b'\\', ' FROM secrets --'")).toBe(
      `SELECT CAST('\\x272c20' AS "bytea") FROM "secrets"`,
    );
  });
});

describe('random statements', () => {
  it('that are read are printed so that they read the same again, for both servers', {
    timeout: 120_000,
  }, () => {
    const outcomes = new Map<string, number>();
    fc.assert(
      fc.property(statement, (text) => {
        const refusal = refusalOf(() => {
          for (const { stmt } of parser.parse(text, 'cockroachdb')) checkPrinted(stmt);
          return undefined;
        });
        const code = refusal.split(':')[0] ?? '';
        outcomes.set(code, (outcomes.get(code) ?? 0) + 1);
      }),
      { numRuns: 2_000, seed: 3 },
    );
    expect(outcomes.get('not refused')).toBeGreaterThan(600);
  });

  it('have no tree in which a thing that was taken out hangs at two nodes', () => {
    const tree = JSON.stringify(readOne('SELECT a FROM t@i, t, t AS x WHERE EXISTS (SELECT 1 FROM t@j)'));
    expect(tree.match(/indexHint/g)).toHaveLength(2);
  });
});

function checkPrinted(stmt: Node): void {
  for (const server of ['cockroachdb', 'postgres'] as const)
    expect(refusalOf(() => printedTree(stmt, server))).not.toMatch(/CORDON_(?:VERIFY_FAILED|SYNTAX)/);
}
