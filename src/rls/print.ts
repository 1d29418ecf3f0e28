/** The plan as DDL, for people to review and run. Run twice, it leaves what it left the first time. */

import { quoteName, quoteText } from '../sql/index.ts';
import type { FunctionPlan, Grant, PolicyPlan, RlsPlan, TablePlan, ViewPlan } from './plan.ts';
import { CORDON_SCHEMA } from './plan.ts';
import { type Condition, layOut, quoteBody, quoteNames, quoteRelation } from './sql-text.ts';
import { isAtLeast, versionName } from './version.ts';

type Place = Pick<TablePlan, 'schema' | 'name'>;

/** The whole script. */
export function printRls(plan: RlsPlan, invocation: string): string {
  const printer = plan.version.dialect === 'cockroachdb' ? cockroach : postgres;
  const sections = [
    header(plan, invocation),
    ...printer.begin,
    ...schemaSection(plan),
    ...functionSection(plan),
    ...plan.tables.map((table) => tableSection(plan, table)),
    ...viewSection(plan),
    ...closedSection(plan),
    ...printer.end,
  ];
  return `${sections.join('\n\n')}\n`;
}

const postgres = { begin: ["BEGIN;\nSET LOCAL search_path = '';"], end: ['COMMIT;'] } as const;
/** Row-level security is set up statement by statement there: its schema changes do not take part in transactions. */
const cockroach = { begin: [], end: [] } as const;

function header(plan: RlsPlan, invocation: string): string {
  const { dialect } = plan.version;
  return [
    `-- Row-level security from the policy, for ${versionName(plan.version)}; printed by \`${invocation}\`.`,
    '-- Run it as the owner of the tables. Row-level security binds neither superusers nor roles with BYPASSRLS:',
    `-- ${plan.appRoles.map(quoteName).join(', ')} must be none of them, own no table here, and be a member of no role that does.`,
    ...(dialect === 'cockroachdb'
      ? ['-- From the documentation of CockroachDB: no server was at hand to run it on.']
      : []),
    '--',
    '-- The caller is read from settings of the session. Unset, there are no rows:',
    ...plan.settings.map(({ name, type, holds }) => `--   ${name} (${type}): ${holds}`),
    '--',
    '-- What the database does not do, and the gateway does:',
    ...plan.gaps.map((gap) => `--   ${gap}`),
  ]
    .map(commentLine)
    .join('\n');
}

/** Names in comments may hold anything, a line break too. */
export function commentLine(line: string): string {
  return line.replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, '?');
}

function schemaSection(plan: RlsPlan): readonly string[] {
  const roles = quoteNames(plan.appRoles);
  const usage = plan.schemas.map(
    (schema) =>
      `REVOKE CREATE ON SCHEMA ${quoteName(schema)} FROM PUBLIC, ${roles};\nGRANT USAGE ON SCHEMA ${quoteName(schema)} TO ${quoteNames(usersOf(plan))};`,
  );
  if (plan.functions.length === 0 && plan.views.length === 0) return [usage.join('\n')];
  const own = [
    `CREATE SCHEMA IF NOT EXISTS ${quoteName(CORDON_SCHEMA)};`,
    `GRANT USAGE ON SCHEMA ${quoteName(CORDON_SCHEMA)} TO ${quoteNames(usersOf(plan))};`,
  ];
  return [[...readerStatements(plan), ...usage, ...own, ...readerOwns(plan)].join('\n')];
}

function usersOf(plan: RlsPlan): readonly string[] {
  return plan.reader === undefined ? plan.appRoles : [...plan.appRoles, plan.reader];
}

/** A role that nobody logs in as: it owns what reads on behalf of callers, and the policies bind it. */
export function readerStatements({ reader, version }: RlsPlan): readonly string[] {
  if (reader === undefined) return [];
  const name = quoteName(reader);
  if (version.dialect === 'cockroachdb') return [`CREATE ROLE IF NOT EXISTS ${name} NOLOGIN;`];
  const missing = `NOT EXISTS (SELECT FROM pg_roles WHERE rolname = ${quoteText(reader)})`;
  const create = `CREATE ROLE ${name} NOLOGIN NOSUPERUSER NOBYPASSRLS`;
  return [`DO ${quoteBody(` BEGIN\n  IF ${missing} THEN\n    ${create};\n  END IF;\nEND `)};`];
}

