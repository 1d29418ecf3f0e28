/** Settings of a session that go with a client from one connection to another. */
import { resetText, settingsText } from '../../guard/pins.ts';
import type { SessionSettings } from './upstream.ts';

/** Of a connection whose settings are as it began with them. */
export const NO_SETTINGS: SessionSettings = new Map();

/** A label; it changes nothing of what statements do. */
export const LABEL = 'application_name';

/** How a connection is handed from one client to the next. */
export interface Switching {
  /** `currval` tells of numbers that the session has drawn: they are forgotten. Needless where the policy lists no sequences. */
  readonly forgetsSequences: boolean;
}

/**
 * What is set in the session, by the database's own account, so that a ROLLBACK or a function is accounted for. What belongs to a
 * transaction alone shows here while it is open, and cannot be set from outside.
 */
export const SET_IN_SESSION =
  "SELECT pg_catalog.lower(name), setting FROM pg_catalog.pg_settings WHERE source = 'session'";

const OF_TRANSACTION = /^transaction_(?:isolation|read_only|deferrable)$/;
/** The gateway's own, which nothing reads. */
const NOTHING = 'cordon.nothing';

/** Reads the answer to it. */
export function readSettings(rows: readonly (readonly (string | null)[])[]): SessionSettings {
  const settings = new Map<string, string>();
  for (const [name, value] of rows)
    if (name != null && value != null && name !== NOTHING && !OF_TRANSACTION.test(name))
      settings.set(name, value);
  return settings;
}

/** Statements that bring settings back to what the connection began with. */
export function resets(settings: SessionSettings): readonly string[] {
  return Array.from(settings.keys(), resetText);
}

/** Statements that make one set of settings into another. */
export function switched(from: SessionSettings, to: SessionSettings): readonly string[] {
  if (from === to) return NONE;
  const gone = new Map([...from].filter(([name]) => !to.has(name)));
  const changed = [...to].filter(([name, value]) => from.get(name) !== value);
  return changed.length === 0 ? resets(gone) : [...resets(gone), settingsText(changed)];
}

/** By which settings texts are read: literals of dates and times become values when a statement is prepared. */
export function groundOf(settings: SessionSettings): string {
  if (settings.size === 0) return '';
  const read = [...settings].filter(([name]) => name !== LABEL && !LIMIT.test(name));
  return JSON.stringify(read.sort(([one], [other]) => (one < other ? -1 : 1)));
}

const NONE: readonly string[] = [];
const LIMIT = /_timeout$/;
const SECOND_MS = 1000;

/** Limits that could end a statement which makes the connection ready for the next client, or the connection while nobody has it. */
export function harsh(settings: SessionSettings): SessionSettings {
  const found = [...settings].filter(([name, value]) => LIMIT.test(name) && !isMild(name, value));
  return new Map(found);
}

function isMild(name: string, value: string): boolean {
  if (name.startsWith('idle_')) return false;
  const [, amount = '0', unit = ''] = /^\s*(\d+)\s*(ms|s|min|h|d)?\s*$/.exec(value) ?? [];
  if (Number(amount) === 0) return value.trim() === '0';
  return unit === '' || unit === 'ms' ? Number(amount) >= SECOND_MS : true;
}
