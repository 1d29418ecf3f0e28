/** Versions of servers, as far as advisories tell them apart. */
import type { Dialect } from '../catalog/index.ts';

export interface ServerVersion {
  readonly dialect: Dialect;
  /** `15` of PostgreSQL, `25.2` of CockroachDB. */
  readonly series: string;
  /** -1 for what came before the first release of the series: alpha, beta and release candidates. */
  readonly patch: number;
}

const COCKROACHDB = /^CockroachDB\b.*?\bv(\d+\.\d+)\.(\d+)(-(?:alpha|beta|rc)\b)?/;
const POSTGRES = /^PostgreSQL (\d+)(?:\.(\d+)|(beta|rc|devel))/;

/** Reads what `version()` answers; undefined where it is of another form. */
export function readVersion(text: string): ServerVersion | undefined {
  const [, series, patch, early] = COCKROACHDB.exec(text) ?? POSTGRES.exec(text) ?? [];
  if (series === undefined) return undefined;
  const dialect = series.includes('.') ? 'cockroachdb' : 'postgres';
  return { dialect, series, patch: early === undefined && patch !== undefined ? Number(patch) : -1 };
}

export function versionText({ dialect, series, patch }: ServerVersion): string {
  const name = dialect === 'cockroachdb' ? 'CockroachDB' : 'PostgreSQL';
  return patch < 0 ? `${name} ${series} before its release` : `${name} ${series}.${patch}`;
}

/** Below 0: the first series is older. */
export function compareSeries(left: string, right: string): number {
  const [[a = 0, b = 0], [c = 0, d = 0]] = [left.split('.').map(Number), right.split('.').map(Number)];
  return a - c || b - d;
}
