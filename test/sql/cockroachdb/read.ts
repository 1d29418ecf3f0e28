/** One statement of CockroachDB's dialect, read and printed. */
import type { Dialect } from '../../../src/catalog/index.ts';
import { CordonError } from '../../../src/errors/index.ts';
import { createParser } from '../../../src/sql/parse/index.ts';
import { forServer, printStatement } from '../../../src/sql/print/index.ts';
import type { Node } from '../../../src/sql/tree.ts';
import { verify } from '../../../src/sql/verify.ts';

export const parser = await createParser();

export function readOne(sql: string): Node {
  const [statement, ...others] = parser.parse(sql, 'cockroachdb');
  if (statement === undefined || others.length > 0) throw new Error('not one statement');
  return statement.stmt;
}

/** Printed for a server, read back by its reader and compared. */
export function printedTree(tree: Node, server: Dialect, client: Dialect = 'cockroachdb'): string {
  const node = forServer(tree, server, client);
  const segments = printStatement(node, { dialect: server });
  return verify(parser, { tree: node, segments, slot: () => '', parameterCount: 0, dialect: server });
}

export function printed(sql: string, server: Dialect = 'cockroachdb'): string {
  return printedTree(readOne(sql), server);
}

/** `CODE: construct` of the refusal, or what came out. */
export function refusalOf(run: () => unknown): string {
  try {
    return `not refused: ${JSON.stringify(run())}`;
  } catch (error) {
    if (!(error instanceof CordonError)) throw error;
    return `${error.code}: ${error.message}`;
  }
}
