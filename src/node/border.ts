/** The guard in force, and who may pass it: what all clients and pools of one wrapped pool share. */
import type { CatalogQuery } from '../catalog/index.ts';
import { CordonError, safeText } from '../errors/index.ts';
import { nobody, type Principal } from '../guard/answers.ts';
import { assertFresh } from '../guard/freshness.ts';
import type { Guard, GuardSession } from '../guard/guard.ts';
import { splitLeadingComment, type TokenVerifier } from '../guard/identity.ts';
import {
  type Decision,
  type LoadedPolicy,
  principalOf,
  servicePrincipalOf,
  type VerifiedClaims,
} from '../policy/index.ts';
import type { CatalogWatch } from './catalog-watch.ts';
import { isShared, type Plan, planOf } from './plan.ts';
import { PlanCache } from './plan-cache.ts';
import { VerifiedCaller } from './verified-caller.ts';

/** Who asks, told at the moment of a query. */
export type Speaker = () => Principal | Promise<Principal>;

export class Border {
  readonly policy: LoadedPolicy;
  readonly #watch: CatalogWatch;
  readonly #verifier: () => Promise<TokenVerifier>;
  readonly #onDecision: (decision: Decision) => void;
  #keys: TokenVerifier | undefined;
  #plans = new PlanCache();
  #plansVersion = 0;

  constructor(
    policy: LoadedPolicy,
    watch: CatalogWatch,
    verifier: () => Promise<TokenVerifier>,
    onDecision: (decision: Decision) => void,
  ) {
    this.policy = policy;
    this.#watch = watch;
    this.#verifier = verifier;
    this.#onDecision = onDecision;
  }

  /** To be waited for before a statement is judged. */
  get reading(): Promise<void> | undefined {
    return this.#watch.reading;
  }

  get version(): number {
    return this.#watch.version;
  }

  /** Throws CORDON_CATALOG_STALE while no guard is in force. */
  get guard(): Guard {
    const { guard } = this.#watch;
    if (guard === undefined) throw new CordonError('CORDON_CATALOG_STALE');
    return guard;
  }

  #assertInForce(): void {
    if (this.#watch.guard === undefined) throw new CordonError('CORDON_CATALOG_STALE');
  }

  /** A statement of a service changed the catalog, over this connection. */
  schemaChanged(query: CatalogQuery): Promise<void> {
    return this.#watch.follow(query);
  }

  /** Judges a text; what holds for every connection of the role is kept. Throws what the guard refuses with. */
  plan(
    text: string,
    parameterTypes: readonly number[],
    principal: Principal,
    session: () => GuardSession,
  ): Plan {
    this.#assertInForce();
    if (this.#plansVersion !== this.version) this.#plans = new PlanCache();
    this.#plansVersion = this.version;
    const key = parameterTypes.length === 0 ? text : `${parameterTypes.join()}\u0000${text}`;
    const known = this.#plans.find(principal.role, key);
    const plan = known ?? this.#judge(text, parameterTypes, principal, session(), key);
    plan.uses += 1;
    if (known !== undefined) for (const { decision } of known.statements) this.#onDecision(decision);
    // A caller whose token ran out may still end the transaction.
    if (plan.statements.some(({ effect }) => effect.kind !== 'end')) assertFresh(principal, Date.now());
    return plan;
  }

  #judge(
    text: string,
    parameterTypes: readonly number[],
    principal: Principal,
    session: GuardSession,
    key: string,
  ): Plan {
    // A token in front of a text is for the gateway; here the caller is named outside of SQL, and by nothing inside of it.
    if (splitLeadingComment(text).token !== undefined) throw tokenInText();
    const judged =
      parameterTypes.length === 0
        ? session.judgeQuery(text, principal)
        : session.judgeStatement(text, principal, parameterTypes);
    if (judged.kind === 'denied') throw judged.error;
    if (judged.statements.some(({ effect }) => effect.kind === 'set-token')) throw tokenInText();
    const plan = planOf(judged.statements);
    if (isShared(plan)) this.#plans.keep(principal.role, key, plan);
    return plan;
  }

  /** The caller of verified claims, or one that was verified before. */
  principal(caller: VerifiedCaller | VerifiedClaims | undefined): Principal {
    if (caller === undefined) return nobody;
    const verified = VerifiedCaller.principalOf(caller);
    if (verified !== undefined) return verified;
    if (typeof caller !== 'object' || caller === null || Array.isArray(caller))
      throw new CordonError('CORDON_CLAIMS_MALFORMED', { reason: safeText('they are not an object') });
    return principalOf(this.policy, caller as VerifiedClaims);
  }

  service(role: string): Principal {
    if (this.policy.services.has(role)) return servicePrincipalOf(this.policy, role);
    throw new CordonError('CORDON_CLAIMS_MALFORMED', {
      reason: safeText('the policy has no service of this name'),
    });
  }

  /** The caller of a token; at once where it was verified before. */
  ofToken(token: string): Principal | Promise<Principal> {
    return this.#keys?.remembered(token) ?? this.#verify(token);
  }

  async #verify(token: string): Promise<Principal> {
    this.#keys ??= await this.#verifier();
    return this.#keys.remembered(token) ?? this.#keys.verify(token);
  }
}

function tokenInText(): CordonError {
  return new CordonError('CORDON_UNSUPPORTED', { construct: safeText('a token in SQL, in process,') });
}
