import { isUtf8 } from 'node:buffer';
import type { CopyProblem } from './copy-error.ts';

/** The fields of a line, or what is wrong with it. */
export type FieldsRead = (string | null)[] | CopyProblem | 'encoding';

/** The text of bytes that escapes may have made; undefined if they are no UTF-8 or hold a NUL. */
export function utf8Field(bytes: Buffer): string | undefined {
  return isUtf8(bytes) && !bytes.includes(0) ? bytes.toString('utf8') : undefined;
}
