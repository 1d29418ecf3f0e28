/** The name of an output column without an alias (PostgreSQL source, parse_target.c: FigureColname). */
import type { Node, SelectStmt } from '../tree.ts';

const UNNAMED = '?column?';

/** Strength tells a real name (2) from one that a stronger name replaces (1). */
interface Figured {
  readonly name: string;
  readonly strength: 0 | 1 | 2;
}

const NONE: Figured = { name: UNNAMED, strength: 0 };

export function outputName(node: Node): string {
  return figure(node).name;
}

function figure(node: Node | undefined): Figured {
  if (node === undefined) return NONE;
  if ('ColumnRef' in node) return last(node.ColumnRef.fields);
  if ('A_Indirection' in node) {
    const field = last(node.A_Indirection.indirection);
    return field.strength > 0 ? field : figure(node.A_Indirection.arg);
  }
  if ('FuncCall' in node) return last(node.FuncCall.funcname);
  if ('A_Expr' in node) return node.A_Expr.kind === 'AEXPR_NULLIF' ? { name: 'nullif', strength: 2 } : NONE;
  if ('TypeCast' in node) return castName(node);
  if ('CollateClause' in node) return figure(node.CollateClause.arg);
  if ('CaseExpr' in node) {
    const inner = figure(node.CaseExpr.defresult);
    return inner.strength > 1 ? inner : { name: 'case', strength: 1 };
  }
  if ('SubLink' in node) return subLinkName(node);
  return fixedName(node);
}

function last(fields: readonly Node[] | undefined): Figured {
  for (const field of [...(fields ?? [])].reverse()) {
    if ('String' in field) return { name: field.String.sval ?? '', strength: 2 };
  }
  return NONE;
}

function castName(node: Extract<Node, { TypeCast: unknown }>): Figured {
  const inner = figure(node.TypeCast.arg);
  if (inner.strength > 1) return inner;
  const type = last(node.TypeCast.typeName?.names);
  return type.strength > 0 ? { name: type.name, strength: 1 } : inner;
}

function subLinkName(node: Extract<Node, { SubLink: unknown }>): Figured {
  const { subLinkType, subselect } = node.SubLink;
  if (subLinkType === 'EXISTS_SUBLINK') return { name: 'exists', strength: 2 };
  if (subLinkType === 'ARRAY_SUBLINK') return { name: 'array', strength: 2 };
  if (subLinkType !== 'EXPR_SUBLINK' || subselect === undefined || !('SelectStmt' in subselect)) return NONE;
  return firstTarget(subselect.SelectStmt);
}

function firstTarget(select: SelectStmt): Figured {
  let leftmost = select;
  while (leftmost.larg !== undefined) leftmost = leftmost.larg;
  const [target] = leftmost.targetList ?? [];
  if (target === undefined || !('ResTarget' in target)) return NONE;
  if (target.ResTarget.name !== undefined) return { name: target.ResTarget.name, strength: 2 };
  return figure(target.ResTarget.val);
}

const SQL_VALUES: Readonly<Record<string, string>> = {
  SVFOP_CURRENT_DATE: 'current_date',
  SVFOP_CURRENT_TIME: 'current_time',
  SVFOP_CURRENT_TIME_N: 'current_time',
  SVFOP_CURRENT_TIMESTAMP: 'current_timestamp',
  SVFOP_CURRENT_TIMESTAMP_N: 'current_timestamp',
  SVFOP_LOCALTIME: 'localtime',
  SVFOP_LOCALTIME_N: 'localtime',
  SVFOP_LOCALTIMESTAMP: 'localtimestamp',
  SVFOP_LOCALTIMESTAMP_N: 'localtimestamp',
  SVFOP_CURRENT_ROLE: 'current_role',
  SVFOP_CURRENT_USER: 'current_user',
  SVFOP_USER: 'user',
  SVFOP_SESSION_USER: 'session_user',
  SVFOP_CURRENT_CATALOG: 'current_catalog',
  SVFOP_CURRENT_SCHEMA: 'current_schema',
};

function fixedName(node: Node): Figured {
  if ('GroupingFunc' in node) return { name: 'grouping', strength: 2 };
  if ('A_ArrayExpr' in node) return { name: 'array', strength: 2 };
  if ('RowExpr' in node) return { name: 'row', strength: 2 };
  if ('CoalesceExpr' in node) return { name: 'coalesce', strength: 2 };
  if ('MinMaxExpr' in node)
    return { name: node.MinMaxExpr.op === 'IS_LEAST' ? 'least' : 'greatest', strength: 2 };
  if ('SQLValueFunction' in node) {
    const name = SQL_VALUES[node.SQLValueFunction.op ?? ''];
    return name === undefined ? NONE : { name, strength: 2 };
  }
  return NONE;
}
