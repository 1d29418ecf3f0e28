import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type AuthenticationAnswer,
  type BackendMessage,
  decodeBackend,
  decodeFrontend,
  decodeStartup,
  encodeBackend,
  encodeFrontend,
  encodeStartup,
  type FrontendMessage,
  formatAt,
  isDataRowOf,
  negotiateProtocol,
  ProtocolError,
  type StartupPacket,
} from '../../src/pgwire/index.ts';
import {
  backendKinds,
  backendMessages,
  frontendKinds,
  frontendMessages,
  startupKinds,
  startupPackets,
} from './arbitraries.ts';

const HEADER_BYTES = 5;

/** Their last field is whatever is left, so neither a missing nor a further byte can be told. */
const OPEN_ENDED = new Set([
  'CopyData',
  'SASLResponse',
  'AuthenticationSASLContinue',
  'AuthenticationSASLFinal',
  'BackendKeyData',
  'CancelRequest',
]);

const ANSWERS = new Set<string>(['PasswordMessage', 'SASLInitialResponse', 'SASLResponse']);

const awaitedFor = (kind: string): AuthenticationAnswer | undefined =>
  ANSWERS.has(kind) ? (kind as AuthenticationAnswer) : undefined;

const directions = [
  {
    direction: 'frontend',
    kinds: frontendKinds,
    message: (kind: string) => frontendMessages[kind as keyof typeof frontendMessages],
    encode: (message: unknown) => encodeFrontend(message as FrontendMessage),
    decode: (kind: string, bytes: Buffer) =>
      decodeFrontend(bytes[0] ?? 0, bytes.subarray(HEADER_BYTES), awaitedFor(kind)),
    header: HEADER_BYTES,
  },
  {
    direction: 'backend',
    kinds: backendKinds,
    message: (kind: string) => backendMessages[kind as keyof typeof backendMessages],
    encode: (message: unknown) => encodeBackend(message as BackendMessage),
    decode: (_: string, bytes: Buffer) => decodeBackend(bytes[0] ?? 0, bytes.subarray(HEADER_BYTES)),
    header: HEADER_BYTES,
  },
  {
    direction: 'startup',
    kinds: startupKinds,
    message: (kind: string) => startupPackets[kind as keyof typeof startupPackets],
    encode: (message: unknown) => encodeStartup(message as StartupPacket),
    decode: (_: string, bytes: Buffer) => decodeStartup(bytes.subarray(4)),
    header: 4,
  },
];

describe.each(directions)('messages, $direction', ({ kinds, message, encode, decode, header }) => {
  describe.each(kinds)('%s', (kind) => {
    const property = (check: (message: unknown, bytes: Buffer) => void) =>
      fc.assert(
        fc.property(message(kind) as fc.Arbitrary<unknown>, (any) => {
          check(any, encode(any));
        }),
        { numRuns: 60, seed: 3 },
      );

    it('comes back as it was sent', () => {
      property((any, bytes) => expect(decode(kind, bytes)).toEqual(any));
    });

    it('declares its own length', () => {
      property((_, bytes) => expect(bytes.readInt32BE(header - 4)).toBe(bytes.length - (header - 4)));
    });

    if (OPEN_ENDED.has(kind)) return;

    it('is refused if a byte follows its end', () => {
      property((_, bytes) => {
        expect(() => decode(kind, Buffer.concat([bytes, Buffer.from([0])]))).toThrow(ProtocolError);
      });
    });

    it('is refused if it ends early, wherever it is cut', () => {
      property((_, bytes) => {
        for (let end = header; end < bytes.length; end += 1) {
          expect(() => decode(kind, bytes.subarray(0, end))).toThrow(ProtocolError);
        }
      });
    });
  });
});

