import { type Safe, safeName } from '../errors/index.ts';
import { say } from './mistake.ts';

/** ` — did you mean …?`, or nothing where no known name is near. */
export function didYouMean(name: string, known: Iterable<string>): Safe {
  const near = nearest(name, known);
  return near === undefined ? say`` : say` — did you mean \`${safeName(near)}\`?`;
}

/** The known name that is fewest edits away, at most a third of the name's length. */
export function nearest(name: string, known: Iterable<string>): string | undefined {
  let best: string | undefined;
  let bestDistance = Math.max(1, Math.floor(name.length / 3)) + 1;
  for (const candidate of known) {
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase());
    if (distance < bestDistance) [best, bestDistance] = [candidate, distance];
  }
  return best;
}

/** Insertions, deletions, replacements and swaps of neighbours (optimal string alignment). */
function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) current.push(cell(a, b, i, j, current, previous, before));
    [before, previous] = [previous, current];
  }
  return previous[b.length] ?? 0;
}

function cell(
  a: string,
  b: string,
  i: number,
  j: number,
  current: readonly number[],
  previous: readonly number[],
  before: readonly number[],
): number {
  const cost = a[i - 1] === b[j - 1] ? 0 : 1;
  const edited = Math.min((previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1, (previous[j - 1] ?? 0) + cost);
  const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
  return swapped ? Math.min(edited, (before[j - 2] ?? 0) + 1) : edited;
}
