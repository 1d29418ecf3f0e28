import { CordonError, safeNumber, safeText } from '../../errors/index.ts';

/** What can be wrong in a line of COPY data. */
export type CopyProblem =
  | 'it has fewer fields than columns'
  | 'it has more fields than columns'
  | 'a carriage return stands in the data'
  | 'a newline stands in the data'
  | 'the end marker has another line end than the lines before'
  | 'the end marker does not stand alone'
  | 'a quoted field is not closed';

export function copyMalformed(line: number, problem: CopyProblem): CordonError {
  return new CordonError('CORDON_COPY_MALFORMED', { line: safeNumber(line), problem: safeText(problem) });
}

export function copyEncoding(line: number): CordonError {
  return new CordonError('CORDON_COPY_ENCODING', { line: safeNumber(line) });
}

export function copyLineTooLong(line: number, maximum: number): CordonError {
  return new CordonError('CORDON_LIMIT_COPY_LINE', { line: safeNumber(line), maximum: safeNumber(maximum) });
}
