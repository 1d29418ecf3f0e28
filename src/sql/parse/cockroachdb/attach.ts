/** Puts what was taken out of a text into its tree, at the nodes whose locations were remembered. */
import { CordonError } from '../../../errors/index.ts';
import type {
  A_Const,
  DefElem,
  DeleteStmt,
  FuncCall,
  InsertStmt,
  JoinExpr,
  Node,
  RangeVar,
  ReturningClause,
  SelectStmt,
  UpdateStmt,
} from '../../tree.ts';
import { asKind } from '../../walk.ts';
import type { Piece, Taken } from './taken.ts';
import { ambiguous, type Token } from './token.ts';
import { normaliseType } from './type-names.ts';

type Body = Record<string, unknown>;

/** The statement `SELECT <piece>`, parsed. */
export type ParsePiece = (piece: Piece) => SelectStmt;

/** Changes a tree that was just parsed; throws CORDON_SYNTAX if a thing that was taken out has no place in it. */
export function attach(
  trees: readonly Node[],
  taken: Taken,
  tokenAt: (byte: number) => Token | undefined,
  parsePiece: ParsePiece,
): void {
  const attachment = new Attachment(taken, tokenAt, parsePiece);
  for (const tree of trees) attachment.walk(tree);
  attachment.finish();
}

class Attachment {
  readonly #taken: Taken;
  readonly #tokenAt: (byte: number) => Token | undefined;
  readonly #parsePiece: ParsePiece;
  /** The joins by the first place in their right sides. */
  readonly #joins = new Map<number, JoinExpr>();

  constructor(taken: Taken, tokenAt: (byte: number) => Token | undefined, parsePiece: ParsePiece) {
    this.#taken = taken;
    this.#tokenAt = tokenAt;
    this.#parsePiece = parsePiece;
  }

  /** Visits every object, what is put in too; the first place in the text that any of them has. */
  walk(value: unknown): number {
    let first = NOWHERE;
    if (Array.isArray(value)) {
      for (const item of value) first = Math.min(first, this.walk(item));
    } else if (typeof value === 'object' && value !== null) {
      const holder = value as Body;
      for (const key of Object.keys(holder)) this.#visit(key, holder[key] as Body, holder);
      for (const key of Object.keys(holder)) first = Math.min(first, this.#walkField(key, holder));
    }
    return first;
  }

  #walkField(key: string, holder: Body): number {
    const value = holder[key];
    if (key === 'location') return typeof value === 'number' && value >= 0 ? value : NOWHERE;
    const first = typeof value === 'object' ? this.walk(value) : NOWHERE;
    // The right side of UNION has the same name.
    if (key === 'rarg' && 'jointype' in holder) this.#joins.set(first, holder as JoinExpr);
    return first;
  }

  finish(): void {
    this.#attachJoinHints();
    if (!this.#taken.isEmpty) throw new CordonError('CORDON_SYNTAX');
  }

  /** A join has no location; its right side begins at the first place behind the word JOIN. */
  #attachJoinHints(): void {
    const places = [...this.#joins.keys()].sort((a, b) => a - b);
    let next = 0;
    for (const [byte, hint] of [...this.#taken.joinHints].sort(([a], [b]) => a - b)) {
      while ((places[next] ?? NOWHERE) < byte) next += 1;
      const join = this.#joins.get(places[next] ?? NOWHERE);
      if (join === undefined || join.joinHint !== undefined) return;
      join.joinHint = hint;
      this.#taken.joinHints.delete(byte);
    }
  }

  /** `key` is the tag of a node or, for a field of a fixed type, the name of the field. */
  #visit(key: string, body: Body, holder: Body): void {
    switch (key) {
      case 'SelectStmt':
      case 'larg':
      case 'rarg':
        this.#select(body as SelectStmt);
        return;
      case 'InsertStmt':
        this.#insert(body as InsertStmt);
        return;
      case 'UpdateStmt':
      case 'DeleteStmt':
        this.#tail(body as UpdateStmt | DeleteStmt);
        return;
      case 'RangeVar':
      case 'relation':
        this.#relation(body as RangeVar);
        return;
      case 'returningClause':
        this.#returning(body as ReturningClause);
        return;
      case 'DefElem':
        this.#mode(body as DefElem);
        return;
      case 'A_Const':
        this.#literal(body as A_Const, holder);
        return;
      case 'FuncCall':
        this.#checkCall(body as FuncCall);
        return;
      case 'TypeName':
      case 'typeName':
        normaliseType(body, this.#tokenAt);
        return;
      default:
    }
  }

  /** Unquoted these are keywords of CockroachDB, quoted they are functions of that name. */
  #checkCall(call: FuncCall): void {
    const name = call.funcname?.length === 1 ? asKind(call.funcname[0], 'String')?.sval : undefined;
    const isQuoted = this.#tokenAt(call.location ?? -1)?.kind === 'name';
    if (isQuoted && KEYWORD_CALLS.has(name ?? ''))
      throw ambiguous('a quoted keyword as the name of a function');
  }

  #select(select: SelectStmt): void {
    if (this.#taken.asOf.size === 0 || !Array.isArray(select.fromClause)) return;
    const marker = asKind(select.fromClause.at(-1), 'RangeVar');
    const piece = this.#taken.asOf.get(marker?.location ?? -1);
    if (marker?.location === undefined || piece === undefined || marker.alias !== undefined) return;
    this.#taken.asOf.delete(marker.location);
    select.fromClause = select.fromClause.slice(0, -1);
    select.asOf = this.#operand(piece);
  }

  #operand(piece: Piece): Node {
    const select = this.#parsePiece(piece);
    const [target, ...others] = select.targetList ?? [];
    const val = asKind(target, 'ResTarget')?.val;
    const plain = Object.keys(select).every((key) => OF_PLAIN_SELECT.has(key));
    if (val === undefined || others.length > 0 || !plain) throw new CordonError('CORDON_SYNTAX');
    return val;
  }

