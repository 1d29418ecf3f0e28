import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const GOLDEN = new URL('../golden/cockroachdb/', import.meta.url);

/** The forms of the dialect, which no library sent. */
const FORMS = 'dialect.sql';

/** What is refused of all that the libraries send, and why that is no loss. */
const REFUSED = new Map([
  // EXPLAIN is for service roles: a plan tells how many rows others have (docs/decisions/0005).
  ['django: A plan.', 'CORDON_STATEMENT_DENIED'],
  // The relation has two keys and no target is named: Postgres gives no way to look at the row in the way.
  ['drizzle: A conflict is ignored.', 'CORDON_UNSUPPORTED'],
]);

/** Comments and definitions of what may be hidden; asked for by migrations and generators, not by a running program. */
const OF_INTROSPECTION = [
  'kysely: The tables and their columns.',
  'sqlalchemy-psycopg: The checks of a table.',
  'sqlalchemy-psycopg: The foreign keys of a table.',
  'sqlalchemy-psycopg: The indexes of a table.',
  'typeorm: The schema is compared and made.',
];

it('no statement that a running program sends is refused, but for two of which the reason is known', () => {
  const libraries = readdirSync(GOLDEN).filter((name) => name !== FORMS);
  const refused = libraries.flatMap((name) =>
    refusalsIn(name.replace(/\.sql$/, ''), readFileSync(new URL(name, GOLDEN), 'utf8')),
  );
  const isIntrospection = ([what]: readonly [string, string]): boolean => OF_INTROSPECTION.includes(what);
  expect(new Map(refused.filter((one) => !isIntrospection(one)))).toEqual(REFUSED);
  expect([...new Set(refused.filter(isIntrospection).map(([what]) => what))].sort()).toEqual(
    OF_INTROSPECTION,
  );
});

function refusalsIn(library: string, text: string): readonly (readonly [string, string])[] {
  return text.split('\n\n').flatMap((block) => {
    const refused = /^-- => deny \w+ (\w+)$/m.exec(block);
    if (refused === null || !block.includes('policy=orms')) return [];
    const [why = ''] = block.split('\n');
    return [[`${library}: ${why.slice('-- '.length)}`, refused[1] ?? ''] as const];
  });
}
