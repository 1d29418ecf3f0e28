import type { NegotiateProtocolVersion } from '../backend/negotiate-protocol-version.ts';
import type { StartupMessage } from './startup-message.ts';

/** The protocol that a session will speak, and what to tell the client if that is not what it asked for. */
export interface Negotiated {
  /** 3.2 has longer cancel keys and nothing else that is new. */
  readonly minor: 0 | 2;
  readonly answer: NegotiateProtocolVersion | undefined;
}

/**
 * Chooses the newest protocol both sides know: 3.2 for clients that ask for it or for more, else 3.0 (3.1 was never
 * published). Extensions (`_pq_.…`) are all declined.
 */
export function negotiateProtocol(startup: StartupMessage): Negotiated {
  const minor = startup.minor >= 2 ? 2 : 0;
  const unknownOptions = [...startup.protocolOptions.keys()];
  if (minor === startup.minor && unknownOptions.length === 0) return { minor, answer: undefined };
  return { minor, answer: { kind: 'NegotiateProtocolVersion', minor, unknownOptions } };
}
