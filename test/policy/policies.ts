import { type LoadedPolicy, loadPolicy, type RelationDocument } from '../../src/policy/index.ts';

/** Loads a policy that must have no mistakes. */
export function load(source: unknown): LoadedPolicy {
  const loaded = loadPolicy(source);
  if (loaded.policy === undefined) throw new Error(JSON.stringify(loaded.mistakes, null, 1));
  return loaded.policy;
}

/** A policy with these relations, and an identity that the rules of tests use. */
export function policyWith(
  relations: Readonly<Record<string, RelationDocument>>,
  rest: Readonly<Record<string, unknown>> = {},
): unknown {
  return {
    version: 1,
    identity: {
      token: { issuer: 'shop', audience: 'cordon', secretEnv: 'CORDON_TOKEN_SECRET' },
      claims: {
        user: { from: 'sub', type: 'uuid' },
        tenant: { from: 'tenant', type: 'int' },
        big: { from: 'big', type: 'bigint' },
        plan: { from: 'plan', type: 'text' },
        staff: { from: 'staff', type: 'bool' },
      },
      roles: { from: 'role', default: 'member', names: ['member', 'support'] },
    },
    relations,
    ...rest,
  };
}
