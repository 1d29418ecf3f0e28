/**
 * The rows of the demo shop: two tenants, a dozen people, a few hundred rows, the same every time. `seed.sql` and
 * `people.json` beside this file are printed from it by `npx vitest run test/demo -u`, so that the demo needs no
 * TypeScript at run time.
 */
import { createHash, pbkdf2Sync } from 'node:crypto';

export type Value = string | number | boolean | null;

export interface Table {
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Value[])[];
}

/** Someone who can log in. The claims are what a token of theirs says. */
export interface Person {
  readonly name: string;
  readonly password: string;
  readonly claims: {
    readonly sub: string;
    readonly tenant: number;
    readonly region: string;
    readonly role: 'member';
  };
}

const TENANTS = [
  { tenant: 1, region: 'eu-west-1', cities: ['Bergen', 'Porto', 'Ghent', 'Aarhus'], country: 'EU' },
  { tenant: 2, region: 'us-east-1', cities: ['Boston', 'Albany', 'Newark', 'Dover'], country: 'US' },
] as const;

const NAMES = [
  ['alice', 'carol', 'dave', 'erin', 'frank', 'grace'],
  ['bob', 'heidi', 'ivan', 'judy', 'mallory', 'niaj'],
] as const;

const FIXED_IDS: Readonly<Record<string, string>> = {
  alice: 'a11ce000-0000-4000-8000-000000000001',
  bob: 'b0b00000-0000-4000-8000-000000000002',
};

const STREETS = ['Elm Street', 'Mill Lane', 'Harbour Road', 'Church Walk', 'Station Road'];
const BRANDS = ['visa', 'mastercard', 'amex'];
const PRODUCTS = [
  'tea',
  'mug',
  'kettle',
  'honey',
  'lemon',
  'biscuits',
  'tray',
  'spoon',
  'strainer',
  'tin',
  'milk jug',
  'cosy',
];

/** Everyone, by name. */
export function people(): ReadonlyMap<string, Person> {
  const all = TENANTS.flatMap(({ tenant, region }, index) =>
    (NAMES[index] ?? []).map((name) => {
      const claims = { sub: FIXED_IDS[name] ?? uuid('user', name), tenant, region, role: 'member' } as const;
      return [name, { name, password: `${name} likes tea`, claims }] as const;
    }),
  );
  return new Map(all);
}

/** All tables, parents first. */
export function tables(): readonly Table[] {
  const shop = new Shop();
  for (const person of people().values()) shop.addPerson(person);
  shop.shareResources();
  shop.addProducts();
  return shop.tables();
}

/** The whole shop as INSERT statements. */
export function seedSql(): string {
  const statements = tables().map(({ name, columns, rows }) => {
    const lines = rows.map((row) => `  (${row.map(literal).join(', ')})`);
    return `INSERT INTO ${name} (${columns.join(', ')}) VALUES\n${lines.join(',\n')};\n`;
  });
  return `-- Printed from shop.ts by \`npx vitest run test/demo -u\`.\n\n${statements.join('\n')}`;
}

/** Names and claims, for the command that signs demo tokens. */
export function peopleJson(): string {
  const claims = [...people()].map(([name, person]) => [name, person.claims]);
  return `${JSON.stringify(Object.fromEntries(claims), undefined, 2)}\n`;
}

const COLUMNS = {
  users: [
    'id',
    'tenant_id',
    'region',
    'email',
    'name',
    'password_hash',
    'is_admin',
    'reset_token',
    'created_at',
  ],
  profiles: ['id', 'user_id', 'display_name', 'email', 'phone'],
  addresses: ['id', 'profile_id', 'line1', 'city', 'country'],
  payment_methods: ['id', 'profile_id', 'brand', 'last4', 'card_token'],
  resources: ['id', 'owner_id', 'data'],
  permissions: ['resource_id', 'user_id', 'token'],
  orders: ['id', 'tenant_id', 'crdb_region', 'user_id', 'address_id', 'amount', 'created_at'],
  products: ['id', 'name', 'price'],
} as const;

type TableName = keyof typeof COLUMNS;

class Shop {
  readonly #rows = new Map<TableName, Value[][]>();