  #insert(insert: InsertStmt): void {
    if (this.#taken.upserts.delete(insert.relation?.location ?? -1)) insert.upsert = true;
  }

  #tail(statement: UpdateStmt | DeleteStmt): void {
    const location = statement.relation?.location ?? -1;
    const piece = this.#taken.tails.get(location);
    if (piece === undefined) return;
    this.#taken.tails.delete(location);
    const select = this.#parsePiece(piece);
    const known = Object.keys(select).every((key) => OF_PLAIN_SELECT.has(key) || OF_TAIL.has(key));
    if (!known || select.limitOption === 'LIMIT_OPTION_WITH_TIES') throw new CordonError('CORDON_SYNTAX');
    if (select.sortClause !== undefined) statement.sortClause = select.sortClause;
    if (select.limitCount !== undefined) statement.limitCount = select.limitCount;
  }

  #relation(relation: RangeVar): void {
    const hint = this.#taken.indexHints.get(relation.location ?? -1);
    if (relation.location === undefined || hint === undefined) return;
    this.#taken.indexHints.delete(relation.location);
    relation.indexHint = hint;
  }

  #returning(clause: ReturningClause): void {
    const [first, ...others] = clause.exprs ?? [];
    const target = asKind(first, 'ResTarget');
    if (others.length > 0 || target?.name !== undefined) return;
    if (!this.#taken.nothing.delete(target?.location ?? -1)) return;
    delete clause.exprs;
    clause.nothing = true;
  }

  #mode(option: DefElem): void {
    const location = option.location ?? -1;
    const mode = this.#taken.modes.get(location);
    if (mode === undefined || option.defname !== 'transaction_read_only') return;
    this.#taken.modes.delete(location);
    option.defname = mode.name;
    option.arg =
      typeof mode.value === 'string'
        ? { A_Const: { sval: { sval: mode.value } } }
        : this.#operand(mode.value);
  }

  /** The constant is replaced where it hangs in its holder. */
  #literal(constant: A_Const, holder: Body): void {
    const hex = this.#taken.literals.get(constant.location ?? -1);
    if (constant.location === undefined || hex === undefined || constant.sval === undefined) return;
    this.#taken.literals.delete(constant.location);
    delete holder.A_Const;
    holder.TypeCast = {
      arg: { A_Const: { sval: { sval: `\\x${hex}` }, location: constant.location } },
      typeName: { names: [{ String: { sval: 'bytea' } }], typemod: -1 },
    };
  }
}

const NOWHERE = Number.POSITIVE_INFINITY;

const KEYWORD_CALLS: ReadonlySet<string> = new Set(['if', 'ifnull', 'iferror', 'iserror']);

const OF_PLAIN_SELECT: ReadonlySet<string> = new Set(['targetList', 'limitOption', 'op']);
const OF_TAIL: ReadonlySet<string> = new Set(['sortClause', 'limitCount']);
