import type { Catalog } from '../../catalog/index.ts';
import { identifiersIn } from './identifiers.ts';

export type SettingJudgement =
  | { readonly allowed: false }
  | {
      readonly allowed: true;
      /** As the database spells it, in lower case. */
      readonly name: string;
      /** Any value may be set, so that it need not be a constant. */
      readonly anyValue: boolean;
    };

/** What SET may give a setting: anything, one of a few values, or only what is in force. */
type Values = 'any' | ReadonlySet<string> | 'search-path';

interface Setting {
  readonly reason: string;
  /** undefined: it can be shown, not changed. */
  readonly values: Values | undefined;
  /** RESET and SET … TO DEFAULT bring back the value that the connection began with. */
  readonly reset: boolean;
}

const format = (reason: string): Setting => ({ reason, values: 'any', reset: true });
const shown = (reason: string): Setting => ({ reason, values: undefined, reset: false });
const oneOf = (reason: string, ...values: string[]): Setting => ({
  reason,
  values: new Set(values),
  reset: true,
});
const pinned = (reason: string, ...values: string[]): Setting => ({
  reason,
  values: new Set(values),
  reset: false,
});

const how = 'how values are written';
const limit = 'a limit on the own session';
const kind = 'the kind of transaction';
const flags = ['on', 'off', 'true', 'false', 'yes', 'no', '0', '1', 't', 'f'];
const fact = 'a fact of the server that clients ask for';

const SETTINGS: ReadonlyMap<string, Setting> = new Map([
  ['application_name', format('a label of the session')],
  ['bytea_output', oneOf(how, 'hex', 'escape')],
  ['client_encoding', pinned('the gateway reads UTF-8 only', 'utf8', 'utf-8', 'unicode')],
  // Levels below notice write internals of other statements.
  ['client_min_messages', oneOf('which notices are sent', 'notice', 'warning', 'error')],
  ['datestyle', format(how)],
  ['default_transaction_deferrable', oneOf(kind, ...flags)],
  ['default_transaction_isolation', format(kind)],
  ['default_transaction_read_only', oneOf(kind, ...flags)],
  // TypeORM sets it on every connection to CockroachDB.
  [
    'enable_experimental_alter_column_type_general',
    oneOf('how CockroachDB changes the type of a column', ...flags),
  ],
  // CockroachDB's own (its documentation, session variables). Not here: `default_int_size`, by which the guard would read other types
  // than the server, `default_transaction_use_follower_reads`, which reads the past, `allow_unsafe_internals`, `tracing`, and what
  // changes how a batch is one transaction.
  ['autocommit_before_ddl', oneOf('whether a definition ends an open transaction', ...flags)],
  ['default_transaction_priority', oneOf(kind, 'low', 'normal', 'high')],
  ['default_transaction_quality_of_service', oneOf('the share of the cluster', 'background', 'regular')],
  ['disallow_full_table_scans', oneOf(limit, ...flags)],
  ['enforce_home_region', oneOf('refuses plans that leave the region', ...flags)],
  ['idle_in_session_timeout', format(limit)],
  ['inject_retry_errors_enabled', oneOf('errors on purpose, to test retries', ...flags)],
  ['large_full_scan_rows', format(limit)],
  [
    'serial_normalization',
    oneOf(
      'what SERIAL means in a definition',
      'rowid',
      'virtual_sequence',
      'sql_sequence',
      'sql_sequence_cached',
      'unordered_rowid',
    ),
  ],
  ['sql_safe_updates', oneOf('refuses writes without WHERE', ...flags)],
  ['transaction_priority', oneOf(kind, 'low', 'normal', 'high')],
  ['transaction_rows_read_err', format(limit)],
  ['transaction_rows_written_err', format(limit)],
  ['default_int_size', shown(fact)],
  ['locality', shown(fact)],
  ['transaction_status', shown('the state of the own transaction')],
  ['escape_string_warning', oneOf('a warning of the parser', ...flags)],
  ['extra_float_digits', format(how)],
  ['idle_in_transaction_session_timeout', format(limit)],
  ['idle_session_timeout', format(limit)],
  ['intervalstyle', format(how)],
  ['jit', format('how expressions are compiled')],
  ['lock_timeout', format(limit)],
  [
    'search_path',
    { reason: 'only to what is in force: it decides what names mean', values: 'search-path', reset: false },
  ],
  ['standard_conforming_strings', pinned('the guard reads literals by it', 'on', 'true', 'yes', '1')],
  ['statement_timeout', format(limit)],
  [
    'synchronous_commit',
    oneOf('when COMMIT answers', 'on', 'off', 'local', 'remote_write', 'remote_apply', 'true', 'false'),
  ],
  ['timezone', format(how)],
  ['transaction_deferrable', oneOf(kind, ...flags)],
  ['transaction_isolation', format(kind)],
  ['transaction_read_only', oneOf(kind, ...flags)],
  ['transaction_timeout', format(limit)],
  ['crdb_version', shown(fact)],
  ['database', shown(fact)],
  ['default_table_access_method', shown(fact)],
  ['default_text_search_config', shown(fact)],
  ['in_hot_standby', shown(fact)],
  ['integer_datetimes', shown(fact)],
  ['is_superuser', shown(fact)],
  ['lc_collate', shown(fact)],
  ['lc_ctype', shown(fact)],
  ['lc_messages', shown(fact)],
  ['lc_monetary', shown(fact)],
  ['lc_numeric', shown(fact)],
  ['lc_time', shown(fact)],
  ['max_identifier_length', shown(fact)],
  ['max_index_keys', shown(fact)],
  ['server_encoding', shown(fact)],
  ['server_version', shown(fact)],
  ['server_version_num', shown(fact)],
  ['session_authorization', shown(fact)],
]);

