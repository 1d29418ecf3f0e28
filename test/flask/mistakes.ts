/** Each mistake of the example app as someone would use it, and what must not be found in the evidence. */
import { people, tables } from '../../examples/demo/shop.ts';
import type { TestDatabase } from '../databases/index.ts';
import type { FlaskApp, Visitor } from './flask-app.ts';

export interface Scene {
  readonly app: Pick<FlaskApp, 'log' | 'visitor'>;
  /** The database itself, past every guard. */
  readonly database: Pick<TestDatabase, 'query'>;
  readonly alice: Visitor;
  readonly stranger: Visitor;
}

export interface Mistake {
  readonly name: string;
  /** The kind of attack, for tables. */
  readonly family: string;
  readonly cwe: string;
  /** Makes the most of the mistake; the evidence is what came back, or what the database holds afterwards. */
  readonly attempt: (scene: Scene) => Promise<string>;
  /** Stands in the evidence if the mistake leaks. */
  readonly exposed: string;
}

type Row = Readonly<Record<string, unknown>>;

const ALICE = people().get('alice')?.claims.sub;
const BOB = people().get('bob')?.claims.sub;

/** The rows of a table that agree with the given values. */
export function rowsWhere(table: string, values: Row): readonly Row[] {
  const found = tables().find(({ name }) => name === table);
  const rows = found?.rows.map((row) =>
    Object.fromEntries(found.columns.map((column, index) => [column, row[index]])),
  );
  return (
    rows?.filter((row) => Object.entries(values).every(([column, value]) => row[column] === value)) ?? []
  );
}

export function textOf(table: string, column: string, values: Row, index = 0): string {
  const value = rowsWhere(table, values)[index]?.[column];
  if (typeof value !== 'string') throw new Error(`${table} has no such row`);
  return value;
}

const bobProfile = textOf('profiles', 'id', { user_id: BOB });
const aliceProfile = textOf('profiles', 'id', { user_id: ALICE });
const bobPhone = textOf('profiles', 'phone', { user_id: BOB });
const bobCard = textOf('payment_methods', 'card_token', { profile_id: bobProfile });
const aliceCard = textOf('payment_methods', 'card_token', { profile_id: aliceProfile });
const bobAddress = rowsWhere('addresses', { profile_id: bobProfile })[0] ?? {};
const bobResource = rowsWhere('resources', { owner_id: BOB })[2] ?? {};
const bobOrder = textOf('orders', 'id', { user_id: BOB });
const bobResetToken = textOf('users', 'reset_token', { id: BOB });
const foreignShare =
  rowsWhere('permissions', {}).find(({ user_id: user }) => user !== ALICE && user !== BOB) ?? {};

