/** One statement of a client: its class is named here, or it is refused. */
import { CordonError, safeName } from '../../errors/index.ts';
import { Scope } from '../resolve/scope.ts';
import type { DeclareCursorStmt, ExplainStmt, Node, SelectStmt } from '../tree.ts';
import { allowedType } from './cast.ts';
import type { StatementContext } from './context.ts';
import { rewriteCopy } from './copy.ts';
import { rewriteDelete } from './delete.ts';
import { refuse, rewriteAll, tagOf } from './expression.ts';
import { rewriteInsert } from './insert.ts';
import { findLookup } from './lookup.ts';
import { settleMemberships } from './membership.ts';
import { pastMoment } from './past.ts';
import { rewriteQuery } from './query.ts';
import { type Effect, type Rewritten, type StatementKind, statementOf } from './rewritten.ts';
import { rewriteDiscard, rewriteSet, rewriteShow } from './setting.ts';
import { rewriteTransaction } from './transaction.ts';
import { rewriteUpdate, type Write } from './update.ts';

export function rewriteStatement(context: StatementContext, node: Node): Rewritten {
  context.statement ??= node;
  const rewritten = rewriteClass(context, node);
  settleMemberships(context);
  return rewritten;
}

function rewriteClass(context: StatementContext, node: Node): Rewritten {
  if ('SelectStmt' in node)
    return statementOf('select', { SelectStmt: rewriteTopSelect(context, node.SelectStmt) });
  if ('InsertStmt' in node) return ofWrite('insert', rewriteInsert(context, undefined, node.InsertStmt));
  if ('UpdateStmt' in node) return ofWrite('update', rewriteUpdate(context, undefined, node.UpdateStmt));
  if ('DeleteStmt' in node) return ofWrite('delete', rewriteDelete(context, undefined, node.DeleteStmt));
  if ('TransactionStmt' in node) return rewriteTransaction(context, node.TransactionStmt);
  if ('VariableSetStmt' in node) return rewriteSet(context, node.VariableSetStmt);
  if ('VariableShowStmt' in node) return rewriteShow(context, node.VariableShowStmt);
  if ('CopyStmt' in node) return rewriteCopy(context, node.CopyStmt);
  if ('DeclareCursorStmt' in node) return declareCursor(context, node.DeclareCursorStmt);
  if ('FetchStmt' in node) return statementOf('cursor', node, { effect: { kind: 'fetch' } });
  if ('ClosePortalStmt' in node) return statementOf('cursor', node, { effect: { kind: 'close' } });
  if ('PrepareStmt' in node || 'ExecuteStmt' in node || 'DeallocateStmt' in node)
    return rewritePrepared(context, node);
  if ('ExplainStmt' in node) return explain(context, node.ExplainStmt);
  if ('DiscardStmt' in node) return rewriteDiscard(node.DiscardStmt);
  if ('ConstraintsSetStmt' in node && node.ConstraintsSetStmt.constraints === undefined) {
    return statementOf('set', node, { textOnly: true });
  }
  // Pools send it when a connection comes back; nobody listens, as LISTEN is refused.
  if ('UnlistenStmt' in node && node.UnlistenStmt.conditionname === undefined) {
    return statementOf('set', node, { textOnly: true });
  }
  throw statementDenied(tagOf(node));
}

/** Words for a statement class that is not one for callers: `CreateTableAsStmt` is shown as `create table as`. */
export function statementDenied(tag: string): CordonError {
  const words = tag
    .replace(/Stmt$/, '')
    .replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ')
    .toLowerCase();
  return new CordonError('CORDON_STATEMENT_DENIED', { statement: safeName(words) });
}

function rewriteTopSelect(context: StatementContext, select: SelectStmt): SelectStmt {
  const { asOf, ...query } = select;
  const moment = asOf === undefined ? {} : { asOf: pastMoment(context, asOf) };
  context.lookup = findLookup(context, query);
  const { node, harmless } = rewriteQuery(context, undefined, undefined, query);
  context.harmless = harmless;
  return { ...node, ...moment };
}

function ofWrite(kind: StatementKind, write: Write): Rewritten {
  return statementOf(kind, write.node, { discardRows: write.discardRows });
}

/** PostgreSQL source, parsenodes.h: CURSOR_OPT_HOLD. */
const CURSOR_HOLD = 0x0020;

/** A cursor that outlives its transaction would outlive its caller. */
function declareCursor(context: StatementContext, body: DeclareCursorStmt): Rewritten {
  if (((body.options ?? 0) & CURSOR_HOLD) !== 0) return refuse('a cursor WITH HOLD');
  if (body.query === undefined || !('SelectStmt' in body.query)) return refuse('this kind of cursor');
  const query = rewriteTopSelect(context, body.query.SelectStmt);
  const node: Node = { DeclareCursorStmt: { ...body, query: { SelectStmt: query } } };
  return statementOf('cursor', node, { effect: { kind: 'declare' } });
}

function rewritePrepared(context: StatementContext, node: Node): Rewritten {
  if ('DeallocateStmt' in node) {
    const effect: Effect = {
      kind: 'deallocate',
      name: node.DeallocateStmt.isall === true ? undefined : node.DeallocateStmt.name,
    };
    return statementOf('deallocate', node, { effect, textOnly: true });
  }
  if ('ExecuteStmt' in node) {
    const params = rewriteAll(context, new Scope(undefined), node.ExecuteStmt.params).map(
      (part) => part.node,
    );
    const effect: Effect = { kind: 'execute', name: node.ExecuteStmt.name ?? '' };
    return statementOf(
      'execute',
      { ExecuteStmt: { ...node.ExecuteStmt, params } },
      { effect, textOnly: true },
    );
  }
  if (!('PrepareStmt' in node) || node.PrepareStmt.query === undefined) return refuse(tagOf(node));
  for (const type of node.PrepareStmt.argtypes ?? []) assertPlainType(context, type);
  const inner = rewriteStatement(context, node.PrepareStmt.query);
  if (!['select', 'insert', 'update', 'delete'].includes(inner.kind))
    return refuse('PREPARE of this statement');
  // Bind looks at such a value before it is sent; the value of an EXECUTE would reach the database unseen.
  if (context.typeNameParameters.size > 0) throw new CordonError('CORDON_NAME_LITERAL_DENIED');
  const effect: Effect = { kind: 'prepare', name: node.PrepareStmt.name ?? '' };
  const prepared: Node = { PrepareStmt: { ...node.PrepareStmt, query: inner.node } };
  return statementOf('prepare', prepared, { effect, textOnly: true, discardRows: inner.discardRows });
}

function assertPlainType(context: StatementContext, node: Node): void {
  const special = allowedType(context, 'TypeName' in node ? node.TypeName : refuse(tagOf(node)));
  if (special !== undefined) throw new CordonError('CORDON_NAME_LITERAL_DENIED');
}

/** A plan shows rules, literals and figures that follow hidden rows, so it is for service roles that declare it. */
function explain(context: StatementContext, body: ExplainStmt): Rewritten {
  const allowed = context.ground.policy.services.get(context.role)?.explain === true;
  const analyze = (body.options ?? []).some(
    (option) => 'DefElem' in option && option.DefElem.defname === 'analyze',
  );
  if (!allowed || analyze || body.query === undefined)
    throw statementDenied(analyze ? 'ExplainAnalyze' : 'ExplainStmt');
  const inner = rewriteStatement(context, body.query);
  return statementOf('explain', { ExplainStmt: { ...body, query: inner.node } });
}
