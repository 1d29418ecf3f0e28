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

/** Sends it. Throws CORDON_CLAIM_INVALID. */
export function sendPrepared(unit: UnitContext, form: ParameterForm, principal: Principal): void {
  const { text, parameterTypes, statement } = form;
  const claims = statement.claims.length === 0 ? NONE : statement.claimValues(principal);
  const values = claims.length === 0 ? form.values : [...form.values, ...claims];
  run(
    unit,
    {
      text,
      parameterTypes,
      values,
      discardRows: statement.discardRows,
      isWrite: statement.kind !== 'select',
    },
    unit.isOutside,
  );
}

interface Run {
  readonly text: string;
  readonly parameterTypes: readonly number[];
  readonly values: readonly string[];
  readonly discardRows: boolean;
  readonly isWrite: boolean;
}

const NONE: readonly string[] = [];
const PASSED = [{ discardRows: false, copyOut: false }];
const DISCARDED = [{ discardRows: true, copyOut: false }];

function run(unit: UnitContext, statement: Run, mayRepeat: boolean): void {
  const { text, parameterTypes, values, discardRows, isWrite } = statement;
  const { prepared } = unit;
  const known = prepared.find(text, parameterTypes);
  const entry = known ?? prepared.add(text, parameterTypes);
  const expected: Expected = {
    kind: 'query',
    prologue: known === undefined ? 'parse' : 'bind',
    ...(isWrite ? { describesLate: true } : {}),
    runs: discardRows ? DISCARDED : PASSED,
    unprepared: () => prepared.remove(entry),
    ...(mayRepeat && known !== undefined ? { again: () => run(unit, statement, false) } : {}),
  };
  const parse = known === undefined ? { parse: { text, parameterTypes } } : {};
  unit.exchange.sendBytes(expected, encodeUnnamedRun({ statement: entry.name, values, ...parse }));
  unit.exchange.flush();
}
