/** What a call of `query` asks for, read once: an object that answers otherwise the next time it is read changes nothing. */
import pg from 'pg';
import type { Wire } from './raw-driver.ts';

/** Turns values as the database writes them into JavaScript's. */
export interface Types {
  getTypeParser(type: number, format?: string): (value: string) => unknown;
}

export interface Request {
  readonly text: string;
  readonly values: readonly Wire[];
  /** OIDs that the client declares for its parameters; `pg` declares none. */
  readonly parameterTypes: readonly number[];
  readonly rowsAsArrays: boolean;
  readonly types: Types | undefined;
  /** The application named the statement: it is to be kept prepared at once. */
  readonly isNamed: boolean;
}

export type Callback = (error: Error | null, result?: unknown) => void;

/** A config object of `pg`, as it is given. */
export interface QueryConfig {
  readonly text?: unknown;
  readonly name?: unknown;
  readonly values?: unknown;
  readonly rowMode?: unknown;
  readonly types?: unknown;
}

/** Texts of named statements: a name alone runs what it was given with before. */
export class NamedTexts {
  #texts: Map<string, string> | undefined;

  textOf(name: string | undefined, text: unknown): string {
    if (typeof text === 'string' && text !== '') return this.#keep(name, text);
    const known = name === undefined ? undefined : this.#texts?.get(name);
    if (known !== undefined) return known;
    if (text === '') return '';
    throw new TypeError('A query must have either text or a name.');
  }

  #keep(name: string | undefined, text: string): string {
    if (name === undefined) return text;
    this.#texts ??= new Map();
    const known = this.#texts.get(name);
    if (known !== undefined && known !== text)
      throw new Error('Prepared statements must be unique: the name was used for a different statement');
    this.#texts.set(name, text);
    return text;
  }
}

/** Reads the arguments of `query(text | config, values?)`. Throws what `pg` throws for arguments of another kind. */
export function readRequest(
  given: unknown,
  values: unknown,
  names: NamedTexts,
  parsers: Types | undefined,
): Request {
  if (typeof given === 'string') return request(given, toWire(values), false, parsers, false);
  if (typeof given !== 'object' || given === null)
    throw new TypeError('Client was passed a null or undefined query');
  const { text, name, values: own, rowMode, types } = given as QueryConfig;
  const called = typeof name === 'string' && name !== '' ? name : undefined;
  return request(
    names.textOf(called, text),
    toWire(values ?? own),
    rowMode === 'array',
    readTypes(types) ?? parsers,
    called !== undefined,
  );
}

function request(
  text: string,
  values: readonly Wire[],
  rowsAsArrays: boolean,
  types: Types | undefined,
  isNamed: boolean,
): Request {
  return { text, values, parameterTypes: [], rowsAsArrays, types, isNamed };
}

function readTypes(types: unknown): Types | undefined {
  const { getTypeParser } = (types ?? {}) as { getTypeParser?: unknown };
  return typeof getTypeParser === 'function' ? (types as Types) : undefined;
}

/** `pg` exports it, and its types do not say so. */
const { prepareValue } = (pg as unknown as { utils: { prepareValue(value: unknown): Wire } }).utils;

const NO_VALUES: readonly Wire[] = [];

/** Values as they are sent, converted once by the rules of `pg`. */
export function toWire(values: unknown): readonly Wire[] {
  if (values === undefined || values === null) return NO_VALUES;
  if (!Array.isArray(values)) throw new TypeError('Query values must be an array');
  return values.map((value: unknown) => wireOf(value));
}

function wireOf(value: unknown): Wire {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  return prepareValue(value);
}
