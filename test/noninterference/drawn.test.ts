/** Laboratories that are drawn by seed, in a few cases each, and the harness itself; the long run is `npm run prove`. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeWith, postgresRequirement, requirement } from '../databases/index.ts';
import { diceOf, emptyReport, mergeReports } from './campaign.ts';
import { query, runOn } from './channel.ts';
import { Dice } from './dice.ts';
import { Proof, type ProofOptions } from './proof.ts';
import { type Case, Trial } from './trial.ts';
import type { Step } from './writes.ts';

const OPTIONS = {
  seed: 77,
  laboratory: 'drawn',
  bulk: 300,
  dialect: 'postgres',
  bareFlags: true,
} as const;

const KINDS = [
  { database: 'pglite', needs: requirement('pglite', undefined), cases: 20 },
  { database: 'postgres', needs: postgresRequirement(), cases: 60 },
] as const;

for (const { database, needs, cases } of KINDS) {
  describeWith([needs], `drawn laboratories on ${database}`, () => {
    const options: ProofOptions = { ...OPTIONS, database };
    let proof: Proof;
    beforeAll(async () => {
      proof = await Proof.open(options);
    }, 120_000);
    afterAll(() => proof.stop());

    it('answers and sessions of two schemas and policies are equal in all worlds', async () => {
      let report = emptyReport();
      for (const index of [1, 2]) {
        const unit = { index, first: index * 1000, cases };
        report = mergeReports(report, await proof.run(unit, { bareEvery: 4 }));
      }
      expect(report.violations).toEqual([]);
      expect(report.bugs).toEqual([]);
      expect(report.bareDiffers).toBeGreaterThan(0);
    }, 240_000);

    it('a laboratory and its cases are told by seed and number', async () => {
      const text = async (): Promise<string> => {
        const laboratory = await proof.laboratory(3);
        const one = laboratory.caseOf(diceOf(7, 1234));
        return `${laboratory.told} ${JSON.stringify(one.steps)}`;
      };
      expect(await text()).toBe(await text());
    }, 120_000);

    it('what a session commits is put back, so that no case depends on those before it', async () => {
      const laboratory = await proof.laboratory(1);
      const { clear } = laboratory;
      const [table] = await tablesOf(proof);
      const rows = (): Promise<string> => runOn(clear.channel, `SELECT count(*) FROM ${table}`);
      const before = await rows();
      const steps: Step[] = [
        { text: 'BEGIN', ordered: false, writes: false, begins: true },
        { text: `DELETE FROM ${table}`, ordered: false, writes: true },
        { text: 'COMMIT', ordered: false, writes: false },
      ];
      const one = laboratory.caseOf(new Dice(1));
      const session: Case = { caller: one.caller, settings: one.settings, steps, session: true };
      await new Trial(laboratory).differsBare(session);
      expect(await rows()).toBe(before);
    }, 120_000);

    it('a change of rows of others is told', async () => {
      const laboratory = await proof.laboratory(1);
      const [table] = await tablesOf(proof);
      const { caller } = laboratory.caseOf(new Dice(1));
      const [world] = laboratory.worlds;
      const watch = await world?.watchOf(caller);
      await runOn(laboratory.clear.channel, 'SELECT 1');
      if (world === undefined || watch === undefined) throw new Error('nothing is watched');
      await runOn(world.channel, `BEGIN; SET LOCAL session_replication_role = replica; DELETE FROM ${table}`);
      expect(await runOn(world.channel, watch.inside)).toContain(table);
      await runOn(world.channel, 'ROLLBACK; BEGIN');
      expect(await runOn(world.channel, watch.inside)).toBe('');
      await runOn(world.channel, 'ROLLBACK');
    }, 120_000);

    it('each answer goes to the request that it is for, whatever failed before it', async () => {
      const { channel } = (await proof.laboratory(1)).clear;
      const asked = [0, 1, 2].map((number) =>
        channel.exchange([query(`SELECT 1 / ${number}`), query(`SELECT ${number} AS n`)]),
      );
      const answers = await Promise.all(asked);
      const numbers = answers.map(([, second]) =>
        second?.flatMap((answer) => (answer.kind === 'row' ? answer.values : [])),
      );
      expect(numbers).toEqual([['0'], ['1'], ['2']]);
    }, 120_000);
  });
}

/** Relations of the first drawn laboratory that hold rows. */
async function tablesOf(proof: Proof): Promise<readonly string[]> {
  const { told } = await proof.laboratory(1);
  return [...told.matchAll(/CREATE TABLE (\w+)/g)].map((match) => match[1] ?? '').slice(1);
}
