/**
 * What the guard makes of each statement stands in `sql/*.sql` and, for clients and a server of CockroachDB, in
 * `cockroachdb/*.sql`, to be read by eye. `npm run golden` writes the files anew.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Dialect } from '../../src/catalog/index.ts';
import { createGuard } from '../../src/guard/guard.ts';
import type { Judged } from '../../src/guard/types.ts';
import type { Principal } from '../../src/policy/index.ts';
import { createParser } from '../../src/sql/index.ts';
import {
  type GoldenAnswer,
  type GoldenCase,
  type GoldenFile,
  parseGolden,
  renderGolden,
} from './golden-file.ts';
import { attackGround, type GoldenGround, ormGround } from './ground.ts';

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

/** Each case is judged by a guard of its own, so that none depends on the one before it. */
function answerOf(one: GoldenCase, ground: GoldenGround): GoldenAnswer {
  const guard = createGuard({ policy: ground.policyOf(one), catalog: ground.catalog, parser });
  const session = guard.session();
  const principal = ground.principalOf(one);
  for (const before of (one.options.after ?? '').split(';').filter((text) => text !== '')) {
    session.judgeQuery(before.replaceAll('_', ' '), principal);
  }
  const judged = hasParameters(one)
    ? session.judgeStatement(one.statement, principal)
    : session.judgeQuery(one.statement, principal);
  return describeJudged(judged, one, principal);
}

const hasParameters = (one: GoldenCase): boolean => /\$\d/.test(one.statement);

function describeJudged(judged: Judged, one: GoldenCase, principal: Principal): GoldenAnswer {
  if (judged.kind === 'denied') {
    const { sqlstate, code, message } = judged.error;
    return { outcome: 'deny', sqlstate, code, message };
  }
  const prepared = hasParameters(one);
  const texts = judged.statements.map((statement) =>
    prepared ? statement.preparedText : statement.textFor(principal),
  );
  const [first] = judged.statements;
  const effect = first?.effect.kind ?? 'none';
  const notes = [
    ...(first?.discardRows === true ? ['rows dropped'] : []),
    ...(effect === 'none' ? [] : [`effect ${effect}`]),
    ...(prepared && (first?.claims.length ?? 0) > 0 ? [`claims ${first?.claims.join(' ')}`] : []),
  ];
  return { outcome: 'allow', notes, sql: texts.join('; ') };
}
