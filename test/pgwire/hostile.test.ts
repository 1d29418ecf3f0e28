/**
 * Hostile bytes, one file a direction in test/golden/wire: a sentence of why, the phase, the bytes (hex, and text in
 * quotes), and behind `=>` what the codec makes of them. `vitest -u` writes the outcomes; the diff is the review.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CordonError } from '../../src/errors/index.ts';
import {
  type AuthenticationAnswer,
  authenticationFrameLimits,
  backendFrameLimits,
  decodeBackend,
  decodeFrontend,
  decodeStartup,
  FrameScanner,
  frontendFrameLimits,
  ProtocolError,
  StartupScanner,
} from '../../src/pgwire/index.ts';

const FOLDER = join(import.meta.dirname, '..', 'golden', 'wire');

interface Case {
  readonly why: string;
  readonly phase: string;
  readonly bytes: string;
}

function parseCases(text: string): Case[] {
  return text
    .trim()
    .split(/\n\n+/)
    .map((block) => {
      const [why = '', phase = '', bytes = ''] = block.split('\n');
      return { why, phase, bytes };
    });
}

function bytesOf(source: string): Buffer {
  const tokens = source.match(/"[^"]*"|[0-9a-f]{2}/g) ?? [];
  return Buffer.concat(
    tokens.map((token) =>
      token.startsWith('"') ? Buffer.from(token.slice(1, -1)) : Buffer.from(token, 'hex'),
    ),
  );
}

function outcomes(phase: string, bytes: Buffer): string {
  if (phase === 'startup') return startupOutcome(bytes);
  const [direction, answer] = phase.split(' ');
  if (direction === 'backend') return framed(bytes, backendFrameLimits(), decodeBackend);
  if (direction === 'frontend') return framed(bytes, frontendFrameLimits(), decodeFrontend);
  return framed(bytes, authenticationFrameLimits(), (type, payload) =>
    decodeFrontend(type, payload, answer as AuthenticationAnswer),
  );
}

function startupOutcome(bytes: Buffer): string {
  return attempt(() => {
    const scanned = new StartupScanner().push(bytes);
    if (scanned === undefined) return 'incomplete';
    const packet = show(decodeStartup(scanned.payload));
    return scanned.rest.length === 0 ? packet : `${packet}, then ${scanned.rest.length} bytes in clear`;
  });
}

function framed(
  bytes: Buffer,
  limits: ReturnType<typeof backendFrameLimits>,
  decode: (type: number, payload: Buffer) => unknown,
): string {
  const scanner = new FrameScanner(limits);
  scanner.push(bytes);
  const found: string[] = [];
  for (;;) {
    let step = 'none';
    const frame = attempt(() => {
      step = scanner.next();
      return step;
    });
    if (frame !== step) return [...found, frame].join(', ');
    if (step === 'none') break;
    found.push(attempt(() => show(decode(scanner.type, scanner.payload()))));
  }
  return [...found, ...(scanner.isInsideMessage ? ['incomplete'] : [])].join(', ');
}

function attempt(run: () => string): string {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof CordonError)) throw error;
    const end = error instanceof ProtocolError && error.fatal ? 'connection ends' : 'connection goes on';
    return `${error.code} ${error.sqlstate} [${error.message}] (${end})`;
  }
}

function show(message: unknown): string {
  const { kind, ...fields } = message as { kind: string };
  const text = JSON.stringify(fields, (_, value) => {
    if (value instanceof Map) return Object.fromEntries(value);
    return value?.type === 'Buffer' ? Buffer.from(value.data).toString('latin1') : value;
  });
  return text === '{}' ? kind : `${kind} ${text}`;
}

const file = (name: string) => join(FOLDER, name);

describe.each(readdirSync(FOLDER).filter((name) => name.endsWith('.txt')))('hostile bytes: %s', (name) => {
  const cases = parseCases(readFileSync(file(name), 'utf8'));

  it('have the outcome that is written down', async () => {
    const rewritten = cases.map(({ why, phase, bytes }) =>
      [why, phase, bytes, `=> ${outcomes(phase, bytesOf(bytes))}`].join('\n'),
    );
    await expect(`${rewritten.join('\n\n')}\n`).toMatchFileSnapshot(file(name));
  });

  it('have the same outcome byte by byte as at once', () => {
    for (const { phase, bytes } of cases.filter((each) => each.phase !== 'startup')) {
      const all = bytesOf(bytes);
      const scanner = new FrameScanner(phase === 'backend' ? backendFrameLimits() : frontendFrameLimits());
      const whole = new FrameScanner(scanner.limits);
      expect(
        steps(
          scanner,
          [...all].map((byte) => Buffer.from([byte])),
        ),
      ).toEqual(steps(whole, [all]));
    }
  });
});

function steps(scanner: FrameScanner, chunks: readonly Buffer[]): string[] {
  const found: string[] = [];
  try {
    for (const chunk of chunks) {
      scanner.push(chunk);
      while (scanner.next() !== 'none')
        found.push(scanner.buffer.toString('hex', scanner.start, scanner.end));
    }
  } catch (error) {
    found.push((error as CordonError).code);
  }
  return found;
}
