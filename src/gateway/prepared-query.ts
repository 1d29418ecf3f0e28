/**
 * A Query of one statement with literals, run as a prepared statement with parameters: the database plans it once for a
 * connection instead of once for each text. The client cannot tell: what a Query does not answer is kept back, and all else is
 * alike (see docs/decisions/0012-literals-run-prepared.md).
 */
import type { Principal } from '../guard/answers.ts';
import type { ParameterForm } from '../guard/types.ts';
import { encodeUnnamedRun } from '../pgwire/index.ts';
import type { Expected } from './expected.ts';
import type { UnitContext } from './unit.ts';

/** Sends it; false: it is to be sent as text. Throws CORDON_CLAIM_INVALID. */
export function sendPrepared(unit: UnitContext, form: ParameterForm, principal: Principal): boolean {
  const { statement } = form;
  const claims = statement.claims.length === 0 ? NONE : statement.claimValues(principal);
  const values = claims.length === 0 ? form.values : [...form.values, ...claims];
  return run(unit, form, values, unit.isOutside);
}

const NONE: readonly string[] = [];
const PASSED = [{ discardRows: false, copyOut: false }];
const DISCARDED = [{ discardRows: true, copyOut: false }];

function run(unit: UnitContext, form: ParameterForm, values: readonly string[], mayRepeat: boolean): boolean {
  const { text, parameterTypes, statement } = form;
  const { prepared } = unit;
  const known = prepared.find(text, parameterTypes);
  if (known === undefined && !prepared.mayKeep(text)) return false;
  const entry = known ?? prepared.add(text, parameterTypes);
  const expected: Expected = {
    kind: 'query',
    prologue: known === undefined ? 'parse' : 'bind',
    describesLate: statement.kind !== 'select',
    runs: statement.discardRows ? DISCARDED : PASSED,
    unprepared: () => prepared.remove(entry),
    again: mayRepeat && known !== undefined ? () => void run(unit, form, values, false) : undefined,
  };
  const parse = known === undefined ? { text, parameterTypes } : undefined;
  unit.exchange.sendBytes(expected, encodeUnnamedRun({ statement: entry.name, values, parse }));
  unit.exchange.flush();
  return true;
}
