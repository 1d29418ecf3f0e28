/** Each bound of the codec is reached, and passed by one. Those of frames are in frame-scanner.test.ts. */
import { describe, expect, it } from 'vitest';
import { CordonError } from '../../src/errors/index.ts';
import {
  CopyDecoder,
  decodeStartup,
  encodeBackend,
  encodeFrontend,
  encodeStartup,
  findVerifier,
  formatVerifier,
  limits,
  makeVerifier,
  ScramServer,
  StartupScanner,
} from '../../src/pgwire/index.ts';

function outcome(run: () => unknown): string {
  try {
    run();
    return 'accepted';
  } catch (error) {
    if (error instanceof CordonError) return error.code;
    throw error;
  }
}

const verifier = makeVerifier('pencil', Buffer.alloc(16, 1));
const nulls = (count: number) => new Array<null>(count).fill(null);

const startupOf = (bytes: number) => () => {
  const rest = bytes - 4 - 4 - 'user'.length - 1 - 1 - 1;
  const parameters = new Map([['user', 'x'.repeat(rest)]]);
  const packet = encodeStartup({ kind: 'StartupMessage', minor: 0, parameters, protocolOptions: new Map() });
  expect(packet.length).toBe(bytes);
  decodeStartup(new StartupScanner().push(packet)?.payload ?? Buffer.alloc(0));
};

const saslOf = (bytes: number) => () => {
  const start = 'n,,n=,r=';
  new ScramServer(verifier, 'nonce').first(Buffer.from(start + 'x'.repeat(bytes - start.length)));
};

const cancelKeyOf = (bytes: number) => () => {
  const packet = encodeStartup({ kind: 'CancelRequest', processId: 1, secretKey: Buffer.alloc(bytes) });
  decodeStartup(packet.subarray(4));
  encodeBackend({ kind: 'BackendKeyData', processId: 1, secretKey: Buffer.alloc(bytes) });
};

const valuesOf = (count: number) => () =>
  encodeFrontend({
    kind: 'Bind',
    portal: '',
    statement: '',
    parameterFormats: [],
    values: nulls(count),
    resultFormats: [],
  });

const iterationsOf = (iterations: number) => () => {
  if (findVerifier(formatVerifier({ ...verifier, iterations })) === undefined) {
    throw new CordonError('CORDON_PASSWORD_INVALID');
  }
};

const lineOf = (bytes: number) => () => {
  const decoder = new CopyDecoder({
    format: 'text',
    delimiter: '\t',
    nullText: '\\N',
    quote: '"',
    escape: '"',
    header: false,
    columns: 1,
  });
  for (let sent = 0; sent < bytes; sent += 65_536)
    decoder.push(Buffer.alloc(Math.min(65_536, bytes - sent), 0x61));
  expect([...decoder.push(Buffer.from('\n')), ...decoder.end()].length).toBe(1);
};

describe.each([
  ['startupPacketBytesMax', startupOf, limits.startupPacketBytesMax, 1, 'CORDON_LIMIT_MESSAGE'],
  ['saslMessageBytesMax', saslOf, limits.saslMessageBytesMax, 1, 'CORDON_PROTOCOL_MALFORMED'],
  ['cancelKeyBytesMax', cancelKeyOf, limits.cancelKeyBytesMax, 1, 'CORDON_PROTOCOL_MALFORMED'],
  ['cancelKeyBytesMin', cancelKeyOf, limits.cancelKeyBytesMin, -1, 'CORDON_PROTOCOL_MALFORMED'],
  ['countMax', valuesOf, limits.countMax, 1, 'CORDON_PROTOCOL_MALFORMED'],
  ['scramIterationsMin', iterationsOf, limits.scramIterationsMin, -1, 'CORDON_PASSWORD_INVALID'],
  ['scramIterationsMax', iterationsOf, limits.scramIterationsMax, 1, 'CORDON_PASSWORD_INVALID'],
  ['copyLineBytesMax', lineOf, limits.copyLineBytesMax, 1, 'CORDON_LIMIT_COPY_LINE'],
] as const)('%s', (_, attempt, bound, beyond, code) => {
  it('is reached', () => {
    expect(outcome(attempt(bound))).toBe('accepted');
  });

  it('is not passed', () => {
    expect(outcome(attempt(bound + beyond))).toBe(code);
  });
});
