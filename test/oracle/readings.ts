/** One text in three readings: Postgres' parser, CockroachDB's parser, and Cordon's reader for CockroachDB. */
import { isDeepStrictEqual } from 'node:util';
import { CordonError } from '../../src/errors/index.ts';
import { createParser } from '../../src/sql/index.ts';
import { askOracle, type OracleAnswer } from './oracle.ts';
import { type Summary, summarise, UnknownNode } from './summary.ts';

/** Undefined: the text is not read. */
export interface Readings {
  readonly text: string;
  readonly postgres: Summary | undefined;
  readonly cockroach: Summary | undefined;
  readonly cordon: Summary | undefined;
}

const parser = await createParser();

export function readAll(texts: readonly string[]): readonly Readings[] {
  const answers = askOracle(texts);
  return texts.map((text, i) => ({
    text,
    postgres: read(text, 'postgres'),
    cockroach: answers[i] === undefined ? undefined : ofOracle(answers[i]),
    cordon: read(text, 'cockroachdb'),
  }));
}

function read(text: string, dialect: 'postgres' | 'cockroachdb'): Summary | undefined {
  try {
    return parser.parse(text, dialect).map(({ stmt }) => summarise(stmt));
  } catch (error) {
    if (error instanceof CordonError) return undefined;
    if (error instanceof UnknownNode) return `unknown ${error.message}`;
    throw error;
  }
}

function ofOracle(answer: OracleAnswer): Summary | undefined {
  if (!answer.accepted) return undefined;
  return answer.statements.map((one) => one.summary ?? `unknown ${one.unknown ?? ''}`);
}

/** Both servers would read the text, and each its own way. */
export function isDifferential({ postgres, cockroach }: Readings): boolean {
  return postgres !== undefined && cockroach !== undefined && !isDeepStrictEqual(postgres, cockroach);
}

/** Cordon reads the text, and not as CockroachDB does. */
export function isMisread({ cockroach, cordon }: Readings): boolean {
  return cordon !== undefined && cockroach !== undefined && !isDeepStrictEqual(cordon, cockroach);
}

/** Both servers read the text the same way, and Cordon does not read it. */
export function isRefusedWrongly(readings: Readings): boolean {
  const isRead = readings.postgres !== undefined && readings.cockroach !== undefined;
  return isRead && readings.cordon === undefined && !isDifferential(readings);
}
