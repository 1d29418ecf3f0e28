/** Types named in a text, as `regtype` reads them. */
import type { Catalog } from '../../catalog/index.ts';
import type { PolicyAllowance } from '../../policy/index.ts';
import { identifiersIn, judgeType } from '../allow/index.ts';

/** The names of the SQL standard (PostgreSQL manual, table 8.1), beside those of pg_type. */
const STANDARD: ReadonlyMap<string, string> = new Map([
  ['bigint', 'int8'],
  ['bit varying', 'varbit'],
  ['boolean', 'bool'],
  ['character', 'bpchar'],
  ['char', 'bpchar'],
  ['character varying', 'varchar'],
  ['dec', 'numeric'],
  ['decimal', 'numeric'],
  ['double precision', 'float8'],
  ['int', 'int4'],
  ['integer', 'int4'],
  ['real', 'float4'],
  ['smallint', 'int2'],
  ['time with time zone', 'timetz'],
  ['time without time zone', 'time'],
  ['timestamp with time zone', 'timestamptz'],
  ['timestamp without time zone', 'timestamp'],
]);

/** Whether a text names a type on the list; one that is not, and one that does not exist, look the same. */
export function namesAllowedType(catalog: Catalog, allow: PolicyAllowance, written: string): boolean {
  const bare = written.replace(/(?:\s*\[\s*\])+\s*$/, '');
  const standard = STANDARD.get(bare.trim().toLowerCase().replaceAll(/\s+/g, ' '));
  const parts = standard === undefined ? identifiersIn(bare, '.') : [standard];
  if (parts === undefined || parts.length > 2) return false;
  return judgeType(catalog, allow, parts.length === 2 ? parts[0] : undefined, parts.at(-1) ?? '').allowed;
}
