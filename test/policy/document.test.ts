import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { EXAMPLE, policyPage, policySchemaPage } from '../../scripts/policy-docs.ts';
import { relationKey } from '../../src/catalog/index.ts';
import { definePolicy, loadPolicy } from '../../src/policy/index.ts';
import { load, policyWith } from './policies.ts';

const file = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

/** The example of the design, word for word. */
const DESIGN = `version: 1
identity:
  token: { issuer: "https://login.shop.example", jwks: "https://login.shop.example/jwks.json", audience: shop }
  claims: { user: { from: sub, type: uuid }, tenant: { from: org, type: int }, region: { from: region, type: text } }
  roles:  { from: role, default: member }          # no token: anonymous

boundaries:                                        # and-ed to every rule of every relation that has the column
  tenant: tenant_id = :tenant
  region: crdb_region = :region

relations:
  users:
    columns: { email: pii, password_hash: secret, reset_token: secret, is_admin: internal }
    rules:
      - { for: member,    rows: id = :user, read: [id, email, name], write: [name] }
      - { for: member,    rows: all,        read: [id, name] }              # other people: these columns only
      - { for: anonymous, lookup: email,    read: [id, password_hash] }     # log-in: one row, by a unique key, nothing else
  profiles:
    columns: { id: { ref: profile }, email: pii }
    rules:
      - { for: member, rows: user_id = :user, read: [id, display_name, email], write: [display_name, email], insert: true }
  addresses:
    rules:
      - { for: member, rows: profile_id in profiles, read: all, write: all } # follows its parent
  payment_methods:
    columns: { card_token: secret }
    rules:
      - { for: member, rows: profile_id in profiles, read: [id, brand, last4] }
  products:
    rules:
      - { for: [member, anonymous], rows: all, read: [id, name, price] }
`;

describe('a policy document', () => {
  it('of the design loads as it stands', () => {
    const policy = load(DESIGN);
    expect([...policy.relations.keys()]).toContain(relationKey('public', 'payment_methods'));
    const users = policy.relations.get(relationKey('public', 'users'));
    expect(users?.rules.map((rule) => [rule.id, rule.line, rule.roles, rule.lookup])).toEqual([
      ['users#1', 15, ['member'], undefined],
      ['users#2', 16, ['member'], undefined],
      ['users#3', 17, ['anonymous'], ['email']],
    ]);
    expect(policy.identity.roles).toEqual(new Set(['member']));
    expect(policy.boundaries.map(({ name, column, line }) => [name, column, line])).toEqual([
      ['tenant', 'tenant_id', 8],
      ['region', 'crdb_region', 9],
    ]);
  });

  it('of the demo and of the reference page load', () => {
    expect(loadPolicy(file('examples/demo/cordon.yaml')).mistakes).toBeUndefined();
    expect(loadPolicy(EXAMPLE).mistakes).toBeUndefined();
  });

  it('in TypeScript is the same policy as in YAML', () => {
    const yaml = load(
      'version: 1\nrelations:\n  products: { rules: [{ for: anonymous, rows: all, read: [id] }] }\n',
    );
    const typed = load(
      definePolicy({
        relations: { products: { rules: [{ rows: 'all', read: ['id'], for: 'anonymous' }] } },
        version: 1,
      }),
    );
    expect(typed.version).toBe(yaml.version);
    expect(typed.relations).toEqual(yaml.relations.size === 0 ? undefined : expect.any(Map));
  });

  it('has another version once it decides otherwise, and the same with other comments', () => {
    const text = 'version: 1\npastReads: false\n';
    expect(load(`# a comment\n${text}`).version).toBe(load(text).version);
    expect(load(text.replace('false', 'true')).version).not.toBe(load(text).version);
  });

  it('names what rules add to `insert: true`, and follows names through schemas', () => {
    const policy = load(
      policyWith(
        {
          docs: { rules: [{ for: 'member', rows: 'team in teams.member', read: 'all', insert: true }] },
          teams: { rules: [{ for: 'member', rows: 'member = :user', read: 'all' }] },
          'other.files': { rules: [{ for: 'member', rows: 'doc in app.docs', read: 'all' }] },
          '"Odd.Name"': { rules: [{ for: 'member', rows: 'f in other.files', read: 'all' }] },
        },
        { schemas: ['app', 'other'] },
      ),
    );
    expect([...policy.relations.keys()].map((key) => key.replace('\u0000', ' '))).toEqual([
      'app docs',
      'app teams',
      'other files',
      'app Odd.Name',
    ]);
    const rowsOf = (schema: string, name: string) =>
      policy.relations.get(relationKey(schema, name))?.rules[0]?.rows;
    expect(rowsOf('app', 'docs')).toMatchObject({ relation: 'app\u0000teams', target: 'member' });
    expect(rowsOf('other', 'files')).toMatchObject({ relation: 'app\u0000docs', target: '' });
    expect(rowsOf('app', 'Odd.Name')).toMatchObject({ relation: 'other\u0000files', target: '' });
    expect(policy.relations.get(relationKey('app', 'docs'))?.rules[0]?.insertsKey).toBe(true);
  });

  it('keeps the published schema and the reference page up to date', () => {
    for (const page of [policySchemaPage(), policyPage()]) expect(file(page.file)).toBe(page.text);
  });
});

