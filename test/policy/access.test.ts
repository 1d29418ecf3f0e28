import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Catalog, relationKey } from '../../src/catalog/index.ts';
import {
  buildAccess,
  checkPolicy,
  predicateText,
  type RelationAccess,
  type RelationDocument,
  type RuleDocument,
  readsEverything,
} from '../../src/policy/index.ts';
import { SHOP, sketch } from './catalog.ts';
import { load, policyWith } from './policies.ts';

const CATALOG = sketch({
  users: { columns: 'id uuid, tenant int4, email text, pw text, adm bool!, sum int4=', unique: [['email']] },
  posts: 'id int4, author uuid, tenant int4, title text, team int4',
  teams: 'id int4, lead uuid, name text',
  report: { columns: 'id int4, author uuid', kind: 'view', key: [] },
  log: { columns: 'id int4', schema: 'hidden' },
});

const RELATION: Partial<RelationDocument> = { columns: { pw: 'secret', adm: 'internal' } };

function table(
  relations: Readonly<Record<string, readonly RuleDocument[]>>,
  rest: Readonly<Record<string, unknown>> = {},
  catalog: Catalog = CATALOG,
) {
  const documents = Object.entries(relations).map(([name, rules]) => [
    name,
    { ...(name === 'users' ? RELATION : {}), rules: [...rules] },
  ]);
  return buildAccess(load(policyWith(Object.fromEntries(documents), rest)), catalog);
}

const key = (name: string, schema = 'public') => relationKey(schema, name);

/** The whole of an access, as a reader would want to see it. */
function shown(access: RelationAccess | undefined) {
  if (access === undefined) return undefined;
  const { read, insert, update } = access;
  const columns = [...(read?.columns ?? [])].map(([name, visibility]) =>
    visibility.kind === 'when'
      ? `${name}: ${predicateText(visibility.predicate)}`
      : `${name}: ${visibility.kind}`,
  );
  return {
    ...(read === undefined ? {} : { read: predicateText(read.filter), columns }),
    ...(insert === undefined
      ? {}
      : {
          insert: insert.alternatives.map(
            ({ columns: given, check }) => `${[...given].join(' ')} / ${predicateText(check)}`,
          ),
        }),
    ...(update === undefined
      ? {}
      : {
          update: update.alternatives.map(
            ({ columns: given, filter, check }) =>
              `${[...given].join(' ')} / ${predicateText(filter)} / ${predicateText(check)}`,
          ),
        }),
    ...(access.delete === undefined ? {} : { delete: predicateText(access.delete.filter) }),
  };
}

const TENANT = { boundaries: { tenant: 'tenant = :tenant' } };

