import type { DriverModule, GuardedPool } from 'cordon/node';
import type { Blogger, Note } from '../world.ts';

/** What an ORM is given: the pool it should use, or the module in the place of `pg` for one that makes its own. */
export interface Connection {
  readonly pool: GuardedPool;
  readonly module: DriverModule;
}

/** An ORM, open. One of them serves all callers, as in an application. */
export interface OpenApp {
  /** What the first pages of the manual do, as one person. */
  run(me: Blogger, note: Note): Promise<void>;
  close(): Promise<void>;
}

export interface OrmApp {
  open(connection: Connection): Promise<OpenApp>;
  /** Makes a table `notes` in the way of the ORM: its migrations, or its synchronisation. */
  migrate(connection: Connection): Promise<void>;
}
