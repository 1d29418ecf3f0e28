import { CordonError } from '../../errors/index.ts';

/** What the databases answer for a value they do not take, a name they do not know or a setting they do not change. */
const OF_SETTINGS: ReadonlySet<string> = new Set(['22023', '42704', '55P02', '0A000', '22P02']);

export function isOfSettings(sqlstate: string): boolean {
  return OF_SETTINGS.has(sqlstate);
}

/** A setting of the client's startup message is not taken. Its name and value are the client's own and not repeated. */
export function settingRefused(sqlstate: string): CordonError {
  return new CordonError('CORDON_STARTUP_SETTING', {}, { sqlstate });
}
