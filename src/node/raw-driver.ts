/** What is needed of `pg`, as its documentation and its extensions (`pg-cursor`) use it; the objects of the application's own copy have it. */

/** A connection below the guard. None of it is ever handed to code that holds a guarded client. */
export interface RawConnection {
  readonly stream: { cork?(): void; uncork?(): void; destroy?(): void };
  parse(message: { readonly text: string; readonly name?: string; readonly types?: readonly number[] }): void;
  bind(message: RawBind): void;
  describe(message: { readonly type: 'S' | 'P'; readonly name?: string }): void;
  execute(message: { readonly portal?: string; readonly rows?: number }): void;
  close(message: { readonly type: 'S' | 'P'; readonly name?: string }): void;
  query(text: string): void;
  flush(): void;
  sync(): void;
  sendCopyFail(message: string): void;
  on(event: string, listener: (...given: never[]) => void): unknown;
  once(event: string, listener: (...given: never[]) => void): unknown;
  prependListener(event: string, listener: (...given: never[]) => void): unknown;
  removeListener(event: string, listener: (...given: never[]) => void): unknown;
}

/** A value as it is sent: text, bytes, or null. */
export type Wire = string | Buffer | null;

export interface RawBind {
  readonly portal?: string;
  readonly statement?: string;
  readonly values: readonly Wire[];
}

export interface RawField {
  readonly name: string;
  readonly tableID: number;
  readonly columnID: number;
  readonly dataTypeID: number;
  readonly dataTypeSize: number;
  readonly dataTypeModifier: number;
  readonly format: string;
}

export interface RowDescription {
  readonly fields: readonly RawField[];
}

export interface DataRow {
  readonly fields: readonly (string | null)[];
}

export interface CommandComplete {
  readonly text: string;
}

/** What `client.query` takes beside texts: it writes its own messages and reads the answers. */
export interface Submittable {
  submit(connection: RawConnection): Error | null | undefined;
  handleRowDescription(message: RowDescription): void;
  handleDataRow(message: DataRow): void;
  handlePortalSuspended(connection: RawConnection): void;
  handleEmptyQuery(connection: RawConnection): void;
  handleCommandComplete(message: CommandComplete, connection: RawConnection): void;
  handleReadyForQuery(connection: RawConnection): void;
  handleCopyInResponse(connection: RawConnection): void;
  handleCopyData(message: unknown, connection: RawConnection): void;
  handleError(error: unknown, connection: RawConnection): void;
}

export interface RawClient {
  readonly connection: RawConnection;
  query(submittable: Submittable): unknown;
  getTypeParser(type: number, format?: string): (value: string) => unknown;
  on(event: string, listener: (...given: never[]) => void): unknown;
}

/** Gives the connection back; with `true` it is closed instead. */
export type GiveBack = (broken?: boolean) => void;

export interface RawPool {
  connect(
    callback: (error: unknown, client: RawClient | undefined, release: GiveBack | undefined) => void,
  ): void;
  on(event: 'error', listener: (error: unknown) => void): unknown;
  end(): Promise<void>;
  readonly options?: { readonly maxUses?: number };
  readonly totalCount: number;
  readonly idleCount: number;
  readonly waitingCount: number;
}
