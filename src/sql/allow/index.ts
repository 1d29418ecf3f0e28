export { judgeAdvisoryLock } from './advisory-locks.ts';
export {
  isTotalCastThere,
  isTotalFunctionThere,
  isTotalOperatorThere,
} from './cockroachdb-total.ts';
export { forbiddenReason } from './forbidden.ts';
export { identifiersIn } from './identifiers.ts';
export { type ArgumentTypes, type FunctionJudgement, judgeFunction } from './judge-function.ts';
export { judgeOperator, type OperatorJudgement } from './judge-operator.ts';
export { isNamingType, judgeType, settledType, type TypeJudgement, type TypeSpecial } from './judge-type.ts';
export type { Refusal } from './judgement.ts';
export {
  holdsNumbersOf,
  isKnownRelation,
  judgeObjectLiteral,
  type ObjectLiteral,
  relationNames,
} from './object-literal.ts';
export { judgeSetting, type SettingJudgement, shownSettings } from './settings.ts';
export {
  type FunctionSpecial,
  findObjectArgument,
  fitsCatalogForm,
  type GivenArgument,
  takesArguments,
} from './special-functions.ts';
export { type SystemAccessOptions, systemAccess } from './system-relations.ts';
export {
  comparesTotally,
  isLikeOperator,
  isSafeLikePattern,
  isTotalCast,
  isTotalFunction,
  isTotalOperator,
} from './total.ts';
