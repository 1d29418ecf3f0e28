import { createGuard } from '../../src/guard/guard.ts';
import type { GuardedStatement, Judged } from '../../src/guard/types.ts';
import type { Parser } from '../../src/sql/index.ts';
import type { GoldenCase } from './golden-file.ts';
import type { GoldenGround } from './ground.ts';

/** Each case is judged by a guard of its own, so that none depends on the one before it. */
export function judgeCase(one: GoldenCase, ground: GoldenGround, parser: Parser): Judged {
  const guard = createGuard({ policy: ground.policyOf(one), catalog: ground.catalog, parser });
  const session = guard.session();
  const principal = ground.principalOf(one);
  for (const before of (one.options.after ?? '').split(';').filter((text) => text !== '')) {
    session.judgeQuery(before.replaceAll('_', ' '), principal);
  }
  return hasParameters(one)
    ? session.judgeStatement(one.statement, principal)
    : session.judgeQuery(one.statement, principal);
}

/** A statement with parameters is judged as the extended protocol would send it. */
export const hasParameters = (one: GoldenCase): boolean => /\$\d/.test(one.statement);

/** What would be sent for a statement of a case. */
export function textOf(statement: GuardedStatement, one: GoldenCase, ground: GoldenGround): string {
  return hasParameters(one) ? statement.preparedText : statement.textFor(ground.principalOf(one));
}