const RULES =
  'version: 1\nidentity:\n  token: { issuer: i, audience: a, secretEnv: S }\n  claims: { user: { from: sub, type: uuid } }\n';
const withRule = (rule: string, columns = '{}') =>
  `${RULES}relations:\n  users:\n    columns: ${columns}\n    rules:\n      - ${rule}\n`;

type Case = readonly [name: string, text: string, place: string, code: string, words: RegExp];

const CASES: readonly Case[] = [
  ['text that is no YAML', 'version: 1\nallow: [', '2:9', 'YAML_INVALID', /not YAML/],
  ['a tab', 'version: 1\nallow:\n\ttypes: []\n', '3:1', 'YAML_INVALID', /tab/],
  ['two documents', 'version: 1\n---\nversion: 1\n', '2:1', 'YAML_INVALID', /second document/],
  ['a doubled key', 'version: 1\nversion: 1\n', '2:1', 'KEY_TWICE', /`version` stands twice/],
  ['an anchor', 'version: &v 1\n', '1:13', 'YAML_TRICK', /an anchor/],
  [
    'an alias',
    'version: 1\nallow: &a { types: [] }\nservices: { x: *a }\n',
    '2:11',
    'YAML_TRICK',
    /an anchor/,
  ],
  ['a tag', 'version: !!str 1\n', '1:16', 'YAML_TRICK', /a tag/],
  ['a merge key', 'version: 1\nallow:\n  <<: { types: [] }\n', '3:3', 'YAML_TRICK', /a merge key/],
  ['a key that is a list', 'version: 1\n? [a]\n: 1\n', '2:3', 'YAML_TRICK', /not text/],
  ['a prototype', 'version: 1\nrelations: { __proto__: { rules: [] } }\n', '2:14', 'YAML_TRICK', /__proto__/],
  ['a list', '- 1\n', '1:1', 'WRONG_VALUE', /the policy is not a map/],
  ['no version', 'relations: {}\n', '1:1', 'MISSING_KEY', /`version` is missing/],
  ['another version', 'version: 2\n', '1:10', 'WRONG_VALUE', /`version` is not 1/],
  [
    'a misspelt key',
    'version: 1\nrelatons: {}\n',
    '2:1',
    'UNKNOWN_KEY',
    /unknown key `relatons` — did you mean `relations`\?/,
  ],
  [
    'a misspelt key of a rule',
    withRule('{ for: member, rows: all, raed: [id] }'),
    '9:35',
    'UNKNOWN_KEY',
    /`raed` — did you mean `read`/,
  ],
  [
    'a column class that is none',
    withRule('{ for: member, rows: all, read: all }', '{ a: hush }'),
    '7:19',
    'WRONG_VALUE',
    /none of `secret`/,
  ],
  [
    'a misspelt key in a class',
    withRule('{ for: member, rows: all, read: all }', '{ a: { reff: x } }'),
    '7:21',
    'UNKNOWN_KEY',
    /did you mean `ref`/,
  ],
  [
    'a column set that is none',
    withRule('{ for: member, rows: all, read: some }'),
    '9:41',
    'WRONG_VALUE',
    /neither `all`, `none` nor a list/,
  ],
  [
    'a column that YAML reads as null',
    withRule('{ for: member, rows: all, read: [id, null] }'),
    '9:46',
    'WRONG_VALUE',
    /not a name; quote it/,
  ],
  [
    'a number for a predicate',
    withRule('{ for: member, rows: 1, read: all }'),
    '9:30',
    'WRONG_VALUE',
    /not a predicate/,
  ],
  [
    'a rule without a role',
    withRule('{ rows: all, read: all }'),
    '9:9',
    'MISSING_KEY',
    /`relations\.users\.rules\.0\.for` is missing/,
  ],
  [
    'a name that cannot be',
    'version: 1\nrelations: { a.b.c.d: { rules: [] } }\n',
    '2:14',
    'NAME_INVALID',
    /`a\.b\.c\.d`/,
  ],
  [
    'one relation by two names',
    'version: 1\nrelations:\n  a: { rules: [] }\n  public.a: { rules: [] }\n',
    '4:3',
    'KEY_TWICE',
    /`public\.a`/,
  ],
  [
    'a claim nobody declared',
    withRule('{ for: member, rows: id = :usr, read: all }'),
    '9:35',
    'UNKNOWN_CLAIM',
    /`usr`.*did you mean `user`/,
  ],
  [
    'a claim of nobody',
    withRule('{ for: anonymous, rows: id = :user, read: all }'),
    '9:38',
    'CLAIM_WITHOUT_TOKEN',
    /`anonymous` has no token/,
  ],
  [
    'a role nobody carries',
    withRule('{ for: [member, membr], rows: all, read: all }'),
    '9:25',
    'UNKNOWN_ROLE',
    /`membr` — did you mean `member`/,
  ],
  ['a rule without rows', withRule('{ for: member, read: all }'), '9:9', 'RULE_INCOMPLETE', /which rows/],
  [
    'a rule that allows nothing',
    withRule('{ for: member, rows: all }'),
    '9:9',
    'RULE_INCOMPLETE',
    /allows nothing/,
  ],
  [
    'no rows to read',
    withRule('{ for: member, rows: none, read: all, insert: [id], check: all }'),
    '9:9',
    'RULE_INCOMPLETE',
    /`rows: none` leaves nothing/,
  ],
  [
    'an insert without a check',
    withRule('{ for: member, insert: [id] }'),
    '9:9',
    'RULE_INCOMPLETE',
    /must satisfy/,
  ],
  [
    'a check of nothing',
    withRule('{ for: member, rows: all, read: all, check: all }'),
    '9:53',
    'RULE_INCOMPLETE',
    /`check` is for rules that insert or write/,
  ],
  [
    'a lookup that writes',
    withRule('{ for: anonymous, lookup: email, read: [id], write: [id] }'),
    '9:61',
    'RULE_INCOMPLETE',
    /lookup only reads/,
  ],
  [
    'a lookup of everything',
    withRule('{ for: anonymous, lookup: email, read: all }'),
    '9:48',
    'RULE_INCOMPLETE',
    /which columns/,
  ],
  [
    'a secret that a rule reads',
    withRule('{ for: member, rows: all, read: [id, pw] }', '{ pw: secret }'),
    '9:46',
    'SECRET_READABLE',
    /`pw` is secret/,
  ],
  [
    'an internal column written',
    withRule('{ for: member, rows: all, write: [adm] }', '{ adm: internal }'),
    '9:43',
    'INTERNAL_WRITABLE',
    /`adm` is internal/,
  ],
  [
    'an internal column inserted',
    withRule('{ for: member, insert: [adm], check: all }', '{ adm: internal }'),
    '9:33',
    'INTERNAL_WRITABLE',
    /`adm` is internal/,
  ],
  [
    'a boundary of two columns',
    `${RULES}boundaries:\n  t: a = b\n`,
    '6:6',
    'BOUNDARY_COLUMNS',
    /exactly one column/,
  ],
  [
    'a boundary of no column',
    `${RULES}boundaries:\n  t: none\n`,
    '6:6',
    'BOUNDARY_COLUMNS',
    /exactly one column/,
  ],
  [
    'a boundary crossed by a reader',
    withRule('{ for: member, rows: all, read: all, across: [t] }').replace(
      'relations:',
      'boundaries: { t: a = 1 }\nrelations:',
    ),
    '10:54',
    'RULE_INCOMPLETE',
    /cannot cross/,
  ],
  [
    'a boundary crossed that is none',
    withRule('{ for: member, lookup: a, read: [b], across: [tenat] }').replace(
      'relations:',
      'boundaries: { tenant: a = 1 }\nrelations:',
    ),
    '10:55',
    'UNKNOWN_BOUNDARY',
    /did you mean `tenant`/,
  ],
  [
    'classes under a star',
    "version: 1\nrelations:\n  '*': { hidden: mask, rules: [] }\n",
    '3:18',
    'RULE_INCOMPLETE',
    /holds rules only/,
  ],
  [
    'a lookup under a star',
    "version: 1\nrelations:\n  '*': { rules: [{ for: anonymous, lookup: id, read: [id] }] }\n",
    '3:44',
    'RULE_INCOMPLETE',
    /no unique key/,
  ],
  [
    'a service called anonymous',
    'version: 1\nservices: { anonymous: {} }\n',
    '2:13',
    'ROLE_RESERVED',
    /`anonymous`/,
  ],
  [
    'a service that tokens carry',
    'version: 1\nidentity: { roles: { default: job } }\nservices: { job: {} }\n',
    '2:31',
    'ROLE_RESERVED',
    /it is a service/,
  ],
  [
    'no key for tokens',
    'version: 1\nidentity:\n  token: { issuer: i }\n',
    '3:10',
    'WRONG_VALUE',
    /exactly one source/,
  ],
  [
    'two keys for tokens',
    'version: 1\nidentity:\n  token: { secretEnv: A, publicKey: b }\n',
    '3:10',
    'WRONG_VALUE',
    /exactly one source/,
  ],
  [
    'a key set without audience',
    'version: 1\nidentity:\n  token: { issuer: i, jwks: "https://x" }\n',
    '3:30',
    'WRONG_VALUE',
    /without `audience`/,
  ],
  [
    'a key set without TLS',
    'version: 1\nidentity:\n  token: { issuer: i, audience: a, jwks: "http://x.example/j" }\n',
    '3:43',
    'WRONG_VALUE',
    /without TLS/,
  ],
  [
    'a shared secret taken for a public key',
    'version: 1\nidentity:\n  token: { publicKey: p, algorithms: [ES256, HS256] }\n',
    '3:46',
    'WRONG_VALUE',
    /does not fit/,
  ],
  [
    'no algorithm',
    'version: 1\nidentity:\n  token: { publicKey: p, algorithms: [none] }\n',
    '3:39',
    'WRONG_VALUE',
    /not a signature algorithm/,
  ],
  [
    'a claim that cannot be named',
    'version: 1\nidentity: { claims: { "a b": { from: x, type: int } } }\n',
    '2:30',
    'NAME_INVALID',
    /`a b`/,
  ],
];

