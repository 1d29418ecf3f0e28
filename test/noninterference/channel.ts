/**
 * A connection over which requests are sent without waiting for answers. Each request ends in one ReadyForQuery, and each
 * answer goes to the request that is next in turn: whatever fails meanwhile, no answer is taken for that of another request.
 */
import type { Socket } from 'node:net';
import type { PGlite } from '@electric-sql/pglite';
import type { ServerAddress } from '../../src/gateway/index.ts';
import { connectServer } from '../../src/gateway/upstream/connect.ts';
import { type Connection, message } from '../worlds/connection.ts';
import { type Answer, AnswerReader } from '../worlds/messages.ts';

export interface Channel {
  /** Answers in the order of the requests; each request is one query, or messages up to a Sync. */
  exchange(requests: readonly Uint8Array[]): Promise<readonly (readonly Answer[])[]>;
  close(): Promise<void>;
}

export function query(text: string): Uint8Array {
  return message('Q', text);
}

/** Throws where the database reports an error. */
export async function runOn(channel: Channel, sql: string): Promise<string> {
  const [answers = []] = await channel.exchange([query(sql)]);
  return textOf(answers, sql);
}

/** Rows as lines; throws where the database reported an error. */
export function textOf(answers: readonly Answer[], sql: string): string {
  const failed = answers.find((answer) => answer.kind === 'error');
  if (failed?.kind === 'error')
    throw new Error(`${failed.fields.C} ${failed.fields.M} ${failed.fields.D ?? ''} in ${sql.slice(0, 300)}`);
  return answers.flatMap((answer) => (answer.kind === 'row' ? [answer.values.join(',')] : [])).join('\n');
}

/** As the laboratories' scripts and the catalog's reader know a connection. */
export function connectionOf(channel: Channel): Connection {
  const send = async (...messages: readonly Uint8Array[]): Promise<readonly Answer[]> =>
    (await channel.exchange([Buffer.concat(messages)]))[0] ?? [];
  return { send, simple: (text) => send(query(text)), close: () => channel.close() };
}

export async function serverChannel(address: ServerAddress): Promise<Channel> {
  const { socket } = await connectServer(address, new Map(), 10_000);
  return new SocketChannel(socket);
}

interface Waiting {
  readonly resolve: (answers: readonly Answer[]) => void;
  readonly reject: (error: Error) => void;
}

class SocketChannel implements Channel {
  readonly #socket: Socket;
  readonly #reader = new AnswerReader();
  readonly #waiting: Waiting[] = [];
  #answers: Answer[] = [];
  #failed: Error | undefined;

  constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', (bytes: Buffer) => this.#take(bytes));
    socket.on('error', (error) => this.#end(error));
    socket.on('close', () => this.#end(new Error('the connection is closed')));
    socket.resume();
  }

  exchange(requests: readonly Uint8Array[]): Promise<readonly (readonly Answer[])[]> {
    if (this.#failed !== undefined) return Promise.reject(this.#failed);
    const answers = requests.map(
      () =>
        new Promise<readonly Answer[]>((resolve, reject) => {
          this.#waiting.push({ resolve, reject });
        }),
    );
    this.#socket.write(Buffer.concat(requests));
    return Promise.all(answers);
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#socket.destroyed) resolve();
      this.#socket.once('close', () => resolve());
      this.#socket.end(message('X'));
    });
  }

  #take(bytes: Buffer): void {
    for (const answer of this.#reader.read(bytes)) {
      this.#answers.push(answer);
      if (answer.kind !== 'ready') continue;
      this.#waiting.shift()?.resolve(this.#answers);
      this.#answers = [];
    }
  }

  #end(error: Error): void {
    this.#failed ??= error;
    for (const { reject } of this.#waiting.splice(0)) reject(error);
  }
}

export function embeddedChannel(pglite: PGlite): Channel {
  let turn: Promise<unknown> = Promise.resolve();
  const one = async (request: Uint8Array): Promise<readonly Answer[]> => {
    const reader = new AnswerReader();
    const answers: Answer[] = [];
    for (const single of messagesOf(request))
      answers.push(...reader.read(await pglite.execProtocolRaw(single, { syncToFs: false })));
    return answers;
  };
  const exchange = async (requests: readonly Uint8Array[]): Promise<readonly (readonly Answer[])[]> => {
    const answers: (readonly Answer[])[] = [];
    for (const request of requests) answers.push(await one(request));
    return answers;
  };
  return {
    exchange: (requests) => {
      const answers = turn.then(() => exchange(requests));
      turn = answers.catch(() => undefined);
      return answers;
    },
    close: () => Promise.resolve(),
  };
}

/** PGlite takes one message at a time. */
function messagesOf(request: Uint8Array): readonly Uint8Array[] {
  const bytes = Buffer.from(request);
  const messages: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; ) {
    const end = at + 1 + bytes.readInt32BE(at + 1);
    messages.push(bytes.subarray(at, end));
    at = end;
  }
  return messages;
}
