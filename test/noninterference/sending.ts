/** The messages of a case: what the guard lets through, as a face would send it. */
import type { CordonError } from '../../src/errors/index.ts';
import type { GuardSession } from '../../src/guard/guard.ts';
import type { GuardedStatement } from '../../src/guard/types.ts';
import type { Principal } from '../../src/policy/index.ts';
import { message } from '../worlds/connection.ts';
import { query } from './channel.ts';
import type { Laboratory } from './laboratory.ts';
import type { Type } from './scope.ts';
import type { Case } from './trial.ts';
import type { Bound, Step } from './writes.ts';

export interface Sending {
  readonly denied?: CordonError;
  /** Answers arrive as the database gave them. */
  readonly bare: boolean;
  readonly parts: readonly Part[];
}

interface Part {
  readonly bytes: Uint8Array;
  readonly discardRows: boolean;
  /** For reports. */
  readonly text: string;
}

export function guardedSendings(laboratory: Laboratory, one: Case): readonly Sending[] {
  const judge = new Judge(laboratory, one.caller.principal);
  return one.steps.map((step) => judge.sending(step));
}

/** As without the guard. */
export function bareSendings(one: Case): readonly Sending[] {
  return one.steps.map((step) => {
    const bytes =
      step.bound === undefined
        ? query(step.text)
        : Buffer.concat([...parse(step.text, step.bound, 0), ...bind(step.bound, [])]);
    return { bare: true, parts: [{ bytes, discardRows: false, text: step.text }] };
  });
}

class Judge {
  readonly #session: GuardSession;
  readonly #principal: Principal;
  readonly #sent: (text: string) => string;
  readonly #prepared = new Map<string, GuardedStatement>();

  constructor(laboratory: Laboratory, principal: Principal) {
    this.#session = laboratory.guard.session();
    this.#principal = principal;
    this.#sent = laboratory.sent;
  }

  sending(step: Step): Sending {
    return step.bound === undefined ? this.#simple(step.text) : this.#extended(step.text, step.bound);
  }

  #simple(text: string): Sending {
    const judged = this.#session.judgeQuery(text, this.#principal);
    if (judged.kind === 'denied') return { denied: judged.error, bare: false, parts: [] };
    const parts = judged.statements.map((statement): Part => {
      const sent = this.#sent(statement.textFor(this.#principal));
      return { bytes: query(sent), discardRows: statement.discardRows, text: sent };
    });
    return { bare: false, parts };
  }

  #extended(text: string, bound: Bound): Sending {
    const known = this.#prepared.get(bound.name);
    const again = text === '' && known !== undefined;
    const oids = bound.declared ? bound.types.map((type) => OIDS[type]) : [];
    const judged = again ? undefined : this.#session.judgeStatement(text, this.#principal, oids);
    if (judged?.kind === 'denied') return { denied: judged.error, bare: false, parts: [] };
    const statement = again ? known : judged?.statements[0];
    if (statement === undefined) return { bare: false, parts: [] };
    this.#prepared.set(bound.name, statement);
    const { claims, discardRows, textOnly, parameterCount } = statement;
    const sent = this.#sent(textOnly ? statement.textFor(this.#principal) : statement.preparedText);
    const values = textOnly || claims.length === 0 ? [] : statement.claimValues(this.#principal);
    const missing = Math.max(0, parameterCount - (bound.values[0]?.length ?? 0));
    const filled = Array.from({ length: missing }, () => null);
    const bytes = Buffer.concat([
      ...(again ? [] : parse(sent, bound, values.length)),
      ...bind(bound, [...filled, ...values]),
    ]);
    return { bare: false, parts: [{ bytes, discardRows, text: sent }] };
  }
}

function parse(text: string, bound: Bound, claims: number): readonly Uint8Array[] {
  // The types of claims are left to the database.
  const oids = bound.declared ? [...bound.types.map((type) => OIDS[type]), ...Array(claims).fill(0)] : [];
  return [message('P', bound.name, text, oids.length, ...oids.map(int32))];
}

function bind(bound: Bound, claims: readonly (string | null)[]): readonly Uint8Array[] {
  const messages = bound.values.flatMap((given) => {
    const values = [...given, ...claims];
    const encoded = values.map((value) => {
      if (value === null) return int32(-1);
      const bytes = Buffer.from(value, 'utf8');
      return Buffer.concat([int32(bytes.length), bytes]);
    });
    const twice = bound.fetch > 0;
    return [
      message('B', '', bound.name, 0, values.length, ...encoded, 0),
      message('D', Buffer.from('P\0')),
      message('E', '', int32(bound.fetch)),
      ...(twice ? [message('E', '', int32(0))] : []),
    ];
  });
  return [...messages, message('S')];
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}

/** `pg_type.dat`; an enum has no number that is known beforehand. */
const OIDS: Readonly<Record<Type, number>> = {
  int: 23,
  big: 20,
  text: 25,
  bool: 16,
  num: 1700,
  date: 1082,
  uuid: 2950,
  json: 3802,
  ints: 1007,
  state: 0,
  stamp: 1184,
  bytes: 17,
  texts: 1009,
};
