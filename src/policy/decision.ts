import type { CordonError } from '../errors/index.ts';
import type { Reason } from './access.ts';
import type { Role } from './policy.ts';

/** A judgement with its reasons: feeds the error, `explain`, the audit record and the console. */
export type Decision =
  | { readonly outcome: 'allow'; readonly role: Role; readonly reasons: readonly Reason[] }
  | {
      readonly outcome: 'deny';
      readonly role: Role;
      readonly reasons: readonly Reason[];
      readonly error: CordonError;
    };
