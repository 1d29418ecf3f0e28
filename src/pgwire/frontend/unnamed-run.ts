import { typeByte } from '../codec.ts';
import { MessageWriter } from '../message-writer.ts';
import { writeFrontend } from './message.ts';

/** A prepared statement that runs once, through the unnamed portal. */
export interface UnnamedRun {
  readonly statement: string;
  /** Prepared first where it is given. */
  readonly parse?: { readonly text: string; readonly parameterTypes: readonly number[] };
  /** In text format, as are the results. */
  readonly values: readonly string[];
}

const BIND = typeByte('B');

/** Parse if asked for, Bind, Describe, Execute and Sync in one piece. */
export function encodeUnnamedRun({ statement, parse, values }: UnnamedRun): Buffer {
  const writer = new MessageWriter();
  if (parse !== undefined) writeFrontend(writer, { kind: 'Parse', statement, ...parse });
  writer.begin('Bind', BIND);
  writer.cstring('');
  writer.cstring(statement);
  writer.count(0);
  writer.count(values.length);
  for (const value of values) writer.text(value);
  writer.count(0);
  writer.end();
  writer.bytes(TAIL);
  return writer.take();
}

const TAIL = tail();

function tail(): Buffer {
  const writer = new MessageWriter();
  writeFrontend(writer, { kind: 'Describe', target: 'portal', name: '' });
  writeFrontend(writer, { kind: 'Execute', portal: '', rowLimit: 0 });
  writeFrontend(writer, { kind: 'Sync' });
  return writer.take();
}
