/** The kinds of nodes that Cordon reads, and the ways to walk, map and compare trees of them. */
export { type EqualOptions, equalTrees } from './equal-trees.ts';
export { type Field, type KnownKind, NODES, type NodeKind, type NodeOf } from './node-table.ts';
export { REFUSED } from './refused-nodes.ts';
export {
  asKind,
  assertKnown,
  children,
  fieldsOf,
  forEachChild,
  kindOf,
  mapChildren,
  mapTree,
  unsupported,
  walkTree,
} from './walk.ts';
