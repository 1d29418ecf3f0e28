/**
 * The shop of the demo under `cordon rls`: generated statements are answered as behind the guard, or in a way that the table of
 * differences names. The long form is `npm run rls:compare -- --statements 5000`.
 */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  describeWith,
  type PostgresDatabase,
  postgresRequirement,
  startPostgres,
} from '../databases/index.ts';
import { exampleLines, openShop, type Shop } from './campaign.ts';
import { DIFFERENCES } from './differences.ts';

const STATEMENTS = 500;
const SEED = 20_261_123;

describeWith([postgresRequirement()], 'row-level security and the guard, on the shop of the demo', () => {
  let server: PostgresDatabase;
  let shop: Shop;
  beforeAll(async () => {
    server = await startPostgres();
    shop = await openShop(server);
  }, 120_000);
  afterAll(async () => {
    await shop.close();
    await server.stop();
  });

  it.each(['member', 'anonymous'] as const)(
    `answer ${STATEMENTS} statements of role %s alike, or differ as documented`,
    { timeout: 120_000 },
    async (role) => {
      const report = await shop.campaign(role, STATEMENTS, SEED);
      expect(report.unexplained.flatMap(exampleLines)).toEqual([]);
      const alike = [...report.alike.values()].reduce((a, b) => a + b, 0);
      expect(alike).toBeGreaterThan(STATEMENTS * 0.6);
    },
  );

  it.each(['member', 'anonymous'] as const)(
    'what the gateway sends for role %s is answered alike under row-level security, or not at all',
    { timeout: 120_000 },
    async (role) => {
      const report = await shop.doubleCampaign(role, 150, SEED);
      expect(report.unexplained.flatMap(exampleLines)).toEqual([]);
    },
  );
});

it('the guide lists each difference', () => {
  const guide = readFileSync(new URL('../../docs/guide/row-level-security.md', import.meta.url), 'utf8');
  for (const { id } of DIFFERENCES) expect(guide).toContain(`| ${id} |`);
});
