/** The shop as alice has it: what a statement answers there, and what it leaves behind. */
import { expect } from 'vitest';
import { observe } from '../attacks/observation.ts';
import type { OrdinaryStatement } from './ordinary.ts';

/** Hidden columns are empty in the shadow, and nobody's keys are checked there: resource 26 stays, its owner does not. */
export const SHADOW_SQL = `
SET session_replication_role = replica;
UPDATE users SET password_hash = NULL, reset_token = NULL, is_admin = NULL;
UPDATE payment_methods SET card_token = NULL; UPDATE permissions SET token = NULL;
SET session_replication_role = origin;`;

/** What alice sees of every relation afterwards. */
const VISIBLE_SQL = `
SELECT id, email FROM users ORDER BY id; SELECT * FROM profiles ORDER BY id; SELECT * FROM addresses ORDER BY id;
SELECT id, profile_id, brand, last4 FROM payment_methods ORDER BY id; SELECT * FROM resources ORDER BY id;
SELECT resource_id, user_id FROM permissions ORDER BY 1; SELECT * FROM orders ORDER BY id; SELECT * FROM products ORDER BY id`;

export interface Run {
  readonly answer: string;
  /** What alice sees of every relation afterwards. */
  readonly visible: string;
  readonly code: string | undefined;
}

export type Sender = (text: string) => Promise<Parameters<typeof observe>[0]>;

/** Runs a statement in a transaction that `operate` begins and undoes. */
export async function runAndUndo(
  text: string,
  operate: (text: string) => Promise<unknown>,
  send: Sender,
): Promise<Run> {
  await operate('BEGIN');
  const observed = observe((await send(text)).filter(({ kind }) => kind !== 'ready'));
  const visible: string[] = [];
  for (const query of observed.error === undefined ? VISIBLE_SQL.split(';') : []) {
    visible.push(observe((await send(query)).filter(({ kind }) => kind !== 'ready')).rows);
  }
  await operate('ROLLBACK');
  const lines = observed.text.split('\n');
  const answer = (/order by/i.test(text) ? lines : lines.sort()).join('\n');
  return { answer, visible: visible.join('\n'), code: observed.error?.code };
}

/** Holds what the guard gave against what the shadow answers; `sent` tells what the guard made of the statement. */
export function expectAsShadow(statement: OrdinaryStatement, got: Run, wanted: Run, sent = ''): void {
  if (statement.exception?.kind === 'refused') expect(got.code, sent).toBe('42501');
  else if (statement.exception?.kind === 'differs') expect(got.code, sent).toBeUndefined();
  else {
    expect(wanted.code, wanted.answer).toBeUndefined();
    expect(got.answer, sent).toBe(wanted.answer);
    expect(got.visible, sent).toBe(wanted.visible);
  }
}
