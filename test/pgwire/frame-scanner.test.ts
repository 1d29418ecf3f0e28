import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  authenticationFrameLimits,
  backendFrameLimits,
  decodeFrontend,
  encodeBackend,
  encodeFrontend,
  FrameRun,
  FrameScanner,
  frontendFrameLimits,
  isDataRowOf,
  limits,
} from '../../src/pgwire/index.ts';
import { anyFrontendMessage, frontendMessages } from './arbitraries.ts';

/** Whole messages as hex, parts of long ones joined. */
function scan(scanner: FrameScanner, chunks: readonly Buffer[]): string[] {
  const found: string[] = [];
  let parts: Buffer[] = [];
  for (const chunk of chunks) {
    scanner.push(chunk);
    for (let step = scanner.next(); step !== 'none'; step = scanner.next()) {
      const bytes = Buffer.from(scanner.buffer.subarray(scanner.start, scanner.end));
      if (step === 'part') parts.push(bytes);
      if (step === 'frame') found.push(bytes.toString('hex'));
      if (step === 'part' && scanner.last) {
        found.push(Buffer.concat(parts).toString('hex'));
        parts = [];
      }
    }
  }
  return found;
}

function pieces(bytes: Buffer, cuts: readonly number[]): Buffer[] {
  const borders = [0, ...cuts, bytes.length];
  return borders.slice(1).map((end, index) => Buffer.from(bytes.subarray(borders[index], end)));
}

const batch = [
  encodeFrontend({ kind: 'Parse', statement: 's', text: 'select $1', parameterTypes: [25] }),
  encodeFrontend({ kind: 'Flush' }),
  encodeFrontend({ kind: 'Execute', portal: '', rowLimit: 0 }),
  encodeFrontend({ kind: 'Sync' }),
];

describe('splitting a stream into messages', () => {
  const whole = Buffer.concat(batch);
  const expected = batch.map((bytes) => bytes.toString('hex'));

  it('gives the same messages wherever the stream is cut in two', () => {
    for (let cut = 0; cut <= whole.length; cut += 1) {
      expect(scan(new FrameScanner(frontendFrameLimits()), pieces(whole, [cut]))).toEqual(expected);
    }
  });

  it('gives the same messages wherever the stream is cut in three', () => {
    for (let first = 0; first <= whole.length; first += 1) {
      for (let second = first; second <= whole.length; second += 1) {
        const scanner = new FrameScanner(frontendFrameLimits());
        expect(scan(scanner, pieces(whole, [first, second]))).toEqual(expected);
        expect(scanner.isInsideMessage).toBe(false);
      }
    }
  });

  it('gives the same messages byte by byte', () => {
    const scanner = new FrameScanner(frontendFrameLimits());
    expect(
      scan(
        scanner,
        [...whole].map((byte) => Buffer.from([byte])),
      ),
    ).toEqual(expected);
  });

  it('gives any messages back, however they are cut', () => {
    const sent = fc.array(
      anyFrontendMessage.filter((message) => !/^(?:SASL|Password)/.test(message.kind)),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(sent, fc.array(fc.nat(500)), (messages, cuts) => {
        const bytes = encodeFrontend(...messages);
        const borders = cuts.map((cut) => Math.min(cut, bytes.length)).sort((a, b) => a - b);
        const found = scan(new FrameScanner(frontendFrameLimits()), pieces(bytes, borders));
        const decoded = found
          .map((hex) => Buffer.from(hex, 'hex'))
          .map((b) => decodeFrontend(b[0] ?? 0, b.subarray(5)));
        expect(decoded).toEqual(messages);
      }),
      { seed: 7, numRuns: 200 },
    );
  });

  it('takes a further chunk before the last one is read to its end', () => {
    const scanner = new FrameScanner(frontendFrameLimits());
    scanner.push(whole.subarray(0, 40));
    expect(scanner.next()).toBe('frame');
    expect([batch[0]?.toString('hex'), ...scan(scanner, [whole.subarray(40)])]).toEqual(expected);
  });

  it('takes any number of chunks at once', () => {
    const scanner = new FrameScanner(frontendFrameLimits());
    for (const byte of Buffer.concat([whole, whole])) scanner.push(Buffer.from([byte]));
    expect(scan(scanner, [whole])).toEqual([...expected, ...expected, ...expected]);
    expect(scanner.isInsideMessage).toBe(false);
  });

  it('reads chunks in the order in which they came, also when the first is at its end and others wait', () => {
    const scanner = new FrameScanner(frontendFrameLimits());
    const query = (text: string) => encodeFrontend({ kind: 'Query', text });
    const texts: string[] = [];
    const take = () => {
      if (scanner.next() === 'frame') texts.push(scanner.payload().toString('utf8', 0, 1));
    };
    scanner.push(query('a'));
    scanner.push(query('b'));
    take();
    scanner.push(query('c'));
    for (const _ of 'bcd') take();
    expect(texts).toEqual(['a', 'b', 'c']);
  });

  it('keeps a message that lay across chunks when later ones come', () => {
    const scanner = new FrameScanner(frontendFrameLimits());
    scanner.push(whole.subarray(0, 10));
    expect(scanner.next()).toBe('none');
    scanner.push(whole.subarray(10, whole.length - 2));
    expect(scanner.next()).toBe('frame');
    const first = scanner.buffer.subarray(scanner.start, scanner.end);
    while (scanner.next() !== 'none');
    scanner.push(whole.subarray(whole.length - 2));
    scanner.next();
    expect(first.toString('hex')).toBe(expected[0]);
  });
});