export const MISTAKES: readonly Mistake[] = [
  {
    name: 'log-in answers with the whole row of users',
    family: 'whole rows',
    cwe: 'CWE-522',
    attempt: async ({ stranger }) =>
      (await stranger.post('/login', { email: 'alice@shop.test', password: 'alice likes tea' })).text,
    exposed: 'pbkdf2:sha256',
  },
  {
    name: 'sign-up takes is_admin from the form',
    family: 'mass assignment',
    cwe: 'CWE-915',
    attempt: async ({ stranger, database }) => {
      const form = { email: 'admin@shop.test', name: 'Admin', password: 'x', tenant_id: 1, is_admin: true };
      await stranger.post('/signup', form);
      const rows = await database.query("SELECT is_admin FROM users WHERE email = 'admin@shop.test'");
      return rows.map((row) => `is_admin: ${row.is_admin}`).join();
    },
    exposed: 'is_admin: t',
  },
  {
    name: 'a profile is found by any id',
    family: 'IDOR by UUID',
    cwe: 'CWE-359',
    attempt: async ({ alice }) => (await alice.get('/profile', { profile_id: bobProfile })).text,
    exposed: bobPhone,
  },
  {
    name: 'a row is written to the log',
    family: 'whole rows',
    cwe: 'CWE-532',
    attempt: async ({ alice, app }) => {
      await alice.get('/profile', { profile_id: bobProfile });
      return app.log();
    },
    exposed: bobPhone,
  },
  {
    name: 'a colleague’s profile is read whole',
    family: 'IDOR by UUID',
    cwe: 'CWE-213',
    attempt: async ({ alice }) => {
      const carol = people().get('carol')?.claims.sub;
      return (await alice.get('/profile', { profile_id: textOf('profiles', 'id', { user_id: carol }) })).text;
    },
    exposed: 'carol@shop.test',
  },
  {
    name: 'relations are serialised whole',
    family: 'relation by include',
    cwe: 'CWE-213',
    attempt: async ({ alice }) => (await alice.get('/profiles/me', { include: 'payment_methods' })).text,
    exposed: aliceCard,
  },
  {
    name: 'a search term reads another table',
    family: 'injection: UNION',
    cwe: 'CWE-89',
    attempt: async ({ alice }) =>
      (await alice.get('/profiles', { q: "' UNION SELECT id, card_token FROM payment_methods --" })).text,
    exposed: bobCard,
  },
  {
    name: 'a search term reads hidden columns',
    family: 'injection: UNION',
    cwe: 'CWE-89',
    attempt: async ({ alice }) =>
      (await alice.get('/profiles', { q: "' UNION SELECT id, reset_token FROM users --" })).text,
    exposed: bobResetToken,
  },
  {
    name: 'a search term makes an error that quotes a value',
    family: 'error probing',
    cwe: 'CWE-209',
    attempt: async ({ alice }) => {
      const card =
        "SELECT card_token FROM payment_methods WHERE card_token LIKE 'ct-bob-%' ORDER BY 1 LIMIT 1";
      const answer = await alice.get('/profiles', { q: `' AND 1 = CAST((${card}) AS int) --` });
      return String((answer.json as { error: unknown }).error);
    },
    exposed: 'invalid input syntax for type integer: "ct-bob-',
  },
  {
    name: 'a failed write quotes the whole row',
    family: 'error probing',
    cwe: 'CWE-209',
    attempt: async ({ alice }) =>
      (await alice.patch(`/profiles/${aliceProfile}`, { display_name: null })).text,
    exposed: 'Failing row contains',
  },
  {
    name: 'somebody else’s profile is changed',
    family: 'write to a foreign row',
    cwe: 'CWE-639',
    attempt: async ({ alice, database }) => {
      await alice.patch(`/profiles/${bobProfile}`, { display_name: 'changed by alice' });
      const [row] = await database.query('SELECT display_name FROM profiles WHERE id = $1', [bobProfile]);
      return String(row?.display_name);
    },
    exposed: 'changed by alice',
  },
  {
    name: 'a profile is given to somebody else',
    family: 'mass assignment',
    cwe: 'CWE-915',
    attempt: async ({ alice, database }) => {
      await alice.patch(`/profiles/${aliceProfile}`, { user_id: BOB });
      const [row] = await database.query('SELECT user_id FROM profiles WHERE id = $1', [aliceProfile]);
      await database.query('UPDATE profiles SET user_id = $1 WHERE id = $2', [ALICE, aliceProfile]);
      return String(row?.user_id);
    },
    exposed: String(BOB),
  },
  {
    name: 'a resource is found by its key',
    family: 'IDOR by UUID',
    cwe: 'CWE-639',
    attempt: async ({ alice }) => (await alice.get(`/resource/${bobResource.id}`)).text,
    exposed: 'bob wrote this',
  },
  {
    name: 'a share is good for everyone who holds its token',
    family: 'IDOR by token',
    cwe: 'CWE-639',
    attempt: async ({ alice }) => (await alice.get(`/resource/${foreignShare.token}`)).text,
    exposed: String(foreignShare.resource_id),
  },
  {
    name: 'orders of any tenant and person are listed',
    family: 'IDOR by id',
    cwe: 'CWE-639',
    attempt: async ({ alice }) => (await alice.get('/orders', { tenant_id: '2', user_id: String(BOB) })).text,
    exposed: bobOrder,
  },
  {
    name: 'a sort key answers a question about a hidden column',
    family: 'injection: sub-select',
    cwe: 'CWE-89',
    attempt: async ({ alice }) => {
      const question = "SELECT is_admin FROM users WHERE email = 'bob@shop.test'";
      const sort = `CASE WHEN (${question}) THEN amount ELSE -amount END`;
      const amounts = ((await alice.get('/orders', { sort })).json as { amount: number }[]).map(
        ({ amount }) => amount,
      );
      return Number(amounts[0]) < Number(amounts.at(-1)) ? 'bob is an admin' : 'nothing to be learned';
    },
    exposed: 'bob is an admin',
  },
  {
    name: 'an order goes to somebody else’s address',
    family: 'foreign reference',
    cwe: 'CWE-639',
    attempt: async ({ alice }) =>
      (await alice.post('/orders', { address_id: bobAddress.id, amount: 500 })).text,
    exposed: String(bobAddress.line1),
  },
];

export const OWN = {
  profile: aliceProfile,
  address: textOf('addresses', 'id', { profile_id: aliceProfile }),
  shareToken: textOf('permissions', 'token', { user_id: ALICE }),
  orders: rowsWhere('orders', { user_id: ALICE }).length,
};
