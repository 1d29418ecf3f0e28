/** Times `shape` and prints JSON: nanoseconds of one call, the least of several rounds. */
import { shape } from '../src/sql/shape/index.ts';

const columns = ['id', 'tenant_id', 'owner_id', 'title', 'status', 'amount', 'created_at', 'updated_at'];
const selected = ['o', 'c', 'p', 'l', 'u'].flatMap((alias) =>
  columns.map((column) => `${alias}.${column} AS ${alias}_${column}`),
);

const STATEMENTS = {
  simple: "SELECT id, name, email FROM users WHERE id = 42 AND status = 'active' LIMIT 1",
  fiveTableJoin: `SELECT ${selected.join(', ')} FROM orders o JOIN customers c ON c.id = o.customer_id JOIN products p ON p.id = o.product_id
    LEFT JOIN lines l ON l.order_id = o.id LEFT JOIN users u ON u.id = o.owner_id
    WHERE o.status IN ('open', 'paid') AND o.amount > 12.5 AND c.region = 'north' AND u.id = 7 ORDER BY o.created_at DESC LIMIT 20 OFFSET 40`,
  upsert:
    "INSERT INTO settings (user_id, name, value) VALUES (7, 'theme', 'dark') ON CONFLICT (user_id, name) DO UPDATE SET value = excluded.value",
  rows200: `INSERT INTO t (a, b, c) VALUES ${Array.from({ length: 200 }, (_, i) => `(${i}, 'name ${i}', '2024-01-01 00:00:00'::timestamptz)`).join(', ')}`,
};

const ROUNDS = 20;
const ROUND_MS = 20;

function nanosecondsOf(text: string): number {
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round += 1) least = Math.min(least, roundOf(text));
  return Math.round(least);
}

function roundOf(text: string): number {
  const seen = new Map<string, number>();
  const start = performance.now();
  let calls = 0;
  while (performance.now() - start < ROUND_MS) {
    for (let i = 0; i < 50; i += 1) {
      // The look-up makes the key a flat string, as the cache would.
      const { key } = shape(text);
      seen.set(key, (seen.get(key) ?? 0) + 1);
    }
    calls += 50;
  }
  return ((performance.now() - start) * 1e6) / calls;
}

const figures = Object.entries(STATEMENTS).map(([name, text]) => [
  name,
  { units: text.length, slots: shape(text).slots.length, nanoseconds: nanosecondsOf(text) },
]);
process.stdout.write(`${JSON.stringify(Object.fromEntries(figures), null, 2)}\n`);
