import type { SqlPrepared } from '../guard/sql-prepared.ts';
import type { FrontendMessage } from '../pgwire/index.ts';
import type { Caller } from './caller.ts';
import type { GatewayContext, GuardSession } from './context.ts';
import type { Exchange } from './exchange.ts';
import type { Trace } from './trace.ts';
import type { PreparedUpstream } from './upstream/prepared-upstream.ts';

/** What the two protocols share of a session. */
export interface UnitContext {
  readonly gateway: GatewayContext;
  readonly exchange: Exchange;
  readonly caller: Caller;
  readonly sqlPrepared: SqlPrepared;
  readonly guard: GuardSession;
  readonly guardVersion: number;
  /** What is prepared by text on the connection to the database that this unit has. */
  readonly prepared: PreparedUpstream;
  /** The same, where others find there what this client has prepared; what is its own alone has a `passing` name. */
  readonly shared: PreparedUpstream | undefined;
  /** The transaction failed, and only its end is accepted. */
  readonly isFailed: boolean;
  /** No transaction was open when the unit began. */
  readonly isOutside: boolean;
  /** Whether a value may name a type. */
  isTypeName(text: string): boolean;
  /** A statement is about to run that leaves something in the session of the database. */
  note(trace: Trace): void;
  /** A DISCARD ALL has run. */
  discarded(): void;
  /** DDL was sent: the catalog may change when the transaction ends. */
  noteSchema(): void;
  /** For a statement that ends what was prepared by protocol before it, all or one: what to do when it has run. */
  forgetting(name: string | undefined): () => void;
  /** For the end of a transaction, which takes the portals made before it along: what to do when it has run. */
  forgettingPortals(): () => void;
  /** The name upstream of a statement that the client prepared by protocol. */
  preparedName(name: string): string | undefined;
}

export type MessageOf<K extends FrontendMessage['kind']> = Extract<FrontendMessage, { kind: K }>;
