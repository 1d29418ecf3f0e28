/** A laboratory drawn by a seed: schema, policy, callers and three worlds of rows. */
import { stringify } from 'yaml';
import { createGuard } from '../../../src/guard/guard.ts';
import { ANONYMOUS, type LoadedPolicy, type Principal } from '../../../src/policy/index.ts';
import { createParser } from '../../../src/sql/index.ts';
import { catalogOf } from '../../attacks/guarded.ts';
import type { Answer } from '../../worlds/messages.ts';
import { type Channel, connectionOf, runOn } from '../channel.ts';
import { Dice } from '../dice.ts';
import {
  type Caller,
  type Laboratory,
  type Mine,
  speller,
  type World,
  withoutOpaque,
} from '../laboratory.ts';
import { sessionCase } from '../sessions.ts';
import { diverseSettings, widerSettings } from '../settings.ts';
import type { Case } from '../trial.ts';
import type { Vocabulary } from '../vocabulary.ts';
import { Watches } from '../watch.ts';
import { Writes } from '../writes.ts';
import { ALICE, BOB, drawData, SAM, TENANT, type Worlds } from './data.ts';
import { drawPolicy } from './policy.ts';
import { wrongRows } from './rule-text.ts';
import { type DrawnSchema, type DrawnTable, drawSchema, keyValue, schemaText } from './schema.ts';
import type { Data, Row, Value } from './sight.ts';
import { drawnVocabulary } from './vocabulary.ts';

export interface Place {
  readonly full: Channel;
  readonly other: Channel;
  readonly clear: Channel;
}

export interface DrawnOptions {
  readonly seed: number;
  /** Rows at most, where a large laboratory is drawn. */
  readonly bulk: number;
  readonly dialect?: 'postgres' | 'cockroachdb';
  readonly bareFlags?: boolean;
}

/** How often a case is a session of several statements. */
const SESSIONS = 0.3;

const EMPTY =
  'DROP SCHEMA IF EXISTS public CASCADE; DROP SCHEMA IF EXISTS saved CASCADE; CREATE SCHEMA public; CREATE SCHEMA saved';

/** Takes the place of whatever the databases held. */
export async function drawnLaboratory(place: Place, options: DrawnOptions): Promise<Laboratory> {
  const dice = new Dice(options.seed);
  const schema = drawSchema(dice);
  const channels = [place.full, place.other, place.clear] as const;
  const made = `SET statement_timeout = 0; ${EMPTY}; ${schemaText(schema)}`;
  await Promise.all(channels.map((channel) => runOn(channel, made)));
  const catalog = await catalogOf(connectionOf(place.full), { dialect: options.dialect ?? 'postgres' });
  const { policy, document } = drawPolicy(dice, schema, catalog);
  const people = askers(dice, schema, policy);
  const bulk = dice.pick([8, 30, 30, 90, 90, 250, options.bulk]);
  const worlds = drawData(
    schema,
    policy,
    people.map((one) => one.principal),
    { seed: options.seed, bulk },
  );
  const analyzed = dice.chance(0.6);
  await fill(place, schema, worlds, analyzed);
  const callers = people.map(
    (one): Caller => ({
      name: one.name,
      principal: one.principal,
      writes: mineOf(schema, policy, worlds, one.principal),
    }),
  );
  const vocabularies = people.map((one) =>
    drawnVocabulary(dice, schema, policy, { role: one.principal.role, person: one.person }),
  );
  const guard = createGuard({ policy, catalog, parser: await createParser(), dialect: 'postgres' });
  const spell = await speller(place.full);
  const world = async (name: World['name'], channel: Channel): Promise<World> => {
    const watches = new Watches(
      channel,
      storedTables(schema).map((table) => table.name),
    );
    const likened = await likening(channel);
    return {
      name,
      channel,
      spell,
      likened,
      watchOf: (of) => watches.of(of),
      restore: restoreText(schema),
      shuffle: shuffleText(schema),
    };
  };
  const clear = await world('clear', place.clear);
  const all = [await world('full', place.full), await world('other', place.other), clear];
  const told = `${schemaText(schema)};\n\n${stringify(document)}\ncallers: ${callers.map(({ name, principal }) => `${name} (${principal.role}, ${JSON.stringify(Object.fromEntries(principal.claims))})`).join(', ')}; about ${bulk} hidden rows, ${analyzed ? 'with' : 'without'} statistics`;
  const sent = options.bareFlags === true ? withoutOpaque : (text: string): string => text;
  const caseOf = (of: Dice): Case => drawnCase(of, callers, vocabularies);
  return {
    guard,
    worlds: all,
    clear,
    sent,
    caseOf,
    settings: diverseSettings,
    told,
    stop: () => Promise.resolve(),
  };
}

