/** The code of docs/guide/node.md, which a test runs. */
import { openShop } from './shop.ts';

const pool = await openShop();
const alice = { sub: 'a11ce000-0000-4000-8000-000000000001', tenant: 1, region: 'eu-west-1', role: 'member' };
const bob = { sub: 'b0b00000-0000-4000-8000-000000000002', tenant: 2, region: 'us-east-1', role: 'member' };

// section:app
import { cordon } from 'cordon/node';

const db = await cordon({ policy: 'examples/demo/cordon.yaml', pool });

for (const caller of [alice, bob]) {
  const { rows } = await db
    .as(caller)
    .query('SELECT email, password_hash FROM users WHERE email IS NOT NULL');
  console.log(rows);
}

const client = await db.as(alice).connect();
await client.query('BEGIN');
const changed = await client.query("UPDATE users SET name = 'x' WHERE id = $1", [bob.sub]);
console.log('rows of bob that alice changed:', changed.rowCount);
await client.query('ROLLBACK');
client.release();

await db.run(bob, async () => {
  const { rows } = await db.pool.query('SELECT DISTINCT user_id FROM orders');
  console.log('owners that bob meets:', rows.length);
});
const denied = await db.pool.query('SELECT * FROM orders').catch((error) => error.code);
console.log('nobody:', denied);
// endsection:app
await db.close();
