/** How clients of the gateway log in: by nothing on the same machine, by a password, by a token, or as a service. */
import { randomBytes } from 'node:crypto';
import { CordonError, type Safe, safeText } from '../errors/index.ts';
import type { ClientAuthentication, UserAuthentication } from '../gateway/index.ts';
import { findVerifier, makeVerifier, type ScramVerifier } from '../pgwire/index.ts';
import type { LoadedPolicy, ServicePolicy } from '../policy/index.ts';
import type { Terminal } from './terminal.ts';

/** The user whose password is a token: a connection that belongs to one caller. */
export const TOKEN_USER = 'token';

const SALT_BYTES = 16; // RFC 5802 leaves it open; PostgreSQL uses 16 (SCRAM_DEFAULT_SALT_LEN).

/** Reads what is asked of clients; `method` is `trust`, `scram` or `password`, undefined what fits the environment. */
export function readClientLogin(
  terminal: Terminal,
  policy: LoadedPolicy,
  method: string | undefined,
): ClientAuthentication {
  const password = terminal.environment.CORDON_CLIENT_PASSWORD;
  const chosen = method ?? (password === undefined ? 'trust' : 'scram');
  const token: UserAuthentication = { kind: 'password', verifier: undefined, tokens: true };
  return {
    users: new Map(policy.identity.token === undefined ? [] : [[TOKEN_USER, token]]),
    others: othersBy(chosen, password),
    services: readServices(terminal, policy),
  };
}

function othersBy(method: string, password: string | undefined): UserAuthentication {
  if (method === 'trust') return { kind: 'trust' };
  if (method !== 'scram' && method !== 'password')
    throw usage(safeText('clients log in by one of trust, scram, password'));
  if (password === undefined)
    throw usage(safeText('clients shall give a password, and `CORDON_CLIENT_PASSWORD` is not set'));
  const verifier = verifierOf(password);
  return method === 'scram' ? { kind: 'scram', verifier } : { kind: 'password', verifier, tokens: true };
}

function readServices(terminal: Terminal, policy: LoadedPolicy): ReadonlyMap<string, ScramVerifier> {
  const services = new Map<string, ScramVerifier>();
  for (const service of policy.services.values()) {
    const verifier = serviceVerifier(terminal, service);
    // A service without a credential must not fall back to what others log in by.
    services.set(service.role, verifier ?? verifierOf(randomBytes(32).toString('base64')));
  }
  return services;
}

function serviceVerifier(terminal: Terminal, { role, credential }: ServicePolicy): ScramVerifier | undefined {
  if (credential === undefined) return undefined;
  if (credential.kind === 'scram') return findVerifier(credential.verifier);
  const password = terminal.environment[credential.variable];
  if (password !== undefined && password !== '') return verifierOf(password);
  terminal.complain(`warning: service ${role} cannot log in`);
  terminal.complain(`set its password in the environment variable ${credential.variable}`);
  return undefined;
}

function verifierOf(password: string): ScramVerifier {
  return makeVerifier(password, randomBytes(SALT_BYTES));
}

function usage(reason: Safe): CordonError {
  return new CordonError('CORDON_USAGE', { reason });
}
