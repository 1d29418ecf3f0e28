/**
 * What the guard makes of each statement stands in `sql/*.sql`, to be read by eye. `npm run golden` writes the files anew.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Catalog } from '../../src/catalog/index.ts';
import { createGuard } from '../../src/guard/guard.ts';
import type { Judged } from '../../src/guard/types.ts';
import { createParser } from '../../src/sql/index.ts';
import type { Person } from '../attacks/case.ts';
import { catalogOf, PRINCIPALS } from '../attacks/guarded.ts';
import { type HiddenMode, shopPolicy } from '../worlds/shop-policy.ts';
import { embeddedWorld } from '../worlds/world.ts';
import {
  type GoldenAnswer,
  type GoldenCase,
  type GoldenFile,
  parseGolden,
  renderGolden,
} from './golden-file.ts';

const FOLDER = new URL('sql/', import.meta.url);
const WRITES = process.env.CORDON_GOLDEN === 'write';

let catalog: Catalog;
const parser = await createParser();

beforeAll(async () => {
  const world = await embeddedWorld('a');
  catalog = await catalogOf(world.connection);
  await world.stop();
});

it('golden files are never written in CI', () => {
  expect(WRITES && (process.env.CI ?? '') !== '').toBe(false);
});

describe('golden SQL', () => {
  for (const name of readdirSync(FOLDER).sort()) {
    it(name.replace(/\.sql$/, ''), () => {
      const url = new URL(name, FOLDER);
      const text = readFileSync(url, 'utf8');
      const file = parseGolden(text);
      const rendered = renderGolden(file, answersOf(file));
      if (WRITES && (process.env.CI ?? '') === '') writeFileSync(url, rendered);
      else expect(rendered).toBe(text);
    });
  }
});

function answersOf(file: GoldenFile): readonly GoldenAnswer[] {
  return file.cases.map(answerOf);
}

/** Each case is judged by a guard of its own, so that none depends on the one before it. */
function answerOf(one: GoldenCase): GoldenAnswer {
  const hidden: HiddenMode = one.options.hidden === 'refuse' ? 'refuse' : 'mask';
  const guard = createGuard({ policy: shopPolicy(one.options.policy ?? 'shop', hidden), catalog, parser });
  const session = guard.session();
  const principal = PRINCIPALS[one.principal as Person];
  for (const before of (one.options.after ?? '').split(';').filter((text) => text !== '')) {
    session.judgeQuery(before.replaceAll('_', ' '), principal);
  }
  const judged = one.statement.includes('$')
    ? session.judgeStatement(one.statement, principal)
    : session.judgeQuery(one.statement, principal);
  return describeJudged(judged, one);
}

function describeJudged(judged: Judged, one: GoldenCase): GoldenAnswer {
  if (judged.kind === 'denied') {
    const { sqlstate, code, message } = judged.error;
    return { outcome: 'deny', sqlstate, code, message };
  }
  const principal = PRINCIPALS[one.principal as Person];
  const texts = judged.statements.map((statement) =>
    one.statement.includes('$') ? statement.preparedText : statement.textFor(principal),
  );
  const [first] = judged.statements;
  const effect = first?.effect.kind ?? 'none';
  const notes = [
    ...(first?.discardRows === true ? ['rows dropped'] : []),
    ...(effect === 'none' ? [] : [`effect ${effect}`]),
    ...(one.statement.includes('$') && (first?.claims.length ?? 0) > 0
      ? [`claims ${first?.claims.join(' ')}`]
      : []),
  ];
  return { outcome: 'allow', notes, sql: texts.join('; ') };
}
