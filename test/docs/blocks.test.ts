import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Block, blocks, documents, pathOf } from './markdown.ts';

/**
 * Blocks marked `run` are executed in a scratch folder against a demo of the test's own. A block of `text` that follows is what they print.
 * Blocks marked `file=NAME` are files of that folder.
 * `fails` after `run`: the block ends with another code than 0, and the text is what it prints on standard error.
 */
interface Runnable {
  readonly name: string;
  readonly block: Block;
  readonly expected: string | undefined;
}

const MAIN = pathOf('dist/cli/main.js');
const ADDRESS = '127.0.0.1:26258';

function runnable(): readonly Runnable[] {
  return documents().flatMap((file) => {
    const all = blocks(file);
    return all.flatMap((block, index) => {
      if (!block.marks.includes('run')) return [];
      const next = all[index + 1];
      const name = `${file}:${block.line} ${block.text.split('\n')[0]}`;
      return [{ name, block, expected: next?.language === 'text' ? next.text : undefined }];
    });
  });
}

describe('blocks marked run', { timeout: 120_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'cordon-docs-'));
  let demo: ChildProcess;
  let address = '';

  beforeAll(async () => {
    for (const { marks, text } of documents().flatMap(blocks)) {
      const name = marks.find((mark) => mark.startsWith('file='))?.slice('file='.length);
      if (name !== undefined) writeFileSync(join(folder, basename(name)), text);
    }
    expect(existsSync(MAIN), 'run `npm run build` first').toBe(true);
    demo = spawn(process.execPath, [MAIN, 'demo', '--listen', '127.0.0.1:0'], {
      env: { ...process.env, CORDON_STATE: folder },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    address = await readyAddress(demo);
  });

  afterAll(() => void demo.kill('SIGTERM'));

  it.each(runnable())('$name', async ({ block, expected }) => {
    const ran = await runBlock(block, folder, address);
    const fails = block.marks.includes('fails');
    expect(ran.failed, ran.err).toBe(fails);
    expect(expected, 'a block of text with the output must follow').toBeDefined();
    expect(trimmed(fails ? ran.err : ran.out)).toBe(trimmed(expected ?? ''));
  });

  it('there are some', () => {
    expect(runnable().length).toBeGreaterThan(8);
  });
});

async function readyAddress(demo: ChildProcess): Promise<string> {
  if (demo.stdout === null) throw new Error('the demo has no output');
  for await (const line of createInterface({ input: demo.stdout })) {
    const match = /^cordon ready postgres:\/\/app@([^/]+)\/shop$/.exec(line);
    if (match?.[1] !== undefined) return match[1];
  }
  throw new Error('the demo ended before it was ready');
}

interface Ran {
  readonly failed: boolean;
  readonly out: string;
  readonly err: string;
}

/** Runs a shell block with this build in the place of `npx cordon`, and the demo of this test in the place of the usual one. */
function runBlock(block: Block, folder: string, address: string): Promise<Ran> {
  const script = block.text
    .replaceAll('npx cordon', `"${process.execPath}" "${MAIN}"`)
    .replaceAll(ADDRESS, address);
  const env = { ...process.env, CORDON_STATE: folder, CORDON_URL: `postgres://app@${address}/shop` };
  return new Promise((resolve) => {
    execFile('sh', ['-ec', script], { cwd: folder, env }, (failure, out, err) =>
      resolve({ failed: failure !== null, out, err }),
    );
  });
}

function trimmed(text: string): string {
  return text
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .replace(/^\n+|\n+$/g, '');
}
