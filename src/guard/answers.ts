/** What faces need of the core beside statements: who asks, and errors and notices made safe. */
import { ANONYMOUS, type Principal } from '../policy/index.ts';

export type { Dialect } from '../catalog/index.ts';
export { ANONYMOUS, type Principal } from '../policy/index.ts';
export {
  type SafeError,
  type SafeNotice,
  scrubDatabaseError,
  scrubNotice,
  textOfSqlstate,
} from '../redact/index.ts';

/** The caller of a connection on which nobody was presented. */
export const nobody: Principal = {
  role: ANONYMOUS,
  claims: new Map(),
  fingerprint: ANONYMOUS,
  expiresAtMs: undefined,
};
