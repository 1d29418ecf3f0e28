import type { Segment } from '../tree.ts';

/** What stands in the open places of a printed statement. */
export interface Fill {
  /** The text of a literal, as Cordon's lexer cut it out of the client's text. */
  readonly slot: (slot: number) => string;
  /** A parameter such as `$3`, or a checked literal. */
  readonly claim: (claim: number) => string;
}

/** Joins printed segments into a text. */
export function render(segments: readonly Segment[], fill: Fill): string {
  let text = '';
  for (const segment of segments) {
    if (typeof segment === 'string') text += segment;
    else text += segment.kind === 'slot' ? fill.slot(segment.slot) : fill.claim(segment.claim);
  }
  return text;
}
