/** What a caller receives, as text that is compared between worlds. */
import type { Answer } from '../worlds/messages.ts';

export interface Observation {
  /** Everything, one line a message. */
  readonly text: string;
  /** The same without values of rows. */
  readonly shape: string;
  readonly tag: string | undefined;
  readonly rows: string;
  readonly error: { readonly code: string; readonly fields: Readonly<Record<string, string>> } | undefined;
}

export function observe(answers: readonly Answer[]): Observation {
  const rows = answers.flatMap((answer) => (answer.kind === 'row' ? [showRow(answer.values)] : []));
  const tags = answers.flatMap((answer) => (answer.kind === 'tag' ? [answer.tag] : []));
  const failed = answers.find((answer) => answer.kind === 'error');
  return {
    text: answers.map(show).join('\n'),
    shape: answers.map((answer) => (answer.kind === 'row' ? 'row' : show(answer))).join('\n'),
    tag: tags.at(-1),
    rows: rows.join(' / '),
    error: failed?.kind === 'error' ? { code: failed.fields.C ?? '', fields: failed.fields } : undefined,
  };
}

function showRow(values: readonly (string | null)[]): string {
  return values.map((value) => value ?? '∅').join(',');
}

function show(answer: Answer): string {
  switch (answer.kind) {
    case 'fields':
      return `fields ${answer.fields.map((f) => `${f.name}:${f.type}:${f.modifier}:${f.format}`).join(' ')}`;
    case 'row':
      return `row ${showRow(answer.values)}`;
    case 'error':
    case 'notice':
      return `${answer.kind} ${JSON.stringify(withoutSource(answer.fields))}`;
    default:
      return JSON.stringify(answer);
  }
}

/** Where in its source the server raised a report says nothing about data. */
function withoutSource(fields: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(fields).filter(([code]) => !['F', 'L', 'R'].includes(code)));
}
