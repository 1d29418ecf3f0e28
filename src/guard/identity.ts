import { createHash, createPublicKey, createSecretKey, type KeyObject } from 'node:crypto';
import {
  createLocalJWKSet,
  errors,
  type JSONWebKeySet,
  type JWTPayload,
  type JWTVerifyGetKey,
  jwtVerify,
} from 'jose';
import { assertNever, CordonError, InvariantError, type Safe, safeText } from '../errors/index.ts';
import { type LoadedPolicy, type Principal, principalOf } from '../policy/index.ts';
import { TOKEN_BYTES_MAX, TOKEN_SHAPE } from './token-shape.ts';

export { splitLeadingComment } from './leading-comment.ts';

/** Where keys come from; a face that fetches a key set over the network gives its resolver. */
export type TokenKeys =
  | { readonly kind: 'jwks'; readonly keys: JSONWebKeySet }
  | { readonly kind: 'public-key'; readonly pem: string }
  | { readonly kind: 'secret'; readonly secret: string }
  | { readonly kind: 'resolver'; readonly getKey: JWTVerifyGetKey };

export interface TokenVerifierOptions {
  readonly policy: LoadedPolicy;
  readonly keys: TokenKeys;
  /** The clock, in milliseconds since 1970. */
  readonly now: () => number;
  readonly cachedTokensMax?: number;
}

/** About 1 KB each. */
const CACHED_TOKENS_MAX = 10_000;
const SECRET_BYTES_MIN = 32; // RFC 7518 §3.2: a key at least as long as the hash that HS256 uses.

/**
 * Turns tokens into principals. A token is verified once and remembered by its hash until it expires; one that expired is
 * refused, remembered or not. A policy has its own verifier, so a new policy starts with nothing remembered.
 */
export class TokenVerifier {
  readonly #policy: LoadedPolicy;
  readonly #token: NonNullable<LoadedPolicy['identity']['token']>;
  readonly #getKey: JWTVerifyGetKey;
  readonly #now: () => number;
  readonly #cachedTokensMax: number;
  /** In order of use, oldest first. */
  readonly #cache = new Map<string, Principal>();

  constructor({ policy, keys, now, cachedTokensMax = CACHED_TOKENS_MAX }: TokenVerifierOptions) {
    const { token } = policy.identity;
    if (token === undefined) throw new InvariantError('a policy without tokens has no verifier');
    checkAlgorithms(token.algorithms, keys);
    this.#policy = policy;
    this.#token = token;
    this.#getKey = keyResolver(keys);
    this.#now = now;
    this.#cachedTokensMax = cachedTokensMax;
  }

  /** Throws CORDON_TOKEN_INVALID or CORDON_CLAIM_INVALID. */
  async verify(token: string): Promise<Principal> {
    if (token.length > TOKEN_BYTES_MAX) throw invalid(safeText('it is longer than 8 KB'));
    const known = this.remembered(token);
    if (known !== undefined) return known;
    const principal = principalOf(this.#policy, await this.#payload(token));
    this.#remember(hashOf(token), principal);
    return principal;
  }

  /** The principal of a token that was verified before and still holds, without waiting. */
  remembered(token: string): Principal | undefined {
    const key = hashOf(token);
    const principal = this.#cache.get(key);
    if (principal === undefined) return undefined;
    if (this.isExpired(principal)) {
      this.#cache.delete(key);
      throw invalid(safeText('it has expired'));
    }
    this.#remember(key, principal);
    return principal;
  }

  isExpired(principal: Principal): boolean {
    return principal.expiresAtMs !== undefined && principal.expiresAtMs <= this.#now();
  }

  #remember(key: string, principal: Principal): void {
    this.#cache.delete(key);
    this.#cache.set(key, principal);
    const [oldest] = this.#cache.keys();
    if (this.#cache.size > this.#cachedTokensMax && oldest !== undefined) this.#cache.delete(oldest);
  }

  async #payload(token: string): Promise<JWTPayload> {
    if (!TOKEN_SHAPE.test(token)) throw invalid(safeText('it is not a signed token'));
    const { issuer, audience, algorithms, clockToleranceSeconds } = this.#token;
    try {
      const { payload } = await jwtVerify(token, this.#getKey, {
        algorithms: [...algorithms],
        ...(issuer === undefined ? {} : { issuer }),
        ...(audience === undefined ? {} : { audience }),
        clockTolerance: clockToleranceSeconds,
        currentDate: new Date(this.#now()),
        requiredClaims: ['exp'],
      });
      return payload;
    } catch (error) {
      // The cause may quote the token, so it is not kept.
      throw invalid(reasonOf(error));
    }
  }
}

function keyResolver(keys: TokenKeys): JWTVerifyGetKey {
  switch (keys.kind) {
    case 'jwks':
      return keySet(keys.keys);
    case 'public-key':
      return fixed(publicKey(keys.pem));
    case 'secret':
      return fixed(secretKey(keys.secret));
    case 'resolver':
      return keys.getKey;
    default:
      return assertNever(keys, 'token keys');
  }
}

function keySet(keys: JSONWebKeySet): JWTVerifyGetKey {
  try {
    return createLocalJWKSet(keys);
  } catch {
    throw keyInvalid(safeText('it is not a JSON Web Key Set'));
  }
}

function fixed(key: KeyObject): JWTVerifyGetKey {
  return () => Promise.resolve(key);
}

function publicKey(pem: string): KeyObject {
  // A private key would be read as its public half; it has no business here.
  if (pem.includes('PRIVATE KEY'))
    throw keyInvalid(safeText('it is a private key, and a public one is expected'));
  try {
    return createPublicKey(pem);
  } catch {
    throw keyInvalid(safeText('it is not a public key that can be read'));
  }
}

function secretKey(secret: string): KeyObject {
  const bytes = Buffer.from(secret);
  if (bytes.length < SECRET_BYTES_MIN) throw keyInvalid(safeText('it is shorter than 32 bytes'));
  return createSecretKey(bytes);
}

/** A public key taken for a shared secret would let anyone sign, so the two never mix. */
function checkAlgorithms(algorithms: readonly string[], keys: TokenKeys): void {
  const secret = keys.kind === 'secret';
  if (algorithms.length === 0 || algorithms.some((algorithm) => algorithm.startsWith('HS') !== secret))
    throw keyInvalid(safeText('it does not fit the algorithms of the policy'));
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('base64');
}

function invalid(reason: Safe): CordonError {
  return new CordonError('CORDON_TOKEN_INVALID', { reason });
}

function keyInvalid(reason: Safe): CordonError {
  return new CordonError('CORDON_KEY_INVALID', { reason });
}

function reasonOf(error: unknown): Safe {
  if (error instanceof errors.JWTExpired) return safeText('it has expired');
  if (error instanceof errors.JWTClaimValidationFailed) return claimReason(error.claim);
  if (error instanceof errors.JOSEAlgNotAllowed) return safeText('its algorithm is not accepted');
  if (error instanceof errors.JWSSignatureVerificationFailed) return safeText('its signature does not hold');
  if (error instanceof errors.JWKSNoMatchingKey) return safeText('no key of the issuer fits it');
  return safeText('it cannot be verified');
}

function claimReason(claim: string): Safe {
  if (claim === 'iss') return safeText('it is of another issuer');
  if (claim === 'aud') return safeText('it is for another audience');
  if (claim === 'nbf') return safeText('it does not hold yet');
  return safeText('a claim of it is missing or wrong');
}
