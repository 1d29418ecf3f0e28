/** What a database holds now, as far as row-level security goes: the questions, and their answers as plain data. */
import { type Dialect, type RelationKey, relationKey } from '../catalog/index.ts';
import type { CatalogRow } from '../catalog/row.ts';
import { quoteText } from '../sql/index.ts';
import type { PolicyCommand } from './plan.ts';
import { CORDON_SCHEMA } from './plan.ts';

export interface LiveState {
  readonly tables: ReadonlyMap<RelationKey, LiveTable>;
  readonly policies: readonly LivePolicy[];
  readonly grants: readonly LiveGrant[];
  readonly schemaGrants: readonly {
    readonly schema: string;
    readonly role: string;
    readonly privilege: string;
  }[];
  readonly functions: ReadonlyMap<string, LiveFunction>;
  readonly views: ReadonlyMap<string, LiveView>;
  readonly roles: ReadonlyMap<string, LiveRole>;
  /** Roles that a role is a member of, directly or not. */
  readonly groups: ReadonlyMap<string, readonly string[]>;
}

export interface LiveTable {
  readonly enabled: boolean;
  readonly forced: boolean;
  readonly owner: string;
}

export interface LivePolicy {
  readonly table: RelationKey;
  readonly name: string;
  readonly restrictive: boolean;
  readonly command: PolicyCommand;
  readonly roles: readonly string[];
  /** As the server prints it. */
  readonly using: string | undefined;
  readonly check: string | undefined;
}

export interface LiveGrant {
  readonly table: RelationKey;
  /** undefined: on the table as a whole. */
  readonly column: string | undefined;
  readonly role: string;
  readonly privilege: string;
}

export interface LiveFunction {
  readonly parameters: string;
  readonly body: string;
  readonly definer: boolean;
  readonly owner: string;
}

export interface LiveView {
  readonly definition: string;
  readonly owner: string;
  readonly options: string;
}

export interface LiveRole {
  readonly superuser: boolean;
  readonly bypasses: boolean;
}

/** The grantee that stands for everyone. */
export const EVERYONE = 'public';

const TABLES = `
SELECT n.nspname AS schema, c.relname AS name, c.relrowsecurity AS enabled, c.relforcerowsecurity AS forced, pg_get_userbyid(c.relowner) AS owner
FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p')`;

const POLICIES = `
SELECT schemaname AS schema, tablename AS name, policyname AS policy, lower(permissive) AS kind, lower(cmd) AS command,
       CAST(array_to_json(roles) AS text) AS roles, qual AS using, with_check AS check
FROM pg_catalog.pg_policies ORDER BY 1, 2, 3`;

const POSTGRES_GRANTS = `
SELECT n.nspname AS schema, c.relname AS name, NULL AS column, a.privilege_type AS privilege,
       CASE WHEN a.grantee = 0 THEN '${EVERYONE}' ELSE pg_get_userbyid(a.grantee) END AS role
FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace, LATERAL aclexplode(c.relacl) a
WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f')
UNION ALL
SELECT n.nspname, c.relname, t.attname, a.privilege_type,
       CASE WHEN a.grantee = 0 THEN '${EVERYONE}' ELSE pg_get_userbyid(a.grantee) END
FROM pg_catalog.pg_attribute t JOIN pg_catalog.pg_class c ON c.oid = t.attrelid
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace, LATERAL aclexplode(t.attacl) a
WHERE NOT t.attisdropped`;

/** From the documentation, not run. */
const COCKROACH_GRANTS = `
SELECT table_schema AS schema, table_name AS name, CAST(NULL AS text) AS column, privilege_type AS privilege, grantee AS role
FROM information_schema.table_privileges`;

const SCHEMA_GRANTS = `
SELECT n.nspname AS schema, a.privilege_type AS privilege,
       CASE WHEN a.grantee = 0 THEN '${EVERYONE}' ELSE pg_get_userbyid(a.grantee) END AS role
FROM pg_catalog.pg_namespace n, LATERAL aclexplode(coalesce(n.nspacl, acldefault('n', n.nspowner))) a`;

const NO_SCHEMA_GRANTS = "SELECT '' AS schema, '' AS privilege, '' AS role WHERE false";

const FUNCTIONS = `
SELECT p.proname AS name, pg_get_function_identity_arguments(p.oid) AS parameters, p.prosrc AS body, p.prosecdef AS definer,
       pg_get_userbyid(p.proowner) AS owner
FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
WHERE n.nspname = ${quoteText(CORDON_SCHEMA)}`;

