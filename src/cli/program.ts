import { checkCommand } from './check.ts';
import { attach, CordonCommand } from './command.ts';
import { demoCommand } from './demo.ts';
import { EXIT_CODES, type Exit } from './exit-code.ts';
import { explainCommand } from './explain.ts';
import { reportFailure } from './failure.ts';
import { readPackage } from './package.ts';
import { queryCommand } from './query.ts';
import { rlsCommand } from './rls.ts';
import { serveCommand } from './serve.ts';
import type { ExitCode, Terminal } from './terminal.ts';
import { tokenCommand } from './token.ts';

/** The whole command line, ready to parse. */
export function buildProgram(terminal: Terminal): CordonCommand {
  const program = new CordonCommand('cordon')
    .description(
      'Row and column isolation for Postgres and CockroachDB: one policy, enforced on every statement.',
    )
    .version(readPackage().version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help, with examples')
    .helpCommand('help [command]', 'print help for a command')
    // `--version` of `rls` is another one.
    .enablePositionalOptions()
    .addHelpText('after', exitCodeHelp());
  program.addCommand(serveCommand(terminal));
  program.addCommand(checkCommand(terminal));
  program.addCommand(explainCommand(terminal));
  program.addCommand(rlsCommand(terminal));
  program.addCommand(queryCommand(terminal));
  program.addCommand(tokenCommand(terminal));
  program.addCommand(demoCommand(terminal));
  attach(program, terminal);
  return program as CordonCommand;
}

/** Runs one command line and says what number the process ends with. */
export async function runProgram(argv: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const program = buildProgram(terminal);
  if (argv.length === 0) program.outputHelp();
  if (argv.length === 0) return EXIT_CODES.usage.code;
  return EXIT_CODES[await outcomeOf(program, argv, terminal)].code;
}

async function outcomeOf(program: CordonCommand, argv: readonly string[], terminal: Terminal): Promise<Exit> {
  try {
    await program.parseAsync([...argv], { from: 'user' });
  } catch (failure) {
    return reportFailure(terminal, failure);
  }
  const ran = program.commands.find((command) => (command as CordonCommand).outcome !== undefined);
  return (ran as CordonCommand | undefined)?.outcome ?? 'ok';
}

function exitCodeHelp(): string {
  const lines = Object.values(EXIT_CODES).map(
    ({ code, meaning }) => `  ${String(code).padEnd(3)} ${meaning}`,
  );
  return `\nExit codes:\n${lines.join('\n')}`;
}