describe('access', () => {
  it('is closed without a rule, for every role and relation', () => {
    const access = table({ users: [{ for: 'member', rows: 'id = :user', read: ['id'] }] });
    expect(access.find('member', key('posts'))).toBeUndefined();
    expect(access.find('anonymous', key('users'))).toBeUndefined();
    expect(access.find('nobody', key('users'))).toBeUndefined();
    expect(access.find('member', key('nowhere'))).toBeUndefined();
    expect(access.find('member', key('users'))).toBeDefined();
    expect([...access.covered('member')]).toEqual([key('users')]);
  });

  it('ors rules, ands boundaries, and shows each row the columns of the rules it matches', () => {
    const rules: RuleDocument[] = [
      { for: 'member', rows: 'author = :user', read: ['id', 'title', 'author'] },
      { for: 'member', rows: 'team in teams', read: ['id', 'title'] },
    ];
    const teams: RuleDocument[] = [{ for: 'member', rows: 'lead = :user', read: ['id'] }];
    const access = table({ posts: rules, teams }, TENANT).find('member', key('posts'));
    expect(shown(access)).toEqual({
      read: 'tenant = :tenant and (author = :user or team in teams.id)',
      columns: ['id: always', 'author: author = :user', 'tenant: never', 'title: always', 'team: never'],
    });
    expect(access?.boundaries).toEqual(['tenant']);
    expect(access?.read?.rules.map((rule) => `${rule.id} ${predicateText(rule.filter)}`)).toEqual([
      'posts#1 tenant = :tenant and author = :user',
      'posts#2 tenant = :tenant and team in teams.id',
    ]);
  });

  it('shows a column always where the rules that show it are all the rows', () => {
    const rules: RuleDocument[] = [
      { for: 'member', rows: 'author = :user', read: ['title'] },
      { for: 'member', rows: 'all', read: ['id'] },
    ];
    expect(shown(table({ posts: rules }).find('member', key('posts')))).toMatchObject({
      read: 'all',
      columns: ['id: always', 'author: never', 'tenant: never', 'title: author = :user', 'team: never'],
    });
  });

  it('is of everything where every row and every column is open', () => {
    const all = table({ posts: [{ for: 'member', rows: 'all', read: 'all' }] }).find('member', key('posts'));
    const bound = table({ posts: [{ for: 'member', rows: 'all', read: 'all' }] }, TENANT).find(
      'member',
      key('posts'),
    );
    expect(all && readsEverything(all)).toBe(true);
    expect(bound && readsEverything(bound)).toBe(false);
  });

  it('leaves secret and internal columns out of `all`', () => {
    const rules: RuleDocument[] = [{ for: 'member', rows: 'all', read: 'all', write: 'all', insert: 'all' }];
    expect(shown(table({ users: rules }).find('member', key('users')))).toEqual({
      read: 'all',
      columns: ['id: always', 'tenant: always', 'email: always', 'pw: never', 'adm: never', 'sum: always'],
      update: ['tenant email / all / all'],
      insert: ['id tenant email / all'],
    });
  });

  it('lets a lookup read what it lists, by a unique key and nothing else', () => {
    const lookup: RuleDocument = { for: 'anonymous', lookup: 'email', read: ['id', 'pw', 'adm'] };
    const access = table({ users: [lookup] }).find('anonymous', key('users'));
    expect(shown(access)).toEqual({});
    expect(access?.lookups).toEqual([
      {
        id: 'users#1',
        keyColumns: ['email'],
        boundary: { kind: 'true' },
        columns: new Set(['id', 'pw', 'adm']),
      },
    ]);
  });

  it('closes a lookup under a boundary that the caller cannot meet, unless the rule crosses it', () => {
    const lookup: RuleDocument = { for: 'anonymous', lookup: 'email', read: ['id'] };
    expect(table({ users: [lookup] }, TENANT).find('anonymous', key('users'))).toBeUndefined();
    const crossing = table({ users: [{ ...lookup, across: ['tenant'] }] }, TENANT).find(
      'anonymous',
      key('users'),
    );
    expect(crossing?.lookups).toHaveLength(1);
    const member = table({ users: [{ ...lookup, for: 'member' }] }, TENANT).find('member', key('users'));
    expect(member?.lookups.map((each) => predicateText(each.boundary))).toEqual(['tenant = :tenant']);
  });

  it('stamps what the new-row check pins, boundaries included', () => {
    const rule: RuleDocument = { for: 'member', rows: 'author = :user', read: 'all', insert: ['title'] };
    const access = table({ posts: [rule] }, TENANT).find('member', key('posts'));
    expect(shown(access)).toMatchObject({
      insert: ['title tenant author / tenant = :tenant and author = :user'],
    });
    expect(access?.insert?.alternatives[0]?.pinned).toEqual(
      new Map([
        ['tenant', 'tenant'],
        ['author', 'user'],
      ]),
    );
  });

  it('reads `insert: true` as the written columns, the key, and what the check pins or follows', () => {
    const rule: RuleDocument = {
      for: 'member',
      rows: 'author = :user and team in teams',
      write: ['title'],
      insert: true,
    };
    const teams: RuleDocument[] = [{ for: 'member', rows: 'all', read: ['id'] }];
    const access = table({ posts: [rule], teams }, TENANT).find('member', key('posts'));
    expect(shown(access)).toMatchObject({
      insert: ['title id team tenant author / tenant = :tenant and author = :user and team in teams.id'],
    });
  });

  it('keeps the key and the owner fixed under `write: all`, also where only the check pins the owner', () => {
    const owned: RuleDocument = { for: 'member', rows: 'author = :user', write: 'all' };
    const taken: RuleDocument = {
      for: 'member',
      rows: 'team in teams',
      write: 'all',
      check: 'author = :user',
    };
    const teams: RuleDocument[] = [{ for: 'member', rows: 'all', read: ['id'] }];
    expect(shown(table({ posts: [owned] }).find('member', key('posts')))).toEqual({
      update: ['author tenant title team / author = :user / author = :user'],
    });
    expect(shown(table({ posts: [taken], teams }).find('member', key('posts')))).toEqual({
      update: ['tenant title team / team in teams.id / author = :user'],
    });
  });

  it('reads an enum as text where it is compared with a claim, and does not stamp it', () => {
    const catalog = sketch({ tasks: 'id int4, state status' });
    const rule: RuleDocument = { for: 'member', rows: 'state = :plan', read: 'all', insert: true };
    const access = table({ tasks: [rule] }, {}, catalog).find('member', key('tasks'));
    const left = { kind: 'column', name: 'state', asText: true };
    expect(access?.read?.filter).toEqual({
      kind: 'compare',
      op: '=',
      left,
      right: { kind: 'claim', name: 'plan' },
    });
    expect(access?.insert?.alternatives[0]).toMatchObject({
      columns: new Set(['id', 'state']),
      pinned: new Map(),
    });
    const open: RuleDocument = { for: 'member', rows: "state = 'open'", read: 'all' };
    expect(table({ tasks: [open] }, {}, catalog).find('member', key('tasks'))?.read?.filter).toMatchObject({
      left: { kind: 'column', name: 'state' },
    });
  });

  it('inserts without reading by a rule that reaches no rows', () => {
    const rule: RuleDocument = {
      for: 'anonymous',
      insert: ['id', 'email', 'pw', 'tenant'],
      check: 'adm = false',
      across: ['tenant'],
    };
    const access = table({ users: [rule] }, TENANT).find('anonymous', key('users'));
    expect(shown(access)).toEqual({ insert: ['id tenant email pw / adm = _'] });
  });

  it('deletes by rules that say so, within boundaries', () => {
    const rules: RuleDocument[] = [
      { for: 'member', rows: 'author = :user', delete: true },
      { for: 'member', rows: 'team in teams', read: ['id'] },
    ];
    const teams: RuleDocument[] = [{ for: 'member', rows: 'all', read: ['id'] }];
    const access = table({ posts: rules, teams }, TENANT).find('member', key('posts'));
    expect(access?.delete?.rules).toEqual(['posts#1']);
    expect(shown(access)).toMatchObject({ delete: 'tenant = :tenant and author = :user' });
  });

  it('counts in a membership the rows the role sees, where it sees the column, narrowed by `where`', () => {
    const teams: RuleDocument[] = [
      { for: 'member', rows: 'lead = :user', read: ['id', 'name'] },
      { for: 'member', rows: 'all', read: ['id'] },
    ];
    const access = table({ teams, users: [{ for: 'member', rows: 'id = :user', read: ['id'] }] });
    const filter = (target: string, where?: string) => {
      const text = `team in teams${target}${where === undefined ? '' : ` where (${where})`}`;
      const posts = load(policyWith({ posts: { rules: [{ for: 'member', rows: text, read: 'all' }] } }));
      const rows = posts.relations.get(key('posts'))?.rules[0]?.rows;
      if (rows?.kind !== 'in-relation') throw new Error('not a membership');
      return predicateText(access.inRelationFilter('member', rows));
    };
    expect(filter('')).toBe('all');
    expect(filter('.name')).toBe('lead = :user');
    expect(filter('.lead')).toBe('none');
    expect(filter('', 'lead in users')).toBe('lead in users.id');
    expect(filter('.nothing')).toBe('none');
  });

  it('closes what follows a relation the role does not see, under `not` as well', () => {
    const posts = (rows: string) =>
      table({ posts: [{ for: 'member', rows, read: ['id'] }] }).find('member', key('posts'));
    expect(posts('team in teams')).toBeUndefined();
    expect(posts('not team in teams')).toBeUndefined();
    expect(shown(posts('author = :user or not team in teams'))).toMatchObject({ read: 'author = :user' });
  });

  it('closes rules in a circle instead of following them', () => {
    const access = table({
      posts: [{ for: 'member', rows: 'team in teams or author = :user', read: 'all' }],
      teams: [{ for: 'member', rows: 'id in posts.team', read: 'all' }],
    });
    expect(shown(access.find('member', key('posts')))).toMatchObject({
      read: expect.stringContaining('author = :user'),
    });
  });

  it('closes what no longer fits the catalog: a rule, a lookup, and a relation under a broken boundary', () => {
    const changed = sketch({
      users: 'id int4, tenant text, email text, pw text',
      posts: 'id int4, author text, title text',
    });
    const access = table(
      {
        posts: [
          { for: 'member', rows: 'author = :user', read: ['id'] },
          { for: 'member', rows: 'all', read: ['title', 'gone'] },
        ],
        users: [
          { for: 'member', rows: 'all', read: ['id'] },
          { for: 'member', lookup: 'email', read: ['id'] },
        ],
      },
      TENANT,
      changed,
    );
    expect(access.find('member', key('users'))).toBeUndefined();
    expect(shown(access.find('member', key('posts')))).toEqual({
      read: 'all',
      columns: ['id: never', 'author: never', 'title: always'],
    });
  });

  it('A106 A116: a view, a partition and another schema are closed until they are named', () => {
    const catalog = sketch({
      orders: { columns: 'id int4', kind: 'partitioned' },
      orders_2025: { columns: 'id int4', parent: key('orders') },
      order_totals: { columns: 'id int4', kind: 'view' },
      order_totals_mv: { columns: 'id int4', kind: 'materialized-view' },
      remote: { columns: 'id int4', kind: 'foreign' },
      pg_class: { columns: 'id int4', kind: 'system', schema: 'pg_catalog' },
      log: { columns: 'id int4', schema: 'hidden' },
    });
    const rule: RuleDocument = {
      for: 'member',
      rows: 'all',
      read: 'all',
      write: 'all',
      insert: 'all',
      delete: true,
    };
    const star = table({ '*': [rule] }, {}, catalog);
    expect([...star.covered('member')]).toEqual([key('orders')]);
    const named = table({ order_totals: [rule], 'hidden.log': [rule] }, {}, catalog);
    expect([...named.covered('member')]).toEqual([key('order_totals'), key('log', 'hidden')]);
    expect(shown(named.find('member', key('order_totals')))).toEqual({
      read: 'all',
      columns: ['id: always'],
    });
    expect(star.find('member', key('pg_class', 'pg_catalog'))).toBeUndefined();
  });

  it('gives `*` to relations that are not listed, and never to listed ones', () => {
    const access = table(
      {
        '*': [{ for: 'job', rows: 'all', read: 'all' }],
        users: [{ for: 'member', rows: 'all', read: ['id'] }],
      },
      { services: { job: {} } },
    );
    expect([...access.covered('job')]).toEqual([key('posts'), key('teams')]);
  });

  it('exempts a service from boundaries only where it says so', () => {
    const rule: RuleDocument = { for: ['job', 'admin'], rows: 'all', read: ['id'] };
    const access = table(
      { posts: [rule] },
      { ...TENANT, services: { job: {}, admin: { boundaries: false } } },
    );
    expect(access.find('job', key('posts'))).toBeUndefined();
    expect(shown(access.find('admin', key('posts')))).toMatchObject({ read: 'all' });
    expect(access.find('admin', key('posts'))?.boundaries).toEqual([]);
  });
});

describe('the shop of the attacks', () => {
  const policy = load(readFileSync(new URL('../worlds/cordon.yaml', import.meta.url), 'utf8'));
  const access = buildAccess(policy, SHOP);

  it('has a policy without mistakes', () => {
    expect(checkPolicy(policy, SHOP)).toEqual([]);
  });

  it('A126 A127: opens each relation as its table says', () => {
    const read = (name: string) => shown(access.find('member', key(name)))?.read;
    expect(read('users')).toBe('id = :user');
    expect(read('addresses')).toBe('profile_id in profiles.id');
    expect(read('resources')).toBe('owner_id = :user or id in permissions.resource_id');
    expect(read('orders')).toBe('tenant_id = :tenant and crdb_region = :region and user_id = :user');
    expect(read('products')).toBe('all');
    expect(shown(access.find('member', key('permissions')))?.insert).toEqual([
      'resource_id user_id token / resource_id in resources.id where (owner_id = :user)',
    ]);
  });
});
