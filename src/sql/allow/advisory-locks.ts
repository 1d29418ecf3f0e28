import type { Catalog } from '../../catalog/index.ts';
import { functionsCalled } from './catalog-index.ts';
import type { FunctionJudgement } from './judge-function.ts';

/** A lock that everybody shares tells one caller of another, so these are for who owns the schema: tools for migrations take them. */
const ADVISORY_LOCK = /^pg_(try_)?advisory_(xact_)?lock(_shared)?$|^pg_advisory_unlock(_shared)?$/;

/** Whether a name is that of a function on advisory locks; undefined if it is not. */
export function judgeAdvisoryLock(
  catalog: Catalog,
  schema: string | undefined,
  name: string,
): FunctionJudgement | undefined {
  if (!ADVISORY_LOCK.test(name) || (schema !== undefined && schema !== 'pg_catalog')) return undefined;
  const overloads = functionsCalled(catalog, name).filter((entry) => entry.schema === 'pg_catalog');
  return { allowed: true, schema: 'pg_catalog', kind: 'function', overloads };
}
