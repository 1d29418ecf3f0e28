/** Catalogs in a few words, as a face would read them from a database. */
import {
  type Catalog,
  type Relation,
  type RelationKey,
  type RelationKind,
  relationKey,
  type TypeEntry,
} from '../../src/catalog/index.ts';

const TYPES: Readonly<Record<string, number>> = {
  bool: 16,
  int8: 20,
  int2: 21,
  int4: 23,
  text: 25,
  float8: 701,
  varchar: 1043,
  timestamptz: 1184,
  numeric: 1700,
  uuid: 2950,
  jsonb: 3802,
  status: 90_001,
  email_domain: 90_002,
  citext: 90_003,
};

const OWN_TYPES: readonly TypeEntry[] = [
  { ...entry(90_001, 'status'), kind: 'enum', labels: ['open', 'closed'] },
  { ...entry(90_002, 'email_domain'), kind: 'domain', element: 25 },
  { ...entry(90_003, 'citext'), extension: 'citext' },
];

function entry(oid: number, name: string): TypeEntry {
  return {
    oid,
    schema: 'public',
    name,
    kind: 'base',
    element: undefined,
    array: undefined,
    extension: undefined,
  };
}

export interface Sketch {
  readonly schema?: string;
  readonly kind?: RelationKind;
  /** `id uuid`, `email text!` (with a default), `total int4=` (generated). */
  readonly columns: string;
  /** Left out: `id`, where there is such a column. */
  readonly key?: readonly string[];
  readonly unique?: readonly (readonly string[])[];
  readonly parent?: RelationKey;
}

/** Relations by name; `app.x` puts one into another schema. */
export function sketch(relations: Readonly<Record<string, string | Sketch>>): Catalog {
  const read = Object.entries(relations).map(([name, given], index) =>
    relation(name, typeof given === 'string' ? { columns: given } : given, 1000 + index),
  );
  return {
    version: '1',
    dialect: 'postgres',
    serverVersion: 150_018,
    database: 'shop',
    searchPath: ['public'],
    relations: new Map(read.map((each) => [relationKey(each.schema, each.name), each])),
    types: new Map(OWN_TYPES.map((type) => [type.oid, type])),
    functions: [],
    operators: [],
  };
}

function relation(name: string, given: Sketch, oid: number): Relation {
  const columns = given.columns.split(',').map((text, index) => column(text.trim(), index + 1));
  const names = columns.map((each) => each.name);
  const key = given.key ?? (names.includes('id') ? ['id'] : undefined);
  return {
    oid,
    schema: given.schema ?? 'public',
    name,
    kind: given.kind ?? 'table',
    columns,
    primaryKey: key,
    uniqueKeys: [...(key === undefined ? [] : [key]), ...(given.unique ?? [])],
    foreignKeys: [],
    referencedBy: [],
    parent: given.parent,
    children: [],
    changedByTriggers: false,
  };
}

function column(text: string, position: number): Relation['columns'][number] {
  const [, name = '', type = '', mark = ''] = /^(\S+) (\w+)([!=]?)$/.exec(text) ?? [];
  const oid = TYPES[type];
  if (oid === undefined) throw new Error(`no type in ${text}`);
  return {
    name,
    position,
    type: oid,
    typeText: type,
    notNull: false,
    hasDefault: mark === '!',
    generated: mark === '=' ? 'stored' : 'no',
  };
}

/** The shop of the attacks. */
export const SHOP = sketch({
  users: {
    columns: 'id uuid, email text, password_hash text, is_admin bool!, reset_token text',
    unique: [['email']],
  },
  profiles: 'id int4, user_id uuid, display_name text, email text',
  addresses: 'id int4, profile_id int4, line1 text, city text',
  payment_methods: {
    columns: 'id int4, profile_id int4, brand text, last4 text, card_token text',
    unique: [['card_token']],
  },
  resources: 'id int4, owner_id uuid, data text',
  permissions: { columns: 'resource_id int4, user_id uuid, token text', key: ['resource_id', 'user_id'] },
  orders: 'id int4, tenant_id int4, user_id uuid, amount int4, crdb_region text',
  products: 'id int4, name text, price int4',
});