/** A new owner has to be able to create in the schema. */
function readerOwns({ reader }: RlsPlan): readonly string[] {
  return reader === undefined
    ? []
    : [`GRANT CREATE ON SCHEMA ${quoteName(CORDON_SCHEMA)} TO ${quoteName(reader)};`];
}

function functionSection(plan: RlsPlan): readonly string[] {
  return plan.functions.map((each) => functionStatements(plan, each).join('\n'));
}

export function functionStatements(plan: RlsPlan, made: FunctionPlan): readonly string[] {
  const types = made.parameters.map(({ type }) => type).join(', ');
  const name = `${quoteName(CORDON_SCHEMA)}.${quoteName(made.name)}`;
  const signature = `${name}(${types})`;
  const parameters = made.parameters.map((each) => `${each.name} ${each.type}`).join(', ');
  const security = made.definer ? 'SECURITY DEFINER' : 'SECURITY INVOKER';
  // CockroachDB has no SET clause; the body names every relation with its schema, so it needs none.
  const path = plan.version.dialect === 'postgres' ? " SET search_path = ''" : '';
  return [
    `CREATE OR REPLACE FUNCTION ${name}(${parameters}) RETURNS ${made.returns}\n  LANGUAGE SQL STABLE ${security}${path}\n  AS ${quoteBody(made.body)};`,
    ...(made.definer && plan.reader !== undefined
      ? [`ALTER FUNCTION ${signature} OWNER TO ${quoteName(plan.reader)};`]
      : []),
    `REVOKE ALL ON FUNCTION ${signature} FROM PUBLIC;`,
    `GRANT EXECUTE ON FUNCTION ${signature} TO ${quoteNames(callersOf(plan, made))};`,
  ];
}

function callersOf({ reader }: RlsPlan, { roles }: FunctionPlan): readonly string[] {
  return reader === undefined ? roles : [...roles, reader];
}

function tableSection(plan: RlsPlan, table: TablePlan): string {
  const closed = enableStatements(plan, table);
  const lines = [
    commentLine(`-- ${table.schema}.${table.name}`),
    ...table.gaps.map((gap) => commentLine(`-- ${gap}`)),
    ...closed,
    ...table.policies.flatMap((policy) => replaceStatements(plan, table, policy)),
    ...grantStatements(plan, table),
  ];
  return lines.join('\n');
}

export function enableStatements({ version }: RlsPlan, table: Place): readonly string[] {
  const name = quoteRelation(table);
  return version.dialect === 'cockroachdb'
    ? [`ALTER TABLE ${name} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;`]
    : [`ALTER TABLE ${name} ENABLE ROW LEVEL SECURITY;`, `ALTER TABLE ${name} FORCE ROW LEVEL SECURITY;`];
}

/**
 * PostgreSQL makes each policy anew, all in one transaction. CockroachDB has no such transaction: there a policy that is
 * missing begins closed, and is then given its conditions, so that no moment is open.
 */
function replaceStatements(plan: RlsPlan, table: TablePlan, policy: PolicyPlan): readonly string[] {
  if (plan.version.dialect === 'postgres')
    return [
      `DROP POLICY IF EXISTS ${quoteName(policy.name)} ON ${quoteRelation(table)};`,
      createPolicy(table, policy),
    ];
  return [closedPolicy(table, policy), alterPolicy(table, policy)];
}

export function createPolicy(table: Place, policy: PolicyPlan): string {
  return `CREATE POLICY ${policyHead(table, policy)}${conditions(policy)};`;
}

export function closedPolicy(table: Place, policy: PolicyPlan): string {
  const using = policy.using === undefined ? '' : ' USING (false)';
  const check = policy.check === undefined ? '' : ' WITH CHECK (false)';
  return `CREATE POLICY IF NOT EXISTS ${policyHead(table, policy)}${using}${check};`;
}

function policyHead(table: Place, { name, restrictive, command, roles }: PolicyPlan): string {
  const kind = restrictive ? 'RESTRICTIVE' : 'PERMISSIVE';
  return `${quoteName(name)} ON ${quoteRelation(table)} AS ${kind} FOR ${command.toUpperCase()} TO ${quoteNames(roles)}`;
}

export function alterPolicy(table: Place, policy: PolicyPlan): string {
  return `ALTER POLICY ${quoteName(policy.name)} ON ${quoteRelation(table)} TO ${quoteNames(policy.roles)}${conditions(policy)};`;
}

