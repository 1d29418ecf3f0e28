/**
 * Statements rewritten and printed for CockroachDB, run on Postgres with bare flags: no sub-select is a fence there, so each guard
 * has to hold alone. The long run is `npm run prove -- --dialect cockroachdb`.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { LEAKS } from '../../scripts/leaks.ts';
import { describeWith, type PostgresDatabase, postgresRequirement } from '../databases/index.ts';
import { campaign, emptyReport } from './campaign.ts';
import { Dice } from './dice.ts';
import { type Laboratory, PEOPLE, serverLaboratory, startServer } from './laboratory.ts';
import { randomSettings } from './settings.ts';
import { Trial } from './trial.ts';

const SEED = 23;
const CASES = 100;

describeWith([postgresRequirement()], 'placement for CockroachDB, where no fence stands', () => {
  let server: PostgresDatabase;
  let laboratory: Laboratory;
  beforeAll(async () => {
    server = await startServer();
    const options = {
      seed: SEED,
      bulk: 300,
      analyzed: true,
      dialect: 'cockroachdb',
      bareFlags: true,
    } as const;
    laboratory = await serverLaboratory(server, 'cockroachdb', options);
  }, 120_000);
  afterAll(async () => {
    await laboratory.stop();
    await server.stop();
  });

  it(`${CASES} random cases are equal in all worlds`, async () => {
    const options = { seed: SEED, first: 0, cases: CASES, bareEvery: 1000 };
    const report = await campaign(laboratory, options, emptyReport());
    expect(report.violations).toEqual([]);
    expect(report.bugs).toEqual([]);
    expect(report.broken).toEqual([]);
  }, 120_000);

  it('no statement of the catalogue of leaks tells of hidden rows, under two plans each', async () => {
    const trial = new Trial(laboratory);
    const [caller] = PEOPLE;
    if (caller === undefined) throw new Error('nobody asks');
    for (const { text } of LEAKS.filter((leak) => leak.cockroachdb !== true && leak.key !== true)) {
      for (let plan = 0; plan < 2; plan++) {
        const dice = new Dice(plan);
        const settings = plan === 0 ? 'SELECT 1' : randomSettings(dice);
        const writes = /^(INSERT|UPDATE|DELETE|WITH w)/.test(text);
        const one = { caller, settings, steps: [{ text, ordered: false, writes }] };
        const verdict = await trial.judge(one, dice);
        expect(['equal', 'plan'], `${text}: ${JSON.stringify(verdict)}`).toContain(verdict.kind);
      }
    }
  }, 120_000);
});
