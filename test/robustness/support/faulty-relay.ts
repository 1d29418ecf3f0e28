/** A TCP relay in front of a real server that can be told to go wrong: to fall silent, to close one side, to cut and to talk rubbish. */
import { connect, createServer, type Server, type Socket } from 'node:net';
import { backendFrameLimits, FrameScanner } from '../../../src/pgwire/index.ts';

export type Fault =
  | { readonly kind: 'none' }
  /** Nothing of the server's passes any more. */
  | { readonly kind: 'silent' }
  /** Nothing passes behind the next message of a type. */
  | { readonly kind: 'silent-behind'; readonly type: string }
  /** New connections are closed at once. */
  | { readonly kind: 'unreachable' }
  /** At the next message of a type, so many of its bytes pass, and then the connection is closed or reset. */
  | { readonly kind: 'cut'; readonly type: string; readonly bytes: number; readonly reset: boolean }
  /** In front of the next message of a type stands something else. */
  | { readonly kind: 'insert'; readonly type: string; readonly bytes: Buffer }
  /** Behind the next message of a type something else stands, in the same packet up to a byte, and the rest a moment later. */
  | { readonly kind: 'append'; readonly type: string; readonly bytes: Buffer; readonly joined: number }
  /** So many bytes pass from now on; then there is a pause, or the connection is closed or reset. */
  | { readonly kind: 'after'; readonly bytes: number; readonly next: 'pause' | 'close' | 'reset' }
  /** The next message of a type does not pass. */
  | { readonly kind: 'swallow'; readonly type: string }
  /** The server closes its side behind the next message of a type and says nothing more. */
  | { readonly kind: 'half-close'; readonly type: string };

const PAUSE_MS = 2;

export class FaultyRelay {
  readonly #server: Server;
  readonly #pairs = new Set<readonly [Socket, Socket]>();
  /** Holds for what comes from now on; one that has happened gives way to none. */
  fault: Fault = { kind: 'none' };
  port = 0;
  /** How many connections there have been. */
  accepted = 0;
  /** How many bytes of servers have passed. */
  passed = 0;
  readonly #cut = new WeakSet<Socket>();
  /** What waits until a pause is over. */
  readonly #held = new Map<Socket, Buffer[]>();

  private constructor(target: { readonly host: string; readonly port: number }) {
    this.#server = createServer({ allowHalfOpen: true }, (client) =>
      this.#relay(client, connect(target.port, target.host)),
    );
  }

  static async start(target: { readonly host: string; readonly port: number }): Promise<FaultyRelay> {
    const relay = new FaultyRelay(target);
    await new Promise<void>((resolve) => relay.#server.listen(0, '127.0.0.1', resolve));
    const address = relay.#server.address();
    if (typeof address === 'object' && address !== null) relay.port = address.port;
    return relay;
  }

  /** All connections break at once, as when the server is killed. */
  kill(): void {
    for (const [client, behind] of this.#pairs) {
      client.resetAndDestroy();
      behind.destroy();
    }
  }

  async stop(): Promise<void> {
    this.kill();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  #relay(client: Socket, behind: Socket): void {
    this.accepted += 1;
    const pair = [client, behind] as const;
    for (const socket of pair) socket.setNoDelay();
    this.#pairs.add(pair);
    for (const socket of pair) socket.on('error', () => undefined);
    client.on('close', () => {
      behind.destroy();
      this.#pairs.delete(pair);
    });
    behind.on('close', () => {
      if (this.fault.kind !== 'silent' && !this.#held.has(client)) client.destroy();
    });
    if (this.fault.kind === 'unreachable') {
      client.destroy();
      return;
    }
    client.on('data', (bytes) => behind.writable && behind.write(bytes));
    client.on('end', () => behind.end());
    const scanner = new FrameScanner(backendFrameLimits());
    behind.on('data', (bytes: Buffer) => {
      scanner.push(bytes);
      for (let step = scanner.next(); step !== 'none'; step = scanner.next())
        this.#pass(client, behind, Buffer.from(scanner.buffer.subarray(scanner.start, scanner.end)));
    });
  }

  #pass(client: Socket, behind: Socket, message: Buffer): void {
    const { fault } = this;
    if (fault.kind === 'silent' || !client.writable || this.#cut.has(client)) return;
    if (fault.kind === 'after') {
      this.#passUpTo(fault, client, behind, message);
      return;
    }
    const isMeant = 'type' in fault && message[0] === fault.type.charCodeAt(0);
    if (!isMeant) {
      this.#write(client, message);
      return;
    }
    this.fault = { kind: 'none' };
    if (fault.kind === 'silent-behind') {
      this.#write(client, message);
      this.fault = { kind: 'silent' };
    }
    if (fault.kind === 'append') {
      this.#write(client, Buffer.concat([message, fault.bytes.subarray(0, fault.joined)]));
      this.#pause(client, fault.bytes.subarray(fault.joined));
    }
    if (fault.kind === 'swallow') return;
    if (fault.kind === 'insert') client.write(Buffer.concat([fault.bytes, message]));
    if (fault.kind === 'half-close') client.end(message);
    if (fault.kind !== 'cut') return;
    this.#end(client, behind, message.subarray(0, fault.bytes), fault.reset);
  }

  #passUpTo(fault: Extract<Fault, { kind: 'after' }>, client: Socket, behind: Socket, message: Buffer): void {
    if (message.length <= fault.bytes) {
      this.#write(client, message);
      this.fault = { ...fault, bytes: fault.bytes - message.length };
      return;
    }
    this.fault = { kind: 'none' };
    const first = message.subarray(0, fault.bytes);
    if (fault.next !== 'pause') {
      this.#end(client, behind, first, fault.next === 'reset');
      return;
    }
    this.#write(client, first);
    this.#pause(client, message.subarray(fault.bytes));
  }

  #write(client: Socket, bytes: Buffer): void {
    this.passed += bytes.length;
    const held = this.#held.get(client);
    if (held !== undefined) held.push(bytes);
    else if (bytes.length > 0) client.write(bytes);
  }

  #pause(client: Socket, rest: Buffer): void {
    this.#held.set(client, [rest]);
    setTimeout(() => {
      const held = this.#held.get(client) ?? [];
      this.#held.delete(client);
      if (client.writable) client.write(Buffer.concat(held));
    }, PAUSE_MS);
  }

  #end(client: Socket, behind: Socket, last: Buffer, reset: boolean): void {
    this.#cut.add(client);
    client.write(last, () => {
      if (reset) client.resetAndDestroy();
      else client.destroy();
      behind.destroy();
    });
  }
}
