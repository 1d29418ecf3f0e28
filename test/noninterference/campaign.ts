/** Runs many cases and counts what came of them. */
import { Dice } from './dice.ts';
import { type Laboratory, PEOPLE } from './laboratory.ts';
import { shrink } from './shrink.ts';
import { type Case, randomSettings, Trial, type Verdict } from './trial.ts';
import { Writes } from './writes.ts';

export interface Violation {
  readonly number: number;
  readonly caller: string;
  readonly settings: string;
  readonly statements: readonly string[];
  readonly shrunk: readonly string[];
  readonly seen: Readonly<Record<string, string>>;
  readonly sent: readonly string[];
}

export interface Report {
  cases: number;
  denied: number;
  slow: number;
  plan: number;
  failed: number;
  bare: number;
  bareDiffers: number;
  readonly violations: Violation[];
  /** Statements that the bare database accepts and that fail behind the guard as no SQL. */
  readonly broken: string[];
  /** Statements that made the guard throw. */
  readonly bugs: string[];
  readonly codes: Map<string, number>;
  /** Why statements were denied. */
  readonly reasons: Map<string, number>;
}

export function emptyReport(): Report {
  return {
    cases: 0,
    denied: 0,
    slow: 0,
    plan: 0,
    failed: 0,
    bare: 0,
    bareDiffers: 0,
    violations: [],
    broken: [],
    bugs: [],
    codes: new Map(),
    reasons: new Map(),
  };
}

export interface CampaignOptions {
  readonly seed: number;
  readonly first: number;
  readonly cases: number;
  /** Every how many cases the bare database is asked too. */
  readonly bareEvery: number;
  onViolation?(violation: Violation): void;
}

/** A case is told by the seed and its number alone. */
export function caseOf(seed: number, number: number): Case {
  const dice = new Dice(seed * 1_000_003 + number);
  const caller = dice.pick([
    ...PEOPLE.slice(0, 1),
    ...PEOPLE.slice(0, 1),
    ...PEOPLE.slice(0, 1),
    ...PEOPLE.slice(0, 2),
    ...PEOPLE,
  ]);
  return {
    steps: new Writes(dice, caller.principal.role === 'anonymous').steps(),
    caller,
    settings: randomSettings(dice),
  };
}

export async function campaign(
  laboratory: Laboratory,
  options: CampaignOptions,
  report: Report,
): Promise<Report> {
  const trial = new Trial(laboratory);
  for (let number = options.first; number < options.first + options.cases; number++) {
    const one = caseOf(options.seed, number);
    const dice = new Dice(number);
    report.cases += 1;
    try {
      const verdict = await trial.judge(one, dice);
      await count(trial, one, verdict, number, options, report);
    } catch (error) {
      report.bugs.push(`${number}: ${String(error)}: ${one.steps.map((step) => step.text).join('; ')}`);
      for (const world of laboratory.worlds) await world.connection.simple('ROLLBACK');
    }
  }
  return report;
}

async function count(
  trial: Trial,
  one: Case,
  verdict: Verdict,
  number: number,
  options: CampaignOptions,
  report: Report,
): Promise<void> {
  if (verdict.kind === 'violation') {
    const steps = await shrink(trial, one);
    const violation: Violation = {
      number,
      caller: one.caller.name,
      settings: one.settings,
      statements: one.steps.map((step) => step.text),
      shrunk: steps.map((step) => step.text),
      seen: verdict.seen,
      sent: verdict.sent,
    };
    report.violations.push(violation);
    options.onViolation?.(violation);
  }
  if (verdict.kind === 'slow') report.slow += 1;
  if (verdict.kind === 'plan') report.plan += 1;
  if (verdict.kind === 'equal') await countCodes(trial, one, number, verdict, report);
  if (number % options.bareEvery === 0) {
    const differs = await trial.differsBare(one);
    if (differs !== undefined) report.bare += 1;
    if (differs === true) report.bareDiffers += 1;
  }
}

/** Errors that mean that a text is no SQL, or was not understood. */
const NO_SQL = /^(42(?!501)|XX|0A|58)/;

async function countCodes(
  trial: Trial,
  one: Case,
  number: number,
  { codes, reasons }: Extract<Verdict, { kind: 'equal' }>,
  report: Report,
): Promise<void> {
  for (const reason of reasons) report.reasons.set(reason, (report.reasons.get(reason) ?? 0) + 1);
  for (const code of codes) report.codes.set(code, (report.codes.get(code) ?? 0) + 1);
  if (codes.some((code) => code.startsWith('denied'))) report.denied += 1;
  else if (codes.length > 0) report.failed += 1;
  if (!codes.some((code) => NO_SQL.test(code) && !code.startsWith('denied')) || report.broken.length > 200)
    return;
  const bare = await trial.bareCodes(one);
  if (!bare.some((code) => NO_SQL.test(code)))
    report.broken.push(`case ${number}, ${codes.join()}: ${one.steps.map((step) => step.text).join('; ')}`);
}
