/** What `cordon rls` refuses, warns of and says. */
import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readTargetVersion, versionName } from '../../src/rls/index.ts';
import { cordon, scratchFile } from '../cli/run.ts';

const SCHEMA = `
CREATE TABLE notes (id int PRIMARY KEY, owner int, kept text);
CREATE VIEW shown AS SELECT id FROM notes;
CREATE TABLE aside (id int PRIMARY KEY);`;

const policy = (claims: string, rest = ''): string => `version: 1
identity:
  token: { issuer: x, audience: y, secretEnv: SECRET }
  claims: { ${claims} }
relations:
  notes: { rules: [{ for: member, rows: "owner = :me", read: [id], write: [kept] }] }
${rest}`;

function subject(text: string): readonly string[] {
  const [policyFile, schemaFile] = [scratchFile('cordon.yaml'), scratchFile('schema.sql')];
  writeFileSync(policyFile, text);
  writeFileSync(schemaFile, SCHEMA);
  return ['--policy', policyFile, '--schema', schemaFile];
}

const ME = 'me: { from: sub, type: int }';

describe('a version', () => {
  it.each([
    ['postgres', '15', 'PostgreSQL 15'],
    ['postgres', '15.18', 'PostgreSQL 15.18'],
    ['cockroachdb', '25.4', 'CockroachDB 25.4'],
    ['cockroachdb', 'v25.2.3', 'CockroachDB 25.2.3'],
  ] as const)('of %s is read from %s', (dialect, text, name) => {
    expect(versionName(readTargetVersion(dialect, text))).toBe(name);
  });

  it.each([
    ['cockroachdb', '24.3.9', 'CORDON_RLS_UNSUPPORTED'],
    ['cockroachdb', '25.1', 'CORDON_RLS_UNSUPPORTED'],
    ['postgres', '9.6', 'CORDON_RLS_UNSUPPORTED'],
    ['cockroachdb', '25', 'CORDON_RLS_VERSION_UNKNOWN'],
    ['postgres', 'latest', 'CORDON_RLS_VERSION_UNKNOWN'],
    ['postgres', '15.1-rc', 'CORDON_RLS_VERSION_UNKNOWN'],
    ['postgres', "15'; DROP TABLE x", 'CORDON_RLS_VERSION_UNKNOWN'],
  ] as const)('of %s, %s, is refused', (dialect, text, code) => {
    expect(() => readTargetVersion(dialect, text)).toThrow(expect.objectContaining({ code }));
  });
});

// Each command starts a database of its own.
describe('cordon rls', { timeout: 120_000 }, () => {
  it('refuses a CockroachDB that has no row-level security', async () => {
    const { code, out, err } = await cordon([
      'rls',
      ...subject(policy(ME)),
      '--dialect',
      'cockroachdb',
      '--version',
      '24.3.9',
    ]);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toMatch(/^CORDON_RLS_UNSUPPORTED\n/);
  });

  it('warns of versions with faults that row-level security meets', async () => {
    const given = ['rls', ...subject(policy(ME)), '--dialect', 'cockroachdb', '--version'];
    expect((await cordon([...given, '25.2.9'])).err).toContain(
      'lets a predicate of the user run before the policy',
    );
    expect((await cordon([...given, '26.2'])).err).not.toContain('before the policy');
  });

  it('asks for the version where the database is another one', async () => {
    const { code, err } = await cordon(['rls', ...subject(policy(ME)), '--dialect', 'cockroachdb']);
    expect(code).toBe(2);
    expect(err).toContain('give the `--version` of the database');
  });

  it.each([
    ['role', 'me: { from: sub, type: int }, role: { from: r, type: text }'],
    ['token', 'me: { from: sub, type: int }, token: { from: r, type: text }'],
    ['ME', 'me: { from: sub, type: int }, ME: { from: r, type: text }'],
    ['lookup_x', 'me: { from: sub, type: int }, lookup_x: { from: r, type: text }'],
  ])('refuses a claim called %s, whose setting would be another one', async (name, claims) => {
    const { code, err } = await cordon(['rls', ...subject(policy(claims)), '--version', '15.18']);
    expect(code).toBe(1);
    expect(err).toContain('CORDON_RLS_SETTING');
    expect(err).toContain(`\`${name}\``);
  });

  it('tells the mistakes of a policy that does not fit the database, and prints nothing', async () => {
    const wrong = policy(ME).replace('owner', 'onwer');
    const { code, out, err } = await cordon(['rls', ...subject(wrong), '--version', '15.18']);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain('CORDON_POLICY_INVALID');
  });

  it('closes what no rule opens, and views, on which no policy can stand', async () => {
    const open = policy(ME, '  shown: { rules: [{ for: member, rows: all, read: all }] }');
    const { out } = await cordon(['rls', ...subject(open), '--version', '15.18', '--role', 'one', 'two']);
    expect(out).toContain('REVOKE ALL ON TABLE "public"."aside" FROM PUBLIC, "one", "two";');
    expect(out).toContain('REVOKE ALL ON TABLE "public"."shown" FROM PUBLIC, "one", "two";');
    expect(out).toContain('`public.shown` is no table');
    expect(out).toContain('TO "one", "two"\n');
    expect(out).not.toMatch(/TO PUBLIC/i);
  });

  it('--diff takes no other database', async () => {
    const { code, err } = await cordon(['rls', '--diff', 'postgres://x/y', '--upstream', 'postgres://x/y']);
    expect(code).toBe(2);
    expect(err).toContain('CORDON_USAGE');
  });
});