describe('what an encoder refuses', () => {
  const refused = (message: FrontendMessage) => expect(() => encodeFrontend(message)).toThrow(ProtocolError);

  it('a name with a NUL would end early at the other side', () => {
    refused({ kind: 'Query', text: 'select 1\0; drop table orders' });
  });

  it('half a surrogate pair would arrive as another name', () => {
    refused({ kind: 'Describe', target: 'statement', name: '\ud83d' });
  });

  it('more than 65,535 values do not fit their count', () => {
    const values = new Array<null>(65_536).fill(null);
    refused({ kind: 'Bind', portal: '', statement: '', parameterFormats: [], values, resultFormats: [] });
  });

  it('65,535 values do', () => {
    const values = new Array<null>(65_535).fill(null);
    const bytes = encodeFrontend({
      kind: 'Bind',
      portal: '',
      statement: '',
      parameterFormats: [],
      values,
      resultFormats: [],
    });
    const message = decodeFrontend(0x42, bytes.subarray(HEADER_BYTES));
    expect(message.kind === 'Bind' && message.values.length).toBe(65_535);
  });

  it('a message refused half-way leaves nothing behind in the writer', async () => {
    const { MessageWriter, writeFrontend } = await import('../../src/pgwire/index.ts');
    const writer = new MessageWriter();
    expect(() =>
      writeFrontend(writer, { kind: 'Parse', statement: 's', text: 'a\0b', parameterTypes: [] }),
    ).toThrow();
    expect(writer.length).toBe(0);
    writeFrontend(writer, { kind: 'Sync' });
    expect(writer.take().toString('hex')).toBe('5300000004');
  });

  it('nor where messages that were written before follow it', async () => {
    const { MessageWriter, writeFrontend } = await import('../../src/pgwire/index.ts');
    const writer = new MessageWriter();
    expect(() =>
      writeFrontend(writer, { kind: 'Parse', statement: 's', text: 'a\0b', parameterTypes: [] }),
    ).toThrow();
    writer.messages(encodeFrontend({ kind: 'Flush' }));
    writeFrontend(writer, { kind: 'Sync' });
    expect(writer.take().toString('hex')).toBe('48000000045300000004');
  });

  it('a message among others is read no further than it goes', async () => {
    const { decodeFrontendFrame } = await import('../../src/pgwire/index.ts');
    const bytes = encodeFrontend({ kind: 'Query', text: 'SELECT 1' }, { kind: 'Query', text: 'SELECT 2' });
    const end = HEADER_BYTES + 'SELECT 1'.length + 1;
    expect(decodeFrontendFrame(0x51, bytes, HEADER_BYTES, end)).toEqual({ kind: 'Query', text: 'SELECT 1' });
    // Without its terminator: the one of the next message is not its own.
    for (const short of [end - 1, HEADER_BYTES])
      expect(() => decodeFrontendFrame(0x51, bytes, HEADER_BYTES, short)).toThrow(/terminator/);
    expect(() => decodeFrontendFrame(0x51, bytes, HEADER_BYTES, end + 1)).toThrow(/after its end/);
  });
});

describe('answers of a client to authentication', () => {
  const bytes = encodeFrontend({ kind: 'PasswordMessage', password: 'x' });

  it('are read as what is awaited', () => {
    expect(decodeFrontend(0x70, bytes.subarray(5), 'PasswordMessage').kind).toBe('PasswordMessage');
    expect(decodeFrontend(0x70, bytes.subarray(5), 'SASLResponse').kind).toBe('SASLResponse');
  });

  it('are unknown while none is awaited', () => {
    expect(() => decodeFrontend(0x70, bytes.subarray(5))).toThrow(
      expect.objectContaining({ code: 'CORDON_PROTOCOL_UNKNOWN', fatal: true }),
    );
  });
});

