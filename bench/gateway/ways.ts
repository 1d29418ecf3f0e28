/** What `bench:gateway` sets beside Cordon. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { connect } from 'node:net';
import { freePort, type PostgresDatabase } from '../../test/databases/index.ts';
import type { Scratch, Way } from '../pgbench.ts';

const PIPE = `
import { connect, createServer } from 'node:net';
const [, , port, to] = process.argv;
createServer({ noDelay: true }, (client) => {
  const server = connect({ port: Number(to), host: '127.0.0.1', noDelay: true });
  for (const socket of [client, server]) socket.on('error', () => { client.destroy(); server.destroy(); });
  client.pipe(server).pipe(client);
}).listen(Number(port), '127.0.0.1', () => console.log('ready'));
`;

/** Bytes both ways, in Node, and nothing else. */
export async function throughPipe(database: PostgresDatabase, scratch: Scratch): Promise<Way> {
  const port = await freePort();
  const child = spawn(process.execPath, [
    scratch.file('pipe.mjs', PIPE),
    String(port),
    String(database.port),
  ]);
  await new Promise((resolve) => child.stdout.once('data', resolve));
  return { name: 'node pipe', port, user: database.user, pid: child.pid, stop: () => stopped(child) };
}

/** PgBouncer's program; undefined: it is not installed. */
export function bouncerPath(): string | undefined {
  try {
    return execFileSync('sh', ['-c', 'command -v pgbouncer || ls /usr/sbin/pgbouncer'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return undefined;
  }
}

export async function throughBouncer(
  database: PostgresDatabase,
  scratch: Scratch,
  path: string,
  mode: 'transaction' | 'session',
): Promise<Way> {
  const port = await freePort();
  const users = scratch.file('users.txt', `"${database.user}" ""\n`);
  const config = `[databases]
${database.database} = host=127.0.0.1 port=${database.port} user=${database.user}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
auth_type = any
auth_file = ${users}
pool_mode = ${mode}
default_pool_size = 32
max_client_conn = 1000
unix_socket_dir =
`;
  const settings = scratch.file(`bouncer-${mode}.ini`, config);
  const asUser = process.getuid?.() === 0 ? ['-u', 'postgres'] : [];
  const child = spawn(path, ['-q', ...asUser, settings], { stdio: 'ignore' });
  await listening(port);
  return { name: 'pgbouncer', port, user: database.user, pid: child.pid, stop: () => stopped(child) };
}

async function listening(port: number): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const open = await new Promise<boolean>((resolve) => {
      const socket = connect({ port, host: '127.0.0.1' });
      socket.once('connect', () => {
        socket.destroy();
        resolve(true);
      });
      socket.once('error', () => resolve(false));
    });
    if (open) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('pgbouncer does not listen');
}

async function stopped(child: ChildProcess): Promise<void> {
  const exit = new Promise((resolve) => child.once('exit', resolve));
  child.kill();
  await exit;
}
