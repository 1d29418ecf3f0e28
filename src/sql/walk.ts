/** Walks over trees by the table of nodes; what the table does not know throws CORDON_UNSUPPORTED. */
import { CordonError, InvariantError, safeName } from '../errors/index.ts';
import { constructName } from './construct.ts';
import { type Field, type KnownKind, NODES, type NodeKind, type NodeOf } from './node-table.ts';
import type { Node } from './tree.ts';

type Body = Readonly<Record<string, unknown>>;
type FieldTable = ReadonlyMap<string, Field>;

const TABLE: ReadonlyMap<string, FieldTable> = new Map(
  Object.entries(NODES).map(([kind, fields]) => [kind, new Map<string, Field>(Object.entries(fields))]),
);

/** The error for a construct that Cordon does not read: a kind, `Kind.field`, or words of this source code. */
export function unsupported(construct: string): CordonError {
  return new CordonError('CORDON_UNSUPPORTED', { construct: safeName(constructName(construct)) });
}

/** The tag of a node; throws CORDON_UNSUPPORTED for kinds outside the table. */
export function kindOf(node: Node): KnownKind {
  const kind = tagOf(node);
  if (!TABLE.has(kind)) throw unsupported(kind);
  return kind as KnownKind;
}

function tagOf(node: Node): string {
  let tag: string | undefined;
  for (const key in node) {
    if (tag !== undefined) throw new InvariantError('a node with two tags');
    tag = key;
  }
  if (tag === undefined) throw unsupported('an empty node');
  return tag;
}

/** What stands behind a tag if the node has it, else undefined. */
export function asKind<K extends NodeKind>(node: Node | undefined, kind: K): NodeOf<K> | undefined {
  if (node === undefined || !Object.hasOwn(node, kind)) return undefined;
  return (node as unknown as Record<K, NodeOf<K>>)[kind];
}

/** The fields of a kind, as the table has them. */
export function fieldsOf(kind: string): FieldTable {
  const fields = TABLE.get(kind);
  if (fields === undefined) throw unsupported(kind);
  return fields;
}

/** The field of a kind, after checking that its value may stand there. */
export function knownField(kind: string, fields: FieldTable, name: string, value: unknown): Field {
  const field = fields.get(name);
  if (field === undefined || field.is === 'refused') throw unsupported(`${kind}.${name}`);
  if (field.is === 'enum' && !field.values.includes(String(value))) throw unsupported(`${kind}.${name}`);
  return field;
}

export function isHole(node: object): boolean {
  for (const _ in node) return false;
  return true;
}

const bodyOf = (node: Node, kind: string): Body => (node as unknown as Record<string, Body>)[kind] ?? {};
const tagged = (kind: string, body: unknown): Node => ({ [kind]: body }) as unknown as Node;

/** Calls `visit` with each child, tagged even where the tree leaves the tag out, and with the field it stands in. */
export function forEachChild(node: Node, visit: (child: Node, field: string) => void): void {
  const kind = tagOf(node);
  const fields = fieldsOf(kind);
  const body = bodyOf(node, kind);
  for (const name in body) {
    const value = body[name];
    if (value !== undefined) visitField(knownField(kind, fields, name, value), name, value, visit);
  }
}

function visitField(
  field: Field,
  name: string,
  value: unknown,
  visit: (child: Node, field: string) => void,
): void {
  if (field.is === 'node') visit(value as Node, name);
  else if (field.is === 'typed') visit(tagged(field.kind, value), name);
  else if (field.is === 'list') {
    for (const item of value as readonly Node[]) {
      if (!(field.holes && isHole(item))) visit(item, name);
    }
  }
}

/** The children of a node, each with its tag. */
export function children(node: Node): Node[] {
  const found: Node[] = [];
  forEachChild(node, (child) => found.push(child));
  return found;
}

/** Visits a node and everything below it, parents first; `visit` returns false to pass over what is below. */
export function walkTree(node: Node, visit: (node: Node, kind: KnownKind) => boolean | undefined): void {
  if (visit(node, kindOf(node)) === false) return;
  forEachChild(node, (child) => walkTree(child, visit));
}

/** Checks a whole tree against the table. */
export function assertKnown(node: Node): void {
  forEachChild(node, assertKnown);
}

/** A copy with each child replaced by what `map` returns for it; the same node if nothing changed. */
export function mapChildren(node: Node, map: (child: Node, field: string) => Node): Node {
  const kind = tagOf(node);
  const fields = fieldsOf(kind);
  const body = bodyOf(node, kind);
  let copy: Record<string, unknown> | undefined;
  for (const name in body) {
    const value = body[name];
    if (value === undefined) continue;
    const mapped = mapField(knownField(kind, fields, name, value), name, value, map);
    if (mapped === value) continue;
    copy ??= { ...body };
    copy[name] = mapped;
  }
  return copy === undefined ? node : tagged(kind, copy);
}

function mapField(
  field: Field,
  name: string,
  value: unknown,
  map: (child: Node, field: string) => Node,
): unknown {
  if (field.is === 'node') return map(value as Node, name);
  if (field.is === 'typed') return mapTyped(field.kind, name, value, map);
  if (field.is !== 'list') return value;
  const items = value as readonly Node[];
  const mapped = items.map((item) => (field.holes && isHole(item) ? item : map(item, name)));
  return mapped.every((item, i) => item === items[i]) ? items : mapped;
}

function mapTyped(
  kind: NodeKind,
  name: string,
  value: unknown,
  map: (child: Node, field: string) => Node,
): unknown {
  const child = tagged(kind, value);
  const mapped = map(child, name);
  if (mapped === child) return value;
  const body = asKind(mapped, kind);
  if (body === undefined) throw new InvariantError(`a field of kind ${kind} was mapped to another kind`);
  return body;
}

/** A copy with each node replaced by what `map` returns for it, children first. */
export function mapTree(node: Node, map: (node: Node) => Node): Node {
  return map(mapChildren(node, (child) => mapTree(child, map)));
}
