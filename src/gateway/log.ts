import type { Safe } from '../errors/index.ts';

/** What a log line may hold: names and numbers, never a value of a row, statement or token. */
export type LogFields = Readonly<Record<string, Safe | number | boolean | undefined>>;

/** The part of pino that the gateway uses; the fields are typed so that a value cannot be logged. */
export interface Log {
  debug(fields: LogFields, message: Safe): void;
  info(fields: LogFields, message: Safe): void;
  warn(fields: LogFields, message: Safe): void;
  error(fields: LogFields, message: Safe): void;
}

const nothing = () => undefined;

/** A log that keeps nothing. */
export const silentLog: Log = { debug: nothing, info: nothing, warn: nothing, error: nothing };
