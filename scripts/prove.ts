/**
 * Runs random statements in worlds that differ only in what the caller may not see, and compares everything that the caller
 * receives; see docs/reference/proof.md.
 *
 *     npm run prove -- --cases 20000 --seed 1 [--workers 2] [--resume FILE] [--database postgres|pglite] [--laboratory drawn|fixed]
 *         [--dialect postgres|cockroachdb] [--flags bare|opaque] [--first] [--case 1234] [--show 3] [--statement 'SELECT …']
 *
 * `--dialect cockroachdb` rewrites and prints for a server of that kind and runs the text on Postgres, whose optimizer does not know the
 * promises of CockroachDB: flags are sent bare, so that no sub-select is a fence for it, unless `--flags opaque` is asked for.
 */
import { fork } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  diceOf,
  emptyReport,
  mergeReports,
  type Report,
  type Violation,
} from '../test/noninterference/campaign.ts';
import { Dice } from '../test/noninterference/dice.ts';
import { PEOPLE } from '../test/noninterference/laboratory.ts';
import { Proof, type ProofOptions, type Unit, unitsOf, unitWith } from '../test/noninterference/proof.ts';
import { randomSettings } from '../test/noninterference/settings.ts';
import { Trial } from '../test/noninterference/trial.ts';

const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: '2000' },
    seed: { type: 'string', default: '1' },
    database: { type: 'string', default: 'postgres' },
    laboratory: { type: 'string', default: 'drawn' },
    bulk: { type: 'string', default: '2000' },
    workers: { type: 'string', default: '1' },
    resume: { type: 'string' },
    first: { type: 'boolean', default: false },
    case: { type: 'string' },
    show: { type: 'string' },
    statement: { type: 'string', multiple: true },
    dialect: { type: 'string', default: 'postgres' },
    flags: { type: 'string', default: 'bare' },
  },
});
const cases = Number(values.cases);
const options: ProofOptions = {
  seed: Number(values.seed),
  database: values.database === 'pglite' ? 'pglite' : 'postgres',
  laboratory: values.laboratory === 'fixed' ? 'fixed' : 'drawn',
  bulk: Number(values.bulk),
  dialect: values.dialect === 'cockroachdb' ? 'cockroachdb' : 'postgres',
  bareFlags: values.flags !== 'opaque',
};

/** How often the bare database is asked too, and whether to go on after a violation. */
const HOW = { bareEvery: 20, stopsAtFirst: values.first };

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** As a case of the golden files is written: why, who asks, the statement. */
function tell(violation: Violation): void {
  const { number, caller, shrunk, seen, sent, settings, statements, told } = violation;
  say(`\nVIOLATION in case ${number}: npm run prove -- --seed ${options.seed} --case ${number}`);
  say('-- What the caller receives depends on rows that the caller may not see.');
  say(`-- principal: ${caller}`);
  for (const text of shrunk) say(`${text};`);
  say(`\n${told}\n`);
  say(`generated: ${statements.join('; ')}`);
  for (const [world, text] of Object.entries(seen))
    say(`${world}: ${text.slice(0, 600).replaceAll('\n', ' | ')}`);
  for (const text of sent) say(`sent: ${text}`);
  say(`settings: ${settings}\n`);
}

/** What is done of a proof, kept in a file after each unit. */
interface State {
  readonly options: ProofOptions;
  readonly done: readonly number[];
  readonly report: StoredReport;
}

type StoredReport = Omit<Report, 'codes' | 'reasons'> & {
  readonly codes: readonly (readonly [string, number])[];
  readonly reasons: readonly (readonly [string, number])[];
};

function stored(report: Report): StoredReport {
  return { ...report, codes: [...report.codes], reasons: [...report.reasons] };
}

function restored(report: StoredReport): Report {
  return { ...report, codes: new Map(report.codes), reasons: new Map(report.reasons) };
}

class Progress {
  readonly file: string;
  readonly #done: Set<number>;
  readonly #started = Date.now();
  #now = 0;
  report: Report;

