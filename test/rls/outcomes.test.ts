/** The table of outcomes, run: Postgres' own row-level security, and the guard on the same rows, for both dialects of the server. */
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Dialect } from '../../src/catalog/index.ts';
import { createGuard } from '../../src/guard/guard.ts';
import { loadPolicy, principalOf } from '../../src/policy/index.ts';
import { createParser } from '../../src/sql/index.ts';
import {
  describeWith,
  type PostgresDatabase,
  postgresRequirement,
  startPostgres,
} from '../databases/index.ts';
import { connect, readCatalog } from './borders.ts';
import { FIXTURE, type Outcome, type Policy, SITUATIONS, type Situation } from './outcomes.ts';

const parser = await createParser();

describeWith([postgresRequirement()], 'the table of outcomes', () => {
  let server: PostgresDatabase;
  let client: pg.Client;
  beforeAll(async () => {
    server = await startPostgres();
    client = await connect(await server.createDatabase('outcomes'));
    await client.query('CREATE ROLE app; CREATE ROLE other; CREATE ROLE owner');
    await client.query(FIXTURE);
  }, 120_000);
  afterAll(async () => {
    await client.end();
    await server.stop();
  });

  /** Runs a piece of work in a transaction that is undone. */
  async function undone<T>(work: () => Promise<T>): Promise<T> {
    await client.query('BEGIN');
    try {
      return await work();
    } finally {
      await client.query('ROLLBACK');
    }
  }

  async function answer(sql: string): Promise<Outcome> {
    await client.query('SAVEPOINT s');
    try {
      const { rowCount } = await client.query(sql);
      if (/^TRUNCATE/.test(sql)) return 'ok 0';
      return rowCount === 0 ? 'NONE' : `ok ${rowCount}`;
    } catch (error) {
      const { code } = error as { code?: string };
      await client.query('ROLLBACK TO SAVEPOINT s');
      // The second is the guard's own marker.
      return code === '42501' || code === '22P02' ? 'ERR' : String(code);
    }
  }

  const secured = ({ prepare, policies, statement }: Situation): Promise<Outcome> =>
    undone(async () => {
      await client.query(prepare ?? 'ALTER TABLE t ENABLE ROW LEVEL SECURITY');
      for (const [index, policy] of policies.entries()) await client.query(policyText(policy, index));
      await client.query('SET LOCAL ROLE app');
      return answer(statement);
    });

  async function guarded(situation: Situation, dialect: Dialect): Promise<Outcome> {
    const { policy } = loadPolicy(policyOf(situation));
    if (policy === undefined) throw new Error('the rules have mistakes');
    const catalog = { ...(await readCatalog(client)), dialect };
    const principal = principalOf(policy, {});
    const judged = createGuard({ policy, catalog, parser })
      .session()
      .judgeQuery(situation.statement, principal);
    if (judged.kind === 'denied') return judged.error.sqlstate === '0A000' ? '0A000' : 'ERR';
    const [statement] = judged.statements;
    return undone(() => answer(statement?.textFor(principal) ?? ''));
  }

  describe('on Postgres', () => {
    it.each(SITUATIONS.filter(({ only }) => only === undefined))('$id: $what', async (situation) => {
      expect(await secured(situation)).toBe(situation.postgres ?? situation.cockroachdb);
    });
  });

  describe.each(['postgres', 'cockroachdb'] as const)(
    'behind the guard of a server of dialect %s',
    (dialect) => {
      const fitting = SITUATIONS.filter(({ only }) => only === undefined || only === dialect);
      it.each(fitting)('$id: $what', async (situation) => {
        expect(await guarded(situation, dialect)).toBe(situation.guard ?? situation.cockroachdb);
      });
    },
  );

  it('a row in which the columns differ says why', () => {
    for (const { id, postgres, guard, cockroachdb, why } of SITUATIONS) {
      const differs = (guard ?? cockroachdb) !== cockroachdb || postgres !== undefined;
      expect(differs && why === undefined ? id : '').toBe('');
    }
  });
});

function policyText({ command, restrictive, using, check }: Policy, index: number): string {
  const kind = restrictive === true ? 'RESTRICTIVE' : 'PERMISSIVE';
  const clauses = [
    using === undefined ? '' : ` USING (${using})`,
    check === undefined ? '' : ` WITH CHECK (${check})`,
  ].join('');
  return `CREATE POLICY p${index} ON t AS ${kind} FOR ${command} TO app${clauses}`;
}

function policyOf({ id, rules }: Situation): string {
  const own =
    rules.length === 0 ? '' : `  t:\n    rules:\n${rules.map((rule) => `      - ${rule}\n`).join('')}`;
  const deletes = id === 'F5' ? ', delete: true' : '';
  return `version: 1
identity: { token: { issuer: x, audience: y, secretEnv: SECRET } }
relations:
  parent: { rules: [{ for: member, rows: "seen = true", read: all${deletes} }] }
  child: { rules: [{ for: member, rows: "c > 0", read: all, insert: all }] }
${own}`;
}
