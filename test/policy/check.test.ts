import { describe, expect, it } from 'vitest';
import { relationKey } from '../../src/catalog/index.ts';
import { checkPolicy, coverage, type RuleDocument } from '../../src/policy/index.ts';
import { SHOP, sketch } from './catalog.ts';
import { load, policyWith } from './policies.ts';

const CATALOG = sketch({
  things: {
    columns:
      'id uuid, n int4, small int2, big int8, price numeric, label text, code varchar, ok bool, state status, mail email_domain, ci citext, doc jsonb, at timestamptz, till timestamptz',
    unique: [['label', 'code']],
  },
  owners: 'id uuid, thing int4, boss uuid, label text',
  pairs: { columns: 'a int4, b int4', key: ['a', 'b'] },
  report: { columns: 'id uuid', kind: 'view' },
  numbers: { columns: 'id int4', kind: 'sequence' },
});

const check = (rule: RuleDocument, more: Parameters<typeof policyWith>[0] = {}, rest = {}) =>
  checkPolicy(load(policyWith({ things: { rules: [rule] }, ...more }, rest)), CATALOG);
const reading = (rows: string): RuleDocument => ({ for: 'member', rows, read: 'all' });
const OWNERS = { owners: { rules: [{ for: 'member', rows: 'boss = :user', read: 'all' as const }] } };

