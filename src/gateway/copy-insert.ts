import type { CopyTarget } from '../guard/types.ts';
import type { CopyRow } from '../pgwire/index.ts';

/** Writes rows of COPY as one INSERT, which the guard then judges like any other. */
export function insertText({ relation, columns }: CopyTarget, rows: readonly CopyRow[]): string {
  const tuples = rows.map((row) => `(${row.map(literal).join(', ')})`);
  return `INSERT INTO ${relation} (${columns.join(', ')}) VALUES ${tuples.join(',\n')}`;
}

/** What a row takes in the text, at most. */
export function rowBytes(row: CopyRow): number {
  return row.reduce((sum, value) => sum + (value?.length ?? 0) + 4, 2);
}

// Standard strings are pinned upstream, so a backslash is a character like any other and the quote is the only one to
// double; the parser of the guard reads it in the same way.
function literal(value: string | null): string {
  return value === null ? 'NULL' : `'${value.replaceAll("'", "''")}'`;
}
