/** What alice, bob and nobody try on a shop, and what must not be found in the evidence. */

import { people } from '../../examples/demo/shop.ts';
import type { Answer, Visitor } from '../flask/flask-app.ts';
import { MISTAKES, type Mistake, type Scene as MistakeScene, rowsWhere, textOf } from '../flask/mistakes.ts';

export interface Scene extends MistakeScene {
  readonly bob: Visitor;
}

export interface Attack extends Omit<Mistake, 'attempt'> {
  readonly as: 'alice' | 'bob' | 'nobody';
  readonly attempt: (scene: Scene) => Promise<string>;
}

/** In the order of the table. */
const FAMILIES: readonly string[] = [
  'IDOR by id',
  'IDOR by UUID',
  'IDOR by token',
  'enumeration',
  'injection: UNION',
  'injection: OR',
  'injection: stacked statement',
  'injection: sub-select',
  'relation by include',
  'mass assignment',
  'write to a foreign row',
  'foreign reference',
  'error probing',
  'other tenant, other region',
  'whole rows',
];

const ALICE = idOf('alice');
const BOB = idOf('bob');
const CAROL = idOf('carol');
const MISSING = 'ffffffff-ffff-4fff-8fff-ffffffffffff';

const aliceProfile = textOf('profiles', 'id', { user_id: ALICE });
const bobProfile = textOf('profiles', 'id', { user_id: BOB });
const carolProfile = textOf('profiles', 'id', { user_id: CAROL });
const alicePhone = textOf('profiles', 'phone', { user_id: ALICE });
const bobCard = textOf('payment_methods', 'card_token', { profile_id: bobProfile });
const aliceAddress = rowsWhere('addresses', { profile_id: aliceProfile })[0] ?? {};
const carolAddress = rowsWhere('addresses', { profile_id: carolProfile })[0] ?? {};
const bobAddress = rowsWhere('addresses', { profile_id: bobProfile })[0] ?? {};
const aliceOrder = textOf('orders', 'id', { user_id: ALICE });
const bobOrder = rowsWhere('orders', { user_id: BOB })[0] ?? {};

/** The one of them that is tried before a log-in. */
const SIGN_UP = 'sign-up takes is_admin from the form';

/** The mistakes of the example apps, one attack each. */
const mistakes: readonly Attack[] = MISTAKES.map((mistake) => ({
  ...mistake,
  as: mistake.name === SIGN_UP ? 'nobody' : 'alice',
}));

const byId: readonly Attack[] = [
  {
    name: 'the orders of tenant 1 are listed from tenant 2',
    family: 'IDOR by id',
    as: 'bob',
    cwe: 'CWE-639',
    attempt: async ({ bob }) => (await bob.get('/orders', { tenant_id: '1', user_id: ALICE })).text,
    exposed: aliceOrder,
  },
  {
    name: 'a profile is found by any id, from the other tenant',
    family: 'IDOR by UUID',
    as: 'bob',
    cwe: 'CWE-359',
    attempt: async ({ bob }) => (await bob.get('/profile', { profile_id: aliceProfile })).text,
    exposed: alicePhone,
  },
  {
    name: 'a profile is found by any id, without a log-in',
    family: 'IDOR by UUID',
    as: 'nobody',
    cwe: 'CWE-359',
    attempt: async ({ stranger }) => (await stranger.get('/profile', { profile_id: aliceProfile })).text,
    exposed: alicePhone,
  },
  {
    name: 'an order is found by any id',
    family: 'IDOR by UUID',
    as: 'alice',
    cwe: 'CWE-639',
    attempt: async ({ alice }) => (await alice.get(`/orders/${bobOrder.id}`)).text,
    exposed: String(bobOrder.address_id),
  },
  {
    name: 'an order is found by any id, from the other tenant',
    family: 'IDOR by UUID',
    as: 'bob',
    cwe: 'CWE-639',
    attempt: async ({ bob }) => (await bob.get(`/orders/${aliceOrder}`)).text,
    exposed: aliceOrder,
  },
];

