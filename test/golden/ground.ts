/** What the golden cases are judged on: a catalog, a policy and the people of one database. */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { type Catalog, type Dialect, loadCatalog } from '../../src/catalog/index.ts';
import { type LoadedPolicy, loadPolicy, type Principal, servicePrincipalOf } from '../../src/policy/index.ts';
import type { Person } from '../attacks/case.ts';
import { catalogOf, PRINCIPALS } from '../attacks/guarded.ts';
import { startPglite } from '../databases/index.ts';
import { type HiddenMode, shopPolicy } from '../worlds/shop-policy.ts';
import { embeddedWorld } from '../worlds/world.ts';
import type { GoldenCase } from './golden-file.ts';

export interface GoldenGround {
  readonly catalog: Catalog;
  policyOf(one: GoldenCase): LoadedPolicy;
  principalOf(one: GoldenCase): Principal;
}

/** The shop of the attack catalogue. */
export async function attackGround(dialect: Dialect): Promise<GoldenGround> {
  const world = await embeddedWorld('a');
  const catalog = await catalogOf(world.connection, { dialect });
  await world.stop();
  const hiddenOf = (one: GoldenCase): HiddenMode => (one.options.hidden === 'refuse' ? 'refuse' : 'mask');
  return {
    catalog,
    policyOf: (one) => shopPolicy(one.options.policy ?? 'shop', hiddenOf(one)),
    principalOf: (one) => PRINCIPALS[one.principal as Person],
  };
}

const ORMS = new URL('../orms-cockroachdb/', import.meta.url);

/** The shop that the libraries of test/orms-cockroachdb work on; alice is user 1, `migrator` may change the schema. */
export async function ormGround(dialect: Dialect): Promise<GoldenGround> {
  const database = await startPglite();
  for (const name of ['shop.sql', 'columns.sql'])
    await database.run(readFileSync(new URL(name, ORMS), 'utf8'));
  const catalog = await loadCatalog((sql) => database.query(sql), { dialect });
  await database.stop();
  const loaded = loadPolicy(parse(readFileSync(new URL('cordon.yaml', ORMS), 'utf8')));
  const { policy } = loaded;
  if (policy === undefined) throw new Error(JSON.stringify(loaded.mistakes));
  return { catalog, policyOf: () => policy, principalOf: ({ principal }) => ormPrincipal(policy, principal) };
}

function ormPrincipal(policy: LoadedPolicy, name: string): Principal {
  if (name === 'migrator') return servicePrincipalOf(policy, name);
  const claims = new Map([['user', '1']]);
  return { role: 'member', claims, fingerprint: name, expiresAtMs: undefined };
}
