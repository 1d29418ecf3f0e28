import { CordonError } from '../src/errors/index.ts';
import { equalTrees } from '../src/sql/nodes.ts';
import type { ParsedStatement, Parser } from '../src/sql/parse/index.ts';
import { printStatement, render } from '../src/sql/print/index.ts';
import { findSlots, openSlots, type Shape, type SlotKind, shape } from '../src/sql/shape/index.ts';

/** Other values of each kind; the string is one that splices badly if anything is wrong. */
const OTHER: Readonly<Record<SlotKind, string>> = {
  string: "'it''s \\''; drop table t; --'",
  integer: '1234567',
  'big-integer': '98765432109876',
  float: '0.25e2',
};

/**
 * Whether a template filled with other literals parses to another tree than the text that really holds them.
 * Only for texts of one statement; the printed statement must have been verified before.
 */
export function templateDiffers(parser: Parser, text: string, statement: ParsedStatement): boolean {
  const shaped = shape(text);
  if (shaped.slow) return false;
  const segments = printStatement(statement.stmt, { slotOf: findSlots(text, shaped, statement.stmt) });
  const other = withOtherLiterals(text, shaped, openSlots(segments));
  const reshaped = shape(other);
  if (reshaped.key !== shaped.key) return true;
  const slot = (index: number): string =>
    other.slice(reshaped.slots[index]?.start, reshaped.slots[index]?.end);
  return !sameStatement(parser, other, render(segments, { slot, claim: () => '' }));
}

function withOtherLiterals(text: string, shaped: Shape, open: ReadonlySet<number>): string {
  let other = '';
  let copied = 0;
  shaped.slots.forEach((slot, index) => {
    if (!open.has(index)) return;
    other += text.slice(copied, slot.start) + OTHER[slot.kind];
    copied = slot.end;
  });
  return other + text.slice(copied);
}

function sameStatement(parser: Parser, slow: string, spliced: string): boolean {
  try {
    const [a, ...more] = parser.parse(slow);
    const [b, ...others] = parser.parsePrinted(spliced);
    return (
      a !== undefined && b !== undefined && more.length + others.length === 0 && equalTrees(a.stmt, b.stmt)
    );
  } catch (error) {
    if (error instanceof CordonError) return false;
    throw error;
  }
}
