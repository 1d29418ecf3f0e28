/** Compares what alice received in the worlds with the outcome that must hold. */
import type { HiddenMode } from '../worlds/shop-policy.ts';
import type { AttackCase, Outcome, Step } from './case.ts';
import type { Observation } from './observation.ts';

export interface WorldRun {
  readonly world: string;
  readonly seen: readonly Observation[];
  readonly sent: readonly (readonly string[])[];
  readonly othersBefore: string;
  readonly othersAfter: string;
}

/** What is wrong, in words; empty: the outcome holds. The first run is that of world a. */
export function problemsOf(
  attack: AttackCase,
  hidden: HiddenMode,
  runs: readonly WorldRun[],
): readonly string[] {
  const problems = attack.steps.flatMap((step, index) => stepProblems(attack, step, hidden, index, runs));
  for (const run of runs) {
    if (run.othersBefore !== run.othersAfter) problems.push(`rows of others changed in world ${run.world}`);
  }
  return [...problems, ...unequal(attack, hidden, runs)];
}

function stepProblems(
  attack: AttackCase,
  step: Step,
  hidden: HiddenMode,
  index: number,
  runs: readonly WorldRun[],
): readonly string[] {
  const seen = runs.map((run) => run.seen[index]).filter((one): one is Observation => one !== undefined);
  const [first] = seen;
  if (first === undefined) return [`step ${index + 1} was not run`];
  const outcome = hidden === 'mask' ? step.mask : step.refuse;
  const problems = seen.flatMap((one) => [...spoken(one, step.text)]);
  const shape = attack.directives.lookup === undefined ? 'text' : 'shape';
  const ordered = /order by/i.test(step.text);
  const texts = seen.map((one) => (ordered ? one[shape] : sorted(one[shape])));
  if (step.as === 'alice' || step.as === 'nobody')
    problems.push(...outcomeProblems(outcome, first, seen, texts));
  return problems.map((problem) => `step ${index + 1} (${step.text.slice(0, 60)}): ${problem}`);
}

function outcomeProblems(
  outcome: Outcome,
  first: Observation,
  seen: readonly Observation[],
  texts: readonly string[],
): readonly string[] {
  if (first.text.includes('"copy-in"')) return [];
  const isSame = texts.every((text) => text === texts[0]);
  const holds = outcome.alternatives.some((one) => {
    if (one.kind === 'any') return true;
    if (one.kind === 'error') return isError(first, one.code) && failAlike(seen);
    if (one.kind === 'refused') return isSame && seen.every((each) => isError(each, '42501'));
    return isSame && (first.error === undefined || (!isPrecise(outcome) && first.error.code !== '42501'));
  });
  const problems = holds
    ? []
    : [`outcome is not ${describe(outcome)}, but\n${[...new Set(texts)].join('\n--- or\n')}`];
  if (first.error === undefined) problems.push(...detailProblems(outcome, first));
  return problems;
}

/** The outcome says what is answered, so an error does not fit it. */
function isPrecise(outcome: Outcome): boolean {
  return outcome.rows !== undefined || outcome.tag !== undefined;
}

/** A key that all share is free in a world without the row that holds it; wherever it fails, it fails in the same words. */
function failAlike(seen: readonly Observation[]): boolean {
  const failed = seen.filter((one) => one.error !== undefined);
  return new Set(failed.map((one) => one.text)).size === 1;
}

function isError(observation: Observation, code: string | undefined): boolean {
  return observation.error !== undefined && (code === undefined || observation.error.code === code);
}

function detailProblems(outcome: Outcome, first: Observation): readonly string[] {
  const problems: string[] = [];
  if (outcome.tag !== undefined && first.tag !== outcome.tag)
    problems.push(`tag ${first.tag}, not ${outcome.tag}`);
  if (outcome.rows !== undefined && first.rows !== outcome.rows)
    problems.push(`rows ${first.rows}, not ${outcome.rows}`);
  return problems;
}

function sorted(text: string): string {
  return text.split('\n').sort().join('\n');
}

function describe(outcome: Outcome): string {
  return outcome.alternatives
    .map((one) => (one.kind === 'error' ? `error ${one.code ?? ''}` : one.kind))
    .join(' or ');
}

/** Words that no error and no notice may hold: values of rows, names of constraints, the server's own phrases. */
const FORBIDDEN = [
  'shop.test',
  'hA-',
  'hB-',
  'hC-',
  'hZ-',
  'rt-',
  'ct-',
  'pt-',
  'Hidden Lane',
  'bob-notes',
  '4999',
  '4242',
  'us-east-1',
  'b0b00000',
  'a11ce000',
  '1 Elm',
  'Failing row',
  '_pkey',
  '_fkey',
  '_key',
  '_check',
  'Key (',
  'secret',
  'evil saw',
];

function* spoken(observation: Observation, statement: string): Generator<string> {
  const reports = observation.text.split('\n').filter((line) => /^(error|notice) /.test(line));
  for (const report of reports) {
    for (const word of FORBIDDEN.filter((each) => !statement.includes(each)))
      if (report.includes(word)) yield `a report holds ${word}: ${report}`;
    for (const [, literal = ''] of statement.matchAll(/'((?:[^']|'')+)'/g)) {
      // The name of a setting is a name, also where a function takes it as a literal.
      if (literal.length > 3 && report.includes(literal) && !report.includes(`setting \`${literal}\``))
        yield `a report holds a literal: ${report}`;
    }
  }
  if (/secret (comment|default)|ssn-secret/.test(observation.text)) yield 'the text of the owner shows';
}

/** Refusals that must be equal but for the name that was typed. */
function unequal(attack: AttackCase, hidden: HiddenMode, runs: readonly WorldRun[]): readonly string[] {
  const names =
    attack.directives.equal ?? (hidden === 'refuse' ? attack.directives['equal-refuse'] : undefined);
  if (names === undefined) return [];
  const [one = '', other = ''] = names.split(' ');
  const texts =
    runs[0]?.seen.map((observation) => observation.text.replaceAll(one, '…').replaceAll(other, '…')) ?? [];
  return new Set(texts).size === 1 ? [] : [`the refusals differ: ${texts.join('\n')}`];
}
