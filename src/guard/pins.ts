import { quoteName, quoteText } from '../sql/index.ts';

/**
 * Settings of a session that the guard relies on: how text is read and where names without a schema are looked up. No
 * statement can change them, so they are set once for each session of the database.
 */
export function pinnedSettings(searchPath: readonly string[]): ReadonlyMap<string, string> {
  return new Map([
    ['client_encoding', 'UTF8'],
    ['standard_conforming_strings', 'on'],
    ['search_path', searchPath.map(quoteName).join(', ')],
  ]);
}

/** A statement that makes settings for the session. It may be the one that fixes how backslashes are read, so its strings hold for either way. */
export function settingsText(settings: Iterable<readonly [string, string]>): string {
  const calls = Array.from(
    settings,
    ([name, value]) => `pg_catalog.set_config(${quoteText(name)}, ${quoteText(value)}, false)`,
  );
  return `SELECT ${calls.join(', ')}`;
}

/** A statement that brings a setting back to what the session began with. */
export function resetText(name: string): string {
  return `RESET ${quoteName(name)}`;
}