describe('a row against its description', () => {
  const row = (values: readonly (Buffer | null)[]) => encodeBackend({ kind: 'DataRow', values });

  it('passes with exactly as many fields as were described', () => {
    const bytes = row([Buffer.from('1'), null, Buffer.alloc(0)]);
    expect(isDataRowOf(3, bytes, 0, bytes.length)).toBe(true);
  });

  it('A158: does not pass with one field more, or with bytes behind the last', () => {
    const bytes = row([Buffer.from('1'), Buffer.from('hash')]);
    expect(isDataRowOf(1, bytes, 0, bytes.length)).toBe(false);
    const hidden = Buffer.concat([bytes, Buffer.from('hash')]);
    expect(isDataRowOf(2, hidden, 0, hidden.length)).toBe(false);
    const short = bytes.subarray(0, bytes.length - 1);
    expect(isDataRowOf(2, short, 0, short.length)).toBe(false);
  });

  it('agrees with the decoder on any bytes', () => {
    const mutated = fc.tuple(backendMessages.DataRow, fc.nat(), fc.nat(255));
    fc.assert(
      fc.property(mutated, ([message, at, byte]) => {
        const bytes = encodeBackend(message);
        if (bytes.length > HEADER_BYTES) bytes[HEADER_BYTES + (at % (bytes.length - HEADER_BYTES))] = byte;
        expect(isDataRowOf(message.values.length, bytes, 0, bytes.length)).toBe(
          decodedFieldCount(bytes) === message.values.length,
        );
      }),
      { seed: 5, numRuns: 300 },
    );
  });
});

function decodedFieldCount(bytes: Buffer): number | undefined {
  try {
    const message = decodeBackend(0x44, bytes.subarray(HEADER_BYTES));
    return message.kind === 'DataRow' ? message.values.length : undefined;
  } catch {
    return undefined;
  }
}

describe('formats', () => {
  it('none means text, one holds for all, else each has its own', () => {
    expect([formatAt([], 3), formatAt([1], 3), formatAt([0, 1], 1)]).toEqual([0, 1, 1]);
  });
});

describe('negotiation of the protocol', () => {
  const startup = (minor: number, options: readonly string[] = []) =>
    negotiateProtocol({
      kind: 'StartupMessage',
      minor,
      parameters: new Map(),
      protocolOptions: new Map(options.map((option) => [option, ''])),
    });

  it('takes 3.0 and 3.2 as they are asked for', () => {
    expect(startup(0)).toEqual({ minor: 0, answer: undefined });
    expect(startup(2)).toEqual({ minor: 2, answer: undefined });
  });

  it('offers 3.2 to newer clients and 3.0 to those that ask for 3.1', () => {
    expect(startup(9999)).toMatchObject({ minor: 2, answer: { minor: 2, unknownOptions: [] } });
    expect(startup(1)).toMatchObject({ minor: 0, answer: { minor: 0 } });
  });

  it('declines every extension by name', () => {
    expect(startup(0, ['_pq_.x'])).toMatchObject({
      minor: 0,
      answer: { minor: 0, unknownOptions: ['_pq_.x'] },
    });
  });
});

describe('errors of ours', () => {
  it('can be told whatever they are about: what cannot be sent is replaced', () => {
    const fields = { severity: 'ERROR', code: '42501', message: 'no rule opens `\ud83d\0`' };
    const bytes = encodeBackend({ kind: 'ErrorResponse', fields });
    expect(decodeBackend(0x45, bytes.subarray(HEADER_BYTES))).toMatchObject({
      fields: { message: 'no rule opens `??`' },
    });
  });
});

describe('errors of the database', () => {
  it('may be in another encoding before the session has agreed on one', () => {
    const payload = Buffer.from('SFATAL\0C28000\0MR\xf4le inconnu\0\0', 'latin1');
    expect(decodeBackend(0x45, payload)).toMatchObject({ fields: { code: '28000' } });
  });

  it('may hold fields that are not known, which are skipped', () => {
    const payload = Buffer.from('SERROR\0C42501\0Mno\0?what\0\0');
    expect(decodeBackend(0x45, payload)).toEqual({
      kind: 'ErrorResponse',
      fields: { severity: 'ERROR', code: '42501', message: 'no' },
    });
  });
});