describe('against the catalog', () => {
  it.each([
    'id = :user',
    'n = :tenant',
    'small = :tenant',
    'big = :big',
    'n < 10',
    'price >= 0.5',
    'price > n',
    'label = :plan',
    "code in ('a', 'b', :plan)",
    'ok = true',
    'ok = :staff',
    'state = :plan',
    "state in ('open', 'closed')",
    "id = 'a11ce000-0000-4000-8000-000000000001'",
    'at < till',
    'doc is null',
    ':staff = true',
    "ok = true or :plan = 'gold'",
  ])('%s compares safely', (rows) => {
    expect(check(reading(rows))).toEqual([]);
  });

  it.each([
    ['id = :tenant', 'TYPE_MISMATCH', /column `id` \(uuid\) and claim `tenant` \(int\)/],
    ['n = :user', 'TYPE_MISMATCH', /./],
    ["n = '1'", 'TYPE_MISMATCH', /a text/],
    ['n = 0.5', 'TYPE_MISMATCH', /a number/],
    ['n = label', 'TYPE_MISMATCH', /./],
    ['label = 1', 'TYPE_MISMATCH', /./],
    ['ok = 1', 'TYPE_MISMATCH', /./],
    ["id = 'A11CE000-0000-4000-8000-000000000001'", 'TYPE_MISMATCH', /./],
    ["id = 'x'", 'TYPE_MISMATCH', /./],
    ["state = 'opne'", 'TYPE_MISMATCH', /./],
    ["state < 'open'", 'TYPE_MISMATCH', /./],
    ['state = label', 'TYPE_MISMATCH', /./],
    ['1 = 1', 'TYPE_MISMATCH', /./],
    [':plan = :tenant', 'TYPE_MISMATCH', /./],
    ['at = :plan', 'TYPE_MISMATCH', /./],
    ["mail = 'x'", 'TYPE_UNSAFE', /`mail` is of type `email_domain`/],
    ['ci = :plan', 'TYPE_UNSAFE', /./],
    ['doc = doc', 'TYPE_UNSAFE', /./],
    ['nn = 1', 'UNKNOWN_COLUMN', /`things` has no column `nn` — did you mean `n`\?/],
    ['x is null', 'UNKNOWN_COLUMN', /./],
    ['id in ownrs', 'UNKNOWN_RELATION', /`ownrs` does not exist — did you mean `owners`\?/],
    ['id in owners.bos', 'UNKNOWN_COLUMN', /`owners` has no column `bos` — did you mean `boss`/],
    ['n in owners', 'TYPE_MISMATCH', /./],
    ['price in owners.thing', 'TYPE_MISMATCH', /./],
    ['n in pairs', 'KEY_NOT_SINGLE', /`pairs`/],
    ['id in owners where (label = 1)', 'TYPE_MISMATCH', /./],
    ['id in owners where (n = 1)', 'UNKNOWN_COLUMN', /`owners` has no column `n`/],
    ['n in numbers', 'UNKNOWN_RELATION', /./],
  ])('%s is a mistake', (rows, code, words) => {
    const mistakes = check(reading(rows), OWNERS);
    expect(mistakes.map((mistake) => mistake.code)).toEqual([code]);
    expect(mistakes[0]?.happened).toMatch(words);
    expect(mistakes[0]?.path).toBe('relations.things.rules[0].rows');
  });

  it('a mistake in a predicate is told at its column of the line', () => {
    const text = [
      'version: 1',
      'identity:',
      '  token: { issuer: i, audience: a, secretEnv: S }',
      '  claims: { user: { from: sub, type: uuid } }',
      'relations:',
      '  things:',
      '    columns: { labl: pii }',
      '    rules:',
      '      - { for: member, rows: "ok = true and nn = 3", read: [id, prce] }',
      '      - for: member',
      '        read: all',
      '        rows: >-',
      '          ok = true',
      '          and owner = :user',
      '  order: { rules: [] }',
    ].join('\n');
    const mistakes = checkPolicy(
      load(text),
      sketch({ things: 'id uuid, ok bool, label text, price int4', orders: 'id uuid' }),
    );
    expect(
      mistakes.map(({ line, column, code, happened }) => `${line}:${column} ${code} ${happened}`),
    ).toEqual([
      '7:16 UNKNOWN_COLUMN `things` has no column `labl` — did you mean `label`?',
      '9:45 UNKNOWN_COLUMN `things` has no column `nn`',
      '9:65 UNKNOWN_COLUMN `things` has no column `prce` — did you mean `price`?',
      '14:15 UNKNOWN_COLUMN `things` has no column `owner`',
      '15:3 UNKNOWN_RELATION relation `order` does not exist — did you mean `orders`?',
    ]);
  });

  it('columns of rules exist', () => {
    const rule = { for: 'member', rows: 'all', read: ['a'], write: ['b'], insert: ['c'] };
    expect(check(rule).map((mistake) => mistake.path)).toEqual([
      'relations.things.rules[0].read[0]',
      'relations.things.rules[0].write[0]',
      'relations.things.rules[0].insert[0]',
    ]);
  });

  it('a lookup names a unique key', () => {
    const lookup = (columns: string | string[]) => check({ for: 'anonymous', lookup: columns, read: ['id'] });
    expect(lookup('id')).toEqual([]);
    expect(lookup(['label', 'code'])).toEqual([]);
    expect(lookup('label')).toMatchObject([{ code: 'LOOKUP_NOT_UNIQUE' }]);
    expect(lookup('labels')).toMatchObject([{ code: 'UNKNOWN_COLUMN' }]);
  });

  it('views are read and not written, sequences and the catalog have no rules', () => {
    const view = { for: 'member', rows: 'all', read: 'all' as const };
    const kinds = (relations: Parameters<typeof policyWith>[0]) =>
      checkPolicy(load(policyWith(relations)), CATALOG).map((mistake) => mistake.code);
    expect(kinds({ report: { rules: [view] } })).toEqual([]);
    expect(kinds({ report: { rules: [{ ...view, write: ['id'], delete: true }] } })).toEqual([
      'RELATION_KIND',
      'RELATION_KIND',
    ]);
    expect(kinds({ numbers: { rules: [view] } })).toEqual(['RELATION_KIND']);
  });

  it('a circle of memberships is a mistake, through boundaries and `where` too', () => {
    const circle = (things: string, owners: string, rest = {}) =>
      check(reading(things), { owners: { rules: [reading(owners)] } }, rest).map(
        (mistake) => mistake.happened,
      );
    expect(circle('id in owners', 'boss in things')).toEqual([
      'rules follow each other in a circle: `things` → `owners` → `things`',
    ]);
    expect(circle('n in owners.thing where (boss in things)', 'all')).toHaveLength(1);
    expect(circle('id in owners', 'all', { boundaries: { b: 'boss in things' } })).toHaveLength(1);
    expect(circle('id in things', 'all')).toEqual([
      'rules follow each other in a circle: `things` → `things`',
    ]);
    expect(circle('id in owners', 'boss = :user')).toEqual([]);
  });

  it('a membership that a role cannot see is a mistake for that role', () => {
    const rule: RuleDocument = { for: ['member', 'support'], rows: 'id in owners', read: 'all' };
    expect(check(rule, OWNERS)).toMatchObject([
      {
        code: 'MEMBERSHIP_UNSEEN',
        happened: 'role `support` sees no `key` in `owners`, so this membership never holds',
      },
    ]);
    const named: RuleDocument = { for: 'member', rows: 'label in owners.label', read: 'all' };
    const narrow = { owners: { rules: [{ for: 'member', rows: 'all', read: ['id'] }] } };
    expect(check(named, narrow)).toMatchObject([{ code: 'MEMBERSHIP_UNSEEN' }]);
  });

  it('a boundary binds something, and fits every relation it binds', () => {
    const boundary = (text: string) => check(reading('all'), OWNERS, { boundaries: { b: text } });
    expect(boundary('n = :tenant')).toEqual([]);
    expect(boundary('nm = :tenant')).toMatchObject([{ code: 'BOUNDARY_UNUSED', path: 'boundaries.b' }]);
    expect(boundary('label = :tenant').map((mistake) => mistake.code)).toEqual(['TYPE_MISMATCH']);
  });

  it('a boundary that needs a claim closes rules of callers without one', () => {
    const rest = { boundaries: { b: 'n = :tenant' }, services: { job: {}, admin: { boundaries: false } } };
    const codes = (rule: RuleDocument) =>
      check(rule, {}, rest).map((mistake) => `${mistake.code} ${mistake.fix}`);
    expect(codes({ for: 'anonymous', rows: 'all', read: 'all' })).toMatchObject(
      [/BOUNDARY_CLOSES take the rule out/].map((r) => expect.stringMatching(r)),
    );
    expect(codes({ for: 'anonymous', lookup: 'id', read: ['id'] })).toEqual([
      expect.stringMatching(/across: \[b\]/),
    ]);
    expect(codes({ for: 'anonymous', lookup: 'id', across: ['b'], read: ['id'] })).toEqual([]);
    expect(codes({ for: 'job', rows: 'all', read: 'all' })).toEqual([
      expect.stringMatching(/boundaries: false/),
    ]);
    expect(codes({ for: 'admin', rows: 'all', read: 'all' })).toEqual([]);
  });

  it('schemas and allowed names exist', () => {
    const mistakes = checkPolicy(
      load(
        policyWith(
          {},
          {
            schemas: ['publik'],
            allow: { functions: ['app.f'], types: ['public.status'], sequences: ['public.numbers', 'nums'] },
          },
        ),
      ),
      CATALOG,
    );
    expect(mistakes.map((mistake) => mistake.happened)).toEqual([
      'schema `publik` does not exist or has no relation — did you mean `public`?',
      'there is no function `app.f`',
      'there is no sequence `publik.nums`',
    ]);
  });

  it('a rule for every relation fits at least one', () => {
    const star = (rows: string) =>
      checkPolicy(load(policyWith({ '*': { rules: [reading(rows)] } })), CATALOG);
    expect(star('boss = :user')).toEqual([]);
    expect(star('bosss = :user')).toMatchObject([{ code: 'UNKNOWN_COLUMN' }]);
  });
});

describe('coverage', () => {
  it('tells relations without a rule and columns that nobody named', () => {
    const policy = load(
      policyWith({
        users: {
          columns: { email: 'pii' },
          rules: [{ for: 'member', rows: 'id = :user', read: ['id'], write: ['reset_token'] }],
        },
        products: { rules: [reading('all')] },
      }),
    );
    const found = coverage(policy, SHOP);
    expect(found.relations.map((relation) => relation.name)).toEqual([
      'profiles',
      'addresses',
      'payment_methods',
      'resources',
      'permissions',
      'orders',
    ]);
    expect(found.columns.map((column) => `${column.relation}.${column.column}`)).toEqual([
      'users.password_hash',
      'users.is_admin',
    ]);
  });

  it('counts a partition as uncovered until it is named itself', () => {
    const catalog = sketch({
      orders: { columns: 'id uuid', kind: 'partitioned' },
      orders_2025: { columns: 'id uuid', parent: relationKey('public', 'orders') },
    });
    const policy = load(policyWith({ orders: { rules: [reading('all')] } }));
    expect(coverage(policy, catalog).relations.map((relation) => relation.name)).toEqual(['orders_2025']);
  });
});
