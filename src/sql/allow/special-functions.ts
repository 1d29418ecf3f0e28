/** Functions that may be called in one narrow way only. */

/**
 * What an argument of a catalog function must be.
 *
 * `free`: any expression without a name in it. `{ relation, column }`: the number of an object of that kind, from a
 * column of a system relation. `system`: an expression of columns of system relations, casts and catalog functions, without constants or parameters.
 */
export type CatalogArgument = 'free' | 'system' | { readonly relation: string; readonly column: string };

export type FunctionSpecial =
  /** `nextval`, `currval`: the argument is a constant that names a sequence on the policy's list. */
  | 'sequence'
  /** `current_setting`: the first argument is a constant that `judgeSetting` lets through for `show`. */
  | 'setting'
  /** `set_config`: constants only, that `judgeSetting` lets through for `set`. */
  | 'set-setting'
  /** `to_regtype`: the argument is a constant that names an allowed type, or a parameter checked at Bind. */
  | 'type-name'
  /** Only in reads of the catalog, with arguments that `fitsCatalogForm` accepts. */
  | 'catalog-only';

export interface SpecialFunction {
  readonly special: FunctionSpecial;
  readonly reason: string;
  /** For `catalog-only`: the lists of arguments it may be called with. */
  readonly forms: readonly (readonly CatalogArgument[])[];
}

/** What an argument of a call is, as far as catalog functions care. */
export type GivenArgument =
  | { readonly kind: 'constant' }
  /** A constant that is the number of a relation which the caller may know (`isKnownRelation`). */
  | { readonly kind: 'known-relation' }
  /** A column of a system relation, unchanged. */
  | { readonly kind: 'system-column'; readonly type: number | undefined }
  /** Made of columns of system relations, casts and catalog functions; no constant, no parameter. */
  | { readonly kind: 'system-expression' }
  /** A number or truth value that was computed: no name can stand in it. */
  | { readonly kind: 'plain' }
  | { readonly kind: 'other' };

const OID = 26;

/**
 * Whether a catalog function may be called so. A key must be an `oid` column of a system relation: rows of those show only objects
 * that the caller may know, while a constant or a computed number could be that of any object.
 */
export function fitsCatalogForm(name: string, given: readonly GivenArgument[]): boolean {
  const forms = SPECIAL.get(name)?.forms ?? [];
  return forms.some(
    (form) => form.length === given.length && form.every((wanted, at) => fits(wanted, given[at])),
  );
}

/** Whether a catalog function has a form with so many arguments. */
export function takesArguments(name: string, count: number): boolean {
  return (SPECIAL.get(name)?.forms ?? []).some((form) => form.length === count);
}

function fits(wanted: CatalogArgument, given: GivenArgument | undefined): boolean {
  if (given === undefined) return false;
  const isSystem = given.kind === 'system-column' || given.kind === 'system-expression';
  if (wanted === 'free') return isSystem || ['constant', 'known-relation', 'plain'].includes(given.kind);
  if (wanted === 'system') return isSystem;
  if (given.kind === 'known-relation') return wanted.relation === 'pg_class';
  return given.kind === 'system-column' && given.type === OID;
}

/** The one argument of a catalog function that is the number of an object, and where such objects are listed. */
export function findObjectArgument(
  name: string,
  count: number,
): { readonly at: number; readonly relation: string; readonly column: string } | undefined {
  const [form, ...others] = (SPECIAL.get(name)?.forms ?? []).filter(
    (candidate) => candidate.length === count && candidate.some((wanted) => typeof wanted !== 'string'),
  );
  const objects = (form ?? []).flatMap((wanted, at) =>
    typeof wanted === 'string' ? [] : [{ at, ...wanted }],
  );
  return others.length === 0 && objects.length === 1 ? objects[0] : undefined;
}

const free = 'free';
const system = 'system';
const key = (text: string): CatalogArgument => {
  const [relation = '', column = ''] = text.split('.');
  return { relation, column };
};
const catalogOnly = (reason: string, ...forms: (readonly CatalogArgument[])[]): SpecialFunction => ({
  special: 'catalog-only',
  reason,
  forms,
});
const narrow = (special: FunctionSpecial, reason: string): SpecialFunction => ({
  special,
  reason,
  forms: [],
});

const relation = key('pg_class.oid');
const type = key('pg_type.oid');
const index = key('pg_index.indexrelid');
const constraint = key('pg_constraint.oid');
const procedure = key('pg_proc.oid');
const commented = [relation, type, constraint, procedure, key('pg_namespace.oid'), index];
const visible = 'whether a name is found along the search path; an object of others is never passed';
const signature = 'the signature of a function that is shown';
const privilege = 'whether the login of the gateway may use an object that is shown';

