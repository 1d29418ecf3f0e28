/**
 * What a server would print for the conditions of a plan, so that they can be compared with what it holds.
 *
 * PostgreSQL prints them itself: each is made a policy of an empty temporary copy of its table, in a transaction that is
 * undone. No lock is taken on the tables but that of a reader, and nothing has to be known of how the server decorates an
 * expression. CockroachDB's schema changes do not take part in transactions, so there both sides are brought to a normal form here.
 */
import type { RelationKey } from '../catalog/index.ts';
import { quoteName } from '../sql/index.ts';
import type { Ask } from './live.ts';
import type { PolicyPlan, RlsPlan, TablePlan, ViewPlan } from './plan.ts';
import { viewQuery } from './print.ts';
import { type Condition, inline, quoteRelation } from './sql-text.ts';

export interface Printed {
  readonly using: string | undefined;
  readonly check: string | undefined;
}

/** Texts that can be compared with those of a LiveState; what is missing is different. */
export interface Wanted {
  readonly policies: ReadonlyMap<RelationKey, ReadonlyMap<string, Printed>>;
  readonly views: ReadonlyMap<string, string>;
}

/** Must be asked within a transaction that is undone, with an empty search path. */
export async function askWanted(plan: RlsPlan, ask: Ask): Promise<Wanted> {
  const policies = new Map<RelationKey, ReadonlyMap<string, Printed>>();
  for (const table of plan.tables) policies.set(table.key, await askTable(table, ask));
  const views = new Map<string, string>();
  for (const view of plan.views) {
    const definition = await askView(view, ask);
    if (definition !== undefined) views.set(view.name, definition);
  }
  return { policies, views };
}

async function askTable(table: TablePlan, ask: Ask): Promise<ReadonlyMap<string, Printed>> {
  const copy = `pg_temp.${quoteName(table.name)}`;
  await ask(`CREATE TEMPORARY TABLE ${quoteName(table.name)} (LIKE ${quoteRelation(table)})`);
  const printed = new Map<string, Printed>();
  for (const policy of table.policies) {
    const found = await unlessRefused(ask, () => askPolicy(copy, policy, ask));
    if (found !== undefined) printed.set(policy.name, found);
  }
  await ask(`DROP TABLE ${copy}`);
  return printed;
}

async function askPolicy(copy: string, policy: PolicyPlan, ask: Ask): Promise<Printed | undefined> {
  const clause = (keyword: string, condition: Condition | undefined) =>
    condition === undefined ? '' : ` ${keyword} (${inline(condition)})`;
  const clauses = clause('USING', policy.using) + clause('WITH CHECK', policy.check);
  await ask(`CREATE POLICY wanted ON ${copy} FOR ${policy.command.toUpperCase()}${clauses}`);
  const [row] = await ask(
    `SELECT pg_get_expr(polqual, polrelid) AS using, pg_get_expr(polwithcheck, polrelid) AS check FROM pg_catalog.pg_policy WHERE polrelid = '${copy.replaceAll("'", "''")}'::pg_catalog.regclass`,
  );
  await ask(`DROP POLICY wanted ON ${copy}`);
  return row === undefined ? undefined : { using: textOf(row.using), check: textOf(row.check) };
}

async function askView(view: ViewPlan, ask: Ask): Promise<string | undefined> {
  return unlessRefused(ask, async () => {
    await ask(`CREATE TEMPORARY VIEW cordon_wanted AS ${viewQuery(view)}`);
    const [row] = await ask(
      "SELECT pg_get_viewdef('pg_temp.cordon_wanted'::pg_catalog.regclass) AS definition",
    );
    await ask('DROP VIEW pg_temp.cordon_wanted');
    return textOf(row?.definition);
  });
}

/** A condition that names a function which is not there yet cannot be printed: then it is different. */
async function unlessRefused<T>(ask: Ask, work: () => Promise<T | undefined>): Promise<T | undefined> {
  await ask('SAVEPOINT wanted');
  try {
    const found = await work();
    await ask('RELEASE SAVEPOINT wanted');
    return found;
  } catch {
    await ask('ROLLBACK TO SAVEPOINT wanted');
    return undefined;
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
