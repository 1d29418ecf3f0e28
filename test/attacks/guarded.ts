/** Runs attack cases through the guard in process: what it lets through goes to the database, answers come back scrubbed. */
import { type Catalog, type Dialect, type LoadOptions, loadCatalog } from '../../src/catalog/index.ts';
import type { CordonError } from '../../src/errors/index.ts';
import { createGuard, type Guard, type GuardSession } from '../../src/guard/guard.ts';
import type { GuardedStatement } from '../../src/guard/types.ts';
import type { Principal } from '../../src/policy/index.ts';
import { scrubDatabaseError, scrubNotice } from '../../src/redact/index.ts';
import { createParser } from '../../src/sql/index.ts';
import type { Connection } from '../worlds/connection.ts';
import type { Answer } from '../worlds/messages.ts';
import { ALICE, BOB, type HiddenMode, NOBODY, shopPolicy } from '../worlds/shop-policy.ts';
import type { World } from '../worlds/world.ts';
import type { AttackCase, Person } from './case.ts';
import { type Observation, observe } from './observation.ts';

const parser = await createParser();

export const PRINCIPALS: Readonly<Record<Person, Principal>> = { alice: ALICE, bob: BOB, nobody: NOBODY };

/** Reads the catalog over a plain connection. */
export async function catalogOf(connection: Connection, options: LoadOptions = {}): Promise<Catalog> {
  return loadCatalog(async (sql) => rowsOf(await connection.simple(sql)), options);
}

function rowsOf(answers: readonly Answer[]): readonly Record<string, unknown>[] {
  const fields = answers.flatMap((answer) => (answer.kind === 'fields' ? answer.fields : []));
  const failed = answers.find((answer) => answer.kind === 'error');
  if (failed?.kind === 'error') throw new Error(failed.fields.M);
  return answers.flatMap((answer) =>
    answer.kind === 'row'
      ? [Object.fromEntries(fields.map(({ name }, index) => [name, answer.values[index] ?? null]))]
      : [],
  );
}

/** Guards for one world; what does not depend on a case is kept. */
export class WorldGuards {
  readonly #world: World;
  readonly #guards = new Map<string, Guard>();
  #generation = -1;
  readonly #dialect: Dialect;
  #catalog: Catalog | undefined;

  /** `dialect`: of the server that statements are rewritten for, though they run on this one. */
  constructor(world: World, dialect: Dialect = 'postgres') {
    this.#world = world;
    this.#dialect = dialect;
  }

  async guardFor(variant: string, hidden: HiddenMode, ownerChanged: boolean): Promise<Guard> {
    if (ownerChanged) return this.#create(variant, hidden, await this.#read());
    if (this.#generation !== this.#world.generation || this.#catalog === undefined) {
      this.#catalog = await this.#read();
      this.#generation = this.#world.generation;
      this.#guards.clear();
    }
    const key = `${variant} ${hidden}`;
    const guard = this.#guards.get(key) ?? this.#create(variant, hidden, this.#catalog);
    this.#guards.set(key, guard);
    return guard;
  }

  #create(variant: string, hidden: HiddenMode, catalog: Catalog): Guard {
    return createGuard({ policy: shopPolicy(variant, hidden), catalog, parser, dialect: 'postgres' });
  }

  #read(): Promise<Catalog> {
    return catalogOf(this.#world.connection, { dialect: this.#dialect });
  }
}

/** A world as an attack finds it. */
export interface Stage {
  readonly guard: Guard;
  /** Somebody else, in a transaction that holds a lock. */
  readonly holder: Connection | undefined;
  readonly othersBefore: string;
}

/** Loads the world anew and does what the attack asks of its owner and of others; `session` is sent before the owner's last words. */
export async function setStage(
  world: World,
  guards: WorldGuards,
  { directives }: AttackCase,
  hidden: HiddenMode,
  session: readonly string[] = [],
): Promise<Stage> {
  await world.reset(directives.owner);
  const guard = await guards.guardFor(directives.policy ?? 'shop', hidden, directives.owner !== undefined);
  const holder = directives.holds === undefined ? undefined : await world.connect?.();
  await holder?.simple('BEGIN');
  await holder?.simple(directives.holds ?? '');
  for (const text of [...session, directives['owner-late'] ?? ''])
    if (text !== '') await world.connection.simple(text);
  return { guard, holder, othersBefore: await othersRows(world) };
}

