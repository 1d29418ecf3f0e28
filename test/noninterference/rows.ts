/**
 * Rows of the laboratory. What the callers may see is the same in every world and harmless to every expression; the rest is made
 * anew for each world, in other numbers and with bait in it.
 */
import { Dice } from './dice.ts';

export const CALLERS = { alice: 1, bob: 2 } as const;
/** No caller's own number, but that of somebody else: claims in each other's place would show rows of others. */
export const TENANT = 4;
/** In which a person has the number of the callers' tenant. */
const OTHER_TENANT = 1;
const FIXED = 1000;

type Cell = string | number | boolean | null;

/** INSERTs of one world; a `seed` of undefined leaves out every row that nobody of the callers sees. */
export function rowsOf(seed: number | undefined, bulk: number): string {
  const hidden = seed === undefined ? undefined : new HiddenRows(new Dice(seed), bulk);
  const tables: Record<string, Cell[][]> = {
    people: [...people(seed), ...(hidden?.people() ?? [])],
    docs: [...docs(seed), ...(hidden?.docs() ?? [])],
    shares: [...shares(), ...(hidden?.shares() ?? [])],
    lines: [...lines(seed), ...(hidden?.lines() ?? [])],
    marks: [...marks(seed), ...(hidden?.marks() ?? [])],
    notes: [...notes(seed), ...(hidden?.notes() ?? [])],
    goods: goods(),
    events: [...events(seed), ...(hidden?.events() ?? [])],
    accounts: [...accounts(), ...(hidden?.accounts() ?? [])],
    vault: hidden?.vault() ?? [],
  };
  return Object.entries(tables)
    .filter(([, rows]) => rows.length > 0)
    .map(([table, rows]) => `INSERT INTO ${table} VALUES ${rows.map(row).join(', ')};`)
    .join('\n');
}

/** Makes a copy of a world one without hidden rows, under the statistics that the hidden rows left. */
export const CLEAR_HIDDEN = `
DELETE FROM marks WHERE id >= ${FIXED}; DELETE FROM lines WHERE id >= ${FIXED}; DELETE FROM shares WHERE doc >= ${FIXED};
DELETE FROM docs WHERE id >= ${FIXED}; DELETE FROM people WHERE id >= ${FIXED}; DELETE FROM notes WHERE id >= ${FIXED};
DELETE FROM events WHERE id >= ${FIXED}; DELETE FROM accounts WHERE id >= ${FIXED}; DELETE FROM vault;
UPDATE people SET email = NULL, n = NULL, raw = NULL, pat = NULL WHERE id NOT IN (1, 2); UPDATE people SET boss = NULL;
UPDATE docs SET key = NULL; UPDATE lines SET cost = NULL; UPDATE marks SET secret = NULL; UPDATE events SET inner_note = NULL;
UPDATE docs SET pat = NULL, num = NULL, big = NULL, len = NULL, made = NULL, tags = NULL, info = NULL, code = NULL WHERE owner = 3;
UPDATE notes SET len = NULL, big = NULL, num = NULL WHERE owner = 3;`;

/** The rows that a caller may write, per table. */
export function ownRows(user: number | undefined): Readonly<Record<string, { readonly rows: string }>> {
  const me = user ?? 0;
  const own = `(SELECT id FROM public.docs WHERE owner = ${me} UNION SELECT doc FROM public.shares WHERE person = ${me} AND doc < ${FIXED})`;
  return {
    people: { rows: `id = ${me}` },
    docs: { rows: `owner = ${me} AND tenant_id = ${TENANT}` },
    shares: { rows: `person = ${me} OR doc IN (SELECT id FROM public.docs WHERE owner = ${me})` },
    lines: { rows: `doc IN ${own}` },
    marks: { rows: `line IN (SELECT id FROM public.lines WHERE doc IN ${own})` },
    notes: { rows: `owner = ${me}` },
    goods: { rows: 'false' },
    events: { rows: 'false' },
    accounts: { rows: 'false' },
    vault: { rows: 'false' },
  };
}

function row(cells: readonly Cell[]): string {
  return `(${cells.map((cell) => (typeof cell === 'string' ? `'${cell.replaceAll("'", "''")}'` : String(cell))).join(',')})`;
}

/** A value of a visible row that no world shows to anybody. */
function unseen(seed: number | undefined, index: number): Cell {
  return seed === undefined
    ? null
    : new Dice(seed * 7919 + index).pick(['x', '0', 'zz', '-4', '77', `h${seed}`]);
}

const NUMBERS = [3, 7, 12, 40];