const enumeration: readonly Attack[] = [
  {
    name: 'profile ids that exist are told from ids that do not',
    family: 'enumeration',
    as: 'alice',
    cwe: 'CWE-203',
    attempt: ({ alice }) => told((id) => alice.get('/profile', { profile_id: id }), bobProfile),
    exposed: 'told apart',
  },
  {
    name: 'order ids that exist are told from ids that do not',
    family: 'enumeration',
    as: 'bob',
    cwe: 'CWE-203',
    attempt: ({ bob }) => told((id) => bob.get(`/orders/${id}`), aliceOrder),
    exposed: 'told apart',
  },
  {
    name: 'resource keys that exist are told from keys that do not',
    family: 'enumeration',
    as: 'nobody',
    cwe: 'CWE-203',
    attempt: ({ stranger }) =>
      told((id) => stranger.get(`/resource/${id}`), textOf('resources', 'id', { owner_id: BOB })),
    exposed: 'told apart',
  },
  {
    name: 'profile ids that exist are told from ids that do not, by writing',
    family: 'enumeration',
    as: 'alice',
    cwe: 'CWE-203',
    attempt: ({ alice }) =>
      told((id) => alice.patch(`/profiles/${id}`, { display_name: 'Bob €' }), bobProfile),
    exposed: 'told apart',
  },
  {
    name: 'address ids that exist are told from ids that do not, by referring to them',
    family: 'enumeration',
    as: 'alice',
    cwe: 'CWE-203',
    attempt: ({ alice }) =>
      told((id) => alice.post('/orders', { address_id: id, amount: 1 }), String(bobAddress.id)),
    exposed: 'told apart',
  },
  {
    name: 'an empty search lists everyone',
    family: 'enumeration',
    as: 'nobody',
    cwe: 'CWE-359',
    attempt: async ({ stranger }) => (await stranger.get('/profiles', { q: '' })).text,
    exposed: 'Carol',
  },
];

const injections: readonly Attack[] = [
  {
    name: 'a search term reads hidden columns, from the other tenant',
    family: 'injection: UNION',
    as: 'bob',
    cwe: 'CWE-89',
    attempt: ({ bob }) => search(bob, "' UNION SELECT id, email FROM users WHERE tenant_id = 1 --"),
    exposed: 'carol@shop.test',
  },
  {
    name: 'a search term reads another table, without a log-in',
    family: 'injection: UNION',
    as: 'nobody',
    cwe: 'CWE-89',
    attempt: ({ stranger }) => search(stranger, "' UNION SELECT id, card_token FROM payment_methods --"),
    exposed: bobCard,
  },
  {
    name: 'a search term reads the settings of the server',
    family: 'injection: UNION',
    as: 'alice',
    cwe: 'CWE-89',
    attempt: ({ alice }) =>
      search(
        alice,
        "' UNION SELECT gen_random_uuid(), 'found ' || name FROM pg_settings WHERE name = 'data_directory' --",
      ),
    exposed: 'found data_directory',
  },
  {
    name: 'a search term is always true',
    family: 'injection: OR',
    as: 'alice',
    cwe: 'CWE-89',
    attempt: ({ alice }) => search(alice, "nobody' OR 1 = 1 --"),
    exposed: 'Heidi',
  },
  {
    name: 'a search term is always true, without a log-in',
    family: 'injection: OR',
    as: 'nobody',
    cwe: 'CWE-89',
    attempt: ({ stranger }) => search(stranger, "nobody' OR 1 = 1 --"),
    exposed: 'Carol',
  },
  {
    name: 'a statement behind the search makes an admin',
    family: 'injection: stacked statement',
    as: 'alice',
    cwe: 'CWE-89',
    attempt: async ({ alice, database }) => {
      await search(alice, `'; UPDATE users SET is_admin = true WHERE id = '${ALICE}'; COMMIT; --`);
      const [row] = await database.query('SELECT is_admin FROM users WHERE id = $1', [ALICE]);
      await database.query('UPDATE users SET is_admin = false WHERE id = $1', [ALICE]);
      return `alice is_admin: ${row?.is_admin}`;
    },
    exposed: 'alice is_admin: t',
  },
  {
    name: 'a statement behind the search grants a permission',
    family: 'injection: stacked statement',
    as: 'bob',
    cwe: 'CWE-89',
    attempt: async ({ bob, database }) => {
      const resources = `SELECT id, '${BOB}', 'pt-stolen' FROM resources WHERE owner_id = '${ALICE}' LIMIT 1`;
      await search(bob, `'; INSERT INTO permissions (resource_id, user_id, token) ${resources}; COMMIT; --`);
      const rows = await database.query("DELETE FROM permissions WHERE token = 'pt-stolen' RETURNING token");
      return rows.map(({ token }) => token).join();
    },
    exposed: 'pt-stolen',
  },
  {
    name: 'a statement behind the search empties a table',
    family: 'injection: stacked statement',
    as: 'nobody',
    cwe: 'CWE-89',
    attempt: async ({ stranger, database }) => {
      const add = "INSERT INTO products (name, price) VALUES ('stacked', 1)";
      await database.query(add);
      await search(stranger, "'; DELETE FROM products WHERE name = 'stacked'; COMMIT; --");
      const rows = await database.query("DELETE FROM products WHERE name = 'stacked' RETURNING name");
      return rows.length === 0 ? 'the product is gone' : 'the product is there';
    },
    exposed: 'the product is gone',
  },
  {
    name: 'a search term asks about a card of somebody else',
    family: 'injection: sub-select',
    as: 'alice',
    cwe: 'CWE-89',
    attempt: async ({ alice }) => {
      const ask = (like: string) =>
        search(
          alice,
          `ali' || (SELECT '' FROM payment_methods WHERE card_token LIKE '${like}' LIMIT 1) || '`,
        );
      return (await ask('ct-bob-_%')) === (await ask('ct-nobody-_%'))
        ? 'nothing to be learned'
        : 'a card is known';
    },
    exposed: 'a card is known',
  },
  {
    name: 'a search term counts the admins',
    family: 'injection: sub-select',
    as: 'nobody',
    cwe: 'CWE-89',
    attempt: ({ stranger }) =>
      search(
        stranger,
        "' UNION SELECT gen_random_uuid(), 'admins ' || (SELECT count(*) FROM users WHERE is_admin) --",
      ),
    exposed: 'admins 1',
  },
];

