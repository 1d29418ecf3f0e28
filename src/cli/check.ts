import { checkPolicy, type LoadedPolicy, type Mistake } from '../policy/index.ts';
import { type Finding, judgePosture, type WayFacts } from '../posture/index.ts';
import { readCatalog } from './catalog.ts';
import { CordonCommand } from './command.ts';
import { connectDatabase, type Database } from './database.ts';
import { type DialectOptions, withDatabaseDialect } from './dialect.ts';
import type { Exit } from './exit-code.ts';
import { reportError } from './failure.ts';
import { loadSource, reportMistakes } from './mistakes.ts';
import { readPolicySource } from './policy-file.ts';
import { postureTable, readPosture, readSchemaPosture } from './posture.ts';
import { openSubject, policyFileOf, type SubjectOptions, withSubject } from './subject.ts';
import type { Terminal } from './terminal.ts';
import { readUpstream } from './upstream.ts';
import { wayOf } from './way.ts';

interface CheckOptions extends SubjectOptions, DialectOptions {
  readonly strict?: boolean;
  readonly json?: boolean;
}

/** `cordon check`: a policy against the database it is for. */
export function checkCommand(terminal: Terminal): CordonCommand {
  const command = new CordonCommand('check')
    .summary('compare a policy with its database')
    .description(
      'Reports every mistake of a policy with its line, the reason and what to write instead; then what is worth a warning about the ' +
        'database: relations and columns that nobody has classified (they stay closed), keys and indexes, and, of a server, the role ' +
        'of the connection, its TLS and its version. Each has a code; docs/reference/posture.md lists them. Without a database only ' +
        'the document itself is checked.',
    );
  return withDatabaseDialect(withSubject(command))
    .option('--strict', 'end with 1 also where something is worth a warning')
    .option('--json', 'print one JSON object: mistakes, findings')
    .example('cordon check', 'the policy of the demo')
    .example('cordon check --policy cordon.yaml --schema schema.sql', 'against a schema, without a database')
    .example(
      'cordon check --policy cordon.yaml --upstream postgres://app@db.example/shop',
      'against a live database',
    )
    .example(
      'cordon check --policy cordon.yaml --upstream postgres://app@db.example/shop --strict --json',
      'for a pipeline: any warning ends it with 1',
    )
    .does((options: CheckOptions) => check(terminal, options));
}

/** What is told: as lines, or as one JSON object. */
interface Told {
  readonly file: string;
  readonly mistakes: readonly Mistake[];
  readonly findings: readonly Finding[];
  /** There was a database to compare with. */
  readonly compared: boolean;
}

async function check(terminal: Terminal, options: CheckOptions): Promise<Exit> {
  const file = policyFileOf(options);
  const told = await findAll(terminal, options, file);
  if (options.json === true) terminal.print(JSON.stringify(jsonOf(told)));
  else if (told.mistakes.length > 0)
    return reportError(terminal, reportMistakes(terminal, file, told.mistakes));
  else for (const line of linesOf(told)) terminal.print(line);
  const fails = told.mistakes.length > 0 || (options.strict === true && told.findings.length > 0);
  return fails ? 'no' : 'ok';
}

async function findAll(terminal: Terminal, options: CheckOptions, file: string): Promise<Told> {
  const { policy, mistakes } = loadSource(await readPolicySource(file));
  if (policy === undefined) return { file, mistakes, findings: [], compared: false };
  const subject = await open(terminal, options);
  if (subject === undefined) return { file, mistakes: [], findings: [], compared: false };
  try {
    return { file, compared: true, ...(await compare(policy, subject, options)) };
  } finally {
    await subject.database.close();
  }
}

interface Subject {
  readonly database: Database;
  /** undefined: there is no server, a schema alone. */
  readonly way: WayFacts | undefined;
}

async function open(terminal: Terminal, options: CheckOptions): Promise<Subject | undefined> {
  const { upstream } = options;
  if (upstream === undefined) {
    const database = await openSubject(options, terminal);
    return database === undefined ? undefined : { database, way: undefined };
  }
  // What is weak about the way to the server is told among the findings.
  const server = await readUpstream({ ...options, upstream }, { ...terminal, complain: () => undefined });
  return { database: await connectDatabase(server), way: wayOf(upstream, server) };
}

async function compare(
  policy: LoadedPolicy,
  subject: Subject,
  { dialect }: CheckOptions,
): Promise<Pick<Told, 'mistakes' | 'findings'>> {
  const catalog = await readCatalog(subject.database, policy.schemas, dialect);
  const mistakes = checkPolicy(policy, catalog);
  if (mistakes.length > 0) return { mistakes, findings: [] };
  const { database, way } = subject;
  const facts =
    way === undefined
      ? { schema: await readSchemaPosture(database), server: undefined }
      : await readPosture(database);
  return { mistakes, findings: judgePosture(policy, catalog, { ...facts, way }) };
}

function linesOf({ file, findings, compared }: Told): readonly string[] {
  if (compared) return [`${file}: no mistakes`, ...postureTable(findings)];
  const advice = 'give `--upstream` or `--schema` to compare it with a database';
  return [`${file}: no mistakes in the document; ${advice}`];
}

function jsonOf({ file, mistakes, findings, compared }: Told): object {
  return {
    policy: file,
    compared,
    mistakes: mistakes.map(({ code, line, column, path, happened, fix }) => ({
      code,
      line,
      column,
      path,
      happened,
      fix,
    })),
    findings,
  };
}
