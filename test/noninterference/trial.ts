/** One case in every world: what the caller receives must be equal, and the rows of others must stay. */
import type { CordonError } from '../../src/errors/index.ts';
import type { GuardedStatement } from '../../src/guard/types.ts';
import { scrub } from '../attacks/guarded.ts';
import { observe } from '../attacks/observation.ts';
import type { Answer } from '../worlds/messages.ts';
import type { Dice } from './dice.ts';
import { type Caller, type Laboratory, run, type World } from './laboratory.ts';
import type { Step } from './writes.ts';

export interface Case {
  readonly steps: readonly Step[];
  readonly caller: Caller;
  readonly settings: string;
}

export type Verdict =
  | { readonly kind: 'equal'; readonly codes: readonly string[]; readonly reasons: readonly string[] }
  /** Unequal, and no plan over the visible rows alone gives the same. */
  | {
      readonly kind: 'violation';
      readonly seen: Readonly<Record<string, string>>;
      readonly sent: readonly string[];
    }
  /** Unequal, but each answer is one that the visible rows alone give under some plan. */
  | { readonly kind: 'plan' }
  /** The time limit was reached in some world. */
  | { readonly kind: 'slow' };

type Judged = { readonly denied: CordonError } | { readonly statements: readonly GuardedStatement[] };

const TIMEOUT = '57014';

/** A plan that the figures of another world lead to may be rare among random ones. */
const ATTEMPTS = 400;

export class Trial {
  readonly #laboratory: Laboratory;
  readonly #othersBefore = new Map<string, string>();

  constructor(laboratory: Laboratory) {
    this.#laboratory = laboratory;
  }

  async judge(one: Case, dice: Dice): Promise<Verdict> {
    const judged = this.#judgeSteps(one);
    const sent = judged.flatMap((step) =>
      'denied' in step ? [] : step.statements.map((statement) => this.#textOf(statement, one)),
    );
    const seen = await Promise.all(
      this.#laboratory.worlds.map((world) => this.#runIn(world, one, judged, one.settings)),
    );
    if (seen.some((text) => text.includes(TIMEOUT))) return { kind: 'slow' };
    if (seen.every((text) => text === seen[0]))
      return { kind: 'equal', codes: codesOf(seen[0] ?? ''), reasons: reasonsOf(judged) };
    const possible = await this.#possible(one, judged, seen, dice);
    if (possible === undefined) return { kind: 'slow' };
    if (seen.every((text) => possible.has(text))) return { kind: 'plan' };
    const names = this.#laboratory.worlds.map((world, index) => [world.name, seen[index] ?? '']);
    return { kind: 'violation', seen: Object.fromEntries(names), sent };
  }

  /** Whether the case differs between the worlds without the guard; undefined where it cannot be told. */
  async differsBare(one: Case): Promise<boolean | undefined> {
    const seen = await Promise.all(
      this.#laboratory.worlds.map(async (world) => {
        await begin(world, one.settings);
        const texts: string[] = [];
        for (const step of one.steps) texts.push(show(await world.connection.simple(step.text), step));
        await world.connection.simple('ROLLBACK');
        return texts.join('\n');
      }),
    );
    if (seen.some((text) => text.includes(TIMEOUT))) return undefined;
    return seen.some((text) => text !== seen[0]);
  }

  /** The SQLSTATE that each statement has on the bare database. */
  async bareCodes(one: Case): Promise<readonly string[]> {
    const { clear } = this.#laboratory;
    await begin(clear, one.settings);
    const texts: string[] = [];
    for (const step of one.steps) texts.push(show(await clear.connection.simple(step.text), step));
    await clear.connection.simple('ROLLBACK');
    return codesOf(texts.join('\n'));
  }

  #judgeSteps(one: Case): readonly Judged[] {
    const session = this.#laboratory.guard.session();
    return one.steps.map((step) => {
      const judged = session.judgeQuery(step.text, one.caller.principal);
      return judged.kind === 'denied' ? { denied: judged.error } : { statements: judged.statements };
    });
  }

  async #runIn(world: World, one: Case, judged: readonly Judged[], settings: string): Promise<string> {
    await this.#remember(world, one.caller);
    await begin(world, settings);
    const texts: string[] = [];
    for (const [index, step] of one.steps.entries()) {
      const answers = await this.#send(world, one, judged[index]);
      texts.push(show(answers, step));
    }
    if (one.steps.some((step) => step.writes)) texts.push(await this.#othersChanged(world, one.caller));
    await world.connection.simple('ROLLBACK');
    return texts.join('\n');
  }

  async #send(world: World, one: Case, judged: Judged | undefined): Promise<readonly Answer[]> {
    if (judged === undefined) return [];
    if ('denied' in judged) {
      await world.connection.simple('cordon refused');
      return [
        { kind: 'error', fields: { C: judged.denied.sqlstate, M: judged.denied.message, X: 'denied' } },
      ];
    }
    const answers: Answer[] = [];
    for (const statement of judged.statements) {
      const given = await world.connection.simple(this.#textOf(statement, one));
      answers.push(...given.flatMap((answer) => scrub(answer, statement.discardRows)));
    }
    return answers;
  }

  #textOf(statement: GuardedStatement, one: Case): string {
    return this.#laboratory.sent(statement.textFor(one.caller.principal));
  }

  async #remember(world: World, caller: Caller): Promise<void> {
    const key = `${world.name} ${caller.name}`;
    if (!this.#othersBefore.has(key)) this.#othersBefore.set(key, await run(world.connection, caller.others));
  }

  /** Nothing, if the rows of others are as they were; a failed transaction changes none. */
  async #othersChanged(world: World, caller: Caller): Promise<string> {
    const answers = await world.connection.simple(caller.others);
    if (answers.some((answer) => answer.kind === 'error')) return '';
    const rows = answers.flatMap((answer) => (answer.kind === 'row' ? [answer.values.join(',')] : []));
    const same = rows.join('\n') === this.#othersBefore.get(`${world.name} ${caller.name}`);
    return same ? '' : `ROWS OF OTHERS CHANGED in ${world.name}`;
  }

  /** What the visible rows alone answer, under many plans: until all that was seen is among them. */
  async #possible(
    one: Case,
    judged: readonly Judged[],
    seen: readonly string[],
    dice: Dice,
  ): Promise<ReadonlySet<string> | undefined> {
    const found = new Set<string>();
    for (let attempt = 0; attempt < ATTEMPTS && seen.some((text) => !found.has(text)); attempt++) {
      const settings = attempt === 0 ? one.settings : randomSettings(dice);
      const text = await this.#runIn(this.#laboratory.clear, one, judged, settings);
      if (text.includes(TIMEOUT)) return undefined;
      found.add(text);
    }
    return found;
  }
}

