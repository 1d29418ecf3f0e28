/** The database behind the gateway, as a session sees it: one seam for a server, an embedded database and pools. */
import type { PreparedUpstream } from './prepared-upstream.ts';

/** What a link tells its session. */
export interface LinkEvents {
  /** Bytes of the database, cut anywhere. Answers whether nothing needs them any more, so that they may be overwritten. */
  readonly onBytes: (bytes: Buffer) => boolean;
  /** What was held back by `send` may be followed by more. */
  readonly onDrain: () => void;
  /** The link is gone, and with it what was not answered. */
  readonly onClose: () => void;
}

/** Settings of a session that come from the client's startup message, checked against the list. */
export type SessionSettings = ReadonlyMap<string, string>;

/** A session's way to the database. */
export interface UpstreamLink {
  /** What the database reported for this session. */
  readonly parameters: ReadonlyMap<string, string>;
  /**
   * Changes when what the session had prepared is gone, so that it has to be prepared again. Read it after `hold`.
   */
  readonly generation: number;
  /** Others use what is behind it between two transactions, and may find there what they have prepared. */
  readonly isShared: boolean;
  /** What is prepared upstream by text. Read it after `hold`: another connection holds other statements. */
  readonly prepared: PreparedUpstream;
  /** Waits until the database is this session's; undefined when it is at once. Called before each unit of messages. */
  hold(): Promise<void> | undefined;
  /** Statements that are to run before anything else is sent, asked for after `hold`: they make the session what it was. */
  takeErrand(): readonly string[] | undefined;
  /** No transaction is open and nothing is awaited: the database may serve somebody else. */
  release(leftBehind: LeftBehind): void;
  /** Sends messages, all that a turn has; false asks to wait for `onDrain`. */
  send(bytes: Buffer): boolean;
  /** What was sent ends in a Sync, a Query or a Flush: it is to be answered now. */
  flush(): void;
  pause(): void;
  resume(): void;
  /** Cancels what is running, if anything is. */
  cancel(): void;
  close(end: LinkEnd): void;
}

/** What a session changed since it took hold. */
export interface LeftBehind {
  readonly settings: boolean;
  /** What cannot be made again elsewhere: the session stays where it is. */
  readonly session: boolean;
}

/** Where a session ends. */
export interface LinkEnd extends LeftBehind {
  /** Nothing is awaited and no batch is open, though a transaction may be. */
  readonly isQuiet: boolean;
}

/** How connections to the database are used. */
export interface PoolStatistics {
  readonly inUse: number;
  readonly idle: number;
  /** Clients that wait for a connection. */
  readonly waiting: number;
}

/** A database that sessions can be opened on. */
export interface Upstream {
  /** What the database reports at login: `server_version`, `TimeZone` and so on. */
  parameters(): Promise<ReadonlyMap<string, string>>;
  /** Opens a way for one session. */
  open(settings: SessionSettings, events: LinkEvents): Promise<UpstreamLink>;
  close(): Promise<void>;
  /** undefined: connections are not shared. */
  readonly statistics?: PoolStatistics;
}
