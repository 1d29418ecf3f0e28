import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { pathOf, read } from './markdown.ts';

interface PackageJson {
  readonly bin: Readonly<Record<string, string>>;
  readonly files: readonly string[];
  readonly exports: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

const PACKAGE = JSON.parse(read('package.json')) as PackageJson;

describe('the package', () => {
  it('has a file behind every entry point and every command', () => {
    const entries = Object.values(PACKAGE.exports).flatMap((entry) =>
      typeof entry === 'string' ? [entry] : Object.values(entry),
    );
    const missing = [...entries, ...Object.values(PACKAGE.bin)].filter((file) => !existsSync(pathOf(file)));
    expect(missing, 'run `npm run build` first').toEqual([]);
  });

  it('the command starts with the line that lets a shell run it', () => {
    for (const file of Object.values(PACKAGE.bin)) {
      expect(readFileSync(pathOf(file), 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
    }
  });

  it('the entry point gives what the guides import from it', async () => {
    const entry = (await import(pathOf('dist/index.js'))) as Record<string, unknown>;
    expect(Object.keys(entry)).toEqual(
      expect.arrayContaining(['definePolicy', 'loadPolicy', 'createGuard', 'loadCatalog', 'CordonError']),
    );
  });

  it('what is published holds all that the command needs', () => {
    const [packed] = JSON.parse(
      execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
        cwd: pathOf('.'),
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      }),
    ) as [{ files: readonly { path: string }[] }];
    const paths = packed.files.map(({ path }) => path);
    for (const file of [
      'dist/cli/main.js',
      'dist/index.d.ts',
      'examples/demo/cordon.yaml',
      'examples/demo/seed.sql',
      'schema/cordon.schema.json',
      'LICENSE',
      'README.md',
    ]) {
      expect(paths).toContain(file);
    }
    expect(paths.filter((path) => /^(test|src|bench|scripts)\//.test(path))).toEqual([]);
  });

  it('the commands that the README names are scripts', () => {
    expect(Object.keys(PACKAGE.scripts)).toEqual(
      expect.arrayContaining(['start', 'test', 'docs', 'build', 'lint', 'types']),
    );
  });

  it('pins every dependency to one version', () => {
    const versions = Object.values({ ...PACKAGE.dependencies, ...PACKAGE.devDependencies });
    expect(versions.filter((version) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([]);
  });
});
