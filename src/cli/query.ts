import { Option } from 'commander';
import pg from 'pg';
import { CordonError } from '../errors/index.ts';
import { readClaims } from './claims.ts';
import { CordonCommand } from './command.ts';
import type { Exit } from './exit-code.ts';
import type { Terminal } from './terminal.ts';
import { countOf, textTable } from './text-table.ts';
import { demoTokenFor } from './token.ts';
import { unreachableReason } from './upstream.ts';

interface QueryOptions {
  readonly as: string;
  readonly token?: string;
  readonly url: string;
}

/** `cordon query`: one statement through a running gateway, for people without `psql`. */
export function queryCommand(terminal: Terminal): CordonCommand {
  return new CordonCommand('query')
    .summary('run a statement through a running gateway')
    .description(
      'Sends one statement to a gateway as somebody and prints the rows: what `psql` does, for a machine that has Node alone. ' +
        'Tokens for --as are signed with the key of the demo; for a gateway of your own give --token.',
    )
    .argument('<sql>', 'the statement')
    .option('--as <claims>', 'somebody of the demo, a JSON object of claims, or anonymous', 'anonymous')
    .option('--token <jwt>', 'a token of your own, instead of --as')
    .addOption(urlOption())
    .example(
      'cordon query --as alice "SELECT name, email FROM users"',
      'what alice sees of the people of the shop',
    )
    .example('cordon query "SELECT name, price FROM products"', 'what anybody sees')
    .does((sql: string, options: QueryOptions) => runQuery(terminal, sql, options));
}

function urlOption(): Option {
  return new Option('--url <url>', 'the gateway')
    .env('CORDON_URL')
    .default('postgres://app@127.0.0.1:26258/shop');
}

async function runQuery(terminal: Terminal, sql: string, options: QueryOptions): Promise<Exit> {
  const token = options.token ?? (await tokenFor(terminal, options.as));
  const client = await connect(options.url);
  try {
    const results = await client.query({
      text: `${commentOf(token)}${sql}`,
      rowMode: 'array',
      types: AS_TEXT,
    });
    for (const result of [results].flat()) printResult(terminal, result);
    return 'ok';
  } catch (failure) {
    return reportDatabase(terminal, failure);
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function tokenFor(terminal: Terminal, as: string): Promise<string | undefined> {
  const claims = await readClaims(as);
  return claims === undefined ? undefined : demoTokenFor(terminal, claims, LIFETIME_SECONDS);
}

const LIFETIME_SECONDS = 60;
const AS_TEXT = { getTypeParser: () => (text: string) => text };

function commentOf(token: string | undefined): string {
  return token === undefined ? '' : `/*cordon:${token}*/ `;
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, application_name: 'cordon query' });
  // What ends the connection is told by the statement that was running.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return client;
  } catch (cause) {
    throw new CordonError('CORDON_GATEWAY_UNREACHABLE', { reason: unreachableReason(cause) }, { cause });
  }
}

function printResult(terminal: Terminal, result: pg.QueryArrayResult<(string | null)[]>): void {
  const header = result.fields.map(({ name }) => name);
  const lines =
    header.length === 0 ? [result.command] : [...textTable(header, result.rows), countOf(result.rows.length)];
  for (const line of lines) terminal.print(line);
}

/** An error that came through the gateway holds no value, so it is printed as it is. */
function reportDatabase(terminal: Terminal, failure: unknown): Exit {
  if (!(failure instanceof pg.DatabaseError)) throw failure;
  terminal.complain(`SQLSTATE ${failure.code ?? 'XX000'}`);
  terminal.complain(failure.message);
  terminal.complain(failure.hint ?? new CordonError('CORDON_DATABASE_ERROR').hint);
  return 'no';
}
