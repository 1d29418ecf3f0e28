import { CordonError, safeText } from '../../errors/index.ts';

/** How the fields of COPY data are written, as in the options of COPY. */
export interface CopyFormat {
  readonly format: 'text' | 'csv';
  readonly delimiter: string;
  readonly nullText: string;
  /** CSV alone. */
  readonly quote: string;
  /** CSV alone. */
  readonly escape: string;
  /** The first line is dropped. */
  readonly header: boolean;
}

/** The options as bytes. */
export interface CopyBytes {
  readonly delimiter: number;
  readonly nullText: Buffer;
  readonly quote: number;
  readonly escape: number;
}

type Option = 'delimiter' | 'null' | 'quote' | 'escape';

/** PostgreSQL: these could not be told from an escape or from the end marker in the text format. */
const TEXT_DELIMITERS_REFUSED = /^[\\.a-z0-9]$/;

/** Checks the options as PostgreSQL does, since it never gets to see them. Throws CORDON_COPY_OPTION. */
export function copyBytes(format: CopyFormat): CopyBytes {
  const delimiter = oneByte('delimiter', format.delimiter);
  const nullText = format.nullText;
  if (/[\r\n\0]/.test(nullText) || nullText.includes(format.delimiter)) throw refused('null');
  const bytes = { delimiter, nullText: Buffer.from(nullText) };
  if (format.format === 'text') {
    if (TEXT_DELIMITERS_REFUSED.test(format.delimiter)) throw refused('delimiter');
    return { ...bytes, quote: -1, escape: -1 };
  }
  if (format.delimiter === format.quote) throw refused('quote');
  if (nullText.includes(format.quote)) throw refused('null');
  return { ...bytes, quote: oneByte('quote', format.quote), escape: oneByte('escape', format.escape) };
}

function oneByte(option: Option, text: string): number {
  const code = text.charCodeAt(0);
  const isLineEnd = text === '\r' || text === '\n';
  if (text.length !== 1 || code === 0 || code > 0x7f || (isLineEnd && option === 'delimiter'))
    throw refused(option);
  return code;
}

function refused(option: Option): CordonError {
  return new CordonError('CORDON_COPY_OPTION', { option: safeText(option) });
}
