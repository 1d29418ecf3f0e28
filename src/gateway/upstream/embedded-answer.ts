import { InvariantError } from '../../errors/index.ts';
import { backendFrameLimits, decodeBackend, FrameScanner } from '../../pgwire/index.ts';

/** The rows that answer a statement of the gateway's own, as text. */
export function readAnswer(bytes: Buffer): readonly (readonly (string | null)[])[] {
  const scanner = new FrameScanner(backendFrameLimits());
  const rows: (readonly (string | null)[])[] = [];
  scanner.push(bytes);
  while (scanner.next() === 'frame') {
    const message = decodeBackend(scanner.type, scanner.payload());
    if (message.kind === 'DataRow') rows.push(message.values.map((value) => value?.toString('utf8') ?? null));
    if (message.kind === 'ErrorResponse')
      throw new InvariantError(
        `the embedded database refused a statement of the gateway: ${message.fields.code}`,
      );
  }
  return rows;
}