describe('long rows', () => {
  const value = Buffer.alloc(300_000, 0x61);
  const rows = [
    encodeBackend({ kind: 'DataRow', values: [Buffer.from('1')] }),
    encodeBackend({ kind: 'DataRow', values: [value, null] }),
    encodeBackend({ kind: 'CommandComplete', tag: 'SELECT 2' }),
  ];
  const stream = Buffer.concat(rows);
  const expected = rows.map((bytes) => bytes.toString('hex'));

  it('pass in parts that join to what was sent', () => {
    for (const size of [1000, 8 * 1024, 64 * 1024, 299_999]) {
      const cuts = Array.from(
        { length: Math.ceil(stream.length / size) - 1 },
        (_, index) => (index + 1) * size,
      );
      expect(scan(new FrameScanner(backendFrameLimits()), pieces(stream, cuts))).toEqual(expected);
    }
  });

  it('are cut right at every place near their header', () => {
    for (let cut = 1; cut < 40; cut += 1) {
      expect(scan(new FrameScanner(backendFrameLimits()), pieces(stream, [cut, 50]))).toEqual(expected);
    }
  });

  it('show their field count in the first part, wherever the stream is cut', () => {
    for (let cut = 1; cut < 40; cut += 1) {
      const scanner = new FrameScanner(backendFrameLimits());
      const counts: number[] = [];
      for (const chunk of pieces(stream, [cut, 50])) {
        scanner.push(chunk);
        for (let step = scanner.next(); step !== 'none'; step = scanner.next()) {
          if (step === 'part' && scanner.first) counts.push(scanner.buffer.readUInt16BE(scanner.start + 5));
        }
      }
      expect(counts).toEqual([2]);
    }
  });

  it('are not held: 512 MB of one value take no more than a chunk', () => {
    const scanner = new FrameScanner(backendFrameLimits());
    const chunk = Buffer.alloc(64 * 1024);
    const header = Buffer.from([0x44, 0x20, 0, 0, 0, 0, 1]);
    scanner.push(header);
    expect(scanner.next()).toBe('part');
    let received = header.length;
    const before = process.memoryUsage().arrayBuffers;
    while (received < 0x2000_0001) {
      scanner.push(chunk.subarray(0, Math.min(chunk.length, 0x2000_0001 - received)));
      expect(scanner.next()).toBe('part');
      received += scanner.end - scanner.start;
      scanner.next();
    }
    expect(scanner.last && !scanner.isInsideMessage).toBe(true);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(4 * 1024 * 1024);
  });
});

