import type { Catalog } from '../catalog/index.ts';
import { checkPolicy, coverage, type LoadedPolicy } from '../policy/index.ts';
import { findOpenSchemas, readCatalog } from './catalog.ts';
import { CordonCommand } from './command.ts';
import type { Exit } from './exit-code.ts';
import { reportError } from './failure.ts';
import { readPolicy, reportMistakes } from './mistakes.ts';
import { openSubject, policyFileOf, type SubjectOptions, withSubject } from './subject.ts';
import type { Terminal } from './terminal.ts';

interface CheckOptions extends SubjectOptions {
  readonly strict?: boolean;
}

/** `cordon check`: a policy against the database it is for. */
export function checkCommand(terminal: Terminal): CordonCommand {
  const command = new CordonCommand('check')
    .summary('compare a policy with its database')
    .description(
      'Reports every mistake of a policy with its line, the reason and what to write instead; then the relations and columns that ' +
        'nobody has classified, which stay closed. Without a database only the document itself is checked.',
    );
  return withSubject(command)
    .option('--strict', 'end with 1 also where something is not classified')
    .example('cordon check', 'the policy of the demo')
    .example('cordon check --policy cordon.yaml --schema schema.sql', 'against a schema, without a database')
    .example(
      'cordon check --policy cordon.yaml --upstream postgres://app@db.example/shop',
      'against a live database',
    )
    .does((options: CheckOptions) => check(terminal, options));
}

async function check(terminal: Terminal, options: CheckOptions): Promise<Exit> {
  const file = policyFileOf(options);
  const policy = await readPolicy(terminal, file);
  const database = await openSubject(options, terminal);
  if (database === undefined) return documentOnly(terminal, file);
  try {
    const catalog = await readCatalog(database, policy.schemas);
    warnOfOpenSchemas(terminal, await findOpenSchemas(database, policy.schemas));
    return compare(terminal, file, policy, catalog, options.strict === true);
  } finally {
    await database.close();
  }
}

/** Whoever can create a function where unqualified names are looked up can be called in the place of another one. */
function warnOfOpenSchemas(terminal: Terminal, schemas: readonly string[]): void {
  for (const schema of schemas) {
    terminal.complain(`warning: anyone may create objects in schema ${schema}`);
    terminal.complain(`run \`REVOKE CREATE ON SCHEMA ${schema} FROM PUBLIC\` as its owner`);
  }
}

function documentOnly(terminal: Terminal, file: string): Exit {
  terminal.print(
    `${file}: no mistakes in the document; give \`--upstream\` or \`--schema\` to compare it with a database`,
  );
  return 'ok';
}

function compare(
  terminal: Terminal,
  file: string,
  policy: LoadedPolicy,
  catalog: Catalog,
  strict: boolean,
): Exit {
  const mistakes = checkPolicy(policy, catalog);
  if (mistakes.length > 0) return reportError(terminal, reportMistakes(terminal, file, mistakes));
  terminal.print(`${file}: no mistakes`);
  const unclassified = coverageLines(policy, catalog);
  for (const line of unclassified) terminal.print(line);
  return strict && unclassified.length > 0 ? 'no' : 'ok';
}

function coverageLines(policy: LoadedPolicy, catalog: Catalog): readonly string[] {
  const { relations, columns } = coverage(policy, catalog);
  const closed = relations.map(({ schema, name, kind }) => `  ${schema}.${name} (${kind})`);
  const unnamed = columns.map(({ schema, relation, column }) => `  ${schema}.${relation}.${column}`);
  return [
    ...(closed.length === 0 ? [] : ['relations that no rule opens, closed to everyone:', ...closed]),
    ...(unnamed.length === 0 ? [] : ['columns that no rule names, hidden from everyone:', ...unnamed]),
  ];
}
