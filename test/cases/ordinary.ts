import { readFileSync } from 'node:fs';
import { withPeople } from '../worlds/world.ts';

/** One statement of an application, and why the guard does not answer it as the shadow database does, if so. */
export interface OrdinaryStatement {
  readonly text: string;
  readonly exception: { readonly kind: 'refused' | 'differs'; readonly why: string } | undefined;
}

/** Reads a file with one statement a line; a comment below a statement says in what it is special. */
function readOrdinary(file: string): readonly OrdinaryStatement[] {
  const statements: OrdinaryStatement[] = [];
  for (const line of withPeople(readFileSync(new URL(file, import.meta.url), 'utf8')).split('\n')) {
    const note = /^-- (refused|differs): (.*)$/.exec(line);
    const last = statements.at(-1);
    if (note !== null && last !== undefined) {
      const kind = note[1] === 'refused' ? 'refused' : 'differs';
      statements[statements.length - 1] = { text: last.text, exception: { kind, why: note[2] ?? '' } };
    } else if (line.endsWith(';') && !line.startsWith('--')) {
      statements.push({ text: line.slice(0, -1), exception: undefined });
    }
  }
  return statements;
}

export const ORDINARY: readonly OrdinaryStatement[] = [
  ...readOrdinary('reads.sql'),
  ...readOrdinary('writes.sql'),
];

/** Their texts alone. */
export const ORDINARY_TEXTS: readonly string[] = ORDINARY.map(({ text }) => text);
