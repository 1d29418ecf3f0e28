import { ERRORS, type ErrorCode, type ErrorEntry, type Facts } from './registry.ts';

/** What went wrong, in words that hold no value of a row, statement or token. */
export class CordonError extends Error {
  override readonly name = 'CordonError';
  readonly code: ErrorCode;
  readonly sqlstate: string;
  readonly status: number;
  readonly hint: string;

  constructor(
    code: ErrorCode,
    facts: Facts = {},
    options?: { readonly sqlstate?: string; readonly cause?: unknown },
  ) {
    const entry: ErrorEntry = ERRORS[code];
    super(entry.happened(facts), options?.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.sqlstate = options?.sqlstate ?? entry.sqlstate;
    this.status = entry.status;
    this.hint = entry.hint(facts);
  }
}

/** A bug in Cordon: the connection it happens on is ended. */
export class InvariantError extends Error {
  override readonly name = 'InvariantError';
}

/** Closes a switch over a union: a kind that is not listed does not compile, and throws at run time. */
export function assertNever(value: never, what: string): never {
  const kind = (value as { kind?: unknown } | null)?.kind;
  throw new InvariantError(`unhandled ${what}: ${typeof kind === 'string' ? kind : typeof value}`);
}
