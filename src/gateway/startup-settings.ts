/**
 * What a client may say in its startup message. The message to the database is built from this list and never passed on:
 * on CockroachDB any key with a dot becomes a setting, and one key logs in without a password.
 */
import { CordonError, safeName } from '../errors/index.ts';
import { pinnedSettings } from '../guard/pins.ts';
import type { StartupMessage } from '../pgwire/index.ts';

/** A startup message, read. */
export interface StartupSettings {
  readonly user: string;
  readonly database: string;
  readonly applicationName: string;
  /** Settings that the database is opened with. */
  readonly settings: ReadonlyMap<string, string>;
  readonly token: string | undefined;
}

/** Settings that change how values are written or how long a statement may take, and nothing of what it may see. */
const PASSED: ReadonlySet<string> = new Set([
  'datestyle',
  'intervalstyle',
  'timezone',
  'extra_float_digits',
  'bytea_output',
  'statement_timeout',
  'lock_timeout',
  'idle_in_transaction_session_timeout',
  'default_transaction_isolation',
  'default_transaction_read_only',
  'default_transaction_deferrable',
  'jit',
]);

const VALUE_CHARACTERS_MAX = 128;
const APPLICATION_NAME_CHARACTERS_MAX = 63;
const UTF8_NAMES: ReadonlySet<string> = new Set(['utf8', 'unicode']);
const OFF: ReadonlySet<string> = new Set(['false', 'off', 'no', '0']);

/** Reads a startup message. Throws CordonError for a parameter that is not on the list. */
export function readStartupSettings(message: StartupMessage, searchPath: readonly string[]): StartupSettings {
  const reading = new Reading(searchPath);
  for (const [name, value] of message.parameters) reading.parameter(name, value);
  return reading.result();
}

class Reading {
  readonly #pins: ReadonlyMap<string, string>;
  readonly #settings = new Map<string, string>();
  #user = '';
  #database: string | undefined;
  #applicationName = '';
  #token: string | undefined;

  constructor(searchPath: readonly string[]) {
    this.#pins = pinnedSettings(searchPath);
  }

  parameter(name: string, value: string): void {
    switch (name) {
      case 'user':
        this.#user = value;
        return;
      case 'database':
        this.#database = value;
        return;
      case 'options':
        for (const [key, text] of readOptions(value)) this.#setting(key, text);
        return;
      default:
        this.#setting(name, value);
        return;
    }
  }

  result(): StartupSettings {
    if (this.#user === '') throw refused('user');
    return {
      user: this.#user,
      database: this.#database ?? this.#user,
      applicationName: this.#applicationName,
      settings: this.#settings,
      token: this.#token,
    };
  }

  // Names of settings are read without regard to case, as the database does.
  #setting(given: string, value: string): void {
    const name = given.toLowerCase();
    if (name === 'cordon.token') this.#token = value;
    else if (name === 'application_name') this.#applicationName = printable(value);
    else if (name === 'replication') assertThat(OFF.has(value.toLowerCase()), given);
    else if (name === 'client_encoding') assertThat(isUtf8(value), given);
    else if (name === 'search_path') assertThat(this.#isPinned(value), given);
    else if (name === 'standard_conforming_strings') assertThat(value === 'on', given);
    else this.#pass(given, name, value);
  }

  #pass(given: string, name: string, value: string): void {
    assertThat(PASSED.has(name) && value.length <= VALUE_CHARACTERS_MAX, given);
    this.#settings.set(name, value);
  }

  #isPinned(value: string): boolean {
    const plain = (text: string) => text.replace(/["\s]/g, '');
    return plain(value) === plain(this.#pins.get('search_path') ?? '');
  }
}

function isUtf8(value: string): boolean {
  return UTF8_NAMES.has(value.toLowerCase().replace(/['"\s_-]/g, ''));
}

function printable(value: string): string {
  return value.replace(/[^ -~]/g, '?').slice(0, APPLICATION_NAME_CHARACTERS_MAX);
}

function assertThat(holds: boolean, parameter: string): void {
  if (!holds) throw refused(parameter);
}

function refused(parameter: string): CordonError {
  return new CordonError('CORDON_STARTUP_PARAMETER', { parameter: safeName(parameter) });
}

/** `-c name=value`, `-cname=value` and `--name=value`, with `\` before a space that belongs to a value. */
function readOptions(options: string): readonly (readonly [string, string])[] {
  const words = (options.match(/(?:\\.|[^\s\\])+/gs) ?? []).map((word) => word.replace(/\\(.)/gs, '$1'));
  const settings: (readonly [string, string])[] = [];
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? '';
    const isSplit = word === '-c';
    if (isSplit) index += 1;
    settings.push(readOption(isSplit ? `-c${words[index] ?? ''}` : word));
  }
  return settings;
}

function readOption(word: string): readonly [string, string] {
  const [, dashed, name = '', value = ''] = /^(-c|--)([\w.-]+)=(.*)$/s.exec(word) ?? [];
  if (dashed === undefined) throw refused('options');
  return [name.replaceAll('-', '_'), value];
}
