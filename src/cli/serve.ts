import { CordonError, type Safe, safeText } from '../errors/index.ts';
import { defaultLimits, type GatewayOptions, type ListenAddress } from '../gateway/index.ts';
import { checkPolicy, type LoadedPolicy } from '../policy/index.ts';
import { judgePosture } from '../posture/index.ts';
import { readAddress } from './address.ts';
import { readCatalog } from './catalog.ts';
import { CordonCommand } from './command.ts';
import { type Database, reconnectingDatabase } from './database.ts';
import { type DialectOptions, dialectOf, withClientDialect } from './dialect.ts';
import type { Exit } from './exit-code.ts';
import { readPolicy, reportMistakes } from './mistakes.ts';
import { pinoLog } from './pino-log.ts';
import { readText } from './policy-file.ts';
import { type PoolChoice, readPool, upstreamWith } from './pool.ts';
import { readPosture, warnOfPosture } from './posture.ts';
import type { GatewaySetting } from './run-gateway.ts';
import { withUpstreamTls } from './subject.ts';
import type { Terminal } from './terminal.ts';
import { readUpstream, type Upstream, type UpstreamOptions } from './upstream.ts';

interface ServeOptions extends UpstreamOptions, DialectOptions {
  readonly policy: string;
  readonly listen: string;
  readonly tlsCert?: string;
  readonly tlsKey?: string;
  readonly tlsOptional?: boolean;
  readonly clientAuth?: string;
  readonly pool: string;
  readonly poolSize?: string;
  readonly metrics?: string;
  readonly logLevel: string;
}

/** `cordon serve`: the gateway in front of a database server. */
export function serveCommand(terminal: Terminal): CordonCommand {
  const command = new CordonCommand('serve')
    .summary('run the gateway in front of a database')
    .description(
      'Checks the policy against the database, then listens for clients and lets each statement reach what its caller may see. ' +
        'The password for the database is taken from CORDON_UPSTREAM_PASSWORD, or for each connection from the file that ' +
        'CORDON_UPSTREAM_PASSWORD_FILE names, or from PGPASSWORD. Clients on the same machine need no password, unless ' +
        'CORDON_CLIENT_PASSWORD is set; clients from elsewhere always need one, and TLS. The user `token` gives a token as its password. ' +
        'SIGINT or SIGTERM ends it: running transactions may finish first.',
    )
    .requiredOption('--policy <file>', 'the policy: YAML, or a module')
    .requiredOption('--upstream <url>', 'the database, such as postgres://app@db.example:5432/shop');
  return withClientDialect(withUpstreamTls(command as CordonCommand))
    .option('--listen <address>', 'HOST:PORT for clients, or the path of a unix socket', '127.0.0.1:26258')
    .option('--tls-cert <file>', 'the certificate shown to clients (PEM)')
    .option('--tls-key <file>', 'the key of that certificate (PEM)')
    .option(
      '--tls-optional',
      'let clients from elsewhere go on without TLS; tokens can then be read on the way',
    )
    .option('--client-auth <method>', 'how clients log in: trust, scram or password')
    .option(
      '--pool <mode>',
      'how connections to the database are used: session, one for each client, or transaction, shared by all',
      'session',
    )
    .option(
      '--pool-size <count>',
      `with --pool transaction, how many there are at most (default: ${defaultLimits.poolConnectionsMax})`,
    )
    .option('--metrics <port>', 'answer /metrics and /healthz on this port of the loopback address')
    .option('--log-level <level>', 'error, warn, info or debug', 'info')
    .example(
      'cordon serve --policy cordon.yaml --upstream postgres://app@db.example/shop',
      'listens on 127.0.0.1:26258, verifies the certificate of the database',
    )
    .example(
      'cordon serve --policy cordon.yaml --upstream "postgres://app@localhost/shop?host=/var/run/postgresql"',
      'a database on the same machine, by its unix socket',
    )
    .example(
      'cordon serve --policy cordon.yaml --upstream postgres://app@db.example/shop --listen 0.0.0.0:26258 --tls-cert c.pem --tls-key k.pem',
      'clients from elsewhere, with TLS',
    )
    .example(
      'cordon serve --policy cordon.yaml --upstream postgres://app@db.example/shop --pool transaction --pool-size 10',
      'however many clients there are, the database sees ten connections and one for the catalog',
    )
    .does((options: ServeOptions) => serve(terminal, options));
}

async function serve(terminal: Terminal, options: ServeOptions): Promise<Exit> {
  const listen = readListen(options.listen);
  const log = pinoLog(options.logLevel);
  const more = { ...(await readTls(options)), ...readMonitor(options) };
  const pool = readPool(options);
  const policy = await readPolicy(terminal, options.policy);
  const upstream = await readUpstream(options, terminal);
  const control = reconnectingDatabase(upstream);
  try {
    await assertFits(terminal, options.policy, policy, control);
    const setting = {
      policy,
      policyFile: options.policy,
      control,
      listen,
      log,
      more,
      clientAuth: options.clientAuth,
      ...dialectOf(options),
    };
    await run(terminal, upstream, pool, setting);
  } finally {
    await control.close();
  }
  return 'ok';
}

async function run(
  terminal: Terminal,
  upstream: Upstream,
  pool: PoolChoice,
  setting: Omit<GatewaySetting, 'upstream' | 'database'>,
): Promise<void> {
  const { listeningAt, startGateway } = await import('./run-gateway.ts');
  const gateway = await startGateway(terminal, {
    ...setting,
    upstream: upstreamWith(pool, upstream, setting.policy),
    database: upstream.database,
  });
  terminal.print(`cordon ready postgres://${listeningAt(gateway)}/${upstream.database}`);
  await terminal.ended();
  await gateway.close();
}

/** A policy that means something else than its author thinks is not served; what is weak about the database is told. */
async function assertFits(
  terminal: Terminal,
  file: string,
  policy: LoadedPolicy,
  control: Database,
): Promise<void> {
  const catalog = await readCatalog(control, policy.schemas);
  const mistakes = checkPolicy(policy, catalog);
  if (mistakes.length > 0) throw reportMistakes(terminal, file, mistakes);
  const facts = await readPosture(control);
  // The way was told before it was gone.
  warnOfPosture(terminal, judgePosture(policy, catalog, { ...facts, way: undefined }));
}

function readListen(text: string): ListenAddress {
  return text.startsWith('/') ? { path: text } : readAddress(text);
}

async function readTls({ tlsCert, tlsKey, tlsOptional }: ServeOptions): Promise<Pick<GatewayOptions, 'tls'>> {
  if (tlsCert === undefined && tlsKey === undefined) return {};
  if (tlsCert === undefined || tlsKey === undefined)
    throw usage(safeText('give both `--tls-cert` and `--tls-key`'));
  const required = tlsOptional !== true;
  return { tls: { cert: await readText(tlsCert), key: await readText(tlsKey), required } };
}

function readMonitor({ metrics }: ServeOptions): Pick<GatewayOptions, 'monitor'> {
  if (metrics === undefined) return {};
  const port = /^\d{1,5}$/.test(metrics) ? Number(metrics) : Number.NaN;
  if (!(port <= 65_535)) throw usage(safeText('`--metrics` takes a port'));
  return { monitor: { port } };
}

function usage(reason: Safe): CordonError {
  return new CordonError('CORDON_USAGE', { reason });
}
