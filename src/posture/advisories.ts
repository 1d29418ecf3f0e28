/**
 * Faults of servers that undo what keeps rows apart: the ones of which their makers' pages say so. Faults that need a
 * superuser, another product or an extension are left out.
 */
import type { Dialect } from '../catalog/index.ts';
import { type Safe, safeText } from '../errors/index.ts';
import { compareSeries, type ServerVersion } from './version.ts';

export interface Advisory {
  readonly id: Safe;
  readonly dialect: Dialect;
  readonly what: Safe;
  readonly affected: Affected;
  readonly remedy: Safe;
  readonly source: string;
  /** Met only where the policy opens a view. */
  readonly views?: true;
}

type Affected =
  /** The first patch of each series that has the repair: older series have it in none, newer ones from their start. */
  | { readonly kind: 'fixed-in'; readonly fixed: Readonly<Record<string, number>>; readonly since?: string }
  /** From patch to patch of a series, both included. */
  | { readonly kind: 'patches'; readonly patches: Readonly<Record<string, readonly [number, number]>> }
  /** Every version from a series on. */
  | { readonly kind: 'onwards'; readonly series: string }
  /** Every version before a series. */
  | { readonly kind: 'before'; readonly series: string };

const LAST = Number.MAX_SAFE_INTEGER;
const COCKROACH = 'https://github.com/cockroachdb/cockroach';
const COCKROACH_DOCS = 'https://www.cockroachlabs.com/docs';
const POSTGRES = 'https://www.postgresql.org/support/security';

export const ADVISORIES: readonly Advisory[] = [
  {
    id: safeText('S-26052016'),
    dialect: 'cockroachdb',
    what: safeText(
      'any SQL user may run statements as root, and RESTORE SYSTEM USERS may add administrators',
    ),
    affected: {
      kind: 'fixed-in',
      fixed: { '23.2': 30, '24.1': 27, '24.3': 30, '25.2': 16, '25.4': 7, '26.1': 2 },
    },
    remedy: safeText('upgrade to 26.1.2, 25.4.7, 25.2.16, 24.3.30, 24.1.27, 23.2.30 or later'),
    source: `${COCKROACH_DOCS}/advisories/s26052016`,
  },
  {
    id: safeText('147348'),
    dialect: 'cockroachdb',
    what: safeText('row-level security of 25.2 lets a predicate of the user run before the policy'),
    affected: { kind: 'patches', patches: { '25.2': [-1, LAST] } },
    remedy: safeText(
      'upgrade to 25.3 or later before you rely on row-level security; Cordon guards its own predicates',
    ),
    source: `${COCKROACH}/pull/147348`,
  },
  {
    id: safeText('147186'),
    dialect: 'cockroachdb',
    what: safeText('a prepared statement may answer a function with the settings of another session'),
    affected: {
      kind: 'patches',
      patches: { '23.2': [22, 26], '24.1': [14, 19], '24.3': [9, 14], '25.1': [2, 7], '25.2': [0, 1] },
    },
    remedy: safeText(
      'upgrade to 25.2.2, 25.1.8, 24.3.15, 24.1.20 or 23.2.27, or keep current_setting out of functions',
    ),
    source: `${COCKROACH}/issues/147186`,
  },
  {
    id: safeText('164664'),
    dialect: 'cockroachdb',
    what: safeText('from 26.2 a plain view reads with the rights and the row-level security of its owner'),
    affected: { kind: 'onwards', series: '26.2' },
    remedy: safeText('set security_invoker on views that a rule opens, or read their text as the owner’s'),
    source: `${COCKROACH}/pull/164664`,
    views: true,
  },
  {
    id: safeText('164664, on upgrade'),
    dialect: 'cockroachdb',
    what: safeText('an upgrade to 26.2 makes plain views read with the rights and policies of their owner'),
    affected: { kind: 'before', series: '26.2' },
    remedy: safeText(
      'before the upgrade, decide for each view that a rule opens whose rights it should have',
    ),
    source: `${COCKROACH_DOCS}/v26.2/views`,
    views: true,
  },
  {
    id: safeText('73596'),
    dialect: 'cockroachdb',
    what: safeText('versions before 25.2 have no row-level security, so there is no second line of defence'),
    affected: { kind: 'before', series: '25.2' },
    remedy: safeText('let nothing but Cordon reach the database, or upgrade to 25.3 or later'),
    source: `${COCKROACH}/issues/73596`,
  },
  {
    id: safeText('CVE-2026-2006'),
    dialect: 'postgres',
    what: safeText('any SQL user may run code on the server by way of malformed text'),
    affected: { kind: 'fixed-in', fixed: { '14': 21, '15': 16, '16': 12, '17': 8, '18': 2 } },
    remedy: safeText('upgrade to 18.2, 17.8, 16.12, 15.16, 14.21 or later'),
    source: `${POSTGRES}/CVE-2026-2006/`,
  },
  {
    id: safeText('CVE-2025-8713'),
    dialect: 'postgres',
    what: safeText('statistics of the planner show values that row-level security or a view hides'),
    affected: { kind: 'fixed-in', fixed: { '13': 22, '14': 19, '15': 14, '16': 10, '17': 6 } },
    remedy: safeText('upgrade to 17.6, 16.10, 15.14, 14.19, 13.22 or later'),
    source: `${POSTGRES}/CVE-2025-8713/`,
  },
  {
    id: safeText('CVE-2024-10976'),
    dialect: 'postgres',
    what: safeText('a reused plan may apply the row-level security of another role below a sub-query'),
    affected: { kind: 'fixed-in', fixed: { '12': 21, '13': 17, '14': 14, '15': 9, '16': 5, '17': 1 } },
    remedy: safeText('upgrade to 17.1, 16.5, 15.9, 14.14, 13.17 or later'),
    source: `${POSTGRES}/CVE-2024-10976/`,
  },
  {
    id: safeText('CVE-2023-5869'),
    dialect: 'postgres',
    what: safeText('any SQL user may write to the memory of the server by way of an array'),
    affected: { kind: 'fixed-in', fixed: { '11': 22, '12': 17, '13': 13, '14': 10, '15': 5, '16': 1 } },
    remedy: safeText('upgrade to 16.1, 15.5, 14.10, 13.13 or later'),
    source: `${POSTGRES}/CVE-2023-5869/`,
  },
  {
    id: safeText('CVE-2023-39418'),
    dialect: 'postgres',
    what: safeText('MERGE leaves out policies of UPDATE and SELECT'),
    affected: { kind: 'fixed-in', fixed: { '15': 4 }, since: '15' },
    remedy: safeText('upgrade to 15.4 or later; Cordon refuses MERGE'),
    source: `${POSTGRES}/CVE-2023-39418/`,
  },
  {
    id: safeText('CVE-2023-2455'),
    dialect: 'postgres',
    what: safeText('a plan that was inlined may apply the row-level security of another role'),
    affected: { kind: 'fixed-in', fixed: { '11': 20, '12': 15, '13': 11, '14': 8, '15': 3 } },
    remedy: safeText('upgrade to 15.3, 14.8, 13.11 or later'),
    source: `${POSTGRES}/CVE-2023-2455/`,
  },
];

