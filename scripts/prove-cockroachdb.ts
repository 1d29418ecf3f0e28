/**
 * Tries every leak of the catalogue on a live server: CockroachDB, or any PostgreSQL, where statements are then rewritten as for
 * CockroachDB. Makes scratch databases in which two people's rows lie beside each other, asks as one of them, and drops them at the end.
 *
 *     npm run prove:cockroachdb -- URL [--random 300] [--seed 1]
 *
 * A statement leaks if what comes back depends on rows that the caller may not see, or if rows of others are changed. The last line is
 * the number of leaks. See docs/decisions/0009-placement-for-cockroachdb.md.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { parse } from 'yaml';
import type { Dialect } from '../src/catalog/index.ts';
import { createGuard, type Guard } from '../src/guard/guard.ts';
import { loadPolicy } from '../src/policy/index.ts';
import { createParser } from '../src/sql/index.ts';
import { catalogOf, scrub } from '../test/attacks/guarded.ts';
import { openGivenServer } from '../test/databases/given-server.ts';
import { caseOf } from '../test/noninterference/campaign.ts';
import { type Caller, PEOPLE, run } from '../test/noninterference/laboratory.ts';
import { CLEAR_HIDDEN, rowsOf } from '../test/noninterference/rows.ts';
import type { Step } from '../test/noninterference/writes.ts';
import { type Connection, serverConnection } from '../test/worlds/connection.ts';
import type { Answer } from '../test/worlds/messages.ts';
import { LEAKS } from './leaks.ts';

const { values, positionals } = parseArgs({
  options: { random: { type: 'string', default: '300' }, seed: { type: 'string', default: '1' } },
  allowPositionals: true,
});
const url = positionals[0] ?? process.env.CORDON_TEST_DATABASE_URL;
if (url === undefined) {
  say('usage: npm run prove:cockroachdb -- URL');
  process.exit(2);
}
const [alice] = PEOPLE;
if (alice === undefined) throw new Error('nobody asks');

function say(line = ''): void {
  process.stdout.write(`${line}\n`);
}

const file = (name: string): string =>
  readFileSync(new URL(`../test/noninterference/${name}`, import.meta.url), 'utf8');

/** A statement that was too slow in one world is not compared. */
const TIMEOUT = 'error 57014';

const OTHERS = [
  'SELECT id, owner, n, raw FROM notes WHERE owner NOT IN (1, 2) ORDER BY id',
  'SELECT id, owner, n, raw, title FROM docs WHERE owner NOT IN (1, 2) ORDER BY id',
  'SELECT id, nick, n, raw FROM people WHERE id NOT IN (1, 2) ORDER BY id',
];

/** Worlds that agree on what callers may see: hidden rows, other hidden rows, none. */
const WORLDS = ['full', 'other', 'clear'] as const;

const server = await openGivenServer(url, 'probe');
const seed = Number(values.seed);
const connections: Connection[] = [];
try {
  say(`server: ${server.name}; statements are rewritten for CockroachDB`);
  for (const [index, name] of WORLDS.entries()) connections.push(await open(name, index));
  process.exitCode = (await prove(connections, server.dialect)) === 0 ? 0 : 1;
} finally {
  for (const connection of connections) await connection.close();
  await server.stop();
}

async function open(name: (typeof WORLDS)[number], index: number): Promise<Connection> {
  await server.createDatabase(name);
  const connection = await serverConnection(server.address(name));
  const rows = rowsOf(seed * 2 + (index === 1 ? 2 : 1), 40);
  // One at a time: a type may not be used in the transaction that makes it.
  const script = [file('laboratory.sql'), rows, name === 'clear' ? CLEAR_HIDDEN : ''].join('\n');
  for (const statement of script.replaceAll(/^--.*$/gm, '').split(/;\s*(?:\n|$)/))
    if (statement.trim() !== '') await run(connection, statement);
  await run(connection, "SET statement_timeout = '2s'");
  return connection;
}

async function prove(worlds: readonly Connection[], dialect: Dialect): Promise<number> {
  const [first] = worlds;
  if (first === undefined) return 1;
  const loaded = loadPolicy(parse(file('cordon.yaml')));
  if (loaded.policy === undefined) throw new Error(JSON.stringify(loaded.mistakes));
  const guard = createGuard({
    policy: loaded.policy,
    catalog: await catalogOf(first, { dialect: 'cockroachdb' }),
    parser: await createParser(),
    dialect,
  });
  const leaks = (await catalogue(guard, worlds, dialect)) + (await random(guard, worlds));
  say();
  say(`leaks: ${leaks}`);
  return leaks;
}