function drawnCase(dice: Dice, callers: readonly Caller[], vocabularies: readonly Vocabulary[]): Case {
  const index = dice.chance(0.5) ? 0 : dice.below(callers.length);
  const [caller, vocabulary] = [callers[index], vocabularies[index]];
  if (caller === undefined || vocabulary === undefined) throw new Error('nobody asks');
  const settings = widerSettings(dice);
  if (dice.chance(SESSIONS)) return { caller, settings, ...sessionCase(dice, vocabulary) };
  return { caller, settings, steps: new Writes(dice, vocabulary).steps() };
}

interface Person {
  readonly name: string;
  readonly person: number;
  readonly principal: Principal;
}

/** One to three callers: what each of them sees is the same in every world, so few callers leave much hidden. */
function askers(dice: Dice, schema: DrawnSchema, policy: LoadedPolicy): readonly Person[] {
  const claims = (person: number): ReadonlyMap<string, string> =>
    new Map(
      [
        ['user', String(keyValue(schema.userType, person))] as const,
        ['tenant', schema.tenantType === 'text' ? `t${TENANT}` : String(TENANT)] as const,
        ['region', 'eu'] as const,
      ].filter(([name]) => policy.identity.claims.has(name)),
    );
  const member = (name: string, person: number, role: string): Person => ({
    name,
    person,
    principal: { role, claims: claims(person), fingerprint: name, expiresAtMs: undefined },
  });
  const nobody: Person = {
    name: 'nobody',
    person: 0,
    principal: { role: ANONYMOUS, claims: new Map(), fingerprint: 'nobody', expiresAtMs: undefined },
  };
  const alice = member('alice', ALICE, 'member');
  const others = [member('bob', BOB, 'member'), member('sam', SAM, 'support'), nobody];
  return [alice, ...others.filter(() => dice.chance(0.3))];
}

function storedTables(schema: DrawnSchema): readonly DrawnTable[] {
  return schema.tables.filter((table) => table.view === undefined);
}

async function fill(place: Place, schema: DrawnSchema, worlds: Worlds, analyzed: boolean): Promise<void> {
  const statistics = analyzed ? 'ANALYZE; ' : '';
  const end = `${savedText(schema)}; SET session_replication_role = origin; SET statement_timeout = '1500ms'`;
  const load = (channel: Channel, data: Data): Promise<string> =>
    runOn(channel, `SET session_replication_role = replica; ${rowsText(schema, data)}`);
  await Promise.all([
    load(place.full, worlds.full),
    load(place.other, worlds.other),
    load(place.clear, worlds.full),
  ]);
  // ANALYZE may not stand in a transaction with what it looks at and be seen by nobody else: each on its own.
  for (const channel of [place.full, place.other, place.clear])
    if (statistics !== '') await runOn(channel, 'ANALYZE');
  await runOn(place.clear, clearText(schema, worlds));
  await Promise.all([place.full, place.other, place.clear].map((channel) => runOn(channel, end)));
}

