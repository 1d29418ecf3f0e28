/** What `check` and `explain` look at: a policy, and the database it is for. */
import { Option } from 'commander';
import { CordonError, safeText } from '../errors/index.ts';
import type { CordonCommand } from './command.ts';
import { connectDatabase, type Database, embeddedDatabase, runScripts } from './database.ts';
import { DEMO_FILES } from './demo-shop.ts';
import { openEmbedded } from './embedded.ts';
import { readText } from './policy-file.ts';
import type { Terminal } from './terminal.ts';
import { readUpstream, type UpstreamOptions } from './upstream.ts';

export interface SubjectOptions extends Omit<UpstreamOptions, 'upstream'> {
  readonly policy?: string;
  readonly upstream?: string;
  readonly schema?: string;
}

/** Adds the options that name a policy and a database. */
export function withSubject(command: CordonCommand): CordonCommand {
  command
    .option('--policy <file>', "the policy: YAML, or a module; the demo's if left out")
    .addOption(new Option('--upstream <url>', 'the database to compare with').conflicts('schema'))
    .option('--schema <file>', 'an SQL script of the schema instead, run in an embedded Postgres');
  return withUpstreamTls(command);
}

/** Adds the options of the connection to the database. */
export function withUpstreamTls(command: CordonCommand): CordonCommand {
  return command
    .option('--upstream-tls <mode>', 'verify-full (unless set), verify-ca, require or disable')
    .option('--upstream-ca <file>', 'certificates that sign the one of the database (PEM)')
    .option('--upstream-cert <file>', 'a client certificate for the database (PEM)')
    .option('--upstream-key <file>', 'the key of the client certificate (PEM)')
    .option('--upstream-jwt', 'the password is a JWT; CockroachDB is told so')
    .option(
      '--upstream-password-in-clear',
      'show the password as it is also where TLS does not verify the database',
    ) as CordonCommand;
}

/** The policy that the options name. */
export function policyFileOf(options: SubjectOptions): string {
  return options.policy ?? DEMO_FILES.policy;
}

/** The database that the options name; undefined where they name a policy alone. */
export async function openSubject(
  options: SubjectOptions,
  terminal: Terminal,
): Promise<Database | undefined> {
  const { upstream, schema } = options;
  if (upstream !== undefined) return connectDatabase(await readUpstream({ ...options, upstream }, terminal));
  if (schema !== undefined) return embedScripts(terminal, [await readText(schema)]);
  if (options.policy === undefined)
    return embedScripts(terminal, [await readText(DEMO_FILES.schema), await readText(DEMO_FILES.seed)]);
  return undefined;
}

/** The database that the options name. */
export async function requireSubject(options: SubjectOptions, terminal: Terminal): Promise<Database> {
  const database = await openSubject(options, terminal);
  if (database !== undefined) return database;
  const reason = safeText(
    'beside `--policy`, give the database as `--upstream`, or its schema as `--schema`',
  );
  throw new CordonError('CORDON_USAGE', { reason });
}

/** A database in memory, with scripts run in it, such as a schema and its rows. */
async function embedScripts(terminal: Terminal, scripts: readonly string[]): Promise<Database> {
  const pglite = await openEmbedded(terminal.stateDirectory);
  await runScripts(pglite, scripts);
  return embeddedDatabase(pglite);
}
