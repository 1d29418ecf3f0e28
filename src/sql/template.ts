/** A statement of a client, rewritten, printed and verified: everything but the literals and the caller. */
import { CordonError, safeName } from '../errors/index.ts';
import type { Decision, Role } from '../policy/index.ts';
import { judgeType } from './allow/index.ts';
import type { ParsedStatement, Parser } from './parse/index.ts';
import { forServer, printStatement } from './print/index.ts';
import { type Ground, NAME_PREFIX, StatementContext } from './rewrite/context.ts';
import { refuse } from './rewrite/expression.ts';
import type { Effect, Rewritten, StatementKind } from './rewrite/rewritten.ts';
import { rewriteStatement } from './rewrite/statement.ts';
import { highestParameter, usesName } from './survey.ts';
import type { A_Const, Node, Segment, SlotOf } from './tree.ts';
import { verify } from './verify.ts';

export interface Template {
  readonly kind: StatementKind;
  readonly effect: Effect;
  readonly decision: Decision;
  readonly discardRows: boolean;
  readonly textOnly: boolean;
  readonly segments: readonly Segment[];
  /** Names of the claims, in the order of their segments' numbers. */
  readonly claims: readonly string[];
  /** How many parameters the client's own text has. */
  readonly parameterCount: number;
  readonly typeNameParameters: readonly number[];
  /** Slots whose literal was looked at: another literal there needs a template of its own. */
  readonly pinnedSlots: readonly number[];
  /** The template holds for other texts of its shape, and on other connections. */
  readonly kept: boolean;
}

/** Statements that are judged by what the connection prepared before. */
const OF_CONNECTION: ReadonlySet<Effect['kind']> = new Set(['prepare', 'execute', 'deallocate', 'discard']);

export interface TemplateInput {
  readonly ground: Ground;
  readonly parser: Parser;
  readonly role: Role;
  readonly statement: ParsedStatement;
  /** OIDs that the client declared for its parameters. */
  readonly parameterTypes: readonly number[];
  readonly slotOf: SlotOf;
  /** The text of the literal in a slot. */
  readonly slot: (slot: number) => string;
  /** Claims that an EXECUTE has to append, as its statement was prepared with them. */
  readonly preparedClaims: (name: string, given: number) => PreparedClaims;
}

export interface PreparedClaims {
  readonly claims: readonly string[];
  readonly discardRows: boolean;
}

/** Throws CordonError where the statement is denied or cannot be read. */
export function buildTemplate(input: TemplateInput): Template {
  const context = new StatementContext(input.ground, input.role, input.parameterTypes);
  judgeParameterTypes(context, input.parameterTypes);
  const rewritten = completeExecute(context, input, rewriteStatement(context, input.statement.stmt));
  const parameterCount = Math.max(surveyed(input.statement.stmt), input.parameterTypes.length);
  const slotOf: SlotOf = (constant) => (rewritten.literal ? undefined : input.slotOf(constant));
  const dialect = input.ground.catalog.dialect;
  const tree = forServer(rewritten.node, dialect, input.ground.dialect);
  const segments = printStatement(tree, { slotOf, dialect });
  verify(input.parser, { tree, segments, slot: input.slot, parameterCount, dialect });
  return {
    kind: rewritten.kind,
    effect: rewritten.effect,
    decision: { outcome: 'allow', role: input.role, reasons: context.reasons },
    discardRows: rewritten.discardRows,
    textOnly: rewritten.textOnly,
    ...withClaims(segments, context.claims),
    parameterCount,
    typeNameParameters: [...context.typeNameParameters],
    pinnedSlots: pinnedSlots(context.pinned, input.slotOf),
    kept: !OF_CONNECTION.has(rewritten.effect.kind),
  };
}

/**
 * The claims that the text has a place for, numbered without gaps: PostgreSQL refuses a value for which there is no place (08P01), and
 * a place that is never named has no type (42P18). The rewriting also makes conditions of columns that no statement then reads.
 */
