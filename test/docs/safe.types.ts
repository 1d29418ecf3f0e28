/** Compiled, never run: each line below `@ts-expect-error` must not type-check, and the compiler says so if it does. */
import { CordonError, type Safe, safeJoin, safeName, safeNumber, safeText } from '../../src/errors/index.ts';

declare const rowValue: string;
declare const rowNumber: number;

export const named = new CordonError('CORDON_COLUMN_UNKNOWN', { column: safeName('email') });
export const counted = new CordonError('CORDON_POLICY_INVALID', { count: safeNumber(3) });
export const written: Safe = safeText('written in this source code');

// @ts-expect-error a row value is not a fact of an error
export const quoted = new CordonError('CORDON_COLUMN_UNKNOWN', { column: rowValue });
// @ts-expect-error neither is a text that was put together
export const joined = new CordonError('CORDON_COLUMN_UNKNOWN', { column: `column ${rowValue}` });
// @ts-expect-error nor a number of a row
export const number = new CordonError('CORDON_POLICY_INVALID', { count: rowNumber });
// @ts-expect-error a text that is not written in the source cannot be marked as if it were
export const marked: Safe = safeText(rowValue);
// @ts-expect-error joining does not make text safe
export const list: Safe = safeJoin([rowValue], ', ');
// @ts-expect-error a code must be in the registry
export const unknown = new CordonError('CORDON_NO_SUCH_CODE');
