import { Command } from 'commander';
import type { Exit } from './exit-code.ts';
import type { Terminal } from './terminal.ts';

/** One line a user can paste, and what it shows. */
export interface Example {
  readonly command: string;
  readonly shows: string;
}

/** A command of `cordon`: remembers how its action ended, and the examples that help and reference print. */
export class CordonCommand extends Command {
  /** How the action ended; undefined until it ran. */
  outcome: Exit | undefined;
  readonly examples: Example[] = [];

  /** Registers what the command does with its parsed arguments. */
  does<Given extends unknown[]>(action: (...given: Given) => Promise<Exit>): this {
    return this.action(async (...given: unknown[]) => {
      this.outcome = await action(...(given as Given));
    });
  }

  /** Adds a line to the examples below the help. */
  example(command: string, shows: string): this {
    this.examples.push({ command, shows });
    return this;
  }

  override createCommand(name?: string): CordonCommand {
    return new CordonCommand(name);
  }

  override helpInformation(): string {
    const lines = this.examples.map(({ command, shows }) => `  # ${shows}\n  ${command}\n`);
    return lines.length === 0
      ? super.helpInformation()
      : `${super.helpInformation()}\nExamples:\n${lines.join('\n')}`;
  }
}

/** Sends what commander prints through the terminal, and its exits through exceptions. */
export function attach(command: Command, terminal: Terminal): void {
  command.exitOverride().configureOutput({
    writeOut: (text) => terminal.print(text.replace(/\n$/, '')),
    writeErr: () => undefined,
  });
  for (const child of command.commands) attach(child, terminal);
}
