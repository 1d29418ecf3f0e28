/** What the database is asked: five kinds of query under three policies, with conditions that can fail and without. */

export type PolicyKind = 'owner' | 'membership' | 'masked';

export interface Question {
  readonly policy: PolicyKind;
  readonly kind: string;
  /** The condition added to it that is not leakproof; undefined: every condition is. */
  readonly leaky: string | undefined;
  /** As an application writes it behind Cordon or row-level security. */
  readonly text: string;
  /** With the predicate of the caller written by hand; the caller is the parameter behind `values`. */
  readonly byHand: string;
  readonly values: readonly (string | number)[];
}

/** Keys of rows that the caller sees. */
export interface Keys {
  readonly order: number;
  readonly ticket: number;
  readonly comment: number;
  readonly team: number;
}

interface Shape {
  readonly kind: string;
  /** `{…}` stands where the conditions go. */
  readonly text: string;
  readonly where: readonly string[];
  /** The alias that leaky conditions are about. */
  readonly alias: string;
  readonly values: readonly (string | number)[];
  /** The key of a row that the caller sees. */
  readonly key: number;
}

const DIVISION = { name: 'division', condition: '1000 / {a}.amount >= 0' };
const OTHERS = [
  { name: 'cast', condition: "split_part({a}.note, ' ', 2)::int >= 0" },
  { name: 'regular expression', condition: "{a}.note ~ '^note [1-5]'" },
];
const SEARCH = 'jsonb @>';
/** As the rows were made: one tag in 5003. */
const searchOf = (key: number): string => `{a}.details @> '{"tag": ${key % 5003}}'`;

const COLUMNS = (alias: string): string =>
  ['id', 'status', 'amount', 'note', 'placed'].map((column) => `${alias}.${column}`).join(', ');

/** The five kinds over a relation, whose third relation is joined by `join`. */
function shapes(
  relation: string,
  join: string,
  key: number,
  list: readonly [string, string | number][],
): readonly Shape[] {
  const from = `FROM ${relation} t`;
  const [columns, values] = [
    list.map(([column], index) => `t.${column} = $${index + 1}`),
    list.map(([, value]) => value),
  ];
  const aggregated = 'count(*), sum(t.amount), max(t.placed)';
  const made = [
    {
      kind: 'key look-up',
      text: `SELECT ${COLUMNS('t')} ${from}{…}`,
      where: ['t.id = $1'],
      alias: 't',
      values: [key],
    },
    { kind: 'list', text: `SELECT ${COLUMNS('t')} ${from}{…}`, where: columns, alias: 't', values },
    {
      kind: 'newest 20',
      text: `SELECT ${COLUMNS('t')} ${from}{…} ORDER BY t.placed DESC LIMIT 20`,
      where: [],
      alias: 't',
      values: [],
    },
    {
      kind: 'three-table join',
      text: `${join}{…} ORDER BY t.placed DESC LIMIT 50`,
      where: ['t.status = $1'],
      alias: 't',
      values: ['paid'],
    },
    {
      kind: 'aggregate',
      text: `SELECT t.status, ${aggregated} ${from}{…} GROUP BY t.status`,
      where: [],
      alias: 't',
      values: [],
    },
  ];
  return made.map((shape) => ({ ...shape, key }));
}

const BY_STATUS: readonly [string, string][] = [['status', 'paid']];

const ITEMS = (relation: string): string =>
  `SELECT t.id, t.placed, i.quantity, p.name FROM ${relation} t JOIN items i ON i.order_id = t.id JOIN products p ON p.id = i.product`;

const COMMENTS =
  'SELECT t.id, t.placed, c.body, p.name FROM tickets t JOIN comments c ON c.ticket = t.id JOIN people p ON p.id = c.author';

export function questions(keys: Keys): readonly Question[] {
  return [...owned(keys), ...shared(keys), ...followed(keys), ...masked(keys)];
}

function owned(keys: Keys): readonly Question[] {
  return shapes('orders', ITEMS('orders'), keys.order, BY_STATUS).flatMap((shape) =>
    variants(shape).map((variant) => question('owner', shape, variant, ownedBy(shape))),
  );
}

/** Every relation that has an owner is scoped: nothing in the database says that items have that of their order. */
function ownedBy({ text }: Shape): (me: string) => string {
  const aliases = text.includes(' items i ') ? ['t', 'i'] : ['t'];
  return (me) => aliases.map((alias) => `${alias}.owner = ${me}`).join(' AND ');
}

const OF_TEAMS = (me: string): string => `t.team IN (SELECT team FROM members WHERE person = ${me})`;

function shared(keys: Keys): readonly Question[] {
  const list: readonly [string, string | number][] = [
    ['team', keys.team],
    ['status', 'paid'],
  ];
  return shapes('tickets', COMMENTS, keys.ticket, list).flatMap((shape) =>
    variants(shape).map((variant) => question('membership', shape, variant, OF_TEAMS)),
  );
}

/** Rows that follow rows which follow a membership. */
function followed(keys: Keys): readonly Question[] {
  const text = 'SELECT t.id, t.author, t.body FROM comments t{…}';
  const made = [
    {
      kind: 'key look-up, two steps away',
      text,
      where: ['t.id = $1'],
      alias: 't',
      values: [keys.comment],
      key: keys.comment,
    },
    {
      kind: 'list, two steps away',
      text,
      where: ['t.ticket = $1'],
      alias: 't',
      values: [keys.ticket],
      key: keys.ticket,
    },
  ];
  const scope = (me: string): string =>
    `t.ticket IN (SELECT x.id FROM tickets x WHERE ${OF_TEAMS(me).replace('t.', 'x.')})`;
  return made.map((shape) => question('membership', shape, undefined, scope));
}

function masked(keys: Keys): readonly Question[] {
  const byHand = (text: string): string =>
    text.replaceAll('t.note', "CASE WHEN t.status = 'done' THEN t.note END");
  const list: readonly [string, string][] = [['status', 'done']];
  return shapes('bills', ITEMS('bills'), keys.order, list).flatMap((shape) =>
    variants(shape).map((variant) => {
      const made = question('masked', shape, variant, ownedBy(shape));
      return { ...made, byHand: byHand(made.byHand) };
    }),
  );
}

interface Variant {
  readonly name: string;
  readonly condition: string;
}

/** Each kind as it is and with a division; the list with more. */
function variants({ kind, key }: Shape): readonly (Variant | undefined)[] {
  return [
    undefined,
    DIVISION,
    ...(kind === 'list' ? [...OTHERS, { name: SEARCH, condition: searchOf(key) }] : []),
  ];
}

function question(
  policy: PolicyKind,
  shape: Shape,
  leaky: Variant | undefined,
  scope: (me: string) => string,
): Question {
  // A search in documents is a list of its own, by the index over them.
  const isSearch = leaky?.name === SEARCH;
  const own = isSearch ? [] : shape.where;
  const values = isSearch ? [] : shape.values;
  const conditions = leaky === undefined ? own : [...own, leaky.condition.replaceAll('{a}', shape.alias)];
  const filled = (all: readonly string[]): string =>
    shape.text.replace('{…}', all.length === 0 ? '' : ` WHERE ${all.join(' AND ')}`);
  return {
    policy,
    kind: shape.kind,
    leaky: leaky?.name,
    text: filled(conditions),
    byHand: filled([scope(`$${values.length + 1}`), ...conditions]),
    values,
  };
}
