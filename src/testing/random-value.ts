/** Values of a column, by its type. A column whose type is not known here stays empty, or takes its default. */
import type { Catalog, Column, TypeEntry } from '../catalog/index.ts';
import type { Dice } from './dice.ts';

/** A value as text, or undefined where none can be made. */
export function randomValue(catalog: Catalog, column: Column, dice: Dice): string | undefined {
  const type = catalog.types.get(column.type);
  return type === undefined ? undefined : ofType(catalog, type, column.typeText, dice);
}

function ofType(catalog: Catalog, type: TypeEntry, typeText: string, dice: Dice): string | undefined {
  const inner = type.element === undefined ? undefined : catalog.types.get(type.element);
  if (type.kind === 'enum') return dice.pick(type.labels ?? []);
  if (type.kind === 'domain') return inner === undefined ? undefined : ofType(catalog, inner, typeText, dice);
  if (type.kind === 'array') {
    const item = inner === undefined ? undefined : ofType(catalog, inner, '', dice);
    return item === undefined || /[{}",\\]/.test(item) ? '{}' : `{"${item}"}`;
  }
  return BASE[type.name]?.(dice, typeText);
}

/** Numbers that a comparison with another tells apart, zero among them, since it is what divisions fail on. */
const number = (dice: Dice) => String(dice.pick([0, 1, 2, 5, 10, 99, 500, -3]) ?? 0);
const day = (dice: Dice) => `20${10 + dice.below(20)}-0${1 + dice.below(9)}-1${dice.below(10)}`;
const time = (dice: Dice) => `1${dice.below(10)}:3${dice.below(10)}:00`;

function word(dice: Dice, typeText: string): string {
  const text = `${dice.pick(['oak', 'elm', 'ash', '10', '-1', 'x'])}-${dice.hex(6)}`;
  const most = /\((\d+)\)/.exec(typeText)?.[1];
  return most === undefined ? text : text.slice(0, Number(most));
}

const BASE: Readonly<Record<string, (dice: Dice, typeText: string) => string>> = {
  int2: number,
  int4: number,
  int8: number,
  numeric: number,
  float4: number,
  float8: number,
  bool: (dice) => String(dice.chance(0.5)),
  text: word,
  varchar: word,
  bpchar: word,
  citext: word,
  name: word,
  uuid: (dice) => dice.uuid(),
  date: day,
  timestamp: (dice) => `${day(dice)} ${time(dice)}`,
  timestamptz: (dice) => `${day(dice)} ${time(dice)}+00`,
  time,
  interval: (dice) => `${dice.below(90)} days`,
  json: (dice) => `{"k": "${dice.hex(4)}"}`,
  jsonb: (dice) => `{"k": "${dice.hex(4)}"}`,
  bytea: (dice) => `\\x${dice.hex(8)}`,
  inet: (dice) => `10.0.${dice.below(255)}.${dice.below(255)}`,
};
