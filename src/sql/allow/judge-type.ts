import { type Catalog, relationKey, type TypeEntry } from '../../catalog/index.ts';
import type { PolicyAllowance } from '../../policy/index.ts';
import { findBuiltinElement, findBuiltinName, findBuiltinOid } from './builtin-types.ts';
import { typesCalled } from './catalog-index.ts';
import { isReviewedExtension } from './extensions.ts';
import { listsName, schemasFor } from './judgement.ts';

/**
 * `names-object`: values of the type name an object of the catalog (`'orders'::regclass`), so a cast is judged by its argument.
 * `regtype`: the same for types, which drivers look up by name.
 */
export type TypeSpecial = 'names-object' | 'regtype';

export type TypeJudgement =
  /** One answer for a type that is refused and for one that does not exist: the difference would tell of relations. */
  | { readonly allowed: false; readonly reason: 'not-listed' }
  | {
      readonly allowed: true;
      readonly schema: string;
      readonly type: TypeEntry;
      readonly special?: TypeSpecial;
    };

const ORDINARY = new Set(
  `bool bytea char name int8 int2 int4 text oid json jsonb jsonpath point lseg path box polygon line circle float4 float8 money
  macaddr macaddr8 inet cidr bpchar varchar date time timestamp timestamptz interval timetz bit varbit numeric uuid tsvector tsquery
  int4range numrange tsrange tstzrange daterange int8range int4multirange nummultirange tsmultirange tstzmultirange datemultirange
  int8multirange int2vector oidvector unknown`.split(/\s+/),
);

const SPECIAL: ReadonlyMap<string, TypeSpecial> = new Map<string, TypeSpecial>([
  ['regtype', 'regtype'],
  ['regclass', 'names-object'],
  ['regproc', 'names-object'],
  ['regprocedure', 'names-object'],
  ['regoper', 'names-object'],
  ['regoperator', 'names-object'],
  ['regnamespace', 'names-object'],
  ['regrole', 'names-object'],
  ['regcollation', 'names-object'],
  ['regconfig', 'names-object'],
  ['regdictionary', 'names-object'],
]);

// Domains of the SQL standard's catalog views, which clients cast to when they read them.
const INFORMATION_SCHEMA = new Set([
  'cardinal_number',
  'character_data',
  'sql_identifier',
  'time_stamp',
  'yes_or_no',
]);

/**
 * Whether a type may be named, along the search path if it stands without a schema. `name` is that of `pg_type`, `_text` for an array.
 *
 * A domain runs checks, a composite type names the columns of a relation, and an internal type reads storage: only the policy opens
 * the first two.
 */
export function judgeType(
  catalog: Catalog,
  allow: PolicyAllowance,
  schema: string | undefined,
  name: string,
): TypeJudgement {
  const named = typesCalled(catalog, name);
  for (const candidate of schemasFor(catalog.searchPath, schema)) {
    const type = named.find((entry) => entry.schema === candidate);
    if (type === undefined) continue;
    return judge(catalog, allow, type);
  }
  return { allowed: false, reason: 'not-listed' };
}

function judge(catalog: Catalog, allow: PolicyAllowance, type: TypeEntry): TypeJudgement {
  const element =
    type.kind === 'array' && type.element !== undefined ? catalog.types.get(type.element) : type;
  if (element === undefined || !isAllowed(catalog, allow, element))
    return { allowed: false, reason: 'not-listed' };
  const special = element.schema === 'pg_catalog' ? SPECIAL.get(element.name) : undefined;
  return { allowed: true, schema: type.schema, type, ...(special === undefined ? {} : { special }) };
}

function isAllowed(catalog: Catalog, allow: PolicyAllowance, type: TypeEntry): boolean {
  if (type.schema === 'pg_catalog') return ORDINARY.has(type.name) || SPECIAL.has(type.name);
  if (type.schema === 'information_schema') return INFORMATION_SCHEMA.has(type.name);
  if (isRowType(catalog, type)) return false;
  if (listsName(allow.types, type.schema, type.name)) return true;
  if (type.extension !== undefined) return isReviewedExtension(type.extension);
  return type.kind === 'enum' && catalog.searchPath.includes(type.schema);
}

/**
 * Types whose input looks a name up. An expression of one of them must not stand where a literal of unknown type could take its type
 * from it (`COALESCE('payroll', c.oid::regclass)`): that would tell whether the object exists. Configurations of text search are
 * no data and may.
 */
const NAMING: ReadonlySet<number> = new Set(
  [
    'regclass',
    'regtype',
    'regproc',
    'regprocedure',
    'regoper',
    'regoperator',
    'regnamespace',
    'regrole',
    'regcollation',
  ].flatMap((name) => findBuiltinOid(name) ?? []),
);

export function isNamingType(oid: number | undefined): boolean {
  return oid !== undefined && NAMING.has(oid);
}

/**
 * The type as which a column is read whose own type looks names up: numbers of objects, and texts of access rights, which name roles.
 * undefined: the column is read as it is.
 */
export function settledType(oid: number): string | undefined {
  const name = findBuiltinName(oid);
  if (name === 'aclitem' || name === '_aclitem') return name === 'aclitem' ? 'text' : '_text';
  if (isNamingType(oid)) return 'oid';
  return isNamingType(findBuiltinElement(oid)) ? '_oid' : undefined;
}

/** The type of a relation's rows has the relation's name. */
function isRowType(catalog: Catalog, type: TypeEntry): boolean {
  return type.kind === 'composite' && catalog.relations.has(relationKey(type.schema, type.name));
}

/** Names of the built-in types that may be named, for the reference. */
export function ordinaryTypes(): readonly string[] {
  return [...ORDINARY];
}

/** Names of the types whose values name objects, for the reference. */
export function typesThatName(): readonly string[] {
  return [...SPECIAL.keys()];
}
