/** Findings about the way to the server, the role that statements run as, and the version. */
import type { Relation } from '../catalog/index.ts';
import { type Safe, safeJoin, safeName, safeText } from '../errors/index.ts';
import { say } from '../policy/index.ts';
import { advisoriesFor } from './advisories.ts';
import type { RoleFacts, ServerFacts, Unread, WayFacts } from './facts.ts';
import { type Finding, type FindingCode, finding } from './finding.ts';
import { readVersion, versionText } from './version.ts';

const UPSTREAM = safeText('--upstream');

export function wayFindings({ weakness, passwordInUrl, passwordInClear }: WayFacts): readonly Finding[] {
  return [
    ...(weakness === undefined ? [] : [finding('POSTURE_TLS_WEAK', UPSTREAM, { weakness })]),
    ...(weakness !== undefined && passwordInClear ? [finding('POSTURE_PASSWORD_IN_CLEAR', UPSTREAM)] : []),
    ...(passwordInUrl ? [finding('POSTURE_PASSWORD_IN_URL', UPSTREAM)] : []),
  ];
}

/** `covered` are the relations that a rule opens, `schemas` those of the policy. */
export function serverFindings(
  server: ServerFacts,
  covered: readonly Relation[],
  schemas: readonly string[],
): readonly Finding[] {
  const isSuperuser = server.roles.some((role) => isAdministrator(server, role));
  return [
    ...superuserFindings(server, isSuperuser),
    // A superuser has all of the rest, and can be given none of it less.
    ...(isSuperuser ? [] : [...roleFindings(server), ...grantFindings(server, covered)]),
    ...(isSuperuser ? [] : ownerFindings(server, covered)),
    ...schemaFindings(server, schemas, isSuperuser),
    ...versionFindings(server, covered),
    ...unreadFindings(server.unread),
  ];
}

export function unreadFindings(unread: readonly Unread[]): readonly Finding[] {
  return unread.map(({ part, sqlstate }) =>
    finding('POSTURE_UNREAD', part, { sqlstate: safeName(sqlstate) }),
  );
}

/** On CockroachDB the members of `admin` have every right, and `root` is one. */
function isAdministrator({ dialect }: ServerFacts, { superuser, name }: RoleFacts): boolean {
  return superuser || (dialect === 'cockroachdb' && (name === 'admin' || name === 'root'));
}

function superuserFindings(server: ServerFacts, isSuperuser: boolean): readonly Finding[] {
  const role = safeName(server.login);
  const attribute = server.dialect === 'cockroachdb' ? safeText('admin') : safeText('SUPERUSER');
  if (isSuperuser) return [finding('POSTURE_ROLE_SUPERUSER', whereRole(server), { role, attribute })];
  if (!server.actsAsSuperuser) return [];
  const facts = { role, acting: safeName(server.acting) };
  return [finding('POSTURE_SESSION_SUPERUSER', whereRole(server), facts)];
}

function roleFindings(server: ServerFacts): readonly Finding[] {
  const role = safeName(server.login);
  const one = (code: FindingCode, holds: boolean) =>
    holds ? [finding(code, whereRole(server), { role })] : [];
  const bypasses =
    server.roles.some(({ bypassesRls }) => bypassesRls) || server.systemPrivileges.includes('BYPASSRLS');
  return [
    ...one('POSTURE_ROLE_BYPASSES_RLS', bypasses),
    ...one(
      'POSTURE_ROLE_MAKES_ROLES',
      server.roles.some(({ makesRoles }) => makesRoles),
    ),
    ...one(
      'POSTURE_ROLE_REPLICATES',
      server.dialect === 'postgres' && server.roles.some((each) => each.replicates),
    ),
    ...one('POSTURE_UNSAFE_INTERNALS', server.unsafeInternals),
    ...server.roles
      .filter(({ name }) => PREDEFINED.has(name))
      .map(({ name }) =>
        finding('POSTURE_ROLE_PREDEFINED', whereRole(server), { role, through: safeName(name) }),
      ),
    ...server.systemPrivileges
      .filter((name) => name !== 'BYPASSRLS')
      .map((name) => finding('POSTURE_GRANT_SYSTEM', whereRole(server), { role, privilege: safeName(name) })),
  ];
}