describe('limits', () => {
  const header = (type: string, length: number) => {
    const bytes = Buffer.alloc(5);
    bytes.write(type, 0, 'latin1');
    bytes.writeUInt32BE(length, 1);
    return bytes;
  };
  const next = (limit: ReturnType<typeof frontendFrameLimits>, bytes: Buffer) => {
    const scanner = new FrameScanner(limit);
    scanner.push(bytes);
    return scanner.next();
  };

  it('A146: 2 GB are refused at the header, and nothing is reserved', () => {
    const before = process.memoryUsage().arrayBuffers;
    expect(() => next(frontendFrameLimits(), header('Q', 0x7fff_ffff))).toThrow(
      expect.objectContaining({ code: 'CORDON_LIMIT_MESSAGE', fatal: true }),
    );
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1024 * 1024);
  });

  it.each([
    ['Q', limits.largeMessageBytesMax, frontendFrameLimits()],
    ['Q', 1000, frontendFrameLimits(1000)],
    ['D', limits.smallMessageBytesMax, frontendFrameLimits()],
    ['d', limits.streamedMessageBytesMax, frontendFrameLimits()],
    ['p', limits.passwordBytesMax, authenticationFrameLimits()],
    ['T', limits.largeMessageBytesMax, backendFrameLimits()],
    ['D', limits.streamedMessageBytesMax, backendFrameLimits()],
    ['Z', limits.smallMessageBytesMax, backendFrameLimits()],
  ])('a message of type %s may declare %d bytes and not one more', (type, maximum, limit) => {
    expect(next(limit, header(type, maximum))).toBe('none');
    expect(() => next(limit, header(type, maximum + 1))).toThrow(
      expect.objectContaining({ code: 'CORDON_LIMIT_MESSAGE' }),
    );
  });

  it('what is announced and not sent takes 16 KB at most', () => {
    const scanners = Array.from({ length: 64 }, () => new FrameScanner(frontendFrameLimits()));
    const before = process.memoryUsage().arrayBuffers;
    for (const scanner of scanners) {
      scanner.push(header('Q', limits.largeMessageBytesMax));
      scanner.next();
      scanner.push(Buffer.from('select'));
      scanner.next();
    }
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(scanners.length * 24 * 1024);
  });

  it('a message that trickles in is not copied again and again', () => {
    const scanner = new FrameScanner(frontendFrameLimits());
    const length = 8 * 1024 * 1024;
    scanner.push(header('Q', length));
    scanner.next();
    const started = performance.now();
    const crumb = Buffer.alloc(64, 0x61);
    for (let sent = 4; sent < length; sent += crumb.length) {
      scanner.push(crumb);
      scanner.next();
    }
    expect(performance.now() - started).toBeLessThan(3000);
  });

  it('a scanner that failed fails ever after', () => {
    const scanner = new FrameScanner(frontendFrameLimits());
    scanner.push(Buffer.from([0x51, 0, 0, 0, 3]));
    expect(() => scanner.next()).toThrow();
    scanner.push(Buffer.concat(batch));
    expect(() => scanner.next()).toThrow();
  });

  it('an authenticated client cannot send a password, and none else can send a query', () => {
    expect(() => next(frontendFrameLimits(), header('p', 8))).toThrow(
      expect.objectContaining({ code: 'CORDON_PROTOCOL_UNKNOWN' }),
    );
    expect(() => next(authenticationFrameLimits(), header('Q', 8))).toThrow(
      expect.objectContaining({ code: 'CORDON_PROTOCOL_UNKNOWN' }),
    );
  });

  it('limits can be exchanged between messages', () => {
    const scanner = new FrameScanner(authenticationFrameLimits());
    const password = encodeFrontend({ kind: 'PasswordMessage', password: 'x' });
    scanner.push(Buffer.concat([password, encodeFrontend({ kind: 'Sync' })]));
    expect(scanner.next()).toBe('frame');
    scanner.limits = frontendFrameLimits();
    expect(scanner.next()).toBe('frame');
    expect(scanner.type).toBe(0x53);
  });
});

