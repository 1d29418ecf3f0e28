/**
 * Runs random statements in worlds that differ only in what the caller may not see, and compares everything that the caller
 * receives; see docs/reference/proof.md.
 *
 *     npm run prove -- --cases 20000 --seed 1 [--database postgres|pglite] [--dialect postgres|cockroachdb] [--flags bare|opaque]
 *         [--case 1234] [--statement 'SELECT …']
 *
 * `--dialect cockroachdb` rewrites and prints for a server of that kind and runs the text on Postgres, whose optimizer does not know the
 * promises of CockroachDB: flags are sent bare, so that no sub-select is a fence for it, unless `--flags opaque` is asked for.
 */
import { parseArgs } from 'node:util';
import { campaign, caseOf, emptyReport, type Violation } from '../test/noninterference/campaign.ts';
import { Dice } from '../test/noninterference/dice.ts';
import {
  embeddedLaboratory,
  type Laboratory,
  type LaboratoryOptions,
  PEOPLE,
  serverLaboratory,
  startServer,
} from '../test/noninterference/laboratory.ts';
import { randomSettings, Trial } from '../test/noninterference/trial.ts';

/** Each round has new rows. */
const ROUND = 1000;

const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: '2000' },
    seed: { type: 'string', default: '1' },
    database: { type: 'string', default: 'postgres' },
    bulk: { type: 'string', default: '2000' },
    case: { type: 'string' },
    statement: { type: 'string', multiple: true },
    dialect: { type: 'string', default: 'postgres' },
    flags: { type: 'string', default: 'bare' },
  },
});
const cases = Number(values.cases);
const seed = Number(values.seed);

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

const server = values.database === 'pglite' ? undefined : await startServer();

async function laboratoryOf(round: number): Promise<Laboratory> {
  const options: LaboratoryOptions = {
    seed: seed * 1000 + round,
    bulk: server === undefined ? 200 : Number(values.bulk),
    analyzed: round % 2 === 0,
    dialect: values.dialect === 'cockroachdb' ? 'cockroachdb' : 'postgres',
    bareFlags: values.flags !== 'opaque',
  };
  return server === undefined
    ? embeddedLaboratory(options)
    : serverLaboratory(server, `round_${round}`, options);
}

function tell(violation: Violation): void {
  const { number, caller, shrunk, seen, sent, settings, statements } = violation;
  say(`\nVIOLATION in case ${number}, as ${caller}`);
  for (const text of shrunk) say(`  ${text};`);
  say(`  generated: ${statements.join('; ')}`);
  for (const [world, text] of Object.entries(seen))
    say(`  ${world}: ${text.slice(0, 600).replaceAll('\n', ' | ')}`);
  for (const text of sent) say(`  sent: ${text}`);
  say(`  settings: ${settings}\n`);
}

async function showCase(number: number): Promise<void> {
  const laboratory = await laboratoryOf(Math.floor(number / ROUND));
  const one = caseOf(seed, number);
  const verdict = await new Trial(laboratory).judge(one, new Dice(number));
  say(JSON.stringify({ ...one, caller: one.caller.name }, undefined, 1));
  say(JSON.stringify(verdict, undefined, 1));
  await laboratory.stop();
}

/** Statements of one's own, each as alice under many plans. */
async function showStatements(texts: readonly string[]): Promise<void> {
  const laboratory = await laboratoryOf(0);
  const trial = new Trial(laboratory);
  const [alice] = PEOPLE;
  if (alice === undefined) return;
  for (const text of texts) {
    const found = new Map<string, number>();
    for (let attempt = 0; attempt < 20; attempt++) {
      const dice = new Dice(attempt);
      const settings = attempt === 0 ? 'SELECT 1' : randomSettings(dice);
      const steps = [{ text, ordered: false, writes: /^(INSERT|UPDATE|DELETE|WITH)/.test(text) }];
      const verdict = await trial.judge({ caller: alice, settings, steps }, dice);
      const shown = JSON.stringify(verdict.kind === 'violation' ? verdict.seen : verdict).slice(0, 600);
      found.set(`${verdict.kind} ${shown}`, (found.get(`${verdict.kind} ${shown}`) ?? 0) + 1);
    }
    say(text);
    for (const [shown, count] of found) say(`  ${count}: ${shown}`);
  }
  await laboratory.stop();
}

async function prove(): Promise<number> {
  const report = emptyReport();
  for (let round = 0; round * ROUND < cases; round++) {
    const laboratory = await laboratoryOf(round);
    const size = Math.min(ROUND, cases - round * ROUND);
    await campaign(
      laboratory,
      { seed, first: round * ROUND, cases: size, bareEvery: 10, onViolation: tell },
      report,
    );
    await laboratory.stop();
    const { denied, failed, slow, plan, bare, bareDiffers, violations } = report;
    say(
      `${report.cases} cases: ${denied} denied, ${failed} failed alike, ${plan} by plan, ${slow} too slow, ` +
        `${violations.length} violations; without the guard ${bareDiffers} of ${bare} differ`,
    );
  }
  const codes = [...report.codes].sort(([, a], [, b]) => b - a).map(([code, count]) => `${code} ${count}`);
  say(`errors: ${codes.join(', ')}`);
  const reasons = [...report.reasons].sort(([, a], [, b]) => b - a).slice(0, 25);
  for (const [reason, count] of reasons) say(`denied ${count}: ${reason}`);
  for (const text of report.broken.slice(0, 40)) say(`broken: ${text.slice(0, 700)}`);
  for (const text of report.bugs.slice(0, 40)) say(`bug: ${text.slice(0, 700)}`);
  say(`cases=${report.cases} violations=${report.violations.length}`);
  return report.violations.length + report.bugs.length;
}

if (values.statement !== undefined) await showStatements(values.statement);
else if (values.case === undefined) process.exitCode = (await prove()) === 0 ? 0 : 1;
else await showCase(Number(values.case));
await server?.stop();
