/** Lays rows out as a table of aligned columns, in the manner of `psql`. */
export function textTable(
  header: readonly string[],
  rows: readonly (readonly (string | null)[])[],
): string[] {
  const cells = rows.map((row) => row.map((value) => oneLine(value ?? '')));
  const widths = header.map((name, index) =>
    Math.max(name.length, ...cells.map((row) => row[index]?.length ?? 0)),
  );
  const lines = cells.map((row) => layOut(row, widths));
  return [layOut(header, widths), widths.map((width) => '-'.repeat(width + 2)).join('+'), ...lines];
}

/** `(1 row)` or `(n rows)`. */
export function countOf(rows: number): string {
  return rows === 1 ? '(1 row)' : `(${rows} rows)`;
}

function layOut(cells: readonly string[], widths: readonly number[]): string {
  return cells
    .map((cell, index) => ` ${cell.padEnd(widths[index] ?? 0)} `)
    .join('|')
    .trimEnd();
}

/** A value cannot break the table, or send a sequence to the terminal. */
function oneLine(value: string): string {
  return value.replace(/\p{C}/gu, ' ');
}
