import { asKind, unsupported } from '../nodes.ts';
import type { Node, TypeName } from '../tree.ts';
import { printFixedConstant } from './constant.ts';
import { stringOf, type Writer } from './writer.ts';

/** Types of `pg_catalog` as SQL spells them: the tree of the spelled type is the same as that of the qualified name. */
const SPELLED: ReadonlyMap<string, string> = new Map([
  ['bool', 'boolean'],
  ['int2', 'smallint'],
  ['int4', 'integer'],
  ['int8', 'bigint'],
  ['float4', 'real'],
  ['float8', 'double precision'],
  ['numeric', 'numeric'],
  ['varchar', 'character varying'],
  ['time', 'time'],
  ['timestamp', 'timestamp'],
]);

const ZONED: ReadonlyMap<string, string> = new Map([
  ['timetz', 'time'],
  ['timestamptz', 'timestamp'],
]);

/** Spelled without a length, these mean length 1, so the spelling stands only where a length follows. */
const SPELLED_WITH_LENGTH: ReadonlyMap<string, string> = new Map([
  ['bpchar', 'character'],
  ['bit', 'bit'],
  ['varbit', 'bit varying'],
]);

/** INTERVAL_MASK(..) of datetime.h, in the combinations that the grammar writes. */
const INTERVAL_FIELDS: ReadonlyMap<number, string> = new Map([
  [0x7fff, ''],
  [1 << 2, 'year'],
  [1 << 1, 'month'],
  [1 << 3, 'day'],
  [1 << 10, 'hour'],
  [1 << 11, 'minute'],
  [1 << 12, 'second'],
  [(1 << 2) | (1 << 1), 'year to month'],
  [(1 << 3) | (1 << 10), 'day to hour'],
  [(1 << 3) | (1 << 10) | (1 << 11), 'day to minute'],
  [(1 << 3) | (1 << 10) | (1 << 11) | (1 << 12), 'day to second'],
  [(1 << 10) | (1 << 11), 'hour to minute'],
  [(1 << 10) | (1 << 11) | (1 << 12), 'hour to second'],
  [(1 << 11) | (1 << 12), 'minute to second'],
]);

/** A type: as SQL spells it, or by its qualified name. */
export function printTypeName(writer: Writer, type: TypeName): void {
  const names = (type.names ?? []).map(stringOf);
  const builtin = names.length === 2 && names[0] === 'pg_catalog' ? names[1] : undefined;
  if (builtin === undefined || !printBuiltin(writer, builtin, type.typmods ?? [])) {
    printNamed(writer, names, type);
    printModifiers(writer, type.typmods ?? []);
  }
  printBounds(writer, type.arrayBounds ?? []);
}

/** Types whose modifiers CockroachDB reads behind the keyword alone. */
const KEYWORDS: ReadonlySet<string> = new Set([
  'timestamptz',
  'timetz',
  'varbit',
  'geometry',
  'geography',
  'vector',
]);

function printNamed(writer: Writer, names: readonly string[], type: TypeName): void {
  const [name = '', ...others] = names;
  const modified = writer.dialect === 'cockroachdb' && (type.typmods ?? []).length > 0;
  if (!modified) writer.qualified(type.names);
  else if (others.length === 0 && KEYWORDS.has(name)) writer.raw(name);
  else throw unsupported('a modifier of this type on CockroachDB');
}

/** False if the type has no spelling of its own. */
function printBuiltin(writer: Writer, type: string, modifiers: readonly Node[]): boolean {
  // CockroachDB takes INTEGER for eight bytes.
  if (type === 'int4' && writer.dialect === 'cockroachdb') return false;
  if (type === 'interval') return printInterval(writer, modifiers);
  const zoned = ZONED.get(type);
  const spelled =
    zoned ?? SPELLED.get(type) ?? (modifiers.length > 0 ? SPELLED_WITH_LENGTH.get(type) : undefined);
  if (spelled === undefined) return false;
  writer.raw(spelled);
  printModifiers(writer, modifiers);
  if (zoned !== undefined) writer.raw(' with time zone');
  return true;
}

function printInterval(writer: Writer, modifiers: readonly Node[]): boolean {
  writer.raw('interval');
  writer.raw(intervalFields(modifiers));
  return true;
}

/** The fields of an interval and its precision, with a space before them. */
export function intervalFields(modifiers: readonly Node[]): string {
  const [mask, precision, ...others] = modifiers.map(integerOf);
  if (mask === undefined) return '';
  const fields = INTERVAL_FIELDS.get(mask);
  if (fields === undefined || others.length > 0) throw unsupported('an interval with unknown fields');
  return `${fields === '' ? '' : ` ${fields}`}${precision === undefined ? '' : `(${precision})`}`;
}

function integerOf(node: Node): number {
  const constant = asKind(node, 'A_Const');
  if (constant?.ival === undefined) throw unsupported('TypeName.typmods');
  return constant.ival.ival ?? 0;
}

function printModifiers(writer: Writer, modifiers: readonly Node[]): void {
  if (modifiers.length > 0) writer.brackets(modifiers, printModifier);
}

/** Extensions take words as well: `geometry(point, 4326)`. */
function printModifier(writer: Writer, modifier: Node): void {
  const constant = asKind(modifier, 'A_Const');
  const word = asKind(modifier, 'ColumnRef');
  if (constant !== undefined) printFixedConstant(writer, constant);
  else if (word?.fields?.length === 1) printShape(writer, word.fields);
  else throw unsupported('TypeName.typmods');
}

/** The kinds of shapes are keywords to CockroachDB. */
function printShape(writer: Writer, fields: readonly Node[]): void {
  const [shape] = fields.map(stringOf);
  if (writer.dialect === 'cockroachdb' && SHAPE.test(shape ?? '')) writer.raw(shape ?? '');
  else writer.qualified(fields);
}

const SHAPE = /^(?:multi)?(?:point|linestring|polygon)(?:z|m|zm)?$|^geometry(?:collection)?(?:z|m|zm)?$/;

/** A bound of -1 stands for none. */
function printBounds(writer: Writer, bounds: readonly Node[]): void {
  for (const bound of bounds) {
    const size = asKind(bound, 'Integer');
    if (size === undefined) throw unsupported('TypeName.arrayBounds');
    writer.raw(size.ival === -1 ? '[]' : `[${Number(size.ival ?? 0)}]`);
  }
}