function conditions({ using, check }: PolicyPlan): string {
  return [clause('USING', using), clause('WITH CHECK', check)].join('');
}

function clause(keyword: string, condition: Condition | undefined): string {
  if (condition === undefined) return '';
  const inside = layOut(condition, '    ');
  const short = inside.trim();
  return short === inside.slice(4) && !inside.includes('\n') && short.length < 70
    ? `\n  ${keyword} (${short})`
    : `\n  ${keyword} (\n${inside}\n  )`;
}

/** Privileges on tables that a role must not have; SELECT and the like are revoked with ALL, or not granted. */
const DANGEROUS = ['BACKUP', 'CHANGEFEED', 'CREATE', 'DROP', 'ZONECONFIG'] as const;
const PRIVILEGES = ['SELECT', 'INSERT', 'UPDATE', 'DELETE'] as const;

function grantStatements(plan: RlsPlan, table: TablePlan): readonly string[] {
  const name = quoteRelation(table);
  const granted = plan.version.dialect === 'cockroachdb';
  const revoked = granted
    ? [
        `REVOKE ALL ON TABLE ${name} FROM public;`,
        ...plan.appRoles.map(
          (role) => `REVOKE ${notGranted(table, role).join(', ')} ON TABLE ${name} FROM ${quoteName(role)};`,
        ),
      ]
    : [`REVOKE ALL ON TABLE ${name} FROM PUBLIC, ${quoteNames(plan.appRoles)};`];
  return [...revoked, ...usersOf(plan).flatMap((role) => grantLines(table, role))];
}

function notGranted({ grants }: TablePlan, role: string): readonly string[] {
  const held = new Set(grants.filter((grant) => grant.role === role).map(({ privilege }) => privilege));
  return [...PRIVILEGES.filter((privilege) => !held.has(privilege)), ...DANGEROUS];
}

function grantLines(table: TablePlan, role: string): readonly string[] {
  const own = table.grants.filter((grant) => grant.role === role);
  return own.length === 0 ? [] : [grantStatement(table, role, own)];
}

export function grantStatement(table: Place, role: string, grants: readonly Grant[]): string {
  const listed = grants.map(
    ({ privilege, columns }) => `${privilege}${columns === undefined ? '' : ` (${quoteNames(columns)})`}`,
  );
  return `GRANT ${listed.join(', ')} ON TABLE ${quoteRelation(table)} TO ${quoteName(role)};`;
}

function viewSection(plan: RlsPlan): readonly string[] {
  return plan.views.map((view) => viewStatements(plan, view).join('\n'));
}

export function viewStatements(plan: RlsPlan, view: ViewPlan): readonly string[] {
  const name = `${quoteName(CORDON_SCHEMA)}.${quoteName(view.name)}`;
  return [
    `CREATE OR REPLACE VIEW ${name}${viewOptions(plan)} AS\n${viewQuery(view)};`,
    ...(plan.reader === undefined ? [] : [`ALTER VIEW ${name} OWNER TO ${quoteName(plan.reader)};`]),
    ...(plan.version.dialect === 'postgres'
      ? [`REVOKE ALL ON TABLE ${name} FROM PUBLIC, ${quoteNames(plan.appRoles)};`]
      : [`REVOKE ALL ON TABLE ${name} FROM public;`]),
    `GRANT SELECT ON TABLE ${name} TO ${quoteNames(view.roles)};`,
  ];
}

/** `security_invoker` off: the view reads as its owner, or the caller would need the columns that it masks. */
function viewOptions({ version }: RlsPlan): string {
  if (version.dialect === 'cockroachdb') return '';
  return isAtLeast(version, 15)
    ? ' WITH (security_barrier = true, security_invoker = false)'
    : ' WITH (security_barrier = true)';
}

export function viewQuery({ columns, from }: ViewPlan): string {
  const listed = columns.map(({ name, text }) =>
    text === quoteName(name) ? `  ${text}` : `  ${text} AS ${quoteName(name)}`,
  );
  return `SELECT\n${listed.join(',\n')}\nFROM ${quoteRelation(from)}`;
}

function closedSection(plan: RlsPlan): readonly string[] {
  if (plan.closed.length === 0) return [];
  const lines = plan.closed.map(
    (relation) => `REVOKE ALL ON TABLE ${quoteRelation(relation)} FROM PUBLIC, ${quoteNames(plan.appRoles)};`,
  );
  return [['-- No rule opens these to a caller.', ...lines].join('\n')];
}
