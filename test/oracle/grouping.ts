import type { Summary } from './summary.ts';

/** An expression of a summary with every bracket written out: `((a @> b) || c)`. */
export function grouping(summary: Summary): string {
  if (!Array.isArray(summary)) return JSON.stringify(summary);
  const [kind, ...rest] = summary;
  switch (kind) {
    case 'column':
      return rest.join('.');
    case 'op':
      return operation(rest);
    case 'ANY':
    case 'ALL':
      return `(${grouping(rest[1] ?? null)} ${String(rest[0])} ${kind} ${grouping(rest[2] ?? null)})`;
    case 'cast':
      return `(${grouping(rest[0] ?? null)}::${String(rest[1])})`;
    case 'subscript':
      return `${grouping(rest[0] ?? null)}[${rest.slice(1).map(grouping).join(', ')}]`;
    case 'string':
      return `'${String(rest[0])}'`;
    case 'number':
    case 'boolean':
      return String(rest[0]);
    case 'call':
      return `${String(rest[0])}(${rest.slice(2).map(grouping).join(', ')})`;
    case 'and':
    case 'or':
      return `(${rest.map(grouping).join(` ${kind} `)})`;
    default:
      return `${String(kind)}(${rest.map(grouping).join(', ')})`;
  }
}

function operation([name, ...operands]: readonly Summary[]): string {
  const [left = null, right] = operands;
  if (right === undefined) return `(${String(name)} ${grouping(left)})`;
  return `(${grouping(left)} ${String(name)} ${grouping(right)})`;
}

/** The first target of a SELECT. */
export function firstTarget(summary: Summary): Summary {
  const targets =
    typeof summary === 'object' && summary !== null && 'targets' in summary ? summary.targets : [];
  const [target] = Array.isArray(targets) ? targets : [];
  return Array.isArray(target) ? (target[0] ?? null) : null;
}
