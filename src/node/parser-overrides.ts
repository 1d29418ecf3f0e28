import pg from 'pg';
import type { Types } from './request.ts';

type Parser = (value: string) => unknown;

/** Type parsers that one client has set; the wrapped pool has its own, and clients never change those. */
export class ParserOverrides {
  readonly #parsers = new Map<number, Parser>();
  /** What results of cursors read their parsers from. */
  readonly forResults: Types = Object.freeze({
    getTypeParser: (type: number, format?: string): Parser => this.#find(type, format),
  });

  /** undefined: those of the wrapped pool. */
  get types(): Types | undefined {
    return this.#parsers.size === 0 ? undefined : this.forResults;
  }

  set(type: number, format: unknown, parser: unknown): void {
    const given = typeof format === 'function' ? format : parser;
    if (format === 'binary' || typeof given !== 'function') return;
    this.#parsers.set(type, given as Parser);
  }

  #find(type: number, format?: string): Parser {
    return (
      this.#parsers.get(type) ??
      (pg.types.getTypeParser(type, format === 'binary' ? 'binary' : 'text') as Parser)
    );
  }
}
