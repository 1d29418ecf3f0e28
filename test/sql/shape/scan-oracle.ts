import { instantiate, type LibpgQuery, withText } from '../../../src/sql/parse/libpg-query.ts';

/** A literal as PostgreSQL's own scanner delimits it; offsets in bytes. */
export interface ScannedLiteral {
  readonly token: 'SCONST' | 'ICONST' | 'FCONST';
  readonly start: number;
  readonly end: number;
}

interface ScannedToken {
  readonly start: number;
  readonly end: number;
  readonly tokenName: string;
}

const LITERALS = new Set(['SCONST', 'ICONST', 'FCONST']);

const isLiteral = (token: ScannedToken): token is ScannedToken & ScannedLiteral =>
  LITERALS.has(token.tokenName);

/** PostgreSQL's scanner, to compare the lexer with. */
export class ScanOracle {
  readonly #instance: LibpgQuery;

  constructor(instance: LibpgQuery) {
    this.#instance = instance;
  }

  static async load(): Promise<ScanOracle> {
    return new ScanOracle(await instantiate());
  }

  /** The literals of a text, or undefined if it cannot be scanned. */
  literals(text: string): ScannedLiteral[] | undefined {
    return this.#scan(text)
      ?.filter(isLiteral)
      .map(({ tokenName, start, end }) => ({ token: tokenName as ScannedLiteral['token'], start, end }));
  }

  /** The extents of all tokens but comments, or undefined if the text cannot be scanned. */
  tokens(text: string): { readonly start: number; readonly end: number }[] | undefined {
    return this.#scan(text)
      ?.filter(({ tokenName }) => tokenName !== 'SQL_COMMENT' && tokenName !== 'C_COMMENT')
      .map(({ start, end }) => ({ start, end }));
  }

  #scan(text: string): ScannedToken[] | undefined {
    const json = withText(this.#instance, text, (pointer) => {
      const result = this.#instance._wasm_scan(pointer);
      const scanned = this.#instance.UTF8ToString(result);
      this.#instance._wasm_free_string(result);
      return scanned;
    });
    return tokensOf(json);
  }
}

function tokensOf(json: string): ScannedToken[] | undefined {
  try {
    return JSON.parse(json).tokens ?? [];
  } catch {
    // A scan error comes as plain text instead of JSON.
    return undefined;
  }
}
