/**
 * The database behind Cordon, as the command line names it. The way to it is encrypted and the server's name is verified
 * unless the user writes otherwise; a unix socket needs neither.
 */
import { type ClientConfig, Client as PgClient } from 'pg';
import { CordonError, type Safe, safeJoin, safeName, safeText } from '../errors/index.ts';
import { type ServerOptions, type ServerTls, type ServerTlsMode, tlsWeakness } from '../gateway/index.ts';
import { systemReason } from './failure.ts';
import { readText } from './policy-file.ts';
import type { Terminal } from './terminal.ts';

/** Options that `serve`, `check` and `explain` share. */
export interface UpstreamOptions {
  readonly upstream: string;
  readonly upstreamTls?: string;
  readonly upstreamCa?: string;
  readonly upstreamCert?: string;
  readonly upstreamKey?: string;
}

/** A server that can be connected to; the search path is the policy's. */
export type Upstream = Omit<ServerOptions, 'searchPath'>;

const PARAMETERS: ReadonlySet<string> = new Set(['host', 'sslmode', 'sslrootcert', 'sslcert', 'sslkey']);
const MODES: readonly string[] = ['disable', 'require', 'verify-ca', 'verify-full'];

/** Reads the URL and the options beside it, and warns of what is weaker than it should be. */
export async function readUpstream(options: UpstreamOptions, terminal: Terminal): Promise<Upstream> {
  const url = readUrl(options.upstream);
  if (url.password !== '')
    warn(terminal, 'the password of `--upstream` is visible to other processes', PASSWORD_HINT);
  const host = url.searchParams.get('host') ?? decodeURIComponent(url.hostname.replace(/^\[(.*)\]$/, '$1'));
  const tls = await readTls(options, url.searchParams, host.startsWith('/'));
  const upstream: Upstream = {
    host: host === '' ? 'localhost' : host,
    port: url.port === '' ? 5432 : Number(url.port),
    database: decodeURIComponent(url.pathname.slice(1)) || 'postgres',
    user: decodeURIComponent(url.username) || 'postgres',
    password:
      terminal.environment.CORDON_UPSTREAM_PASSWORD ?? (decodeURIComponent(url.password) || undefined),
    tls,
  };
  const weakness = tlsWeakness(upstream);
  if (weakness !== undefined) warn(terminal, weakness, TLS_HINT);
  return upstream;
}

/** Opens a connection of Cordon's own, for the catalog and for what `explain --run` counts. */
export async function connectControl(upstream: Upstream): Promise<PgClient> {
  const client = new PgClient(clientConfig(upstream));
  // A connection that is lost while nobody asks is noticed by who asks next.
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (cause) {
    await client.end().catch(() => undefined);
    throw connectFailure(cause);
  }
  return client;
}

const TLS_HINT = 'use `--upstream-tls verify-full` outside of development';
const PASSWORD_HINT = 'put it into the environment variable CORDON_UPSTREAM_PASSWORD instead';

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

async function readTls(options: UpstreamOptions, url: URLSearchParams, socket: boolean): Promise<ServerTls> {
  return {
    mode: readMode(options.upstreamTls ?? url.get('sslmode') ?? (socket ? 'disable' : 'verify-full')),
    ca: await optionalText(options.upstreamCa ?? url.get('sslrootcert') ?? undefined),
    cert: await optionalText(options.upstreamCert ?? url.get('sslcert') ?? undefined),
    key: await optionalText(options.upstreamKey ?? url.get('sslkey') ?? undefined),
  };
}

function readMode(text: string): ServerTlsMode {
  const mode = MODES.find((candidate) => candidate === text);
  if (mode !== undefined) return mode as ServerTlsMode;
  throw usage(safeText('TLS to the database is one of disable, require, verify-ca, verify-full'));
}

async function optionalText(file: string | undefined): Promise<string | undefined> {
  return file === undefined ? undefined : readText(file);
}

function warn(terminal: Terminal, happened: string, hint: string): void {
  terminal.complain(`warning: ${happened}`);
  terminal.complain(hint);
}

function clientConfig(upstream: Upstream): ClientConfig {
  return {
    host: upstream.host,
    port: upstream.port,
    database: upstream.database,
    user: upstream.user,
    ...(upstream.password === undefined ? {} : { password: upstream.password }),
    ssl: upstream.tls.mode === 'disable' ? false : tlsConfig(upstream.tls),
    application_name: 'cordon',
    connectionTimeoutMillis: 10_000,
  };
}

function tlsConfig({ mode, ca, cert, key }: ServerTls): Exclude<ClientConfig['ssl'], boolean | undefined> {
  return {
    rejectUnauthorized: mode !== 'require',
    ...(mode === 'verify-ca' ? { checkServerIdentity: () => undefined } : {}),
    ...(ca === undefined ? {} : { ca }),
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
  };
}

function connectFailure(cause: unknown): CordonError {
  const code = (cause as { code?: unknown } | null)?.code;
  const refused = typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) && 'severity' in (cause as object);
  if (refused) return new CordonError('CORDON_UPSTREAM_REFUSED', { sqlstate: safeName(code) }, { cause });
  return new CordonError('CORDON_UPSTREAM_UNREACHABLE', { reason: unreachableReason(cause) }, { cause });
}

/** Why a connection was not made, without what the driver's own text may quote. */
export function unreachableReason(cause: unknown): Safe {
  const text = cause instanceof Error ? cause.message : '';
  if (text.includes('does not support SSL'))
    return safeText('it offers no TLS, and `--upstream-tls` asks for it');
  if (text.includes('timeout')) return safeText('it does not answer');
  return systemReason(cause);
}

function usage(reason: Safe): CordonError {
  return new CordonError('CORDON_USAGE', { reason });
}
