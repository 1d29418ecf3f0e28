import { CordonError, safeText } from '../errors/index.ts';
import type { Principal } from '../guard/answers.ts';
import type { UnitContext } from './unit.ts';

/** Presents the caller of a token; undefined when the token was known and nothing has to be waited for. */
export function presentToken(unit: UnitContext, token: string): Promise<Principal> | undefined {
  const principal = principalOfToken(unit, token);
  if (principal instanceof Promise) return principal.then((verified) => present(unit, verified));
  present(unit, principal);
  return undefined;
}

/** The caller of a token, verified now or before. */
export function principalOfToken({ gateway }: UnitContext, token: string): Principal | Promise<Principal> {
  const { verifier } = gateway;
  if (verifier === undefined) {
    throw new CordonError('CORDON_TOKEN_INVALID', { reason: safeText('the policy declares no tokens') });
  }
  return verifier.remembered(token) ?? verifier.verify(token);
}

function present(unit: UnitContext, principal: Principal): Principal {
  unit.caller.present(principal);
  return principal;
}
