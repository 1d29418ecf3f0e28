/** The code of docs/guide/testing.md, which a test runs. */

// section:isolated
import { embedded, expectIsolated } from 'cordon/testing';

const schema = 'examples/demo/schema.sql';
const policy = 'examples/demo/cordon.yaml';

await expectIsolated(
  policy,
  [
    'SELECT * FROM orders ORDER BY id',
    'SELECT p.display_name, a.city FROM profiles p JOIN addresses a ON a.profile_id = p.id',
    { text: 'SELECT * FROM orders WHERE user_id = $1', values: ({ claims }) => [claims.get('user')] },
  ],
  { schema, private: { orders: 'user_id = :user' } },
);
console.log('nobody sees the orders of another');
// endsection:isolated

// section:embedded
const shop = await embedded({ schema, policy, seed: 'examples/demo/seed.sql' });
const alice = { sub: 'a11ce000-0000-4000-8000-000000000001', tenant: 1, region: 'eu-west-1', role: 'member' };
const { rows } = await shop.as(alice).query('SELECT name FROM users WHERE id = $1', [alice.sub]);
console.log(rows);
await shop.close();
// endsection:embedded