function withClaims(
  segments: readonly Segment[],
  claims: readonly string[],
): Pick<Template, 'segments' | 'claims'> {
  const named = new Set(segments.flatMap((segment) => (isClaim(segment) ? segment.claim : [])));
  if (named.size === claims.length) return { segments, claims };
  const kept = [...named].sort((a, b) => a - b);
  const numbered = segments.map((segment) =>
    isClaim(segment) ? { ...segment, claim: kept.indexOf(segment.claim) } : segment,
  );
  return { segments: numbered, claims: kept.map((claim) => claims[claim] ?? '') };
}

function isClaim(segment: Segment): segment is Extract<Segment, { kind: 'claim' }> {
  return typeof segment !== 'string' && segment.kind === 'claim';
}

/** A parameter declared as `regclass` is looked up by name when it is bound, before any rule could see it. */
function judgeParameterTypes(context: StatementContext, types: readonly number[]): void {
  types.forEach((oid, index) => {
    if (oid === 0) return;
    const type = context.catalog.types.get(oid);
    const judged = type && judgeType(context.catalog, context.ground.policy.allow, type.schema, type.name);
    if (judged?.allowed !== true)
      throw new CordonError('CORDON_TYPE_DENIED', { type: safeName(type?.name ?? 'of a parameter') });
    if (judged.special === 'regtype') context.typeNameParameters.add(index + 1);
    else if (judged.special !== undefined) throw new CordonError('CORDON_NAME_LITERAL_DENIED');
  });
}

/**
 * The statement as it was written, printed and verified like any other: for a role that owns the schema, where the statement
 * names what its own open transaction has just made and no catalog can show yet.
 */
export function plainTemplate(input: TemplateInput): Template {
  const dialect = input.ground.catalog.dialect;
  const node = forServer(input.statement.stmt, dialect, input.ground.dialect);
  const parameterCount = Math.max(surveyed(node), input.parameterTypes.length);
  const segments = printStatement(node, { dialect });
  verify(input.parser, { tree: node, segments, slot: input.slot, parameterCount, dialect });
  return {
    kind: kindOfQuery(node),
    effect: { kind: 'none' },
    decision: { outcome: 'allow', role: input.role, reasons: [] },
    discardRows: false,
    textOnly: false,
    segments,
    claims: [],
    parameterCount,
    typeNameParameters: [],
    pinnedSlots: [],
    kept: false,
  };
}

function kindOfQuery(node: Node): StatementKind {
  if ('SelectStmt' in node) return 'select';
  if ('InsertStmt' in node) return 'insert';
  if ('UpdateStmt' in node) return 'update';
  return 'DeleteStmt' in node ? 'delete' : refuse('this statement');
}

/** The highest parameter; refuses a tree that uses a name of the kind that the rewriting makes up. */
function surveyed(statement: Node): number {
  if (usesName(statement, (name) => name.startsWith(NAME_PREFIX)))
    refuse('a name that begins with the word cordon and a blank');
  return highestParameter(statement);
}

function completeExecute(context: StatementContext, input: TemplateInput, rewritten: Rewritten): Rewritten {
  if (rewritten.effect.kind !== 'execute' || !('ExecuteStmt' in rewritten.node)) return rewritten;
  const given = rewritten.node.ExecuteStmt.params ?? [];
  const prepared = input.preparedClaims(rewritten.effect.name, given.length);
  const params = [...given, ...prepared.claims.map((claim) => context.claim(claim))];
  const { params: _, ...rest } = rewritten.node.ExecuteStmt;
  const node: Node = { ExecuteStmt: params.length === 0 ? rest : { ...rest, params } };
  return { ...rewritten, node, discardRows: prepared.discardRows };
}

function pinnedSlots(pinned: ReadonlySet<A_Const>, slotOf: SlotOf): readonly number[] {
  const slots = [...pinned]
    .map((constant) => slotOf(constant))
    .filter((slot): slot is number => slot !== undefined);
  return [...new Set(slots)].sort((a, b) => a - b);
}
