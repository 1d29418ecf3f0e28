/** What a client is told of the settings of its session: a fixed list, some with the gateway's own values. */
import { encodeBackend } from '../pgwire/index.ts';
import type { StartupSettings } from './startup-settings.ts';

/** Reported at login, in this order, if the database has them; `crdb_version` changes what drivers do. */
const AT_LOGIN = [
  'server_version',
  'server_encoding',
  'client_encoding',
  'DateStyle',
  'IntervalStyle',
  'TimeZone',
  'integer_datetimes',
  'standard_conforming_strings',
  'crdb_version',
] as const;

/** Reported again when a statement of the client has changed them. */
const CHANGING: ReadonlySet<string> = new Set(['application_name', 'DateStyle', 'IntervalStyle', 'TimeZone']);

/** The messages that tell a client of its session's settings. */
export function loginParameters(reported: ReadonlyMap<string, string>, startup: StartupSettings): Buffer {
  const shown = new Map<string, string>();
  for (const name of AT_LOGIN) {
    const value = reported.get(name);
    if (value !== undefined) shown.set(name, value);
  }
  shown.set('application_name', startup.applicationName);
  shown.set('is_superuser', 'off');
  shown.set('session_authorization', startup.user);
  return encodeBackend(
    ...[...shown].map(([name, value]) => ({ kind: 'ParameterStatus', name, value }) as const),
  );
}

/** What a client is told when the database reports a setting in the middle of the session, if anything. */
export function changedParameter(name: string, value: string): string | undefined {
  return CHANGING.has(name) ? value : undefined;
}