/** https://www.postgresql.org/docs/current/predefined-roles.html: those that reach rows or the server's machine. */
const PREDEFINED: ReadonlySet<string> = new Set([
  'pg_read_all_data',
  'pg_write_all_data',
  'pg_read_server_files',
  'pg_write_server_files',
  'pg_execute_server_program',
]);

function ownerFindings(server: ServerFacts, covered: readonly Relation[]): readonly Finding[] {
  const role = safeName(server.login);
  return covered
    .filter((relation) => owns(server, relation))
    .map((relation) => finding('POSTURE_ROLE_OWNER', whereRelation(relation), { role }));
}

function owns({ roles, owners }: ServerFacts, { oid }: Relation): boolean {
  return roles.some(({ name }) => name === owners.get(oid));
}

/** What a privilege is a finding of. CockroachDB asks DROP of whoever truncates. */
const GRANTED: Readonly<Record<ServerFacts['dialect'], Readonly<Record<string, FindingCode>>>> = {
  postgres: { TRUNCATE: 'POSTURE_GRANT_TRUNCATE', TRIGGER: 'POSTURE_GRANT_TRIGGER' },
  cockroachdb: {
    DROP: 'POSTURE_GRANT_TRUNCATE',
    CHANGEFEED: 'POSTURE_GRANT_CHANGEFEED',
    BACKUP: 'POSTURE_GRANT_BACKUP',
  },
};

function grantFindings(server: ServerFacts, covered: readonly Relation[]): readonly Finding[] {
  const role = safeName(server.login);
  // What comes with owning a relation is told as that.
  return covered
    .filter((relation) => !owns(server, relation))
    .flatMap((relation) =>
      Object.entries(GRANTED[server.dialect])
        .filter(([privilege]) => isGranted(server, relation, privilege))
        .map(([privilege, code]) =>
          finding(code, whereRelation(relation), { role, privilege: safeName(privilege) }),
        ),
    );
}

function isGranted({ grants }: ServerFacts, { schema, name }: Relation, privilege: string): boolean {
  return grants.some(
    (grant) =>
      grant.schema === schema &&
      grant.relation === name &&
      (grant.privilege === privilege || grant.privilege === 'ALL'),
  );
}

function schemaFindings(
  { openSchemas, ownSchemas, login }: ServerFacts,
  schemas: readonly string[],
  isSuperuser: boolean,
): readonly Finding[] {
  const open = schemas.filter((name) => openSchemas.includes(name));
  const own = isSuperuser ? [] : schemas.filter((name) => ownSchemas.includes(name) && !open.includes(name));
  return [
    ...open.map((name) => finding('POSTURE_SCHEMA_OPEN', whereSchema(name), { schema: safeName(name) })),
    ...own.map((name) => finding('POSTURE_ROLE_CREATES', whereSchema(name), { role: safeName(login) })),
  ];
}

function versionFindings(server: ServerFacts, covered: readonly Relation[]): readonly Finding[] {
  const version = readVersion(server.version);
  if (version === undefined) return [finding('POSTURE_VERSION_UNKNOWN', safeText('the server'))];
  const hasViews = covered.some(({ kind }) => kind === 'view' || kind === 'materialized-view');
  return advisoriesFor(version)
    .filter(({ views }) => views === undefined || hasViews)
    .map(({ id, what, remedy, source }) =>
      finding(
        'POSTURE_VERSION_ADVISORY',
        safeName(versionText(version)),
        { what, advisory: id, remedy },
        source,
      ),
    );
}

function whereRole({ login }: ServerFacts): Safe {
  return say`role ${safeName(login)}`;
}

function whereSchema(name: string): Safe {
  return say`schema ${safeName(name)}`;
}

export function whereRelation({ schema, name }: Relation, ...columns: readonly string[]): Safe {
  const relation = safeJoin([safeName(schema), safeName(name)], '.');
  return columns.length === 0 ? relation : say`${relation} (${safeJoin(columns.map(safeName), ', ')})`;
}
