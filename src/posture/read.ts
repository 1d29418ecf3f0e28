import type { CatalogQuery } from '../catalog/index.ts';
import { CordonError, type Safe, safeText } from '../errors/index.ts';
import type { Grant, IndexFacts, RoleFacts, SchemaFacts, ServerFacts, Unread } from './facts.ts';
import * as queries from './queries.ts';

type Row = Awaited<ReturnType<CatalogQuery>>[number];

/** Reads what is known of the server and the role; a part that is refused is told as such, and the others are read. */
export async function readServer(query: CatalogQuery): Promise<ServerFacts> {
  const reader = new PartReader(query);
  const [session = {}] = await reader.rows(safeText('the session'), queries.SESSION);
  const [login, version] = [textOf(session, 'login'), textOf(session, 'version')];
  const dialect = version.startsWith('CockroachDB') ? 'cockroachdb' : 'postgres';
  const roles = await readRoles(reader, login);
  const names = new Set(roles.map(({ name }) => name));
  const schemas = await reader.rows(safeText('rights on schemas'), queries.SCHEMAS[dialect]);
  const granted = (grantees: (name: string) => boolean) => [
    ...new Set(schemas.filter((row) => grantees(textOf(row, 'grantee'))).map((row) => textOf(row, 'schema'))),
  ];
  return {
    dialect,
    version,
    login,
    acting: textOf(session, 'acting'),
    actsAsSuperuser: textOf(session, 'superuser') === 'on',
    unsafeInternals: textOf(session, 'internals') === 'on',
    roles,
    owners: await readOwners(reader),
    grants: await readGrants(reader, names),
    openSchemas: granted(isEveryone),
    ownSchemas: granted((name) => names.has(name)),
    systemPrivileges: dialect === 'cockroachdb' ? await readSystemPrivileges(reader, login) : [],
    unread: reader.unread,
  };
}

/** Reads how relations are made. */
export async function readSchema(query: CatalogQuery): Promise<SchemaFacts> {
  const reader = new PartReader(query);
  const indexes = await reader.rows(safeText('indexes'), queries.INDEXES);
  const counters = await reader.rows(safeText('defaults of columns'), queries.COUNTERS);
  const inert = await reader.rows(safeText('row-level security'), queries.INERT_RLS);
  return {
    indexes: grouped(
      indexes.filter((row) => flagOf(row, 'is_valid')).map((row) => [relationOf(row), readIndex(row)]),
    ),
    counters: new Map(
      [...grouped(counters.map((row) => [relationOf(row), Number(row.position)] as const))].map(
        ([relation, positions]) => [relation, new Set(positions)],
      ),
    ),
    inertRls: new Set(inert.map(relationOf)),
    unread: reader.unread,
  };
}

/** Asks for one part after the other. */
class PartReader {
  readonly unread: Unread[] = [];
  readonly #query: CatalogQuery;

  constructor(query: CatalogQuery) {
    this.#query = query;
  }

  async rows(part: Safe, sql: string): Promise<readonly Row[]> {
    try {
      return await this.#query(sql);
    } catch (cause) {
      // Without an answer of the database there is nothing to go on with.
      if (!(cause instanceof CordonError) || !/^[0-9A-Z]{5}$/.test(cause.sqlstate)) throw cause;
      this.unread.push({ part, sqlstate: cause.sqlstate });
      return [];
    }
  }
}

async function readRoles(reader: PartReader, login: string): Promise<readonly RoleFacts[]> {
  const part = safeText('roles');
  const rows = await reader.rows(part, queries.ROLES);
  const members = await reader.rows(part, queries.MEMBERS);
  const reached = new Set<string>();
  const pending = rows.filter((row) => textOf(row, 'name') === login).map((row) => textOf(row, 'oid'));
  for (let oid = pending.pop(); oid !== undefined; oid = pending.pop()) {
    if (reached.has(oid)) continue;
    reached.add(oid);
    const of = members.filter((row) => textOf(row, 'member') === oid);
    pending.push(...of.map((row) => textOf(row, 'role')));
  }
  return rows.filter((row) => reached.has(textOf(row, 'oid'))).map(readRole);
}

function readRole(row: Row): RoleFacts {
  return {
    name: textOf(row, 'name'),
    superuser: flagOf(row, 'superuser'),
    makesRoles: flagOf(row, 'makes_roles'),
    replicates: flagOf(row, 'replicates'),
    bypassesRls: flagOf(row, 'bypasses_rls'),
  };
}

async function readOwners(reader: PartReader): Promise<ReadonlyMap<number, string>> {
  const rows = await reader.rows(safeText('owners of relations'), queries.OWNERS);
  return new Map(rows.map((row) => [relationOf(row), textOf(row, 'owner')]));
}

async function readGrants(reader: PartReader, names: ReadonlySet<string>): Promise<readonly Grant[]> {
  const rows = await reader.rows(safeText('rights on relations'), queries.GRANTS);
  return rows
    .filter((row) => names.has(textOf(row, 'grantee')) || isEveryone(textOf(row, 'grantee')))
    .map((row) => ({
      schema: textOf(row, 'schema'),
      relation: textOf(row, 'relation'),
      privilege: textOf(row, 'privilege'),
    }));
}

async function readSystemPrivileges(reader: PartReader, login: string): Promise<readonly string[]> {
  const rows = await reader.rows(safeText('system privileges'), queries.systemGrantsOf(login));
  return [...new Set(rows.map((row) => textOf(row, 'privilege')))];
}

/** PostgreSQL writes it in capitals in the standard's views, CockroachDB does not. */
function isEveryone(grantee: string): boolean {
  return grantee === 'PUBLIC' || grantee === 'public';
}

function readIndex(row: Row): IndexFacts {
  const columns = (textOf(row, 'columns').match(/\d+/g) ?? []).map(Number);
  return {
    name: textOf(row, 'name'),
    unique: flagOf(row, 'is_unique'),
    partial: flagOf(row, 'partial'),
    columns: columns.slice(0, Number(row.key_columns ?? columns.length)),
  };
}

function relationOf(row: Row): number {
  return Number(row.relation);
}

function textOf(row: Row, name: string): string {
  const value = row[name];
  return value === null || value === undefined ? '' : String(value);
}

function flagOf(row: Row, name: string): boolean {
  return ['t', 'true'].includes(textOf(row, name));
}

function grouped<T>(entries: readonly (readonly [number, T])[]): ReadonlyMap<number, readonly T[]> {
  const groups = new Map<number, T[]>();
  for (const [key, value] of entries) groups.set(key, [...(groups.get(key) ?? []), value]);
  return groups;
}
