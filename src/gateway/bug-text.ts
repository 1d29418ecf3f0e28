import { InvariantError, type Safe, safeJoin, safeName } from '../errors/index.ts';

const FRAMES_MAX = 5;

/**
 * Where a bug happened, for the log: the names of functions and the lines, and the message only if this source wrote it.
 * The message of any other error may quote what was being worked on.
 */
export function bugText(error: unknown): Safe {
  if (!(error instanceof Error)) return safeName(typeof error);
  const frames = (error.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, FRAMES_MAX)
    .map((line) => safeName(line.trim().replace(/\(.*[/\\]/, '(')));
  const name = safeName(error instanceof InvariantError ? error.message : error.name);
  return safeJoin([name, ...frames], ' ');
}
