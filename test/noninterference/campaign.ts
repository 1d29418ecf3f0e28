/** Runs many cases and counts what came of them. */
import { Dice } from './dice.ts';
import { fixedCase, type Laboratory } from './laboratory.ts';
import { shrink } from './shrink.ts';
import { type Case, endTransactions, Trial, type Verdict } from './trial.ts';

export interface Violation {
  readonly number: number;
  readonly caller: string;
  readonly settings: string;
  readonly statements: readonly string[];
  readonly shrunk: readonly string[];
  readonly seen: Readonly<Record<string, string>>;
  readonly sent: readonly string[];
  /** Schema and policy. */
  readonly told: string;
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

/** Of two parts of a proof. */
export function mergeReports(one: Report, other: Report): Report {
  return {
    cases: one.cases + other.cases,
    denied: one.denied + other.denied,
    slow: one.slow + other.slow,
    plan: one.plan + other.plan,
    failed: one.failed + other.failed,
    bare: one.bare + other.bare,
    bareDiffers: one.bareDiffers + other.bareDiffers,
    violations: [...one.violations, ...other.violations],
    broken: [...one.broken, ...other.broken].slice(0, 200),
    bugs: [...one.bugs, ...other.bugs],
    codes: sums(one.codes, other.codes),
    reasons: sums(one.reasons, other.reasons),
  };
}

function sums(one: ReadonlyMap<string, number>, other: ReadonlyMap<string, number>): Map<string, number> {
  const all = new Map(one);
  for (const [key, count] of other) all.set(key, (all.get(key) ?? 0) + count);
  return all;
}

export interface CampaignOptions {
  readonly seed: number;
  readonly first: number;
  readonly cases: number;
  /** Every how many cases the bare database is asked too. */
  readonly bareEvery: number;
  /** Ends at the first violation, and does not make it smaller. */
  readonly stopsAtFirst?: boolean;
  onViolation?(violation: Violation): void;
}

/** A case of the fixed laboratory is told by the seed and its number alone. */
export function caseOf(seed: number, number: number): Case {
  return fixedCase(diceOf(seed, number));
}

export function diceOf(seed: number, number: number): Dice {
  return new Dice(seed * 1_000_003 + number);
}

export async function campaign(
  laboratory: Laboratory,
  options: CampaignOptions,
  report: Report,
): Promise<Report> {
  const trial = new Trial(laboratory);
  for (let number = options.first; number < options.first + options.cases; number++) {
    const one = laboratory.caseOf(diceOf(options.seed, number));
    const dice = new Dice(number);
    report.cases += 1;
    try {
      const verdict = await trial.judge(one, dice);
      await count(trial, one, verdict, number, options, report);
    } catch (error) {
      report.bugs.push(`${number}: ${String(error)}: ${one.steps.map((step) => step.text).join('; ')}`);
      await endTransactions(laboratory);
    }
    if (options.stopsAtFirst === true && report.violations.length > 0) break;
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
    const steps = options.stopsAtFirst === true ? one.steps : await shrink(trial, one);
    const violation: Violation = {
      number,
      caller: one.caller.name,
      settings: one.settings,
      statements: one.steps.map((step) => step.text),
      shrunk: steps.map((step) => step.text),
      seen: verdict.seen,
      sent: verdict.sent,
      told: trial.told,
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
  // Where the bare database fails too, be it at a row that the guard hides, it may not have come to the statement in question.
  const bare = await trial.bareCodes(one);
  if (bare.length === 0)
    report.broken.push(`case ${number}, ${codes.join()}: ${one.steps.map((step) => step.text).join('; ')}`);
}
