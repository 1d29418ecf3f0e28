/** Short sessions: transactions with savepoints, prepared statements of both kinds, cursors. */
import type { Dice } from './dice.ts';
import { Parameters, SQL_TYPES } from './expressions.ts';
import { Queries } from './queries.ts';
import type { Type } from './scope.ts';
import type { Vocabulary } from './vocabulary.ts';
import { type Step, Writes } from './writes.ts';

export interface SessionCase {
  readonly steps: readonly Step[];
  readonly session: true;
}

export function sessionCase(dice: Dice, vocabulary: Vocabulary): SessionCase {
  return { steps: new Sessions(dice, vocabulary).steps(), session: true };
}

/** Values of parameters, as text; harmless ones, and those of hidden rows. */
const VALUES: Readonly<Record<Type, readonly (string | null)[]>> = {
  int: ['0', '1', '2', '3', '7', '17', '99', '1000', '-2147483648', null],
  big: ['0', '30', '3000000000', '9223372036854775807'],
  text: ['3', 'x', '', 'a%', '(', '\\', '17', '2024-01-12', 'hidden 3', null],
  bool: ['true', 'false', null],
  num: ['0', '0.5', '2.5', '-1', '1e20', null],
  date: ['2024-01-12', 'infinity', '4713-01-01 BC'],
  uuid: ['00000000-0000-4000-8000-000000000012', '00000000-0000-4000-8000-000000001000'],
  json: ['[1,2]', '{"k":"3"}', '5'],
  ints: ['{1,3}', '{}', '{0}'],
  state: ['open', 'void'],
  stamp: ['2024-01-12 10:00:00+00', 'infinity'],
  bytes: ['\\x61', '\\x'],
  texts: ['{a,3}', '{}'],
};

interface Text {
  readonly text: string;
  readonly types: readonly Type[];
  readonly ordered: boolean;
  readonly writes: boolean;
}

class Sessions {
  readonly #dice: Dice;
  readonly #vocabulary: Vocabulary;
  #names = 0;

  constructor(dice: Dice, vocabulary: Vocabulary) {
    this.#dice = dice;
    this.#vocabulary = vocabulary;
  }

