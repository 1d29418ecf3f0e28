import { Option } from 'commander';
import type { Catalog, Dialect } from '../catalog/index.ts';
import { CordonError, safeText } from '../errors/index.ts';
import { checkPolicy, type LoadedPolicy } from '../policy/index.ts';
import { advisoriesFor, readVersion, type ServerVersion } from '../posture/index.ts';
import {
  askWanted,
  type ColumnMode,
  compareRls,
  compileRls,
  type LiveState,
  NormalForm,
  printDifferences,
  printRls,
  type RlsPlan,
  readLive,
  readTargetVersion,
  type TargetVersion,
  type Wanted,
} from '../rls/index.ts';
import { catalogQuery, readCatalog } from './catalog.ts';
import { CordonCommand } from './command.ts';
import { type Database, undone } from './database.ts';
import { type DialectOptions, withDatabaseDialect } from './dialect.ts';
import type { Exit } from './exit-code.ts';
import { readPolicy, reportMistakes } from './mistakes.ts';
import { policyFileOf, requireSubject, type SubjectOptions, withSubject } from './subject.ts';
import type { Terminal } from './terminal.ts';

interface RlsOptions extends SubjectOptions, DialectOptions {
  readonly version?: string;
  readonly role: readonly string[];
  readonly reader: string;
  readonly columns: ColumnMode;
  readonly gateway?: boolean;
  readonly diff?: string;
}

/** `cordon rls`: the policy as row-level security of the database, as a second line of defence. */
export function rlsCommand(terminal: Terminal): CordonCommand {
  const command = new CordonCommand('rls')
    .summary('print the policy as row-level security')
    .description(
      'Prints the DDL by which Postgres or CockroachDB enforces the same policy as a second line of defence, with comments on what ' +
        'the database cannot do and the gateway does. Policies read the caller from settings of the session (`cordon.role` and ' +
        'one for each claim): see docs/guide/row-level-security.md. With --diff a database is compared by meaning with what it ' +
        'should hold, and the least DDL that removes the difference is printed; it ends with 1 where there is one.',
    );
  withDatabaseDialect(withSubject(command))
    .option('--version <n>', 'the version of the database, as in 15.18 or 25.4.7; its own if left out')
    .option('--role <roles...>', 'the roles of the database that callers share', ['app'])
    .addOption(
      new Option('--columns <how>', 'hide columns by privileges on them, or mask them row by row by views')
        .choices(['grants', 'views'])
        .default('grants'),
    )
    .option('--gateway', 'the role is that of a gateway, which reads more than it shows')
    .option('--reader <role>', 'the role that owns views and functions, where there are any', 'cordon_reader')
    .addOption(
      new Option('--diff <url>', 'compare with this database, and print what to change')
        .conflicts('upstream')
        .conflicts('schema'),
    );
  return command
    .example('cordon rls --dialect postgres --version 15.18', 'the policy of the demo, for Postgres')
    .example('cordon rls --dialect cockroachdb --version 25.4.7', 'the same for CockroachDB')
    .example(
      'cordon rls --policy cordon.yaml --schema schema.sql --role shop_app --columns views',
      'a policy of your own, with views that mask columns',
    )
    .example(
      'cordon rls --policy cordon.yaml --diff postgres://owner@db.example/shop',
      'what has to change in a live database',
    )
    .does((options: RlsOptions) => rls(terminal, options));
}

async function rls(terminal: Terminal, options: RlsOptions): Promise<Exit> {
  const file = policyFileOf(options);
  const policy = await readPolicy(terminal, file);
  const subject = options.diff === undefined ? options : { ...options, upstream: options.diff };
  const database = await requireSubject(subject, terminal);
  try {
    const catalog = await readCatalog(database, policy.schemas, options.dialect);
    const mistakes = checkPolicy(policy, catalog);
    if (mistakes.length > 0) throw reportMistakes(terminal, file, mistakes);
    const version = await versionOf(options, catalog, database);
    warnOfFaults(terminal, version);
    const plan = planOf(policy, catalog, version, options);
    return options.diff === undefined
      ? print(terminal, plan, options)
      : await compare(terminal, plan, database);
  } finally {
    await database.close();
  }
}

