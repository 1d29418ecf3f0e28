/**
 * A template that was made for one text must not answer for another as it would not be answered by itself. Every statement of the
 * attack cases and of the ordinary statements, and variants of each with hostile literals in the place of its own, is judged by a
 * guard that has judged all the others before, and by one that has judged nothing.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Catalog } from '../../src/catalog/index.ts';
import { createGuard, type Guard } from '../../src/guard/guard.ts';
import type { Judged } from '../../src/guard/types.ts';
import { buildAccess, type Principal } from '../../src/policy/index.ts';
import { createParser } from '../../src/sql/index.ts';
import { ORDINARY_TEXTS } from '../cases/ordinary.ts';
import { ALICE, NOBODY, shopPolicy } from '../worlds/shop-policy.ts';
import { embeddedWorld } from '../worlds/world.ts';
import { type AttackCase, readAttackCases } from './case.ts';
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

const CASES = readAttackCases();
const textsOf = (cases: readonly AttackCase[]) =>
  cases.flatMap((attack) => attack.steps.map((step) => step.text));

/** Whose statements, under which policy. */
const SETTINGS = [
  {
    name: 'every statement of alice',
    policy: shopPolicy('shop', 'mask'),
    principal: ALICE,
    texts: [...textsOf(CASES), ...ORDINARY_TEXTS],
  },
  {
    name: 'look-ups of nobody',
    policy: shopPolicy('login', 'mask'),
    principal: NOBODY,
    texts: textsOf(CASES.filter((attack) => attack.directives.policy === 'login')),
  },
  {
    name: 'columns where relations refuse',
    policy: shopPolicy('cities', 'refuse'),
    principal: ALICE,
    texts: textsOf(
      CASES.filter((attack) => attack.file.startsWith('03') || attack.directives.policy === 'cities'),
    ),
  },
] as const;

const parser = await createParser();

describe('a warm guard judges as a cold one', () => {
  let catalog: Catalog;
  beforeAll(async () => {
    const world = await embeddedWorld('a');
    catalog = await catalogOf(world.connection);
    await world.stop();
  });

  for (const { name, policy, principal, texts } of SETTINGS) {
    it(`${name}, and variants with other literals`, { timeout: 600_000 }, () => {
      const access = buildAccess(policy, catalog);
      const create = (templatesMax: number): Guard =>
        createGuard({ policy, catalog, access, parser, templatesMax });
      const warm = create(100_000);
      const all = texts.flatMap((text) => [text, ...variants(text)]);
      // Twice, so that a template made late answers for a text that came early.
      for (const text of all) warm.session().judgeQuery(text, principal);
      const different: string[] = [];
      for (const text of all) {
        const known = describeJudged(warm.session().judgeQuery(text, principal), principal);
        const fresh = describeJudged(create(1).session().judgeQuery(text, principal), principal);
        if (known !== fresh) different.push(`${text}\n  warm: ${known}\n  cold: ${fresh}`);
      }
      expect(different.join('\n')).toBe('');
      expect(warm.templateCounts.hits).toBeGreaterThan(0);
    });
  }
});

/** What is sent for a caller, or why nothing is. */
function describeJudged(judged: Judged, principal: Principal): string {
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
