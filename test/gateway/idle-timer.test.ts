import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { IdleTimer } from '../../src/gateway/idle-timer.ts';
import { defaultLimits } from '../../src/gateway/limits.ts';

const LIMITS = { ...defaultLimits, idleMs: 1000, transactionIdleMs: 300 };

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

function started(): { timer: IdleTimer; codes: string[] } {
  const codes: string[] = [];
  return { timer: new IdleTimer(LIMITS, ({ code }) => codes.push(code)), codes };
}

it('silence counts from the last start, however often it was started before', () => {
  const { timer, codes } = started();
  for (let round = 0; round < 5; round += 1) {
    timer.start('I');
    vi.advanceTimersByTime(900);
    timer.stop();
  }
  timer.start('I');
  vi.advanceTimersByTime(990);
  expect(codes).toEqual([]);
  vi.advanceTimersByTime(20);
  expect(codes).toEqual(['CORDON_LIMIT_TIME']);
});

it('inside of a transaction it may be shorter, also where a timer for the outside is under way', () => {
  const { timer, codes } = started();
  timer.start('I');
  vi.advanceTimersByTime(100);
  timer.start('T');
  vi.advanceTimersByTime(290);
  timer.start('E');
  vi.advanceTimersByTime(290);
  expect(codes).toEqual([]);
  vi.advanceTimersByTime(20);
  expect(codes).toEqual(['CORDON_IDLE_IN_TRANSACTION']);
});

it('who is not silent, or has ended, is not ended', () => {
  const { timer, codes } = started();
  timer.start('I');
  timer.stop();
  vi.advanceTimersByTime(10_000);
  timer.start('T');
  timer.end();
  vi.advanceTimersByTime(10_000);
  expect(codes).toEqual([]);
  expect(vi.getTimerCount()).toBe(0);
});
