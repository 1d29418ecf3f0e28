/** A statement as the server's grammar can take it: without the hints that PostgreSQL lacks, or refused. */
import type { Dialect } from '../../catalog/index.ts';
import { mapTree, unsupported } from '../nodes.ts';
import type { DeleteStmt, InsertStmt, JoinExpr, Node, RangeVar, SelectStmt, UpdateStmt } from '../tree.ts';
import { checkCockroach } from './cockroachdb-grammar.ts';
import { stringOf } from './writer.ts';

/**
 * `server`: the dialect of the server, `client`: the one the statement was written in. Throws CORDON_UNSUPPORTED for what the
 * server's grammar lacks.
 */
export function forServer(statement: Node, server: Dialect, client: Dialect): Node {
  if (server === 'cockroachdb') {
    checkCockroach(statement);
    return mapTree(statement, forCockroach);
  }
  return client === 'postgres' ? statement : mapTree(statement, forPostgres);
}

/** Types that have no spelling of their own stand under their bare name, which is a keyword or a constant of the parser there. */
function forCockroach(node: Node): Node {
  // With a length there is a spelling: `character(3)`.
  if (!('TypeName' in node) || node.TypeName.typmods !== undefined) return node;
  const names = (node.TypeName.names ?? []).map(stringOf);
  const [first, second] = names;
  const bare = names.length === 2 && first === 'pg_catalog' ? second : undefined;
  const known = names.length === 1 && first === 'json' ? 'jsonb' : BARE_TYPES.get(bare ?? '');
  return known === undefined
    ? node
    : { TypeName: { ...node.TypeName, names: [{ String: { sval: known } }] } };
}

const BARE_TYPES: ReadonlyMap<string, string> = new Map([
  ...['int4', 'text', 'bytea', 'uuid', 'date', 'inet', 'jsonb', 'name', 'oid', 'bpchar'].map(
    (type): [string, string] => [type, type],
  ),
  ...['regclass', 'regnamespace', 'regproc', 'regprocedure', 'regrole', 'regtype', 'tsquery', 'tsvector'].map(
    (type): [string, string] => [type, type],
  ),
  // There is one kind of JSON there.
  ['json', 'jsonb'],
]);

function forPostgres(node: Node): Node {
  if ('RangeVar' in node) return { RangeVar: withoutHint(node.RangeVar) };
  if ('JoinExpr' in node) return { JoinExpr: withoutJoinHint(node.JoinExpr) };
  if ('InsertStmt' in node) return { InsertStmt: withoutNothing(node.InsertStmt) };
  if ('UpdateStmt' in node) return { UpdateStmt: withoutNothing(plainWrite(node.UpdateStmt)) };
  if ('DeleteStmt' in node) return { DeleteStmt: withoutNothing(plainWrite(node.DeleteStmt)) };
  if ('SelectStmt' in node) refuseAsOf(node.SelectStmt);
  if ('DefElem' in node && OF_COCKROACH.has(node.DefElem.defname ?? ''))
    throw unsupported('this transaction mode on PostgreSQL');
  return node;
}

const OF_COCKROACH: ReadonlySet<string> = new Set(['transaction_priority', 'transaction_as_of']);

function withoutHint(relation: RangeVar): RangeVar {
  const { indexHint: _, ...rest } = relation;
  return rest;
}

function withoutJoinHint(join: JoinExpr): JoinExpr {
  const { joinHint: _, ...rest } = join;
  return rest;
}

/** RETURNING NOTHING says what PostgreSQL does without the clause. */
function withoutNothing<T extends InsertStmt | UpdateStmt | DeleteStmt>(statement: T): T {
  if (statement.returningClause?.nothing !== true) return statement;
  const { returningClause: _, ...rest } = statement;
  return rest as T;
}

function plainWrite<T extends UpdateStmt | DeleteStmt>(statement: T): T {
  if (statement.sortClause !== undefined || statement.limitCount !== undefined)
    throw unsupported('ORDER BY or LIMIT of UPDATE and DELETE on PostgreSQL');
  return statement;
}

function refuseAsOf(select: SelectStmt): void {
  if (select.asOf !== undefined) throw unsupported('AS OF SYSTEM TIME on PostgreSQL');
}
