import { unsupported } from '../nodes.ts';
import { type A_Const, claimIndex, type ParamRef } from '../tree.ts';
import type { Writer } from './writer.ts';

/** Digits as every supported server reads them: no hexadecimal, no underscores. */
const NUMBER = /^-?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/;
const BITS = /^b[01]*$/;
const HEX_BITS = /^x[0-9a-fA-F]*$/;

/** A constant whose text may be exchanged for another of its kind. */
export function printConstant(writer: Writer, constant: A_Const): void {
  const slot = writer.slotOf(constant);
  if (slot === undefined) printFixedConstant(writer, constant);
  else printSlot(writer, constant, slot);
}

/** The sign is part of the number in the tree, but not of the literal in the text. */
function printSlot(writer: Writer, constant: A_Const, slot: number): void {
  const negative = (constant.ival?.ival ?? 0) < 0 || (constant.fval?.fval ?? '').startsWith('-');
  if (negative) writer.raw('(-');
  writer.slot(slot);
  if (negative) writer.raw(')');
}

/** A constant whose value is part of the statement: a position, a type modifier, an option. */
export function printFixedConstant(writer: Writer, constant: A_Const): void {
  if (constant.isnull === true) writer.raw('NULL');
  else if (constant.sval !== undefined) writer.string(constant.sval.sval ?? '');
  else if (constant.ival !== undefined) printNumber(writer, integerText(constant.ival.ival ?? 0));
  else if (constant.fval !== undefined) printNumber(writer, constant.fval.fval ?? '');
  else if (constant.boolval !== undefined) writer.raw(constant.boolval.boolval === true ? 'TRUE' : 'FALSE');
  else if (constant.bsval !== undefined) printBits(writer, constant.bsval.bsval ?? '');
  else throw unsupported('A_Const');
}

function integerText(value: number): string {
  if (!Number.isSafeInteger(value)) throw unsupported('Integer.ival');
  return String(value);
}

function printNumber(writer: Writer, digits: string): void {
  if (!NUMBER.test(digits)) throw unsupported('a number in another notation than decimal');
  writer.raw(digits.startsWith('-') ? `(${digits})` : digits);
}

/** Upper case, because CockroachDB reads `b'..'` as bytes with escapes. */
function printBits(writer: Writer, bits: string): void {
  if (BITS.test(bits)) writer.raw(`B'${bits.slice(1)}'`);
  else if (HEX_BITS.test(bits)) writer.raw(`X'${bits.slice(1)}'`);
  else throw unsupported('BitString');
}

/** `$n`, or the place of a claim. */
export function printParameter(writer: Writer, parameter: ParamRef): void {
  const claim = claimIndex(parameter);
  if (claim !== undefined) writer.claim(claim);
  else if (Number.isSafeInteger(parameter.number) && (parameter.number ?? 0) > 0)
    writer.raw(`$${parameter.number}`);
  else throw unsupported('ParamRef');
}
