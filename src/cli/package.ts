import { readFileSync } from 'node:fs';

/** What the command line needs to know of its own package. */
export interface OwnPackage {
  readonly version: string;
  /** Pinned, so a version says exactly what is installed. */
  readonly dependencies: Readonly<Record<string, string>>;
}

/** Reads the `package.json` that this build belongs to. */
export function readPackage(): OwnPackage {
  return JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as OwnPackage;
}
