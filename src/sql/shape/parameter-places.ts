/**
 * Literals of a client's statement that a parameter may stand for, so that the database need not plan the statement anew for
 * each value.
 *
 * PostgreSQL reads a constant and a parameter of the same type alike in most places, not in all (positions in ORDER BY,
 * expressions that GROUP BY repeats, types that are found out from a literal's text). So the places are listed here, and a
 * literal elsewhere stays a literal:
 * compared with a column, in WHERE or ON, alone or in a list; assigned in a single row of VALUES; assigned or added to a
 * column in SET; a number of LIMIT or OFFSET. A number is declared with the type that its literal has. A string is not declared:
 * the database finds the type of both from their surroundings (src/backend/parser/parse_coerce.c: coerce_type, and
 * parse_param.c: variable_coerce_param_hook).
 */
import { asKind } from '../nodes.ts';
import type { A_Const, Node, RangeVar, SelectStmt, TypeName } from '../tree.ts';

/** A literal that may become a parameter. */
export interface ParameterPlace {
  readonly constant: A_Const;
  /** More characters than this fail where the literal is assigned, so such a value stays a literal. */
  readonly charactersMax?: number;
}

/** The type of a column that is assigned to, as `format_type` prints it; undefined: not known. */
export type ColumnTypeOf = (relation: RangeVar, column: string) => string | undefined;

/** Finds the places of a SELECT, INSERT, UPDATE or DELETE, in no certain order; undefined: it is to be run as it is. */
export function findParameterPlaces(
  statement: Node,
  typeOf: ColumnTypeOf,
): readonly ParameterPlace[] | undefined {
  const finder = new Finder(typeOf);
  finder.statement(statement);
  return finder.isRefused ? undefined : finder.places;
}

const COMPARISONS: ReadonlySet<string> = new Set(['=', '<>', '<', '>', '<=', '>=']);
const ARITHMETIC: ReadonlySet<string> = new Set(['+', '-', '*']);

/** Types whose literals mean the same wherever they are read, and which a parameter may be cast to. */
const CAST_TYPES: ReadonlySet<string> = new Set([
  'text',
  'varchar',
  'uuid',
  'date',
  'time',
  'timestamp',
  'timestamptz',
  'bool',
  'int2',
  'int4',
  'int8',
  'numeric',
  'float8',
  'bytea',
  'json',
  'jsonb',
]);

/** A number of the kind can be assigned to a column of the type whatever its value is. */
const INTEGER_TARGETS = ['integer', 'bigint', 'numeric', 'double precision', 'real'];
const BIG_INTEGER_TARGETS = ['bigint', 'numeric', 'double precision'];
const FLOAT_TARGETS = ['numeric', 'double precision'];
/** A string is read as the type of the column, whatever rows there are. */
const STRING_TARGETS: ReadonlySet<string> = new Set([
  'text',
  'character varying',
  'uuid',
  'date',
  'time without time zone',
  'timestamp without time zone',
  'timestamp with time zone',
  'boolean',
  'bytea',
  'json',
  'jsonb',
]);
const VARYING = /^character varying\((\d{1,8})\)$/;

const INT4_MAX = 2_147_483_647;

class Finder {
  readonly places: ParameterPlace[] = [];
  readonly #typeOf: ColumnTypeOf;
  /** It reads the system's relations, whose columns name objects, or it writes in a WITH, which orders its answers otherwise. */
  isRefused = false;

  constructor(typeOf: ColumnTypeOf) {
    this.#typeOf = typeOf;
  }

  statement(node: Node): void {
    const select = asKind(node, 'SelectStmt');
    if (select !== undefined) this.#select(select);
    const update = asKind(node, 'UpdateStmt');
    if (update !== undefined) {
      this.#with(update.withClause?.ctes);
      this.#assignments(update.relation, update.targetList);
      this.#from([...relationNode(update.relation), ...(update.fromClause ?? [])]);
      this.#condition(update.whereClause);
    }
    const deletion = asKind(node, 'DeleteStmt');
    if (deletion !== undefined) {
      this.#with(deletion.withClause?.ctes);
      this.#from([...relationNode(deletion.relation), ...(deletion.usingClause ?? [])]);
      this.#condition(deletion.whereClause);
    }
    const insert = asKind(node, 'InsertStmt');
    if (insert !== undefined) {
      this.#with(insert.withClause?.ctes);
      this.#from(relationNode(insert.relation));
      this.#inserted(insert.selectStmt);
    }
  }

