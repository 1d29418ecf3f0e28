/** The tables of the shop for Kysely; the schema itself is in ../../demo/schema.sql. */
import { type ColumnType, type Generated, Kysely, PostgresDialect, type PostgresPool } from 'kysely';

type Moment = ColumnType<Date, Date | undefined, Date>;

export interface Tables {
  users: {
    id: Generated<string>;
    tenant_id: number;
    region: string;
    email: string;
    name: string;
    password_hash: string;
    is_admin: Generated<boolean>;
    reset_token: string | null;
    last_seen_at: Date | null;
    created_at: Moment;
  };
  profiles: {
    id: Generated<string>;
    user_id: string;
    display_name: string;
    email: string;
    phone: string | null;
  };
  addresses: { id: Generated<string>; profile_id: string; line1: string; city: string; country: string };
  payment_methods: {
    id: Generated<string>;
    profile_id: string;
    brand: string;
    last4: string;
    card_token: string;
  };
  resources: { id: Generated<string>; owner_id: string; data: string };
  permissions: { resource_id: string; user_id: string; token: string };
  orders: {
    id: Generated<string>;
    tenant_id: number;
    crdb_region: string;
    user_id: string;
    address_id: string;
    amount: number;
    created_at: Moment;
  };
  products: { id: Generated<string>; name: string; price: number };
}

export type Database = Kysely<Tables>;

export function openDatabase(pool: PostgresPool): Database {
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
}
