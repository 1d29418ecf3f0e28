import type { Dialect } from '../catalog/index.ts';
import { CordonError } from '../errors/index.ts';
import { equalTrees } from './nodes.ts';
import type { Parser } from './parse/index.ts';
import { render } from './print/index.ts';
import type { Node, Segment } from './tree.ts';

export interface Printed {
  /** The tree that was meant. */
  readonly tree: Node;
  readonly segments: readonly Segment[];
  /** The text of the literal in a slot. */
  readonly slot: (slot: number) => string;
  /** How many parameters the client's own text has; claims are numbered behind them. */
  readonly parameterCount: number;
  /** The dialect of the server that the text is for; PostgreSQL's where it is left out. */
  readonly dialect?: Dialect;
}

/**
 * Reads the printed text back and compares it with the tree that was meant; returns the text. Throws
 * CORDON_VERIFY_FAILED unless it is exactly that one statement.
 */
export function verify(parser: Parser, printed: Printed): string {
  const numberOf = (claim: number): number => printed.parameterCount + 1 + claim;
  const text = render(printed.segments, { slot: printed.slot, claim: (claim) => `$${numberOf(claim)}` });
  const [statement, ...others] = parsed(parser, text, printed.dialect ?? 'postgres');
  const parameterOf = (number: number): number => (number < 0 ? numberOf(-1 - number) : number);
  const same = statement !== undefined && equalTrees(printed.tree, statement.stmt, { parameterOf });
  if (!same || others.length > 0) throw new CordonError('CORDON_VERIFY_FAILED');
  return text;
}

function parsed(parser: Parser, text: string, dialect: Dialect): ReturnType<Parser['parse']> {
  try {
    return parser.parsePrinted(text, dialect);
  } catch (cause) {
    if (cause instanceof CordonError && UNREAD.has(cause.code))
      throw new CordonError('CORDON_VERIFY_FAILED', {}, { cause });
    throw cause;
  }
}

/** What says that the printed text is not the statement that was meant. */
const UNREAD: ReadonlySet<string> = new Set([
  'CORDON_SYNTAX',
  'CORDON_DIALECT_AMBIGUOUS',
  'CORDON_UNSUPPORTED',
  'CORDON_STATEMENT_DENIED',
]);
