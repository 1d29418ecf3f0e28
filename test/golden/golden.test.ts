/**
 * What the guard makes of each statement stands in `sql/*.sql` and, for clients and a server of CockroachDB, in
 * `cockroachdb/*.sql`, to be read by eye. `npm run golden` writes the files anew.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Dialect } from '../../src/catalog/index.ts';
import { createParser } from '../../src/sql/index.ts';
import {
  type GoldenAnswer,
  type GoldenCase,
  type GoldenFile,
  parseGolden,
  renderGolden,
} from './golden-file.ts';
import { attackGround, type GoldenGround, ormGround } from './ground.ts';
import { hasParameters, judgeCase, textOf } from './judge-case.ts';

const WRITES = process.env.CORDON_GOLDEN === 'write';

const parser = await createParser();

it('golden files are never written in CI', () => {
  expect(WRITES && (process.env.CI ?? '') !== '').toBe(false);
});

describeFolder('sql', 'postgres');
describeFolder('cockroachdb', 'cockroachdb');

function describeFolder(folder: string, dialect: Dialect): void {
  const url = new URL(`${folder}/`, import.meta.url);
  describe(`golden ${folder}`, () => {
    const grounds = new Map<string, GoldenGround>();
    beforeAll(async () => {
      grounds.set('attacks', await attackGround(dialect));
      if (dialect === 'cockroachdb') grounds.set('orms', await ormGround(dialect));
    });
    for (const name of readdirSync(url).sort())
      it(name.replace(/\.sql$/, ''), () => judgeFile(new URL(name, url), grounds));
  });
}

function judgeFile(url: URL, grounds: ReadonlyMap<string, GoldenGround>): void {
  const text = readFileSync(url, 'utf8');
  const file = parseGolden(text);
  const rendered = renderGolden(file, answersOf(file, grounds));
  if (WRITES && (process.env.CI ?? '') === '') writeFileSync(url, rendered);
  else expect(rendered).toBe(text);
}

function answersOf(file: GoldenFile, grounds: ReadonlyMap<string, GoldenGround>): readonly GoldenAnswer[] {
  return file.cases.map((one) => {
    const ground = grounds.get(one.options.policy === 'orms' ? 'orms' : 'attacks');
    if (ground === undefined) throw new Error('no such ground');
    return answerOf(one, ground);
  });
}

function answerOf(one: GoldenCase, ground: GoldenGround): GoldenAnswer {
  const judged = judgeCase(one, ground, parser);
  if (judged.kind === 'denied') {
    const { sqlstate, code, message } = judged.error;
    return { outcome: 'deny', sqlstate, code, message };
  }
  const texts = judged.statements.map((statement) => textOf(statement, one, ground));
  const [first] = judged.statements;
  const effect = first?.effect.kind ?? 'none';
  const notes = [
    ...(first?.discardRows === true ? ['rows dropped'] : []),
    ...(effect === 'none' ? [] : [`effect ${effect}`]),
    ...(hasParameters(one) && (first?.claims.length ?? 0) > 0 ? [`claims ${first?.claims.join(' ')}`] : []),
  ];
  return { outcome: 'allow', notes, sql: texts.join('; ') };
}
