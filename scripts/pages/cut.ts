/**
 * Code in guides is cut from files that run. `<!-- cut FILE SECTION -->` before a fenced block names the lines between
 * `section:SECTION` and `endsection:SECTION` in a comment of FILE.
 */
import { readFile } from 'node:fs/promises';
import type { Page } from './page.ts';

const ROOT = new URL('../../', import.meta.url);
const CUT = /(<!-- cut (\S+) (\S+) -->\n\n?```\w+\n)[\s\S]*?(^```$)/gm;

/** A guide with every cut made again. */
export async function cutPage(file: string): Promise<Page> {
  let text = await read(file);
  for (const [whole, before = '', source = '', name = '', after = ''] of text.matchAll(CUT)) {
    text = text.replace(
      whole,
      () => `${before}${section(file, source, name, sources.get(source) ?? '')}\n${after}`,
    );
  }
  return { file, text };
}

const sources = new Map<string, string>();

async function read(file: string): Promise<string> {
  const text = await readFile(new URL(file, ROOT), 'utf8');
  for (const [, , source = ''] of text.matchAll(CUT)) {
    sources.set(source, await readFile(new URL(source, ROOT), 'utf8'));
  }
  return text;
}

function section(guide: string, file: string, name: string, text: string): string {
  const lines = text.split('\n');
  const start = lines.findIndex(
    (line) => new RegExp(`\\bsection:${name}\\b`).test(line) && !line.includes('endsection'),
  );
  const end = lines.findIndex((line) => new RegExp(`\\bendsection:${name}\\b`).test(line));
  if (start < 0 || end < start)
    throw new Error(`${guide} cuts ${name} from ${file}, which has no such section`);
  return withoutIndent(lines.slice(start + 1, end));
}

function withoutIndent(lines: readonly string[]): string {
  const full = lines.filter((line) => line.trim() !== '');
  const indent = Math.min(...full.map((line) => line.length - line.trimStart().length));
  return lines.map((line) => line.slice(indent)).join('\n');
}