/** The table: one line a statement. */
async function catalogue(guard: Guard, worlds: readonly Connection[], dialect: Dialect): Promise<number> {
  let leaks = 0;
  let place = '';
  for (const { place: next, text, cockroachdb, key } of LEAKS) {
    if (cockroachdb === true && dialect !== 'cockroachdb') continue;
    if (next !== place) say(`\n${next}`);
    place = next;
    const step = { text, ordered: false, writes: /^(INSERT|UPDATE|UPSERT|DELETE|WITH w)/.test(text) };
    const bare = await answersOf(worlds, (world) => bareAnswer(world, step));
    const seen = await answersOf(worlds, (world) => guardedAnswer(guard, world, [step], alice as Caller));
    const leaked = new Set(key === true ? seen.slice(0, 2) : seen).size > 1;
    if (leaked) leaks += 1;
    say(`  ${leaked ? 'LEAK' : 'holds'}  ${new Set(bare).size > 1 ? 'leaks bare ' : '           '} ${text}`);
    say(`         ${short(seen[0] ?? '')}`);
    if (leaked)
      for (const [index, name] of WORLDS.entries()) say(`         ${name}: ${short(seen[index] ?? '')}`);
  }
  return leaks;
}

/** Statements of the generator that `npm run prove` uses. */
async function random(guard: Guard, worlds: readonly Connection[]): Promise<number> {
  let leaks = 0;
  const counts = { answered: 0, failed: 0, refused: 0 };
  for (let number = 0; number < Number(values.random); number++) {
    const { steps, caller } = caseOf(seed, number);
    const seen = await answersOf(worlds, (world) => guardedAnswer(guard, world, steps, caller));
    if (seen.some((text) => text.includes(TIMEOUT))) continue;
    const [one = ''] = seen;
    counts[one.includes('refused') ? 'refused' : one.includes('error') ? 'failed' : 'answered'] += 1;
    if (new Set(seen).size === 1) continue;
    leaks += 1;
    say(`  LEAK  as ${caller.name}: ${steps.map((step) => step.text).join('; ')}`);
    for (const [index, name] of WORLDS.entries()) say(`         ${name}: ${short(seen[index] ?? '')}`);
  }
  say(`\nrandom statements: ${JSON.stringify(counts)}`);
  return leaks;
}

async function answersOf(
  worlds: readonly Connection[],
  answer: (world: Connection) => Promise<string>,
): Promise<readonly string[]> {
  const answers: string[] = [];
  for (const world of worlds) answers.push(await answer(world));
  return answers;
}

async function bareAnswer(world: Connection, step: Step): Promise<string> {
  await world.simple('BEGIN');
  const answer = shown(await world.simple(step.text), step);
  await world.simple('ROLLBACK');
  return answer;
}

/** What the caller receives, and whether rows of others are as they were. */
async function guardedAnswer(
  guard: Guard,
  world: Connection,
  steps: readonly Step[],
  caller: Caller,
): Promise<string> {
  const before = await others(world);
  await world.simple('BEGIN');
  const texts: string[] = [];
  const session = guard.session();
  for (const step of steps) texts.push(await guardedStep(session, world, step, caller));
  const failed = texts.some((text) => text.startsWith('error'));
  const after = failed ? before : await others(world);
  await world.simple('ROLLBACK');
  return `${texts.join('\n')}${before === after ? '' : `\nROWS OF OTHERS CHANGED ${Math.random()}`}`;
}

async function guardedStep(
  session: ReturnType<Guard['session']>,
  world: Connection,
  step: Step,
  caller: Caller,
): Promise<string> {
  const judged = session.judgeQuery(step.text, caller.principal);
  if (judged.kind === 'denied') return `refused ${judged.error.code}`;
  const answers: Answer[] = [];
  for (const statement of judged.statements) {
    const given = await world.simple(statement.textFor(caller.principal));
    answers.push(...given.flatMap((answer) => scrub(answer, statement.discardRows)));
  }
  return shown(answers, step);
}

/** Rows and errors; the order counts where the statement fixes it. */
function shown(answers: readonly Answer[], step: Step): string {
  const failed = answers.find((answer) => answer.kind === 'error');
  if (failed?.kind === 'error') return `error ${failed.fields.C} ${failed.fields.M}`;
  const rows = answers.flatMap((answer) => (answer.kind === 'row' ? [answer.values.join(', ')] : []));
  return `rows ${(step.ordered ? rows : [...rows].sort()).join(' | ')}`;
}

/** Every row that alice and bob may not write: their own notes and documents, and lines below those, are left out. */
async function others(world: Connection): Promise<string> {
  const rows: string[] = [];
  for (const sql of OTHERS)
    for (const answer of await world.simple(sql))
      if (answer.kind === 'row') rows.push(answer.values.join(','));
  return rows.join('\n');
}

function short(text: string): string {
  return text.replaceAll('\n', ' / ').slice(0, 110);
}