const relations: readonly Attack[] = [
  {
    name: 'cards of another tenant come with a profile',
    family: 'relation by include',
    as: 'alice',
    cwe: 'CWE-359',
    attempt: async ({ alice }) =>
      (await alice.get(`/profiles/${bobProfile}`, { include: 'payment_methods' })).text,
    exposed: bobCard,
  },
  {
    name: 'addresses of a colleague come with a profile',
    family: 'relation by include',
    as: 'alice',
    cwe: 'CWE-359',
    attempt: async ({ alice }) =>
      (await alice.get(`/profiles/${carolProfile}`, { include: 'addresses' })).text,
    exposed: String(carolAddress.line1),
  },
  {
    name: 'addresses come with a profile, without a log-in',
    family: 'relation by include',
    as: 'nobody',
    cwe: 'CWE-359',
    attempt: async ({ stranger }) =>
      (await stranger.get(`/profiles/${aliceProfile}`, { include: 'addresses' })).text,
    exposed: String(aliceAddress.line1),
  },
];

const writes: readonly Attack[] = [
  {
    name: 'somebody else’s profile is taken over',
    family: 'mass assignment',
    as: 'alice',
    cwe: 'CWE-915',
    attempt: ({ alice, database }) => changed(database, alice, bobProfile, 'user_id', ALICE),
    exposed: ALICE,
  },
  {
    name: 'the phone number of somebody in another tenant is changed',
    family: 'write to a foreign row',
    as: 'bob',
    cwe: 'CWE-639',
    attempt: ({ bob, database }) => changed(database, bob, aliceProfile, 'phone', 'changed by bob'),
    exposed: 'changed by bob',
  },
  {
    name: 'a profile is changed without a log-in',
    family: 'write to a foreign row',
    as: 'nobody',
    cwe: 'CWE-639',
    attempt: ({ stranger, database }) =>
      changed(database, stranger, aliceProfile, 'phone', 'changed by nobody'),
    exposed: 'changed by nobody',
  },
  {
    name: 'a colleague’s profile is changed',
    family: 'write to a foreign row',
    as: 'alice',
    cwe: 'CWE-639',
    attempt: ({ alice, database }) => changed(database, alice, carolProfile, 'phone', 'changed by alice'),
    exposed: 'changed by alice',
  },
  {
    name: 'an order goes to a colleague’s address',
    family: 'foreign reference',
    as: 'alice',
    cwe: 'CWE-639',
    attempt: async ({ alice }) =>
      (await alice.post('/orders', { address_id: carolAddress.id, amount: 500 })).text,
    exposed: String(carolAddress.line1),
  },
  {
    name: 'an order goes to an address in another tenant',
    family: 'foreign reference',
    as: 'bob',
    cwe: 'CWE-639',
    attempt: async ({ bob, database }) => {
      const before = await ordersTo(database, String(aliceAddress.id));
      await bob.post('/orders', { address_id: aliceAddress.id, amount: 500 });
      return (await ordersTo(database, String(aliceAddress.id))) === before ? 'refused' : 'placed';
    },
    exposed: 'placed',
  },
];

