import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const SRC = new URL('../../src/', import.meta.url);
const ARCHITECTURE = new URL('../../ARCHITECTURE.md', import.meta.url);

/** Folder to the folders it may import, from the table of ARCHITECTURE.md. */
function readLadder(): ReadonlyMap<string, ReadonlySet<string>> {
  const rows = readFileSync(ARCHITECTURE, 'utf8').matchAll(/^\| `([a-z]+)` \|[^|]*\|([^|]*)\|$/gm);
  return new Map(
    [...rows].map(([, folder = '', cell = '']) => [folder, new Set(cell.match(/[a-z]+/g) ?? [])]),
  );
}

interface Import {
  readonly file: string;
  readonly folder: string;
  readonly target: string;
}

/** Static imports and re-exports stand at the start of a line; `from '` alone is also a word of SQL. */
const IMPORTS =
  /^import\s(?:type\s)?[\w*{}\s,]+\sfrom\s*'([^']+)'|^export\s(?:type\s)?(?:\*(?:\sas\s\w+)?|\{[^}]*\})\sfrom\s*'([^']+)'|^import\s*'([^']+)'|\bimport\(\s*'([^']+)'/gm;

/** Every import of every file below `src/`: static, dynamic, re-exported, or of a type. */
function readImports(): readonly Import[] {
  return sources().flatMap((file) => {
    const text = readFileSync(new URL(file, SRC), 'utf8');
    const targets = [...text.matchAll(IMPORTS)].map((found) => found.slice(1).find(Boolean) ?? '');
    return targets.map((target) => ({ file, folder: folderOf(file), target }));
  });
}

function sources(): readonly string[] {
  return readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
}

/** `guard/guard.ts` is in `guard`; `index.ts` is in the root, which has no name. */
function folderOf(file: string): string {
  return file.includes('/') ? (file.split('/')[0] ?? '') : '';
}

function folderOfTarget({ file, target }: Import): string {
  return folderOf(new URL(target, new URL(file, 'file:///')).pathname.slice(1));
}

const PURE: readonly string[] = [
  'errors',
  'catalog',
  'policy',
  'posture',
  'sql',
  'redact',
  'guard',
  'pgwire',
  'rls',
];
/** What the pure folders may use, because it touches nothing outside either: of Node, bytes, hashes and `createRequire`. */
const PURE_PACKAGES: readonly RegExp[] = [
  /^node:(buffer|crypto|module)$/,
  /^jose$/,
  /^libpg-query(\/.*)?$/,
  /^@pgsql\/types$/,
  /^yaml$/,
  /^zod$/,
];

describe('the import ladder', () => {
  const ladder = readLadder();
  const imports = readImports();
  const relative = imports.filter(({ target, folder }) => target.startsWith('.') && folder !== '');

  it('the table of ARCHITECTURE.md lists exactly the folders of src', () => {
    const folders = new Set(
      sources()
        .map(folderOf)
        .filter((folder) => folder !== ''),
    );
    expect([...folders].sort().filter((folder) => !ladder.has(folder))).toEqual([]);
    expect(ladder.size).toBeGreaterThanOrEqual(9);
  });

  it('the table has no cycle: a folder imports only folders that stand above it', () => {
    const order = [...ladder.keys()];
    const upwards = order.flatMap((folder, row) =>
      [...(ladder.get(folder) ?? [])].filter((target) => order.indexOf(target) >= row || !ladder.has(target)),
    );
    expect(upwards).toEqual([]);
  });

  it('a folder imports from the folders that its row names, and from no other', () => {
    const wrong = relative.filter((found) => {
      const target = folderOfTarget(found);
      return target !== found.folder && !ladder.get(found.folder)?.has(target);
    });
    expect(wrong.map(({ file, target }) => `${file} imports ${target}`)).toEqual([]);
    expect(relative.length).toBeGreaterThan(20);
  });

  it('the core and pgwire import no module of Node and no package that touches the world', () => {
    const wrong = imports.filter(
      ({ folder, target }) =>
        PURE.includes(folder) &&
        !target.startsWith('.') &&
        !PURE_PACKAGES.some((pattern) => pattern.test(target)),
    );
    expect(wrong.map(({ file, target }) => `${file} imports ${target}`)).toEqual([]);
  });

  it('the core and pgwire read no clock, no random number and no process', () => {
    const world =
      /\b(random(Bytes|UUID|Int|FillSync)|process\.|Date\.now\(|new Date\(\)|Math\.random\(|performance\.now\(|setTimeout\(|crypto\.)/;
    const wrong = sources()
      .filter((file) => PURE.includes(folderOf(file)))
      .flatMap((file) =>
        withoutComments(readFileSync(new URL(file, SRC), 'utf8'))
          .split('\n')
          .filter((line) => world.test(line))
          .map((line) => `${file}: ${line.trim()}`),
      );
    expect(wrong).toEqual([]);
  });
});

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/\/\/.*$/gm, '');
}
