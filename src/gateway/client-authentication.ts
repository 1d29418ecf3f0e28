/** How clients prove who they are. */
import { CordonError, InvariantError, safeText } from '../errors/index.ts';
import type { Principal } from '../guard/answers.ts';
import {
  type BackendMessage,
  decodeFrontend,
  isPasswordOf,
  mockVerifier,
  ScramServer,
  type ScramVerifier,
} from '../pgwire/index.ts';
import type { Verifier } from './context.ts';

/** What is asked of a user of the gateway. */
export type UserAuthentication =
  /** Nothing: for clients on the same machine alone. */
  | { readonly kind: 'trust' }
  /** A password by SCRAM-SHA-256, which shows it to nobody. */
  | { readonly kind: 'scram'; readonly verifier: ScramVerifier }
  /** A password as it is, under TLS or on the same machine: the configured one, or a token whose caller the connection is for. */
  | { readonly kind: 'password'; readonly verifier: ScramVerifier | undefined; readonly tokens: boolean };

/** Who may connect. */
export interface ClientAuthentication {
  readonly users: ReadonlyMap<string, UserAuthentication>;
  /** Everybody else; undefined: refused as a wrong password is. */
  readonly others: UserAuthentication | undefined;
  /** Service roles by their own credential; the user's name is the role. They are never among the users. */
  readonly services: ReadonlyMap<string, ScramVerifier>;
}

/** What is known of the connection when a user asks to be let in. */
export interface Asking {
  readonly user: string;
  /** Nobody on the way can read what is sent. */
  readonly isPrivate: boolean;
  /** The client is on this machine. */
  readonly isLocal: boolean;
}

export interface AuthenticationOptions {
  readonly configuration: ClientAuthentication;
  readonly verifier: Verifier | undefined;
  /** Random, of this process: salts of users who do not exist are made of it. */
  readonly secret: Buffer;
  /** Random and printable, of this connection. */
  readonly nonce: string;
}

/** What comes of a message of the client. */
export type Step =
  | { readonly kind: 'ask'; readonly message: BackendMessage; readonly awaited: Awaited }
  | {
      readonly kind: 'accepted';
      readonly last: BackendMessage | undefined;
      readonly caller: Principal | undefined;
    };

export type Awaited = 'PasswordMessage' | 'SASLInitialResponse' | 'SASLResponse';

const MECHANISM = 'SCRAM-SHA-256';

/** One client's authentication: `begin`, then `answer` for each message until it is accepted. Errors end the connection. */
export class Authentication {
  readonly #options: AuthenticationOptions;
  readonly #asking: Asking;
  readonly #service: ScramVerifier | undefined;
  readonly #method: UserAuthentication;
  #scram: ScramServer | undefined;
  #awaited: Awaited | undefined;

  constructor(options: AuthenticationOptions, asking: Asking) {
    this.#options = options;
    this.#asking = asking;
    this.#service = options.configuration.services.get(asking.user);
    this.#method = this.#choose();
  }

  begin(): Step {
    const { kind } = this.#method;
    if (kind === 'trust') return { kind: 'accepted', last: undefined, caller: undefined };
    if (kind === 'password') return this.#ask({ kind: 'AuthenticationCleartextPassword' }, 'PasswordMessage');
    return this.#ask({ kind: 'AuthenticationSASL', mechanisms: [MECHANISM] }, 'SASLInitialResponse');
  }

  /** Reads the answer that was awaited. */
  answer(type: number, payload: Buffer): Step | Promise<Step> {
    const message = decodeFrontend(type, payload, this.#awaited);
    switch (message.kind) {
      case 'PasswordMessage':
        return this.#readPassword(message.password);
      case 'SASLInitialResponse':
        if (message.mechanism !== MECHANISM || message.data === null) throw wrong();
        return this.#startScram(message.data);
      case 'SASLResponse':
        return this.#finishScram(message.data);
      default:
        throw wrong();
    }
  }

  // INVARIANT: the name of a service role is never looked up among the users, so nothing weaker than its credential opens it.
  #choose(): UserAuthentication {
    if (this.#service !== undefined) return { kind: 'scram', verifier: this.#service };
    const { configuration, secret } = this.#options;
    const { user, isLocal, isPrivate } = this.#asking;
    const method = configuration.users.get(user) ?? configuration.others;
    if (method === undefined) return { kind: 'scram', verifier: mockVerifier(user, secret) };
    if (method.kind === 'trust' && !isLocal) return { kind: 'scram', verifier: mockVerifier(user, secret) };
    if (method.kind === 'password' && !isPrivate) throw new CordonError('CORDON_TLS_REQUIRED');
    return method;
  }

  #ask(message: BackendMessage, awaited: Awaited): Step {
    this.#awaited = awaited;
    return { kind: 'ask', message, awaited };
  }

  #readPassword(password: string): Step | Promise<Step> {
    if (this.#method.kind !== 'password') throw wrong();
    const { verifier, tokens } = this.#method;
    if (tokens && looksLikeToken(password)) return this.#readToken(password);
    if (verifier === undefined || !isPasswordOf(verifier, password)) throw wrong();
    return { kind: 'accepted', last: undefined, caller: undefined };
  }

  async #readToken(token: string): Promise<Step> {
    const { verifier } = this.#options;
    if (verifier === undefined) {
      throw new CordonError('CORDON_TOKEN_INVALID', { reason: safeText('the policy declares no tokens') });
    }
    return { kind: 'accepted', last: undefined, caller: await verifier.verify(token) };
  }

  #startScram(data: Buffer): Step {
    if (this.#method.kind !== 'scram') throw wrong();
    this.#scram = new ScramServer(this.#method.verifier, this.#options.nonce);
    return this.#ask({ kind: 'AuthenticationSASLContinue', data: this.#scram.first(data) }, 'SASLResponse');
  }

  #finishScram(data: Buffer): Step {
    if (this.#scram === undefined) throw new InvariantError('a SCRAM exchange ended that was not begun');
    const last = { kind: 'AuthenticationSASLFinal', data: this.#scram.final(data) } as const;
    return { kind: 'accepted', last, caller: this.#serviceCaller() };
  }

  #serviceCaller(): Principal | undefined {
    if (this.#service === undefined) return undefined;
    const { user } = this.#asking;
    return { role: user, claims: new Map(), fingerprint: `service:${user}`, expiresAtMs: undefined };
  }
}

// Three parts of base64url: passwords of that form do not exist by accident.
function looksLikeToken(password: string): boolean {
  return /^[\w-]{2,}\.[\w-]{2,}\.[\w-]*$/.test(password);
}

function wrong(): CordonError {
  return new CordonError('CORDON_PASSWORD_INVALID');
}