  steps(): readonly Step[] {
    const before = this.#dice.chance(0.3) ? this.#prepared() : [];
    const body = this.#dice.some(2, () => this.#part()).flat();
    const commits = this.#dice.chance(0.2);
    const level = this.#dice.pick(['', '', '', ' ISOLATION LEVEL REPEATABLE READ', ' READ ONLY']);
    const begin: Step = { ...plain(`BEGIN${level}`), begins: true };
    return [
      ...before,
      begin,
      ...body,
      plain(commits ? 'COMMIT' : this.#dice.pick(['ROLLBACK', 'ROLLBACK', 'ABORT'])),
    ];
  }

  #part(): readonly Step[] {
    return this.#dice.pick([
      () => this.#savepoint(),
      () => this.#prepared(),
      () => this.#bound(),
      () => this.#bound(),
      () => this.#cursor(),
      () => this.#readBack(),
    ])();
  }

  #statements(): readonly Step[] {
    return new Writes(this.#dice, this.#vocabulary).steps();
  }

  #savepoint(): readonly Step[] {
    const name = this.#name('s');
    const end = this.#dice.pick([`ROLLBACK TO ${name}`, `ROLLBACK TO SAVEPOINT ${name}`, `RELEASE ${name}`]);
    return [...this.#some(), plain(`SAVEPOINT ${name}`), ...this.#some(), plain(end), ...this.#some()];
  }

  #some(): readonly Step[] {
    return this.#dice.chance(0.7) ? this.#statements() : [];
  }

  /** A write, and what the caller finds of it. */
  #readBack(): readonly Step[] {
    const table = this.#dice.pick(this.#vocabulary.readable);
    const read: Step = { text: `SELECT * FROM ${table}`, ordered: false, writes: false };
    return [...this.#statements(), read];
  }

  #prepared(): readonly Step[] {
    const name = this.#name('p');
    const { text, types, ordered, writes } = this.#parametrized();
    const declared = this.#dice.chance(0.7) ? types : types.slice(0, this.#dice.below(types.length + 1));
    const list = declared.length === 0 ? '' : ` (${declared.map((type) => SQL_TYPES[type]).join(', ')})`;
    const runs = this.#dice.some(2, (): Step => {
      const values = types.map((type) => literal(this.#dice.pick(VALUES[type])));
      const given = values.length === 0 ? '' : ` (${values.join(', ')})`;
      return { text: `EXECUTE ${name}${given}`, ordered, writes };
    });
    const end = this.#dice.chance(0.3) ? [plain(`DEALLOCATE ${name}`)] : [];
    return [plain(`PREPARE ${name}${list} AS ${text}`), ...runs, ...end];
  }

  #bound(): readonly Step[] {
    const { text, types, ordered, writes } = this.#parametrized();
    const name = this.#dice.chance(0.5) ? this.#name('b') : '';
    const values = (): (string | null)[] => types.map((type) => this.#dice.pick(VALUES[type]));
    const fetch = ordered && this.#dice.chance(0.3) ? this.#dice.between(1, 3) : 0;
    const declared = this.#dice.chance(0.5);
    const bound = { name, types, declared, values: this.#dice.some(2, values), fetch };
    const first: Step = { text, ordered, writes, bound };
    if (name === '' || this.#dice.chance(0.5)) return [first];
    return [first, ...this.#some(), { text: '', ordered, writes, bound: { ...bound, values: [values()] } }];
  }

  #cursor(): readonly Step[] {
    const name = this.#name('c');
    const kind = this.#dice.pick(['', ' SCROLL', ' NO SCROLL', ' INSENSITIVE']);
    const declare = plain(`DECLARE ${name}${kind} CURSOR FOR ${this.#ordered(undefined).text}`);
    const forms = [
      'FETCH',
      'FETCH 2 FROM',
      'FETCH NEXT FROM',
      'FETCH ALL FROM',
      'MOVE 1 IN',
      'MOVE ALL IN',
      'FETCH FORWARD 3 FROM',
    ];
    const back = [
      'FETCH PRIOR FROM',
      'FETCH BACKWARD 2 FROM',
      'FETCH LAST FROM',
      'FETCH ABSOLUTE 2 FROM',
      'MOVE BACKWARD ALL IN',
    ];
    const steps = this.#dice.some(4, (): readonly Step[] => {
      if (this.#dice.chance(0.15)) return this.#statements();
      const form = this.#dice.pick(kind === ' SCROLL' ? [...forms, ...back] : forms);
      return [{ text: `${form} ${name}`, ordered: true, writes: false }];
    });
    const end = this.#dice.chance(0.5) ? [plain(this.#dice.pick([`CLOSE ${name}`, 'CLOSE ALL']))] : [];
    return [declare, ...steps.flat(), ...end];
  }

  #parametrized(): Text {
    const parameters = new Parameters();
    const writes = !this.#vocabulary.readsOnly && this.#dice.chance(0.3);
    const made = writes
      ? { text: new Writes(this.#dice, this.#vocabulary, parameters).write(), ordered: false }
      : this.#dice.chance(0.4)
        ? this.#ordered(parameters)
        : new Queries(this.#dice, this.#vocabulary, parameters).statement();
    return { ...renumbered(made.text, parameters.types), ordered: made.ordered, writes };
  }

  /** A query whose rows come in one order only. */
  #ordered(parameters: Parameters | undefined): { readonly text: string; readonly ordered: true } {
    const { text, columns } = new Queries(this.#dice, this.#vocabulary, parameters).query(
      { items: [], outer: undefined, ctes: [] },
      this.#dice.between(0, 2),
      undefined,
    );
    const order = columns.map((_, index) => `${index + 1}${this.#dice.pick(['', ' DESC'])}`).join(', ');
    return { text: `SELECT * FROM (${text}) AS q ORDER BY ${order}`, ordered: true };
  }

  #name(prefix: string): string {
    this.#names += 1;
    return `${prefix}${this.#names}`;
  }
}

function plain(text: string): Step {
  return { text, ordered: false, writes: false };
}

function literal(value: string | null): string {
  return value === null ? 'NULL' : `'${value}'`;
}

/** Parameters that stand in the text, from 1 on: parts of it may have been thrown away. */
function renumbered(
  text: string,
  types: readonly Type[],
): { readonly text: string; readonly types: readonly Type[] } {
  const used: number[] = [];
  const again = text.replace(/\$(\d+)/g, (_, digits: string) => {
    const number = Number(digits);
    if (!used.includes(number)) used.push(number);
    return `$${used.indexOf(number) + 1}`;
  });
  return { text: again, types: used.map((number) => types[number - 1] ?? 'int') };
}
