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

function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
