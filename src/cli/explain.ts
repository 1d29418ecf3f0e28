import { CordonError, safeText } from '../errors/index.ts';
import type { StatementKind } from '../guard/types.ts';
import type { Principal, Reason } from '../policy/index.ts';
import { readCaller } from './caller.ts';
import { readCatalog } from './catalog.ts';
import { CordonCommand } from './command.ts';
import { type Database, undone } from './database.ts';
import { type DialectOptions, withDatabaseDialect } from './dialect.ts';
import type { Exit } from './exit-code.ts';
import { explainLines } from './explain-lines.ts';
import { reportError } from './failure.ts';
import type { Judge } from './judge.ts';
import { layOut } from './layout.ts';
import { readPolicy } from './mistakes.ts';
import { policyFileOf, requireSubject, type SubjectOptions, withSubject } from './subject.ts';
import type { Terminal } from './terminal.ts';
import { countOf, textTable } from './text-table.ts';
import { type Verdict, verdictOf } from './verdict.ts';
import { countLines, countRelations } from './why-empty.ts';

interface ExplainOptions extends SubjectOptions, DialectOptions {
  readonly as: string;
  readonly run?: boolean;
  readonly file?: string;
}

/** `cordon explain`: what a statement does for somebody, and why. */
export function explainCommand(terminal: Terminal): CordonCommand {
  const command = new CordonCommand('explain')
    .summary('what a statement does for somebody, and why')
    .description(
      'Judges a statement as the gateway would: whether it is allowed, which rules and boundaries bind it, which columns are hidden, ' +
        'and the statement that the database would receive, with `_` for each literal. It ends with 1 where the statement is denied. ' +
        'With --run it also answers the question why something is missing: it prints the rows, and for each relation how many rows ' +
        'which rule let through and which boundary removed. What a statement changes is undone. --run sees all rows: it runs with ' +
        "the operator's own credentials.",
    )
    .argument('[sql]', 'the statement');
  return withDatabaseDialect(withSubject(command))
    .option(
      '--as <claims>',
      'a JSON object of claims, somebody of the demo, service:NAME, or anonymous',
      'anonymous',
    )
    .option('--run', 'run it, print the rows, and count what the rules removed')
    .option('--file <file>', 'read statements as JSON, one {"sql", "as"} a line; - is standard input')
    .example('cordon explain --as alice "SELECT id, amount FROM orders"', 'a statement of the demo')
    .example(
      'cordon explain --as alice --run "SELECT id FROM orders WHERE tenant_id = 2"',
      'why is it empty?',
    )
    .example(
      `cordon explain --policy cordon.yaml --schema schema.sql --as '{"sub":"7"}' "DELETE FROM invoices"`,
      'a policy of your own, without a database',
    )
    .example(
      'cordon explain --dialect cockroachdb --as alice "UPSERT INTO resources (id, data) VALUES (gen_random_uuid(), $1)"',
      'as for a CockroachDB server, with its grammar',
    )
    .example(
      `echo '{"sql":"SELECT 1","as":"alice"}' | cordon explain --file -`,
      'for other programs: JSON lines in and out',
    )
    .does((sql: string | undefined, options: ExplainOptions) => explain(terminal, sql, options));
}

async function explain(terminal: Terminal, sql: string | undefined, options: ExplainOptions): Promise<Exit> {
  if ((sql === undefined) === (options.file === undefined)) throw oneOf();
  const policy = await readPolicy(terminal, policyFileOf(options));
  const database = await requireSubject(options, terminal);
  try {
    // Loaded here: the parser is large, and the other commands start without it.
    const { createJudge } = await import('./judge.ts');
    const judge = await createJudge(policy, await readCatalog(database, policy.schemas, options.dialect));
    if (sql === undefined) return await explainLines(terminal, judge, options.file ?? '-');
    const principal = await readCaller(policy, options.as);
    return await explainOne(terminal, judge, options.run === true ? database : undefined, sql, principal);
  } finally {
    await database.close();
  }
}

async function explainOne(
  terminal: Terminal,
  judge: Judge,
  database: Database | undefined,
  sql: string,
  principal: Principal,
): Promise<Exit> {
  const verdict = verdictOf(judge.judge(sql, principal));
  printVerdict(terminal, principal, verdict);
  if (verdict.error !== undefined) return reportDenied(terminal, judge, sql, principal, verdict.error);
  if (database !== undefined)
    await undone(database, () => run(terminal, judge, database, principal, verdict));
  return 'ok';
}

function reportDenied(
  terminal: Terminal,
  judge: Judge,
  sql: string,
  principal: Principal,
  error: CordonError,
): Exit {
  const uncovered = error.code === 'CORDON_RELATION_NOT_COVERED' ? judge.uncovered(sql, principal.role) : [];
  for (const line of uncovered) terminal.print(`  ${line}`);
  return reportError(terminal, error);
}

function printVerdict(terminal: Terminal, principal: Principal, verdict: Verdict): void {
  terminal.print(`${verdict.error === undefined ? 'allowed' : 'denied'} for ${principal.role}`);
  for (const reason of verdict.reasons) terminal.print(`  ${reasonLine(reason)}`);
  for (const statement of verdict.shown) terminal.print(`${layOut(statement)};`);
}

function reasonLine({ relation, command, outcome, rules, boundaries, hiddenColumns }: Reason): string {
  const parts = [
    outcome === 'deny' ? 'no rule' : rules.length === 0 ? 'open' : `by ${rules.join(', ')}`,
    ...(boundaries.length === 0 ? [] : [`within ${boundaries.join(', ')}`]),
    ...(hiddenColumns.length === 0 ? [] : [`hidden: ${hiddenColumns.join(', ')}`]),
  ];
  return `${command} ${relation}: ${parts.join('; ')}`;
}

async function run(
  terminal: Terminal,
  judge: Judge,
  database: Database,
  principal: Principal,
  verdict: Verdict,
): Promise<void> {
  // Counted first: the statement may change what is there.
  const counted = await countRelations(judge, database, principal, verdict.reasons);
  for (const statement of verdict.statements.filter(({ kind }) => UNDOABLE.has(kind))) {
    const { columns, rows } = await database.ask(statement.textFor(principal));
    if (columns.length === 0 || statement.discardRows) continue;
    for (const line of textTable(columns, rows)) terminal.print(line);
    terminal.print(countOf(rows.length));
  }
  for (const line of counted.flatMap(countLines)) terminal.print(line);
}

/** What ends a transaction, or changes the session, is not run: it would not be undone. */
const UNDOABLE: ReadonlySet<StatementKind> = new Set(['select', 'insert', 'update', 'delete']);

function oneOf(): CordonError {
  return new CordonError('CORDON_USAGE', { reason: safeText('give either a statement or `--file`') });
}