const SPECIAL: ReadonlyMap<string, SpecialFunction> = new Map<string, SpecialFunction>([
  ['nextval', narrow('sequence', 'only sequences that the policy lists')],
  ['currval', narrow('sequence', 'only sequences that the policy lists')],
  ['current_setting', narrow('setting', 'only settings that SHOW may name')],
  ['set_config', narrow('set-setting', 'only settings and values that SET may name')],
  ['to_regtype', narrow('type-name', 'only types that may be named')],
  ['format_type', catalogOnly('the name of a type that is shown', [type, free])],
  ['pg_get_indexdef', catalogOnly('an index without predicate and expression', [index], [index, free, free])],
  // Its number of a column is taken away, since a comment may stand on a hidden one: it answers NULL to everybody.
  ['col_description', catalogOnly('a comment on a column, which nobody is shown', [relation, free])],
  ['pg_get_constraintdef', catalogOnly('a key or foreign key', [constraint], [constraint, free])],
  // Every pg_node_tree column of the list is hidden, so this prints nothing but NULL to callers.
  ['pg_get_expr', catalogOnly('an expression that is hidden', [system, relation], [system, relation, free])],
  [
    'pg_get_partkeydef',
    catalogOnly('the columns by which a relation is partitioned', [key('pg_partitioned_table.partrelid')]),
  ],
  ['pg_get_serial_sequence', catalogOnly('the sequence behind a column that is shown', [system, system])],
  ['pg_get_userbyid', catalogOnly('owners are hidden, so it has nothing to name', [key('pg_roles.oid')])],
  [
    'pg_get_triggerdef',
    catalogOnly('no trigger is shown', [key('pg_trigger.oid')], [key('pg_trigger.oid'), free]),
  ],
  ['pg_get_statisticsobjdef_columns', catalogOnly('no statistics are shown', [key('pg_statistic_ext.oid')])],
  ['pg_get_function_arguments', catalogOnly(signature, [procedure])],
  ['pg_get_function_identity_arguments', catalogOnly(signature, [procedure])],
  ['pg_get_function_result', catalogOnly(signature, [procedure])],
  ['pg_table_is_visible', catalogOnly(visible, [relation])],
  ['pg_type_is_visible', catalogOnly(visible, [type])],
  ['pg_function_is_visible', catalogOnly(visible, [procedure])],
  ['pg_opclass_is_visible', catalogOnly(visible, [key('pg_opclass.oid')])],
  ['pg_operator_is_visible', catalogOnly(visible, [key('pg_operator.oid')])],
  ['pg_collation_is_visible', catalogOnly(visible, [key('pg_collation.oid')])],
  [
    'pg_is_other_temp_schema',
    catalogOnly('whether a schema that is shown is temporary', [key('pg_namespace.oid')]),
  ],
  [
    'pg_relation_is_publishable',
    catalogOnly('whether a relation that is shown can be published', [relation]),
  ],
  // Names the parents of a partition that is shown, also those that no rule opens.
  ['pg_partition_ancestors', catalogOnly('parents of a relation that is shown', [relation])],
  [
    'pg_index_column_has_property',
    catalogOnly('order of a column in an index that is shown', [index, free, free]),
  ],
  ['pg_indexam_has_property', catalogOnly('what an access method can do', [key('pg_am.oid'), free])],
  [
    'obj_description',
    catalogOnly(
      'the comment on an object that is shown',
      ...commented.map((object): CatalogArgument[] => [object, free]),
    ),
  ],
  ['shobj_description', catalogOnly('the comment on this database', [key('pg_database.oid'), free])],
  ['has_table_privilege', catalogOnly(privilege, [relation, free])],
  ['has_any_column_privilege', catalogOnly(privilege, [relation, free])],
  ['has_column_privilege', catalogOnly(privilege, [relation, system, free])],
  // By name, the schema is one of a row that is shown.
  ['has_schema_privilege', catalogOnly(privilege, [key('pg_namespace.oid'), free], [system, free])],
  ['has_database_privilege', catalogOnly(privilege, [key('pg_database.oid'), free])],
  ['has_sequence_privilege', catalogOnly(privilege, [relation, free])],
  ['has_type_privilege', catalogOnly(privilege, [type, free])],
  ['has_function_privilege', catalogOnly(privilege, [procedure, free])],
]);

export function findSpecial(name: string): SpecialFunction | undefined {
  return SPECIAL.get(name);
}

/** Every special function, for the reference. */
export function specialFunctions(): ReadonlyMap<string, SpecialFunction> {
  return SPECIAL;
}
