/**
 * Functions that no list opens, the policy's included: each would make the promise of the guard empty, because what it
 * reaches is named by a value and not by the statement.
 */

export interface ForbiddenFamily {
  readonly names: RegExp;
  readonly reason: string;
}

export const FORBIDDEN_FAMILIES: readonly ForbiddenFamily[] = [
  {
    names:
      /^(query|table|schema|database|cursor)_to_xml|^(ts_stat|ts_rewrite|plpgsql_.*|fmgr_.*_validator)$|^dblink/,
    reason: 'runs SQL text, or reads a relation named by a value',
  },
  {
    names: /^(connectby|crosstab.*|xpath_table|pg_(logical_slot|create_logical).*)$/,
    reason: 'runs SQL text, or reads the log',
  },
  { names: /^(set_config|pg_reload_conf|pg_rotate_logfile.*|setseed)$/, reason: 'changes settings' },
  {
    names:
      /^(pg_read_.*|pg_ls_.*|pg_stat_file|pg_file_.*|pg_current_logfile|pg_hba_file_rules|pg_ident_file_mappings|pg_show_all_file_settings|pg_logdir_ls)$/,
    reason: 'reads or writes files of the server',
  },
  { names: /^(lo_.*|loread|lowrite|lo)$/, reason: 'large objects belong to nobody' },
  {
    names: /^pg_(cancel|terminate)_backend$|^pg_promote$|^pg_switch_wal$/,
    reason: 'reaches other sessions or the server',
  },
  {
    names: /^(currtid2|pg_nextoid|pg_import_system_collations|pg_extension_config_dump)$/,
    reason: 'reads or writes a relation named by a value',
  },
  {
    names: /^(get_raw_page|heap_page_.*|bt_.*|page_header|brin_page_.*|pgrowlocks|pgstattuple.*)$/,
    reason: 'reads storage below the rows',
  },
];

/** Why a function is refused whatever the policy says; undefined: it is not one of these. */
export function forbiddenReason(name: string): string | undefined {
  return FORBIDDEN_FAMILIES.find((entry) => entry.names.test(name))?.reason;
}