export interface GuardedRun {
  readonly seen: readonly Observation[];
  /** What was sent to the database, for reports of failures. */
  readonly sent: readonly (readonly string[])[];
  readonly othersBefore: string;
  readonly othersAfter: string;
}

export async function runGuarded(
  world: World,
  guards: WorldGuards,
  attack: AttackCase,
  hidden: HiddenMode,
): Promise<GuardedRun> {
  const session = ["SET statement_timeout = '2s'", attack.directives.session ?? ''];
  const { guard, holder, othersBefore } = await setStage(world, guards, attack, hidden, session);
  const client = new GuardedClient(guard.session(), world.connection);
  const seen: Observation[] = [];
  for (const step of attack.steps) seen.push(observe(await client.run(step.text, PRINCIPALS[step.as])));
  await holder?.close();
  const othersAfter = await rowsAfter(world);
  return { seen, sent: client.sent, othersBefore, othersAfter };
}

/** As the statements left them, also in a transaction that is still open. */
export async function rowsAfter(world: World): Promise<string> {
  const [ready] = (await world.connection.simple('')).filter((answer) => answer.kind === 'ready');
  if (ready?.kind === 'ready' && ready.status === 'E') await world.connection.simple('ROLLBACK');
  return othersRows(world);
}

/** Past any search path of the case. */
export async function othersRows(world: World): Promise<string> {
  const [path] = rowsOf(await world.connection.simple('SHOW search_path'));
  await world.connection.simple('SET search_path = public');
  const rows = await world.othersRows();
  await world.connection.simple(`SET search_path = ${String(path?.search_path)}`);
  return rows;
}

/** One client of the guard, as a face would serve it, without the protocol. */
export class GuardedClient {
  readonly sent: string[][] = [];
  readonly #session: GuardSession;
  readonly #connection: Connection;

  constructor(session: GuardSession, connection: Connection) {
    this.#session = session;
    this.#connection = connection;
  }

  async run(text: string, principal: Principal): Promise<readonly Answer[]> {
    const judged = this.#session.judgeQuery(text, principal);
    this.sent.push([]);
    if (judged.kind === 'denied') return this.#refuse(judged.error);
    const answers: Answer[] = [];
    for (const statement of judged.statements) {
      const given = await this.#send(statement, principal);
      answers.push(...given);
      if (given.some((answer) => answer.kind === 'error')) break;
    }
    return answers;
  }

  /** A statement that is denied fails a transaction that is open, as any other error does. */
  async #refuse(error: CordonError): Promise<readonly Answer[]> {
    await this.#connection.simple('cordon refused');
    return [{ kind: 'error', fields: { S: 'ERROR', C: error.sqlstate, M: error.message, H: error.hint } }];
  }

  async #send(statement: GuardedStatement, principal: Principal): Promise<readonly Answer[]> {
    const text = statement.textFor(principal);
    this.sent.at(-1)?.push(text);
    // The rows of COPY FROM STDIN are inserted by the face, so nothing is left to do here.
    if (statement.effect.kind === 'copy-in') return [{ kind: 'other', type: 'copy-in' }];
    const answers = await this.#connection.simple(text);
    return answers.flatMap((answer) => scrub(answer, statement.discardRows));
  }
}

export function scrub(answer: Answer, discardRows: boolean): readonly Answer[] {
  switch (answer.kind) {
    case 'fields':
    case 'row':
      return discardRows ? [] : [answer];
    case 'error': {
      const { S = '', C = '', M = '' } = answer.fields;
      const safe = scrubDatabaseError({ severity: S, code: C, message: M });
      const hint = safe.hint === undefined ? {} : { H: safe.hint };
      return [{ kind: 'error', fields: { S: safe.severity, C: safe.code, M: safe.message, ...hint } }];
    }
    case 'notice': {
      const safe = scrubNotice(answer.fields.C ?? '');
      return safe === undefined
        ? []
        : [{ kind: 'notice', fields: { S: safe.severity, C: safe.code, M: safe.message } }];
    }
    case 'ready':
    case 'setting':
      return [];
    default:
      return [answer];
  }
}
