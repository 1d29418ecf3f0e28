import { Option } from 'commander';
import type { Dialect } from '../catalog/index.ts';
import type { CordonCommand } from './command.ts';

const DIALECTS: readonly Dialect[] = ['postgres', 'cockroachdb'];

export interface DialectOptions {
  readonly dialect?: Dialect;
}

/** Adds the option that names the grammar of the statements that clients send. */
export function withClientDialect(command: CordonCommand): CordonCommand {
  const option = new Option('--dialect <name>', "what clients write; the database's own if left out");
  return command.addOption(option.choices(DIALECTS)) as CordonCommand;
}

/** Adds the option that judges as if the database were of another kind, for `explain` and `check`. */
export function withDatabaseDialect(command: CordonCommand): CordonCommand {
  const option = new Option(
    '--dialect <name>',
    "judge as for this kind of database; the database's own if left out",
  );
  return command.addOption(option.choices(DIALECTS)) as CordonCommand;
}

/** The dialect that the options name, if any. */
export function dialectOf({ dialect }: DialectOptions): DialectOptions {
  return dialect === undefined ? {} : { dialect };
}
