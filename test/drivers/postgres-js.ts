import postgres from 'postgres';
import { ALICE, type DriverRun, FULL, type Report } from './driver.ts';

/** postgres.js: tagged templates, pipelining, cursors. It asks the catalog for array types when it connects. */
export const postgresJs: DriverRun = {
  name: 'postgres.js',
  async session(url, report) {
    const sql = postgres(url, { max: 2, onnotice: () => undefined });
    await values(sql, report);
    await transactions(sql, report);
    await failures(sql, report);
    await streams(sql, report);
    await sql.end();
  },
  async alice(url, tokens, report) {
    const as = (token?: string) =>
      postgres(url, { max: 1, ...(token === undefined ? {} : { connection: { 'cordon.token': token } }) });
    const owners = async (sql: postgres.Sql) =>
      (await sql`SELECT DISTINCT user_id FROM orders`).map((row) => row.user_id);
    const [alice, bob, nobody] = [as(tokens.alice), as(tokens.bob), as()];
    report('alice', await owners(alice));
    report(
      'foreign updates',
      (await alice`UPDATE profiles SET display_name = 'x' WHERE user_id <> ${ALICE}`).count,
    );
    report('bob', await owners(bob));
    report('anonymous', Number((await nobody`SELECT count(*) FROM products`)[0]?.count));
    await Promise.all([alice.end(), bob.end(), nobody.end()]);
  },
};

async function values(sql: postgres.Sql, report: Report): Promise<void> {
  const { big, took, ...simple } = FULL;
  const inserted = await sql`INSERT INTO things ${sql({ ...simple, big: String(big) })} RETURNING label`;
  report('inserted', [inserted.command, inserted.count, [...inserted]]);
  await sql`INSERT INTO things ${sql([{ label: '' }, { label: 'second' }])}`;
  const rows = await sql`SELECT * FROM things ORDER BY label`;
  report(
    'columns',
    rows.columns.map(({ name, type }) => [name, type]),
  );
  report(
    'rows',
    rows.map(({ id, ...row }) => [typeof id, row]),
  );
  report('in', [...(await sql`SELECT n FROM numbers WHERE n IN ${sql([1, 2, 3])} ORDER BY n`)]);
  report('dynamic', [...(await sql`SELECT ${sql(['n', 'word'])} FROM ${sql('numbers')} WHERE n = ${5}`)]);
  report(
    'updated',
    (
      await sql`UPDATE things SET ${sql({ docb: { k: ['v', null] }, tags: ['a', 'b'] }, 'docb', 'tags')} WHERE label = ''`
    ).count,
  );
  report('documents', [
    ...(await sql`SELECT docb, docb -> 'k' ->> 0 AS k, tags FROM things WHERE label = ''`),
  ]);
  report('simple', [...(await sql`SELECT 1 AS one; SELECT 2 AS two`.simple())]);
  report('unsafe', [...(await sql.unsafe('SELECT n, word FROM numbers WHERE n = $1', [3]))]);
  report(
    'described',
    (await sql`SELECT n, word FROM numbers WHERE n = ${1}`.describe()).columns.map(({ name }) => name),
  );
  report('values', await sql`SELECT n, word FROM numbers WHERE n < 3 ORDER BY n`.values());
  const both = await Promise.all([1, 2, 3, 4].map((n) => sql`SELECT word FROM numbers WHERE n = ${n}`));
  report(
    'pipelined',
    both.map((answer) => answer[0]),
  );
}

async function transactions(sql: postgres.Sql, report: Report): Promise<void> {
  await sql.begin(async (tx) => {
    await tx`INSERT INTO parts (thing_id, name) SELECT id, 'kept' FROM things WHERE label = ''`;
    await tx
      .savepoint(async (inner) => {
        await inner`DELETE FROM parts`;
        throw new Error('undo');
      })
      .catch(() => undefined);
  });
  report('after savepoint', [...(await sql`SELECT count(*)::int FROM parts`)]);
  await sql.begin('ISOLATION LEVEL SERIALIZABLE READ ONLY', async (tx) => {
    report('isolation', [...(await tx`SHOW transaction_isolation`)]);
  });
}

async function failures(sql: postgres.Sql, report: Report): Promise<void> {
  const failing = async (name: string, run: (tx: postgres.Sql) => Promise<unknown>) => {
    const outcome = await run(sql).then(
      () => 'no error',
      (error: { code: string }) => error.code,
    );
    report(name, outcome);
  };
  await failing('unique', (tx) => tx`INSERT INTO things (label) VALUES ('')`);
  await failing('not null', (tx) => tx`INSERT INTO things (label) VALUES (${null})`);
  await failing('division', (tx) => tx`SELECT 1 / (n - n) FROM numbers WHERE n = ${1}`);
  await failing('syntax', (tx) => tx`SELEC ${1}`);
  await failing('in a transaction', (tx) => tx.begin((inner) => inner`SELECT 1 / ${0}::int`));
  report('recovered', [...(await sql`SELECT 'recovered' AS x`)]);
}

async function streams(sql: postgres.Sql, report: Report): Promise<void> {
  const sizes: number[] = [];
  await sql`SELECT n FROM numbers ORDER BY n`.cursor(120, (rows) => void sizes.push(rows.length));
  report('cursor', sizes);
  const out: Buffer[] = [];
  for await (const chunk of await sql`COPY (SELECT n, word FROM numbers WHERE n < 4 ORDER BY n) TO STDOUT`.readable())
    out.push(chunk);
  report('copied out', Buffer.concat(out).toString());
  const target = await sql`COPY parts (thing_id, name) FROM STDIN`.writable();
  const [row] = await sql`SELECT id FROM things WHERE label = ''`;
  await new Promise<void>((resolve, reject) => {
    target.once('error', reject).once('finish', () => resolve());
    target.end(`${row?.id}\tcopied in\n`);
  });
  report('copied in', [...(await sql`SELECT count(*)::int FROM parts WHERE name = 'copied in'`)]);
}
