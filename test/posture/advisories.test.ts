import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ADVISORIES, advisoriesFor, FINDINGS, readVersion } from '../../src/posture/index.ts';

function of(text: string): readonly string[] {
  const version = readVersion(text);
  return version === undefined ? ['unknown'] : advisoriesFor(version).map(({ id }) => id);
}
const cockroach = (number: string) =>
  of(`CockroachDB CCL v${number} (x86_64-pc-linux-gnu, built 2026/05/01 00:00:00, go1.25)`);
const postgres = (number: string) =>
  of(`PostgreSQL ${number} (Debian ${number}-1.pgdg12+1) on x86_64-pc-linux-gnu`);

describe('advisories of CockroachDB, from its documentation, not run', () => {
  it.each([
    '26.1.1',
    '26.1.0-rc.1',
    '25.4.6',
    '25.3.9',
    '25.2.15',
    '25.1.0',
    '24.3.29',
    '24.1.26',
    '23.2.29',
    '22.2.0',
  ])('S-26052016 is met on %s', (number) => expect(cockroach(number)).toContain('S-26052016'));

  it.each(['26.2.0', '26.2.0-alpha.1', '26.1.2', '25.4.7', '25.2.16', '24.3.30', '24.1.27', '23.2.30'])(
    'S-26052016 is repaired in %s',
    (number) => expect(cockroach(number)).not.toContain('S-26052016'),
  );

  it('all of 25.2 lets predicates run before the policy, and nothing later does', () => {
    for (const number of ['25.2.0-beta.1', '25.2.0', '25.2.18'])
      expect(cockroach(number)).toContain('147348');
    for (const number of ['25.1.9', '25.3.0', '26.1.4']) expect(cockroach(number)).not.toContain('147348');
  });

  it('settings of another session in a function: from patch to patch', () => {
    const met = [
      '23.2.22',
      '23.2.26',
      '24.1.14',
      '24.1.19',
      '24.3.9',
      '24.3.14',
      '25.1.2',
      '25.1.7',
      '25.2.0',
    ];
    const not = [
      '23.2.21',
      '23.2.27',
      '24.1.13',
      '24.1.20',
      '24.3.8',
      '24.3.15',
      '25.1.8',
      '25.2.2',
      '25.3.0',
      '24.2.5',
    ];
    for (const number of met) expect(cockroach(number), number).toContain('147186');
    for (const number of not) expect(cockroach(number), number).not.toContain('147186');
  });

  it('plain views change with 26.2', () => {
    expect(cockroach('26.2.0')).toEqual(['164664']);
    expect(cockroach('26.1.4')).toEqual(['164664, on upgrade']);
  });

  it('before 25.2 there is no row-level security', () => {
    expect(cockroach('24.3.30')).toContain('73596');
    expect(cockroach('25.2.18')).not.toContain('73596');
  });
});

describe('advisories of PostgreSQL', () => {
  it.each(['18.2', '17.8', '16.12', '15.16', '14.21', '19.0'])('none is known for %s', (number) => {
    expect(postgres(number)).toEqual([]);
  });

  it.each([
    ['18.1', ['CVE-2026-2006']],
    ['15.15', ['CVE-2026-2006']],
    ['15.13', ['CVE-2026-2006', 'CVE-2025-8713']],
    ['16.0', ['CVE-2026-2006', 'CVE-2025-8713', 'CVE-2024-10976', 'CVE-2023-5869']],
    ['15.3', ['CVE-2026-2006', 'CVE-2025-8713', 'CVE-2024-10976', 'CVE-2023-5869', 'CVE-2023-39418']],
    ['13.22', ['CVE-2026-2006']],
    ['10.5', ['CVE-2026-2006', 'CVE-2025-8713', 'CVE-2024-10976', 'CVE-2023-5869', 'CVE-2023-2455']],
    ['18beta2', ['CVE-2026-2006']],
  ])('%s has %j', (number, ids) => expect(postgres(number)).toEqual(ids));
});

it('a text that is no version gives no answer', () => {
  for (const text of ['', 'MariaDB 11.2', 'CockroachDB CCL', 'PostgreSQL'])
    expect(readVersion(text)).toBeUndefined();
});

it('each advisory has an id of its own and a page of its maker', () => {
  expect(new Set(ADVISORIES.map(({ id }) => id)).size).toBe(ADVISORIES.length);
  for (const { source } of ADVISORIES)
    expect(source).toMatch(
      /^https:\/\/(www\.postgresql\.org|www\.cockroachlabs\.com|github\.com\/cockroachdb)\//,
    );
});

it('each finding is met by a test', () => {
  const folder = new URL('.', import.meta.url);
  const texts = [
    ...readdirSync(folder).map((name) => new URL(name, folder)),
    new URL('../cli/serve.test.ts', folder),
    new URL('../cli/upstream.test.ts', folder),
  ]
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');
  expect(Object.keys(FINDINGS).filter((code) => !texts.includes(code))).toEqual([]);
});
