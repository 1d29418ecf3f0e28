import { afterAll } from 'vitest';
import {
  describeWith,
  type PostgresDatabase,
  postgresRequirement,
  requirement,
  startPostgres,
} from '../databases/index.ts';
import { embeddedWorld, serverWorld, type World, type WorldName } from './world.ts';

/** How a world is made ready for a test, on each kind of database. */
export interface Starts<Place> {
  readonly pglite: (name: WorldName) => Promise<Place>;
  readonly postgres: (name: WorldName, server: PostgresDatabase) => Promise<Place>;
}

export const WORLDS: Starts<World> = { pglite: embeddedWorld, postgres: serverWorld };

/** The same tests over worlds in embedded databases, and over worlds in one server, which goes when they have ended. */
export function describeWorlds<Place>(
  name: string,
  starts: Starts<Place>,
  body: (start: (name: WorldName) => Promise<Place>, kind: 'pglite' | 'postgres') => void,
): void {
  describeWith([requirement('pglite', undefined)], `${name}, on pglite`, () => body(starts.pglite, 'pglite'));
  describeWith([postgresRequirement()], `${name}, on postgres`, () => {
    let server: PostgresDatabase | undefined;
    const start = async (world: WorldName): Promise<Place> => {
      server ??= await startPostgres();
      return starts.postgres(world, server);
    };
    // Hooks that clear away run in the order opposite to that in which they stand: the worlds go first.
    afterAll(() => server?.stop());
    body(start, 'postgres');
  });
}
