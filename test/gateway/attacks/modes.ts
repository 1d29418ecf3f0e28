/** One sequence of statements in each way a client can send it. */
import { bind, execute, parse, type WireClient } from '../support/wire-client.ts';

/** `extended`: each statement up to a Sync of its own; `pipelined`: all of them before one Sync. */
export const MODES = ['simple', 'extended', 'pipelined'] as const;
export type Mode = (typeof MODES)[number];

/** Runs the statements; answers what came back, without the messages that only acknowledge. */
export async function say(client: WireClient, mode: Mode, ...texts: readonly string[]): Promise<string[]> {
  if (mode === 'pipelined') {
    return essence(await client.batch(...texts.flatMap((text) => [parse(text), bind(), execute()])));
  }
  const seen: string[] = [];
  for (const text of texts) {
    seen.push(
      ...(mode === 'simple' ? await client.query(text) : await client.batch(parse(text), bind(), execute())),
    );
  }
  return essence(seen);
}

/** Rows, tags, errors and states. */
export function essence(words: readonly string[]): string[] {
  return words.filter((word) => !/^(ParseComplete|BindComplete|NoData|CloseComplete|columns )/.test(word));
}

/** A ReadyForQuery is as many as there are Syncs, so only the last of them compares between the ways. */
export function outcome(words: readonly string[]): string[] {
  return words.filter((word, index) => !word.startsWith('ready') || index === words.length - 1);
}
