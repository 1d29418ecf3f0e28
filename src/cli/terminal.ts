import type { EXIT_CODES, Exit } from './exit-code.ts';

/** What a command may touch of its process, handed in so that a test can stand in for it. */
export interface Terminal {
  print(line: string): void;
  complain(line: string): void;
  /** Standard input, a line at a time. */
  lines(): AsyncIterable<string>;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Milliseconds since 1970. */
  now(): number;
  /** Where `demo` keeps the key its tokens are signed with. */
  readonly stateDirectory: string;
  /** Settles when the process is asked to end. */
  ended(): Promise<void>;
}

/** The number a command ends its process with. */
export type ExitCode = (typeof EXIT_CODES)[Exit]['code'];

/** What a command does with its parsed arguments. */
export type Action<Arguments extends readonly unknown[]> = (...given: Arguments) => Promise<Exit>;
