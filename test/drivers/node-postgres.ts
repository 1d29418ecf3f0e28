import pg from 'pg';
import { endPool } from '../databases/index.ts';
import { ALICE, type DriverRun, FULL, type Report } from './driver.ts';

const COLUMNS = Object.keys(FULL);
const SLOTS = COLUMNS.map((_, index) => `$${index + 1}`).join(', ');

/** node-postgres, as an app uses it: client, pool, named statements. */
export const nodePostgres: DriverRun = {
  name: 'node-postgres',
  async session(url, report) {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await values(client, report);
    await transactions(client, report);
    await failures(client, report);
    await client.end();
    await pool(url, report);
  },
  async alice(url, tokens, report) {
    const as = async (token?: string) => {
      const client = new pg.Client(token === undefined ? url : url.replace('app@', `token:${token}@`));
      await client.connect();
      return client;
    };
    const owners = async (client: pg.Client) =>
      (await client.query('SELECT DISTINCT user_id FROM orders')).rows.map((row) => row.user_id);
    const [alice, bob, nobody] = [await as(tokens.alice), await as(tokens.bob), await as()];
    report('alice', await owners(alice));
    report(
      'foreign updates',
      (await alice.query("UPDATE profiles SET display_name = 'x' WHERE user_id <> $1", [ALICE])).rowCount,
    );
    report('bob', await owners(bob));
    report('anonymous', Number((await nobody.query('SELECT count(*) FROM products')).rows[0].count));
    await Promise.all([alice.end(), bob.end(), nobody.end()]);
  },
};

async function values(client: pg.Client, report: Report): Promise<void> {
  const inserted = await client.query(
    `INSERT INTO things (${COLUMNS.join(', ')}) VALUES (${SLOTS}) RETURNING label`,
    Object.values(FULL),
  );
  report('inserted', [inserted.command, inserted.rowCount, inserted.rows]);
  await client.query("INSERT INTO things (label) VALUES ('')");
  const all = await client.query(`SELECT ${COLUMNS.join(', ')}, feeling FROM things ORDER BY label`);
  report(
    'columns',
    all.fields.map(({ name, dataTypeID, dataTypeSize, dataTypeModifier, format }) => [
      name,
      dataTypeID,
      dataTypeSize,
      dataTypeModifier,
      format,
    ]),
  );
  report('rows', all.rows);
  report('no rows', (await client.query('SELECT n FROM numbers WHERE n < $1', [0])).rows);
  report(
    'array rows',
    (
      await client.query({
        text: 'SELECT n, word FROM numbers WHERE n = ANY($1) ORDER BY n',
        values: [[3, 1]],
        rowMode: 'array',
      })
    ).rows,
  );
  for (const n of [1, 2, 3]) {
    const named = await client.query({
      name: 'by n',
      text: 'SELECT word FROM numbers WHERE n = $1',
      values: [n],
    });
    report('named', named.rows);
  }
  const several = (await client.query(
    'SELECT 1 AS one; UPDATE things SET small = 1; SELECT 2 AS two',
  )) as unknown as pg.QueryResult[];
  report(
    'several',
    several.map(({ command, rowCount, rows }) => [command, rowCount, rows]),
  );
  const binary = await client.query({
    text: 'SELECT n, word FROM numbers WHERE n = $1',
    values: [7],
    binary: true,
  } as pg.QueryConfig);
  report('binary', binary.rows);
  report('empty', (await client.query('')).rowCount);
}

async function transactions(client: pg.Client, report: Report): Promise<void> {
  const count = async () => (await client.query('SELECT count(*)::int FROM parts')).rows[0].count;
  await client.query('BEGIN');
  await client.query("INSERT INTO parts (thing_id, name) SELECT id, $1 FROM things WHERE label = ''", [
    'kept',
  ]);
  await client.query('SAVEPOINT a');
  report('deleted', (await client.query('DELETE FROM parts')).rowCount);
  await client.query('ROLLBACK TO a');
  await client.query('COMMIT');
  report('after commit', await count());
  await client.query('BEGIN ISOLATION LEVEL SERIALIZABLE');
  report('isolation', (await client.query('SHOW transaction_isolation')).rows);
  await client.query('DELETE FROM parts');
  await client.query('ROLLBACK');
  report('after rollback', await count());
}

async function failures(client: pg.Client, report: Report): Promise<void> {
  const failing = async (name: string, text: string, parameters?: unknown[]) => {
    const outcome = await client.query(text, parameters).then(
      () => 'no error',
      (error: { code: string; severity: string }) => [error.severity, error.code],
    );
    report(name, outcome);
  };
  await failing('unique', "INSERT INTO things (label) VALUES ('')");
  await failing('not null', 'INSERT INTO things (label) VALUES ($1)', [null]);
  await failing('foreign key', 'INSERT INTO parts (thing_id, name) VALUES ($1, $2)', [-1, 'x']);
  await failing('division', 'SELECT 1 / (n - n) FROM numbers WHERE n = $1', [1]);
  await failing('value', 'SELECT $1::int', ['x']);
  await failing('syntax', 'SELEC 1');
  await failing('too few parameters', 'SELECT $1::int, $2::int', [1]);
  await client.query('BEGIN');
  await failing('in a transaction', 'SELECT 1 / $1::int', [0]);
  await failing('still failed', 'SELECT 1');
  report('the end', (await client.query('COMMIT')).command);
  report('recovered', (await client.query("SELECT 'recovered' AS x")).rows);
}

async function pool(url: string, report: Report): Promise<void> {
  const connections = new pg.Pool({ connectionString: url, max: 3 });
  const words = [1, 2, 3, 4, 5, 6].map((n) =>
    connections.query('SELECT word FROM numbers WHERE n = $1', [n]),
  );
  report(
    'pool',
    (await Promise.all(words)).map((answer) => answer.rows[0]),
  );
  await endPool(connections);
}
