import { afterAll, beforeAll } from 'vitest';
import { type PgliteDatabase, startPglite } from '../../databases/index.ts';
import { loadShop } from './shop.ts';
import { type RunningGateway, startGateway } from './start-gateway.ts';

/** The shop in an embedded database and a gateway in front of it, for all tests of a file or a block. */
export function embeddedShop(): {
  readonly database: () => PgliteDatabase;
  readonly gateway: () => RunningGateway;
} {
  let database: PgliteDatabase | undefined;
  let running: RunningGateway | undefined;
  beforeAll(async () => {
    database = await startPglite();
    await loadShop(database);
    running = await startGateway(database);
  });
  afterAll(async () => {
    await running?.stop();
    await database?.stop();
  });
  return { database: () => started(database), gateway: () => started(running) };
}

function started<T>(one: T | undefined): T {
  if (one === undefined) throw new Error('it has not been started');
  return one;
}
