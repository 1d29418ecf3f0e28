import { type Facts, type Safe, safeName } from '../errors/index.ts';
import { type PolicyDocument, SIGNATURE_ALGORITHMS } from './document.ts';
import { type MistakeCode, say } from './mistake.ts';
import type { Path } from './origin.ts';
import { ANONYMOUS, type ClaimPolicy, type IdentityPolicy, type Role } from './policy.ts';

type Wrong = (code: MistakeCode, path: Path, facts: Facts) => void;
type TokenDocument = NonNullable<NonNullable<PolicyDocument['identity']>['token']>;

const PUBLIC_KEY_ALGORITHMS = ['RS256', 'PS256', 'ES256', 'ES384', 'EdDSA'];
const SECRET_ALGORITHMS = ['HS256'];
const CLOCK_TOLERANCE_SECONDS = 5;
const DEFAULT_ROLE = 'member';

/** Reads who may ask and how they prove it; `services` are roles that no token may carry. */
export function loadIdentity(
  document: PolicyDocument,
  services: ReadonlySet<Role>,
  wrong: Wrong,
): IdentityPolicy {
  const { token, vouched = false, claims = {}, roles = {} } = document.identity ?? {};
  if (token !== undefined) checkToken(token, wrong);
  if (token !== undefined && vouched) refuseBoth(wrong);
  checkRoleNames(roles, services, wrong);
  return {
    token: token === undefined ? undefined : loadToken(token),
    vouched,
    claims: loadClaims(claims, wrong),
    roleClaim: roles.from,
    defaultRole: roles.default ?? DEFAULT_ROLE,
    roles: token === undefined && !vouched ? new Set() : carriedRoles(document, services),
  };
}

function loadToken(token: TokenDocument): IdentityPolicy['token'] {
  return {
    issuer: token.issuer,
    audience: token.audience,
    algorithms:
      token.algorithms ?? (token.secretEnv === undefined ? PUBLIC_KEY_ALGORITHMS : SECRET_ALGORITHMS),
    jwks: token.jwks,
    publicKeyFile: token.publicKey,
    secretEnv: token.secretEnv,
    clockToleranceSeconds: token.clockToleranceSeconds ?? CLOCK_TOLERANCE_SECONDS,
  };
}

/** A token that is declared is to be checked. */
function refuseBoth(wrong: Wrong): void {
  wrong('WRONG_VALUE', ['identity', 'vouched'], {
    where: say`\`vouched\``,
    what: say`stands beside \`token\``,
    fix: say`give one of the two`,
  });
}

function checkToken(token: TokenDocument, wrong: Wrong): void {
  const path = ['identity', 'token'];
  const value = (at: Path, what: Safe, fix: Safe) =>
    wrong('WRONG_VALUE', at, { where: say`\`${safeName(String(at.at(-1)))}\``, what, fix });
  const keys = [token.jwks, token.publicKey, token.secretEnv].filter((key) => key !== undefined);
  if (keys.length !== 1)
    value(
      path,
      say`has not exactly one source of keys`,
      say`give one of \`jwks\`, \`publicKey\` and \`secretEnv\``,
    );
  if (token.jwks !== undefined) checkJwks(token, value);
  const allowed: readonly string[] =
    token.secretEnv === undefined ? SIGNATURE_ALGORITHMS : ['HS256', 'HS384', 'HS512'];
  token.algorithms?.forEach((algorithm, index) => {
    if (!allowed.includes(algorithm))
      value(
        [...path, 'algorithms', index],
        say`does not fit the kind of key`,
        say`use HS* with \`secretEnv\` and the others with \`jwks\` or \`publicKey\``,
      );
  });
}

function checkJwks(token: TokenDocument, value: (at: Path, what: Safe, fix: Safe) => void): void {
  const path = ['identity', 'token'];
  if (/^http:/i.test(token.jwks ?? '') && !isLoopback(token.jwks ?? ''))
    value([...path, 'jwks'], say`is fetched without TLS`, say`use an \`https:\` address, or a file`);
  for (const key of ['issuer', 'audience'] as const)
    if (token[key] === undefined)
      value(
        [...path, 'jwks'],
        say`is given without \`${safeName(key)}\``,
        say`name the \`${safeName(key)}\`, since the same keys sign tokens of others`,
      );
}

function isLoopback(address: string): boolean {
  return URL.canParse(address) && /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(new URL(address).hostname);
}

function loadClaims(
  given: NonNullable<NonNullable<PolicyDocument['identity']>['claims']>,
  wrong: Wrong,
): ReadonlyMap<string, ClaimPolicy> {
  const claims = new Map<string, ClaimPolicy>();
  for (const [name, { from, type }] of Object.entries(given)) {
    if (!/^[\p{L}_][\p{L}\p{N}_]*$/u.test(name))
      wrong('NAME_INVALID', ['identity', 'claims', name], {
        name: safeName(name),
        fix: say`use letters, digits and \`_\``,
      });
    claims.set(name, { name, from, type });
  }
  return claims;
}

function checkRoleNames(
  roles: NonNullable<NonNullable<PolicyDocument['identity']>['roles']>,
  services: ReadonlySet<Role>,
  wrong: Wrong,
): void {
  const check = (role: Role, path: Path) => {
    if (role !== ANONYMOUS && !services.has(role)) return;
    wrong('ROLE_RESERVED', path, {
      role: safeName(role),
      as: say`a role of tokens: it is ${role === ANONYMOUS ? say`the caller without one` : say`a service`}`,
    });
  };
  check(roles.default ?? DEFAULT_ROLE, ['identity', 'roles', 'default']);
  for (const [index, role] of roles.names?.entries() ?? [])
    check(role, ['identity', 'roles', 'names', index]);
}

/** Roles that a token may carry: those listed, or those that rules name, without services and `anonymous`. */
function carriedRoles(document: PolicyDocument, services: ReadonlySet<Role>): ReadonlySet<Role> {
  const { from, default: defaultRole = DEFAULT_ROLE, names } = document.identity?.roles ?? {};
  const roles = new Set([defaultRole]);
  if (from === undefined) return roles;
  const rules = Object.values(document.relations ?? {}).flatMap((relation) => relation.rules);
  for (const role of names ?? rules.flatMap((rule) => rule.for))
    if (role !== ANONYMOUS && !services.has(role)) roles.add(role);
  return roles;
}
