import type { Role } from './policy.ts';

/** Who asks. Claims are canonical text of their declared types, e.g. a lower-case uuid. */
export interface Principal {
  readonly role: Role;
  readonly claims: ReadonlyMap<string, string>;
  /** Equal exactly for the same caller: compared, never shown. */
  readonly fingerprint: string;
  readonly expiresAtMs: number | undefined;
}
