import { connect, createServer, type Socket } from 'node:net';
import { expect, it } from 'vitest';
import { ReadBuffer } from '../../src/gateway/upstream/read-buffer.ts';

it('a chunk is overwritten by the next one, unless somebody keeps it', async () => {
  const input = new ReadBuffer();
  const chunks: Buffer[] = [];
  await conversation(input, (chunk, count) => {
    chunks.push(chunk);
    if (count === 2) input.keep();
  });
  expect(chunks.map(String)).toEqual(['second', 'second', 'third!']);
});

/** Each of the chunks is sent when the one before has come. */
async function conversation(
  input: ReadBuffer,
  onChunk: (chunk: Buffer, count: number) => void,
): Promise<void> {
  let peer: Socket | undefined;
  const server = createServer((socket) => {
    peer = socket;
    socket.write('first!');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const socket = connect({ port, host: '127.0.0.1', onread: input.options });
  input.attach(socket);
  const others = ['second', 'third!'];
  let count = 0;
  socket.on('data', (chunk: Buffer) => {
    count += 1;
    onChunk(chunk, count);
    const next = others.shift();
    if (next === undefined) peer?.end();
    else peer?.write(next);
  });
  await new Promise((resolve) => socket.once('close', resolve));
  await new Promise((resolve) => server.close(resolve));
}
