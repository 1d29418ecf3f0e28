import { InvariantError } from '../../errors/index.ts';
import { typeByte } from '../codec.ts';
import type { MessageReader } from '../message-reader.ts';
import type { MessageWriter } from '../message-writer.ts';

/** The fields of an error or notice. Severity, code and message are always there. */
export interface ErrorFields {
  /** As shown to people; may be translated. */
  readonly severity: string;
  /** The same, never translated; since PostgreSQL 9.6. */
  readonly severityPlain?: string;
  /** SQLSTATE: five digits or capital letters. */
  readonly code: string;
  readonly message: string;
  readonly detail?: string;
  readonly hint?: string;
  /** Where in the statement, in characters from 1; what is not a number is left out. */
  readonly position?: number;
  readonly internalPosition?: number;
  readonly internalQuery?: string;
  readonly where?: string;
  readonly schema?: string;
  readonly table?: string;
  readonly column?: string;
  readonly dataType?: string;
  readonly constraint?: string;
  readonly file?: string;
  readonly line?: string;
  readonly routine?: string;
}

const LETTERS = [
  ['severity', 'S'],
  ['severityPlain', 'V'],
  ['code', 'C'],
  ['message', 'M'],
  ['detail', 'D'],
  ['hint', 'H'],
  ['position', 'P'],
  ['internalPosition', 'p'],
  ['internalQuery', 'q'],
  ['where', 'W'],
  ['schema', 's'],
  ['table', 't'],
  ['column', 'c'],
  ['dataType', 'd'],
  ['constraint', 'n'],
  ['file', 'F'],
  ['line', 'L'],
  ['routine', 'R'],
] as const satisfies readonly (readonly [keyof ErrorFields, string])[];

const fieldOf: ReadonlyMap<number, keyof ErrorFields> = new Map(
  LETTERS.map(([field, letter]) => [typeByte(letter), field]),
);

const SQLSTATE = /^[0-9A-Z]{5}$/;
const POSITION = /^[1-9][0-9]{0,8}$/;

/**
 * Reads the fields up to the closing zero. Letters that are not known are skipped, as the protocol asks. Text need not be
 * UTF-8: before a session's encoding is agreed the database writes in its own, and none of it is passed on.
 */
export function readErrorFields(reader: MessageReader): ErrorFields {
  const texts = new Map<keyof ErrorFields, string>();
  for (let letter = reader.uint8(); letter !== 0; letter = reader.uint8()) {
    const text = reader.cstringLossy();
    const field = fieldOf.get(letter);
    if (field === undefined) continue;
    if (texts.has(field)) throw reader.refuse('a name stands twice');
    texts.set(field, text);
  }
  return fromTexts(texts, reader);
}

function fromTexts(texts: Map<keyof ErrorFields, string>, reader: MessageReader): ErrorFields {
  const { severity, code, message, position, internalPosition, ...others } = Object.fromEntries(
    texts,
  ) as Partial<Record<keyof ErrorFields, string>>;
  if (severity === undefined || code === undefined || message === undefined) {
    throw reader.refuse('a required field is missing');
  }
  if (!SQLSTATE.test(code)) throw reader.refuse('a value is out of range');
  return {
    severity,
    code,
    message,
    ...others,
    ...(position !== undefined && POSITION.test(position) && { position: Number(position) }),
    ...(internalPosition !== undefined &&
      POSITION.test(internalPosition) && { internalPosition: Number(internalPosition) }),
  };
}

function checkedCode(code: string): string {
  if (!SQLSTATE.test(code)) throw new InvariantError('an error was to be sent whose SQLSTATE is none');
  return code;
}

export function writeErrorFields(writer: MessageWriter, fields: ErrorFields): void {
  for (const [field, letter] of LETTERS) {
    const value = fields[field];
    if (value === undefined) continue;
    writer.uint8(typeByte(letter));
    // An error about a name that cannot be sent must still be told.
    if (field === 'code') writer.cstring(checkedCode(fields.code));
    else writer.prose(String(value));
  }
  writer.uint8(0);
}
