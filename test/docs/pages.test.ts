import { existsSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { pages } from '../../scripts/pages/index.ts';
import { documents, pathOf, ROOT, read } from './markdown.ts';

describe('generated pages', async () => {
  it.each(await pages())('$file is what `npm run docs` writes', ({ file, text }) => {
    expect(read(file)).toBe(text);
  });
});

describe.each(documents())('%s', (file) => {
  const text = read(file);

  it('links to files and headings that exist', () => {
    const broken = links(text).filter((target) => !exists(file, target));
    expect(broken).toEqual([]);
  });

  it('holds no path of a machine, no host of a registry and no address of a private network', () => {
    expect(text).not.toMatch(/(\/home\/|\/Users\/|\/root\/|\/work\/|\/tmp\/|[A-Z]:\\)/);
    expect(text).not.toMatch(/\bregistry\.[a-z]|\b(10|192\.168|172\.(1[6-9]|2\d|3[01]))\.\d+\.\d+/);
  });

  it('promises nothing for a day to come', () => {
    expect(text).not.toMatch(/\b(TODO|FIXME|coming soon|roadmap|will be added)\b/i);
  });
});

describe('comments of the source', () => {
  it('name pages that exist', () => {
    const files = readdirSync(new URL('src/', ROOT), { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('.ts'),
    );
    const named = files.flatMap((file) =>
      [...read(`src/${file}`).matchAll(/\bdocs\/[\w/-]+\.md\b/g)].map(([page]) => ({ file, page })),
    );
    expect(named.filter(({ page }) => !existsSync(pathOf(page)))).toEqual([]);
  });

  it('name no machine, and nothing to be done on another day', () => {
    const files = readdirSync(new URL('src/', ROOT), { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('.ts'),
    );
    const wrong = files.filter((file) =>
      /(\/home\/|\/Users\/|\/root\/|\/work\/)|\b(TODO|FIXME|XXX)\b/.test(read(`src/${file}`)),
    );
    expect(wrong).toEqual([]);
  });
});

function links(text: string): readonly string[] {
  const prose = text.replace(/```[\s\S]*?```/g, '').replace(/`[^`\n]*`/g, '');
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = '']) => target)
    .filter((t) => !/^https?:/.test(t));
}

function exists(file: string, target: string): boolean {
  const [path = '', heading] = target.split('#');
  const full = path === '' ? new URL(file, ROOT) : new URL(path, new URL(file, ROOT));
  const inside = full.pathname.slice(ROOT.pathname.length);
  if (!existsSync(pathOf(inside))) return false;
  return heading === undefined || headings(read(inside)).includes(heading);
}

function headings(text: string): readonly string[] {
  return [...text.matchAll(/^#+ (.*)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replace(/\s/g, '-'),
  );
}
