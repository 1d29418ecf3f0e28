import { asKind, unsupported } from '../nodes.ts';
import type { Node, TypeCast, VariableSetStmt, VariableShowStmt } from '../tree.ts';
import { printFixedConstant } from './constant.ts';
import { printModes } from './transaction.ts';
import { intervalFields } from './type-name.ts';
import { quoteName, stringOf, type Writer } from './writer.ts';

type PrintKind = (writer: Writer, statement: VariableSetStmt) => void;

const KINDS: Readonly<Record<string, PrintKind>> = {
  VAR_SET_VALUE: printSetValue,
  VAR_SET_DEFAULT: (writer, statement) =>
    writer.raw(`SET ${scopeOf(statement)}${settingName(statement.name)} TO DEFAULT`),
  VAR_SET_MULTI: printSetTransaction,
  VAR_RESET: (writer, statement) => writer.raw(`RESET ${settingName(statement.name)}`),
  VAR_RESET_ALL: (writer) => writer.raw('RESET ALL'),
};

/** SET, SET LOCAL and RESET. */
export function printSet(writer: Writer, statement: VariableSetStmt): void {
  const print = KINDS[statement.kind ?? 'VAR_SET_VALUE'];
  if (print === undefined) throw unsupported('VariableSetStmt.kind');
  print(writer, statement);
}

const scopeOf = (statement: VariableSetStmt): string => (statement.is_local === true ? 'LOCAL ' : '');

const MULTIPLE: Readonly<Record<string, string>> = {
  TRANSACTION: 'TRANSACTION',
  'SESSION CHARACTERISTICS': 'SESSION CHARACTERISTICS AS TRANSACTION',
};

function printSetTransaction(writer: Writer, statement: VariableSetStmt): void {
  const words = MULTIPLE[statement.name ?? ''];
  if (words === undefined) throw unsupported('VariableSetStmt.name');
  writer.raw(`SET ${scopeOf(statement)}${words}`);
  printModes(writer, statement.args);
}

/** The tree joins the parts of a name by dots. */
function settingName(name: string | undefined): string {
  return (name ?? '').split('.').map(quoteName).join('.');
}

function printSetValue(writer: Writer, statement: VariableSetStmt): void {
  const values = statement.args ?? [];
  if (values.length === 0) throw unsupported('VariableSetStmt.args');
  const interval = statement.name === 'timezone' ? asKind(values[0], 'TypeCast') : undefined;
  if (interval !== undefined) {
    printZone(writer, statement, interval);
    return;
  }
  writer.raw(`SET ${scopeOf(statement)}${settingName(statement.name)} = `);
  writer.list(values, printValue);
}

/** The one value that is no constant: `INTERVAL '+01:00' HOUR TO MINUTE`. */
function printZone(writer: Writer, statement: VariableSetStmt, interval: TypeCast): void {
  const value = asKind(interval.arg, 'A_Const');
  const names = (interval.typeName?.names ?? []).map(stringOf);
  if (value?.sval === undefined || names.join('.') !== 'pg_catalog.interval' || statement.args?.length !== 1)
    throw unsupported('VariableSetStmt.args');
  // With a number of digits the type stands before the value.
  if ((interval.typeName?.typmods ?? []).length > 1) throw unsupported('VariableSetStmt.args');
  writer.raw(`SET ${scopeOf(statement)}TIME ZONE INTERVAL `);
  printFixedConstant(writer, value);
  writer.raw(intervalFields(interval.typeName?.typmods ?? []));
}

function printValue(writer: Writer, node: Node): void {
  const constant = asKind(node, 'A_Const');
  if (constant === undefined) throw unsupported('VariableSetStmt.args');
  const number = constant.ival?.ival ?? Number(constant.fval?.fval ?? 0);
  // The grammar takes a sign here, but no brackets around it.
  if (number < 0) writer.raw(String(constant.ival?.ival ?? constant.fval?.fval));
  else printFixedConstant(writer, constant);
}

export function printShow(writer: Writer, statement: VariableShowStmt): void {
  writer.raw(`SHOW ${settingName(statement.name)}`);
}
