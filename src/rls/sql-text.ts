/** Text of SQL that is printed for people to read: every name quoted, every literal escaped, conditions as small trees. */
import type { Dialect, Relation } from '../catalog/index.ts';
import { quoteName, quoteText } from '../sql/index.ts';

/** A condition: text that needs no brackets around it, or a combination. */
export type Condition =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'and' | 'or'; readonly items: readonly Condition[] }
  | { readonly kind: 'not'; readonly item: Condition };

export const ALWAYS: Condition = { kind: 'text', text: 'true' };
export const NEVER: Condition = { kind: 'text', text: 'false' };

export function textual(text: string): Condition {
  return { kind: 'text', text };
}

export function both(items: readonly Condition[]): Condition {
  return combined('and', items, ALWAYS, NEVER);
}

export function either(items: readonly Condition[]): Condition {
  return combined('or', items, NEVER, ALWAYS);
}

/** Whether two conditions are written alike. */
export function sameCondition(a: Condition, b: Condition): boolean {
  return inline(a) === inline(b);
}

function combined(
  kind: 'and' | 'or',
  given: readonly Condition[],
  neutral: Condition,
  absorbing: Condition,
): Condition {
  const flat = given.flatMap((item) => (item.kind === kind ? item.items : [item]));
  if (flat.some((item) => sameCondition(item, absorbing))) return absorbing;
  const distinct = [...new Map(flat.map((item) => [inline(item), item])).values()];
  const items = distinct.filter((item) => !sameCondition(item, neutral));
  const [first] = items;
  if (first === undefined) return neutral;
  return items.length === 1 ? first : { kind, items };
}

/** On one line, in brackets where it is not the whole. */
export function inline(condition: Condition, outermost = true): string {
  if (condition.kind === 'text') return condition.text;
  if (condition.kind === 'not') return `NOT (${inline(condition.item)})`;
  const text = condition.items.map((item) => inline(item, false)).join(` ${condition.kind.toUpperCase()} `);
  return outermost ? text : `(${text})`;
}

const LINE_CHARACTERS_MAX = 100;

/** In as many lines as it takes to be read. */
export function layOut(condition: Condition, indent: string): string {
  const whole = inline(condition);
  if (whole.length + indent.length <= LINE_CHARACTERS_MAX || condition.kind === 'text') return indent + whole;
  if (condition.kind === 'not') return `${indent}NOT (\n${layOut(condition.item, `${indent}  `)}\n${indent})`;
  const parts = condition.items.map((item) => layOutItem(item, indent));
  return parts.map((part, index) => (index === 0 ? part : joined(condition.kind, part, indent))).join('\n');
}

function joined(kind: 'and' | 'or', part: string, indent: string): string {
  return `${indent}${kind.toUpperCase()} ${part.slice(indent.length)}`;
}

function layOutItem(item: Condition, indent: string): string {
  const whole = inline(item, false);
  if (whole.length + indent.length <= LINE_CHARACTERS_MAX || item.kind === 'text') return indent + whole;
  return `${indent}(\n${layOut(item, `${indent}  `)}\n${indent})`;
}

export function quoteNames(names: readonly string[]): string {
  return names.map(quoteName).join(', ');
}

export function quoteRelation({ schema, name }: Pick<Relation, 'schema' | 'name'>): string {
  return `${quoteName(schema)}.${quoteName(name)}`;
}

/** A body of a function: between dollars, with a tag that does not stand in it. */
export function quoteBody(body: string): string {
  let tag = '$cordon$';
  for (let count = 1; body.includes(tag); count++) tag = `$cordon${count}$`;
  return tag + body + tag;
}

export function quoteLiteral(value: string | number | boolean): string {
  if (typeof value === 'string') return quoteText(value);
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  return value < 0 ? `(${value})` : String(value);
}

/** A type that both servers have, by the name that each of them prints. */
export function textType(dialect: Dialect): string {
  return dialect === 'cockroachdb' ? 'STRING' : 'text';
}
