import { catalogFingerprintSql, type Dialect } from '../catalog/index.ts';
import { CordonError, safeName } from '../errors/index.ts';
import {
  type CatalogWatch,
  Gateway,
  type GatewayOptions,
  type ListenAddress,
  type Log,
  type Upstream,
  type Verifier,
} from '../gateway/index.ts';
import { createGuard, type Guard, type GuardOptions } from '../guard/guard.ts';
import { TokenVerifier } from '../guard/identity.ts';
import type { LoadedPolicy } from '../policy/index.ts';
import { createParser, type Parser } from '../sql/parse/index.ts';
import { readCatalog } from './catalog.ts';
import { readClientLogin } from './client-login.ts';
import type { Database } from './database.ts';
import { systemReason } from './failure.ts';
import type { Terminal } from './terminal.ts';
import { tokenKeys } from './token-keys.ts';

/** Between a change of the database and a guard that knows it, statements are judged by the old catalog for at most this long. */
const WATCH_EVERY_MS = 5_000;

/** What `serve` and `demo` give to run a gateway. */
export interface GatewaySetting {
  readonly policy: LoadedPolicy;
  readonly policyFile: string;
  /** The database, for the catalog. */
  readonly control: Database;
  /** The database, for clients. */
  readonly upstream: Upstream;
  readonly listen: ListenAddress;
  readonly database: string;
  readonly log: Log;
  readonly clientAuth: string | undefined;
  /** What clients write; undefined: what the database speaks. */
  readonly dialect?: Dialect;
  readonly more: Pick<GatewayOptions, 'tls' | 'monitor'>;
}

/** Starts a gateway; it listens when this resolves. */
export async function startGateway(terminal: Terminal, setting: GatewaySetting): Promise<Gateway> {
  const guards = new Guards(setting, await createParser());
  const guard = await guards.first();
  const gateway = new Gateway({
    guard,
    serverDialect: guard.catalog.dialect,
    verifier: await readVerifier(terminal, setting),
    upstream: setting.upstream,
    listen: setting.listen,
    authentication: readClientLogin(terminal, setting.policy, setting.clientAuth),
    database: setting.database,
    searchPath: setting.policy.schemas,
    log: setting.log,
    watch: guards.watch(),
    ...setting.more,
  });
  gateway.metrics.observeGuard(() => guards.statistics);
  await listen(gateway, setting.listen);
  return gateway;
}

/** Makes a guard for the catalog as it is now, each time anew. */
class Guards {
  readonly #policy: LoadedPolicy;
  readonly #control: Database;
  readonly #dialect: Pick<GuardOptions, 'dialect'>;
  readonly #parser: Parser;
  #latest: Guard | undefined;
  #begun: string | undefined;

  constructor({ policy, control, dialect }: GatewaySetting, parser: Parser) {
    this.#policy = policy;
    this.#control = control;
    this.#dialect = dialect === undefined ? {} : { dialect };
    this.#parser = parser;
  }

  get statistics(): { readonly cacheHits: number; readonly cacheMisses: number } {
    const { hits = 0, misses = 0 } = this.#latest?.templateCounts ?? {};
    return { cacheHits: hits, cacheMisses: misses };
  }

  /** The guard that the gateway begins with. */
  async first(): Promise<Guard> {
    this.#begun = await this.#fingerprint();
    return this.#load();
  }

  watch(): CatalogWatch {
    return {
      everyMs: WATCH_EVERY_MS,
      // Told first: what was seen before the first catalog was read, so that a change since then is noticed.
      fingerprint: async () => {
        const begun = this.#begun;
        this.#begun = undefined;
        return begun ?? this.#fingerprint();
      },
      load: () => this.#load(),
    };
  }

  async #load(): Promise<Guard> {
    const catalog = await readCatalog(this.#control, this.#policy.schemas);
    this.#latest = createGuard({ policy: this.#policy, catalog, parser: this.#parser, ...this.#dialect });
    return this.#latest;
  }

  async #fingerprint(): Promise<string> {
    const { rows } = await this.#control.ask(catalogFingerprintSql(this.#latest?.catalog.dialect));
    return rows[0]?.[0] ?? '';
  }
}

async function readVerifier(terminal: Terminal, setting: GatewaySetting): Promise<Verifier | undefined> {
  const { policy, policyFile } = setting;
  const { token, vouched } = policy.identity;
  if (vouched) throw new CordonError('CORDON_POLICY_VOUCHED');
  if (token === undefined) return undefined;
  const keys = await tokenKeys(token, policyFile, terminal.environment);
  return new TokenVerifier({ policy, keys, now: () => terminal.now() });
}

async function listen(gateway: Gateway, address: ListenAddress): Promise<void> {
  try {
    await gateway.listen();
  } catch (cause) {
    if (cause instanceof CordonError) throw cause;
    const shown = 'path' in address ? address.path : `${address.host}:${address.port}`;
    throw new CordonError(
      'CORDON_LISTEN_FAILED',
      { address: safeName(shown), reason: systemReason(cause) },
      { cause },
    );
  }
}

/** `127.0.0.1:26258`, or the path of the socket. */
export function listeningAt(gateway: Gateway): string {
  const { address } = gateway;
  if (address === null) return '';
  if (typeof address === 'string') return address;
  const host = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  return `${host}:${address.port}`;
}
