import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { CordonError, safeText } from '../errors/index.ts';
import { readCaller } from './caller.ts';
import { parseClaims } from './claims.ts';
import type { Exit } from './exit-code.ts';
import type { Judge } from './judge.ts';
import { readText } from './policy-file.ts';
import type { Terminal } from './terminal.ts';
import { verdictOf } from './verdict.ts';

/** What a line is answered with. */
interface Answer {
  readonly decision: 'allow' | 'deny';
  /** Why it is denied. */
  readonly code: string | null;
  /** The statements for the database, `_` for each literal; null where it is denied. */
  readonly sql: string | null;
  /** Names of the claims that stand for the last parameters of `sql`. */
  readonly claims: readonly string[];
}

/** Judges one JSON statement a line, and answers one JSON line each, in order; a line that cannot be read is denied. */
export async function explainLines(terminal: Terminal, judge: Judge, file: string): Promise<Exit> {
  for await (const line of await linesOf(terminal, file)) {
    if (line.trim() !== '') terminal.print(JSON.stringify(await answer(judge, line)));
  }
  return 'ok';
}

async function linesOf(terminal: Terminal, file: string): Promise<AsyncIterable<string>> {
  if (file === '-') return terminal.lines();
  await readText(file);
  return createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY });
}

async function answer(judge: Judge, line: string): Promise<Answer> {
  try {
    const { sql, as } = readRequest(line);
    const verdict = verdictOf(judge.judge(sql, await readCaller(judge.policy, as)));
    if (verdict.error !== undefined) return denied(verdict.error.code);
    const names = verdict.statements.length === 1 ? (verdict.statements[0]?.claims ?? []) : [];
    return { decision: 'allow', code: null, sql: verdict.masked.join('; '), claims: names };
  } catch (failure) {
    if (failure instanceof CordonError) return denied(failure.code);
    throw failure;
  }
}

function denied(code: string): Answer {
  return { decision: 'deny', code, sql: null, claims: [] };
}

/** `as` is what `--as` takes, or an object of claims; left out, nobody. */
function readRequest(line: string): { readonly sql: string; readonly as: unknown } {
  const { sql, as = 'anonymous' } = parseLine(line);
  if (typeof sql !== 'string') throw unreadable();
  return { sql, as };
}

function parseLine(line: string): Readonly<Record<string, unknown>> {
  try {
    return parseClaims(line);
  } catch {
    throw unreadable();
  }
}

function unreadable(): CordonError {
  const reason = safeText('a line is not a JSON object with the statement as `sql`');
  return new CordonError('CORDON_USAGE', { reason });
}
