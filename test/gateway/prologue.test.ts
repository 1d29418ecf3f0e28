import { describe, expect, it } from 'vitest';
import { Answers } from '../../src/gateway/answers.ts';
import type { Expected } from '../../src/gateway/expected.ts';
import { type BackendMessage, encodeBackend, ProtocolError } from '../../src/pgwire/index.ts';

const ROWS: BackendMessage = {
  kind: 'RowDescription',
  fields: [{ name: 'n', relation: 0, attribute: 0, type: 23, typeSize: 4, typeModifier: -1, format: 0 }],
};
const ROW: BackendMessage = { kind: 'DataRow', values: [Buffer.from('1')] };
const WIDE: BackendMessage = { kind: 'DataRow', values: [Buffer.from('1'), null] };
const DONE: BackendMessage = { kind: 'CommandComplete', tag: 'SELECT 1' };
const READY: BackendMessage = { kind: 'ReadyForQuery', status: 'I' };
const PARSED: BackendMessage = { kind: 'ParseComplete' };
const BOUND: BackendMessage = { kind: 'BindComplete' };
const NOTHING: BackendMessage = { kind: 'NoData' };
const STALE: BackendMessage = {
  kind: 'ErrorResponse',
  fields: { severity: 'ERROR', code: '0A000', message: 'cached plan must not change result type' },
};

const TOLD = ['T', 'D', 'C', 'Z'];

function answersOf(expected: Partial<Expected>, ...messages: BackendMessage[]): string[] {
  const events = { onReady: () => {}, onError: () => {}, onFatal: () => {}, onParameter: () => undefined };
  const answers = new Answers(events, 1_000_000);
  const runs = [{ discardRows: false, copyOut: false }];
  answers.expected.push({ kind: 'query', prologue: 'bind', runs, ...expected });
  const bytes = Buffer.concat(answers.read(encodeBackend(...messages)));
  const letters: string[] = [];
  for (let at = 0; at < bytes.length; at += 1 + bytes.readUInt32BE(at + 1))
    letters.push(String.fromCharCode(bytes[at] ?? 0));
  return letters;
}

describe('the answer to a Query that runs as a prepared statement', () => {
  it('shows what a Query shows', () => {
    expect(answersOf({}, BOUND, ROWS, ROW, DONE, READY)).toEqual(TOLD);
    expect(answersOf({ prologue: 'parse' }, PARSED, BOUND, ROWS, ROW, DONE, READY)).toEqual(TOLD);
    expect(answersOf({}, BOUND, NOTHING, DONE, READY)).toEqual(['C', 'Z']);
    expect(answersOf({ describesLate: true }, BOUND, ROWS, ROW, DONE, READY)).toEqual(TOLD);
    expect(answersOf({ describesLate: true }, BOUND, ROWS, DONE, READY)).toEqual(['T', 'C', 'Z']);
  });

  it('does not describe the rows of a write that failed', () => {
    expect(answersOf({ describesLate: true }, BOUND, ROWS, STALE, READY)).toEqual(['E', 'Z']);
    expect(answersOf({}, BOUND, ROWS, STALE, READY)).toEqual(['T', 'E', 'Z']);
  });

  it('is not shown where the statement was stale and is run again', () => {
    let times = 0;
    const again = () => {
      times += 1;
    };
    expect(answersOf({ again }, STALE, READY)).toEqual([]);
    expect(answersOf({ again }, BOUND, STALE, READY)).toEqual(['E', 'Z']);
    expect(answersOf({}, STALE, READY)).toEqual(['E', 'Z']);
    expect(times).toBe(1);
  });

  it.each<[string, Partial<Expected>, BackendMessage[]]>([
    ['a statement that was not to be prepared', {}, [PARSED]],
    ['a statement prepared twice', { prologue: 'parse' }, [PARSED, PARSED]],
    ['a portal before its statement', { prologue: 'parse' }, [BOUND]],
    ['a second portal', {}, [BOUND, BOUND]],
    ['rows before the portal', {}, [ROWS]],
    ['no rows before the portal', {}, [NOTHING]],
    ['the end before the portal', {}, [DONE]],
    ['a row before its description', {}, [BOUND, ROW]],
    ['a row of another width', {}, [BOUND, ROWS, WIDE]],
    ['a suspended portal', {}, [BOUND, ROWS, { kind: 'PortalSuspended' }]],
    ['parameters', {}, [BOUND, { kind: 'ParameterDescription', types: [23] }]],
    ['a second result', {}, [BOUND, ROWS, DONE, ROWS]],
  ])('is refused with %s', (_, expected, messages) => {
    expect(() => answersOf(expected, ...messages)).toThrow(ProtocolError);
  });

  it.each([[PARSED], [BOUND], [NOTHING]])('an ordinary Query is not answered with $kind', (message) => {
    const events = { onReady: () => {}, onError: () => {}, onFatal: () => {}, onParameter: () => undefined };
    const answers = new Answers(events, 1_000_000);
    answers.expected.push({ kind: 'query', runs: [{ discardRows: false, copyOut: false }] });
    expect(() => answers.read(encodeBackend(message))).toThrow(ProtocolError);
  });
});
