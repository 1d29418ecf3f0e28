/** What the database cannot enforce, or does in another way, and the gateway does: printed beside what it can. */
import type { Catalog, Relation } from '../catalog/index.ts';
import type { LoadedPolicy, RelationAccess } from '../policy/index.ts';
import type { ColumnUse } from './columns.ts';
import type { MembershipGap } from './membership.ts';
import type { TargetVersion } from './version.ts';
import { isAtLeast } from './version.ts';

export type ColumnMode = 'grants' | 'views';

/** What holds for every table. */
export function generalGaps(policy: LoadedPolicy, version: TargetVersion): readonly string[] {
  return [
    'Who the caller is: the settings are whatever the session last wrote. One injected SET, and row-level security reads another caller. The gateway reads a signed token, and refuses to set anything called `cordon.…`.',
    `That something exists: a unique key (23505) or a foreign key (23503) tells of rows that the caller may not see${version.dialect === 'cockroachdb' ? ', and its DETAIL quotes the key' : ''}. The gateway gives one error without a value for all causes.`,
    'What errors quote: the texts of other errors quote values too. The gateway keeps the SQLSTATE and replaces the words.',
    'A row that is left out: an owner or boundary column that an INSERT leaves out is stamped by the gateway; here it is refused unless the statement gives it.',
    'Cascades: ON DELETE and ON UPDATE actions change rows of other tables without asking their policies. The gateway refuses a statement whose cascade reaches rows that the caller may not change.',
    'TRUNCATE asks no policy: the role must not hold it.',
    ...(version.dialect === 'cockroachdb' ? cockroachGaps(version) : postgresGaps()),
    ...(policy.services.size === 0
      ? []
      : [
          `Roles of programs (${[...policy.services.keys()].join(', ')}) log in by themselves and are none of the roles below: give them a role of the database, and policies or BYPASSRLS of its own.`,
        ]),
  ];
}

function postgresGaps(): readonly string[] {
  return [
    'Functions and operators: whoever may call a function that is not leak-proof sees rows only after the policies, but functions that read tables by themselves (`query_to_xml`, SECURITY DEFINER) are not looked at. The gateway has a list of what may be called.',
    'The catalog: `pg_class.reltuples`, sizes and EXPLAIN tell about all rows. The gateway filters or refuses them.',
  ];
}

function cockroachGaps(version: TargetVersion): readonly string[] {
  return [
    'AS OF SYSTEM TIME reads under the policies of the past: a time before ENABLE reads without any. The gateway allows it only where the policy says `pastReads`.',
    'Changefeeds, BACKUP and replication are not filtered: the role must not hold them, and SELECT alone allows a changefeed without a sink. The gateway refuses the statement.',
    'EXPLAIN ANALYZE, SHOW RANGES, SHOW STATISTICS and `crdb_internal` tell about rows and keys of others. The gateway refuses them.',
    'Columns: CockroachDB has no privileges on columns. What is hidden or shown in some rows only is masked by the gateway, or by the views of `--columns views`.',
    'ON CONFLICT: where a row is in the way, the values given are checked against no policy. The gateway checks them.',
    ...(isAtLeast(version, 25, 3)
      ? []
      : [
          '25.2 may run a condition of the user before the policy (cockroachdb/cockroach#147348): its errors and its time tell of every row.',
        ]),
    ...(isAtLeast(version, 26, 2)
      ? []
      : [
          'An upgrade to 26.2 makes plain views read under the policies of their owner instead of the caller’s.',
        ]),
  ];
}

/** What holds for one table. */
export function tableGaps(
  catalog: Catalog,
  relation: Relation,
  accesses: readonly RelationAccess[],
  use: ColumnUse,
  { columns: mode, gateway = false }: { readonly columns: ColumnMode; readonly gateway?: boolean },
  closed: readonly MembershipGap[],
): readonly string[] {
  return [
    ...closed.map(
      ({ column, relation: other }) =>
        `closed: \`${column}\` is followed to \`${other.name}\`, which takes a function, and functions read settings of other sessions before 25.2.2`,
    ),
    ...columnGaps(catalog, use, mode),
    ...writeGaps(relation, accesses),
    ...lookupGaps(accesses),
    ...(gateway || mode === 'views' || catalog.dialect !== 'postgres' ? [] : gatewayGaps(use)),
    ...relation.foreignKeys
      .filter(({ columns }) => columns.length > 1)
      .map(({ columns }) => `may refer to rows that the caller does not see by (${columns.join(', ')})`),
  ];
}

function columnGaps(catalog: Catalog, use: ColumnUse, mode: ColumnMode): readonly string[] {
  const [hidden, masked] = [use.hidden(), use.masked().filter((name) => use.shown().includes(name))];
  const grants = catalog.dialect === 'postgres';
  if (mode === 'views') {
    const kept = [...hidden, ...masked];
    if (kept.length === 0) return [];
    return [
      grants
        ? `read from the view: ${kept.join(', ')}; the table itself does not show them, so writes cannot name them in conditions`
        : `read from the view: ${kept.join(', ')}; UPDATE and DELETE ask for SELECT on the whole table, so they go through the gateway alone`,
    ];
  }
  return [
    ...(masked.length === 0
      ? []
      : [`shown in every row of the role, masked row by row by the gateway: ${masked.join(', ')}`]),
    ...(hidden.length === 0
      ? []
      : [
          grants
            ? `hidden: ${hidden.join(', ')}; naming one is an error here (42501), and NULL through the gateway`
            : `hidden by the gateway alone: ${hidden.join(', ')}`,
        ]),
  ];
}

function writeGaps(relation: Relation, accesses: readonly RelationAccess[]): readonly string[] {
  const updates = accesses.flatMap(({ update }) => update?.alternatives ?? []);
  const sets = new Set(updates.map(({ columns }) => [...columns].sort().join()));
  const inserts = accesses.flatMap(({ insert }) => insert?.alternatives ?? []);
  const given = new Set(inserts.map(({ columns }) => [...columns].sort().join()));
  return [
    ...(sets.size > 1
      ? ['rules let different columns be changed; here any of them in a row that any rule lets change']
      : []),
    ...(given.size > 1
      ? ['rules let different columns be given; here any of them in a row that any rule accepts']
      : []),
    ...(updates.length > 1
      ? ['a row that one rule lets change may become one that another rule accepts']
      : []),
    ...(relation.changedByTriggers
      ? ['triggers change rows before they are checked: they are checked as stored']
      : []),
  ];
}

function lookupGaps(accesses: readonly RelationAccess[]): readonly string[] {
  const keys = accesses.flatMap(({ lookups }) => lookups.map(({ keyColumns }) => keyColumns.join(', ')));
  if (keys.length === 0) return [];
  const list = [...new Set(keys)].join(' and by ');
  return [`looked up by ${list}: the row is the one whose key stands in the setting, in any statement`];
}

function gatewayGaps(use: ColumnUse): readonly string[] {
  const columns = use.namedByGateway();
  return columns.length === 0
    ? []
    : [
        `named by a gateway for look-ups, checks and masks, and granted by \`--gateway\` alone: ${columns.join(', ')}`,
      ];
}
