/** A gateway of a test's own, inside the test: real guard, real verifier, real database. */
import { catalogFingerprintSql, type Dialect, loadCatalog } from '../../../src/catalog/index.ts';
import {
  type CatalogWatch,
  type ClientAuthentication,
  EmbeddedUpstream,
  Gateway,
  type GatewayOptions,
  PooledUpstream,
  type ServerOptions,
  ServerUpstream,
} from '../../../src/gateway/index.ts';
import { createGuard, type Guard } from '../../../src/guard/guard.ts';
import { TokenVerifier } from '../../../src/guard/identity.ts';
import { type LoadedPolicy, loadPolicy } from '../../../src/policy/index.ts';
import { createParser } from '../../../src/sql/index.ts';
import {
  type PgliteDatabase,
  type PostgresDatabase,
  type TestDatabase,
  TOKEN_SECRET,
} from '../../databases/index.ts';
import { POLICY } from './shop.ts';

const parser = await createParser();

/** The tests of the gateway hold with shared connections too: `CORDON_TEST_POOL=transaction` runs them so. */
export const isPooled = process.env.CORDON_TEST_POOL === 'transaction';

export interface RunningGateway {
  readonly gateway: Gateway;
  readonly port: number;
  /** `postgres://app@127.0.0.1:PORT/shop` */
  readonly url: string;
  /** A guard for the database as it is now. */
  newGuard(): Promise<Guard>;
  stop(): Promise<void>;
}

export type GatewayChanges = Partial<GatewayOptions> & {
  readonly policy?: unknown;
  /** What clients write; the database's own dialect if left out. */
  readonly dialect?: Dialect;
  /** Whether the catalog is read again when the database has changed. */
  readonly follows?: boolean;
};

/** `app` is trusted on the loopback address; everybody else presents a token as password. */
export const LOOPBACK: ClientAuthentication = {
  users: new Map([['app', { kind: 'trust' }]]),
  others: { kind: 'password', verifier: undefined, tokens: true },
  services: new Map(),
};

export async function startGateway(
  database: TestDatabase,
  changes: GatewayChanges = {},
): Promise<RunningGateway> {
  const { policy: document = POLICY, dialect, follows, ...options } = changes;
  const policy = loaded(document);
  const newGuard = async () =>
    createGuard({
      policy,
      catalog: await loadCatalog((sql) => database.query(sql)),
      parser,
      ...(dialect === undefined ? {} : { dialect }),
    });
  const gateway = new Gateway({
    guard: await newGuard(),
    verifier: verifierOf(policy),
    upstream: upstreamOf(database),
    listen: { host: '127.0.0.1', port: 0 },
    authentication: LOOPBACK,
    ...(follows === true ? { watch: watchOf(database, newGuard) } : {}),
    ...options,
  });
  await gateway.listen();
  const port = typeof gateway.address === 'string' ? 0 : portOf(gateway);
  return {
    gateway,
    port,
    url: `postgres://app@127.0.0.1:${port}/shop`,
    newGuard,
    stop: () => gateway.close(),
  };
}

function watchOf(database: TestDatabase, load: () => Promise<Guard>): CatalogWatch {
  const fingerprint = async () => (await database.query(catalogFingerprintSql()))[0]?.fingerprint ?? '';
  return { everyMs: 60_000, fingerprint, load };
}

export function portOf(gateway: Gateway): number {
  const address = gateway.address;
  if (typeof address !== 'object' || address === null) throw new Error('the gateway has no port');
  return address.port;
}

/** The database as an upstream. */
export function upstreamOf(database: TestDatabase) {
  if (database.kind === 'pglite')
    return new EmbeddedUpstream((database as PgliteDatabase).pglite, ['public']);
  const server = serverOf(database as PostgresDatabase);
  return isPooled ? new PooledUpstream(server, 10_000) : new ServerUpstream(server, 10_000);
}

/** The way to the server; of TLS to servers of a test's own there are tests by themselves. */
export function serverOf(server: PostgresDatabase): ServerOptions {
  const { user, password, database } = server;
  return { ...server.address(database), user, password, database, searchPath: ['public'] };
}

function loaded(document: unknown): LoadedPolicy {
  const { policy, mistakes } = loadPolicy(document);
  if (policy === undefined) throw new Error(JSON.stringify(mistakes));
  return policy;
}

function verifierOf(policy: LoadedPolicy): TokenVerifier {
  return new TokenVerifier({ policy, keys: { kind: 'secret', secret: TOKEN_SECRET }, now: Date.now });
}
