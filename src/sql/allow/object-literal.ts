import {
  type Catalog,
  findRelation,
  type Relation,
  type RelationKey,
  relationKey,
} from '../../catalog/index.ts';
import { identifiersIn } from './identifiers.ts';
import { systemRelationNames } from './system-relations.ts';

/** What a literal of a type such as `regclass` stands for. */
export type ObjectLiteral =
  /** One answer for an object that is not shown and for one that does not exist. */
  | { readonly allowed: false }
  /** `text`: the name to print, quoted and with its schema, or the number. */
  | { readonly allowed: true; readonly text: string };

const REFUSED: ObjectLiteral = { allowed: false };

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** `name` or `schema.name`. */
function nameParts(written: string): readonly string[] | undefined {
  const parts = identifiersIn(written, '.');
  return parts !== undefined && parts.length <= 2 ? parts : undefined;
}

/**
 * Whether a literal may be cast to a type that names objects: `'orders'::regclass` and `'16430'::regclass` for a relation that the
 * role may know, `'public'::regnamespace` for a schema of such, `'english'::regconfig` always, for a configuration is no data.
 */
export function judgeObjectLiteral(
  catalog: Catalog,
  covered: ReadonlySet<RelationKey>,
  type: string,
  written: string,
): ObjectLiteral {
  if (type === 'regclass') return judgeRelation(catalog, covered, written);
  const parts = nameParts(written);
  if (parts === undefined) return REFUSED;
  if (type === 'regconfig') return { allowed: true, text: parts.map(quoted).join('.') };
  if (type === 'regnamespace') return judgeSchema(catalog, covered, parts);
  return REFUSED;
}

function judgeRelation(catalog: Catalog, covered: ReadonlySet<RelationKey>, written: string): ObjectLiteral {
  if (/^\d{1,10}$/.test(written)) {
    return isKnownRelation(catalog, covered, Number(written)) ? { allowed: true, text: written } : REFUSED;
  }
  const parts = nameParts(written);
  const [schema, name] = parts?.length === 2 ? parts : [undefined, parts?.[0]];
  const relation = name === undefined ? undefined : findRelation(catalog, schema, name);
  if (relation === undefined || !mayKnow(covered, relation)) return REFUSED;
  return { allowed: true, text: `${quoted(relation.schema)}.${quoted(relation.name)}` };
}

/** Every relation that the role may know, as one writes it: with its schema, and without where that finds it. */
export function relationNames(catalog: Catalog, covered: ReadonlySet<RelationKey>): readonly string[] {
  return [...catalog.relations.values()]
    .filter((relation) => mayKnow(covered, relation))
    .flatMap((relation) => {
      const [schema, name] = [written(relation.schema), written(relation.name)];
      const isFound = findRelation(catalog, undefined, relation.name) === relation;
      return isFound ? [`${schema}.${name}`, name] : [`${schema}.${name}`];
    });
}

function written(identifier: string): string {
  return /^[a-z_][a-z0-9_]*$/.test(identifier) ? identifier : quoted(identifier);
}

/** Whether a number is that of a relation that the role may know. */
export function isKnownRelation(catalog: Catalog, covered: ReadonlySet<RelationKey>, oid: number): boolean {
  for (const key of covered) if (catalog.relations.get(key)?.oid === oid) return true;
  return false;
}

function mayKnow(covered: ReadonlySet<RelationKey>, relation: Relation): boolean {
  if (relation.kind === 'system')
    return systemRelationNames().includes(`${relation.schema}.${relation.name}`);
  return covered.has(relationKey(relation.schema, relation.name));
}

function judgeSchema(
  catalog: Catalog,
  covered: ReadonlySet<RelationKey>,
  parts: readonly string[],
): ObjectLiteral {
  const [name = '', ...others] = parts;
  const ofCovered = [...covered].map((key) => catalog.relations.get(key)?.schema);
  const known = ['pg_catalog', 'information_schema', ...catalog.searchPath, ...ofCovered];
  return others.length === 0 && known.includes(name) ? { allowed: true, text: quoted(name) } : REFUSED;
}

/** Columns of the catalog that hold numbers of objects, each in rows about objects that are shown. */
const NUMBERS: Readonly<Record<string, ReadonlySet<string>>> = {
  regclass: new Set(
    `pg_class.oid pg_attribute.attrelid pg_attrdef.adrelid pg_index.indrelid pg_index.indexrelid pg_constraint.conrelid
    pg_constraint.confrelid pg_constraint.conindid pg_inherits.inhrelid pg_inherits.inhparent pg_partitioned_table.partrelid
    pg_sequence.seqrelid pg_trigger.tgrelid pg_statistic_ext.stxrelid pg_policy.polrelid pg_publication_rel.prrelid`.split(
      /\s+/,
    ),
  ),
  regnamespace: new Set(
    `pg_namespace.oid pg_class.relnamespace pg_type.typnamespace pg_constraint.connamespace pg_proc.pronamespace
    pg_extension.extnamespace pg_statistic_ext.stxnamespace`.split(/\s+/),
  ),
  regtype: new Set(
    `pg_type.oid pg_type.typelem pg_type.typarray pg_type.typbasetype pg_attribute.atttypid pg_class.reltype pg_class.reloftype
    pg_enum.enumtypid pg_range.rngtypid pg_range.rngsubtype pg_range.rngmultitypid pg_proc.prorettype pg_sequence.seqtypid
    pg_cast.castsource pg_cast.casttarget pg_operator.oprleft pg_operator.oprright pg_operator.oprresult
    pg_opclass.opcintype`.split(/\s+/),
  ),
  regproc: new Set(
    'pg_proc.oid pg_type.typinput pg_type.typoutput pg_type.typreceive pg_type.typsend pg_am.amhandler'.split(
      /\s+/,
    ),
  ),
};

/** Whether a column of a system relation may be cast to a type that turns numbers into names: `c.oid::regclass`. */
export function holdsNumbersOf(type: string, relation: string, column: string): boolean {
  return NUMBERS[type]?.has(`${relation}.${column}`) ?? false;
}
