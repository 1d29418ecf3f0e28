import { CordonError, InvariantError } from '../../errors/index.ts';
import { scramIterationsMax, scramIterationsMin } from '../limits.ts';
import { malformedFrame } from '../protocol-error.ts';
import { decodeBase64, isNonce, malformedScram, scramAttributes, scramText } from './attributes.ts';
import { type DeriveKeys, deriveScramKeys, hmac, isSameKey, sha256, xor } from './keys.ts';

/** Channel binding is not spoken: the header `n,,`, and its base64 in the final message. */
const GS2_HEADER = 'n,,';
const GS2_HEADER_BASE64 = 'biws';

const ITERATIONS = /^[1-9][0-9]{0,9}$/;

export interface ScramClientOptions {
  readonly password: string;
  /** Random, of printable characters without a comma: 24 characters of base64 do. */
  readonly nonce: string;
  /** Takes part of the cost away where many connections use one password: see `cachedScramKeys`. */
  readonly deriveKeys?: DeriveKeys;
}

/**
 * The client's side of one SCRAM-SHA-256 exchange, toward the database. The database proves itself too: only once
 * `isServerVerified` holds may its AuthenticationOk be believed, or anyone who answers the connection passes for it.
 */
export class ScramClient {
  readonly #password: string;
  readonly #nonce: string;
  readonly #deriveKeys: DeriveKeys;
  #serverSignature: Buffer | undefined;
  #isServerVerified = false;

  constructor(options: ScramClientOptions) {
    if (!isNonce(options.nonce)) throw new InvariantError('the nonce of the SCRAM client is not printable');
    this.#password = options.password;
    this.#nonce = options.nonce;
    this.#deriveKeys = options.deriveKeys ?? deriveScramKeys;
  }

  get isServerVerified(): boolean {
    return this.#isServerVerified;
  }

  /** The user name stays empty, as libpq leaves it: the database takes the one of the StartupMessage. */
  first(): Buffer {
    return Buffer.from(`${GS2_HEADER}${this.#firstBare()}`);
  }

  /** Answers the database's challenge with the proof. */
  final(serverFirst: Buffer): Buffer {
    if (this.#serverSignature !== undefined) throw malformedScram('AuthenticationSASLContinue');
    const text = scramText('AuthenticationSASLContinue', serverFirst);
    const [nonce = '', saltText = '', iterationsText = ''] = scramAttributes(
      'AuthenticationSASLContinue',
      text,
      'rsi',
    );
    const salt = decodeBase64(saltText);
    if (salt === undefined || !this.#isContinued(nonce)) throw malformedScram('AuthenticationSASLContinue');
    const withoutProof = `c=${GS2_HEADER_BASE64},r=${nonce}`;
    const authMessage = `${this.#firstBare()},${text},${withoutProof}`;
    return Buffer.from(`${withoutProof},p=${this.#prove(salt, readIterations(iterationsText), authMessage)}`);
  }

  /** Checks the database's own proof. Throws CORDON_UPSTREAM_UNVERIFIED. */
  verify(serverFinal: Buffer): void {
    const text = scramText('AuthenticationSASLFinal', serverFinal);
    const signature = text.startsWith('v=') ? decodeBase64(text.slice(2)) : undefined;
    const expected = this.#serverSignature;
    if (signature === undefined || expected === undefined || !isSameKey(signature, expected)) {
      throw new CordonError('CORDON_UPSTREAM_UNVERIFIED');
    }
    this.#isServerVerified = true;
  }

  #firstBare(): string {
    return `n=,r=${this.#nonce}`;
  }

  #isContinued(nonce: string): boolean {
    return isNonce(nonce) && nonce.startsWith(this.#nonce) && nonce.length > this.#nonce.length;
  }

  #prove(salt: Buffer, iterations: number, authMessage: string): string {
    const { clientKey, serverKey } = this.#deriveKeys(this.#password, salt, iterations);
    this.#serverSignature = hmac(serverKey, authMessage);
    return xor(clientKey, hmac(sha256(clientKey), authMessage)).toString('base64');
  }
}

/** Too few make a stolen exchange cheap to search, too many keep this process busy. */
function readIterations(text: string): number {
  const iterations = ITERATIONS.test(text) ? Number(text) : 0;
  if (iterations < scramIterationsMin || iterations > scramIterationsMax) {
    throw malformedFrame('AuthenticationSASLContinue', 'a value is out of range');
  }
  return iterations;
}