function reasonsOf(judged: readonly Judged[]): readonly string[] {
  return judged.flatMap((step) => ('denied' in step ? [`${step.denied.code} ${step.denied.message}`] : []));
}

async function begin(world: World, settings: string): Promise<void> {
  await run(world.connection, `BEGIN; ${world.spell(settings)}`);
}

/** In order where the order is fixed; otherwise as a multiset. */
function show(answers: readonly Answer[], step: Step): string {
  const lines = observe(
    answers.filter((answer) => answer.kind !== 'ready' && answer.kind !== 'setting'),
  ).text.split('\n');
  // What came before an error depends on how far the rows had been sent, so only the error counts.
  const failed = lines.filter((line) => line.startsWith('error '));
  if (failed.length > 0) return failed.join('\n');
  return (step.ordered ? lines : [...lines].sort()).join('\n');
}

function codesOf(text: string): readonly string[] {
  return [...text.matchAll(/^error .*"C":"(\w{5})".*$/gm)].map((match) =>
    match[0].includes('"X":"denied"') ? `denied ${match[1]}` : (match[1] ?? ''),
  );
}

const SWITCHES = [
  'enable_seqscan',
  'enable_indexscan',
  'enable_indexonlyscan',
  'enable_bitmapscan',
  'enable_hashjoin',
  'enable_mergejoin',
  'enable_nestloop',
  'enable_material',
  'enable_hashagg',
  'enable_sort',
  'enable_memoize',
  'enable_gathermerge',
  'enable_parallel_hash',
  'enable_incremental_sort',
];

const NUMBERS: Readonly<Record<string, readonly string[]>> = {
  random_page_cost: ['0.01', '1', '100'],
  cpu_operator_cost: ['0', '0.0025', '10'],
  cpu_tuple_cost: ['0', '0.01', '10'],
  from_collapse_limit: ['1', '8'],
  join_collapse_limit: ['1', '8'],
  max_parallel_workers_per_gather: ['0', '0', '2'],
  force_parallel_mode: ['off', 'off', 'off', 'on'],
  work_mem: ['64kB', '4MB'],
  plan_cache_mode: ['auto'],
  geqo_threshold: ['2', '12'],
};

/** Settings of the planner for one transaction. */
export function randomSettings(dice: Dice): string {
  const off = SWITCHES.filter(() => dice.chance(0.25)).map((name) => `SET LOCAL ${name} = off`);
  const numbers = Object.entries(NUMBERS)
    .filter(() => dice.chance(0.3))
    .map(([name, values]) => `SET LOCAL ${name} = '${dice.pick(values)}'`);
  return [...off, ...numbers, 'SELECT 1'].join('; ');
}
