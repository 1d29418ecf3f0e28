import type { MessageReader } from '../message-reader.ts';
import type { MessageWriter } from '../message-writer.ts';

/** What Describe and Close name: a prepared statement or a portal. */
export type Target = 'statement' | 'portal';

const STATEMENT = 0x53;
const PORTAL = 0x50;

export function readTarget(reader: MessageReader): Target {
  const code = reader.uint8();
  if (code === STATEMENT) return 'statement';
  if (code === PORTAL) return 'portal';
  throw reader.refuse('a code is not known');
}

export function writeTarget(writer: MessageWriter, target: Target): void {
  writer.uint8(target === 'statement' ? STATEMENT : PORTAL);
}
