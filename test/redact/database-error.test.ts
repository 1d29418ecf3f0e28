import { describe, expect, it } from 'vitest';
import { CONFLICT_MARKER, NEW_ROW_MARKER } from '../../src/errors/index.ts';
import { scrubDatabaseError, scrubNotice } from '../../src/redact/index.ts';

const VALUES = /bob|4999|users|email|orders|Key|Failing/;

describe('an error of the database', () => {
  it.each([
    ['23505', 'duplicate key value violates unique constraint "users_email_key"'],
    ['23503', 'insert or update on table "orders" violates foreign key constraint "orders_user_id_fkey"'],
    ['23514', 'new row for relation "orders" violates check constraint "orders_amount_check"'],
    ['23502', 'null value in column "email" of relation "users" violates not-null constraint'],
    ['22P02', 'invalid input syntax for type integer: "bob@shop.test"'],
    ['22003', 'value "4999" is out of range for type smallint'],
    ['42P01', 'relation "orders" does not exist'],
    ['42703', 'column "email" does not exist'],
    ['P0001', 'order 4999 belongs to bob@shop.test'],
    ['XX000', 'cache lookup failed for relation 4999'],
    ['99999', 'bob'],
    ['40001', 'restart transaction: TransactionRetryError: conflicting locks on /Table/106/1/4999/0'],
  ])('keeps its SQLSTATE and nothing that it quotes: %s (A156, A189)', (code, message) => {
    const safe = scrubDatabaseError({ severity: 'ERROR', code, message });
    expect(safe.code).toBe(code);
    expect(JSON.stringify(safe)).not.toMatch(VALUES);
  });

  it('has one text for each code, whatever its constraint', () => {
    const texts = ['users_email_key', 'orders_pkey'].map(
      (name) =>
        scrubDatabaseError({ severity: 'ERROR', code: '23505', message: `unique constraint "${name}"` })
          .message,
    );
    expect(texts[0]).toBe(texts[1]);
  });

  it('says that a row may not be written where the guard’s own check failed', () => {
    const message = `invalid input syntax for type boolean: "${NEW_ROW_MARKER}"`;
    expect(scrubDatabaseError({ severity: 'ERROR', code: '22P02', message })).toMatchObject({
      code: '42501',
      message: expect.stringContaining('would write a row'),
    });
  });

  it('says that a key is taken where a hidden row holds it', () => {
    const message = `invalid input syntax for type boolean: "${CONFLICT_MARKER}"`;
    const hidden = scrubDatabaseError({ severity: 'ERROR', code: '22P02', message });
    const shown = scrubDatabaseError({ severity: 'ERROR', code: '23505', message: 'duplicate key' });
    expect(hidden).toEqual(shown);
  });

  it.each([
    [
      // As CockroachDB's transaction retry error reference prints it.
      'restart transaction: TransactionRetryWithProtoRefreshError: TransactionRetryError: retry txn (RETRY_SERIALIZABLE  - failed preemptive refresh due to conflicting locks on /Table/106/1/4999/0 [reason=wait_policy]): "sql txn" meta={id=07d42834 key=/Table/106/1/4999/0}',
      'restart transaction: TransactionRetryWithProtoRefreshError: TransactionRetryError: RETRY_SERIALIZABLE: the transaction conflicts with another one',
    ],
    [
      'restart transaction: TransactionRetryWithProtoRefreshError: TransactionAbortedError(ABORT_REASON_CLIENT_REJECT): "sql txn" meta={key=/Table/53/1/"bob"}',
      'restart transaction: TransactionRetryWithProtoRefreshError: TransactionAbortedError: ABORT_REASON_CLIENT_REJECT: the transaction conflicts with another one',
    ],
    [
      'restart transaction: TransactionRetryWithProtoRefreshError: WriteTooOldError: write for key /Table/53/1/"bob"/0 at timestamp 1.0 too old',
      'restart transaction: TransactionRetryWithProtoRefreshError: WriteTooOldError: the transaction conflicts with another one',
    ],
    ['restart transaction: bob', 'restart transaction: the transaction conflicts with another one'],
  ])('keeps the reason of a retry and no key (A189): %s', (message, shown) => {
    expect(scrubDatabaseError({ severity: 'ERROR', code: '40001', message }).message).toBe(shown);
  });

  it('does not read a reason behind a key, where a row could have written it', () => {
    const message = 'restart transaction: x on /Table/53/1/"RETRY_SERIALIZABLE"/0 RETRY_WRITE_TOO_OLD';
    expect(scrubDatabaseError({ severity: 'ERROR', code: '40001', message }).message).toBe(
      'restart transaction: the transaction conflicts with another one',
    );
  });

  it('does not ask to run again what may have been committed', () => {
    const ambiguous = scrubDatabaseError({
      severity: 'ERROR',
      code: '40003',
      message: 'result is ambiguous',
    });
    expect(ambiguous.hint).toMatch(/whether it was committed/);
  });

  it('keeps the words that clients look for', () => {
    const retry = scrubDatabaseError({ severity: 'ERROR', code: '40001', message: 'restart transaction: x' });
    expect(retry.message).toMatch(/^restart transaction/);
    const serialize = scrubDatabaseError({
      severity: 'ERROR',
      code: '40001',
      message: 'could not serialize',
    });
    expect(serialize.message).toMatch(/^could not serialize access/);
    const plan = 'cached plan must not change result type';
    expect(scrubDatabaseError({ severity: 'ERROR', code: '0A000', message: plan }).message).toBe(plan);
    expect(scrubDatabaseError({ severity: 'ERROR', code: '0A000', message: 'no' }).message).not.toBe(plan);
  });

  it('has a severity of three', () => {
    for (const [given, shown] of [
      ['FATAL', 'FATAL'],
      ['PANIC', 'PANIC'],
      ['FEHLER', 'ERROR'],
    ]) {
      expect(scrubDatabaseError({ severity: given ?? '', code: '57P01', message: '' }).severity).toBe(shown);
    }
  });
});

describe('a notice of the database', () => {
  it('passes only where it is about the client’s own transaction commands (A157)', () => {
    expect(scrubNotice('25P01')).toMatchObject({ severity: 'WARNING', code: '25P01' });
    for (const code of ['00000', '01000', '42P07', 'P0001']) expect(scrubNotice(code)).toBeUndefined();
  });
});
