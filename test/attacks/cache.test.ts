/**
 * A template that was made for one text must not answer for another as it would not be answered by itself. Every statement of the
 * attack cases and of the ordinary statements, and variants of each with hostile literals in the place of its own, is judged by a
 * guard that has judged all the others before, and by one that has judged nothing.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { type Catalog, relationKey } from '../../src/catalog/index.ts';
import { createGuard, type Guard } from '../../src/guard/guard.ts';
import type { Judged } from '../../src/guard/types.ts';
import { buildAccess, type LoadedPolicy } from '../../src/policy/index.ts';
import { createParser } from '../../src/sql/index.ts';
import { readOrdinary } from '../cases/ordinary.ts';
import { ALICE, BOB, shopPolicy } from '../worlds/shop-policy.ts';
import { embeddedWorld } from '../worlds/world.ts';
import { readAttackCases } from './case.ts';
import { catalogOf } from './guarded.ts';

const STRINGS = [
  "''",
  "'a'",
  "'alice@shop.test'",
  "'%x\\'",
  "'%\\\\'",
  "'it''s'",
  "'''; TRUNCATE orders; --'",
  "'$1'",
  "'cordon:new-row'",
  "'{1,2}'",
  "'2024-01-01'",
  "'public.orders'",
  "'invoices_2019'",
  "'search_path'",
  "'cordon.token'",
  "'\\'",
  "'%', 'x'",
  "E'\\\\'",
  "E'\\''",
  "'a' 'b'",
  "'a'\n'b'",
  "'é€😀'",
  "N'x'",
  '$$x$$',
  "'1 day'",
  "'0x41'",
];
const NUMBERS = [
  '0',
  '1',
  '3',
  '25',
  '2147483647',
  '2147483648',
  '9223372036854775807',
  '9223372036854775808',
  '99999999999999999999',
  '1.5',
  '.5',
  '5.',
  '1e3',
  '-1',
  '- 1',
  '- -1',
  '(-1)',
  '0x1F',
  '1_000',
  '1e400',
  '1 --x\n',
  '1/**/',
];

/** The same text with another literal in one place. */
function variants(text: string): readonly string[] {
  const places = [...text.matchAll(/'(?:[^']|'')*'|(?<![\w$.])\d+(?:\.\d+)?(?![\w.])/g)].slice(0, 6);
  return places.flatMap((place, index) => {
    const literals = place[0].startsWith("'") ? STRINGS : NUMBERS;
    // A sample that depends on the text alone, so that a failure can be run again.
    return literals
      .filter((_, at) => (at + index + text.length) % 3 === 0)
      .map((literal) => text.slice(0, place.index) + literal + text.slice(place.index + place[0].length));
  });
}

const TEXTS = [
  ...readAttackCases().flatMap((attack) => attack.steps.map((step) => step.text)),
  ...[...readOrdinary('reads.sql'), ...readOrdinary('writes.sql')].map((statement) => statement.text),
];

const parser = await createParser();

describe('a warm guard judges as a cold one', () => {
  let catalog: Catalog;
  let policy: LoadedPolicy;
  beforeAll(async () => {
    const world = await embeddedWorld('a');
    catalog = await catalogOf(world.connection);
    await world.stop();
    policy = shopPolicy('shop', 'mask');
    // Everything that is built when it is first asked for is built now.
    expect(buildAccess(policy, catalog).find('member', relationKey('public', 'orders'))).toBeDefined();
  });

  it('every statement, and variants of each with other literals', { timeout: 600_000 }, () => {
    const access = buildAccess(policy, catalog);
    const create = (templatesMax: number): Guard =>
      createGuard({ policy, catalog, access, parser, templatesMax });
    const warm = create(100_000);
    const all = TEXTS.flatMap((text) => [text, ...variants(text)]);
    // Twice, so that a template made late answers for a text that came early, and for another caller.
    for (const text of all) describeJudged(warm.session().judgeQuery(text, ALICE), BOB);
    const different: string[] = [];
    for (const text of all) {
      const known = describeJudged(warm.session().judgeQuery(text, ALICE), ALICE);
      const fresh = describeJudged(create(1).session().judgeQuery(text, ALICE), ALICE);
      if (known !== fresh) different.push(`${text}\n  warm: ${known}\n  cold: ${fresh}`);
    }
    expect(different.join('\n')).toBe('');
    expect(warm.templateCounts.hits).toBeGreaterThan(all.length / 2);
  });
});

/** What is sent for a caller, or why nothing is. */
function describeJudged(judged: Judged, principal: typeof ALICE): string {
  if (judged.kind === 'denied') return `${judged.error.code} ${judged.error.message}`;
  return (
    judged.statements
      .map(
        (one) =>
          `${one.kind} ${one.discardRows} ${one.effect.kind} ${one.textFor(principal)} | ${one.preparedText} ${one.claims}`,
      )
      .join('\n')
      // A zero keeps its sign in the text of a template; the value is the same.
      .replaceAll('(-0)', '0')
  );
}
