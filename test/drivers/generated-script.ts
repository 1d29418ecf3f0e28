/**
 * A script of protocol messages that a seed repeats: statements of every class by the simple and the extended protocol, as
 * literals and as parameters, one at a time and in pipelines, with portals that stop half way, errors in the middle of
 * batches, transactions, cursors, prepared statements and COPY.
 */
import type { Dice } from '../noninterference/dice.ts';
import { message } from '../worlds/connection.ts';
import {
  type Kind,
  makeQuery,
  makeTemplate,
  someValue,
  type Template,
  withLiterals,
  withParameters,
} from './generated-statements.ts';

export interface Step {
  readonly bytes: Uint8Array;
  /** For reports. */
  readonly told: string;
  /** Whether ReadyForQuery answers it. */
  readonly asksReady: boolean;
}

/** Messages that are written at once. */
export interface Burst {
  readonly steps: readonly Step[];
  /** Rows for COPY FROM STDIN. */
  readonly copied: string;
}

const STATEMENTS = ['', '', '', 's1', 's2', 's3'];
const PORTALS = ['', '', '', 'p1', 'p2'];

const query = (sql: string): Step => ({ bytes: message('Q', sql), told: `Query ${sql}`, asksReady: true });
const SYNC: Step = { bytes: message('S'), told: 'Sync', asksReady: true };
const FLUSH: Step = { bytes: message('H'), told: 'Flush', asksReady: false };

function parse(name: string, sql: string, types: readonly number[]): Step {
  const bytes = message('P', name, sql, types.length, ...types.map(int32));
  return { bytes, told: `Parse ${name}: ${sql} [${types}]`, asksReady: false };
}

interface BindOptions {
  readonly portal: string;
  readonly statement: string;
  readonly values: readonly (string | null)[];
  readonly resultFormats: readonly number[];
}

function bind({ portal, statement, values, resultFormats }: BindOptions): Step {
  const bytes = message(
    'B',
    portal,
    statement,
    0,
    values.length,
    ...values.map(sized),
    resultFormats.length,
    ...resultFormats,
  );
  return {
    bytes,
    told: `Bind ${portal} <- ${statement} ${JSON.stringify(values)} formats ${resultFormats}`,
    asksReady: false,
  };
}

function describe(target: 'S' | 'P', name: string): Step {
  return {
    bytes: message('D', Buffer.from(target), name),
    told: `Describe ${target} ${name}`,
    asksReady: false,
  };
}

function execute(portal: string, limit: number): Step {
  return { bytes: message('E', portal, int32(limit)), told: `Execute ${portal} ${limit}`, asksReady: false };
}

function close(target: 'S' | 'P', name: string): Step {
  return {
    bytes: message('C', Buffer.from(target), name),
    told: `Close ${target} ${name}`,
    asksReady: false,
  };
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}

function sized(value: string | null): Buffer {
  if (value === null) return int32(-1);
  const bytes = Buffer.from(value);
  return Buffer.concat([int32(bytes.length), bytes]);
}

interface Prepared {
  readonly kinds: readonly Kind[];
}

/** What the script has begun, as far as it can know: most messages are to mean something. */
export class ScriptMaker {
  readonly #dice: Dice;
  readonly #templates: readonly Template[];
  readonly #queries: readonly Template[];
  readonly #prepared = new Map<string, Prepared>();
  #inTransaction = false;

  /** Statements come back with other values, as those of an app do: what is kept of the first meets the second. */
  constructor(dice: Dice, templates: number) {
    this.#dice = dice;
    this.#templates = Array.from({ length: templates }, () => makeTemplate(dice));
    this.#queries = Array.from({ length: templates / 4 }, () => makeQuery(dice));
  }

