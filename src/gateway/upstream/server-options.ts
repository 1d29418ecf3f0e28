import { type Safe, safeText } from '../../errors/index.ts';

/** How the database server is reached. */
export interface ServerOptions {
  /** A host name, an address, or the folder of a unix socket. */
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  /** A function is asked for each connection: a password that is renewed now and then. */
  readonly password: string | (() => Promise<string>) | undefined;
  /** What the startup message holds as `options`; the operator's own words, never a client's. */
  readonly options?: string;
  /** A password is shown as it is also to a server whose certificate and name are not verified. */
  readonly passwordInClear?: boolean;
  readonly tls: ServerTls;
  /** Schemas searched for names without a schema; pinned, clients cannot change it. */
  readonly searchPath: readonly string[];
}

/** How much of TLS is asked of the server; the words are those of libpq. Anything but `verify-full` is a choice to be warned of. */
export type ServerTlsMode = 'disable' | 'require' | 'verify-ca' | 'verify-full';

export interface ServerTls {
  readonly mode: ServerTlsMode;
  /** PEM; undefined: the authorities that Node knows. */
  readonly ca: string | undefined;
  /** PEM of the client certificate and its key. */
  readonly cert: string | undefined;
  readonly key: string | undefined;
}

/** What is worth a warning about the way to the server. */
export function tlsWeakness({ host, tls }: Pick<ServerOptions, 'host' | 'tls'>): Safe | undefined {
  if (host.startsWith('/')) return undefined;
  return WEAKNESS[tls.mode];
}

const WEAKNESS: Readonly<Record<ServerTlsMode, Safe | undefined>> = {
  disable: safeText('the connection to the database is not encrypted'),
  require: safeText('the connection to the database is encrypted, but anyone can answer it'),
  'verify-ca': safeText('the name of the database server is not verified'),
  'verify-full': undefined,
};
