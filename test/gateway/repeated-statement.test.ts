import { describe, expect, it } from 'vitest';
import { PreparedStatement } from '../../src/gateway/prepared-statement.ts';
import { RecentStatements } from '../../src/gateway/recent-statements.ts';
import type { Principal } from '../../src/guard/answers.ts';
import type { GuardedStatement } from '../../src/guard/types.ts';

const TEXT = 'SELECT 1';
const ANN = principal('member', 'ann');

function principal(role: string, fingerprint: string): Principal {
  return { role, fingerprint } as unknown as Principal;
}

function guarded(kind: string, textOnly = false): GuardedStatement {
  return { kind, textOnly } as unknown as GuardedStatement;
}

/** A statement that was judged for Ann under version 1, and the same one as she sends it again. */
function repeated(judged: GuardedStatement): PreparedStatement {
  const before = new PreparedStatement(TEXT, [], undefined);
  before.remember(ANN, 1, judged);
  const statement = new PreparedStatement(TEXT, [], undefined);
  statement.repeat(before);
  return statement;
}

describe('what was said of a statement holds when it is sent again', () => {
  const select = guarded('select');

  it('for its role, whoever has it, and for no other', () => {
    expect(repeated(select).judged(ANN, 1)).toBe(select);
    expect(repeated(select).judged(principal('member', 'bob'), 1)).toBe(select);
    expect(repeated(select).judged(principal('admin', 'ann'), 1)).toBeUndefined();
  });

  it('under the guard that has said it, and under no other', () => {
    expect(repeated(select).judged(ANN, 2)).toBeUndefined();
    expect(repeated(select).judged(ANN, -1)).toBeUndefined();
  });

  it.each([guarded('execute'), guarded('prepare'), guarded('set'), guarded('ddl'), guarded('select', true)])(
    'not where more than its text decides ($kind)',
    (judged) => {
      expect(repeated(judged).judged(ANN, 1)).toBeUndefined();
    },
  );
});

describe('a statement repeats another', () => {
  it('of the same text and the same types', () => {
    const recent = new RecentStatements();
    const [first, second] = [
      new PreparedStatement(TEXT, [23], undefined),
      new PreparedStatement(TEXT, [23], undefined),
    ];
    expect(recent.exchange(first)).toBeUndefined();
    expect(recent.exchange(second)).toBe(first);
    expect(recent.exchange(new PreparedStatement(TEXT, [25], undefined))).toBeUndefined();
    expect(recent.exchange(new PreparedStatement(`${TEXT} `, [25], undefined))).toBeUndefined();
  });

  it('if it came of late and is not long', () => {
    const recent = new RecentStatements();
    const first = new PreparedStatement(TEXT, [], undefined);
    const long = new PreparedStatement('x'.repeat(10_001), [], undefined);
    recent.exchange(first);
    recent.exchange(long);
    expect(recent.exchange(long)).toBeUndefined();
    for (let count = 0; count < 100; count += 1)
      recent.exchange(new PreparedStatement(`SELECT ${count + 2}`, [], undefined));
    expect(recent.exchange(first)).toBeUndefined();
  });
});