const probes: readonly Attack[] = [
  {
    name: 'an error says whether somebody is an admin',
    family: 'error probing',
    as: 'alice',
    cwe: 'CWE-209',
    attempt: async ({ alice }) => {
      const ask = async (name: string) => {
        const admins = `SELECT count(*) FROM users WHERE email = '${name}@shop.test' AND is_admin`;
        return (await alice.get('/profiles', { q: `' AND 1 / (${admins}) = 1 --` })).status;
      };
      return (await ask('bob')) === (await ask('heidi')) ? 'nothing to be learned' : 'bob is an admin';
    },
    exposed: 'bob is an admin',
  },
  {
    name: 'an error quotes a password hash, without a log-in',
    family: 'error probing',
    as: 'nobody',
    cwe: 'CWE-209',
    attempt: async ({ stranger }) => {
      const hash = "SELECT password_hash FROM users WHERE email = 'alice@shop.test'";
      const answer = await stranger.get('/profiles', { q: `' AND 1 = CAST((${hash}) AS int) --` });
      return answer.text;
    },
    exposed: 'pbkdf2:sha256',
  },
];

const borders: readonly Attack[] = [
  {
    name: 'people of another tenant are found',
    family: 'other tenant, other region',
    as: 'alice',
    cwe: 'CWE-359',
    attempt: ({ alice }) => search(alice, 'hei'),
    exposed: 'Heidi',
  },
  {
    name: 'orders of another region are read',
    family: 'other tenant, other region',
    as: 'alice',
    cwe: 'CWE-89',
    attempt: ({ alice }) =>
      search(alice, "' UNION SELECT id, 'in ' || crdb_region FROM orders WHERE crdb_region = 'us-east-1' --"),
    exposed: 'in us-east-1',
  },
  {
    name: 'names of another tenant are read',
    family: 'other tenant, other region',
    as: 'bob',
    cwe: 'CWE-89',
    attempt: ({ bob }) => search(bob, "' UNION SELECT id, name FROM users WHERE tenant_id = 1 --"),
    exposed: 'Grace',
  },
];

export const ATTACKS: readonly Attack[] = [
  ...mistakes,
  ...byId,
  ...enumeration,
  ...injections,
  ...relations,
  ...writes,
  ...probes,
  ...borders,
].sort((a, b) => familyOrder(a) - familyOrder(b));

function familyOrder({ family }: Attack): number {
  return FAMILIES.indexOf(family);
}

function idOf(name: string): string {
  return people().get(name)?.claims.sub ?? '';
}

async function search(visitor: Visitor, q: string): Promise<string> {
  return (await visitor.get('/profiles', { q })).text;
}

/** Whether an id that exists is answered in another way than one that does not. */
async function told(ask: (id: string) => Promise<Answer>, existing: string): Promise<string> {
  const [there, missing] = [await ask(existing), await ask(MISSING)];
  const same = there.status === missing.status && blank(there.text) === blank(missing.text);
  return same ? 'the same' : `told apart: ${there.text} ${missing.text}`;
}

/** An answer may repeat the id that was sent, or one that was made for it; that tells nothing. */
function blank(text: string): string {
  return text.replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '_');
}

/** What a column of a profile holds after the visitor tried to change it; put back afterwards. */
async function changed(
  database: Scene['database'],
  visitor: Visitor,
  profile: string,
  column: 'phone' | 'user_id',
  value: string,
): Promise<string> {
  const read = `SELECT ${column} AS value FROM profiles WHERE id = $1`;
  const [before] = await database.query(read, [profile]);
  await visitor.patch(`/profiles/${profile}`, { [column]: value });
  const [after] = await database.query(read, [profile]);
  await database.query(`UPDATE profiles SET ${column} = $1 WHERE id = $2`, [before?.value, profile]);
  return String(after?.value);
}

async function ordersTo(database: Scene['database'], address: string): Promise<string> {
  const rows = await database.query('SELECT count(*) FROM orders WHERE address_id = $1', [address]);
  return String(rows[0]?.count);
}
