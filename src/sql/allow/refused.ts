/**
 * Why the functions of `pg_catalog` that are not on the list are not: read at each new version of the database, so that a new
 * function is looked at by a person. Nothing is decided here: what is on no list is refused.
 */

export interface RefusedFamily {
  readonly names: RegExp;
  readonly reason: string;
}

export const REFUSED_FAMILIES: readonly RefusedFamily[] = [
  {
    names:
      /^pg_stat_|^pg_get_(aios|wait_events|backend_memory_contexts|shmem_.*|loaded_modules|multixact_members)$/,
    reason: 'statistics and activity: they tell of the work of others',
  },
  {
    names:
      /^pg_(current_(snapshot|xact_id.*)|snapshot_.*|visible_in_snapshot|xact_.*|last_committed_xact|export_snapshot)$|^txid_|^mxid_age$/,
    reason: 'transaction numbers count the writes of others',
  },
  {
    names:
      /_size$|^pg_(column_(size|compression|toast_chunk_id)|relation_file.*|filenode_relation|tablespace_.*)$/,
    reason: 'storage: sizes, files and places',
  },
  {
    names:
      /^pg_(try_)?advisory_(?!unlock_all)|^pg_sleep|^pg_(notify|listening_channels|notification_queue_usage|lock_status)$/,
    reason: 'waiting, locking and signalling',
  },
  {
    names:
      /^pg_.*(blocking_pids|session_is_blocked)$|^pg_(backend_pid|prepared_xact|prepared_statement|cursor|trigger_depth|my_temp_schema)$/,
    reason: 'sessions of the server',
  },
  {
    names: /^(setval|lastval|pg_sequence_.*|pg_get_sequence_data)$/,
    reason: 'sequences tell how much business was done',
  },
  {
    names:
      /^pg_(wal|walfile|split_walfile|last_wal|last_xact|current_wal|is_wal|available_wal|get_wal|log_standby|backup|create_restore|copy_|create_(logical|physical)|drop_replication|replication|logical|sync_replication|show_replication|get_replication)|^pg_lsn$/,
    reason: 'replication and the log of writes',
  },
  {
    names:
      /^pg_(log_backend|conf_load|config$|control_|postmaster|jit_available|numa|stop_making|collation_actual|database_collation|available_ext|extension_update|timezone_)|^icu_/,
    reason: 'the server and its configuration',
  },
  {
    names: /^(inet_(client|server)_.*|system_user|getpgusername|row_security_active|current_query)$/,
    reason: 'the login of the gateway, which is no caller',
  },
  {
    names: /^binary_upgrade_|^pg_(clear|restore)_.*_stats$|^(brin|gin)_.*(summar|desummar|clean).*/,
    reason: 'maintenance',
  },
  {
    names:
      /^(to_reg.*|pg_typeof|regclass|pg_describe_object|pg_identify_object.*|pg_get_object_address|pg_basetype|pg_input_.*)$/,
    reason: 'turns text into an object, or a number into a name',
  },
  {
    names:
      /^pg_get_(acl|viewdef|ruledef|functiondef|function_sqlbody|function_arg_default|partition_constraintdef|publication_tables|replica_identity_index|statisticsobjdef.*|catalog_foreign_keys)$|^pg_partition_(root|tree)$/,
    reason:
      'definitions, which may hold literals, comments on hidden columns, and objects that are not shown',
  },
  {
    names:
      /^has_(foreign_data_wrapper|language|largeobject|parameter|server|tablespace)_privilege$|^pg_has_role$|^acl|^makeaclitem$/,
    reason: 'rights of roles',
  },
  {
    names:
      /^pg_(show_all_settings|settings_get_flags|options_to_table|index_has_property|indexam_progress_phasename|column_is_updatable|relation_is_updatable|mcv_list_items|event_trigger_.*)$|^pg_.*_is_visible$|^amvalidate$|^postgresql_fdw_validator$|^satisfies_hash_partition$/,
    reason: 'inner parts of catalog views and of extensions',
  },
  { names: /^(json|jsonb)_populate_/, reason: 'takes the shape of a row type, which names a relation' },
  { names: /^xml|^xpath/, reason: 'XML: documents that can name files and entities' },
  { names: /^ts_(debug|lexize|parse|token_type)$/, reason: 'parts of text search configurations' },
  {
    names:
      /_(canonical|subdiff)$|^(dexp|dlog1|dlog10|dround|dtrunc|textlen|nameconcatoid|oidvectortypes|enum_send|int4inc|int8_sum|cash_words)$|^numeric_/,
    reason: 'parts of operators, aggregates and index support',
  },
  {
    names: /^(bit|varbit|bytea|char|cidr|macaddr|macaddr8|money|oid|xid)$/,
    reason: 'a cast that is written as CAST',
  },
];

/** Why a name is not on the list; undefined: nobody has looked at it. */
export function refusedReason(name: string): string | undefined {
  return REFUSED_FAMILIES.find((entry) => entry.names.test(name))?.reason;
}
