import type { Summary, SummaryRecord } from './summary.ts';

/** A text's statements with every bracket written out; undefined: it is not read. */
export function shown(statements: Summary | undefined): string {
  if (statements === undefined) return 'not read';
  return Array.isArray(statements) ? statements.map(grouping).join('; ') : grouping(statements);
}

/** `((a @> b) || c)`, `select a from t`. */
export function grouping(summary: Summary): string {
  if (isList(summary)) return expression(summary);
  return isRecord(summary) ? clauses(summary) : String(summary);
}

const isList = (summary: Summary): summary is readonly Summary[] => Array.isArray(summary);
const isRecord = (summary: Summary): summary is SummaryRecord =>
  typeof summary === 'object' && summary !== null;

function expression([kind = null, ...rest]: readonly Summary[]): string {
  const [first = null, second = null, third = null] = rest;
  switch (kind) {
    case 'column':
    case 'number':
    case 'boolean':
      return rest.join('.');
    case 'string':
      return `'${String(first)}'`;
    case 'op':
      return operation(String(first), rest.slice(1));
    case 'ANY':
    case 'ALL':
      return `(${grouping(second)} ${String(first)} ${kind} ${grouping(third)})`;
    case 'cast':
      return `(${grouping(first)}::${String(second)})`;
    case 'and':
    case 'or':
      return `(${rest.map(grouping).join(` ${kind} `)})`;
    case 'call':
      return `${String(first)}(${[...rest.slice(2), ...details(second)].map(grouping).join(', ')})`;
    default:
      return listed(kind, rest);
  }
}

const details = (summary: Summary): readonly Summary[] =>
  isRecord(summary) && Object.keys(summary).length > 0 ? [summary] : [];

function operation(name: string, operands: readonly Summary[]): string {
  const [left = null, right] = operands;
  return right === undefined
    ? `(${name} ${grouping(left)})`
    : `(${grouping(left)} ${name} ${grouping(right)})`;
}

const NODES = new Set<Summary>([
  ...[
    'not',
    'is null',
    'is not null',
    'between',
    'not between',
    'between symmetric',
    'not between symmetric',
  ],
  ...[
    'exists',
    'query',
    'array of',
    'array',
    'row',
    'case',
    'collate',
    'subscript',
    'field',
    'if',
    'iferror',
  ],
  ...['coalesce', 'nullif', 'default', 'null', 'bits', 'bytes', 'parameter'],
]);

/** A node by its name, or a list without one. */
function listed(kind: Summary, rest: readonly Summary[]): string {
  if (NODES.has(kind)) return `${String(kind)}(${rest.map(grouping).join(', ')})`;
  return `[${[kind, ...rest].map(grouping).join(', ')}]`;
}

function clauses(summary: SummaryRecord): string {
  const names = Object.keys(summary).sort();
  const isTargetsAlone = names.join() === 'kind,targets';
  const shownNames = isTargetsAlone ? ['targets'] : names;
  const texts = shownNames.map((name) => {
    const value = summary[name] ?? null;
    const text = name === 'targets' && isList(value) ? value.map(target).join(', ') : grouping(value);
    return name === 'targets' && isTargetsAlone ? text : `${name}: ${text}`;
  });
  return isTargetsAlone ? texts.join() : `{${texts.join(', ')}}`;
}

function target(summary: Summary): string {
  const [value = null, name = ''] = isList(summary) ? summary : [];
  return name === '' ? grouping(value) : `${grouping(value)} AS ${String(name)}`;
}
