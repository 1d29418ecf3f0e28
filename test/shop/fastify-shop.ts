import { existsSync } from 'node:fs';
import { Writable } from 'node:stream';
import type { PGlite } from '@electric-sql/pglite';
import { type Requirement, requirement, TOKEN_SECRET } from '../databases/index.ts';
import { Visitor } from '../flask/flask-app.ts';
import type { Scene } from './attacks.ts';

export interface FastifyShopOptions {
  readonly pages: 'sound' | 'vulnerable';
  readonly guarded: boolean;
  readonly database: PGlite | string;
}

/** What the test needs of `examples/fastify-shop/src/shop.ts`, whose types are checked by its own `tsconfig.json`. */
interface ShopModule {
  openShop(
    options: FastifyShopOptions & { readonly secret: string; readonly log: Writable },
  ): Promise<RunningShop>;
}

interface RunningShop {
  listen(options: { readonly host: string; readonly port: number }): Promise<string>;
  close(): Promise<void>;
}

const EXAMPLE = new URL('../../examples/fastify-shop/', import.meta.url);

export function fastifyShopRequirement(): Requirement {
  const there = existsSync(new URL('node_modules/fastify/package.json', EXAMPLE));
  const missing = there ? undefined : 'run `npm ci` in examples/fastify-shop to install it';
  return requirement('fastify-shop', missing);
}

/** The example shop, listening. */
export async function startFastifyShop(
  options: FastifyShopOptions,
): Promise<Scene['app'] & { stop(): Promise<void> }> {
  const { openShop } = (await import(new URL('src/shop.ts', EXAMPLE).href)) as ShopModule;
  const log = new Log();
  const shop = await openShop({ ...options, secret: TOKEN_SECRET, log });
  const url = await shop.listen({ host: '127.0.0.1', port: 0 });
  return { log: () => log.text, visitor: () => new Visitor(url), stop: () => shop.close() };
}

class Log extends Writable {
  text = '';

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}
