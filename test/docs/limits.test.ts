import { beforeAll, describe, expect, it } from 'vitest';
import { cordon } from '../cli/run.ts';
import { read } from './markdown.ts';

/** Rows of the table of refused statements: the statement and its code. */
function refused(): readonly (readonly [string, string])[] {
  const rows = read('docs/reference/limits.md').matchAll(/^\| `([^|]+)` \| `(CORDON_[A-Z_]+)` \|/gm);
  return [...rows].map(([, statement = '', code = '']) => [statement, code]);
}

describe('the statements that the page of limits calls refused', { timeout: 120_000 }, () => {
  const statements = refused();
  let answers: readonly string[] = [];

  beforeAll(async () => {
    const input = statements.map(([sql]) => JSON.stringify({ sql, as: 'alice' }));
    const { out } = await cordon(['explain', '--file', '-'], { input });
    answers = out.split('\n').map((line) => (JSON.parse(line) as { code: string }).code);
  });

  it.each(statements.map(([statement, code], index) => ({ statement, code, index })))(
    '$statement',
    ({ code, index }) => {
      expect(answers[index]).toBe(code);
    },
  );

  it('there are some', () => {
    expect(statements.length).toBeGreaterThan(20);
  });
});
