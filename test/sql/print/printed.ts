import { createParser } from '../../../src/sql/parse/index.ts';
import { printStatement } from '../../../src/sql/print/index.ts';
import { verify } from '../../../src/sql/verify.ts';

const parser = await createParser();

/** The printed and verified text of one statement. */
export function printed(sql: string): string {
  const [statement, ...others] = parser.parse(sql);
  if (statement === undefined || others.length > 0) throw new Error('not one statement');
  const segments = printStatement(statement.stmt);
  return verify(parser, { tree: statement.stmt, segments, slot: () => '', parameterCount: 0 });
}
