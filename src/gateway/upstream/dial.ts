import { connect as connectPlain, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { CordonError, safeText } from '../../errors/index.ts';
import { encodeStartup } from '../../pgwire/index.ts';
import type { ServerAddress } from './connect.ts';
import { ReadBuffer } from './read-buffer.ts';

const SSL_REQUEST = encodeStartup({ kind: 'SSLRequest' });
const YES = 'S'.charCodeAt(0);

/** A connection, and what its chunks are read into; undefined: each into memory of its own. */
export interface Dialed {
  readonly socket: Socket;
  readonly input: ReadBuffer | undefined;
}

/**
 * Opens a socket to the server, encrypted as the options ask; there is no falling back to less. `onOpened` is told of each socket before
 * anything is awaited of it, so that whoever waits no longer can close it.
 */
export async function dial(options: ServerAddress, onOpened: (socket: Socket) => void): Promise<Dialed> {
  // What is encrypted is read by TLS, into memory of its own.
  const input = isEncrypted(options) ? undefined : new ReadBuffer();
  const socket = openPlain(options, input);
  onOpened(socket);
  await connected(socket, 'connect');
  try {
    return { socket: input === undefined ? await encrypt(socket, options, onOpened) : socket, input };
  } catch (error) {
    socket.destroy();
    throw error;
  }
}

/**
 * Whether a secret that is sent as it is can be read by nobody but the server: the certificate and its name were verified,
 * or the way is a unix socket, which does not leave the machine. CockroachDB has no channel binding, so this is all there is.
 */
export function isVerified({ host, tls }: ServerAddress): boolean {
  return tls.mode === 'verify-full' || isUnixSocket(host);
}

function isEncrypted({ host, tls }: ServerAddress): boolean {
  return tls.mode !== 'disable' && !isUnixSocket(host);
}

function isUnixSocket(host: string): boolean {
  return host.startsWith('/');
}

function openPlain({ host, port }: ServerAddress, input: ReadBuffer | undefined): Socket {
  const reading = input === undefined ? {} : { onread: input.options };
  const socket = isUnixSocket(host)
    ? connectPlain({ path: `${host}/.s.PGSQL.${port}`, ...reading })
    : connectPlain({ host, port, noDelay: true, keepAlive: true, ...reading });
  input?.attach(socket);
  return socket;
}

async function encrypt(
  socket: Socket,
  options: ServerAddress,
  onOpened: (socket: Socket) => void,
): Promise<Socket> {
  await askForTls(socket);
  const { host, tls } = options;
  const secure = connectTls({
    socket,
    // Cloud clusters are routed by this name; an address may not stand in it.
    ...(isIP(host) === 0 ? { servername: host } : {}),
    host,
    minVersion: 'TLSv1.2',
    rejectUnauthorized: tls.mode !== 'require',
    ...(tls.mode === 'verify-full' ? {} : { checkServerIdentity: () => undefined }),
    ...(tls.ca === undefined ? {} : { ca: tls.ca }),
    ...(tls.cert === undefined ? {} : { cert: tls.cert }),
    ...(tls.key === undefined ? {} : { key: tls.key }),
  });
  onOpened(secure);
  return connected(secure, 'secureConnect');
}

function askForTls(socket: Socket): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (cause?: unknown) => reject(unusable(cause));
    socket.once('error', fail).once('close', fail);
    // One byte is read and no more: what came behind it in clear must not be taken for the handshake.
    socket.once('readable', () => {
      const answer = socket.read() as Buffer | null;
      socket.off('error', fail).off('close', fail);
      if (answer?.length === 1 && answer[0] === YES) resolve();
      else reject(new CordonError('CORDON_UPSTREAM_UNUSABLE', { reason: safeText('it offers no TLS') }));
    });
    socket.write(SSL_REQUEST);
  });
}

function connected<S extends Socket>(socket: S, event: 'connect' | 'secureConnect'): Promise<S> {
  return new Promise((resolve, reject) => {
    const fail = (cause?: unknown) => {
      socket.destroy();
      reject(event === 'connect' ? unusable(cause) : untrusted(cause));
    };
    socket.once('error', fail).once('close', fail);
    socket.once(event, () => {
      socket.off('error', fail).off('close', fail);
      resolve(socket);
    });
  });
}

function unusable(cause: unknown): CordonError {
  const reason = safeText('it cannot be reached');
  return new CordonError('CORDON_UPSTREAM_UNUSABLE', { reason }, { cause });
}

function untrusted(cause: unknown): CordonError {
  const reason = safeText('the TLS handshake failed, or its certificate is not trusted for this name');
  return new CordonError('CORDON_UPSTREAM_UNUSABLE', { reason }, { cause });
}
