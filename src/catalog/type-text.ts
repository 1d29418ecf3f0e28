import type { TypeEntry } from './catalog.ts';

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/**
 * The text of a type as a cast needs it: `formatted` where the type is in pg_catalog, else its quoted name with schema.
 * `format_type` leaves the schema out where the search path of its session finds the type, which another session need not.
 */
export function typeText(
  types: ReadonlyMap<number, TypeEntry>,
  oid: number,
  modifier: number,
  formatted: string,
): string {
  const type = types.get(oid);
  const element = type?.kind === 'array' && type.element !== undefined ? types.get(type.element) : undefined;
  const named = element ?? type;
  if (named === undefined || named.schema === 'pg_catalog') return formatted;
  const detail = modifier < 0 ? '' : (/\([^()]*\)(?=(?:\[\])*$)/.exec(formatted)?.[0] ?? '');
  return `${quoted(named.schema)}.${quoted(named.name)}${detail}${element === undefined ? '' : '[]'}`;
}
