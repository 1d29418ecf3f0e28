/** What a generated statement may speak of: relations and columns of a laboratory, as one caller knows them. */
import type { Dice } from './dice.ts';
import { type Column, FIXED_TYPES, TYPES, type Type } from './scope.ts';

/** Relations that the forms of expressions name; each laboratory casts its own for them. */
export type Part = 'docs' | 'lines' | 'notes' | 'goods';

export interface Vocabulary {
  readonly types: readonly Type[];
  readonly tables: Readonly<Record<string, readonly Column[]>>;
  /** Often and seldom read relations, by repetition. */
  readonly readable: readonly string[];
  /** The caller writes nothing, or nearly so. */
  readonly readsOnly: boolean;
  /** Columns that an UPDATE sets; not all of them are allowed. */
  readonly writable: Readonly<Record<string, readonly string[]>>;
  /** Columns that an INSERT gives. */
  readonly insertable: Readonly<Record<string, readonly string[]>>;
  readonly deletable: readonly string[];
  /** Further forms of expressions than those of the fixed laboratory. */
  readonly widened: boolean;
  literal(dice: Dice, type: Type): string | undefined;
  part(name: Part): string;
  /** A column of the relation that plays a part. */
  partColumn(name: Part, column: string): string;
  /** How many columns at the end of a relation are not listed. */
  unlisted(table: string): number;
  /** Never left out of an INSERT. */
  required(table: string, column: string): boolean;
  /** A value of a key: free in every world, or one that the caller may know of. */
  key(dice: Dice, table: string, column: string): string | undefined;
  /** The key of a row that is made from a row of `other` under the alias `s`. */
  keyFrom(dice: Dice, table: string, column: string, other: string): string | undefined;
  /** What ON CONFLICT may name. */
  conflictKey(dice: Dice, table: string): string;
  /** A query by a key that a rule opens for look-ups. */
  lookup(dice: Dice): string | undefined;
}

const columns = (text: string): readonly Column[] =>
  text.split(' ').map((word) => {
    const [name = '', type = ''] = word.split(':');
    return { name, type: TYPES.find((one) => one === type) ?? 'text' };
  });

const TABLES: Readonly<Record<string, readonly Column[]>> = {
  people: columns('id:int tenant_id:int email:text nick:text n:int raw:text pat:text boss:int'),
  docs: columns(
    'id:int tenant_id:int owner:int title:text n:int raw:text pat:text num:num big:big len:int made:date tags:ints info:json state:state code:uuid key:text',
  ),
  shares: columns('doc:int person:int level:int n:int raw:text'),
  lines: columns('id:int doc:int n:int raw:text pat:text num:num len:int cost:int'),
  marks: columns('id:int line:int n:int raw:text made:date'),
  notes: columns('id:int owner:int public:bool n:int raw:text pat:text len:int big:big num:num'),
  goods: columns('id:int name:text price:int n:int raw:text'),
  events: columns('id:int kind:state n:int raw:text made:date num:num inner_note:text'),
};

const words = (text: string): readonly string[] => text.split(' ');

const READABLE = words('docs docs docs lines lines notes notes shares marks people people goods events');

const WRITABLE: Readonly<Record<string, readonly string[]>> = {
  people: words('nick n raw'),
  docs: words('title n raw pat num big len made tags info state code owner tenant_id'),
  shares: words('level n raw'),
  lines: words('n raw pat num len doc'),
  marks: words('n raw made'),
  notes: words('public n raw pat len big num owner'),
};

const INSERTABLE: Readonly<Record<string, readonly string[]>> = {
  docs: words('id title n raw num owner'),
  lines: words('id doc n raw num'),
  notes: words('id n raw public owner'),
  marks: words('id line n raw'),
  shares: words('doc person n raw'),
};

const KEYS: Readonly<Record<string, readonly string[]>> = {
  doc: words('11 12 31 21 1001 1002 900001 22'),
  line: words('100 101 104 1001 900001'),
  person: words('1 2 77'),
  owner: words('1 1 2 3 77'),
};

/** `anonymous`: a caller who may read little and write nothing. */
export function fixedVocabulary(anonymous: boolean): Vocabulary {
  return {
    types: FIXED_TYPES,
    tables: TABLES,
    readable: anonymous ? ['goods', 'events'] : READABLE,
    readsOnly: anonymous,
    writable: WRITABLE,
    insertable: INSERTABLE,
    deletable: ['lines', 'notes', 'docs'],
    widened: false,
    literal: () => undefined,
    part: (name) => name,
    partColumn: (_, column) => column,
    unlisted: (table) => (table === 'marks' ? 1 : 0),
    required: (_, column) => ['id', 'doc', 'person', 'line'].includes(column),
    key: fixedKey,
    keyFrom: (_dice, _table, column, other) =>
      column === 'id' ? `900000 + ${other === 'shares' ? 's.doc' : 's.id'}` : undefined,
    conflictKey: (_, table) => (table === 'shares' ? '(doc, person)' : '(id)'),
    lookup: fixedLookup,
  };
}

function fixedKey(dice: Dice, _table: string, column: string): string | undefined {
  const free = String(900_000 + dice.below(50_000));
  if (column === 'id') return dice.chance(0.75) ? free : dice.pick(words('11 12 100 101 300 200'));
  const known = KEYS[column];
  return known === undefined ? undefined : dice.pick(known);
}

function fixedLookup(dice: Dice): string {
  const email = dice.pick(["'p1@shop.test'", "'p9@shop.test'"]);
  const extra = dice.chance(0.5) ? ` AND 1 / ${dice.pick(['n', 'id', '(id - 1)', '(n - 3)'])} >= 0` : '';
  return `SELECT id, hash FROM accounts WHERE email = ${email}${extra}`;
}
