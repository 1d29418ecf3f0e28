/** Connections, TLS, statements and portals, cancel: an unmodified client talks to the database through the guard. */
export type { CatalogWatch } from './catalog-watcher.ts';
export type { ClientAuthentication, UserAuthentication } from './client-authentication.ts';
export type { Guard, GuardSession, Verifier } from './context.ts';
export { Gateway, type GatewayOptions, type ListenAddress, type ServerCertificate } from './gateway.ts';
export { defaultLimits, type GatewayLimits } from './limits.ts';
export { type Log, type LogFields, silentLog } from './log.ts';
export { GatewayMetrics, type GuardStatistics } from './metrics.ts';
export type { ServerAddress } from './upstream/connect.ts';
export { type ControlAnswer, ControlConnection } from './upstream/control-connection.ts';
export { type EmbeddedDatabase, EmbeddedUpstream } from './upstream/embedded.ts';
export { PooledUpstream, type PoolOptions } from './upstream/pooled.ts';
export { ServerUpstream } from './upstream/server.ts';
export {
  type ServerOptions,
  type ServerTls,
  type ServerTlsMode,
  tlsWeakness,
} from './upstream/server-options.ts';
export type {
  LinkEvents,
  PoolStatistics,
  SessionSettings,
  Upstream,
  UpstreamLink,
} from './upstream/upstream.ts';
