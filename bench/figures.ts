/** What all benchmarks do with their figures. */

export function median(numbers: readonly number[]): number {
  return quantile(numbers, 0.5);
}

/** The value below which this share of all lies. */
export function quantile(numbers: readonly number[], share: number): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** Three digits are what such measurements are worth. */
export function rounded(value: number): number {
  return Number(value.toPrecision(3));
}

/** So that none of them always comes first. */
export function rotated<T>(items: readonly T[], by: number): readonly T[] {
  const at = items.length === 0 ? 0 : by % items.length;
  return [...items.slice(at), ...items.slice(0, at)];
}

export function markdown(head: readonly string[], rows: readonly Cells[]): string {
  return [markdownHead(head), ...rows.map(markdownRow)].join('\n');
}

type Cells = readonly (string | number)[];

/** For a table that is printed line by line. */
export function markdownHead(head: readonly string[]): string {
  return [head, head.map(() => '---')].map(markdownRow).join('\n');
}

export function markdownRow(cells: Cells): string {
  return `| ${cells.join(' | ')} |`;
}
