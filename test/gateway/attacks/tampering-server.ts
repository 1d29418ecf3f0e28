/** A real server seen through somebody who changes what it says: messages are put in, changed or taken away. */
import { connect, createServer, type Server } from 'node:net';
import {
  type BackendMessage,
  backendFrameLimits,
  decodeBackend,
  encodeBackend,
  FrameScanner,
} from '../../../src/pgwire/index.ts';
import type { PostgresDatabase } from '../../databases/index.ts';

/** What is sent in the place of a message of the server. */
export type Tamper = (message: BackendMessage) => readonly (BackendMessage | Buffer)[];

export interface TamperingServer {
  readonly port: number;
  /** Changes what is passed on from now on; undefined: nothing. */
  tamper: Tamper | undefined;
  stop(): Promise<void>;
}

export async function startTampering({ host, port }: PostgresDatabase): Promise<TamperingServer> {
  const running: { tamper: Tamper | undefined } = { tamper: undefined };
  const server: Server = createServer((client) => {
    const behind = connect(port, host);
    const scanner = new FrameScanner(backendFrameLimits());
    client.on('data', (bytes) => behind.write(bytes));
    behind.on('data', (bytes: Buffer) => {
      scanner.push(bytes);
      while (scanner.next() === 'frame') {
        const message = decodeBackend(scanner.type, Buffer.from(scanner.payload()));
        const said = running.tamper?.(message) ?? [message];
        client.write(Buffer.concat(said.map((one) => (Buffer.isBuffer(one) ? one : encodeBackend(one)))));
      }
    });
    for (const [one, other] of [
      [client, behind],
      [behind, client],
    ] as const) {
      one.on('error', () => undefined);
      one.on('close', () => other.destroy());
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return Object.assign(running, {
    port: address.port,
    stop: () => new Promise<void>((resolve) => void server.close(() => resolve())),
  });
}
