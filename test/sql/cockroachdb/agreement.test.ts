/**
 * Where the dialect adds nothing, its reader must change nothing; and what it delimits must be what PostgreSQL's own scanner
 * delimits in the text that it hands on.
 */
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CordonError } from '../../../src/errors/index.ts';
import { readCockroach } from '../../../src/sql/parse/cockroachdb/index.ts';
import { scan } from '../../../src/sql/parse/cockroachdb/scan.ts';
import { readAttackCases } from '../../attacks/case.ts';
import { ORDINARY_TEXTS } from '../../cases/ordinary.ts';
import { ScanOracle } from '../shape/scan-oracle.ts';
import { parser } from './read.ts';

const oracle = await ScanOracle.load();
const LIMITS = { commentNestingMax: 32, depthMax: 1_000 };

/** The trees without the names of types, which the dialects spell for themselves. */
function comparable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(comparable);
  if (typeof value !== 'object' || value === null) return value;
  const { typeName: _, TypeName: __, ...rest } = value as Record<string, unknown>;
  return Object.fromEntries(Object.entries(rest).map(([key, item]) => [key, comparable(item)]));
}

function goldenTexts(): string[] {
  const folder = new URL('../../golden/sql/', import.meta.url);
  return readdirSync(folder).flatMap((file) =>
    readFileSync(new URL(file, folder), 'utf8')
      .split('\n\n')
      .map((block) =>
        block
          .split('\n')
          .filter((line) => !line.startsWith('--'))
          .join('\n'),
      ),
  );
}

const TEXTS: readonly string[] = [
  ...goldenTexts(),
  ...readAttackCases().flatMap((attack) => attack.steps.map((step) => step.text)),
  ...ORDINARY_TEXTS,
];

const read = (text: string, dialect: 'postgres' | 'cockroachdb') => {
  try {
    return parser.parse(text, dialect);
  } catch (error) {
    if (error instanceof CordonError) return error.code;
    throw error;
  }
};

describe('texts without a form of CockroachDB', () => {
  it('have the same trees, unless they are refused or are definitions', () => {
    let same = 0;
    const different: string[] = [];
    const refused: string[] = [];
    for (const text of new Set(TEXTS)) {
      const plain = read(text, 'postgres');
      const ours = read(text, 'cockroachdb');
      if (typeof plain === 'string') continue;
      if (typeof ours === 'string') refused.push(`${ours} ${text}`);
      else if (
        JSON.stringify(ours).includes('DataDefinitionStmt') ||
        /\b[bBxX]'|RETURNING NOTHING/i.test(text)
      )
        continue;
      else if (JSON.stringify(comparable(plain)) === JSON.stringify(comparable(ours))) same += 1;
      else different.push(text);
    }
    expect(different).toEqual([]);
    expect(same).toBeGreaterThan(500);
    expect(refused.length).toBeLessThan(same / 5);
    // Numbers that CockroachDB's scanner does not know, and an index where a column stands.
    const unread = refused.filter((one) => one.startsWith('CORDON_SYNTAX') && !/1_000|amount@/.test(one));
    expect(unread).toEqual([]);
  });
});

interface Extent {
  readonly start: number;
  readonly end: number;
}

/** The tokens of PostgreSQL's scanner in bytes, comments left out. */
function theirs(text: string): readonly Extent[] | undefined {
  return oracle.tokens(text);
}

function ours(text: string): readonly Extent[] | undefined {
  try {
    return scan(text, LIMITS).map(({ byte, byteEnd }) => ({ start: byte, end: byteEnd }));
  } catch (error) {
    if (error instanceof CordonError) return undefined;
    throw error;
  }
}

const PIECES = [
  ...'\'"$;,.:()[]+-*/<>=~!@#%^&|?\\ \n\r\teExXbBnNuUaz0159',
  ...[
    "'a'",
    "'it''s'",
    "'\\'",
    "E'\\''",
    "e'\\\\'",
    "E'\\n'",
    '"a"',
    '"a""b"',
    '""',
    '$$',
    '$a$',
    '$$a$$',
    '$1',
  ],
  ...[
    '--',
    '-- a\n',
    '-- a\r',
    '-- a\r\n',
    '/*',
    '*/',
    '/* a */',
    '/* /* */ */',
    '::',
    ':::',
    '..',
    '1.5',
    '1e5',
  ],
  ...[
    '->',
    '->>',
    '#>',
    '||',
    '@>',
    '<@',
    '?|',
    '&&',
    '!~*',
    '<=',
    '<>',
    '!=',
    'select',
    'ab',
    'ä',
    'É',
    '€',
    'a$b',
  ],
];

describe('the scanner', () => {
  it('delimits every token as the one of PostgreSQL does, or refuses the text', () => {
    let compared = 0;
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...PIECES), { maxLength: 14 }), (pieces) => {
        const text = pieces.join('');
        const found = ours(text);
        if (found === undefined || found.length === 0 || /[bBxX]'|:::/.test(text)) return;
        const expected = theirs(text);
        if (expected === undefined) return;
        expect(found).toEqual(expected);
        compared += 1;
      }),
      { numRuns: 30_000, seed: 7 },
    );
    expect(compared).toBeGreaterThan(5_000);
  });

  it('the text that is handed on has the same length, and no token that reaches over a border', () => {
    const forms = [
      'UPSERT INTO',
      't@i',
      't@{FORCE_INDEX=i}',
      "AS OF SYSTEM TIME '-1s'",
      'INNER HASH JOIN',
      ':::INT',
      "b'\\''",
      "b'é'",
      "x'00'",
      'RETURNING NOTHING',
      'UPDATE t SET a = 1 LIMIT 1',
      'DELETE FROM t ORDER BY a',
      'BEGIN PRIORITY LOW',
      'SELECT',
      'FROM',
      'WHERE',
      '(',
      ')',
      ',',
      ';',
      "'ä'",
      '1',
      'a',
      '"ö"',
      '=',
      'ON true',
      'u',
    ];
    let handed = 0;
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...forms), { maxLength: 12 }), (pieces) => {
        const text = pieces.join(' ');
        let patched: string | undefined;
        try {
          readCockroach(text, LIMITS, (grammarText) => {
            patched ??= grammarText;
            return [];
          });
        } catch (error) {
          if (!(error instanceof CordonError)) throw error;
        }
        if (patched === undefined || patched.trim() === '') return;
        handed += 1;
        expect(new TextEncoder().encode(patched).length).toBe(new TextEncoder().encode(text).length);
        // Literals side by side are no statement; the reader misses the second one in the tree and refuses.
        const found = ours(patched);
        if (found !== undefined) expect(found).toEqual(theirs(patched));
      }),
      { numRuns: 5_000, seed: 11 },
    );
    expect(handed).toBeGreaterThan(1_000);
  });
});
