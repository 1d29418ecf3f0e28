/**
 * Bytes turned at random, with a fixed seed (`CORDON_FUZZ_SEED`, `CORDON_FUZZ_RUNS`). Whatever comes in, the codec answers
 * with a message or a CordonError, takes no more memory than a small multiple of what was sent, and what it reads
 * comes out the same when it is written.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CordonError } from '../../src/errors/index.ts';
import {
  backendFrameLimits,
  CopyDecoder,
  decodeBackend,
  decodeFrontend,
  decodeStartup,
  encodeBackend,
  encodeFrontend,
  encodeStartup,
  FrameScanner,
  frontendFrameLimits,
  makeVerifier,
  ScramClient,
  ScramServer,
  StartupScanner,
} from '../../src/pgwire/index.ts';
import { anyBackendMessage, anyFrontendMessage, startupPackets } from './arbitraries.ts';

const parameters = {
  seed: Number(process.env.CORDON_FUZZ_SEED ?? 31),
  numRuns: Number(process.env.CORDON_FUZZ_RUNS ?? 1500),
};

/** What is done to bytes: one is turned, some are cut out, some are put in, some stand twice. */
const mutation = fc.record({
  kind: fc.constantFrom('turn', 'cut', 'insert', 'repeat'),
  at: fc.nat(),
  bytes: fc.uint8Array({ minLength: 1, maxLength: 5 }),
});
type Mutation = typeof mutation extends fc.Arbitrary<infer M> ? M : never;

function mutate(bytes: Buffer, { kind, at, bytes: added }: Mutation): Buffer {
  const position = bytes.length === 0 ? 0 : at % bytes.length;
  const [head, tail] = [bytes.subarray(0, position), bytes.subarray(position)];
  switch (kind) {
    case 'turn':
      return Buffer.concat([head, added.subarray(0, 1), tail.subarray(1)]);
    case 'cut':
      return Buffer.concat([head, tail.subarray(added.length)]);
    case 'insert':
      return Buffer.concat([head, added, tail]);
    default:
      return Buffer.concat([head, tail.subarray(0, added.length), tail]);
  }
}

const mutations = fc.array(mutation, { minLength: 1, maxLength: 4 });

function onlyCordonErrors<T>(run: () => T): T | undefined {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof CordonError)) throw error;
    // What is wrong is told in words of our own; nothing of what was sent is in them.
    expect(error.message.length).toBeLessThan(200);
    return undefined;
  }
}

describe.each([
  {
    direction: 'frontend',
    messages: anyFrontendMessage.map((message) => encodeFrontend(message)),
    limits: frontendFrameLimits(),
    again: (type: number, payload: Buffer) => encodeFrontend(decodeFrontend(type, payload)),
    // The reason of a CopyFail is read loosely, since it goes no further.
    isExact: (type: number) => type !== 0x66,
  },
  {
    direction: 'backend',
    messages: anyBackendMessage.map((message) => encodeBackend(message)),
    limits: backendFrameLimits(),
    again: (type: number, payload: Buffer) => encodeBackend(decodeBackend(type, payload)),
    // Errors are read loosely (order, unknown fields, encodings); a bare minor version is written in full.
    isExact: (type: number) => !'ENv'.includes(String.fromCharCode(type)),
  },
])('turned bytes, $direction', ({ messages, limits, again, isExact }) => {
  it('give messages or errors of ours; what is read is written the same', () => {
    const streams = fc.array(messages, { minLength: 1, maxLength: 4 }).map((all) => Buffer.concat(all));
    fc.assert(
      fc.property(streams, mutations, (stream, changes) => {
        const bytes = changes.reduce(mutate, stream);
        const scanner = new FrameScanner(limits);
        scanner.push(bytes);
        for (let steps = 0; onlyCordonErrors(() => scanner.next()) === 'frame'; steps += 1) {
          expect(steps).toBeLessThan(bytes.length);
          const written = onlyCordonErrors(() => again(scanner.type, scanner.payload()));
          if (written === undefined || !isExact(scanner.type)) continue;
          expect(written).toEqual(Buffer.from(scanner.buffer.subarray(scanner.start, scanner.end)));
        }
      }),
      parameters,
    );
  });
});

it('turned first packets give packets or errors of ours', () => {
  fc.assert(
    fc.property(fc.oneof(...Object.values(startupPackets)), mutations, (packet, changes) => {
      const bytes = changes.reduce(mutate, encodeStartup(packet));
      const scanned = onlyCordonErrors(() => new StartupScanner().push(bytes));
      if (scanned !== undefined) onlyCordonErrors(() => encodeStartup(decodeStartup(scanned.payload)));
    }),
    parameters,
  );
});

