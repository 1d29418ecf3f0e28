/** Where a part of the policy stands in its document, so that a mistake found later still points at it. */
export interface Position {
  /** Counted from 1; 0 where the policy came as an object. */
  readonly line: number;
  readonly column: number;
  /** `relations.users.rules[0].rows` */
  readonly path: string;
}

export type Path = readonly (string | number)[];

/** Finds the line and column of a key, or of its value, `offset` characters into its text. */
export type Locate = (
  path: Path,
  part: 'key' | 'value',
  offset: number,
) => { readonly line: number; readonly column: number };

/** Remembers the place of each tree node and of each rule, without putting places into the trees themselves. */
export class Origins {
  readonly #locate: Locate;
  readonly #places = new WeakMap<object, { readonly path: Path; readonly offset: number }>();

  constructor(locate: Locate) {
    this.#locate = locate;
  }

  mark<T extends object>(node: T, path: Path, offset = 0): T {
    this.#places.set(node, { path, offset });
    return node;
  }

  /** The place of a marked node, or of a part below it. */
  of(node: object, ...below: Path): Position {
    const place = this.#places.get(node);
    if (place === undefined) return this.at([]);
    return this.at([...place.path, ...below], below.length === 0 ? place.offset : 0);
  }

  /** The place of the key of a marked node, or of a part below it. */
  ofKey(node: object, ...below: Path): Position {
    return this.keyAt([...(this.#places.get(node)?.path ?? []), ...below]);
  }

  /** The place of the value at a path. */
  at(path: Path, offset = 0): Position {
    return { ...this.#locate(path, 'value', offset), path: pathText(path) };
  }

  /** The place of the key that a path ends in. */
  keyAt(path: Path): Position {
    return { ...this.#locate(path, 'key', 0), path: pathText(path) };
  }
}

/** `relations.users.rules[0].rows` */
export function pathText(path: Path): string {
  let text = '';
  for (const part of path)
    text += typeof part === 'number' ? `[${part}]` : `${text === '' ? '' : '.'}${part}`;
  return text;
}