  addPerson(person: Person): void {
    const { name, claims } = person;
    const profile = uuid('profile', name);
    const pick = picker(name);
    const email = `${name}@shop.test`;
    const resetToken = pick(3) === 0 || name === 'bob' ? `rt-${name}-${digest('reset', name)}` : null;
    this.#add('users', [
      claims.sub,
      claims.tenant,
      claims.region,
      email,
      capital(name),
      hash(person),
      name === 'bob',
      resetToken,
      moment(pick),
    ]);
    this.#add('profiles', [
      profile,
      claims.sub,
      displayName(name),
      email,
      `+1 555 01${String(10 + pick(90))}`,
    ]);
    const addresses = this.#addAddresses(person, profile, 2 + pick(2));
    this.#addPaymentMethods(name, profile, 1 + pick(2));
    this.#addResources(person, 3);
    this.#addOrders(person, addresses, 14 + pick(8));
  }

  /** Everyone may use one resource of the next person; alice also one of bob's, across the tenants. */
  shareResources(): void {
    const everyone = [...people().values()];
    everyone.forEach((owner, index) => {
      const friend = everyone[(index + 1) % everyone.length];
      if (friend !== undefined) this.#share(owner, friend, 0);
    });
    const [alice, bob] = ['alice', 'bob'].map((name) => people().get(name));
    if (alice !== undefined && bob !== undefined) this.#share(bob, alice, 1);
  }

  addProducts(): void {
    for (const [index, name] of PRODUCTS.entries()) {
      this.#add('products', [uuid('product', name), name, 300 + 150 * index]);
    }
  }

  tables(): readonly Table[] {
    const names = Object.keys(COLUMNS) as TableName[];
    return names.map((name) => ({ name, columns: COLUMNS[name], rows: this.#rows.get(name) ?? [] }));
  }

  #addAddresses({ name, claims }: Person, profile: string, count: number): readonly string[] {
    const { cities, country } = TENANTS.find(({ tenant }) => tenant === claims.tenant) ?? TENANTS[0];
    const pick = picker(`${name} address`);
    return times(count, (n) => {
      const id = uuid('address', name, n);
      this.#add('addresses', [
        id,
        profile,
        `${1 + pick(98)} ${choose(pick, STREETS)}`,
        choose(pick, cities),
        country,
      ]);
      return id;
    });
  }

  #addPaymentMethods(name: string, profile: string, count: number): void {
    const pick = picker(`${name} card`);
    times(count, (n) => {
      const last4 = String(1000 + pick(9000));
      this.#add('payment_methods', [
        uuid('card', name, n),
        profile,
        choose(pick, BRANDS),
        last4,
        `ct-${name}-${digest('card', name, n)}`,
      ]);
    });
  }

  #addResources({ name, claims }: Person, count: number): void {
    times(count, (n) =>
      this.#add('resources', [
        uuid('resource', name, n),
        claims.sub,
        `{"note": "${name} wrote this", "page": ${n + 1}}`,
      ]),
    );
  }

  #addOrders({ name, claims }: Person, addresses: readonly string[], count: number): void {
    const pick = picker(`${name} order`);
    times(count, (n) => {
      const amount = 100 * (3 + pick(60));
      const where = [claims.tenant, claims.region, claims.sub, choose(pick, addresses)];
      this.#add('orders', [uuid('order', name, n), ...where, amount, moment(pick)]);
    });
  }

  #share(owner: Person, friend: Person, resource: number): void {
    const token = `pt-${friend.name}-${digest('share', owner.name, friend.name)}`;
    this.#add('permissions', [uuid('resource', owner.name, resource), friend.claims.sub, token]);
  }

  #add(table: TableName, row: readonly Value[]): void {
    const rows = this.#rows.get(table) ?? [];
    rows.push([...row]);
    this.#rows.set(table, rows);
  }
}

/** In the format of werkzeug; few iterations, because these passwords are printed in the README. */
function hash({ name, password }: Person): string {
  const iterations = 1000;
  const salt = digest('salt', name);
  const key = pbkdf2Sync(password, salt, iterations, 32, 'sha256').toString('hex');
  return `pbkdf2:sha256:${iterations}$${salt}$${key}`;
}

function uuid(...key: readonly (string | number)[]): string {
  const hex = createHash('sha256').update(key.join(' ')).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

function digest(...key: readonly (string | number)[]): string {
  return createHash('sha256').update(key.join(' ')).digest('hex').slice(0, 8);
}

type Pick = (below: number) => number;

/** Numbers that look random and depend on the seed alone. */
function picker(seed: string): Pick {
  let count = 0;
  return (below) => Number.parseInt(digest(seed, count++), 16) % below;
}

function choose<T>(pick: Pick, items: readonly [T, ...T[]] | readonly T[]): T {
  const item = items[pick(items.length)];
  if (item === undefined) throw new Error('nothing to choose from');
  return item;
}

function moment(pick: Pick): string {
  return new Date(Date.UTC(2024, pick(12), 1 + pick(28), pick(24), pick(60))).toISOString();
}

function displayName(name: string): string {
  return name === 'bob' ? 'Bob €' : capital(name);
}

function capital(name: string): string {
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}

function times<T>(count: number, make: (n: number) => T): readonly T[] {
  return Array.from({ length: count }, (_, n) => make(n));
}

function literal(value: Value): string {
  if (value === null) return 'NULL';
  return typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value);
}