it('any bytes at all give messages or errors of ours', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), fc.nat(255), (array, type) => {
      const payload = Buffer.from(array);
      onlyCordonErrors(() => decodeStartup(payload));
      onlyCordonErrors(() => decodeBackend(type, payload));
      for (const awaited of ['PasswordMessage', 'SASLInitialResponse', 'SASLResponse'] as const) {
        onlyCordonErrors(() => decodeFrontend(type, payload, awaited));
      }
    }),
    parameters,
  );
});

describe('turned SCRAM messages', () => {
  const verifier = makeVerifier('pencil', Buffer.alloc(16, 1));
  const keys = { clientKey: Buffer.alloc(32, 2), serverKey: Buffer.alloc(32, 3) };

  it('never log in, and give errors of ours', () => {
    fc.assert(
      fc.property(mutations, fc.integer({ min: 0, max: 2 }), (changes, turned) => {
        const server = new ScramServer(verifier, 'server-nonce');
        const client = new ScramClient({ password: 'pencil', nonce: 'client-nonce', deriveKeys: () => keys });
        const pass = (bytes: Buffer, step: number) =>
          step === turned ? changes.reduce(mutate, bytes) : bytes;
        const result = onlyCordonErrors(() =>
          server.final(pass(client.final(pass(server.first(pass(client.first(), 0)), 1)), 2)),
        );
        expect(result).toBeUndefined();
      }),
      { ...parameters, numRuns: Math.min(parameters.numRuns, 1000) },
    );
  });
});

describe('turned COPY data', () => {
  const format = {
    delimiter: ',',
    nullText: 'N',
    quote: '"',
    escape: '\\',
    header: false,
    columns: 2,
  } as const;

  it('give rows of as many fields as columns, or errors of ours, however they are cut', () => {
    const kinds = fc.constantFrom('text' as const, 'csv' as const);
    const data = fc.constant(Buffer.from('a,b\n"c\\"d","e\nf"\nN,\\x41\\101\n\\.\n'));
    fc.assert(
      fc.property(kinds, data, mutations, fc.nat(), (kind, original, changes, cut) => {
        const bytes = changes.reduce(mutate, original);
        const read = (chunks: readonly Buffer[]) =>
          onlyCordonErrors(() => {
            const decoder = new CopyDecoder({ ...format, format: kind });
            return [...chunks.flatMap((chunk) => decoder.push(chunk)), ...decoder.end()];
          });
        const whole = read([bytes]);
        const border = bytes.length === 0 ? 0 : cut % bytes.length;
        expect(read([bytes.subarray(0, border), bytes.subarray(border)])).toEqual(whole);
        expect(read([...bytes].map((byte) => Buffer.from([byte])))).toEqual(whole);
        for (const row of whole ?? []) expect(row.length).toBe(2);
      }),
      parameters,
    );
  });

  it('a line over the limit is refused before it is read to its end', () => {
    const decoder = new CopyDecoder({ ...format, format: 'text', lineBytesMax: 1000 });
    const run = () => {
      for (let sent = 0; sent < 2000; sent += 100) decoder.push(Buffer.alloc(100, 0x61));
    };
    expect(run).toThrow(expect.objectContaining({ code: 'CORDON_LIMIT_COPY_LINE' }));
  });

  it('a line of nothing but quotes takes no more memory than its length', () => {
    const decoder = new CopyDecoder({ ...format, format: 'csv', escape: '"', columns: 1 });
    const line = Buffer.alloc(8 * 1024 * 1024, 0x22);
    line[line.length - 1] = 0x0a;
    line[0] = 0x61;
    const before = process.memoryUsage();
    expect(decoder.push(line).length).toBe(1);
    const after = process.memoryUsage();
    expect(after.heapUsed + after.external - before.heapUsed - before.external).toBeLessThan(
      64 * 1024 * 1024,
    );
  });

  it('a line that trickles in is not copied again and again', () => {
    const decoder = new CopyDecoder({ ...format, format: 'csv' });
    const started = performance.now();
    decoder.push(Buffer.from('"'));
    const crumb = Buffer.alloc(64, 0x61);
    for (let sent = 0; sent < 8 * 1024 * 1024; sent += crumb.length) decoder.push(crumb);
    expect(performance.now() - started).toBeLessThan(5000);
  });
});