/**
 * Whether a statement, `current_setting` or `set_config` may read or change a setting.
 *
 * `value`: what SET gives, as one text or as the items of its list; undefined for RESET, SET … TO DEFAULT and `show`.
 */
export function judgeSetting(
  name: string,
  action: 'set' | 'show',
  value: string | readonly string[] | undefined,
  catalog: Catalog,
): SettingJudgement {
  const spelled = name.toLowerCase();
  const setting = SETTINGS.get(spelled);
  if (setting === undefined) return { allowed: false };
  if (action === 'set' && !mayBeSet(setting, value, catalog)) return { allowed: false };
  return { allowed: true, name: spelled, anyValue: setting.values === 'any' };
}

function mayBeSet(
  setting: Setting,
  value: string | readonly string[] | undefined,
  catalog: Catalog,
): boolean {
  if (setting.values === undefined) return false;
  if (value === undefined) return setting.reset;
  if (setting.values === 'any') return true;
  if (setting.values === 'search-path') return isPathInForce(value, catalog);
  const given = typeof value === 'string' ? value : value.length === 1 ? value[0] : undefined;
  return given !== undefined && setting.values.has(given.toLowerCase());
}

function isPathInForce(value: string | readonly string[], catalog: Catalog): boolean {
  const schemas = typeof value === 'string' ? identifiersIn(value, ',') : value;
  return (
    schemas?.length === catalog.searchPath.length &&
    schemas.every((schema, at) => schema === catalog.searchPath[at])
  );
}

/** Names of the settings that may be shown: rows of `pg_settings` are those. */
export function shownSettings(): readonly string[] {
  return [...SETTINGS.keys()];
}

/** The list, for the reference. */
export function settingList(): readonly {
  readonly name: string;
  readonly reason: string;
  readonly set: string;
}[] {
  return [...SETTINGS].map(([name, { reason, values }]) => ({ name, reason, set: describeValues(values) }));
}

function describeValues(values: Values | undefined): string {
  if (values === undefined) return 'shown only';
  if (values === 'any') return 'any value';
  return values === 'search-path' ? 'the value in force' : [...values].join(', ');
}
