import { InvariantError } from '../../errors/index.ts';
import { backendFrameLimits, decodeBackend, FrameScanner } from '../../pgwire/index.ts';

/** The embedded database refused a statement of the gateway's own, which is a bug unless a client's setting stood in it. */
export class EmbeddedRefusal extends InvariantError {
  readonly sqlstate: string;
  constructor(sqlstate: string) {
    super(`the embedded database refused a statement of the gateway: ${sqlstate}`);
    this.sqlstate = sqlstate;
  }
}

/** The rows that answer a statement of the gateway's own, as text. */
export function readAnswer(bytes: Buffer): readonly (readonly (string | null)[])[] {
  const scanner = new FrameScanner(backendFrameLimits());
  const rows: (readonly (string | null)[])[] = [];
  scanner.push(bytes);
  while (scanner.next() === 'frame') {
    const message = decodeBackend(scanner.type, scanner.payload());
    if (message.kind === 'DataRow') rows.push(message.values.map((value) => value?.toString('utf8') ?? null));
    if (message.kind === 'ErrorResponse') throw new EmbeddedRefusal(message.fields.code);
  }
  return rows;
}