  #select(select: SelectStmt): void {
    this.#with(select.withClause?.ctes);
    this.#from(select.fromClause);
    this.#condition(select.whereClause);
    for (const count of [select.limitCount, select.limitOffset]) this.#number(count);
    for (const arm of [select.larg, select.rarg]) if (arm !== undefined) this.#select(arm);
  }

  #with(ctes: readonly Node[] | undefined): void {
    for (const cte of ctes ?? []) {
      const query = asKind(cte, 'CommonTableExpr')?.ctequery;
      if (asKind(query, 'SelectStmt') === undefined) this.isRefused = true;
      if (query !== undefined) this.statement(query);
    }
  }

  #from(items: readonly Node[] | undefined): void {
    for (const item of items ?? []) {
      const relation = asKind(item, 'RangeVar');
      if (relation !== undefined && isOfSystem(relation)) this.isRefused = true;
      const join = asKind(item, 'JoinExpr');
      if (join !== undefined) {
        this.#from([join.larg, join.rarg].filter((side) => side !== undefined));
        this.#condition(join.quals);
      }
      const query = asKind(item, 'RangeSubselect')?.subquery;
      if (query !== undefined) this.statement(query);
    }
  }

  #condition(node: Node | undefined): void {
    if (node === undefined) return;
    for (const part of asKind(node, 'BoolExpr')?.args ?? []) this.#condition(part);
    const link = asKind(node, 'SubLink');
    if (link?.subselect !== undefined) this.statement(link.subselect);
    const expression = asKind(node, 'A_Expr');
    if (expression === undefined) return;
    const { kind, lexpr, rexpr } = expression;
    const operator = nameOf(expression.name);
    const isList = kind === 'AEXPR_IN' || kind === 'AEXPR_BETWEEN' || kind === 'AEXPR_NOT_BETWEEN';
    if (isList && isColumn(lexpr)) {
      for (const item of asKind(rexpr, 'List')?.items ?? []) this.#literal(item);
    }
    if (kind !== 'AEXPR_OP' || operator === undefined || !COMPARISONS.has(operator)) return;
    if (isColumn(lexpr)) this.#literal(rexpr);
    if (isColumn(rexpr)) this.#literal(lexpr);
  }

  #inserted(node: Node | undefined): void {
    const select = asKind(node, 'SelectStmt');
    const rows = select?.valuesLists;
    if (rows === undefined || rows.length === 0) {
      if (node !== undefined) this.statement(node);
      return;
    }
    // Of several rows the first may fail for its values before the second is read.
    if (rows.length > 1) return;
    for (const item of asKind(rows[0], 'List')?.items ?? []) this.#literal(item);
  }

  #assignments(relation: RangeVar | undefined, targets: readonly Node[] | undefined): void {
    if (relation === undefined) return;
    for (const node of targets ?? []) {
      const target = asKind(node, 'ResTarget');
      const isPlain = target?.name !== undefined && (target.indirection ?? []).length === 0;
      if (target?.val !== undefined && isPlain)
        this.#assigned(target.val, this.#typeOf(relation, target.name ?? ''));
    }
  }

  /** A literal that may fail for its value alone would fail only where there is a row to change, so it stays. */
  #assigned(value: Node, type: string | undefined): void {
    const expression = asKind(value, 'A_Expr');
    if (expression !== undefined) this.#arithmetic(expression);
    const constant = asKind(value, 'A_Const');
    if (constant === undefined) {
      if (asKind(value, 'TypeCast') !== undefined) this.#literal(value);
      return;
    }
    if (type === undefined) return;
    if (constant.sval === undefined) {
      if (targetsOf(constant).includes(type)) this.places.push({ constant });
      return;
    }
    const width = VARYING.exec(type)?.[1];
    if (width !== undefined) this.places.push({ constant, charactersMax: Number(width) });
    else if (STRING_TARGETS.has(type)) this.places.push({ constant });
  }

  #arithmetic({
    kind,
    name,
    lexpr,
    rexpr,
  }: {
    kind?: string;
    name?: Node[];
    lexpr?: Node;
    rexpr?: Node;
  }): void {
    const operator = nameOf(name);
    if (kind !== 'AEXPR_OP' || operator === undefined || !ARITHMETIC.has(operator)) return;
    if (isColumn(lexpr)) this.#number(rexpr);
    if (isColumn(rexpr)) this.#number(lexpr);
  }

  #number(node: Node | undefined): void {
    const constant = asKind(node, 'A_Const');
    if (constant !== undefined && (constant.ival !== undefined || constant.fval !== undefined))
      this.places.push({ constant });
  }

  /** A string, a number, or a string that is cast to a plain type. */
  #literal(node: Node | undefined): void {
    const cast = asKind(node, 'TypeCast');
    const inner = asKind(cast === undefined ? node : cast.arg, 'A_Const');
    if (inner === undefined) return;
    if (cast !== undefined && (inner.sval === undefined || !isPlainType(cast.typeName))) return;
    if (inner.sval !== undefined || inner.ival !== undefined || inner.fval !== undefined)
      this.places.push({ constant: inner });
  }
}

function relationNode(relation: RangeVar | undefined): readonly Node[] {
  return relation === undefined ? [] : [{ RangeVar: relation }];
}

function isOfSystem({ schemaname, relname = '' }: RangeVar): boolean {
  return schemaname === 'pg_catalog' || schemaname === 'information_schema' || relname.startsWith('pg_');
}

function isColumn(node: Node | undefined): boolean {
  return asKind(node, 'ColumnRef') !== undefined;
}

function nameOf(names: readonly Node[] | undefined): string | undefined {
  return names?.length === 1 ? asKind(names[0], 'String')?.sval : undefined;
}

/** `text` or `pg_catalog.int4`, without modifiers and no array. */
function isPlainType(type: TypeName | undefined): boolean {
  if (type === undefined || (type.typmods ?? []).length > 0 || (type.arrayBounds ?? []).length > 0)
    return false;
  if (type.setof === true || type.pct_type === true) return false;
  const names = (type.names ?? []).map((name) => asKind(name, 'String')?.sval ?? '');
  const [first = '', second] = names;
  if (second === undefined) return CAST_TYPES.has(first);
  return names.length === 2 && first === 'pg_catalog' && CAST_TYPES.has(second);
}

function targetsOf({ ival, fval }: A_Const): readonly string[] {
  if (ival !== undefined) return INTEGER_TARGETS;
  const digits = fval?.fval ?? '';
  if (!/^-?\d{1,18}$/.test(digits)) return /e/i.test(digits) ? [] : FLOAT_TARGETS;
  return Math.abs(Number(digits)) > INT4_MAX ? BIG_INTEGER_TARGETS : FLOAT_TARGETS;
}
