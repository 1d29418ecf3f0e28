import type { Field } from './node-table.ts';
import type { BoolExpr, Node } from './tree.ts';
import { asKind, fieldsOf, isHole, knownField } from './walk.ts';

export interface EqualOptions {
  /** The number that a parameter of the first tree has in the second. */
  readonly parameterOf?: (number: number) => number;
}

type Body = Readonly<Record<string, unknown>>;

/**
 * Whether two trees mean the same statement: locations are ignored, a left-out field is its default, and
 * `(a AND b) AND c` is `a AND b AND c`, because the grammar reads it so.
 */
export function equalTrees(a: Node, b: Node, options: EqualOptions = {}): boolean {
  return new Comparison(options).nodes(a, b);
}

class Comparison {
  readonly #parameterOf: (number: number) => number;

  constructor(options: EqualOptions) {
    this.#parameterOf = options.parameterOf ?? ((number) => number);
  }

  nodes(first: Node, second: Node): boolean {
    const a = flattened(first);
    const b = flattened(second);
    const kind = onlyKey(a);
    if (kind === undefined || kind !== onlyKey(b)) return false;
    const bodies = [(a as unknown as Body)[kind] as Body, (b as unknown as Body)[kind] as Body] as const;
    if (kind === 'ParamRef') return this.#parameters(bodies[0], bodies[1]);
    return this.#bodies(kind, bodies[0], bodies[1]);
  }

  #parameters(a: Body, b: Body): boolean {
    return this.#parameterOf(Number(a.number ?? 0)) === Number(b.number ?? 0);
  }

  #bodies(kind: string, a: Body, b: Body): boolean {
    const fields = fieldsOf(kind);
    for (const name in a) {
      if (a[name] === undefined) continue;
      const field = knownField(kind, fields, name, a[name]);
      if (!this.#values(field, a[name], b[name])) return false;
    }
    for (const name in b) {
      if (b[name] === undefined || a[name] !== undefined) continue;
      const field = knownField(kind, fields, name, b[name]);
      if (!this.#values(field, undefined, b[name])) return false;
    }
    return true;
  }

  #values(field: Field, a: unknown, b: unknown): boolean {
    switch (field.is) {
      case 'ignored':
        return true;
      case 'node':
        return a !== undefined && b !== undefined && this.nodes(a as Node, b as Node);
      case 'typed':
        return a !== undefined && b !== undefined && this.#bodies(field.kind, a as Body, b as Body);
      case 'list':
        return this.#lists((a ?? []) as readonly Node[], (b ?? []) as readonly Node[]);
      case 'enum':
        return sameEnum(field, a, b);
      default:
        return sameScalar(field, a, b);
    }
  }

  #lists(a: readonly Node[], b: readonly Node[]): boolean {
    return a.length === b.length && a.every((item, i) => this.#items(item, b[i]));
  }

  #items(a: Node, b: Node | undefined): boolean {
    if (b === undefined) return false;
    if (isHole(a) || isHole(b)) return isHole(a) && isHole(b);
    return this.nodes(a, b);
  }
}

function onlyKey(node: object): string | undefined {
  for (const key in node) return key;
  return undefined;
}

function sameEnum(field: Extract<Field, { is: 'enum' }>, a: unknown, b: unknown): boolean {
  const first = String(a ?? field.values[0]);
  const second = String(b ?? field.values[0]);
  return first === second || (field.same.includes(first) && field.same.includes(second));
}

const ABSENT = { text: '', bool: false } as const;

function sameScalar(field: Field, a: unknown, b: unknown): boolean {
  if (field.is === 'number') return (a ?? field.absent) === (b ?? field.absent);
  if (field.is === 'text' || field.is === 'bool') return (a ?? ABSENT[field.is]) === (b ?? ABSENT[field.is]);
  return false;
}

/** The form in which the grammar returns a list of AND or OR: the left operand joins the list, a single one stands alone. */
function flattened(node: Node): Node {
  const bool = asKind(node, 'BoolExpr');
  if (bool === undefined || bool.boolop === 'NOT_EXPR') return node;
  const args = leadingArguments(bool);
  const only = args.length === 1 ? args[0] : undefined;
  return only === undefined ? { BoolExpr: { ...bool, args } } : flattened(only);
}

function leadingArguments(bool: BoolExpr): Node[] {
  const [first, ...rest] = bool.args ?? [];
  if (first === undefined) return [];
  const left = flattened(first);
  const inner = asKind(left, 'BoolExpr');
  const joins = inner !== undefined && inner.boolop !== 'NOT_EXPR' && operatorOf(inner) === operatorOf(bool);
  return joins ? [...(inner.args ?? []), ...rest] : [left, ...rest];
}

const operatorOf = (bool: BoolExpr): string => bool.boolop ?? 'AND_EXPR';
