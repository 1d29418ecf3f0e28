/** Which rows of others were changed: asked before a transaction is undone, or after it was committed. */
import { type Channel, runOn } from './channel.ts';
import type { Caller, Mine } from './laboratory.ts';

export interface Watch {
  /** Within the transaction that wrote. */
  readonly inside: string;
  /** After it, against the mark that was set before. */
  readonly since: string;
}

/** Nothing is a row of the caller's where the laboratory says nothing. */
const NOTHING: Mine = { rows: 'false' };

export class Watches {
  readonly #channel: Channel;
  readonly #tables: readonly string[];
  readonly #known = new Map<string, Promise<Watch>>();

  constructor(channel: Channel, tables: readonly string[]) {
    this.#channel = channel;
    this.#tables = tables;
  }

  of({ name, writes }: Caller): Promise<Watch | undefined> {
    if (writes === undefined) return Promise.resolve(undefined);
    const known = this.#known.get(name) ?? this.#make(writes);
    this.#known.set(name, known);
    return known;
  }

  async #make(writes: Readonly<Record<string, Mine>>): Promise<Watch> {
    const mine = this.#tables.map((table) => ({ table, ...(writes[table] ?? NOTHING) }));
    const counts = mine.map(
      ({ table, rows }) => `(SELECT count(*) FROM public.${table} t WHERE (${rows}) IS NOT TRUE)`,
    );
    const counted = (await runOn(this.#channel, `SELECT ${counts.join(', ')}`)).split(',');
    const ask = (form: Form): string =>
      mine.map((one, index) => changed(one, counted[index] ?? '0', form)).join(' UNION ALL ');
    return { inside: ask(INSIDE), since: ask(SINCE) };
  }
}

interface Form {
  readonly touched: (table: string) => string;
  readonly old: string;
}

/** `age` counts from the number of the transaction itself; its sub-transactions have later ones. */
const INSIDE: Form = {
  touched: (table) =>
    ['inserted', 'updated', 'deleted']
      .map((what) => `pg_catalog.pg_stat_get_xact_tuples_${what}('public.${table}'::regclass)`)
      .join(' + ')
      .concat(' > 0'),
  old: 'pg_catalog.age(t.xmin) > 0',
};

const SINCE: Form = {
  touched: () => 'true',
  old: "t.xmin::text::bigint < pg_catalog.current_setting('prove.mark')::bigint",
};

interface Watched extends Mine {
  readonly table: string;
}

/** The name of the relation, if a row of others is gone or has a new version, or a new row is one that nobody may make. */
function changed({ table, rows, wrong }: Watched, count: string, { touched, old }: Form): string {
  const others = `(SELECT count(*) FROM public.${table} t WHERE (${rows}) IS NOT TRUE AND ${old}) <> ${count}`;
  const made = `EXISTS (SELECT 1 FROM public.${table} t WHERE (${wrong ?? `(${rows}) IS NOT TRUE`}) AND NOT (${old}))`;
  return `SELECT '${table}' WHERE CASE WHEN ${touched(table)} THEN ${others} OR ${made} ELSE false END`;
}
