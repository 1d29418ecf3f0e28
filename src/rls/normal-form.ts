/**
 * CockroachDB keeps the text of a condition with decorations of its own: `c1::public.greeting = 'hi':::public.greeting`,
 * `public.is_valid(c1)`, names of types in capitals (its logic tests, `row_level_security`). Two texts are alike when
 * their trees are, once annotations of constants, the names that one type has, the schema `public`, brackets and the
 * order of nothing are taken away. From the documentation and the tests of CockroachDB, not run.
 */
import type { Parser } from '../sql/parse/index.ts';
import type { LiveState } from './live.ts';
import type { RlsPlan } from './plan.ts';
import { viewQuery } from './print.ts';
import { type Condition, inline } from './sql-text.ts';
import type { Printed, Wanted } from './wanted.ts';

export class NormalForm {
  readonly #parser: Parser;

  constructor(parser: Parser) {
    this.#parser = parser;
  }

  /** What cannot be read is like nothing but itself. */
  of(expression: string): string {
    return this.ofStatement(`SELECT (${expression})`);
  }

  ofStatement(statement: string): string {
    try {
      const parsed = this.#parser.parsePrinted(castsOf(statement));
      return JSON.stringify(parsed.map(({ stmt }) => normal(stmt)));
    } catch {
      return statement;
    }
  }

  wanted(plan: RlsPlan): Wanted {
    const policies = plan.tables.map(({ key, policies: all }) => {
      const printed = all.map(
        ({ name, using, check }) => [name, { using: this.#side(using), check: this.#side(check) }] as const,
      );
      return [key, new Map<string, Printed>(printed)] as const;
    });
    const views = plan.views.map((view) => [view.name, this.ofStatement(viewQuery(view))] as const);
    return { policies: new Map(policies), views: new Map(views) };
  }

  live(live: LiveState): LiveState {
    const side = (text: string | undefined) => (text === undefined ? undefined : this.of(text));
    return {
      ...live,
      policies: live.policies.map((policy) => ({
        ...policy,
        using: side(policy.using),
        check: side(policy.check),
      })),
      views: new Map(
        [...live.views].map(([name, view]) => [
          name,
          { ...view, definition: this.ofStatement(view.definition.replace(/;\s*$/, '')) },
        ]),
      ),
    };
  }

  #side(condition: Condition | undefined): string | undefined {
    return condition === undefined ? undefined : this.of(inline(condition));
  }
}

/** `:::` annotates a type where `::` converts; outside of quotes only. */
function castsOf(text: string): string {
  return text.replace(/'(?:[^']|'')*'|"(?:[^"]|"")*"|:::/g, (part) => (part === ':::' ? '::' : part));
}

type Tree = unknown;

function normal(tree: Tree): Tree {
  if (Array.isArray(tree)) return tree.map(normal);
  if (typeof tree !== 'object' || tree === null) return tree;
  const [only, ...others] = Object.keys(tree);
  const body = only === undefined ? undefined : (tree as Record<string, unknown>)[only];
  if (others.length === 0 && only !== undefined && /^[A-Z]/.test(only)) return normalNode(only, body);
  return normalFields(tree);
}

function normalFields(tree: object): Tree {
  const kept = Object.entries(tree).filter(
    ([name]) => !/location$|^rexpr_list|^list_(start|end)$/.test(name),
  );
  const fields = Object.fromEntries(kept.map(([name, value]) => [name, normal(value)]));
  // The type of a cast stands without the name of its kind.
  return 'names' in fields && 'typemod' in fields ? withoutPublic('TypeName', fields) : fields;
}

function normalNode(kind: string, body: Tree): Tree {
  const fields = (body ?? {}) as Record<string, unknown>;
  if (kind === 'TypeCast' && isConstant(fields.arg)) return normal(fields.arg);
  if (kind === 'BoolExpr') return { BoolExpr: { boolop: fields.boolop, args: flattened(fields) } };
  if (kind === 'ColumnRef' || kind === 'FuncCall' || kind === 'RangeVar')
    return { [kind]: withoutPublic(kind, normalFields(fields) as Record<string, unknown>) };
  return { [kind]: normal(body) };
}

function isConstant(tree: Tree): boolean {
  return typeof tree === 'object' && tree !== null && 'A_Const' in tree;
}

/** `a AND (b AND c)` is `a AND b AND c`. */
function flattened({ boolop, args }: Record<string, unknown>): readonly Tree[] {
  const items = Array.isArray(args) ? args : [];
  return items.flatMap((item): readonly Tree[] => {
    const inner = (item as { BoolExpr?: Record<string, unknown> }).BoolExpr;
    return inner !== undefined && inner.boolop === boolop && boolop !== 'NOT_EXPR'
      ? flattened(inner)
      : [normal(item)];
  });
}

const TYPE_NAMES: ReadonlyMap<string, string> = new Map([
  ['string', 'text'],
  ['varchar', 'text'],
  ['int', 'int8'],
  ['int64', 'int8'],
  ['bigint', 'int8'],
  ['integer', 'int8'],
  ['boolean', 'bool'],
]);

/** A schema stays where it is another one than those that go without saying; the database's own name never does. */
function withoutPublic(kind: string, fields: Record<string, unknown>): Record<string, unknown> {
  if (kind === 'RangeVar')
    return { ...fields, schemaname: fields.schemaname ?? 'public', catalogname: undefined };
  const list = kind === 'TypeName' ? 'names' : kind === 'FuncCall' ? 'funcname' : 'fields';
  const names = (Array.isArray(fields[list]) ? (fields[list] as readonly Tree[]) : []).map(nameOf);
  const last = names.at(-1) ?? '';
  const schema = names.at(-2) ?? '';
  const kept = kind === 'ColumnRef' || OPEN_SCHEMAS.has(schema) ? [] : [schema];
  const named = kind === 'TypeName' ? (TYPE_NAMES.get(last.toLowerCase()) ?? last.toLowerCase()) : last;
  return { ...fields, [list]: [...kept, named], funcformat: undefined };
}

const OPEN_SCHEMAS: ReadonlySet<string> = new Set(['', 'public', 'pg_catalog']);

function nameOf(tree: Tree): string {
  return (tree as { String?: { sval?: string } } | undefined)?.String?.sval ?? '*';
}
