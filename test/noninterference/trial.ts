/** One case in every world: what the caller receives must be equal, and the rows of others must stay. */
import { scrub } from '../attacks/guarded.ts';
import { observe } from '../attacks/observation.ts';
import type { Answer } from '../worlds/messages.ts';
import { query, textOf } from './channel.ts';
import type { Dice } from './dice.ts';
import type { Caller, Laboratory, World } from './laboratory.ts';
import { bareSendings, guardedSendings, type Sending } from './sending.ts';
import type { Watch } from './watch.ts';
import type { Step } from './writes.ts';

export interface Case {
  readonly steps: readonly Step[];
  readonly caller: Caller;
  readonly settings: string;
  /** The steps begin and end transactions of their own. */
  readonly session?: true;
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

const TIMEOUT = '57014';

/** A plan that the figures of another world lead to may be rare among random ones. */
const ATTEMPTS = 400;

/** What is sent, and what becomes of its answers; those of the laboratory's own requests are nobody's to see. */
interface Request {
  readonly bytes: Uint8Array;
  readonly shown?: (answers: readonly Answer[]) => string;
}

export class Trial {
  readonly #laboratory: Laboratory;

  constructor(laboratory: Laboratory) {
    this.#laboratory = laboratory;
  }

  /** The laboratory in words. */
  get told(): string {
    return this.#laboratory.told;
  }

  /** `attempts`: how many plans are tried before an answer counts as one that the visible rows do not give. */
  async judge(one: Case, dice: Dice, attempts = ATTEMPTS): Promise<Verdict> {
    const sendings = guardedSendings(this.#laboratory, one);
    const seen = await this.#everywhere(one, sendings);
    if (seen.some((text) => text.includes(TIMEOUT))) return { kind: 'slow' };
    if (seen.every((text) => text === seen[0]))
      return { kind: 'equal', codes: codesOf(seen[0] ?? ''), reasons: reasonsOf(sendings) };
    const possible = await this.#possible(one, sendings, seen, dice, attempts);
    if (possible === undefined) return { kind: 'slow' };
    if (seen.every((text) => possible.has(text))) return { kind: 'plan' };
    const names = this.#laboratory.worlds.map((world, index) => [world.name, seen[index] ?? '']);
    const sent = sendings.flatMap((sending) => sending.parts.map((part) => part.text));
    return { kind: 'violation', seen: Object.fromEntries(names), sent };
  }

  /** Whether the case differs between the worlds without the guard; undefined where it cannot be told. */
  async differsBare(one: Case): Promise<boolean | undefined> {
    const seen = await this.#everywhere({ ...one, caller: unwatched(one.caller) }, bareSendings(one));
    if (seen.some((text) => text.includes(TIMEOUT))) return undefined;
    return seen.some((text) => text !== seen[0]);
  }

  /** The SQLSTATE that each statement has on the bare database. */
  async bareCodes(one: Case): Promise<readonly string[]> {
    const bare = { ...one, caller: unwatched(one.caller) };
    return codesOf(await this.#runIn(this.#laboratory.clear, bare, bareSendings(one), one.settings));
  }

  /** Where one world fails, the others are waited for, so that each ends its transaction. */
  async #everywhere(one: Case, sendings: readonly Sending[]): Promise<readonly string[]> {
    const runs = this.#laboratory.worlds.map((world) => this.#runIn(world, one, sendings, one.settings));
    const settled = await Promise.allSettled(runs);
    return settled.map((result) => {
      if (result.status === 'rejected') throw result.reason;
      return result.value;
    });
  }

  async #runIn(world: World, one: Case, sendings: readonly Sending[], settings: string): Promise<string> {
    const watch = one.steps.some((step) => step.writes) ? await world.watchOf(one.caller) : undefined;
    const run = { world, one, sendings, settings, watch };
    const requests = one.session === true ? sessionRequests(run) : requestsOf(run);
    const answers = await world.channel.exchange(requests.map((request) => request.bytes));
    return requests.flatMap(({ shown }, index) => shown?.(answers[index] ?? []) ?? []).join('\n');
  }

  /** What the visible rows alone answer, under many plans: until all that was seen is among them. */
  async #possible(
    one: Case,
    sendings: readonly Sending[],
    seen: readonly string[],
    dice: Dice,
    attempts: number,
  ): Promise<ReadonlySet<string> | undefined> {
    const { clear } = this.#laboratory;
    const found = new Set<string>();
    for (let attempt = 0; attempt < attempts && seen.some((text) => !found.has(text)); attempt++) {
      const settings = attempt === 0 ? one.settings : this.#laboratory.settings(dice);
      if (attempt % 2 === 1) await clear.channel.exchange([query(clear.shuffle)]);
      const text = await this.#runIn(clear, one, sendings, settings);
      if (text.includes(TIMEOUT)) return undefined;
      found.add(text);
    }
    // With this mark every row counts as changed, and comes back in its place.
    if (found.size > 0) await clear.channel.exchange([query(EVERYTHING), query(clear.restore)]);
    return found;
  }
}

const EVERYTHING = "SELECT pg_catalog.set_config('prove.mark', '0', false)";

/** Ends whatever a failed case left open. */
export async function endTransactions(laboratory: Laboratory): Promise<void> {
  for (const world of laboratory.worlds) await world.channel.exchange([query('ROLLBACK')]);
}

