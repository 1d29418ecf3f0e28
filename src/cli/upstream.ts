/**
 * The database behind Cordon, as the command line names it. The way to it is encrypted and the server's name is verified
 * unless the user writes otherwise; a unix socket needs neither.
 */
import { CordonError, type Safe, safeJoin, safeName, safeText } from '../errors/index.ts';
import {
  ControlConnection,
  defaultLimits,
  type ServerAddress,
  type ServerTls,
  type ServerTlsMode,
} from '../gateway/index.ts';
import { wayFindings } from '../posture/index.ts';
import { systemReason } from './failure.ts';
import { readText } from './policy-file.ts';
import { warnOfPosture } from './posture.ts';
import type { Terminal } from './terminal.ts';
import { wayOf } from './way.ts';

/** Options that `serve`, `check` and `explain` share. */
export interface UpstreamOptions {
  readonly upstream: string;
  readonly upstreamTls?: string;
  readonly upstreamCa?: string;
  readonly upstreamCert?: string;
  readonly upstreamKey?: string;
  readonly upstreamJwt?: boolean;
  readonly upstreamPasswordInClear?: boolean;
}

/** A server that can be connected to; the search path is the policy's. */
export type Upstream = ServerAddress;

const PARAMETERS: ReadonlySet<string> = new Set([
  'host',
  'options',
  'sslmode',
  'sslrootcert',
  'sslcert',
  'sslkey',
]);
const MODES: readonly string[] = ['disable', 'require', 'verify-ca', 'verify-full'];

/** Reads the URL and the options beside it, and warns of what is weaker than it should be. */
export async function readUpstream(options: UpstreamOptions, terminal: Terminal): Promise<Upstream> {
  const url = readUrl(options.upstream);
  const host = url.searchParams.get('host') ?? decodeURIComponent(url.hostname.replace(/^\[(.*)\]$/, '$1'));
  const tls = await readTls(options, url.searchParams, host.startsWith('/'), terminal.environment);
  const upstream: Upstream = {
    host: host === '' ? 'localhost' : host,
    port: url.port === '' ? 5432 : Number(url.port),
    database: decodeURIComponent(url.pathname.slice(1)) || 'postgres',
    user: decodeURIComponent(url.username) || 'postgres',
    password: readPassword(url, terminal.environment),
    ...readStartupOptions(options, url.searchParams),
    ...(options.upstreamPasswordInClear === true ? { passwordInClear: true } : {}),
    tls,
  };
  warnOfPosture(terminal, wayFindings(wayOf(options.upstream, upstream)));
  return upstream;
}

/** Opens a connection of Cordon's own, for the catalog and for what `explain --run` counts. */
export async function connectControl(upstream: Upstream): Promise<ControlConnection> {
  try {
    return await ControlConnection.open(upstream, defaultLimits.connectMs);
  } catch (cause) {
    throw connectFailure(cause);
  }
}

function readUrl(text: string): URL {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    // The cause quotes the URL, which may hold a password.
    throw usage(safeText('`--upstream` is not a URL; write postgres://user@host:5432/database'));
  }
  if (!/^postgres(ql)?:$/.test(url.protocol))
    throw usage(safeText('`--upstream` does not start with postgres://'));
  for (const name of url.searchParams.keys()) if (!PARAMETERS.has(name)) throw unknownParameter(name);
  return url;
}

function unknownParameter(name: string): CordonError {
  return usage(
    safeJoin([safeText('`--upstream` has a parameter that Cordon does not pass on: '), safeName(name)], ''),
  );
}

/** Cordon's own variables first, then the URL, then the variable of libpq. */
function readPassword(url: URL, environment: Environment): Upstream['password'] {
  const file = environment.CORDON_UPSTREAM_PASSWORD_FILE;
  if (environment.CORDON_UPSTREAM_PASSWORD !== undefined) return environment.CORDON_UPSTREAM_PASSWORD;
  if (file !== undefined) return async () => (await readText(file)).replace(/\r?\n$/, '');
  return decodeURIComponent(url.password) || environment.PGPASSWORD || undefined;
}

/** A virtual cluster of CockroachDB, as its connection strings name it. */
const CLUSTER = /^(?:--cluster=|-c ?cluster=)[\w.-]{1,128}$/;
/** CockroachDB reads the password as a token only where it is told so, and only among the options. */
const JWT = '--crdb:jwt_auth_enabled=true';

function readStartupOptions({ upstreamJwt }: UpstreamOptions, url: URLSearchParams): { options?: string } {
  const cluster = url.get('options');
  if (cluster !== null && !CLUSTER.test(cluster)) throw unknownParameter('options');
  const words = [...(cluster === null ? [] : [cluster]), ...(upstreamJwt === true ? [JWT] : [])];
  return words.length === 0 ? {} : { options: words.join(' ') };
}

async function readTls(
  options: UpstreamOptions,
  url: URLSearchParams,
  socket: boolean,
  environment: Environment,
): Promise<ServerTls> {
  const { PGSSLROOTCERT, PGSSLCERT, PGSSLKEY } = environment;
  return {
    // PGSSLMODE is not read: what is set for other programs shall not weaken this one.
    mode: readMode(options.upstreamTls ?? url.get('sslmode') ?? (socket ? 'disable' : 'verify-full')),
    ca: await readAuthorities(options.upstreamCa ?? url.get('sslrootcert') ?? PGSSLROOTCERT, environment),
    cert: await optionalText(options.upstreamCert ?? url.get('sslcert') ?? PGSSLCERT),
    key: await optionalText(options.upstreamKey ?? url.get('sslkey') ?? PGSSLKEY),
  };
}

/** `system` means those that Node knows; libpq's own file counts if nothing is named. */
async function readAuthorities(file: string | undefined, { HOME }: Environment): Promise<string | undefined> {
  if (file === 'system') return undefined;
  if (file !== undefined) return readText(file);
  return HOME === undefined ? undefined : readText(`${HOME}/.postgresql/root.crt`).catch(ifThere);
}

function readMode(text: string): ServerTlsMode {
  const mode = MODES.find((candidate) => candidate === text);
  if (mode !== undefined) return mode as ServerTlsMode;
  throw usage(safeText('TLS to the database is one of disable, require, verify-ca, verify-full'));
}

function ifThere(error: unknown): undefined {
  const { cause } = error as { cause?: { code?: unknown } };
  if (cause?.code !== 'ENOENT' && cause?.code !== 'ENOTDIR') throw error;
}

async function optionalText(file: string | undefined): Promise<string | undefined> {
  return file === undefined ? undefined : readText(file);
}

type Environment = Terminal['environment'];

/** Where the operating system or TLS has a word for it, that word. */
function connectFailure(failure: unknown): unknown {
  if (!(failure instanceof CordonError) || failure.code !== 'CORDON_UPSTREAM_UNUSABLE') return failure;
  const { cause } = failure;
  if (cause instanceof CordonError) return cause;
  if (typeof (cause as { code?: unknown } | null)?.code !== 'string') return failure;
  return new CordonError('CORDON_UPSTREAM_UNREACHABLE', { reason: systemReason(cause) }, { cause });
}

/** Why a connection was not made, without what the driver's own text may quote. */
export function unreachableReason(cause: unknown): Safe {
  const text = cause instanceof Error ? cause.message : '';
  if (text.includes('timeout')) return safeText('it does not answer');
  return systemReason(cause);
}

function usage(reason: Safe): CordonError {
  return new CordonError('CORDON_USAGE', { reason });
}