function people(seed: number | undefined): Cell[][] {
  const own = [1, 2].map((id): Cell[] => [
    id,
    TENANT,
    `p${id}@shop.test`,
    `nick${id}`,
    id + 2,
    `${id}2`,
    'a%',
    null,
  ]);
  const others = [3, 4, 5].map((id): Cell[] => {
    const bait = unseen(seed, id);
    return [
      id,
      TENANT,
      bait === null ? null : `${bait}${id}@x`,
      `nick${id}`,
      seed === undefined ? null : (seed + id) % 3,
      bait,
      '\\',
      null,
    ];
  });
  return [...own.map((cells) => [...cells.slice(0, 7), seed ?? null]), ...others];
}

function docs(seed: number | undefined): Cell[][] {
  const of = (id: number, owner: number): Cell[] => {
    const n = NUMBERS[id % 4] ?? 3;
    return [
      id,
      TENANT,
      owner,
      `title ${id}`,
      n,
      `${n}`,
      'a%',
      n + 0.5,
      n * 10,
      n,
      `2024-01-${10 + (n % 9)}`,
      `{1,${n}}`,
      `{"k":"${n}","a":[1,2]}`,
      ['open', 'held', 'done'][id % 3] ?? 'open',
      `00000000-0000-4000-8000-0000000000${10 + (id % 80)}`,
      unseen(seed, id),
    ];
  };
  const own = [11, 12, 13, 14].map((id) => of(id, 1)).concat([21, 22].map((id) => of(id, 2)));
  // Shared with alice: these columns are shown, the others are bait.
  const shared = [31, 32].map((id) => {
    const cells = of(id, 3);
    const bad = bait(new Dice((seed ?? 0) * 31 + id));
    return seed === undefined
      ? [...cells.slice(0, 6), null, null, null, null, null, null, null, cells[13] ?? null, null, null]
      : [
          ...cells.slice(0, 6),
          bad.pat,
          bad.num,
          bad.big,
          bad.len,
          bad.made,
          '{0}',
          '{"k":"x"}',
          cells[13] ?? null,
          null,
          'z',
        ];
  });
  return [...own, ...shared];
}

function shares(): Cell[][] {
  return [
    [31, 1, 1, 3, '3'],
    [32, 1, 2, 7, '7'],
    [11, 2, 1, 12, '12'],
    [32, 2, 1, 4, '4'],
  ];
}

function lines(seed: number | undefined): Cell[][] {
  return [11, 11, 12, 13, 21, 31, 31, 32].map((doc, index) => {
    const n = NUMBERS[index % 4] ?? 3;
    return [
      100 + index,
      doc,
      n,
      `${n + 1}`,
      'a%',
      n + 0.25,
      n,
      seed === undefined ? null : (seed + index) % 4,
    ];
  });
}

function marks(seed: number | undefined): Cell[][] {
  return [100, 101, 103, 104, 106].map((line, index) => [
    200 + index,
    line,
    index + 1,
    `${index + 5}`,
    `2024-02-0${index + 1}`,
    unseen(seed, index),
  ]);
}

function notes(seed: number | undefined): Cell[][] {
  const own = [1, 1, 1, 2].map((owner, index): Cell[] => [
    300 + index,
    owner,
    index % 2 === 0,
    index + 3,
    `${index + 3}`,
    'a_',
    index + 1,
    12 + index,
    index + 0.5,
  ]);
  const open = [310, 311, 312].map((id, index): Cell[] => {
    const bad = bait(new Dice((seed ?? 0) * 17 + id));
    const rest = seed === undefined ? [null, null, null] : [bad.len, bad.big, bad.num];
    return [id, 3, true, 5 + index, `${id}`, index === 0 ? null : '%b', ...rest];
  });
  return [...own, ...open];
}

function goods(): Cell[][] {
  return [
    [1, 'tea', 3, 3, '3'],
    [2, 'mug', 9, 7, '7'],
    [3, 'pot', 20, 12, '12'],
    [4, null, null, 40, '40'],
    [11, 'cup', 11, 1, '1'],
  ];
}

function events(seed: number | undefined): Cell[][] {
  return [1, 2, 3, 4].map((id) => [
    400 + id,
    id % 2 === 0 ? 'open' : 'done',
    id,
    `${id}`,
    `2024-03-0${id}`,
    id,
    unseen(seed, id),
  ]);
}

function accounts(): Cell[][] {
  return [
    [1, 'p1@shop.test', 'h-1', 3],
    [2, 'p2@shop.test', 'h-2', 4],
  ];
}