function rowsText(schema: DrawnSchema, data: Data): string {
  return storedTables(schema)
    .map((table) => [table, data.get(table.name) ?? []] as const)
    .filter(([, rows]) => rows.length > 0)
    .map(
      ([table, rows]) =>
        `INSERT INTO ${table.name} VALUES ${rows.map((row) => rowText(table, row)).join(', ')}`,
    )
    .join(';\n');
}

/** Takes the place of the rows of `full`, under the statistics that those left; rows lie in the same order. */
function clearText(schema: DrawnSchema, { clear }: Worlds): string {
  const removed = storedTables(schema).map(({ name }) => `DELETE FROM ${name}`);
  return [...removed, rowsText(schema, clear)].join(';\n');
}

function keysText(table: DrawnTable, rows: readonly Row[]): string {
  if (rows.length === 0) return 'false';
  const values = rows.map(
    (row) => `(${table.primaryKey.map((name) => valueText(row[name] ?? null)).join(', ')})`,
  );
  return `(${table.primaryKey.join(', ')}) IN (${values.join(', ')})`;
}

function rowText(table: DrawnTable, row: Row): string {
  return `(${table.columns.map(({ name }) => valueText(row[name] ?? null)).join(',')})`;
}

function valueText(value: Value): string {
  return typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value);
}

function savedText(schema: DrawnSchema): string {
  return storedTables(schema)
    .map(({ name }) => `CREATE TABLE saved.${name} AS SELECT * FROM public.${name}`)
    .join('; ');
}

/** A relation that changed is filled anew, so that its rows lie in the order in which they lie in every world. */
function shuffleText(schema: DrawnSchema): string {
  const stored = storedTables(schema).map((table) => {
    const [key = ''] = table.primaryKey;
    return `UPDATE ${table.name} SET ${key} = ${key} WHERE random() < 0.5;`;
  });
  return `SET session_replication_role = replica; ${stored.join(' ')} SET session_replication_role = origin`;
}

function restoreText(schema: DrawnSchema): string {
  const mark = "pg_catalog.current_setting('prove.mark')::bigint";
  const tables = storedTables(schema).map(
    ({
      name,
    }) => `IF (SELECT count(*) FROM saved.${name}) <> (SELECT count(*) FROM public.${name} WHERE xmin::text::bigint < ${mark})
    OR EXISTS (SELECT 1 FROM public.${name} WHERE xmin::text::bigint >= ${mark})
  THEN DELETE FROM public.${name}; INSERT INTO public.${name} SELECT * FROM saved.${name}; END IF;`,
  );
  const body = `BEGIN ${tables.join('\n  ')} END`;
  return `SET session_replication_role = replica; DO $restore$ ${body} $restore$; SET session_replication_role = origin`;
}

/** Types of the schema have other numbers in each database. */
async function likening(channel: Channel): Promise<World['likened']> {
  const text = await runOn(
    channel,
    "SELECT oid::int8 FROM pg_type WHERE typnamespace = 'public'::regnamespace ORDER BY typname",
  );
  const numbers = new Map(text.split('\n').map((oid, index) => [Number(oid), -index - 1]));
  const like = (type: number): number => numbers.get(type) ?? type;
  return (answer: Answer): Answer => {
    if (answer.kind === 'parameters') return { ...answer, types: answer.types.map(like) };
    if (answer.kind !== 'fields') return answer;
    return { ...answer, fields: answer.fields.map((field) => ({ ...field, type: like(field.type) })) };
  };
}

function mineOf(
  schema: DrawnSchema,
  policy: LoadedPolicy,
  worlds: Worlds,
  principal: Principal,
): Readonly<Record<string, Mine>> {
  const writable = worlds.writable.get(principal.fingerprint);
  const tables = storedTables(schema).map((table) => {
    const rows = keysText(table, writable?.get(table.name) ?? []);
    return [table.name, { rows, wrong: wrongRows(table, policy, principal) }] as const;
  });
  return Object.fromEntries(tables);
}
