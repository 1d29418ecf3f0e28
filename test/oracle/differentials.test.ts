/**
 * Texts that Postgres and CockroachDB both read: where the readings differ, Cordon refuses the text or reads it as
 * CockroachDB does; where they are the same, it reads it.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { expect, it } from 'vitest';
import { describeWith, requirement } from '../databases/index.ts';
import { FORMS, pairsOf, SAMPLES, triplesOf } from './forms.ts';
import { shown } from './grouping.ts';
import { buildOracle } from './oracle.ts';
import { isDifferential, isMisread, isRefusedWrongly, type Readings, readAll } from './readings.ts';

const FILE = new URL('differentials.sql', import.meta.url);
const WRITES = process.env.CORDON_GOLDEN === 'write' && (process.env.CI ?? '') === '';

describeWith([requirement('Go', buildOracle())], 'two grammars', () => {
  it('pairs of operators that group differently are refused, all others are read', () => {
    const pairs = FORMS.flatMap((first) => FORMS.flatMap((second) => pairsOf(first, second)));
    judge(pairs, 500);
  }, 120_000);

  it('triples of operators that group differently are refused, all others are read', () => {
    const triples = SAMPLES.flatMap((first) =>
      SAMPLES.flatMap((second) => SAMPLES.flatMap((third) => triplesOf(first, second, third))),
    );
    judge(triples, 2000);
  }, 240_000);

  it('operators that one lexer cuts otherwise than the other are refused', () => {
    const units = [...'+-*/<>=~!@#%^&|?:'];
    const operators = units.flatMap((a) => [
      a,
      ...units.flatMap((b) => [a + b, ...units.map((c) => a + b + c)]),
    ]);
    const texts = operators
      .filter((operator) => !/--|\/\*/.test(operator))
      .flatMap((operator) => [`a ${operator} b`, `a ${operator}1`, `${operator} b`, `${operator}1`]);
    judge(texts, 250);
  }, 120_000);

  it('the reviewed texts are read as the file says', () => {
    const written = readFileSync(FILE, 'utf8');
    const [title = '', ...blocks] = written.trimEnd().split('\n\n');
    const cases = blocks.map(parseBlock);
    const readings = readAll(cases.map(({ text }) => text));
    const rendered = `${[title, ...cases.map((one, i) => renderBlock(one.why, readings[i]))].join('\n\n')}\n`;
    if (WRITES) writeFileSync(FILE, rendered);
    else expect(rendered).toBe(written);
    expect(readings.filter(isMisread).map(({ text }) => text)).toEqual([]);
  });
});

/** `least`: differentials that must be among the texts, so that the test cannot run dry. */
function judge(expressions: readonly string[], least: number): void {
  const readings = readAll([...new Set(expressions)].map((expression) => `SELECT ${expression}`));
  expect(readings.filter(isDifferential).length).toBeGreaterThan(least);
  expect(sample(readings.filter(isMisread))).toEqual([]);
  expect(sample(readings.filter(isRefusedWrongly))).toEqual([]);
}

/** Enough of a long list to see what is wrong. */
const sample = (readings: readonly Readings[]): readonly string[] =>
  readings.map(({ text }) => text).filter((_, i) => i % Math.ceil(readings.length / 20) === 0);

interface Block {
  readonly why: string;
  readonly text: string;
}

function parseBlock(block: string): Block {
  const lines = block.split('\n');
  const why = lines.filter(
    (line) => line.startsWith('-- ') && !/^-- (?:(?:Both|Postgres|CockroachDB):|=>)/.test(line),
  );
  const text = lines.filter((line) => !line.startsWith('-- '));
  return { why: why.join('\n'), text: text.join('\n').replace(/;$/, '') };
}

function renderBlock(why: string, readings: Readings | undefined): string {
  if (readings === undefined) throw new Error('a text without readings');
  const { text, postgres, cockroach, cordon } = readings;
  const isSame = isDeepStrictEqual(postgres, cockroach);
  const lines = isSame
    ? [`-- Both: ${shown(postgres)}`]
    : [`-- Postgres: ${shown(postgres)}`, `-- CockroachDB: ${shown(cockroach)}`];
  return [why, `${text};`, ...lines, `-- => ${cordon === undefined ? 'refused' : 'read'}`].join('\n');
}
