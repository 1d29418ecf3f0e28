import { CordonError, InvariantError } from '../../errors/index.ts';
import { decodeBase64, isNonce, malformedScram, scramAttributes, scramText } from './attributes.ts';
import { hmac, isSameKey, KEY_BYTES, sha256, xor } from './keys.ts';
import type { ScramVerifier } from './verifier.ts';

/** `n` or `y`, no authorization identity. */
const GS2_HEADER = /^([ny]),,/;

/**
 * The server's side of one SCRAM-SHA-256 exchange (RFC 5802, 7677), without channel binding: a client that insists on it
 * (`p=…`) or asks to act as somebody else is refused, one that would have liked it (`y`) is right that it was not offered.
 *
 * The user name inside is ignored, as in PostgreSQL: the one of the StartupMessage counts. For an unknown user pass
 * `mockVerifier`, so that the exchange takes its course and fails at its end as for a wrong password.
 */
export class ScramServer {
  readonly #verifier: ScramVerifier;
  readonly #nonce: string;
  #header = '';
  #clientFirstBare = '';
  #serverFirst = '';
  #fullNonce = '';

  /** `nonce` is random, of printable characters without a comma: 24 characters of base64 do. */
  constructor(verifier: ScramVerifier, nonce: string) {
    if (!isNonce(nonce)) throw new InvariantError('the nonce of the SCRAM server is not printable');
    this.#verifier = verifier;
    this.#nonce = nonce;
  }

  /** Reads the client's first message and answers with the server's. */
  first(clientFirst: Buffer): Buffer {
    const text = scramText('SASLInitialResponse', clientFirst);
    const header = GS2_HEADER.exec(text)?.[0];
    if (header === undefined || this.#header !== '') throw malformedScram('SASLInitialResponse');
    this.#header = header;
    this.#clientFirstBare = text.slice(header.length);
    const [, clientNonce = ''] = scramAttributes('SASLInitialResponse', this.#clientFirstBare, 'nr');
    if (!isNonce(clientNonce)) throw malformedScram('SASLInitialResponse');
    this.#fullNonce = clientNonce + this.#nonce;
    const { salt, iterations } = this.#verifier;
    this.#serverFirst = `r=${this.#fullNonce},s=${salt.toString('base64')},i=${iterations}`;
    return Buffer.from(this.#serverFirst);
  }

  /** Reads the client's proof and answers with the server's. Throws CORDON_PASSWORD_INVALID. */
  final(clientFinal: Buffer): Buffer {
    const text = scramText('SASLResponse', clientFinal);
    const proofAt = text.lastIndexOf(',p=');
    const withoutProof = text.slice(0, proofAt);
    const proof = decodeBase64(text.slice(proofAt + 3));
    if (this.#serverFirst === '' || proofAt === -1 || proof?.length !== KEY_BYTES)
      throw malformedScram('SASLResponse');
    const [binding = '', nonce = ''] = scramAttributes('SASLResponse', withoutProof, 'cr');
    const header = decodeBase64(binding)?.toString('utf8');
    if (header !== this.#header || nonce !== this.#fullNonce) throw malformedScram('SASLResponse');
    return this.#judge(proof, `${this.#clientFirstBare},${this.#serverFirst},${withoutProof}`);
  }

  #judge(proof: Buffer, authMessage: string): Buffer {
    const { storedKey, serverKey } = this.#verifier;
    const clientKey = xor(proof, hmac(storedKey, authMessage));
    if (!isSameKey(sha256(clientKey), storedKey)) throw new CordonError('CORDON_PASSWORD_INVALID');
    return Buffer.from(`v=${hmac(serverKey, authMessage).toString('base64')}`);
  }
}
