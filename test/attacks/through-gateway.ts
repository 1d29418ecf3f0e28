/** A gateway in front of a world, and the tokens of those who ask. */
import type { AddressInfo } from 'node:net';
import { Gateway, PooledUpstream, ServerUpstream, type Upstream } from '../../src/gateway/index.ts';
import type { Guard } from '../../src/guard/guard.ts';
import { TokenVerifier } from '../../src/guard/identity.ts';
import { type PostgresDatabase, signToken, TOKEN_SECRET } from '../databases/index.ts';
import { type Connection, socketConnection } from '../worlds/connection.ts';
import { PEOPLE } from '../worlds/world.ts';
import type { Person } from './case.ts';

const ISSUED = { iss: 'https://login.shop.test', aud: 'shop' };

export const TOKENS: Readonly<Record<Person, string | undefined>> = {
  alice: signToken({ ...ISSUED, sub: PEOPLE.alice, tenant: 1, region: 'eu-west-1' }),
  bob: signToken({ ...ISSUED, sub: PEOPLE.bob, tenant: 2, region: 'us-east-1' }),
  nobody: undefined,
};

/** A database of a server as an upstream. */
export function serverUpstream(server: PostgresDatabase, database: string): Upstream {
  const options = { ...server.address(database), searchPath: ['public'] };
  // The attacks hold where connections to the database are shared: `CORDON_TEST_POOL=transaction`.
  return process.env.CORDON_TEST_POOL === 'transaction'
    ? new PooledUpstream(options, 10_000)
    : new ServerUpstream(options, 10_000);
}

export async function startGateway(guard: Guard, upstream: Upstream): Promise<Gateway> {
  const verifier = new TokenVerifier({
    policy: guard.policy,
    keys: { kind: 'secret', secret: TOKEN_SECRET },
    now: Date.now,
  });
  const gateway = new Gateway({
    guard,
    verifier,
    upstream,
    listen: { host: '127.0.0.1', port: 0 },
    authentication: {
      users: new Map([['app', { kind: 'trust' }]]),
      others: { kind: 'password', verifier: undefined, tokens: true },
      services: new Map(),
    },
  });
  await gateway.listen();
  return gateway;
}

export async function connectTo(
  gateway: Gateway,
  parameters: Readonly<Record<string, string>> = {},
): Promise<Connection> {
  const { port } = gateway.address as AddressInfo;
  return socketConnection({ host: '127.0.0.1', port, user: 'app', database: 'shop', parameters });
}