/** What is known of a version. */
export function advisoriesFor(version: ServerVersion): readonly Advisory[] {
  return ADVISORIES.filter(
    ({ dialect, affected }) => dialect === version.dialect && isAffected(affected, version),
  );
}

function isAffected(affected: Affected, { series, patch }: ServerVersion): boolean {
  switch (affected.kind) {
    case 'fixed-in': {
      if (affected.since !== undefined && compareSeries(series, affected.since) < 0) return false;
      const fixed = affected.fixed[series];
      return fixed === undefined ? isOlder(series, affected.fixed) : patch < fixed;
    }
    case 'patches': {
      const [first, last] = affected.patches[series] ?? [1, 0];
      return patch >= first && patch <= last;
    }
    case 'onwards':
      return compareSeries(series, affected.series) >= 0;
    case 'before':
      return compareSeries(series, affected.series) < 0;
    default:
      return affected satisfies never;
  }
}

/** Older than the newest series that had to be repaired, and not among those that were. */
function isOlder(series: string, fixed: Readonly<Record<string, number>>): boolean {
  return Object.keys(fixed).some((repaired) => compareSeries(series, repaired) < 0);
}

/** The versions in words, for the reference page. */
export function affectedText(affected: Affected): string {
  switch (affected.kind) {
    case 'fixed-in': {
      const patches = Object.entries(affected.fixed).sort(([a], [b]) => compareSeries(b, a));
      const since = affected.since === undefined ? '' : `from ${affected.since}, `;
      return `${since}before ${patches.map(([series, patch]) => `${series}.${patch}`).join(', ')}`;
    }
    case 'patches':
      return Object.entries(affected.patches).map(patchesText).join(', ');
    case 'onwards':
      return `${affected.series} and later`;
    case 'before':
      return `before ${affected.series}`;
    default:
      return affected satisfies never;
  }
}

function patchesText([series, [first, last]]: readonly [string, readonly [number, number]]): string {
  return last === LAST ? `all of ${series}` : `${series}.${first} to ${series}.${last}`;
}