const VIEWS = `
SELECT c.relname AS name, pg_get_viewdef(c.oid) AS definition, pg_get_userbyid(c.relowner) AS owner,
       coalesce(CAST(c.reloptions AS text), '') AS options
FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind = 'v' AND n.nspname = ${quoteText(CORDON_SCHEMA)}`;

const ROLES =
  'SELECT rolname AS name, rolsuper AS superuser, rolbypassrls AS bypasses FROM pg_catalog.pg_roles';

const GROUPS = `
WITH RECURSIVE g AS (
  SELECT m.member, m.roleid FROM pg_catalog.pg_auth_members m
  UNION
  SELECT g.member, m.roleid FROM g JOIN pg_catalog.pg_auth_members m ON m.member = g.roleid
)
SELECT pg_get_userbyid(g.member) AS role, pg_get_userbyid(g.roleid) AS group FROM g ORDER BY 1, 2`;

export type Ask = (statement: string) => Promise<readonly CatalogRow[]>;

/** Reads all of it; with an empty search path, so that what the server prints names every schema. */
export async function readLive(ask: Ask, dialect: Dialect): Promise<LiveState> {
  const postgres = dialect === 'postgres';
  const tables = (await ask(TABLES)).map((row) => [keyOf(row), tableOf(row)] as const);
  const policies = (await ask(POLICIES)).map(policyOf);
  const grants = (await ask(postgres ? POSTGRES_GRANTS : COCKROACH_GRANTS)).map(grantOf);
  const schemaGrants = (await ask(postgres ? SCHEMA_GRANTS : NO_SCHEMA_GRANTS)).map((row) => ({
    schema: text(row, 'schema'),
    role: text(row, 'role'),
    privilege: text(row, 'privilege'),
  }));
  const functions = (await ask(FUNCTIONS)).map((row) => [text(row, 'name'), functionOf(row)] as const);
  const views = (await ask(VIEWS)).map((row) => [text(row, 'name'), viewOf(row)] as const);
  const roles = (await ask(ROLES)).map((row) => [text(row, 'name'), roleOf(row)] as const);
  const groups = new Map<string, string[]>();
  for (const row of await ask(GROUPS)) {
    const role = text(row, 'role');
    groups.set(role, [...(groups.get(role) ?? []), text(row, 'group')]);
  }
  return {
    tables: new Map(tables),
    policies,
    grants,
    schemaGrants,
    functions: new Map(functions),
    views: new Map(views),
    roles: new Map(roles),
    groups,
  };
}

function keyOf(row: CatalogRow): RelationKey {
  return relationKey(text(row, 'schema'), text(row, 'name'));
}

function tableOf(row: CatalogRow): LiveTable {
  return { enabled: flag(row, 'enabled'), forced: flag(row, 'forced'), owner: text(row, 'owner') };
}

function policyOf(row: CatalogRow): LivePolicy {
  return {
    table: keyOf(row),
    name: text(row, 'policy'),
    restrictive: text(row, 'kind') === 'restrictive',
    command: commandOf(text(row, 'command')),
    roles: JSON.parse(text(row, 'roles')) as readonly string[],
    using: optional(row, 'using'),
    check: optional(row, 'check'),
  };
}

const COMMANDS: readonly PolicyCommand[] = ['all', 'select', 'insert', 'update', 'delete'];

function commandOf(name: string): PolicyCommand {
  return COMMANDS.find((command) => command === name) ?? 'all';
}

function grantOf(row: CatalogRow): LiveGrant {
  return {
    table: keyOf(row),
    column: optional(row, 'column'),
    role: text(row, 'role'),
    privilege: text(row, 'privilege').toUpperCase(),
  };
}

function functionOf(row: CatalogRow): LiveFunction {
  return {
    parameters: text(row, 'parameters'),
    body: text(row, 'body'),
    definer: flag(row, 'definer'),
    owner: text(row, 'owner'),
  };
}

function viewOf(row: CatalogRow): LiveView {
  return { definition: text(row, 'definition'), owner: text(row, 'owner'), options: text(row, 'options') };
}

function roleOf(row: CatalogRow): LiveRole {
  return { superuser: flag(row, 'superuser'), bypasses: flag(row, 'bypasses') };
}

function optional(row: CatalogRow, name: string): string | undefined {
  const value = row[name];
  return value === null || value === undefined ? undefined : String(value);
}

function text(row: CatalogRow, name: string): string {
  return optional(row, name) ?? '';
}

function flag(row: CatalogRow, name: string): boolean {
  return /^t(rue)?$/.test(text(row, name));
}
