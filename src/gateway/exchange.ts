import { CordonError } from '../errors/index.ts';
import {
  encodeFrontend,
  type FrontendMessage,
  MessageWriter,
  type TransactionStatus,
  writeFrontend,
} from '../pgwire/index.ts';
import { type AnswerEvents, Answers } from './answers.ts';
import type { ClientChannel } from './client-channel.ts';
import type { Expected, HiddenAnswer } from './expected.ts';
import type { UpstreamLink } from './upstream/upstream.ts';

/**
 * What stands upstream in place of a refused statement: a fixed text that no grammar accepts. The database's own error
 * for it keeps the order of answers, the skipping until Sync and the failed transaction exactly as they are for any
 * statement that fails.
 */
const REFUSED = 'cordon refused';
const REFUSED_QUERY = encodeFrontend({ kind: 'Query', text: REFUSED });
// Not the unnamed statement: a refused Parse of a named one must not take that away.
const REFUSED_PARSE = encodeFrontend({
  kind: 'Parse',
  statement: REFUSED,
  text: REFUSED,
  parameterTypes: [],
});
const HIDDEN = { discardRows: true, copyOut: false } as const;
const HIDDEN_RUN = [HIDDEN];

/** The conversation with the database: what is sent, what is awaited, and what of it reaches the client. */
export class Exchange {
  readonly #answers: Answers;
  readonly #client: ClientChannel;
  /** What one turn sends leaves in one write. */
  readonly #unsent = new MessageWriter();
  #link: UpstreamLink | undefined;
  #isClientSlow = false;
  #isLinkSlow = false;

  constructor(client: ClientChannel, events: AnswerEvents, messageBytesMax: number) {
    this.#client = client;
    this.#answers = new Answers(events, messageBytesMax);
  }

  get isIdle(): boolean {
    return this.#answers.expected.length === 0;
  }

  /** The database has sent a part of a message. */
  get isInsideMessage(): boolean {
    return this.#answers.isInsideMessage;
  }

  attach(link: UpstreamLink): void {
    this.#link = link;
  }

  /** Passes on what the database sent; answers whether nothing of it is still on its way. Throws when it is not understood. */
  receive(bytes: Buffer): boolean {
    const mayGoOn = this.#client.write(this.#answers.read(bytes));
    if (!mayGoOn && !this.#isClientSlow) {
      this.#isClientSlow = true;
      this.#link?.pause();
    }
    return this.#client.isWritten;
  }

  clientDrained(): void {
    if (!this.#isClientSlow) return;
    this.#isClientSlow = false;
    this.#link?.resume();
  }

  /** Puts a message behind what is to be sent; it leaves with the next `flush`, or with the turn. */
  send(expected: Expected, message: FrontendMessage): void {
    writeFrontend(this.#unsent, message);
    this.#answers.expected.push(expected);
  }

  sendBytes(expected: Expected | undefined, bytes: Buffer): void {
    if (expected !== undefined) this.#answers.expected.push(expected);
    this.#unsent.messages(bytes);
  }

  /** The messages of a turn are read: what a batch without its end has sent leaves too. */
  endTurn(): void {
    if (this.#unsent.length === 0 || this.#link === undefined) return;
    if (this.#link.send(this.#unsent.take()) || this.#isLinkSlow) return;
    this.#isLinkSlow = true;
    this.#client.pause();
  }

  linkDrained(): void {
    if (!this.#isLinkSlow) return;
    this.#isLinkSlow = false;
    this.#client.resume();
  }

  /** What was sent is to be answered now. */
  flush(): void {
    this.endTurn();
    this.#link?.flush();
  }

  /** A Query that is not let through. */
  refuseQuery(refusal: CordonError): void {
    this.sendBytes({ kind: 'query', refusal }, REFUSED_QUERY);
    this.flush();
  }

  /** A message of a batch that is not let through. */
  refuseInBatch(refusal: CordonError): void {
    this.sendBytes({ kind: 'parse', refusal }, REFUSED_PARSE);
    // Errors are sent at once, also where the client has not asked for answers yet.
    this.flush();
  }

  /** Sends a Query of the gateway's own; nothing of its answer reaches the client. */
  ask(text: string): Promise<HiddenAnswer> {
    return new Promise((resolve) => {
      this.send(
        { kind: 'query', hidden: true, runs: HIDDEN_RUN, answered: resolve },
        { kind: 'Query', text },
      );
      this.flush();
    });
  }

  /**
   * Sends statements that are to run before what follows, without waiting for them. Nothing of the answer reaches the client; when one
   * fails, the session cannot go on, for what follows would run in another session than it was meant for.
   */
  errand(statements: readonly string[]): void {
    const answered = ({ error }: HiddenAnswer) => {
      if (error !== undefined) throw new CordonError('CORDON_UPSTREAM_FAILED');
    };
    const runs = statements.map(() => HIDDEN);
    this.send(
      { kind: 'query', hidden: true, runs, answered },
      { kind: 'Query', text: statements.join(';\n') },
    );
  }

  /** Puts an open transaction into the failed state, as an error of the client's own would. */
  async failTransaction(): Promise<TransactionStatus> {
    return (await this.ask(REFUSED)).status;
  }

  cancel(): void {
    if (!this.isIdle) this.#link?.cancel();
  }
}
