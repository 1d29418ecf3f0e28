/**
 * The statements that one connection to the database holds prepared for the gateway, by text, so that whoever has the
 * connection next may use what was prepared before.
 *
 * A text is read under the settings that hold when it is prepared: `DATE '01/02/2020'` becomes a value then. So what was
 * prepared under one ground is not found under another; whoever changes settings says `newGround`.
 */
import { randomBytes } from 'node:crypto';
import { holdsMoment } from '../../guard/moment.ts';
import type { RowShape } from '../expected.ts';
import { defaultLimits } from '../limits.ts';

/** A statement as the database holds it. */
export interface PreparedText {
  /** The name upstream: the gateway's own, which no client can guess. */
  readonly name: string;
  /** What it was prepared for. */
  readonly key: string;
  /** What the database has told of its rows. */
  readonly shape: RowShape;
}

/** Bounds of what one connection holds; each statement also takes some tens of kilobytes of the server's memory. */
export interface PreparedBounds {
  readonly statementsMax: number;
  readonly bytesMax: number;
}

const NONE: readonly string[] = [];
const NAME_BYTES = 8;

export class PreparedUpstream {
  readonly #prefix: string;
  readonly #bounds: PreparedBounds;
  /** The one used least lately comes first. */
  readonly #entries = new Map<string, PreparedText>();
  #ground = '';
  #grounds = 0;
  #bytes = 0;
  #count = 0;
  #leaving: string[] = [];
  #passing: string[] = [];

  /** `random`: what makes the names impossible to guess. */
  constructor(random: string, bounds: PreparedBounds) {
    this.#prefix = `cordon_${random}_`;
    this.#bounds = bounds;
  }

  /** For a connection that has just been opened. */
  static ofConnection(): PreparedUpstream {
    return new PreparedUpstream(randomBytes(NAME_BYTES).toString('hex'), {
      statementsMax: defaultLimits.upstreamStatementsMax,
      bytesMax: defaultLimits.upstreamStatementBytesMax,
    });
  }

  /** The settings under which texts are read now, as far as they matter to that. */
  set ground(settings: string) {
    this.#ground = `=${settings}`;
  }

  /** A setting changes, or may: what is prepared from now on is kept apart from what was before. */
  newGround(): void {
    this.#grounds += 1;
    this.#ground = `#${this.#grounds}`;
  }

  /** A text that is too long to be kept, or that means the moment at which it is read, is prepared under another name, or without one. */
  mayKeep(text: string): boolean {
    return text.length * 2 <= this.#bounds.bytesMax / 4 && !holdsMoment(text);
  }

  /** What is prepared for this text; it counts as used. */
  find(text: string, parameterTypes: readonly number[]): PreparedText | undefined {
    const key = this.#key(text, parameterTypes);
    const entry = this.#entries.get(key);
    if (entry === undefined) return undefined;
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    return entry;
  }

  /** Gives a name to a text that is being prepared; it counts as prepared at once, since messages stay in order. */
  add(text: string, parameterTypes: readonly number[]): PreparedText {
    const key = this.#key(text, parameterTypes);
    const before = this.#entries.get(key);
    if (before !== undefined) this.#drop(before);
    this.#count += 1;
    const name = `${this.#prefix}${this.#count}`;
    const entry: PreparedText = { name, key, shape: { columns: undefined } };
    this.#entries.set(key, entry);
    this.#bytes += bytesOf(entry);
    this.#shrink();
    return entry;
  }

  /** A name for a statement of one client's alone, which goes when the connection changes hands. */
  passing(): string {
    this.#count += 1;
    const name = `${this.#prefix}${this.#count}`;
    this.#passing.push(name);
    return name;
  }

  /** The database has not prepared it, or has lost it. */
  remove(prepared: PreparedText): void {
    if (this.#entries.get(prepared.key) === prepared) this.#take(prepared);
  }

  /** It failed where it should not, as when a table has changed: it is prepared anew when it is asked for again. */
  renew(prepared: PreparedText): void {
    if (this.#entries.get(prepared.key) === prepared) this.#drop(prepared);
  }

  /** For a statement that takes away all that is prepared: what to do when it has run. What is prepared behind it stays. */
  forgetting(): () => void {
    const going = [...this.#entries.values()];
    return () => {
      for (const entry of going) this.remove(entry);
    };
  }

  /** Names that nothing will use again, to be closed upstream between two units. */
  takeLeaving(): readonly string[] {
    if (this.#leaving.length === 0) return NONE;
    const leaving = this.#leaving;
    this.#leaving = [];
    return leaving;
  }

  /** The connection changes hands. */
  changesHands(): void {
    this.#leaving.push(...this.#passing);
    this.#passing = [];
  }

  /** How many names wait to be closed. */
  get leaving(): number {
    return this.#leaving.length;
  }

  #key(text: string, parameterTypes: readonly number[]): string {
    return `${this.#ground}\0${parameterTypes.join(',')}\0${text}`;
  }

  #shrink(): void {
    const { statementsMax, bytesMax } = this.#bounds;
    for (const entry of this.#entries.values()) {
      if (this.#entries.size <= 1) return;
      if (this.#entries.size <= statementsMax && this.#bytes <= bytesMax) return;
      this.#drop(entry);
    }
  }

  // Closed later: messages of the unit under way may still name it.
  #drop(entry: PreparedText): void {
    this.#take(entry);
    this.#leaving.push(entry.name);
  }

  #take(entry: PreparedText): void {
    this.#entries.delete(entry.key);
    this.#bytes -= bytesOf(entry);
  }
}

/** UTF-16, as Node keeps it at worst. */
function bytesOf({ key }: PreparedText): number {
  return key.length * 2;
}
