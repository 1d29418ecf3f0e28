/** AS OF SYSTEM TIME: reads of the past, where the policy opens them. Rules are those of today; rows and who owned them are not. */
import { CordonError } from '../../errors/index.ts';
import type { Node } from '../tree.ts';
import type { StatementContext } from './context.ts';
import { refuse } from './expression.ts';

/** Functions that give a moment (CockroachDB documentation, AS OF SYSTEM TIME), and how many constants they take. */
const MOMENTS: ReadonlyMap<string, readonly number[]> = new Map([
  ['follower_read_timestamp', [0]],
  ['experimental_follower_read_timestamp', [0]],
  ['with_max_staleness', [1, 2]],
  ['with_min_timestamp', [1, 2]],
]);

/** The moment, if the policy opens the past and it is a constant: one that is computed could tell of rows. */
export function pastMoment(context: StatementContext, moment: Node): Node {
  if (!context.ground.policy.pastReads) throw new CordonError('CORDON_PAST_DENIED');
  return isMoment(moment) ? moment : refuse('AS OF SYSTEM TIME with this expression');
}

function isMoment(node: Node): boolean {
  if (isConstant(node)) return true;
  if (!('FuncCall' in node)) return false;
  const { funcname, args, over, agg_filter, agg_order } = node.FuncCall;
  const [only, ...others] = funcname ?? [];
  const name = only !== undefined && 'String' in only ? (only.String.sval ?? '') : '';
  const plain =
    others.length === 0 && over === undefined && agg_filter === undefined && agg_order === undefined;
  return plain && MOMENTS.get(name)?.includes(args?.length ?? 0) === true && (args ?? []).every(isConstant);
}

/** A literal, also one that is cast or negative. */
function isConstant(node: Node): boolean {
  if ('A_Const' in node) return node.A_Const.isnull !== true;
  if ('TypeCast' in node) return node.TypeCast.arg !== undefined && isConstant(node.TypeCast.arg);
  if (!('A_Expr' in node) || node.A_Expr.lexpr !== undefined || node.A_Expr.rexpr === undefined) return false;
  return node.A_Expr.kind === 'AEXPR_OP' && isConstant(node.A_Expr.rexpr);
}

/** Options of BEGIN and SET TRANSACTION: a moment of the past is judged as in a query. */
export function judgeTransactionOptions(
  context: StatementContext,
  options: readonly Node[] | undefined,
): void {
  for (const option of options ?? []) {
    if (!('DefElem' in option) || option.DefElem.defname !== 'transaction_as_of') continue;
    pastMoment(context, option.DefElem.arg ?? refuse('AS OF SYSTEM TIME without a moment'));
  }
}
