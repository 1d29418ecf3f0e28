import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { readAttackCases } from './case.ts';

/** Entries whose test is a program of a library: what its text calls the entry is beside the statements. */
const BY_LIBRARIES: Readonly<Record<string, readonly [file: string, words: string]>> = {
  A163: ['orms/apps/kysely.ts', 'sql.raw'],
  A164: ['orms/apps/drizzle.ts', 'a hidden column'],
  A166: ['orms/apps/prisma.ts', 'include: { author: true }'],
  A167: ['orms/apps/prisma.ts', 'createMany'],
  A168: [
    'drivers/python/sqlalchemy_session.py',
    'connection.execute(text("SELECT DISTINCT user_id FROM orders"))',
  ],
};

/** Entries of the catalogue that this part answers for: SQL, protocol, drivers, and CockroachDB's own ways. */
const ENTRIES = range(1, 195).map((number) => `A${String(number).padStart(3, '0')}`);

function range(from: number, to: number): readonly number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

it('every entry of the catalogue has a case here, or a test that names it', () => {
  const cases = new Set(readAttackCases().map(({ id }) => id));
  const named = textOfTests();
  expect(ENTRIES.filter((id) => !cases.has(id) && !named.includes(id) && !(id in BY_LIBRARIES))).toEqual([]);
});

it('what the programs of libraries are said to do is in them', () => {
  const missing = Object.entries(BY_LIBRARIES).filter(
    ([, [file, words]]) => !readFileSync(new URL(`../${file}`, import.meta.url), 'utf8').includes(words),
  );
  expect(missing).toEqual([]);
});

it('a case has an id of its own, a reason, and statements', () => {
  const cases = readAttackCases();
  expect(new Set(cases.map(({ id }) => id)).size).toBe(cases.length);
  expect(cases.filter(({ why, steps }) => why === '' || steps.length === 0)).toEqual([]);
});

it('what the threat model and the limits name exists', () => {
  const known = new Set(readAttackCases().map(({ id }) => id));
  const named = textOfTests();
  for (const page of ['threat-model', 'limits']) {
    const text = readFileSync(new URL(`../../docs/reference/${page}.md`, import.meta.url), 'utf8');
    const variants = [...text.matchAll(/\bA\d{3}\.\d+\b/g)].map(([id]) => id);
    expect(variants.filter((id) => !known.has(id) && !named.includes(id))).toEqual([]);
  }
});

/** The text of every other test. */
function textOfTests(): string {
  return testsIn(new URL('../', import.meta.url))
    .filter((file) => !file.pathname.endsWith('/attacks/catalogue.test.ts'))
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');
}

/** What is installed for tests, which may hold a link back to here, is none of them. */
function testsIn(folder: URL): readonly URL[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.isDirectory() && entry.name !== 'node_modules' && !entry.name.startsWith('.'))
      return testsIn(new URL(`${entry.name}/`, folder));
    return entry.isFile() && /\.(test\.ts|txt)$/.test(entry.name) ? [new URL(entry.name, folder)] : [];
  });
}
