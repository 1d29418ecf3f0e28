/**
 * Sends broken conversations to a gateway and watches what must hold whatever comes: the process lives and logs no bug,
 * every connection is answered in the protocol and closed within a bound, no byte of another connection's rows or tokens
 * comes back, and whoever connects next is served, with their own rows.
 */
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { backendFrameLimits, decodeBackend, FrameScanner } from '../../../src/pgwire/index.ts';
import { as, BOB, tokens } from '../../gateway/support/shop.ts';
import { WireClient } from '../../gateway/support/wire-client.ts';
import { Dice } from '../../noninterference/dice.ts';
import { conversation, type Step } from './conversation.ts';
import { MUTATION_NAMES, MUTATIONS } from './mutation.ts';

const NOTES = 'SELECT id FROM notes ORDER BY id';
/** What the fuzzing connections can never be shown: they know alice's token and no other. */
const FOREIGN: readonly Buffer[] = [
  'bob one',
  BOB,
  tokens.bob,
  tokens.auditor,
  'only the auditor',
  'hidden',
].map((text) => Buffer.from(text.slice(0, 60)));
/** The gateway allows a half-closed client 2 s for its answers and 2 s to close. */
const CLOSED_MS = 15_000;
const ANSWER_MS = 4;

export interface FuzzFigures {
  conversations: number;
  messages: number;
  bytes: number;
  /** Connections that the gateway ended with an error. */
  refused: number;
  hangs: number;
  leaks: number;
  /** Answers that are not of the protocol. */
  garbled: number;
  /** Connections behind a case that were not served as they should. */
  unserved: number;
}

export function emptyFuzzFigures(): FuzzFigures {
  return { conversations: 0, messages: 0, bytes: 0, refused: 0, hangs: 0, leaks: 0, garbled: 0, unserved: 0 };
}

export interface FuzzCase {
  readonly steps: readonly Step[];
  readonly mutations: readonly string[];
  readonly end: 'half-close' | 'reset' | 'destroy';
}

/** The case of a number: the same whenever it is asked for. */
export function fuzzCase(seed: number, number: number): FuzzCase {
  const dice = new Dice(seed * 1_000_003 + number);
  let steps: readonly Step[] = conversation(dice);
  const mutations = dice.chance(0.05) ? [] : dice.some(3, () => dice.pick(MUTATION_NAMES));
  for (const name of mutations)
    steps = steps.length === 0 ? steps : (MUTATIONS[name]?.(steps, dice) ?? steps);
  const end = dice.pick(['half-close', 'half-close', 'half-close', 'reset', 'destroy'] as const);
  return { steps, mutations, end };
}

export class ProtocolFuzzer {
  readonly figures = emptyFuzzFigures();
  readonly #port: number;
  readonly #seed: number;
  readonly #complain: (text: string) => void;

  constructor(port: number, seed: number, complain: (text: string) => void) {
    this.#port = port;
    this.#seed = seed;
    this.#complain = complain;
  }

