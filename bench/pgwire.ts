/** Times the wire codec and prints JSON: the best of several rounds. Run: `node --import ./scripts/typescript.mjs bench/pgwire.ts`. */
import {
  backendFrameLimits,
  decodeBackend,
  decodeFrontend,
  encodeBackend,
  encodeFrontend,
  FrameRun,
  FrameScanner,
  frontendFrameLimits,
  isDataRowOf,
  MessageWriter,
  writeBackend,
} from '../src/pgwire/index.ts';

const CHUNK_BYTES = 64 * 1024;
const ROUNDS = 12;
const ROUND_MS = 50;

const row = encodeBackend({
  kind: 'DataRow',
  values: ['42', 'alice', 'alice@shop.test', null].map((value) =>
    value === null ? null : Buffer.from(value),
  ),
});
const rowCount = Math.floor((4 * 1024 * 1024) / row.length);
const rows = Buffer.concat(new Array<Buffer>(rowCount).fill(row));
const chunks = Array.from({ length: Math.ceil(rows.length / CHUNK_BYTES) }, (_, index) =>
  rows.subarray(index * CHUNK_BYTES, (index + 1) * CHUNK_BYTES),
);

const batch = encodeFrontend(
  { kind: 'Parse', statement: 's1', text: 'SELECT id, name FROM users WHERE id = $1', parameterTypes: [23] },
  {
    kind: 'Bind',
    portal: '',
    statement: 's1',
    parameterFormats: [0],
    values: [Buffer.from('42')],
    resultFormats: [0],
  },
  { kind: 'Describe', target: 'portal', name: '' },
  { kind: 'Execute', portal: '', rowLimit: 0 },
  { kind: 'Sync' },
);
const BATCH_MESSAGES = 5;
const clientLimits = frontendFrameLimits();

/** How often a second `run` is done, each doing as much as it says it did. */
function perSecond(run: () => number): number {
  let best = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const start = performance.now();
    let done = 0;
    while (performance.now() - start < ROUND_MS) done += run();
    best = Math.max(best, (done * 1000) / (performance.now() - start));
  }
  return best;
}

function scanEach(): number {
  const scanner = new FrameScanner(backendFrameLimits());
  const run = new FrameRun();
  for (const chunk of chunks) {
    scanner.push(chunk);
    while (scanner.next() !== 'none') run.add(scanner);
    run.take();
  }
  return rows.length;
}

function scanRuns(accept: (buffer: Buffer, start: number, end: number) => boolean): number {
  const scanner = new FrameScanner(backendFrameLimits());
  for (const chunk of chunks) {
    scanner.push(chunk);
    while (scanner.next() !== 'none') scanner.extend(accept);
  }
  return rows.length;
}

function decodeRows(): number {
  const payload = row.subarray(5);
  for (let index = 0; index < 100; index += 1) decodeBackend(0x44, payload);
  return 100;
}

function decodeBatch(): number {
  const scanner = new FrameScanner(clientLimits);
  scanner.push(batch);
  while (scanner.next() !== 'none') decodeFrontend(scanner.type, scanner.payload());
  return BATCH_MESSAGES;
}

function encodeRows(): number {
  const writer = new MessageWriter();
  const values = [Buffer.from('42'), Buffer.from('alice'), null];
  for (let index = 0; index < 100; index += 1) writeBackend(writer, { kind: 'DataRow', values });
  writer.take();
  return 100;
}

const megabytes = (bytes: number): number => Math.round(bytes / 1e6);

const figures = {
  rowBytes: row.length,
  scanEachMessage: { megabytesPerSecond: megabytes(perSecond(scanEach)) },
  scanRuns: { megabytesPerSecond: megabytes(perSecond(() => scanRuns(() => true))) },
  scanRunsCheckingFields: {
    megabytesPerSecond: megabytes(
      perSecond(() => scanRuns((buffer, start, end) => isDataRowOf(4, buffer, start, end))),
    ),
  },
  decodeDataRow: { messagesPerSecond: Math.round(perSecond(decodeRows)) },
  encodeDataRow: { messagesPerSecond: Math.round(perSecond(encodeRows)) },
  scanAndDecodeBatch: { messagesPerSecond: Math.round(perSecond(decodeBatch)) },
};
process.stdout.write(`${JSON.stringify(figures, null, 2)}\n`);
