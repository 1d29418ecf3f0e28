/**
 * The system relations that drivers and ORMs read, and what of them a caller sees. What is not listed here is refused: statistics,
 * activity, roles' passwords, policies, rules, large objects, servers of others.
 *
 * A column that is not listed is hidden, so that one added by a new version of the database stays hidden until it was reviewed. Owners,
 * privileges and numbers that move with the data (`reltuples`, `relpages`) are never shown. Definitions (defaults, checks, predicates,
 * bodies of views) may hold literals: they are shown only to a role that owns the schema.
 */
import type { Catalog, Relation, RelationKey } from '../../catalog/index.ts';
import type { RelationAccess, Role, Visibility } from '../../policy/index.ts';
import {
  allRows,
  builtinOnly,
  constraintNamesAt,
  constraintsAt,
  constraintUse,
  dependencies,
  descriptions,
  edges,
  indexesAt,
  type Known,
  knownTo,
  namesAt,
  noRows,
  type RowRule,
  references,
  relationsAndIndexesAt,
  relationsAt,
  schemasAt,
  settingRows,
  thisDatabase,
  typesAt,
} from './system-rows.ts';

interface SystemRelation {
  readonly rows: RowRule;
  readonly shown: ReadonlySet<string>;
  /** Shown to roles that own the schema. */
  readonly definitions: ReadonlySet<string>;
}

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(/\s+/).filter((word) => word !== ''));
}

function shows(rows: RowRule, shown: string, definitions = ''): SystemRelation {
  return { rows, shown: words(shown), definitions: words(definitions) };
}

/** Always empty for callers: clients join it, but it holds nothing for them. */
function empty(key: string): SystemRelation {
  return shows(noRows(key), '');
}

