/** A TCP relay in front of a real server that can be told to go wrong: to fall silent, to close one side, to cut and to talk rubbish. */
import { connect, createServer, type Server, type Socket } from 'node:net';
import { backendFrameLimits, FrameScanner } from '../../../src/pgwire/index.ts';

export type Fault =
  | { readonly kind: 'none' }
  /** Nothing of the server's passes any more. */
  | { readonly kind: 'silent' }
  /** New connections are closed at once. */
  | { readonly kind: 'unreachable' }
  /** At the next message of a type, so many of its bytes pass, and then the connection is closed or reset. */
  | { readonly kind: 'cut'; readonly type: string; readonly bytes: number; readonly reset: boolean }
  /** In front of the next message of a type stands something else. */
  | { readonly kind: 'insert'; readonly type: string; readonly bytes: Buffer }
  /** The next message of a type does not pass. */
  | { readonly kind: 'swallow'; readonly type: string }
  /** The server closes its side behind the next message of a type and says nothing more. */
  | { readonly kind: 'half-close'; readonly type: string };

export class FaultyRelay {
  readonly #server: Server;
  readonly #pairs = new Set<readonly [Socket, Socket]>();
  /** Holds for what comes from now on; one that has happened gives way to none. */
  fault: Fault = { kind: 'none' };
  port = 0;
  readonly #cut = new WeakSet<Socket>();

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
    const pair = [client, behind] as const;
    this.#pairs.add(pair);
    for (const socket of pair) socket.on('error', () => undefined);
    client.on('close', () => {
      behind.destroy();
      this.#pairs.delete(pair);
    });
    behind.on('close', () => {
      if (this.fault.kind !== 'silent') client.destroy();
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
    const isMeant = 'type' in fault && message[0] === fault.type.charCodeAt(0);
    if (!isMeant) {
      client.write(message);
      return;
    }
    this.fault = { kind: 'none' };
    if (fault.kind === 'swallow') return;
    if (fault.kind === 'insert') client.write(Buffer.concat([fault.bytes, message]));
    if (fault.kind === 'half-close') client.end(message);
    if (fault.kind !== 'cut') return;
    this.#cut.add(client);
    client.write(message.subarray(0, fault.bytes), () => {
      if (fault.reset) client.resetAndDestroy();
      else client.destroy();
      behind.destroy();
    });
  }
}
