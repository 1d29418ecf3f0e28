import type { TestDatabase, TextRow } from '../databases/index.ts';

/** Every row of the shop that is somebody's, to be compared before and after. */
export async function rowsOf(
  database: Pick<TestDatabase, 'query'>,
  name: string,
): Promise<readonly (readonly TextRow[])[]> {
  const user = `(SELECT id FROM users WHERE email = '${name}@shop.test')`;
  const profiles = `(SELECT id FROM profiles WHERE user_id = ${user})`;
  const queries = [
    `SELECT * FROM users WHERE id = ${user}`,
    `SELECT * FROM profiles WHERE user_id = ${user}`,
    `SELECT * FROM addresses WHERE profile_id IN ${profiles} ORDER BY id`,
    `SELECT * FROM payment_methods WHERE profile_id IN ${profiles} ORDER BY id`,
    `SELECT * FROM resources WHERE owner_id = ${user} ORDER BY id`,
    `SELECT * FROM permissions WHERE user_id = ${user} ORDER BY resource_id`,
    `SELECT * FROM orders WHERE user_id = ${user} ORDER BY id`,
    `SELECT * FROM orders WHERE address_id IN (SELECT id FROM addresses WHERE profile_id IN ${profiles}) ORDER BY id`,
  ];
  return Promise.all(queries.map((query) => database.query(query)));
}
