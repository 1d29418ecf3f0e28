import type { Socket } from 'node:net';

/** How long a peer may take to close its side. */
const LINGER_MS = 2000;

/**
 * Sends what is left and closes. Input is read on and thrown away meanwhile: closing with input unread would reset the
 * connection, and the peer might never see the last message. A peer that does not close its side is cut off.
 */
export function endGently(socket: Socket, last: Buffer): void {
  if (socket.destroyed) return;
  socket.removeAllListeners('data');
  socket.end(last);
  socket.resume();
  const timer = setTimeout(() => socket.destroy(), LINGER_MS).unref();
  socket.once('close', () => clearTimeout(timer));
}
