/** What is worth a warning about a database and the way to it: codes that stay, what each means, and what to do. */
import { type Facts, type Safe, safeName } from '../errors/index.ts';
import { say } from '../policy/index.ts';

/** `high`: the guard or its secrecy can be gone around. `medium`: a second line is missing. `low`: narrower, or slower, than it could be. */
export type Severity = 'high' | 'medium' | 'low';

export interface Finding {
  readonly code: FindingCode;
  readonly severity: Severity;
  /** A role, a relation, a schema, an option of the command line: names alone. */
  readonly where: Safe;
  readonly happened: Safe;
  readonly fix: Safe;
  /** The page of whoever makes the database that says so. */
  readonly source?: string;
}

interface FindingEntry {
  readonly severity: Severity;
  /** On which databases it can be met. */
  readonly on: 'both' | 'postgres' | 'cockroachdb';
  readonly happened: (facts: Facts) => Safe;
  /** Why it matters behind Cordon; for the reference page. */
  readonly meaning: string;
  readonly fix: (facts: Facts) => Safe;
}

const f = (facts: Facts, name: string): Safe => facts[name] ?? safeName('?');

const entry = (
  severity: Severity,
  on: FindingEntry['on'],
  happened: FindingEntry['happened'],
  meaning: string,
  fix: FindingEntry['fix'],
): FindingEntry => ({ severity, on, happened, meaning, fix });

