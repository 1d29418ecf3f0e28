/** `sql` in the shape of `postgres.js`, for whoever asks at the moment of each query. */
import { CordonError, safeText } from '../../errors/index.ts';
import type { Speaker } from '../border.ts';
import { GuardedClient } from '../guarded-client.ts';
import { GuardedPool } from '../guarded-pool.ts';
import { outOfReach } from '../out-of-reach.ts';
import { toWire } from '../request.ts';
import type { Result } from '../result.ts';
import type { Source } from '../source.ts';
import { type Composed, compose, Listed, Name, type Part, type Settings, Typed } from './fragment.ts';
import { CLOSE, PendingQuery, type Runner } from './pending.ts';
import { type ElementOf, type Rows, rowsOf, type Shape } from './rows.ts';

/** What both a pool and a client of a transaction have. */
interface Asked {
  query(config: object): unknown;
}

const AS_TEXT = { getTypeParser: () => (value: string) => value };

class SqlRunner implements Runner {
  readonly #asked: Asked;
  readonly #settings: Settings;
  readonly #errorOf: (error: unknown) => unknown;
  readonly #elementOf: ElementOf;

  constructor(asked: Asked, { settings, errorOf, source }: SqlOptions) {
    this.#asked = asked;
    this.#settings = settings;
    this.#errorOf = errorOf;
    this.#elementOf = (type) => {
      const entry = source.border.guard.catalog.types.get(type);
      return entry?.kind === 'array' ? entry.element : undefined;
    };
  }

  compose(part: Part): Composed {
    return compose(part, this.#settings, PendingQuery.partOf);
  }

  async run({ text, values }: Composed, shape: Shape): Promise<Rows | readonly Rows[]> {
    try {
      const config = { text, values: [...values], rowMode: 'array', types: AS_TEXT };
      const answered = (await this.#asked.query(config)) as Result | readonly Result[];
      if (Array.isArray(answered))
        return answered.map((result: Result) => rowsOf(result, shape, this.#settings, this.#elementOf));
      return rowsOf(answered as Result, shape, this.#settings, this.#elementOf);
    } catch (error) {
      throw this.#errorOf(error);
    }
  }
}

/** The shape of an instance of `postgres.js`; its own types say more. */
export type GuardedSql = ((first: unknown, ...rest: unknown[]) => unknown) & Record<string, unknown>;

export interface SqlOptions {
  readonly source: Source;
  readonly speaker: Speaker;
  readonly settings: Settings;
  readonly errorOf: (error: unknown) => unknown;
}

export function guardedSql(options: SqlOptions): GuardedSql {
  const { source, speaker, settings } = options;
  const pool = new GuardedPool(source, speaker);
  const sql = tagged(new SqlRunner(pool as Asked, options), settings);
  return Object.assign(sql, {
    begin: (first: unknown, second?: unknown) => begin(options, first, second),
    reserve: () => reserve(options),
    end: async () => undefined,
    close: async () => undefined,
    parameters: {},
    CLOSE,
    END: CLOSE,
  });
}

/** The template, and what helps to fill it. */
function tagged(runner: Runner, settings: Settings): GuardedSql {
  const sql = (first: unknown, ...rest: unknown[]): unknown => {
    if (isTemplate(first)) return new PendingQuery(runner, { strings: [...first], values: rest });
    if (typeof first === 'string' && rest.length === 0)
      return new Name(settings.transform.column.to?.(first) ?? first);
    return new Listed(first, rest);
  };
  const typed = (value: unknown, type: number) => new Typed(value, type);
  return Object.assign(sql, {
    unsafe: (text: unknown, values: readonly unknown[] = []) => unsafe(runner, text, values),
    typed,
    types: typed,
    json: (value: unknown) => new Typed(JSON.stringify(value), 0),
    array: (value: unknown) => new Typed(value, 0),
    options: {
      parsers: settings.parsers,
      serializers: settings.serializers,
      transform: settings.transform,
      max: 1,
    },
    ...Object.fromEntries(REFUSED.map((name) => [name, () => Promise.reject(refused(name))])),
  }) as unknown as GuardedSql;
}

const REFUSED = ['listen', 'notify', 'subscribe', 'file', 'largeObject'];

function refused(name: string): CordonError {
  if (name === 'listen' || name === 'notify' || name === 'subscribe')
    return new CordonError('CORDON_UNSUPPORTED', { construct: safeText('a notification') });
  return outOfReach(name);
}

function isTemplate(first: unknown): first is readonly string[] {
  return Array.isArray(first) && Array.isArray((first as { raw?: unknown }).raw);
}

/** A text with `$1`, …; inside of a template it is a part without values. */
function unsafe(runner: Runner, text: unknown, values: readonly unknown[]): PendingQuery {
  if (typeof text !== 'string') throw new TypeError('a text is expected');
  if (values.length === 0) return new PendingQuery(runner, { strings: [text], values: [] });
  const given: Runner = {
    compose: () => ({
      text,
      values: toWire(values.map((value) => (value instanceof Typed ? value.value : value))),
    }),
    run: (composed, shape) => runner.run(composed, shape),
  };
  return new PendingQuery(given, { strings: [text], values: [] });
}

type Work = (sql: GuardedSql) => unknown;

/** Letters and spaces: the options of BEGIN, which the guard judges with it. */
const BEGIN_OPTIONS = /^[a-z ,]*$/i;

async function begin(options: SqlOptions, first: unknown, second: unknown): Promise<unknown> {
  const work = (typeof first === 'function' ? first : second) as Work;
  const how = typeof first === 'string' ? first : '';
  if (!BEGIN_OPTIONS.test(how)) throw new CordonError('CORDON_SYNTAX');
  const client = new GuardedClient(options.source, options.speaker, { isOwn: false });
  try {
    await client.query(`BEGIN ${how}`);
    const done = await within(options, client, work);
    await client.query('COMMIT');
    return done;
  } catch (error) {
    await Promise.resolve(client.query('ROLLBACK')).catch(() => undefined);
    throw options.errorOf(error);
  } finally {
    await client.end();
  }
}

/** Runs work in an open transaction; a list of queries that it answers is waited for. */
async function within(options: SqlOptions, client: GuardedClient, work: Work): Promise<unknown> {
  const sql = tagged(new SqlRunner(client as Asked, options), options.settings);
  let count = 0;
  const savepoint = async (first: unknown, second?: unknown): Promise<unknown> => {
    const inner = (typeof first === 'function' ? first : second) as Work;
    count += 1;
    const name = `s${count}`;
    await client.query(`SAVEPOINT ${name}`);
    try {
      return await within(options, client, inner);
    } catch (error) {
      await client.query(`ROLLBACK TO SAVEPOINT ${name}`);
      throw error;
    }
  };
  const answered = await work(Object.assign(sql, { savepoint }) as GuardedSql);
  return Array.isArray(answered) ? Promise.all(answered) : answered;
}

async function reserve(options: SqlOptions): Promise<GuardedSql> {
  const client = new GuardedClient(options.source, options.speaker, { isOwn: false });
  await client.connect();
  const sql = tagged(new SqlRunner(client as Asked, options), options.settings);
  return Object.assign(sql, { release: () => client.release() });
}
