/**
 * Reads the dialect of CockroachDB with PostgreSQL's grammar: what that grammar lacks is overwritten by something of the same
 * length that it has, and put into the tree afterwards. What is not understood is refused, and so is what the two servers
 * would read in different ways.
 */
import { CordonError } from '../../../errors/index.ts';
import type { Node, SelectStmt } from '../../tree.ts';
import { attach } from './attach.ts';
import { takeForms } from './forms.ts';
import { checkGrouping } from './grouping.ts';
import { Patch } from './patch.ts';
import { scan } from './scan.ts';
import { classOfStatement } from './statement-class.ts';
import { type Piece, Taken } from './taken.ts';
import { type Token, Tokens } from './token.ts';

/** A statement as PostgreSQL's grammar delivers it. */
export interface Raw {
  readonly stmt: Node;
  readonly location: number;
  readonly length: number;
}

export type ParsePostgres = (text: string) => readonly Raw[];

export function readCockroach(text: string, commentNestingMax: number, parse: ParsePostgres): Raw[] {
  const tokens = scan(text, commentNestingMax);
  const patch = new Patch(text);
  const taken = new Taken();
  const definitions = new Map<number, string>();
  for (const statement of statementsOf(tokens)) takeStatement(statement, patch, taken, definitions);
  const pieces = cutPieces(patch, taken);
  const trees = parse(patch.text()).map((raw) => define(raw, definitions));
  if (definitions.size > 0) throw new CordonError('CORDON_SYNTAX');
  const tokenAt = tokenFinder(tokens);
  const parsePiece = (piece: Piece): SelectStmt => onlySelect(parse(pieces.get(piece) ?? ''));
  const nodes = trees.map((tree) => tree.stmt);
  attach(nodes, taken, tokenAt, parsePiece);
  checkGrouping(nodes, tokenAt);
  return trees;
}

function statementsOf(tokens: readonly Token[]): Tokens[] {
  const statements: Tokens[] = [];
  let first = 0;
  for (let at = 0; at <= tokens.length; at += 1) {
    const token = tokens[at];
    if (token !== undefined && !(token.kind === 'mark' && token.text === ';')) continue;
    if (at > first) statements.push(new Tokens(tokens, first, at));
    first = at + 1;
  }
  return statements;
}

function takeStatement(tokens: Tokens, patch: Patch, taken: Taken, definitions: Map<number, string>): void {
  const read = classOfStatement(tokens);
  const [first, last] = [tokens.at(tokens.first), tokens.at(tokens.end - 1)];
  if (read.kind === 'read' || first === undefined || last === undefined) {
    takeForms(tokens, patch, taken);
    return;
  }
  definitions.set(first.byte, read.verb);
  patch.replace(first, last, STAND_IN);
}

/** Stands where a definition stood. */
const STAND_IN = 'SELECT';

/** The pieces that are parsed on their own, each at its place; inner ones are cut out first. */
function cutPieces(patch: Patch, taken: Taken): Map<Piece, string> {
  const modes = [...taken.modes.values()]
    .map((mode) => mode.value)
    .filter((value) => typeof value !== 'string');
  const pieces = [...taken.asOf.values(), ...modes, ...taken.tails.values()].sort(
    (a, b) => b.start - a.start,
  );
  if (pieces.length > PIECES_MAX) throw new CordonError('CORDON_SYNTAX');
  return new Map(
    pieces.map((piece): [Piece, string] => {
      const text = patch.cut(piece.start, piece.end);
      patch.blank(piece.start, piece.end);
      return [piece, text];
    }),
  );
}

/** Each piece is parsed behind as many blanks as stand before it in the text. */
const PIECES_MAX = 32;

function define(raw: Raw, definitions: Map<number, string>): Raw {
  const end = raw.length === 0 ? Number.POSITIVE_INFINITY : raw.location + raw.length;
  for (const [byte, verb] of definitions) {
    if (byte < raw.location || byte >= end) continue;
    definitions.delete(byte);
    return { ...raw, stmt: { DataDefinitionStmt: { verb } } as unknown as Node };
  }
  return raw;
}

function tokenFinder(tokens: readonly Token[]): (byte: number) => Token | undefined {
  let byByte: ReadonlyMap<number, Token> | undefined;
  return (byte) => {
    byByte ??= new Map(tokens.map((token): [number, Token] => [token.byte, token]));
    return byByte.get(byte);
  };
}

function onlySelect(raws: readonly Raw[]): SelectStmt {
  const [first, ...others] = raws;
  const statement = first === undefined ? undefined : first.stmt;
  if (statement === undefined || !('SelectStmt' in statement) || others.length > 0)
    throw new CordonError('CORDON_SYNTAX');
  return statement.SelectStmt;
}
