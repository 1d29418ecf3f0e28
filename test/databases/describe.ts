import { afterAll, beforeAll, describe, it } from 'vitest';
import type { TestDatabase } from './database.ts';
import { givenUrl } from './given-server.ts';
import { startPglite } from './pglite.ts';
import { availablePostgres, startPostgres } from './postgres.ts';

/** Something that a machine may lack: there, or missing for a reason that can be read. */
export interface Requirement {
  readonly name: string;
  /** Why the tests cannot run here; undefined: they can. */
  readonly missing: string | undefined;
}

export function requirement(name: string, missing: string | undefined): Requirement {
  return { name, missing };
}

/** A server of this machine: Debian's, or the one from npm. */
export function postgresRequirement(): Requirement {
  if (givenUrl() !== undefined) return requirement('postgres', undefined);
  const found = availablePostgres();
  return requirement('postgres', 'missing' in found ? found.missing : undefined);
}

/**
 * `describe`, if the machine has what the tests need. Otherwise they are skipped and the reason is printed; with `CI` set
 * the gap is a failure, because CI has to skip nothing.
 */
export function describeWith(requirements: readonly Requirement[], name: string, body: () => void): void {
  const gap = requirements.find((candidate) => candidate.missing !== undefined);
  if (gap === undefined) {
    describe(name, body);
    return;
  }
  const reason = `${gap.name}: ${gap.missing}`;
  if (process.env.CI !== undefined && process.env.CI !== '' && process.env.CI !== 'false') {
    describe(name, () => {
      it('has what it needs', () => {
        throw new Error(`missing in CI: ${reason}`);
      });
    });
    return;
  }
  process.stderr.write(`skipped: ${name} (${reason})\n`);
  describe.skip(`${name} (${reason})`, body);
}

const KINDS = [
  {
    kind: 'pglite',
    needs: requirement('pglite', undefined),
    start: (): Promise<TestDatabase> => startPglite(),
  },
  { kind: 'postgres', needs: postgresRequirement(), start: (): Promise<TestDatabase> => startPostgres() },
] as const;

/**
 * The same tests on each kind of database: embedded PGlite and a Postgres server. The database is started before the
 * tests of the block, `prepare` loads it, and `database()` hands it out.
 */
export function describeDatabases(
  name: string,
  body: (database: () => TestDatabase) => void,
  prepare?: (database: TestDatabase) => Promise<void>,
): void {
  for (const { kind, needs, start } of KINDS) {
    describeWith([needs], `${name}, on ${kind}`, () => {
      let running: TestDatabase | undefined;
      beforeAll(async () => {
        running = await start();
        await prepare?.(running);
      });
      afterAll(() => running?.stop());
      body(() => {
        if (running === undefined) throw new Error('the database has not been started');
        return running;
      });
    });
  }
}
