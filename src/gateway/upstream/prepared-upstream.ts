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
  /** What the database has told of its rows. */
  readonly shape: RowShape;
}

/** What it was prepared for, and when it was asked for last. */
class Entry implements PreparedText {
  readonly name: string;
  readonly text: string;
  readonly parameterTypes: readonly number[];
  readonly ground: string;
  readonly shape: RowShape = { columns: undefined };
  /** Counts what was asked for on the connection. */
  usedAt: number;

  constructor(name: string, text: string, parameterTypes: readonly number[], ground: string, usedAt: number) {
    this.name = name;
    this.text = text;
    this.parameterTypes = parameterTypes;
    this.ground = ground;
    this.usedAt = usedAt;
  }

  /** UTF-16, as Node keeps it at worst. */
  get bytes(): number {
    return (this.text.length + this.ground.length) * 2 + this.parameterTypes.length * BYTES_A_TYPE;
  }

  isFor(parameterTypes: readonly number[], ground: string): boolean {
    return this.ground === ground && isSame(this.parameterTypes, parameterTypes);
  }
}

/** Bounds of what one connection holds; each statement also takes some tens of kilobytes of the server's memory. */
export interface PreparedBounds {
  readonly statementsMax: number;
  readonly bytesMax: number;
}

const NONE: readonly string[] = [];
const NO_ENTRIES: readonly Entry[] = [];
const NAME_BYTES = 8;
const BYTES_A_TYPE = 8;

export class PreparedUpstream {
  readonly #prefix: string;
  readonly #bounds: PreparedBounds;
  /** By text alone, which is the same string each time as a rule: nothing is put together to ask for it. */
  readonly #byText = new Map<string, readonly Entry[]>();
  readonly #entries = new Set<Entry>();
  #uses = 0;
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
    const entry = this.#find(text, parameterTypes);
    if (entry !== undefined) entry.usedAt = this.#use();
    return entry;
  }

  #find(text: string, parameterTypes: readonly number[]): Entry | undefined {
    const entries = this.#byText.get(text);
    if (entries === undefined) return undefined;
    for (const entry of entries) if (entry.isFor(parameterTypes, this.#ground)) return entry;
    return undefined;
  }

  #use(): number {
    this.#uses += 1;
    return this.#uses;
  }

  /** Gives a name to a text that is being prepared; it counts as prepared at once, since messages stay in order. */
  add(text: string, parameterTypes: readonly number[]): PreparedText {
    const before = this.#find(text, parameterTypes);
    if (before !== undefined) this.#drop(before);
    this.#count += 1;
    const name = `${this.#prefix}${this.#count}`;
    const entry = new Entry(name, text, parameterTypes, this.#ground, this.#use());
    this.#byText.set(text, [...(this.#byText.get(text) ?? NO_ENTRIES), entry]);
    this.#entries.add(entry);
    this.#bytes += entry.bytes;
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
    const entry = this.#own(prepared);
    if (entry !== undefined) this.#take(entry);
  }

  /** It failed where it should not, as when a table has changed: it is prepared anew when it is asked for again. */
  renew(prepared: PreparedText): void {
    const entry = this.#own(prepared);
    if (entry !== undefined) this.#drop(entry);
  }

  #own(prepared: PreparedText): Entry | undefined {
    return this.#entries.has(prepared as Entry) ? (prepared as Entry) : undefined;
  }

  /** For a statement that takes away all that is prepared: what to do when it has run. What is prepared behind it stays. */
  forgetting(): () => void {
    const going = [...this.#entries];
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

  #shrink(): void {
    const { statementsMax, bytesMax } = this.#bounds;
    while (this.#entries.size > 1 && (this.#entries.size > statementsMax || this.#bytes > bytesMax))
      this.#drop(this.#leastLately());
  }

  // Looked for only when one is added to a full connection, so that asking for one costs no order.
  #leastLately(): Entry {
    return [...this.#entries].reduce((least, entry) => (entry.usedAt < least.usedAt ? entry : least));
  }

  // Closed later: messages of the unit under way may still name it.
  #drop(entry: Entry): void {
    this.#take(entry);
    this.#leaving.push(entry.name);
  }

  #take(entry: Entry): void {
    this.#entries.delete(entry);
    const others = (this.#byText.get(entry.text) ?? NO_ENTRIES).filter((other) => other !== entry);
    if (others.length > 0) this.#byText.set(entry.text, others);
    else this.#byText.delete(entry.text);
    this.#bytes -= entry.bytes;
  }
}

function isSame(one: readonly number[], other: readonly number[]): boolean {
  return one === other || (one.length === other.length && one.every((type, index) => type === other[index]));
}
