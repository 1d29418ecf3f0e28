/**
 * How the row-level security of a database answers otherwise than the guard, with privileges on columns and views. Each is
 * told from the statement and from both answers; docs/guide/row-level-security.md lists them by name.
 */
import type { Compared } from './campaign.ts';
import { PLAIN, type Table } from './shop-statements.ts';

export interface Difference {
  readonly id: string;
  readonly what: string;
  explains(compared: Compared): boolean;
}

/** Columns that a rule pins to a claim, which the guard stamps where they are left out. */
const STAMPED: Readonly<Partial<Record<Table, readonly string[]>>> = {
  profiles: ['user_id'],
  resources: ['owner_id'],
  orders: ['user_id', 'tenant_id', 'crdb_region'],
};

/** Columns that no rule lets anybody give. */
const UNGIVEN: Readonly<Partial<Record<Table, readonly string[]>>> = {
  users: ['created_at'],
  orders: ['created_at'],
};

/** The SQLSTATE of the guard's own marker, which its faces turn into that of a broken unique key. */
const CONFLICT_MARKED = '22P02';

const refusedByRls = ({ guarded, secured }: Compared): boolean =>
  guarded.refused === undefined && secured.refused === '42501';

const names = (list: readonly string[] | undefined, { statement }: Compared): boolean =>
  (list ?? []).some((column) => statement.given.includes(column));

/** Class 22 of SQLSTATE: a value that an expression could not work with. */
const DATA_ERROR = /^22/;

export const DIFFERENCES: readonly Difference[] = [
  {
    id: 'by plan',
    what: 'a read fails on a row of the caller that the plan of the other did not reach; the gateway answers',
    // Never the other way round: an error behind the gateway alone could tell of a hidden row.
    explains({ statement, guarded, secured }) {
      const failed = DATA_ERROR.test(secured.refused ?? '');
      return statement.kind === 'read' && guarded.refused === undefined && failed;
    },
  },
  {
    id: 'not stamped',
    what: 'an owner or boundary column that is left out, or DEFAULT, is refused; the gateway stamps it',
    explains(compared) {
      const { statement } = compared;
      const stamped = (statement.target && STAMPED[statement.target]) ?? [];
      const left = stamped.some((column) => !statement.given.includes(column));
      const made = names(stamped, compared) && /\bDEFAULT\b/.test(statement.sql);
      const refused = refusedByRls(compared) || compared.secured.refused === '23502';
      return (
        statement.kind === 'insert' && refused && compared.guarded.refused === undefined && (left || made)
      );
    },
  },
  {
    id: 'named and not given',
    what: 'a column that nobody may give is refused even as DEFAULT or NULL; the gateway leaves it out',
    explains(compared) {
      const { statement } = compared;
      const column = statement.target && UNGIVEN[statement.target];
      return (
        statement.kind === 'insert' &&
        refusedByRls(compared) &&
        names(column, compared) &&
        /\b(DEFAULT|NULL)\b/.test(statement.sql)
      );
    },
  },
  {
    id: 'masked in a write',
    what: 'a column that is hidden in some rows cannot be named in the conditions and RETURNING of a write; the gateway masks it',
    explains(compared) {
      const { statement } = compared;
      const plain = statement.target === undefined ? [] : PLAIN[statement.target];
      const masked = statement.named.some((column) => !plain.includes(column));
      const conflicting =
        statement.conflict === 'update' && statement.given.some((column) => !plain.includes(column));
      return statement.kind !== 'read' && refusedByRls(compared) && (masked || conflicting);
    },
  },
  {
    id: 'returned and not seen',
    what: 'RETURNING a new row that the role does not see is refused; the gateway shows what the caller gave',
    explains(compared) {
      const { statement, person } = compared;
      return (
        statement.kind === 'insert' && statement.returning && person === 'nobody' && refusedByRls(compared)
      );
    },
  },
  {
    id: 'cascades',
    what: 'a DELETE whose cascade reaches rows that the caller may not delete takes them along; the gateway refuses it',
    explains({ statement, guarded, secured }) {
      return (
        statement.kind === 'delete' &&
        guarded.refused === 'CORDON_CASCADE_DENIED' &&
        secured.refused === undefined
      );
    },
  },
  {
    id: 'skipped and not seen',
    what: 'ON CONFLICT DO NOTHING skips a row that the caller does not see, and the count tells that it is there; the gateway refuses it',
    explains({ statement, guarded, secured }) {
      const marked = statement.conflict === 'nothing' && guarded.refused === CONFLICT_MARKED;
      return marked && secured.refused === undefined;
    },
  },
  {
    id: 'key not told',
    what: 'a look-up finds its row only where the app named the key in the setting; the gateway finds the key in the statement',
    explains({ statement, person, guarded, secured, emptied }) {
      const looked =
        person === 'nobody' && statement.kind === 'read' && /\busers\b.*\b(id|email) = '/.test(statement.sql);
      const empty = JSON.stringify(emptied?.rows) === JSON.stringify(secured.rows);
      return looked && guarded.refused === undefined && secured.refused === undefined && empty;
    },
  },
  {
    id: 'closed is empty',
    what: 'a relation that no rule opens to the role reads as empty, since all roles share one role of the database; the gateway refuses it',
    explains({ statement, guarded, secured, emptied }) {
      const closed = ['CORDON_RELATION_NOT_COVERED', 'CORDON_COMMAND_DENIED'].includes(guarded.refused ?? '');
      return (
        statement.kind === 'read' &&
        closed &&
        secured.refused === undefined &&
        JSON.stringify(emptied?.rows) === JSON.stringify(secured.rows)
      );
    },
  },
];

/** What changes for a gateway when row-level security binds its role too. */
export const DOUBLE_DIFFERENCES: readonly Difference[] = [
  {
    id: 'checked in RETURNING',
    what: 'the gateway checks a new row in RETURNING, which row-level security allows only where the role sees the row: a sign-up by a caller without a token is refused',
    explains(compared) {
      return compared.statement.kind === 'insert' && compared.person === 'nobody' && refusedByRls(compared);
    },
  },
  {
    id: 'looked at by DO UPDATE',
    what: 'the gateway looks at the row in the way of ON CONFLICT DO NOTHING by an update of its key to itself, which the role must not do: it is refused',
    explains(compared) {
      return compared.statement.conflict === 'nothing' && refusedByRls(compared);
    },
  },
];
