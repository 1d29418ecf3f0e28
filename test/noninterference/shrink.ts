/** Makes a violating case smaller for as long as it still violates: parts of the parse tree are dropped or replaced by their children. */

import { createParser } from '../../src/sql/index.ts';
import { printStatement } from '../../src/sql/print/index.ts';
import type { Node } from '../../src/sql/tree.ts';
import { Dice } from './dice.ts';
import type { Case, Trial } from './trial.ts';
import type { Step } from './writes.ts';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

const parser = await createParser();
const ATTEMPTS_MAX = 250;

/** The whole case was tried under many more. */
const PLANS = 40;

export async function shrink(trial: Trial, one: Case): Promise<readonly Step[]> {
  let steps = one.steps;
  let left = ATTEMPTS_MAX;
  const violates = async (candidate: readonly Step[]): Promise<boolean> => {
    left -= 1;
    try {
      return (await trial.judge({ ...one, steps: candidate }, new Dice(left), PLANS)).kind === 'violation';
    } catch {
      return false;
    }
  };
  for (let index = steps.length - 1; index >= 0 && steps.length > 1; index--) {
    const fewer = steps.filter((_, other) => other !== index);
    if (await violates(fewer)) steps = fewer;
  }
  let progress = true;
  while (progress && left > 0) {
    progress = false;
    for (const candidate of smallerCases(steps)) {
      if (left <= 0) break;
      if (!(await violates(candidate))) continue;
      steps = candidate;
      progress = true;
      break;
    }
  }
  return steps;
}

function* smallerCases(steps: readonly Step[]): Generator<readonly Step[]> {
  for (const [index, step] of steps.entries()) {
    for (const text of smallerTexts(step.text)) {
      yield steps.map((other, at) => (at === index ? { ...step, text, ordered: false } : other));
    }
  }
}

function* smallerTexts(text: string): Generator<string> {
  const [statement] = parser.parse(text);
  if (statement === undefined) return;
  const size = JSON.stringify(statement.stmt).length;
  const seen = new Set<string>([text]);
  for (const tree of variants(statement.stmt as unknown as Json)) {
    if (JSON.stringify(tree).length >= size) continue;
    const printed = print(tree);
    if (printed === undefined || seen.has(printed)) continue;
    seen.add(printed);
    yield printed;
  }
}

function print(tree: Json): string | undefined {
  try {
    const printed = printStatement(tree as unknown as Node);
    return printed.map((piece) => (typeof piece === 'string' ? piece : '')).join('');
  } catch {
    return undefined;
  }
}

/** Largest cuts first. */
function* variants(value: Json): Generator<Json> {
  if (Array.isArray(value)) {
    for (const [index] of value.entries())
      if (value.length > 1) yield value.filter((_, other) => other !== index);
    for (const [index, item] of value.entries())
      for (const smaller of variants(item)) yield value.map((other, at) => (at === index ? smaller : other));
    return;
  }
  if (value === null || typeof value !== 'object') return;
  for (const key of Object.keys(value)) {
    const { [key]: _, ...rest } = value;
    yield rest;
  }
  if (isNode(value)) for (const child of children(value)) yield child;
  for (const [key, item] of Object.entries(value))
    for (const smaller of variants(item)) yield { ...value, [key]: smaller };
}

/** Nodes right below a node. */
function* children(value: Json): Generator<Json> {
  if (value === null || typeof value !== 'object') return;
  for (const item of Object.values(value)) {
    if (isNode(item)) yield item;
    else yield* children(item);
  }
}

function isNode(value: Json): boolean {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return false;
  const [key, ...others] = Object.keys(value);
  return others.length === 0 && key !== undefined && /^[A-Z]/.test(key);
}
