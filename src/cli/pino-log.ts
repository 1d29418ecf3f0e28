import { pino } from 'pino';
import { CordonError, safeText } from '../errors/index.ts';
import type { Log } from '../gateway/index.ts';

const LEVELS: readonly string[] = ['error', 'warn', 'info', 'debug'];
const STANDARD_ERROR = 2;

/** JSON lines on standard error, which leaves standard output to what was asked for. */
export function pinoLog(level: string): Log {
  if (!LEVELS.includes(level)) throw unknownLevel();
  const logger = pino({ level, base: null }, pino.destination({ dest: STANDARD_ERROR, sync: true }));
  return {
    debug: (fields, message) => logger.debug(fields, message),
    info: (fields, message) => logger.info(fields, message),
    warn: (fields, message) => logger.warn(fields, message),
    error: (fields, message) => logger.error(fields, message),
  };
}

function unknownLevel(): CordonError {
  return new CordonError('CORDON_USAGE', {
    reason: safeText('a log level is one of error, warn, info, debug'),
  });
}
