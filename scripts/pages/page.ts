/** A page of the reference that is written by a program. */
export interface Page {
  /** Path from the root of the repository. */
  readonly file: string;
  readonly text: string;
}

/** The line that tells a reader not to edit the page. */
export const GENERATED = '<!-- Written by `npm run docs`; edit its source instead. -->';

/** A row of a Markdown table. */
export function tableRow(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

/** A Markdown table. */
export function markdownTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  return [tableRow(header), `|${'---|'.repeat(header.length)}`, ...rows.map(tableRow)].join('\n');
}
