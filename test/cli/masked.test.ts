import { describe, expect, it } from 'vitest';
import { maskLiterals } from '../../src/cli/masked.ts';

describe('a statement as explain shows it', () => {
  it.each([
    [`SELECT "a1" FROM "t" WHERE ("email" = 'bob@shop.test')`, `SELECT "a1" FROM "t" WHERE ("email" = _)`],
    [`SELECT 'it''s', '', '\\'`, 'SELECT _, _, _'],
    [String.raw`SELECT E'a\'b', E'\\' || 'c'`, 'SELECT _, _ || _'],
    [`SELECT B'101', X'1f'`, 'SELECT _, _'],
    ['SELECT 1, 2.5, .5, 1e10, 1.5e-3', 'SELECT _, _, _, _, _'],
    [`SELECT "it's", "say ""x"" '1'"`, `SELECT "it's", "say ""x"" '1'"`],
    ['SELECT t1.c2, f3(4)', 'SELECT t1.c2, f3(_)'],
  ])('%s', (printed, masked) => {
    expect(maskLiterals(printed, 0, [])).toBe(masked);
  });

  it('shows a claim by its name and leaves parameters of the client alone', () => {
    expect(maskLiterals('SELECT $1 WHERE (a = CAST($2 AS uuid)) AND (b = $3)', 1, ['user', 'tenant'])).toBe(
      'SELECT $1 WHERE (a = CAST(:user AS uuid)) AND (b = :tenant)',
    );
  });

  it('shows nothing of a text that our printer does not print', () => {
    expect(() => maskLiterals("SELECT 'open", 0, [])).toThrow('printed text');
    expect(() => maskLiterals('SELECT $$secret$$', 0, [])).toThrow('printed text');
  });
});
