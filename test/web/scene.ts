/** The shop of the demo behind `cordon/node`, for servers of three frameworks. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import pg from 'pg';
import { people } from '../../examples/demo/shop.ts';
import { type Cordon, cordon } from '../../src/node/index.ts';
import {
  demoFile,
  loadShop,
  signToken,
  startPglite,
  startPostgres,
  type TestDatabase,
  TOKEN_SECRET,
} from '../databases/index.ts';

export interface Scene {
  readonly cordon: Cordon;
  readonly database: TestDatabase;
}

export async function openScene(on: TestDatabase['kind'] = 'pglite'): Promise<Scene> {
  const database = on === 'pglite' ? await startPglite() : await startPostgres();
  await loadShop(database);
  const pool =
    'pglite' in database
      ? database.pglite
      : new pg.Pool({ connectionString: database.url, max: CONNECTIONS });
  const keys = { kind: 'secret', secret: TOKEN_SECRET } as const;
  return { database, cordon: await cordon({ policy: demoFile('cordon.yaml'), pool: pool as pg.Pool, keys }) };
}

/** Fewer than requests at a time, so that requests wait for each other's connections. */
const CONNECTIONS = 3;

/** One framework, with the same routes as the others. */
export interface WebServer {
  readonly url: string;
  /** What it has logged. */
  log(): string;
  close(): Promise<void>;
}

export const PEOPLE = [...people().keys()];

export function tokenOf(name: string): string {
  const claims = people().get(name)?.claims;
  if (claims === undefined) throw new Error('nobody of this name');
  return signToken({ ...claims });
}

export function idOf(name: string): string {
  return people().get(name)?.claims.sub ?? '';
}

export function bearer(token: string): RequestInit {
  return { headers: { authorization: `Bearer ${token}` } };
}

/** A moment that depends on nothing, so that requests overtake each other. */
export function aMoment(): Promise<void> {
  const ways = [
    () => Promise.resolve(),
    () => new Promise<void>((resolve) => setImmediate(resolve)),
    () => new Promise<void>((resolve) => setTimeout(resolve, Math.random() * 5)),
  ];
  return (ways[Math.floor(Math.random() * ways.length)] ?? Promise.resolve)();
}

export async function listening(
  handler: Parameters<typeof createServer>[1],
): Promise<{ server: Server; url: string }> {
  const server = createServer(handler as never);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

export function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
