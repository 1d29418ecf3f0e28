import type { Socket } from 'node:net';
import { CordonError, safeText } from '../../errors/index.ts';
import { type Dialed, dial, isVerified } from './dial.ts';
import { type LoggedIn, logIn } from './login.ts';
import type { ServerOptions } from './server-options.ts';

/** A server that can be connected to; what a session searches names in is the gateway's to say. */
export type ServerAddress = Omit<ServerOptions, 'searchPath'>;

/** A connection that is logged in; its socket is paused. */
export interface Connected extends Dialed {
  readonly loggedIn: LoggedIn;
}

/** Dials and logs in, within a time. */
export async function connectServer(
  server: ServerAddress,
  settings: ReadonlyMap<string, string>,
  connectMs: number,
): Promise<Connected> {
  return withinTime(connectMs, (onOpened) => dialAndLogIn(server, settings, onOpened));
}

async function dialAndLogIn(
  server: ServerAddress,
  settings: ReadonlyMap<string, string>,
  onOpened: (socket: Socket) => void,
): Promise<Connected> {
  const { user, database, options } = server;
  const password = await currentPassword(server);
  const { socket, input } = await dial(server, onOpened);
  const mayShowPassword = isVerified(server) || server.passwordInClear === true;
  const loggedIn = await logIn(socket, { user, database, password, settings, options, mayShowPassword });
  return { socket, input, loggedIn };
}

/** A password that is read for each connection may have been renewed meanwhile. Why it cannot be read is no client's business. */
async function currentPassword({ password }: ServerAddress): Promise<string | undefined> {
  if (typeof password !== 'function') return password;
  try {
    return await password();
  } catch (cause) {
    const reason = safeText('the password for it cannot be read');
    throw new CordonError('CORDON_UPSTREAM_UNUSABLE', { reason }, { cause });
  }
}

/** If the work fails or takes too long, the sockets that it has opened are closed, and those that it opens later. */
export async function withinTime<T>(
  ms: number,
  work: (onOpened: (socket: Socket) => void) => Promise<T>,
): Promise<T> {
  const opened: Socket[] = [];
  let isOver = false;
  const onOpened = (socket: Socket) => {
    opened.push(socket);
    if (isOver) socket.destroy();
  };
  try {
    return await inTime(work(onOpened), ms);
  } catch (error) {
    isOver = true;
    for (const socket of opened) socket.destroy();
    throw error;
  }
}

function inTime<T>(work: Promise<T>, ms: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new CordonError('CORDON_UPSTREAM_UNUSABLE', { reason: safeText('it does not answer in time') }));
    }, ms);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
