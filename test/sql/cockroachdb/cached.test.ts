/**
 * A template that was made for one text of the dialect must not answer for another as it would not be answered by itself: statements
 * and variants of them with other literals are judged by a guard that has judged all the others before, and by a new one.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Catalog } from '../../../src/catalog/index.ts';
import { createGuard, type Guard } from '../../../src/guard/guard.ts';
import type { Judged } from '../../../src/guard/types.ts';
import { buildAccess } from '../../../src/policy/index.ts';
import { catalogOf } from '../../attacks/guarded.ts';
import { ORDINARY_TEXTS } from '../../cases/ordinary.ts';
import { ALICE, shopPolicy } from '../../worlds/shop-policy.ts';
import { embeddedWorld } from '../../worlds/world.ts';
import { parser } from './read.ts';

const FORMS = [
  "SELECT id FROM orders@primary WHERE amount = 5 AND crdb_region = 'eu'",
  "SELECT id FROM orders@{NO_FULL_SCAN} WHERE amount = 5 AND crdb_region = 'eu'",
  "SELECT o.id, 'x' FROM orders AS o INNER HASH JOIN products AS p ON p.id = o.id WHERE p.name = 'a' LIMIT 3",
  "SELECT id, amount:::INT, 'a':::STRING FROM orders WHERE crdb_region LIKE 'e%' ORDER BY 1 LIMIT 10",
  "SELECT id FROM orders WHERE amount = 5::INT AND crdb_region = 'a'::STRING(3)",
  "SELECT name FROM products WHERE name = b'x'::STRING OR price = 3",
  "SELECT name FROM products WHERE name LIKE 'x%' ESCAPE '!' AND price IN (1, 2, 3)",
  "SELECT if(amount > 3, 'a', 'b') FROM orders WHERE id = ANY (ARRAY[1, 2])",
  "SELECT id FROM orders AS OF SYSTEM TIME '-1s' WHERE amount = 5",
  "UPDATE orders SET amount = 7 WHERE crdb_region = 'eu' ORDER BY id LIMIT 2",
  "UPDATE orders@primary SET amount = 7 WHERE crdb_region = 'eu' RETURNING NOTHING",
  "DELETE FROM orders WHERE crdb_region = 'eu' AND amount = 5 LIMIT 1",
  "INSERT INTO orders (id, amount, crdb_region) VALUES (77, 5, 'eu') RETURNING NOTHING",
  "UPSERT INTO orders (id, amount, crdb_region) VALUES (77, 5, 'eu')",
  "WITH x AS (SELECT id, 'q' AS q FROM orders@primary WHERE amount > 3) SELECT q FROM x WHERE id = 1",
  "SELECT e'a\\\\b', 'a', 1.5 FROM orders WHERE id = 1",
  'BEGIN PRIORITY HIGH; SELECT id FROM orders WHERE amount = 5; COMMIT',
  "SET TIME ZONE INTERVAL '+01:00' HOUR TO MINUTE",
  'EXPLAIN SELECT id FROM orders@primary WHERE amount = 5',
  'PREPARE p (INT, STRING) AS SELECT id FROM orders WHERE amount = $1 AND crdb_region = $2',
];

const STRINGS = [
  "''",
  "'eu'",
  "'it''s'",
  "'\\'",
  "'%\\'",
  "'%, --'",
  "'-2s'",
  "'$1'",
  "'public.orders'",
  "'é€😀'",
  "e'\\\\'",
  "e'\\n'",
  "b'x'",
  "x'00'",
  "'a'\n'b'",
  "'a' 'b'",
  '$$x$$',
  '$1',
  'NULL',
];
const NUMBERS = [
  '0',
  '1',
  '3',
  '2147483647',
  '2147483648',
  '9223372036854775808',
  '1.5',
  '.5',
  '-1',
  '- -1',
  '0x1F',
  '1e3',
  '1_0',
  '1 --x\n',
  '@1',
  '1:::INT',
];

/** The same text with another literal in one place. */
function variants(text: string): readonly string[] {
  const places = [...text.matchAll(/(?<![bxe])'(?:[^']|'')*'|(?<![\w$.])\d+(?:\.\d+)?(?![\w.])/g)].slice(
    0,
    5,
  );
  return places.flatMap((place, index) => {
    const literals = place[0].startsWith("'") ? STRINGS : NUMBERS;
    // A sample that depends on the text alone, so that a failure can be run again.
    return literals
      .filter((_, at) => (at + index + text.length) % 2 === 0)
      .map((literal) => text.slice(0, place.index) + literal + text.slice(place.index + place[0].length));
  });
}

function describeJudged(judged: Judged): string {
  if (judged.kind === 'denied') return `${judged.error.code} ${judged.error.message}`;
  return judged.statements
    .map(
      (one) =>
        `${one.kind} ${one.discardRows} ${one.effect.kind} ${one.textFor(ALICE)} | ${one.preparedText} ${one.claims}`,
    )
    .join('\n')
    .replaceAll('(-0)', '0');
}

describe('a warm guard judges the dialect as a cold one', () => {
  const catalogs = new Map<string, Catalog>();
  beforeAll(async () => {
    const world = await embeddedWorld('a');
    for (const dialect of ['cockroachdb', 'postgres'] as const)
      catalogs.set(dialect, await catalogOf(world.connection, { dialect }));
    await world.stop();
  });

  it.each(['cockroachdb', 'postgres'])('before a server of %s', { timeout: 300_000 }, (server) => {
    const catalog = catalogs.get(server);
    if (catalog === undefined) throw new Error('no catalog');
    const policy = shopPolicy('shop', 'mask');
    const access = buildAccess(policy, catalog);
    const create = (templatesMax: number): Guard =>
      createGuard({ policy, catalog, access, parser, templatesMax, dialect: 'cockroachdb' });
    const warm = create(100_000);
    const all = [
      ...FORMS,
      ...FORMS.flatMap(variants),
      ...ORDINARY_TEXTS,
      ...ORDINARY_TEXTS.slice(0, 60).flatMap(variants),
    ];
    for (const text of all) warm.session().judgeQuery(text, ALICE);
    const different: string[] = [];
    const outcomes = new Map<string, number>();
    for (const text of all) {
      const known = describeJudged(warm.session().judgeQuery(text, ALICE));
      const fresh = describeJudged(create(1).session().judgeQuery(text, ALICE));
      if (known !== fresh) different.push(`${text}\n  warm: ${known}\n  cold: ${fresh}`);
      const outcome = /^CORDON_\w+/.exec(known)?.[0] ?? 'allowed';
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    }
    expect(different.join('\n')).toBe('');
    expect(outcomes.get('allowed')).toBeGreaterThan(200);
    expect(warm.templateCounts.hits).toBeGreaterThan(200);
  });
});
