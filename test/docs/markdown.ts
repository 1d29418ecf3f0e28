import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The root of the repository. */
export const ROOT = new URL('../../', import.meta.url);

/** A fenced block: its language, the words after it, and its text. */
export interface Block {
  readonly file: string;
  readonly line: number;
  readonly language: string;
  readonly marks: readonly string[];
  readonly text: string;
}

/** Markdown files that users read. */
export function documents(): readonly string[] {
  const docs = readdirSync(new URL('docs/', ROOT), { recursive: true, encoding: 'utf8' });
  return [
    'README.md',
    'ARCHITECTURE.md',
    'CHANGELOG.md',
    ...docs.filter((f) => f.endsWith('.md')).map((f) => `docs/${f}`),
  ];
}

/** The text of a file of the repository. */
export function read(file: string): string {
  return readFileSync(new URL(file, ROOT), 'utf8');
}

/** The path of a file of the repository. */
export function pathOf(file: string): string {
  return fileURLToPath(new URL(file, ROOT));
}

/** Fenced blocks of a file, in order; those in a list item lose their indent. */
export function blocks(file: string): readonly Block[] {
  const text = read(file);
  return [...text.matchAll(/^( *)```(\w+)([^\n]*)\n([\s\S]*?)\n\1```$/gm)].map((match) => {
    const [, indent = '', language = '', marks = '', body = ''] = match;
    const line = text.slice(0, match.index).split('\n').length;
    const unindented = body.replaceAll(new RegExp(`^${indent}`, 'gm'), '');
    return { file, line, language, marks: marks.trim().split(/\s+/).filter(Boolean), text: unindented };
  });
}
