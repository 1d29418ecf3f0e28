/**
 * Types of CockroachDB under the names that PostgreSQL has for them.
 *
 * Source: cockroachdb/cockroach, pkg/sql/parser/sql.y (simple_typename, const_typename) and pkg/sql/types/types.go
 * (unreservedTypeTokens), read at v25.2.
 */

import type { Node } from '../../tree.ts';
import { asKind, unsupported } from '../../walk.ts';
import type { Token } from './token.ts';

/** Keywords that PostgreSQL reads as types of its own. */
const BY_WORD: Readonly<Record<string, readonly string[]>> = {
  int: ['pg_catalog', 'int8'],
  integer: ['pg_catalog', 'int8'],
  json: ['jsonb'],
};

/** Names that PostgreSQL takes for types of a user. */
const BY_NAME: Readonly<Record<string, readonly string[]>> = {
  string: ['text'],
  bytes: ['bytea'],
  blob: ['bytea'],
  int64: ['pg_catalog', 'int8'],
  json: ['jsonb'],
};

/** To CockroachDB a cast to one of them is a cast to an integer. */
const SERIAL = /^(?:big|small)?serial[248]?$/;

/** Before a literal PostgreSQL lets them have any length, CockroachDB takes them for one character or bit. */
const OF_LENGTH_ONE: ReadonlySet<string> = new Set(['char', 'character', 'bit']);

function isFixedLength(type: MutableType): boolean {
  const name = asKind(type.names?.at(-1), 'String')?.sval;
  return type.names?.length === 2 && (name === 'bpchar' || name === 'bit') && type.typmods === undefined;
}

interface MutableType {
  names?: Node[];
  typmods?: Node[];
  location?: number;
}

/** Gives a type that was just parsed the name that PostgreSQL has for what CockroachDB means. */
export function normaliseType(type: MutableType, tokenAt: (byte: number) => Token | undefined): void {
  const token = type.location === undefined ? undefined : tokenAt(type.location);
  const word = token?.kind === 'word' ? token.text : '';
  const only = type.names?.length === 1 ? asKind(type.names[0], 'String')?.sval : undefined;
  if (SERIAL.test(only ?? '')) throw unsupported('a serial type outside of a definition');
  const names = ownEntry(BY_WORD, word) ?? ownEntry(BY_NAME, only ?? '');
  if (OF_LENGTH_ONE.has(word) && isFixedLength(type)) type.typmods = [{ A_Const: { ival: { ival: 1 } } }];
  if (names === undefined) return;
  // STRING(n) is a string of at most n characters.
  const limited = only === 'string' && type.typmods !== undefined;
  type.names = (limited ? ['pg_catalog', 'varchar'] : names).map((sval) => ({ String: { sval } }));
}

function ownEntry(
  table: Readonly<Record<string, readonly string[]>>,
  key: string,
): readonly string[] | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
