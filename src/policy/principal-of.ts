import { createHash } from 'node:crypto';
import { assertNever, CordonError, InvariantError, safeName, safeText } from '../errors/index.ts';
import { ANONYMOUS, type ClaimType, type LoadedPolicy, type Role } from './policy.ts';
import type { Principal } from './principal.ts';

/** The claims of a token whose signature, issuer, audience and times are checked already, or those that an application vouches for. */
export type VerifiedClaims = Readonly<Record<string, unknown>>;

/**
 * Who asks, by the claims of a verified token, or by those that an application vouches for; without any, nobody.
 * Throws CORDON_CLAIM_INVALID for a claim that is absent or not of its declared type: never "no filter".
 */
export function principalOf(policy: LoadedPolicy, payload: VerifiedClaims | undefined): Principal {
  if (payload === undefined) return principal(ANONYMOUS, new Map(), undefined);
  const { token, vouched, claims: declared } = policy.identity;
  if (token === undefined && !vouched)
    throw new CordonError('CORDON_TOKEN_INVALID', { reason: safeText('the policy declares no token') });
  const role = roleOf(policy, payload);
  const claims = new Map<string, string>();
  for (const { name, from, type } of declared.values())
    claims.set(name, claimText(payload, name, from, type));
  return principal(role, claims, expiry(payload, token?.clockToleranceSeconds ?? 0));
}

/** A program that logged in with the credential of its service role. */
export function servicePrincipalOf(policy: LoadedPolicy, role: Role): Principal {
  if (!policy.services.has(role)) throw new InvariantError('not a service role');
  return principal(role, new Map(), undefined);
}

function principal(
  role: Role,
  claims: ReadonlyMap<string, string>,
  expiresAtMs: number | undefined,
): Principal {
  const sorted = [...claims].sort(([a], [b]) => (a < b ? -1 : 1));
  const fingerprint = createHash('sha256')
    .update(JSON.stringify([role, sorted]))
    .digest('hex');
  return { role, claims, fingerprint, expiresAtMs };
}

function roleOf(policy: LoadedPolicy, payload: VerifiedClaims): Role {
  const { roleClaim, defaultRole, roles } = policy.identity;
  if (roleClaim === undefined || !Object.hasOwn(payload, roleClaim)) return defaultRole;
  const role = payload[roleClaim];
  const allowed =
    typeof role === 'string' && roles.has(role) && role !== ANONYMOUS && !policy.services.has(role);
  if (!allowed) throw invalid(roleClaim);
  return role;
}

function expiry(payload: VerifiedClaims, toleranceSeconds: number): number | undefined {
  return typeof payload.exp === 'number' ? (payload.exp + toleranceSeconds) * 1000 : undefined;
}

function claimText(payload: VerifiedClaims, name: string, from: string, type: ClaimType): string {
  const value = Object.hasOwn(payload, from) ? payload[from] : undefined;
  const text = canonical(value, type);
  if (text === undefined) throw invalid(name);
  return text;
}

function invalid(name: string): CordonError {
  return new CordonError('CORDON_CLAIM_INVALID', { claim: safeName(name) });
}

/** One spelling for each value; undefined where the value is not of the type. */
function canonical(value: unknown, type: ClaimType): string | undefined {
  switch (type) {
    case 'uuid':
      return typeof value === 'string' && UUID.test(value) ? value.toLowerCase() : undefined;
    case 'int':
      return integerText(value, -(2n ** 31n), 2n ** 31n - 1n);
    case 'bigint':
      return integerText(value, -(2n ** 63n), 2n ** 63n - 1n);
    case 'text':
      return typeof value === 'string' && isPlainText(value) ? value : undefined;
    case 'bool':
      return typeof value === 'boolean' ? String(value) : undefined;
    default:
      return assertNever(type, 'claim type');
  }
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const TEXT_CHARACTERS_MAX = 256;

/** Issuers write numbers as numbers or, as `sub` must be (RFC 7519 §4.1.2), as text: then in the one canonical spelling. */
function integerText(value: unknown, min: bigint, max: bigint): string | undefined {
  const spelled = typeof value === 'string' && /^(?:0|-?[1-9]\d{0,18})$/.test(value);
  if (!spelled && !(typeof value === 'number' && Number.isSafeInteger(value))) return undefined;
  const number = BigInt(value);
  return number >= min && number <= max ? number.toString() : undefined;
}

function isPlainText(value: string): boolean {
  return value.length > 0 && value.length <= TEXT_CHARACTERS_MAX && !/[\p{Cc}\p{Cs}]/u.test(value);
}