interface Bait {
  readonly n: Cell;
  readonly raw: Cell;
  readonly pat: Cell;
  readonly num: Cell;
  readonly big: Cell;
  readonly len: Cell;
  readonly made: Cell;
}

/** Values that fail in expressions which the visible rows pass. */
function bait(dice: Dice): Bait {
  return {
    n: dice.pick<Cell>([0, 0, 1, 5, 17, -2147483648, 2147483647, 99, null]),
    raw: dice.pick<Cell>(['x', '', 'oops', '99999999999', '-1', '17', '2024-13-45', '{', '[', null]),
    pat: dice.pick<Cell>(['\\', '(', '[', 'a%', '*', 'x\\', null]),
    num: dice.pick<Cell>([0, -1, -2.5, 1e30, 17, null]),
    big: dice.pick<Cell>(['9223372036854775807', '-9223372036854775808', 0, 3000000000, null]),
    len: dice.pick<Cell>([-1, -5, 0, 2147483647, 3, null]),
    made: dice.pick<Cell>(['infinity', '5874897-12-31', '4713-01-01 BC', '2020-02-29', null]),
  };
}

/** Rows of people whom no caller is, and rows beyond every rule. */
class HiddenRows {
  readonly #dice: Dice;
  readonly #bulk: number;

  constructor(dice: Dice, bulk: number) {
    this.#dice = dice;
    this.#bulk = bulk;
  }

  people(): Cell[][] {
    return this.#make(20, (id, b) => [id, OTHER_TENANT, `h${id}@x`, 'hidden', b.n, b.raw, b.pat, 1]);
  }

  docs(): Cell[][] {
    return this.#make(this.#bulk, (id, b) => [
      id,
      this.#dice.chance(0.7) ? TENANT : OTHER_TENANT,
      this.#dice.between(3, 5),
      `hidden ${id % 5}`,
      b.n,
      b.raw,
      b.pat,
      b.num,
      b.big,
      b.len,
      b.made,
      this.#dice.pick(['{}', '{0}', '{1,0}', null]),
      this.#dice.pick(['{"k":"x"}', '[]', '5', null]),
      this.#dice.pick(['open', 'void']),
      null,
      'k',
    ]).concat(
      this.#make(3, (id, b) => [
        id + 90_000,
        OTHER_TENANT,
        1,
        'other tenant',
        b.n,
        b.raw,
        b.pat,
        b.num,
        b.big,
        b.len,
        b.made,
        null,
        null,
        'void',
        null,
        null,
      ]),
    );
  }

  shares(): Cell[][] {
    return this.#make(Math.ceil(this.#bulk / 4), (id, b) => [id, this.#dice.between(3, 5), 0, b.n, b.raw]);
  }

  lines(): Cell[][] {
    return this.#make(this.#bulk, (id, b) => [
      id,
      FIXED + this.#dice.below(this.#bulk / 2),
      b.n,
      b.raw,
      b.pat,
      b.num,
      b.len,
      0,
    ]);
  }

  marks(): Cell[][] {
    return this.#make(this.#bulk / 2, (id, b) => [
      id,
      FIXED + this.#dice.below(this.#bulk / 2),
      b.n,
      b.raw,
      b.made,
      's',
    ]);
  }

  notes(): Cell[][] {
    return this.#make(this.#bulk, (id, b) => [
      id,
      3,
      this.#dice.chance(0.1),
      0,
      b.raw,
      b.pat,
      b.len,
      b.big,
      b.num,
    ]).concat(
      this.#make(this.#bulk / 4, (id, b) => [id + 50_000, 4, false, b.n, b.raw, b.pat, b.len, b.big, b.num]),
    );
  }

  events(): Cell[][] {
    return this.#make(this.#bulk / 4, (id, b) => [
      id,
      this.#dice.pick(['held', 'void']),
      b.n,
      b.raw,
      b.made,
      b.num,
      'h',
    ]);
  }

  accounts(): Cell[][] {
    return this.#make(10, (id, b) => [id, `h${id}@x`, 'h', b.n]);
  }

  vault(): Cell[][] {
    return this.#make(10, (id, b) => [id, b.n, b.raw]);
  }

  /** Between half and all of `most` rows. */
  #make(most: number, make: (id: number, values: Bait) => Cell[]): Cell[][] {
    const count = Math.ceil(most * (0.5 + this.#dice.next() / 2));
    return Array.from({ length: count }, (_, index) => make(FIXED + index, bait(this.#dice)));
  }
}
