/** What row-level security can do on a version of a server. Sources: facts of CockroachDB's release notes, PostgreSQL's manual. */
import type { Dialect } from '../catalog/index.ts';
import { CordonError, safeName, safeText } from '../errors/index.ts';

export interface TargetVersion {
  readonly dialect: Dialect;
  readonly major: number;
  /** 0 on PostgreSQL, whose second number is the patch. */
  readonly minor: number;
  /** undefined where the version was given without it. */
  readonly patch: number | undefined;
}

/**
 * Reads `15`, `15.4`, `25.2`, `v25.2.3`. Throws CORDON_RLS_VERSION_UNKNOWN, and CORDON_RLS_UNSUPPORTED where the server has too
 * little of it.
 */
export function readTargetVersion(dialect: Dialect, text: string): TargetVersion {
  const numbers = /^v?(\d{1,4})(?:\.(\d{1,4}))?(?:\.(\d{1,4}))?$/.exec(text)?.slice(1) ?? [];
  const [first, second, third] = numbers.map((part) => (part === undefined ? undefined : Number(part)));
  const cockroach = dialect === 'cockroachdb';
  if (first === undefined || (cockroach && second === undefined)) throw unknown(dialect);
  const version = cockroach
    ? { dialect, major: first, minor: second ?? 0, patch: third }
    : { dialect, major: first, minor: 0, patch: second };
  assertSupported(version);
  return version;
}

function unknown(dialect: Dialect): CordonError {
  const example = dialect === 'cockroachdb' ? safeText('25.4.7') : safeText('15.18');
  return new CordonError('CORDON_RLS_VERSION_UNKNOWN', { example });
}

/** CockroachDB has row-level security from v25.2, PostgreSQL restrictive policies from 10. */
function assertSupported(version: TargetVersion): void {
  const supported = version.dialect === 'cockroachdb' ? isAtLeast(version, 25, 2) : isAtLeast(version, 10);
  if (supported) return;
  throw new CordonError('CORDON_RLS_UNSUPPORTED', {
    version: safeName(versionName(version)),
    first: version.dialect === 'cockroachdb' ? safeText('25.2') : safeText('10'),
  });
}

export function isAtLeast(version: TargetVersion, major: number, minor = 0): boolean {
  return version.major > major || (version.major === major && version.minor >= minor);
}

/** A version without its patch is taken for the newest patch. */
export function patchOf({ patch }: TargetVersion): number {
  return patch ?? Number.MAX_SAFE_INTEGER;
}

export function versionName({ dialect, major, minor, patch }: TargetVersion): string {
  const series = dialect === 'cockroachdb' ? `CockroachDB ${major}.${minor}` : `PostgreSQL ${major}`;
  return patch === undefined ? series : `${series}.${patch}`;
}

/**
 * In 25.2.0 and 25.2.1 a prepared statement may reuse what another session's settings made of a function
 * (cockroachdb/cockroach#147186), so no policy calls one there.
 */
export function functionsKeepSettings(version: TargetVersion): boolean {
  const affected = version.dialect === 'cockroachdb' && version.major === 25 && version.minor === 2;
  return !(affected && patchOf(version) < 2);
}