function unwatched(caller: Caller): Caller {
  return { ...caller, writes: undefined };
}

/** A case as it is run in one world; `settings` may be others than its own. */
interface Run {
  readonly world: World;
  readonly one: Case;
  readonly sendings: readonly Sending[];
  readonly settings: string;
  readonly watch: Watch | undefined;
}

/** One transaction around all steps, which is undone. */
function requestsOf({ world, one, sendings, settings, watch }: Run): readonly Request[] {
  const begin = `BEGIN; ${world.spell(settings)}`;
  return [
    { bytes: query(begin), shown: (answers) => silent(answers, begin) },
    ...sendings.flatMap((sending, index) => shownParts(world, sending, one.steps[index])),
    ...(watch === undefined ? [] : [watching(world, watch.inside)]),
    { bytes: query('ROLLBACK') },
  ];
}

/** Transactions of the caller's own; what was committed is put back. */
function sessionRequests({ world, one, sendings, settings, watch }: Run): readonly Request[] {
  const mark = "SELECT pg_catalog.set_config('prove.mark', pg_catalog.txid_current()::text, false)";
  const steps = sendings.flatMap((sending, index): readonly Request[] => {
    const step = one.steps[index];
    const shown = shownParts(world, sending, step);
    return step?.begins === true ? [...shown, { bytes: query(world.spell(settings)) }] : shown;
  });
  // Statements before the transaction are planned by the settings too.
  const outside = settings.split('; ').filter((one) => one.startsWith('SET LOCAL '));
  const set = outside.map((one) => one.replace('SET LOCAL ', 'SET ')).join('; ');
  const reset = outside.map((one) => one.replace(/^SET LOCAL (\w+) = .*$/, 'RESET $1')).join('; ');
  return [
    { bytes: query(mark) },
    { bytes: query(world.spell(set)) },
    ...steps,
    { bytes: query('ROLLBACK') },
    { bytes: query('DEALLOCATE ALL') },
    { bytes: query(world.spell(`${reset}; SET max_parallel_workers_per_gather = 0`)) },
    ...(watch === undefined ? [] : [watching(world, watch.since)]),
    ...(keeps(one)
      ? [
          {
            bytes: query(world.restore),
            shown: (answers: readonly Answer[]) => silent(answers, world.restore),
          },
        ]
      : []),
  ];
}

/** Whether a write of the case stays: it is committed, or stands before the transaction. */
function keeps({ steps }: Case): boolean {
  const begin = steps.findIndex((step) => step.begins === true);
  const commits = steps.some((step) => step.text === 'COMMIT');
  return steps.some((step, index) => step.writes && (commits || begin < 0 || index < begin));
}

function silent(answers: readonly Answer[], sql: string): string {
  textOf(answers, sql);
  return '';
}

function shownParts(world: World, sending: Sending, step: Step | undefined): readonly Request[] {
  const ordered = step?.ordered === true;
  if (sending.denied !== undefined) {
    const { sqlstate, message } = sending.denied;
    const fields = { C: sqlstate, M: message, X: 'denied' };
    return [{ bytes: query('cordon refused'), shown: () => show([{ kind: 'error', fields }], ordered) }];
  }
  return sending.parts.map((part) => ({
    bytes: part.bytes,
    shown: (answers) =>
      show(
        answers
          .flatMap((answer) => (sending.bare ? [answer] : scrub(answer, part.discardRows)))
          .map(world.likened),
        ordered,
      ),
  }));
}

/** Nothing, if the rows of others are as they were; a failed transaction changes none. */
function watching(world: World, watch: string): Request {
  const shown = (answers: readonly Answer[]): string => {
    const failed = answers.find((answer) => answer.kind === 'error');
    if (failed?.kind === 'error') {
      if (failed.fields.C === '25P02') return '';
      return failed.fields.C === TIMEOUT ? TIMEOUT : silent(answers, watch);
    }
    const changed = answers.flatMap((answer) => (answer.kind === 'row' ? answer.values : []));
    return changed.length === 0 ? '' : `ROWS OF OTHERS CHANGED in ${world.name}: ${changed.join(', ')}`;
  };
  return { bytes: query(watch), shown };
}

/** In order where the order is fixed; otherwise as a multiset. */
function show(answers: readonly Answer[], ordered: boolean): string {
  const told = answers.filter((answer) => answer.kind !== 'ready' && answer.kind !== 'setting');
  const lines = observe(told).text.split('\n');
  // What came before an error depends on how far the rows had been sent, so only the error counts.
  const failed = lines.filter((line) => line.startsWith('error '));
  if (failed.length > 0) return failed.join('\n');
  return (ordered ? lines : [...lines].sort()).join('\n');
}

function reasonsOf(sendings: readonly Sending[]): readonly string[] {
  return sendings.flatMap(({ denied }) => (denied === undefined ? [] : [`${denied.code} ${denied.message}`]));
}

function codesOf(text: string): readonly string[] {
  return [...text.matchAll(/^error .*"C":"(\w{5})".*$/gm)].map((match) =>
    match[0].includes('"X":"denied"') ? `denied ${match[1]}` : (match[1] ?? ''),
  );
}