describe('runs', () => {
  const row = (text: string) => encodeBackend({ kind: 'DataRow', values: [Buffer.from(text)] });
  const stream = Buffer.concat([
    row('a'),
    row('bb'),
    row('ccc'),
    encodeBackend({ kind: 'CommandComplete', tag: 'SELECT 3' }),
  ]);

  it('rows that follow each other are taken as one piece', () => {
    const scanner = new FrameScanner(backendFrameLimits());
    scanner.push(stream);
    scanner.next();
    expect(scanner.extend((buffer, start, end) => isDataRowOf(1, buffer, start, end))).toBe(2);
    expect(scanner.buffer.subarray(scanner.start, scanner.end)).toEqual(
      Buffer.concat([row('a'), row('bb'), row('ccc')]),
    );
    expect(scanner.next()).toBe('frame');
    expect(String.fromCharCode(scanner.type)).toBe('C');
  });

  it('a row that is not accepted ends the piece and comes next', () => {
    const scanner = new FrameScanner(backendFrameLimits());
    scanner.push(stream);
    scanner.next();
    expect(scanner.extend((_, start, end) => end - start < row('bb').length)).toBe(0);
    scanner.next();
    expect(scanner.payload().toString('latin1')).toContain('bb');
  });

  it('a broken header behind a row is left to the next step, which refuses it', () => {
    const scanner = new FrameScanner(backendFrameLimits());
    scanner.push(Buffer.concat([row('a'), Buffer.from([0x44, 0, 0, 0, 3]), row('b')]));
    scanner.next();
    expect(scanner.extend(() => true)).toBe(0);
    expect(() => scanner.next()).toThrow(expect.objectContaining({ code: 'CORDON_PROTOCOL_MALFORMED' }));
  });

  it('any stream passed on in runs arrives as it was, in few pieces', () => {
    const rows = fc.array(fc.string({ maxLength: 9 }).map(row), { maxLength: 20 });
    fc.assert(
      fc.property(rows, fc.array(fc.nat(300), { maxLength: 5 }), (messages, cuts) => {
        const bytes = Buffer.concat(messages);
        const borders = cuts.map((cut) => Math.min(cut, bytes.length)).sort((a, b) => a - b);
        const { written, chunks } = relay(pieces(bytes, borders));
        expect(Buffer.concat(written)).toEqual(bytes);
        expect(written.length).toBeLessThanOrEqual(chunks * 2);
      }),
      { seed: 11, numRuns: 200 },
    );
  });
});

function relay(chunks: readonly Buffer[]): { written: Buffer[]; chunks: number } {
  const scanner = new FrameScanner(backendFrameLimits());
  const run = new FrameRun();
  const written: Buffer[] = [];
  const keep = (piece: Buffer | undefined) => piece !== undefined && written.push(piece);
  for (const chunk of chunks) {
    scanner.push(chunk);
    while (scanner.next() !== 'none') keep(run.add(scanner));
    keep(run.take());
  }
  return { written, chunks: chunks.length };
}

it('a message of any kind survives a scan in the phase it belongs to', () => {
  fc.assert(
    fc.property(frontendMessages.SASLInitialResponse, (message) => {
      const scanner = new FrameScanner(authenticationFrameLimits());
      scanner.push(encodeFrontend(message));
      expect(scanner.next()).toBe('frame');
      expect(decodeFrontend(scanner.type, scanner.payload(), 'SASLInitialResponse')).toEqual(message);
    }),
    { seed: 13 },
  );
});