const RELATIONS: ReadonlyMap<string, SystemRelation> = new Map([
  [
    'pg_catalog.pg_class',
    shows(
      relationsAndIndexesAt('oid'),
      `oid relname relnamespace reltype reloftype relam reltablespace relhasindex relisshared relpersistence relkind relnatts relchecks
      relhasrules relhastriggers relhassubclass relrowsecurity relforcerowsecurity relispopulated relreplident relispartition`,
      'relpartbound reloptions',
    ),
  ],
  [
    'pg_catalog.pg_attribute',
    shows(
      relationsAndIndexesAt('attrelid'),
      `attrelid attname atttypid attlen attnum atttypmod attndims attbyval attalign attstorage attcompression attnotnull atthasdef
      attidentity attgenerated attisdropped attislocal attinhcount attcollation`,
      'attoptions',
    ),
  ],
  ['pg_catalog.pg_attrdef', shows(relationsAt('adrelid'), 'oid adrelid adnum', 'adbin')],
  [
    'pg_catalog.pg_type',
    shows(
      typesAt('oid'),
      `oid typname typnamespace typlen typbyval typtype typcategory typispreferred typisdefined typdelim typrelid typsubscript typelem
      typarray typinput typoutput typreceive typsend typmodin typmodout typanalyze typalign typstorage typnotnull typbasetype typtypmod
      typndims typcollation`,
      'typdefault typdefaultbin',
    ),
  ],
  ['pg_catalog.pg_namespace', shows(schemasAt('nspname'), 'oid nspname')],
  [
    'pg_catalog.pg_index',
    shows(
      indexesAt('indexrelid'),
      `indexrelid indrelid indnatts indnkeyatts indisunique indnullsnotdistinct indisprimary indisexclusion indimmediate indisclustered
      indisvalid indisready indislive indisreplident indkey indcollation indclass indoption`,
      'indexprs indpred',
    ),
  ],
  [
    'pg_catalog.pg_constraint',
    shows(
      constraintsAt('oid'),
      `oid conname connamespace contype condeferrable condeferred conenforced convalidated conrelid contypid conindid conparentid
      confrelid confupdtype confdeltype confmatchtype conislocal coninhcount connoinherit conperiod conkey confkey conpfeqop conppeqop
      conffeqop confdelsetcols conexclop`,
      'conbin',
    ),
  ],
  ['pg_catalog.pg_enum', shows(typesAt('enumtypid'), 'oid enumtypid enumsortorder enumlabel')],
  [
    'pg_catalog.pg_range',
    shows(
      typesAt('rngtypid'),
      'rngtypid rngsubtype rngmultitypid rngcollation rngsubopc rngcanonical rngsubdiff',
    ),
  ],
  [
    'pg_catalog.pg_collation',
    shows(
      builtinOnly('oid'),
      'oid collname collnamespace collprovider collisdeterministic collencoding collcollate collctype colliculocale colllocale',
    ),
  ],
  [
    'pg_catalog.pg_proc',
    shows(
      builtinOnly('oid'),
      `oid proname pronamespace prolang procost prorows provariadic prosupport prokind prosecdef proleakproof proisstrict proretset
      provolatile proparallel pronargs pronargdefaults prorettype proargtypes proallargtypes proargmodes proargnames protrftypes`,
    ),
  ],
  ['pg_catalog.pg_description', shows(descriptions, 'objoid classoid objsubid description')],
  ['pg_catalog.pg_am', shows(allRows, 'oid amname amhandler amtype')],
  [
    'pg_catalog.pg_operator',
    shows(
      builtinOnly('oid'),
      'oid oprname oprnamespace oprkind oprcanmerge oprcanhash oprleft oprright oprresult oprcom oprnegate oprcode oprrest oprjoin',
    ),
  ],
  [
    'pg_catalog.pg_opclass',
    shows(allRows, 'oid opcmethod opcname opcnamespace opcfamily opcintype opcdefault opckeytype'),
  ],
  ['pg_catalog.pg_opfamily', shows(allRows, 'oid opfmethod opfname opfnamespace')],
  [
    'pg_catalog.pg_amop',
    shows(
      builtinOnly('oid'),
      'oid amopfamily amoplefttype amoprighttype amopstrategy amoppurpose amopopr amopmethod amopsortfamily',
    ),
  ],
  [
    'pg_catalog.pg_cast',
    shows(builtinOnly('oid'), 'oid castsource casttarget castfunc castcontext castmethod'),
  ],
  ['pg_catalog.pg_language', shows(builtinOnly('oid'), 'oid lanname lanispl lanpltrusted')],
  ['pg_catalog.pg_extension', shows(allRows, 'oid extname extnamespace extrelocatable extversion')],
  [
    'pg_catalog.pg_database',
    shows(
      thisDatabase,
      'oid datname encoding datlocprovider datistemplate datallowconn datcollate datctype daticulocale datlocale',
    ),
  ],
  [
    'pg_catalog.pg_settings',
    shows(
      settingRows,
      'name setting unit category short_desc extra_desc context vartype min_val max_val enumvals boot_val reset_val',
    ),
  ],
  [
    'pg_catalog.pg_tables',
    shows(
      namesAt('schemaname', 'tablename'),
      'schemaname tablename hasindexes hasrules hastriggers rowsecurity',
    ),
  ],
  ['pg_catalog.pg_views', shows(namesAt('schemaname', 'viewname'), 'schemaname viewname', 'definition')],
  [
    'pg_catalog.pg_matviews',
    shows(
      namesAt('schemaname', 'matviewname'),
      'schemaname matviewname hasindexes ispopulated',
      'definition',
    ),
  ],
  [
    'pg_catalog.pg_indexes',
    shows(namesAt('schemaname', 'tablename'), 'schemaname tablename indexname', 'indexdef'),
  ],
  [
    'pg_catalog.pg_sequence',
    shows(relationsAt('seqrelid'), 'seqrelid seqtypid seqstart seqincrement seqmax seqmin seqcache seqcycle'),
  ],
  [
    'pg_catalog.pg_sequences',
    shows(
      namesAt('schemaname', 'sequencename'),
      'schemaname sequencename data_type start_value min_value max_value increment_by cycle cache_size',
    ),
  ],
  [
    'pg_catalog.pg_inherits',
    shows(edges('inhrelid', 'inhparent'), 'inhrelid inhparent inhseqno inhdetachpending'),
  ],
  [
    'pg_catalog.pg_partitioned_table',
    shows(
      relationsAt('partrelid'),
      'partrelid partstrat partnatts partdefid partattrs partclass partcollation',
      'partexprs',
    ),
  ],
  [
    'pg_catalog.pg_depend',
    shows(dependencies, 'classid objid objsubid refclassid refobjid refobjsubid deptype'),
  ],
  ['pg_catalog.pg_tablespace', shows(builtinOnly('oid'), 'oid spcname')],
  ['pg_catalog.pg_shdescription', empty('objoid')],
  ['pg_catalog.pg_roles', empty('oid')],
  ['pg_catalog.pg_trigger', empty('oid')],
  ['pg_catalog.pg_policy', empty('oid')],
  ['pg_catalog.pg_rewrite', empty('oid')],
  ['pg_catalog.pg_publication', empty('oid')],
  ['pg_catalog.pg_publication_rel', empty('oid')],
  ['pg_catalog.pg_publication_namespace', empty('oid')],
  ['pg_catalog.pg_statistic_ext', empty('oid')],
  ['pg_catalog.pg_foreign_table', empty('ftrelid')],
  [
    'information_schema.tables',
    shows(
      namesAt('table_schema', 'table_name'),
      `table_catalog table_schema table_name table_type self_referencing_column_name reference_generation user_defined_type_catalog
      user_defined_type_schema user_defined_type_name is_insertable_into is_typed commit_action`,
    ),
  ],
  [
    'information_schema.columns',
    shows(
      namesAt('table_schema', 'table_name'),
      `table_catalog table_schema table_name column_name ordinal_position is_nullable data_type character_maximum_length
      character_octet_length numeric_precision numeric_precision_radix numeric_scale datetime_precision interval_type interval_precision
      character_set_catalog character_set_schema character_set_name collation_catalog collation_schema collation_name domain_catalog
      domain_schema domain_name udt_catalog udt_schema udt_name scope_catalog scope_schema scope_name maximum_cardinality dtd_identifier
      is_self_referencing is_identity identity_generation identity_start identity_increment identity_maximum identity_minimum
      identity_cycle is_generated is_updatable is_hidden crdb_sql_type`,
      'column_default generation_expression',
    ),
  ],
  [
    'information_schema.schemata',
    shows(
      schemasAt('schema_name'),
      `catalog_name schema_name default_character_set_catalog default_character_set_schema default_character_set_name sql_path`,
    ),
  ],
  [
    'information_schema.table_constraints',
    shows(
      constraintUse,
      `constraint_catalog constraint_schema constraint_name table_catalog table_schema table_name constraint_type is_deferrable
      initially_deferred enforced nulls_distinct`,
    ),
  ],
  [
    'information_schema.key_column_usage',
    shows(
      constraintUse,
      `constraint_catalog constraint_schema constraint_name table_catalog table_schema table_name column_name ordinal_position
      position_in_unique_constraint`,
    ),
  ],
  [
    'information_schema.constraint_column_usage',
    shows(
      constraintUse,
      'table_catalog table_schema table_name column_name constraint_catalog constraint_schema constraint_name',
    ),
  ],
  [
    'information_schema.constraint_table_usage',
    shows(
      constraintUse,
      'table_catalog table_schema table_name constraint_catalog constraint_schema constraint_name',
    ),
  ],
  [
    'information_schema.referential_constraints',
    shows(
      references,
      `constraint_catalog constraint_schema constraint_name unique_constraint_catalog unique_constraint_schema unique_constraint_name
      match_option update_rule delete_rule`,
    ),
  ],
  [
    'information_schema.check_constraints',
    shows(
      constraintNamesAt('constraint_schema', 'constraint_name'),
      'constraint_catalog constraint_schema constraint_name',
      'check_clause',
    ),
  ],
  [
    'information_schema.views',
    shows(
      namesAt('table_schema', 'table_name'),
      `table_catalog table_schema table_name check_option is_updatable is_insertable_into is_trigger_updatable is_trigger_deletable
      is_trigger_insertable_into`,
      'view_definition',
    ),
  ],
  [
    'information_schema.sequences',
    shows(
      namesAt('sequence_schema', 'sequence_name'),
      `sequence_catalog sequence_schema sequence_name data_type numeric_precision numeric_precision_radix numeric_scale start_value
      minimum_value maximum_value increment cycle_option`,
    ),
  ],
  [
    'information_schema.element_types',
    shows(
      namesAt('object_schema', 'object_name'),
      `object_catalog object_schema object_name object_type collection_type_identifier data_type udt_catalog udt_schema udt_name
      dtd_identifier`,
    ),
  ],
  ['information_schema.information_schema_catalog_name', shows(allRows, 'catalog_name')],
]);

