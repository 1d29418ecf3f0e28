import { CommanderError } from 'commander';
import {
  CordonError,
  ERRORS,
  InvariantError,
  type Safe,
  safeJoin,
  safeName,
  safeText,
} from '../errors/index.ts';
import { type Exit, exitOf } from './exit-code.ts';
import type { Terminal } from './terminal.ts';

/** Tells a failure in three lines (code, what happened, what to do), and says how the process ends. */
export function reportFailure(terminal: Terminal, failure: unknown): Exit {
  if (failure instanceof CommanderError) return reportUsage(terminal, failure);
  if (failure instanceof CordonError) return reportError(terminal, failure);
  terminal.complain('CORDON_BUG');
  terminal.complain(failure instanceof InvariantError ? failure.message : `unexpected ${kindOf(failure)}`);
  terminal.complain(
    'please report the command and these lines; set `CORDON_DEBUG=1` to see where it happened',
  );
  if (terminal.environment.CORDON_DEBUG === '1' && failure instanceof Error)
    terminal.complain(stackOf(failure));
  return 'bug';
}

/** The three lines of an error. */
export function reportError(terminal: Terminal, error: CordonError): Exit {
  terminal.complain(headingOf(error));
  terminal.complain(error.message);
  terminal.complain(error.hint);
  return exitOf(error.code);
}

/** The SQLSTATE is told where the database chose it. */
function headingOf(error: CordonError): string {
  const own: string = ERRORS[error.code].sqlstate;
  return error.sqlstate === own ? error.code : `${error.code} (SQLSTATE ${error.sqlstate})`;
}

/** The code of a failure of the operating system or of Node, such as `ENOENT`. */
export function systemReason(failure: unknown): Safe {
  const code = (failure as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? safeName(code) : safeName(kindOf(failure));
}

function reportUsage(terminal: Terminal, failure: CommanderError): Exit {
  if (failure.exitCode === 0) return 'ok';
  if (failure.code === 'commander.help') return 'usage';
  return reportError(terminal, new CordonError('CORDON_USAGE', { reason: usageReason(failure) }));
}

const USAGE: Readonly<Record<string, Safe>> = {
  'commander.unknownOption': safeText('there is no such option'),
  'commander.unknownCommand': safeText('there is no such command'),
  'commander.missingArgument': safeText('an argument is missing'),
  'commander.optionMissingArgument': safeText('an option needs a value'),
  'commander.invalidArgument': safeText('an option does not take that value'),
  'commander.missingMandatoryOptionValue': safeText('an option must be given'),
  'commander.excessArguments': safeText(
    'there are more arguments than the command takes; quote the statement',
  ),
  'commander.conflictingOption': safeText('two options exclude each other'),
};

/** Commander's own text may repeat what was typed, so only a name that looks like one is kept of it. */
function usageReason(failure: CommanderError): Safe {
  const reason = USAGE[failure.code] ?? safeText('the command line cannot be read');
  const name = /'(--?[A-Za-z][\w-]*|[a-z]+)/.exec(failure.message)?.[1];
  return name === undefined
    ? reason
    : safeJoin([reason, safeJoin([safeText('`'), safeName(name), safeText('`')], '')], ': ');
}

function kindOf(failure: unknown): string {
  return failure instanceof Error ? failure.constructor.name : typeof failure;
}

/** Frames only: the first line of a stack repeats the message, which may quote what it should not. */
function stackOf(failure: Error): string {
  return (failure.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n');
}
