import { expect, it } from 'vitest';
import { PreparedStatements } from '../../src/guard/guard.ts';
import type { Template } from '../../src/sql/index.ts';

it('what a session remembers of SQL’s PREPARE is bounded, also where each was refused', () => {
  const prepared = new PreparedStatements();
  for (let count = 0; count <= 10_000; count += 1) prepared.follow(prepareOf(`s${count}`), 'member');
  expect(() => prepared.claimsOf('s0', 'member', 0)).toThrow(/does not exist/);
  expect(prepared.claimsOf('s1', 'member', 0)).toMatchObject({ role: 'member' });
});

function prepareOf(name: string): Template {
  const known = { kind: 'prepare', claims: [], parameterCount: 0, discardRows: false };
  return { ...known, effect: { kind: 'prepare', name } } as unknown as Template;
}
