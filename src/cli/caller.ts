import { CordonError, safeJoin, safeName, safeText } from '../errors/index.ts';
import { type LoadedPolicy, type Principal, principalOf, servicePrincipalOf } from '../policy/index.ts';
import { isClaims, readClaims } from './claims.ts';

const SERVICE = 'service:';

/**
 * Whom `explain` asks for: claims as an object or as JSON, somebody of the demo, `anonymous`, or `service:NAME`.
 * No token can carry the role of a service, so it is named in another way.
 */
export async function readCaller(policy: LoadedPolicy, as: unknown): Promise<Principal> {
  if (isClaims(as)) return principalOf(policy, as);
  if (typeof as !== 'string') throw malformed();
  if (as.startsWith(SERVICE)) return readService(policy, as.slice(SERVICE.length));
  return principalOf(policy, await readClaims(as));
}

function readService(policy: LoadedPolicy, name: string): Principal {
  if (policy.services.has(name)) return servicePrincipalOf(policy, name);
  const reason = safeJoin([safeText('the policy has no service called'), safeName(name)], ' ');
  throw new CordonError('CORDON_CLAIMS_MALFORMED', { reason });
}

function malformed(): CordonError {
  return new CordonError('CORDON_CLAIMS_MALFORMED', {
    reason: safeText('they are neither a name nor an object'),
  });
}