/** Every finding, once; `docs/reference/posture.md` is made from this table. */
export const FINDINGS = {
  // The way to the database.
  POSTURE_TLS_WEAK: entry(
    'high',
    'both',
    (x) => say`${f(x, 'weakness')}`,
    'Only `verify-full` checks both who signed the certificate and whom it names. With less, whoever stands between Cordon and the database reads and writes as Cordon.',
    () => say`use \`--upstream-tls verify-full\` outside of development`,
  ),
  POSTURE_PASSWORD_IN_URL: entry(
    'medium',
    'both',
    () => say`the password of \`--upstream\` is visible to other processes`,
    'A command line can be read by every process of the machine, and ends in histories and logs. Whoever has the password needs no Cordon.',
    () => say`put it into the environment variable CORDON_UPSTREAM_PASSWORD instead`,
  ),
  POSTURE_PASSWORD_IN_CLEAR: entry(
    'high',
    'both',
    () => say`the password is shown to whoever answers in the place of the database`,
    '`--upstream-password-in-clear` gives the password as it is to a server whose certificate and name nobody has verified.',
    () => say`use \`--upstream-tls verify-full\`, or leave the option out`,
  ),
  // The role that statements run as.
  POSTURE_ROLE_SUPERUSER: entry(
    'high',
    'both',
    (x) => say`role \`${f(x, 'role')}\` is, or may become, a superuser`,
    'Whatever should ever pass the guard has every right: other databases, files of the server, the passwords of roles. Row-level security does not bind a superuser.',
    (x) => say`connect as a role that has \`${f(x, 'attribute')}\` neither itself nor through another role`,
  ),
  POSTURE_SESSION_SUPERUSER: entry(
    'high',
    'both',
    (x) =>
      say`the session of role \`${f(x, 'role')}\` acts as a superuser (\`${f(x, 'acting')}\`) from its start`,
    'The login itself is ordinary, and a setting of the role or the database (`ALTER ROLE … SET role`) makes its sessions act as another one.',
    () => say`take the setting off the role, or connect as another one`,
  ),
  POSTURE_ROLE_OWNER: entry(
    'high',
    'both',
    (x) => say`role \`${f(x, 'role')}\` owns the relation, itself or through a role that it is a member of`,
    'An owner may change or drop the relation and its policies, and the database’s own row-level security binds it only where FORCE is set.',
    () =>
      say`let a role that nobody logs in as own the relations; grant the role of Cordon SELECT, INSERT, UPDATE and DELETE`,
  ),
  POSTURE_ROLE_BYPASSES_RLS: entry(
    'medium',
    'both',
    (x) =>
      say`role \`${f(x, 'role')}\` bypasses row-level security, itself or through a role that it may become`,
    'Policies of the database, the second line of defence, do not hold for what Cordon sends.',
    () =>
      say`run \`ALTER ROLE … NOBYPASSRLS\`, and revoke the system privilege of that name where there is one`,
  ),
  POSTURE_ROLE_MAKES_ROLES: entry(
    'medium',
    'both',
    (x) => say`role \`${f(x, 'role')}\` may create and change roles`,
    'It could give itself rights, or make a login of which nobody knows.',
    () => say`run \`ALTER ROLE … NOCREATEROLE\``,
  ),
  POSTURE_ROLE_REPLICATES: entry(
    'high',
    'postgres',
    (x) => say`role \`${f(x, 'role')}\` may open a replication connection`,
    'Replication streams every change of every table; no rule of any kind is applied to it.',
    () => say`run \`ALTER ROLE … NOREPLICATION\``,
  ),
  POSTURE_ROLE_PREDEFINED: entry(
    'high',
    'postgres',
    (x) => say`role \`${f(x, 'role')}\` is a member of \`${f(x, 'through')}\``,
    'The predefined roles read or write every table, or files and programs of the server, whatever was granted.',
    (x) => say`run \`REVOKE ${f(x, 'through')} FROM …\` and grant what is needed table by table`,
  ),
  POSTURE_ROLE_CREATES: entry(
    'medium',
    'both',
    (x) => say`role \`${f(x, 'role')}\` may create objects in a schema of the policy`,
    'A function, an operator or a view made there can stand in for another one, and a function may run with its maker’s rights.',
    () =>
      say`run \`REVOKE CREATE ON SCHEMA … FROM\` the role that has it; let migrations use a role of their own`,
  ),
  POSTURE_SCHEMA_OPEN: entry(
    'medium',
    'both',
    () => say`anyone may create objects in this schema, in which names are looked up`,
    'Whoever can create a function or an operator where unqualified names are looked up can be called in the place of another one. PostgreSQL before 15 grants this on `public`, and so does CockroachDB unless `sql.auth.public_schema_create_privilege.enabled` is off.',
    (x) => say`run \`REVOKE CREATE ON SCHEMA ${f(x, 'schema')} FROM PUBLIC\` as its owner`,
  ),
  POSTURE_GRANT_TRUNCATE: entry(
    'medium',
    'both',
    (x) => say`role \`${f(x, 'role')}\` may empty the relation as a whole`,
    'TRUNCATE asks no rule and no policy. It needs the privilege TRUNCATE on PostgreSQL, and DROP on CockroachDB.',
    (x) => say`run \`REVOKE ${f(x, 'privilege')} ON … FROM …\``,
  ),
  POSTURE_GRANT_TRIGGER: entry(
    'medium',
    'postgres',
    (x) => say`role \`${f(x, 'role')}\` may make triggers on the relation`,
    'A trigger runs in every statement that changes the relation, with the rights of whoever sends it.',
    () => say`run \`REVOKE TRIGGER ON … FROM …\``,
  ),
  POSTURE_GRANT_CHANGEFEED: entry(
    'high',
    'cockroachdb',
    (x) => say`role \`${f(x, 'role')}\` may stream the relation to an outside sink`,
    'A changefeed sends every row, past and future, and row-level security does not filter it. One without a sink needs no more than SELECT; Cordon refuses both.',
    () => say`run \`REVOKE CHANGEFEED ON … FROM …\``,
  ),
  POSTURE_GRANT_BACKUP: entry(
    'high',
    'cockroachdb',
    (x) => say`role \`${f(x, 'role')}\` may back the relation up`,
    'A backup holds all rows and their history, wherever its maker sends it; row-level security does not filter it.',
    () => say`run \`REVOKE BACKUP ON … FROM …\``,
  ),
  POSTURE_GRANT_SYSTEM: entry(
    'medium',
    'cockroachdb',
    (x) => say`role \`${f(x, 'role')}\` holds the system privilege ${f(x, 'privilege')}`,
    'System privileges reach past tables: statements and literals of other sessions, jobs, settings of the cluster, storage outside.',
    (x) => say`run \`REVOKE SYSTEM ${f(x, 'privilege')} FROM …\``,
  ),
  POSTURE_UNSAFE_INTERNALS: entry(
    'high',
    'cockroachdb',
    (x) => say`sessions of role \`${f(x, 'role')}\` may read \`system\` and \`crdb_internal\``,
    'From v26.1 these schemas are closed unless `allow_unsafe_internals` is on; here it is on from the start. They hold sessions, statements of others and keys of rows. Cordon refuses them in any case.',
    () => say`run \`ALTER ROLE … RESET allow_unsafe_internals\`, or take it off the connection string`,
  ),
  // The version of the server.
  POSTURE_VERSION_ADVISORY: entry(
    'high',
    'both',
    (x) => say`${f(x, 'what')} (${f(x, 'advisory')})`,
    'The version of the server has a known fault through which rows, rights or policies of the database are lost. The table below lists them.',
    (x) => say`${f(x, 'remedy')}`,
  ),
  POSTURE_VERSION_UNKNOWN: entry(
    'medium',
    'both',
    () => say`the version of the server cannot be read from what it says`,
    'No advisory was looked up.',
    () => say`ask its maker, and compare with the table of \`docs/reference/posture.md\``,
  ),
  // Relations and rules.
  POSTURE_RELATION_UNCOVERED: entry(
    'low',
    'both',
    () => say`no rule opens the relation; it is closed to everyone`,
    'Closed is safe; forgotten is not meant. A program that asks the database past Cordon meets no rule there.',
    () => say`write a rule for it, or take it out of the schemas of the policy`,
  ),
  POSTURE_COLUMN_UNCOVERED: entry(
    'low',
    'both',
    () => say`no rule names the column; it is hidden from everyone`,
    'It reads as NULL. Perhaps it was added after the policy was written.',
    () => say`name it in \`read\` of a rule, or give it a class under \`columns\``,
  ),
  POSTURE_KEY_SPANS_OWNERS: entry(
    'medium',
    'both',
    () => say`the unique key does not hold a column by which callers are told apart`,
    'Whoever writes learns whether a value is taken by a row that they may not see: one bit for each attempt (23505). Cordon gives one code and one text for every cause, and cannot close it.',
    () =>
      say`let the key begin with the column of a boundary or of the owner, or let the database choose random uuids`,
  ),
  POSTURE_WRITE_WIDENS_READ: entry(
    'medium',
    'both',
    (x) =>
      say`role \`${f(x, 'role')}\` may write \`${f(x, 'column')}\`, and a rule shows columns of the row by what it holds`,
    'Whoever writes the column shows themselves columns of their row that were hidden before. That is right where the column is a switch for its owner, and a hole where it stands for a decision of somebody else.',
    () =>
      say`take the column out of \`write\` of that rule, or let the rule that shows the columns not look at it`,
  ),
  POSTURE_FILTER_UNINDEXED: entry(
    'low',
    'both',
    () => say`no index begins with a column that the rules for the relation compare`,
    'Every statement of a caller reads the whole relation before its rows are found; its time tells how large the relation is.',
    () => say`make an index that begins with one of them`,
  ),
  POSTURE_ID_SEQUENTIAL: entry(
    'low',
    'both',
    (x) => say`its key \`${f(x, 'column')}\` is counted up by the database and shown to callers`,
    'Two ids tell how many rows others have made in between, and a neighbour’s id can be guessed: Cordon shows no row by it, but other programs may. `unique_rowid()` is made of the time and the node.',
    () => say`use uuids with a random default as keys, or show another column in its place`,
  ),
  POSTURE_RLS_INERT: entry(
    'medium',
    'both',
    () => say`policies or FORCE are set on the relation, and row-level security is not enabled`,
    'The database ignores them without a word: the second line of defence is written down and not there.',
    () => say`run \`ALTER TABLE … ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY\``,
  ),
  POSTURE_UNREAD: entry(
    'medium',
    'both',
    (x) => say`this could not be read (SQLSTATE ${f(x, 'sqlstate')}), so nothing is said about it`,
    'What was not looked at is not known to be well.',
    () => say`run \`cordon check\` once as a role that may read it`,
  ),
} as const satisfies Record<string, FindingEntry>;

/** A stable code of a finding. */
export type FindingCode = keyof typeof FINDINGS;

export function finding(code: FindingCode, where: Safe, facts: Facts = {}, source?: string): Finding {
  const words: FindingEntry = FINDINGS[code];
  const told = {
    code,
    severity: words.severity,
    where,
    happened: words.happened(facts),
    fix: words.fix(facts),
  };
  return source === undefined ? told : { ...told, source };
}

const ORDER: readonly Severity[] = ['high', 'medium', 'low'];
const CODES: readonly string[] = Object.keys(FINDINGS);

/** The gravest first; those of one code together, in the order in which they were found. */
export function sortFindings(findings: readonly Finding[]): readonly Finding[] {
  const rank = ({ severity, code }: Finding) => ORDER.indexOf(severity) * CODES.length + CODES.indexOf(code);
  return [...findings].sort((a, b) => rank(a) - rank(b));
}