  /** `goesOn`: what the file holds is done already; a file of that name is otherwise written anew. */
  constructor(file: string, goesOn: boolean) {
    this.file = file;
    const state = goesOn && existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as State) : undefined;
    if (state !== undefined && JSON.stringify(state.options) !== JSON.stringify(options))
      throw new Error(`${file} belongs to a proof with other options`);
    this.#done = new Set(state?.done);
    this.report = state === undefined ? emptyReport() : restored(state.report);
  }

  isDone(unit: Unit): boolean {
    return this.#done.has(unit.index);
  }

  add(unit: Unit, report: Report): void {
    this.#done.add(unit.index);
    this.#now += report.cases;
    this.report = mergeReports(this.report, report);
    const state: State = { options, done: [...this.#done], report: stored(this.report) };
    mkdirSync(dirname(this.file), { recursive: true });
    writeFileSync(`${this.file}.new`, JSON.stringify(state));
    renameSync(`${this.file}.new`, this.file);
    this.#show();
  }

  #show(): void {
    const { denied, failed, slow, plan, bare, bareDiffers, violations, bugs } = this.report;
    const rate = Math.round((this.#now * 1000) / (Date.now() - this.#started));
    say(
      `${this.report.cases} of ${cases} cases (${rate}/s): ${denied} denied, ${failed} failed alike, ${plan} by plan, ${slow} too slow, ` +
        `${violations.length} violations, ${bugs.length} bugs; without the guard ${bareDiffers} of ${bare} differ`,
    );
  }
}

function defaultState(): string {
  const { seed, database, laboratory, dialect } = options;
  return join(tmpdir(), `cordon-prove-${seed}-${database}-${laboratory}-${dialect}.json`);
}

async function prove(): Promise<number> {
  const progress = new Progress(values.resume ?? defaultState(), values.resume !== undefined);
  say(`a proof that was stopped goes on with --resume ${progress.file}`);
  const units = unitsOf(options, cases).filter((unit) => !progress.isDone(unit));
  const done = (unit: Unit, report: Report): void => {
    for (const violation of report.violations) tell(violation);
    progress.add(unit, report);
  };
  if (Number(values.workers) > 1) await withWorkers(units, done);
  else await alone(units, done);
  return summary(progress.report);
}

async function alone(units: readonly Unit[], done: (unit: Unit, report: Report) => void): Promise<void> {
  const proof = await Proof.open(options);
  for (const unit of units) {
    const report = await proof.run(unit, HOW);
    done(unit, report);
    if (values.first && report.violations.length > 0) break;
  }
  await proof.stop();
}

/** Each worker has a server of its own, and takes the next unit when it is done with one. */
async function withWorkers(
  units: readonly Unit[],
  done: (unit: Unit, report: Report) => void,
): Promise<void> {
  const left = [...units];
  const one = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const child = fork(process.argv[1] ?? '', process.argv.slice(2), {
        env: { ...process.env, CORDON_PROVE_WORKER: '1' },
      });
      let at: Unit | undefined;
      const next = (): void => {
        at = left.shift();
        child.send(at ?? 'end');
      };
      child.on('message', (message: StoredReport | null) => {
        if (message !== null && at !== undefined) done(at, restored(message));
        next();
      });
      child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`a worker ended with ${code}`))));
    });
  await Promise.all(Array.from({ length: Number(values.workers) }, one));
}

async function work(): Promise<void> {
  const proof = await Proof.open(options);
  const ended = new Promise<void>((resolve, reject) => {
    process.on('message', (unit: Unit | 'end') => {
      if (unit === 'end') return resolve();
      proof.run(unit, HOW).then((report) => process.send?.(stored(report)), reject);
    });
    process.on('disconnect', resolve);
  });
  process.send?.(null);
  await ended.finally(() => proof.stop());
  process.disconnect?.();
}

function summary(report: Report): number {
  const codes = [...report.codes].sort(([, a], [, b]) => b - a).map(([code, count]) => `${code} ${count}`);
  say(`errors: ${codes.join(', ')}`);
  const reasons = [...report.reasons].sort(([, a], [, b]) => b - a).slice(0, 25);
  for (const [reason, count] of reasons) say(`denied ${count}: ${reason}`);
  for (const text of report.broken.slice(0, 40)) say(`broken: ${text.slice(0, 700)}`);
  for (const text of report.bugs.slice(0, 40)) say(`bug: ${text.slice(0, 700)}`);
  say(`cases=${report.cases} violations=${report.violations.length}`);
  return report.violations.length + report.bugs.length;
}

async function showCase(number: number): Promise<void> {
  const proof = await Proof.open(options);
  const laboratory = await proof.laboratory(unitWith(options, number));
  const one = laboratory.caseOf(diceOf(options.seed, number));
  const verdict = await new Trial(laboratory).judge(one, new Dice(number));
  say(laboratory.told);
  say(JSON.stringify({ ...one, caller: one.caller.name }, undefined, 1));
  say(JSON.stringify(verdict, undefined, 1));
  await laboratory.stop();
  await proof.stop();
}

/** Statements of one's own in the fixed laboratory, each as alice under many plans. */
async function showStatements(texts: readonly string[]): Promise<void> {
  const proof = await Proof.open({ ...options, laboratory: 'fixed' });
  const laboratory = await proof.laboratory(0);
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
  await proof.stop();
}

/** The laboratory of a unit, in words. */
async function showLaboratory(index: number): Promise<void> {
  const proof = await Proof.open(options);
  const laboratory = await proof.laboratory(index);
  say(laboratory.told);
  await laboratory.stop();
  await proof.stop();
}

if (process.env.CORDON_PROVE_WORKER === '1') await work();
else if (values.statement !== undefined) await showStatements(values.statement);
else if (values.show !== undefined) await showLaboratory(Number(values.show));
else if (values.case !== undefined) await showCase(Number(values.case));
else process.exitCode = (await prove()) === 0 ? 0 : 1;