/** Names of the system relations that may be read, as `schema.name`. */
export function systemRelationNames(): readonly string[] {
  return [...RELATIONS.keys()];
}

/** What of a listed system relation is shown, for the reference. */
export function describeSystemRelation(name: string): {
  readonly shown: readonly string[];
  readonly definitions: readonly string[];
} {
  const entry = RELATIONS.get(name);
  return { shown: [...(entry?.shown ?? [])], definitions: [...(entry?.definitions ?? [])] };
}

export interface SystemAccessOptions {
  /** The role owns the schema (a service role that runs DDL): it sees definitions too. */
  readonly definitions?: boolean;
}

/** What a role may read of a system relation, given the relations that its rules open; undefined: the relation is refused. */
export function systemAccess(
  catalog: Catalog,
  covered: ReadonlySet<RelationKey>,
  key: RelationKey,
  role: Role,
  { definitions = false }: SystemAccessOptions = {},
): RelationAccess | undefined {
  const relation = catalog.relations.get(key);
  if (relation?.kind !== 'system') return undefined;
  const entry = RELATIONS.get(`${relation.schema}.${relation.name}`);
  if (entry === undefined) return undefined;
  const filter = entry.rows(knownOf(catalog, covered, definitions));
  return {
    relation,
    key,
    role,
    hidden: 'mask',
    read: { filter, columns: visibilities(relation, entry, definitions), rules: [{ id: 'catalog', filter }] },
    lookups: [],
    insert: undefined,
    update: undefined,
    delete: undefined,
    boundaries: [],
  };
}

function visibilities(
  relation: Relation,
  entry: SystemRelation,
  definitions: boolean,
): ReadonlyMap<string, Visibility> {
  const isShown = (name: string) => entry.shown.has(name) || (definitions && entry.definitions.has(name));
  return new Map(relation.columns.map(({ name }) => [name, { kind: isShown(name) ? 'always' : 'never' }]));
}

type KnownByCoverage = WeakMap<ReadonlySet<RelationKey>, Known>;
const withoutDefinitions = new WeakMap<Catalog, KnownByCoverage>();
const withDefinitions = new WeakMap<Catalog, KnownByCoverage>();

function knownOf(catalog: Catalog, covered: ReadonlySet<RelationKey>, definitions: boolean): Known {
  const cache = definitions ? withDefinitions : withoutDefinitions;
  let byCoverage = cache.get(catalog);
  if (byCoverage === undefined) {
    byCoverage = new WeakMap();
    cache.set(catalog, byCoverage);
  }
  let known = byCoverage.get(covered);
  if (known === undefined) {
    known = knownTo(catalog, covered, definitions);
    byCoverage.set(covered, known);
  }
  return known;
}
