import { safeNumber } from '../errors/index.ts';
import { ProtocolError } from '../pgwire/index.ts';

/** The database sent a message that answers nothing that was asked. */
export function unawaited(type: number): ProtocolError {
  return new ProtocolError('CORDON_PROTOCOL_UNKNOWN', { type: safeNumber(type) }, true);
}
