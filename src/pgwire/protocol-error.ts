import {
  CordonError,
  type ErrorCode,
  type Facts,
  type Safe,
  safeName,
  safeNumber,
  safeText,
} from '../errors/index.ts';
import type { MessageName } from './message-name.ts';

/**
 * A peer broke the protocol.
 *
 * `fatal` tells whether the connection can go on. A message whose frame is sound and whose content is not (a Bind with a
 * format that does not exist) fails like any statement does; a broken frame or a message out of its state ends the
 * connection, since nothing after it can be trusted to be what it seems.
 */
export class ProtocolError extends CordonError {
  readonly fatal: boolean;
  readonly #facts: Facts;

  constructor(code: ErrorCode, facts: Facts, fatal: boolean) {
    super(code, facts);
    this.#facts = facts;
    this.fatal = fatal;
  }

  /** The same error where the connection cannot go on: in the startup phase, or from the database. */
  asFatal(): ProtocolError {
    return this.fatal ? this : new ProtocolError(this.code, this.#facts, true);
  }
}

/** What can be wrong inside a message. */
export type Problem =
  | 'it ends too early'
  | 'it has bytes after its end'
  | 'its length is below 4'
  | 'a string has no terminator'
  | 'a string holds a NUL'
  | 'a string is not UTF-8'
  | 'a length is negative'
  | 'a count is out of range'
  | 'a count does not fit the message'
  | 'a format is neither text nor binary'
  | 'a code is not known'
  | 'a name stands twice'
  | 'a required field is missing'
  | 'a key is too short or too long'
  | 'a value is out of range'
  | 'the SCRAM message is malformed';

/** The content of a well-framed message is wrong; the connection can go on. */
export function malformed(message: MessageName, problem: Problem): ProtocolError {
  return new ProtocolError(
    'CORDON_PROTOCOL_MALFORMED',
    { message: safeText(message), problem: safeText(problem) },
    false,
  );
}

/** A frame, or a message of the startup phase, is wrong; the connection ends. */
export function malformedFrame(message: MessageName | 'startup' | 'header', problem: Problem): ProtocolError {
  return new ProtocolError(
    'CORDON_PROTOCOL_MALFORMED',
    { message: safeText(message), problem: safeText(problem) },
    true,
  );
}

/** The type byte belongs to no message of this direction and phase. It is not shown: in a stream gone astray it is data. */
export function unknownMessage(): ProtocolError {
  return new ProtocolError('CORDON_PROTOCOL_UNKNOWN', {}, true);
}

/** The message exists and has no place in the present state. */
export function unexpectedMessage(message: MessageName, phase: Safe): ProtocolError {
  return new ProtocolError('CORDON_PROTOCOL_UNEXPECTED', { message: safeText(message), phase }, true);
}

/** The length in a header is over the bound for its type, which is a known one. */
export function messageTooLong(type: number, maximum: number): ProtocolError {
  return tooLong(safeName(String.fromCharCode(type)), maximum);
}

export function startupPacketTooLong(maximum: number): ProtocolError {
  return tooLong(safeText('startup'), maximum);
}

function tooLong(type: Safe, maximum: number): ProtocolError {
  return new ProtocolError('CORDON_LIMIT_MESSAGE', { type, maximum: safeNumber(maximum) }, true);
}

/** Reads what has to be right for the connection to go on. */
export function endingOnError<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw asEnding(error);
  }
}

/** The error where the connection cannot go on behind it. */
export function asEnding(error: unknown): unknown {
  return error instanceof ProtocolError ? error.asFatal() : error;
}
