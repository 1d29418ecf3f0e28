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
import { type ScanLimits, scan } from './scan.ts';
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

export function readCockroach(text: string, limits: ScanLimits, parse: ParsePostgres): Raw[] {
  const tokens = scan(text, limits);
  const patch = new Patch(text);
  const taken = new Taken();
  const definitions = new Map<number, string>();
  for (const statement of statementsOf(tokens)) takeStatement(statement, patch, taken, definitions);
  const pieces = cutPieces(patch, taken);
  const trees = parse(patch.text()).map((raw) => define(raw, definitions));
  if (definitions.size > 0) throw new CordonError('CORDON_SYNTAX');
  const tokenAt = tokenFinder(tokens);
  const parsePiece = (piece: Piece): SelectStmt => parseAt(piece.start, pieces.get(piece) ?? '', parse);
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

/** Pieces lie in one another only where sub-queries of sub-queries have them. */
const PIECES_SHARE = 4;

/** The pieces that are parsed on their own; inner ones are cut out of the outer ones first. */
function cutPieces(patch: Patch, taken: Taken): Map<Piece, string> {
  const modes = [...taken.modes.values()]
    .map((mode) => mode.value)
    .filter((value) => typeof value !== 'string');
  const pieces = [...taken.asOf.values(), ...modes, ...taken.tails.values()].sort(
    (a, b) => b.start - a.start,
  );
  const bytes = pieces.reduce((sum, { start, end }) => sum + end - start, 0);
  if (bytes > PIECES_SHARE * patch.length) throw new CordonError('CORDON_SYNTAX');
  return new Map(pieces.map((piece): [Piece, string] => [piece, patch.cut(piece.start, piece.end)]));
}

const SELECT = 'SELECT ';

/** A clause as a statement of its own, with the places that it has in the text. */
function parseAt(start: number, clause: string, parse: ParsePostgres): SelectStmt {
  const select = onlySelect(parse(SELECT + clause));
  movePlaces(select, start - SELECT.length);
  return select;
}

function movePlaces(value: unknown, distance: number): void {
  if (Array.isArray(value)) for (const item of value) movePlaces(item, distance);
  else if (typeof value === 'object' && value !== null) {
    const node = value as Record<string, unknown>;
    for (const key of Object.keys(node)) {
      const item = node[key];
      if (key !== 'location') movePlaces(item, distance);
      else if (typeof item === 'number' && item >= 0) node.location = item + distance;
    }
  }
}

/** The definition that stood where the stand-in stands. */
function define(raw: Raw, definitions: Map<number, string>): Raw {
  const end = raw.length === 0 ? Number.POSITIVE_INFINITY : raw.location + raw.length;
  // Both come in the order of the text.
  const [next] = definitions;
  if (next === undefined || next[0] < raw.location || next[0] >= end) return raw;
  const [byte, verb] = next;
  definitions.delete(byte);
  return { ...raw, stmt: { DataDefinitionStmt: { verb } } as unknown as Node };
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
