/** Names of constructs in the words of SQL, for errors: the parser's own names mean nothing to a caller. */

const KINDS: Readonly<Record<string, string>> = {
  XmlExpr: 'an XML function',
  XmlSerialize: 'XMLSERIALIZE',
  RangeTableFunc: 'XMLTABLE',
  JsonTable: 'JSON_TABLE',
  JsonFuncExpr: 'JSON_VALUE, JSON_QUERY or JSON_EXISTS',
  JsonParseExpr: 'JSON(..)',
  JsonScalarExpr: 'JSON_SCALAR',
  JsonSerializeExpr: 'JSON_SERIALIZE',
  JsonArrayQueryConstructor: 'JSON_ARRAY of a query',
  JsonObjectAgg: 'JSON_OBJECTAGG',
  JsonArrayAgg: 'JSON_ARRAYAGG',
  MergeSupportFunc: 'MERGE_ACTION',
  CurrentOfExpr: 'WHERE CURRENT OF',
  RangeTableSample: 'TABLESAMPLE',
  BitString: 'a bit string',
  CreateStmt: 'CREATE TABLE',
  CreateTrigStmt: 'CREATE TRIGGER',
  CreateSeqStmt: 'CREATE SEQUENCE',
  AlterSeqStmt: 'ALTER SEQUENCE',
  CreatedbStmt: 'CREATE DATABASE',
  DropdbStmt: 'DROP DATABASE',
  CompositeTypeStmt: 'CREATE TYPE',
  IndexStmt: 'CREATE INDEX',
  ViewStmt: 'CREATE VIEW',
  RuleStmt: 'CREATE RULE',
  DefineStmt: 'CREATE',
  RenameStmt: 'ALTER .. RENAME',
  AlterOwnerStmt: 'ALTER .. OWNER',
  AlterObjectSchemaStmt: 'ALTER .. SET SCHEMA',
  RefreshMatViewStmt: 'REFRESH MATERIALIZED VIEW',
  ConstraintsSetStmt: 'SET CONSTRAINTS',
  SecLabelStmt: 'SECURITY LABEL',
  ClosePortalStmt: 'CLOSE',
  DeclareCursorStmt: 'DECLARE',
  VariableShowStmt: 'SHOW',
  VariableSetStmt: 'SET',
};

const FIELDS: Readonly<Record<string, string>> = {
  'SelectStmt.intoClause': 'SELECT INTO',
  'ReturningClause.options': 'RETURNING WITH',
  'CopyStmt.is_program': 'COPY with a program',
  'CopyStmt.filename': 'COPY with a file',
  'CopyStmt.whereClause': 'COPY FROM with WHERE',
  'CopyStmt.options': 'an option of COPY',
  'TypeName.setof': 'SETOF',
  'TypeName.pct_type': '%TYPE',
  'TypeName.typmods': 'a type modifier',
  'TransactionStmt.kind': 'a two-phase commit',
  'TransactionStmt.gid': 'a two-phase commit',
  'VariableSetStmt.kind': 'SET .. FROM CURRENT',
  'VariableSetStmt.name': 'SET TRANSACTION SNAPSHOT',
  'VariableSetStmt.args': 'a value of SET',
  'FuncCall.funcformat': 'XMLEXISTS',
};

/** The words for a kind of node, a field of one (`Kind.field`), or a text that is in words already. */
export function constructName(construct: string): string {
  const named = wordOf(FIELDS, construct) ?? wordOf(KINDS, construct);
  if (named !== undefined) return named;
  if (!/^\w+(?:\.\w+)?$/.test(construct)) return construct;
  const [kind = '', field] = construct.split('.');
  const words = wordOf(KINDS, kind) ?? kindWords(kind);
  return field === undefined ? words : `a part of ${words} (${snakeWords(field)})`;
}

function wordOf(words: Readonly<Record<string, string>>, key: string): string | undefined {
  return Object.hasOwn(words, key) ? words[key] : undefined;
}

/** `AlterTableStmt` becomes `ALTER TABLE`, `JsonBehavior` becomes `json behavior`. */
function kindWords(kind: string): string {
  if (!kind.endsWith('Stmt')) return snakeWords(kind);
  return snakeWords(kind.slice(0, -'Stmt'.length)).toUpperCase();
}

function snakeWords(name: string): string {
  return name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll('_', ' ')
    .trim()
    .toLowerCase();
}