  async run(number: number): Promise<void> {
    const one = fuzzCase(this.#seed, number);
    const told = (what: string) =>
      this.#complain(`case ${number} (${one.mutations.join(', ')}; ${one.end}): ${what}`);
    this.figures.conversations += 1;
    this.figures.messages += one.steps.length;
    const talk = new Talk(this.#port);
    const isClosed = await talk.hold(one);
    this.figures.bytes += talk.sent;
    if (!isClosed) {
      this.figures.hangs += 1;
      told('the connection stays open');
    }
    if (FOREIGN.some((text) => talk.received.includes(text))) {
      this.figures.leaks += 1;
      told('something of another connection came back');
    }
    const reading = readAnswer(talk.received);
    if (reading === 'garbled') {
      this.figures.garbled += 1;
      told(`the answer is not of the protocol: ${talk.received.subarray(0, 80).toString('latin1')}`);
    }
    if (reading === 'refused') this.figures.refused += 1;
    await this.#checkService(number, told);
  }

  /** Somebody who connects now is served, with rows of their own. */
  async #checkService(number: number, told: (what: string) => void): Promise<void> {
    const wanted: readonly (readonly [string, string])[] = [
      [as('alice', NOTES), 'columns id|row 1|row 2|SELECT 2|ready I'],
      [as('bob', NOTES), 'columns id|row 3|SELECT 1|ready I'],
      [NOTES, 'ERROR 42501|ready I'],
    ];
    const [text, answer] = wanted[number % wanted.length] ?? ['', ''];
    const seen = await Promise.race([this.#ask(text), sleep(CLOSED_MS, 'no answer', { ref: false })]).catch(
      (error: unknown) => String(error),
    );
    if (seen === answer) return;
    this.figures.unserved += 1;
    told(`who comes next gets: ${seen}`);
  }

  async #ask(text: string): Promise<string> {
    const client = await WireClient.login(this.#port);
    const seen = await client.query(text);
    client.close();
    return seen.join('|');
  }
}

/** One connection: what was sent and what came back. */
class Talk {
  readonly #socket: Socket;
  readonly #chunks: Buffer[] = [];
  readonly #closed: Promise<boolean>;
  #wake: () => void = () => undefined;
  sent = 0;

  constructor(port: number) {
    this.#socket = connect({ port, host: '127.0.0.1', noDelay: true });
    this.#socket.on('error', () => undefined);
    this.#socket.on('data', (chunk: Buffer) => {
      this.#chunks.push(chunk);
      this.#wake();
    });
    this.#closed = new Promise((resolve) => this.#socket.once('close', () => resolve(true)));
  }

  get received(): Buffer {
    return Buffer.concat(this.#chunks);
  }

  /** Whether the connection was closed in time. */
  async hold({ steps, end }: FuzzCase): Promise<boolean> {
    for (const { bytes, waits } of steps) {
      if (this.#socket.destroyed || !this.#socket.writable) break;
      this.#socket.write(bytes);
      this.sent += bytes.length;
      if (waits === true) await this.#answer();
      else if (waits === false) await new Promise((resolve) => setImmediate(resolve));
    }
    if (end === 'half-close') {
      await this.#answer();
      this.#socket.end();
    } else if (end === 'reset') this.#socket.resetAndDestroy();
    else this.#socket.destroy();
    const isClosed = await Promise.race([this.#closed, sleep(CLOSED_MS, false, { ref: false })]);
    this.#socket.destroy();
    return isClosed;
  }

  async #answer(): Promise<void> {
    await Promise.race([
      this.#closed,
      sleep(ANSWER_MS),
      new Promise<void>((resolve) => {
        this.#wake = resolve;
      }),
    ]);
  }
}

/** What came back: one-byte answers to requests for encryption, then messages; an answer in TLS is not looked into. */
function readAnswer(received: Buffer): 'fine' | 'refused' | 'garbled' {
  let start = 0;
  while (
    received[start] === 0x4e &&
    (received[start + 1] === 0x4e || received[start + 1] === undefined || isType(received, start + 1))
  )
    start += 1;
  if (received[start] === 0x53 && !isHeader(received, start)) return 'fine';
  const scanner = new FrameScanner(backendFrameLimits());
  let isRefused = false;
  try {
    scanner.push(received.subarray(start));
    for (let step = scanner.next(); step !== 'none'; step = scanner.next()) {
      if (step === 'part') continue;
      const message = decodeBackend(scanner.type, scanner.payload());
      isRefused ||= message.kind === 'ErrorResponse' && message.fields.severity === 'FATAL';
    }
  } catch {
    return 'garbled';
  }
  return isRefused ? 'refused' : 'fine';
}

/** Whether a message begins here: a type, and a length below 16 MB. */
function isHeader(bytes: Buffer, at: number): boolean {
  return bytes.length >= at + 5 && bytes[at + 1] === 0;
}

function isType(bytes: Buffer, at: number): boolean {
  const type = bytes[at];
  return type === 0x45 || type === 0x52 || type === 0x76 || type === 0x53;
}
