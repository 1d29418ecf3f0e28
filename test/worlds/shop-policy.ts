/** The policy of the attack shop, its variants, and the people who ask. */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import {
  ANONYMOUS,
  type LoadedPolicy,
  loadPolicy,
  type Principal,
  type RuleDocument,
} from '../../src/policy/index.ts';
import { PEOPLE } from './world.ts';

/** What naming a hidden column does in every relation of the shop. */
export type HiddenMode = 'mask' | 'refuse';

/** Further rules, each for one question of the catalogue. */
const VARIANTS: Readonly<Record<string, Readonly<Record<string, RuleDocument>>>> = {
  shop: {},
  /** Members see that other people exist. */
  everybody: { users: { for: 'member', rows: 'all', read: ['id'] } },
  /** A126: id and city of every address. */
  cities: { addresses: { for: 'member', rows: 'all', read: ['id', 'city'] } },
  /** A127: all rows of orders, within the boundaries. */
  'all-orders': { orders: { for: 'member', rows: 'all', read: 'all', write: ['amount'] } },
  /** A115: what a log-in needs. */
  login: { users: { for: ANONYMOUS, lookup: 'email', read: ['id', 'password_hash'] } },
  /** A120: every column of products by name, so that one that is added is not among them. */
  listed: { products: { for: 'member', rows: 'all', read: ['id', 'name', 'price'] } },
  /** A121: rows that refer to rows of the same relation. */
  threads: {
    threads: { for: 'member', rows: 'user_id = :user', read: 'all', write: ['parent_id'], insert: 'all' },
  },
  /** A116: the parent of a partition. */
  'by-year': {
    orders_by_year: {
      for: 'member',
      rows: 'user_id = :user',
      read: 'all',
      write: ['id', 'amount'],
      insert: 'all',
      delete: true,
    },
  },
};

/** Variants that show alice more rows than the policy of the catalogue: worlds b and c differ in what she may see. */
export const WIDER_VARIANTS: ReadonlySet<string> = new Set(['everybody', 'cities', 'all-orders']);

interface Document {
  relations: Record<string, { hidden?: HiddenMode; rules: RuleDocument[] }>;
}

const TEXT = readFileSync(new URL('cordon.yaml', import.meta.url), 'utf8');

export function shopPolicy(variant: string, hidden: HiddenMode): LoadedPolicy {
  const rules = VARIANTS[variant];
  if (rules === undefined) throw new Error(`no such variant of the policy: ${variant}`);
  const document = parse(TEXT) as Document;
  for (const [name, rule] of Object.entries(rules)) {
    document.relations[name] ??= { rules: [] };
    if (variant === 'listed') document.relations[name].rules = [];
    document.relations[name].rules.push(rule);
  }
  if (hidden === 'refuse')
    for (const relation of Object.values(document.relations)) relation.hidden = 'refuse';
  const loaded = loadPolicy(document);
  if (loaded.policy === undefined) throw new Error(JSON.stringify(loaded.mistakes));
  return loaded.policy;
}

const member = (name: string, user: string, tenant: string, region: string): Principal => ({
  role: 'member',
  claims: new Map([
    ['user', user],
    ['tenant', tenant],
    ['region', region],
  ]),
  fingerprint: name,
  expiresAtMs: undefined,
});

export const ALICE = member('alice', PEOPLE.alice, '1', 'eu-west-1');
export const BOB = member('bob', PEOPLE.bob, '2', 'us-east-1');
export const NOBODY: Principal = {
  role: ANONYMOUS,
  claims: new Map(),
  fingerprint: 'nobody',
  expiresAtMs: undefined,
};