function planOf(
  policy: LoadedPolicy,
  catalog: Catalog,
  version: TargetVersion,
  options: RlsOptions,
): RlsPlan {
  const { role: appRoles, reader, columns, gateway = false } = options;
  return compileRls(policy, catalog, { version, appRoles, reader, columns, gateway });
}

function print(terminal: Terminal, plan: RlsPlan, { columns, gateway }: RlsOptions): Exit {
  const { dialect, ...numbers } = plan.version;
  const views = columns === 'views' ? ' --columns views' : gateway === true ? ' --gateway' : '';
  terminal.print(
    printRls(
      plan,
      `cordon rls --dialect ${dialect} --version ${numberOf(numbers, dialect)}${views}`,
    ).trimEnd(),
  );
  return 'ok';
}

function numberOf({ major, minor, patch }: Omit<TargetVersion, 'dialect'>, dialect: Dialect): string {
  const series = dialect === 'cockroachdb' ? `${major}.${minor}` : `${major}`;
  return patch === undefined ? series : `${series}.${patch}`;
}

async function compare(terminal: Terminal, plan: RlsPlan, database: Database): Promise<Exit> {
  const { live, wanted } = await (plan.version.dialect === 'postgres'
    ? readPostgres(plan, database)
    : readCockroach(plan, database));
  const differences = compareRls(plan, live, wanted);
  terminal.print(printDifferences(plan, differences).trimEnd());
  return differences.every(({ kind }) => kind === 'note') ? 'ok' : 'no';
}

interface Sides {
  readonly live: LiveState;
  readonly wanted: Wanted;
}

/** Everything is read, and everything wanted is printed by the server, in a transaction that is undone. */
function readPostgres(plan: RlsPlan, database: Database): Promise<Sides> {
  const ask = catalogQuery(database);
  return undone(database, async () => {
    await ask("SET LOCAL search_path = ''");
    return { live: await readLive(ask, 'postgres'), wanted: await askWanted(plan, ask) };
  });
}

/** From the documentation, not run. */
async function readCockroach(plan: RlsPlan, database: Database): Promise<Sides> {
  const { createParser } = await import('../sql/parse/index.ts');
  const form = new NormalForm(await createParser());
  const live = await database.atOnce(() => readLive(catalogQuery(database), 'cockroachdb'));
  return { live: form.live(live), wanted: form.wanted(plan) };
}

/** The version that was given, or the database's own where it is of the dialect that was asked for. */
async function versionOf(
  { version, dialect }: RlsOptions,
  catalog: Catalog,
  database: Database,
): Promise<TargetVersion> {
  if (version !== undefined) return readTargetVersion(catalog.dialect, version);
  const [row] = await catalogQuery(database)('SELECT pg_catalog.version() AS version');
  const own = readVersion(String(row?.version ?? ''));
  if (own === undefined || (dialect !== undefined && own.dialect !== dialect))
    throw new CordonError('CORDON_USAGE', {
      reason: safeText('beside `--dialect`, give the `--version` of the database'),
    });
  return readTargetVersion(own.dialect, own.patch < 0 ? own.series : `${own.series}.${own.patch}`);
}

/** A version without its patch level is taken for the newest of its series. */
function warnOfFaults(terminal: Terminal, { dialect, major, minor, patch }: TargetVersion): void {
  const series = dialect === 'cockroachdb' ? `${major}.${minor}` : String(major);
  const version: ServerVersion = { dialect, series, patch: patch ?? Number.MAX_SAFE_INTEGER };
  const known = advisoriesFor(version).filter(({ views }) => views !== true);
  for (const { id, what, remedy } of known) {
    terminal.complain(`warning: POSTURE_VERSION_ADVISORY: ${what} (${id})`);
    terminal.complain(remedy);
  }
}