describe('a mistake', () => {
  it.each(CASES)('%s is told with its place, its reason and a fix', (_name, text, place, code, words) => {
    const [first, ...others] = loadPolicy(text).mistakes ?? [];
    expect(first).toMatchObject({ code, happened: expect.stringMatching(words) });
    expect(`${first?.line}:${first?.column}`).toBe(place);
    expect(first?.fix).toMatch(/\w/);
    expect(others.filter((other) => other.code !== 'YAML_TRICK' && other.code !== code)).toEqual([]);
  });

  it('in a value has a path instead of a line', () => {
    const { mistakes } = loadPolicy(
      policyWith({ users: { rules: [{ for: 'member', rows: 'id =', read: 'all' }] } }),
    );
    expect(mistakes).toMatchObject([
      { line: 0, path: 'relations.users.rules[0].rows', code: 'PREDICATE_SYNTAX' },
    ]);
  });

  it('is told with all others, in the order of the document', () => {
    const { mistakes } = loadPolicy(withRule('{ for: nobody, rows: id = :x, read: [pw] }', '{ pw: secret }'));
    expect(mistakes?.map((mistake) => mistake.code)).toEqual([
      'UNKNOWN_ROLE',
      'UNKNOWN_CLAIM',
      'SECRET_READABLE',
    ]);
  });

  it('is told for hostile nesting and for a text that is too large', () => {
    expect(loadPolicy('['.repeat(200_000)).mistakes?.[0]?.code).toBe('YAML_INVALID');
    expect(loadPolicy(`# ${'x'.repeat(1_000_000)}`).mistakes?.[0]?.code).toBe('TOO_LARGE');
  });

  it('never repeats a literal', () => {
    const { mistakes = [] } = loadPolicy(
      withRule(`{ for: member, rows: "email = 'bob@shop.test", read: all }`),
    );
    expect(mistakes).toHaveLength(1);
    expect(JSON.stringify(mistakes)).not.toContain('bob');
  });
});
