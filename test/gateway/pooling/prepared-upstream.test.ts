import { expect, test } from 'vitest';
import { PreparedUpstream } from '../../../src/gateway/upstream/prepared-upstream.ts';

const BOUNDS = { statementsMax: 2, bytesMax: 4000 };

test('a text is found again under the name that it was prepared with', () => {
  const prepared = new PreparedUpstream('r', BOUNDS);
  const added = prepared.add('SELECT $1', [23]);
  expect(prepared.find('SELECT $1', [23])).toBe(added);
  expect(prepared.find('SELECT $1', [25])).toBeUndefined();
});

test('the statement used least lately is closed when there are too many, and never while it may still be named', () => {
  const prepared = new PreparedUpstream('r', BOUNDS);
  const first = prepared.add('SELECT 1', []);
  const second = prepared.add('SELECT 2', []);
  prepared.find('SELECT 1', []);
  prepared.add('SELECT 3', []);
  expect(prepared.find('SELECT 1', [])).toBe(first);
  expect(prepared.find('SELECT 2', [])).toBeUndefined();
  expect(prepared.takeLeaving()).toEqual([second.name]);
  expect(prepared.takeLeaving()).toEqual([]);
});

test('the bytes of the texts are bounded, and a long one is not to be kept', () => {
  const prepared = new PreparedUpstream('r', { statementsMax: 100, bytesMax: 4000 });
  expect(prepared.mayKeep('x'.repeat(501))).toBe(false);
  for (let index = 0; index < 20; index += 1) prepared.add(`${index}${'x'.repeat(400)}`, []);
  expect(prepared.leaving).toBeGreaterThanOrEqual(15);
});

test('a text that was prepared under other settings is another statement', () => {
  const prepared = new PreparedUpstream('r', BOUNDS);
  prepared.ground = 'DateStyle=ISO, MDY';
  const monthFirst = prepared.add("SELECT DATE '01/02/2020'", []);
  prepared.newGround();
  expect(prepared.find("SELECT DATE '01/02/2020'", [])).toBeUndefined();
  prepared.ground = 'DateStyle=ISO, MDY';
  expect(prepared.find("SELECT DATE '01/02/2020'", [])).toBe(monthFirst);
});

test('what takes all statements away leaves those that were prepared behind it', () => {
  const prepared = new PreparedUpstream('r', BOUNDS);
  prepared.add('SELECT 1', []);
  const done = prepared.forgetting();
  const behind = prepared.add('SELECT 2', []);
  done();
  expect(prepared.find('SELECT 1', [])).toBeUndefined();
  expect(prepared.find('SELECT 2', [])).toBe(behind);
});
