import { execFile } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { pathOf } from '../docs/markdown.ts';
import { cordon, scratchFile } from './run.ts';

const SCHEMA = `
  CREATE TABLE invoices (id int PRIMARY KEY, owner int NOT NULL, total int, note text);
  CREATE TABLE audit_log (id int PRIMARY KEY, line text);
`;

const POLICY = `
version: 1
identity:
  token: { issuer: x, audience: y, secretEnv: SOME_SECRET }
  claims: { user: { from: sub, type: int } }
relations:
  invoices:
    rules:
      - { for: member, rows: "owner = :user", read: [id, total] }
`;

function file(name: string, text: string): string {
  const path = scratchFile(name);
  writeFileSync(path, text);
  return path;
}

// Each command starts a database of its own.
describe('cordon check', { timeout: 120_000 }, () => {
  it('finds no mistake in the policy of the demo', async () => {
    const { code, out, err } = await cordon(['check']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/cordon\.yaml: no mistakes$/m);
  });

  it('lists what is worth a warning with its code, what it means and what to do; --strict ends with 1', async () => {
    const given = ['--policy', file('p.yaml', POLICY), '--schema', file('s.sql', SCHEMA)];
    const { code, out } = await cordon(['check', ...given]);
    expect(code).toBe(0);
    expect(out.split('\n').slice(1).join('\n')).toBe(`
 severity | code                       | where
----------+----------------------------+-------------------------
 low      | POSTURE_RELATION_UNCOVERED | public.audit_log
 low      | POSTURE_COLUMN_UNCOVERED   | public.invoices (note)
 low      | POSTURE_FILTER_UNINDEXED   | public.invoices (owner)

POSTURE_RELATION_UNCOVERED: no rule opens the relation; it is closed to everyone
  write a rule for it, or take it out of the schemas of the policy
POSTURE_COLUMN_UNCOVERED: no rule names the column; it is hidden from everyone
  name it in \`read\` of a rule, or give it a class under \`columns\`
POSTURE_FILTER_UNINDEXED: no index begins with a column that the rules for the relation compare
  make an index that begins with one of them`);
    expect((await cordon(['check', ...given, '--strict'])).code).toBe(1);
  });

  it('tells the same as one JSON object, mistakes included', async () => {
    const given = ['--schema', file('s.sql', SCHEMA), '--json'];
    const found = await cordon(['check', '--policy', file('p.yaml', POLICY), ...given]);
    expect(found.code).toBe(0);
    expect(JSON.parse(found.out)).toMatchObject({
      compared: true,
      mistakes: [],
      findings: [
        { code: 'POSTURE_RELATION_UNCOVERED', severity: 'low', where: 'public.audit_log' },
        { code: 'POSTURE_COLUMN_UNCOVERED', where: 'public.invoices (note)' },
        { code: 'POSTURE_FILTER_UNINDEXED', where: 'public.invoices (owner)' },
      ],
    });
    for (const wrong of [POLICY.replace('owner =', 'onwer ='), `${POLICY}\nrelatoins: {}\n`]) {
      const refused = await cordon(['check', '--policy', file('p.yaml', wrong), ...given]);
      expect(refused.code).toBe(1);
      expect(JSON.parse(refused.out)).toMatchObject({
        findings: [],
        mistakes: [{ line: expect.any(Number) }],
      });
    }
  });

  it('tells each mistake against the catalog with its line, the reason and what to write instead', async () => {
    const wrong = file('p.yaml', POLICY.replace('owner =', 'onwer =').replace('total]', 'totl]'));
    const { code, err } = await cordon(['check', '--policy', wrong, '--schema', file('s.sql', SCHEMA)]);
    expect(code).toBe(1);
    expect(err).toMatch(/p\.yaml:9:\d+: `invoices` has no column `onwer`.*`owner`.*\n {2}\w/);
    expect(err).toMatch(/p\.yaml:9:\d+: `invoices` has no column `totl`.*`total`/);
    expect(err).toMatch(/\nCORDON_POLICY_INVALID\nthe policy has mistakes: 2\n.+$/);
  });

  it('tells each mistake of the document with its line, and needs no database for it', async () => {
    const { code, err } = await cordon(['check', '--policy', file('p.yaml', `${POLICY}\nrelatoins: {}\n`)]);
    expect(code).toBe(1);
    expect(err).toMatch(/p\.yaml:11:1: unknown key `relatoins`.*`relations`/);
  });

  it('says when nothing was compared', async () => {
    const { code, out } = await cordon(['check', '--policy', file('p.yaml', POLICY)]);
    expect(code).toBe(0);
    expect(out).toContain('give `--upstream` or `--schema`');
  });

  it.each([
    ['a policy that is not there', ['--policy', '/nowhere/cordon.yaml'], 2, 'CORDON_FILE_UNREADABLE'],
    ['two databases', ['--upstream', 'postgres://x/y', '--schema', 'z'], 2, 'CORDON_USAGE'],
    [
      'a database that does not answer',
      ['--upstream', 'postgres://127.0.0.1:1/x'],
      3,
      'CORDON_UPSTREAM_UNREACHABLE',
    ],
    [
      'a module without a policy',
      ['--policy', file('p.mjs', 'export const x = 1;')],
      2,
      'CORDON_MODULE_INVALID',
    ],
    [
      'a module that does not load',
      ['--policy', file('p.mjs', 'throw new Error("hunter2");')],
      2,
      'CORDON_MODULE_INVALID',
    ],
    [
      'a schema that does not load',
      ['--policy', file('p.yaml', POLICY), '--schema', file('s.sql', 'CREATE hunter2')],
      1,
      'CORDON_DATABASE_ERROR \\(SQLSTATE 42601\\)',
    ],
  ])('refuses %s in three lines', async (_, given, exit, heading) => {
    const { code, err } = await cordon(['check', ...given]);
    expect(code).toBe(exit);
    expect(err).toMatch(new RegExp(`^${heading}\n[^\n]+\n[^\n]+$`));
    expect(err).not.toContain('hunter2');
  });

  it('takes a policy from a JavaScript module, whose mistakes name the path of the key', async () => {
    const text = `export default { version: 1, relations: { invoices: { rules: [{ for: 'member', rows: 'all', reed: ['id'] }] } } };`;
    const { code, err } = await cordon(['check', '--policy', file('p.mjs', text)]);
    expect(code).toBe(1);
    expect(err).toMatch(/p\.mjs relations\.invoices\.rules\[0\].*: unknown key `reed`/);
  });

  it('takes a typed policy from a TypeScript module on every version of Node', async () => {
    const main = pathOf('dist/cli/main.js');
    expect(existsSync(main), 'run `npm run build` first').toBe(true);
    const module = new URL('../../dist/index.js', import.meta.url).href;
    const text = `import { definePolicy, type PolicyDocument } from '${module}';
      const relations: PolicyDocument['relations'] = { invoices: { rules: [{ for: 'anonymous', rows: 'all', read: 'all' }] } };
      export default definePolicy({ version: 1, relations });`;
    const given = ['check', '--policy', file('cordon.ts', text), '--schema', file('s.sql', SCHEMA)];
    const { stdout } = await promisify(execFile)(process.execPath, [main, ...given]);
    expect(stdout).toContain('cordon.ts: no mistakes');
    expect(stdout).toContain('public.audit_log');
  });
});
