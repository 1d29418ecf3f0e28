import type { Writable } from 'node:stream';

/** Up to this size, copying pieces into one costs less than handing them to the kernel one by one (measured). */
const JOINED_BYTES_MAX = 16 * 1024;

/** Writes pieces in one system call. Answers false when the stream asks to wait. */
export function writeJoined(stream: Writable, pieces: readonly Buffer[]): boolean {
  if (pieces.length === 0) return true;
  if (pieces.length === 1) return stream.write(pieces[0]);
  const bytes = pieces.reduce((sum, piece) => sum + piece.length, 0);
  if (bytes <= JOINED_BYTES_MAX) return stream.write(Buffer.concat(pieces, bytes));
  stream.cork();
  for (const piece of pieces) stream.write(piece);
  stream.uncork();
  return !stream.writableNeedDrain;
}
