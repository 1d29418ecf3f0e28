import { asKind, unsupported } from '../nodes.ts';
import type { CommonTableExpr, CTECycleClause, CTESearchClause, Node, WithClause } from '../tree.ts';
import { printFixedConstant } from './constant.ts';
import { printQuery } from './select.ts';
import type { Writer } from './writer.ts';

/** WITH, and a space behind it. */
export function printWith(writer: Writer, clause: WithClause | undefined): void {
  if (clause === undefined) return;
  writer.raw(clause.recursive === true ? 'WITH RECURSIVE ' : 'WITH ');
  writer.list(clause.ctes, printCte);
  writer.raw(' ');
}

const MATERIALIZED: Readonly<Record<string, string>> = {
  CTEMaterializeDefault: ' AS (',
  CTEMaterializeAlways: ' AS MATERIALIZED (',
  CTEMaterializeNever: ' AS NOT MATERIALIZED (',
};

function printCte(writer: Writer, node: Node): void {
  const cte: CommonTableExpr | undefined = asKind(node, 'CommonTableExpr');
  const words = MATERIALIZED[cte?.ctematerialized ?? 'CTEMaterializeDefault'];
  if (cte === undefined || words === undefined) throw unsupported('CommonTableExpr.ctematerialized');
  writer.name(cte.ctename);
  if (cte.aliascolnames !== undefined) writer.names(cte.aliascolnames);
  writer.raw(words);
  printQuery(writer, cte.ctequery);
  writer.raw(')');
  if (cte.search_clause !== undefined) printSearch(writer, cte.search_clause);
  if (cte.cycle_clause !== undefined) printCycle(writer, cte.cycle_clause);
}

function printSearch(writer: Writer, search: CTESearchClause): void {
  writer.raw(search.search_breadth_first === true ? ' SEARCH BREADTH FIRST BY ' : ' SEARCH DEPTH FIRST BY ');
  writer.list(search.search_col_list, (_, name) => writer.qualified([name]));
  writer.raw(' SET ');
  writer.name(search.search_seq_column);
}

function printCycle(writer: Writer, cycle: CTECycleClause): void {
  writer.raw(' CYCLE ');
  writer.list(cycle.cycle_col_list, (_, name) => writer.qualified([name]));
  writer.raw(' SET ');
  writer.name(cycle.cycle_mark_column);
  printMark(writer, ' TO ', cycle.cycle_mark_value);
  printMark(writer, ' DEFAULT ', cycle.cycle_mark_default);
  writer.raw(' USING ');
  writer.name(cycle.cycle_path_column);
}

/** The grammar takes literals only. */
function printMark(writer: Writer, word: string, node: Node | undefined): void {
  const constant = asKind(node, 'A_Const');
  if (constant === undefined) throw unsupported('a mark of CYCLE that is not a plain constant');
  writer.raw(word);
  printFixedConstant(writer, constant);
}
