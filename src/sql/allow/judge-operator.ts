import type { Catalog, OperatorEntry } from '../../catalog/index.ts';
import type { PolicyAllowance } from '../../policy/index.ts';
import { findBuiltinName } from './builtin-types.ts';
import { operatorsCalled } from './catalog-index.ts';
import { isReviewedExtension } from './extensions.ts';
import { listsName, type Refusal, schemasFor } from './judgement.ts';
import { findReviewedOperator } from './operators.ts';

export type OperatorJudgement =
  | { readonly allowed: false; readonly reason: Refusal }
  | {
      readonly allowed: true;
      /**
       * The schema to print. undefined: print the plain name, which the database resolves along the pinned search path among
       * `overloads`, all of them reviewed or allowed.
       */
      readonly schema: string | undefined;
      readonly overloads: readonly OperatorEntry[];
    };

/** Whether an operator's name may be used, and which operators it can mean. */
export function judgeOperator(
  catalog: Catalog,
  allow: PolicyAllowance,
  schema: string | undefined,
  name: string,
): OperatorJudgement {
  const schemas = schemasFor(catalog.searchPath, schema);
  const overloads = operatorsCalled(catalog, name).filter((entry) => schemas.includes(entry.schema));
  if (overloads.length === 0) return { allowed: false, reason: 'not-listed' };
  for (const entry of overloads) {
    const reason = refusalOf(allow, entry);
    if (reason !== undefined) return { allowed: false, reason };
  }
  const [only, ...others] = new Set(overloads.map((entry) => entry.schema));
  return { allowed: true, schema: others.length === 0 ? only : undefined, overloads };
}

function refusalOf(allow: PolicyAllowance, entry: OperatorEntry): Refusal | undefined {
  if (listsName(allow.operators, entry.schema, entry.name)) return undefined;
  if (entry.extension !== undefined) return isReviewedExtension(entry.extension) ? undefined : 'not-listed';
  if (entry.schema !== 'pg_catalog') return 'namesake';
  return isReviewedSignature(entry) ? undefined : 'unreviewed-overload';
}

function isReviewedSignature(entry: OperatorEntry): boolean {
  const left = entry.left === undefined ? '' : findBuiltinName(entry.left);
  const right = findBuiltinName(entry.right);
  return findReviewedOperator(entry.name)?.has(`${left},${right}`) ?? false;
}