  burst(): Burst {
    const dice = this.#dice;
    if (this.#inTransaction && dice.chance(0.2)) return this.#end();
    if (dice.chance(0.02)) return burst(this.#pipelineOfUnits(), '');
    if (dice.chance(0.04)) return this.#copyIn();
    return burst(this.#unit(), '');
  }

  #unit(): readonly Step[] {
    const dice = this.#dice;
    const roll = dice.next();
    if (roll < 0.34) return [query(this.#literal())];
    if (roll < 0.38)
      return [query(Array.from({ length: 3 }, () => this.#literal()).join(dice.pick([';', '; ', ';;\n'])))];
    if (roll < 0.46) return ofSession(this.#sessionStatement());
    if (roll < 0.52) return [query(this.#byName())];
    if (roll < 0.72) return [...this.#once(), SYNC];
    if (roll < 0.82) return [...this.#again(), SYNC];
    if (roll < 0.89) return this.#stopped();
    if (roll < 0.92) return [...this.#stray(), SYNC];
    return [...dice.some(4, () => this.#batched()).flat(), SYNC];
  }

  #pipelineOfUnits(): readonly Step[] {
    return this.#dice.some(4, () => this.#unit()).flat();
  }

  #literal(): string {
    return withLiterals(this.#dice.pick(this.#templates), this.#dice);
  }

  #end(): Burst {
    this.#inTransaction = false;
    const end = this.#dice.pick(['COMMIT', 'ROLLBACK', 'END', 'ABORT']);
    return burst(this.#dice.chance(0.7) ? [query(end)] : [...this.#run(end), SYNC], '');
  }

  #sessionStatement(): string {
    const dice = this.#dice;
    const text = dice.pick([
      'BEGIN',
      'BEGIN',
      'START TRANSACTION ISOLATION LEVEL REPEATABLE READ',
      'BEGIN READ ONLY',
      'SAVEPOINT a',
      'ROLLBACK TO a',
      'RELEASE a',
      "SET datestyle = 'ISO, DMY'",
      "SET datestyle = 'SQL, MDY'",
      'RESET datestyle',
      "SET LOCAL timezone = 'Asia/Tokyo'",
      "SET timezone = 'UTC'",
      "SET intervalstyle = 'iso_8601'",
      'RESET intervalstyle',
      'SET extra_float_digits = 0',
      "SET bytea_output = 'escape'",
      'SHOW timezone',
      'DISCARD ALL',
      'DEALLOCATE ALL',
      '',
      ';',
      '-- nothing',
      'BEGIN; SELECT 1; COMMIT',
      'SELECT 1; SELECT 1/0; SELECT 2',
      'ROLLBACK',
    ]);
    if (/^(BEGIN|START)[^;]*$/.test(text)) this.#inTransaction = true;
    if (text === 'DISCARD ALL') this.#prepared.clear();
    return text;
  }

  /** Statements and cursors that have their names in SQL. */
  #byName(): string {
    const dice = this.#dice;
    const name = dice.pick(['q1', 'q2']);
    const cursor = dice.pick(['c1', 'c2']);
    return dice.pick([
      () => `PREPARE ${name} AS SELECT n, word FROM numbers WHERE n = $1 ORDER BY n`,
      () =>
        `PREPARE ${name} (int, text) AS SELECT n FROM numbers WHERE n < $1 AND word <> $2 ORDER BY n LIMIT 3`,
      () => withLiterals({ pieces: [`EXECUTE ${name} (`, ')'], kinds: ['int'] }, dice),
      () => withLiterals({ pieces: [`EXECUTE ${name} (`, ', ', ')'], kinds: ['int', 'text'] }, dice),
      () => `DEALLOCATE ${name}`,
      () => `DECLARE ${cursor} CURSOR FOR SELECT n, word FROM numbers WHERE n < 20 ORDER BY n`,
      () => `DECLARE ${cursor} SCROLL CURSOR FOR ${withLiterals(dice.pick(this.#queries), dice)}`,
      () =>
        `FETCH ${dice.pick(['', '3 FROM ', 'ALL FROM ', 'PRIOR FROM ', 'BACKWARD 2 FROM ', 'ABSOLUTE 2 FROM '])}${cursor}`,
      () => `MOVE 2 FROM ${cursor}`,
      () => `CLOSE ${cursor}`,
    ])();
  }

  /** Parse to Execute, by the unnamed statement and portal. */
  #once(): readonly Step[] {
    const dice = this.#dice;
    if (dice.chance(0.3)) return this.#run(this.#literal());
    const { sql, types, kinds } = withParameters(dice.pick(this.#templates), dice);
    this.#prepared.set('', { kinds });
    return [parse('', sql, types), ...this.#bound('', kinds)];
  }

  #run(sql: string): readonly Step[] {
    this.#prepared.set('', { kinds: [] });
    return [parse('', sql, []), ...this.#bound('', [])];
  }

  #bound(statement: string, kinds: readonly Kind[]): readonly Step[] {
    const dice = this.#dice;
    const portal = dice.chance(0.85) ? '' : dice.pick(PORTALS);
    return [
      ...(dice.chance(0.3) ? [describe('S', statement)] : []),
      bind({ portal, statement, values: this.#values(kinds), resultFormats: this.#formats() }),
      ...(dice.chance(0.6) ? [describe('P', portal)] : []),
      execute(portal, dice.pick([0, 0, 0, 1, 2, 100])),
      ...(dice.chance(0.1) ? [FLUSH] : []),
      ...(dice.chance(0.1) ? [close('P', portal)] : []),
    ];
  }

  #values(kinds: readonly Kind[]): readonly (string | null)[] {
    const values = kinds.map((kind) => someValue(kind, this.#dice));
    return this.#dice.chance(0.02) ? values.slice(1) : values;
  }

  #formats(): readonly number[] {
    return this.#dice.pick([[], [], [0], [1], [0, 1]]);
  }

  /** By a statement that was prepared before, or is now. */
  #again(): readonly Step[] {
    const dice = this.#dice;
    const name = dice.pick(STATEMENTS);
    const known = this.#prepared.get(name);
    if (known !== undefined && dice.chance(0.75)) return this.#bound(name, known.kinds);
    const { sql, types, kinds } = withParameters(dice.pick(this.#templates), dice);
    this.#prepared.set(name, { kinds });
    const before = known !== undefined && name !== '' && dice.chance(0.9) ? [close('S', name)] : [];
    return [...before, parse(name, sql, types), ...(dice.chance(0.5) ? [describe('S', name)] : [])];
  }

  /** A portal that is read in pieces, within a transaction or within one batch. */
  #stopped(): readonly Step[] {
    const dice = this.#dice;
    const portal = dice.pick(PORTALS);
    const sql = withLiterals(dice.pick(this.#queries), dice);
    const pieces = Array.from({ length: dice.between(2, 4) }, () => [
      execute(portal, dice.pick([1, 2, 5, 0])),
      ...(dice.chance(0.4) ? [SYNC] : []),
    ]).flat();
    const opened = [
      parse('', sql, []),
      bind({ portal, statement: '', values: [], resultFormats: this.#formats() }),
    ];
    this.#prepared.set('', { kinds: [] });
    const all = [
      ...opened,
      describe('P', portal),
      ...pieces,
      ...(dice.chance(0.5) ? [close('P', portal)] : []),
      SYNC,
    ];
    return dice.chance(0.6) ? [query('BEGIN'), ...all, query('COMMIT')] : all;
  }

  /** Messages that name what may not be there. */
  #stray(): readonly Step[] {
    const dice = this.#dice;
    return dice.some(3, () => {
      const [statement, portal] = [dice.pick([...STATEMENTS, 'missing']), dice.pick([...PORTALS, 'missing'])];
      return dice.pick([
        () => describe('S', statement),
        () => describe('P', portal),
        () => execute(portal, 1),
        () => close('S', statement),
        () => close('P', portal),
        () => bind({ portal, statement, values: [], resultFormats: [] }),
        () => parse(statement, '', []),
        () => parse(statement, 'SELECT 1; SELECT 2', []),
        () => FLUSH,
        () => SYNC,
      ])();
    });
  }

  #batched(): readonly Step[] {
    const dice = this.#dice;
    if (dice.chance(0.15))
      return this.#run(dice.pick(['BEGIN', 'COMMIT', 'SAVEPOINT b', 'SELECT 1/0', 'ROLLBACK']));
    return dice.chance(0.7) ? this.#once() : this.#again();
  }

  #copyIn(): Burst {
    const dice = this.#dice;
    const rows = Array.from(
      { length: dice.between(0, 4) },
      () => `${someValue('int', dice) ?? '\\N'}\t${dice.pick(['a', 'b\\tc', '\\N', 'ü'])}\n`,
    );
    const sql = dice.pick([
      'COPY numbers (n, word) FROM STDIN',
      "COPY numbers FROM STDIN (NULL 'x')",
      'COPY numbers (word, n) FROM STDIN',
    ]);
    return burst([query(sql)], rows.join(''));
  }
}

/**
 * A ROLLBACK TO that fails in a Query leaves an unnamed portal behind whose statement is gone, and an Execute of that portal
 * ends the whole server (PostgreSQL 15.18: segmentation fault), so the script closes it at once. The gateway lets no such Execute
 * through: see generated-script.test.ts.
 */
function ofSession(sql: string): readonly Step[] {
  return sql.startsWith('ROLLBACK TO') ? [query(sql), close('P', ''), SYNC] : [query(sql)];
}

function burst(steps: readonly Step[], copied: string): Burst {
  return { steps, copied };
}
