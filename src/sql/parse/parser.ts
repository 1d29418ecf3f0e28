import type { Dialect } from '../../catalog/index.ts';
import { CordonError, safeNumber, safeText } from '../../errors/index.ts';
import type { Node, RawStmt } from '../tree.ts';
import { ByteSlices } from './byte-slices.ts';
import { checkNesting, checkUnits } from './check-text.ts';
import { type ParsePostgres, type Raw, readCockroach } from './cockroachdb/index.ts';
import { instantiate, type LibpgQuery, withText } from './libpg-query.ts';
import { TEXT_LIMITS, type TextLimits } from './limits.ts';

/** One statement of a text. */
export interface ParsedStatement {
  readonly stmt: Node;
  /** Where the statement starts in the whole text, in bytes; locations inside `stmt` count from the whole text's start. */
  readonly location: number;
  /** The slice of the text that holds this statement alone, without the semicolon. */
  readonly text: string;
}

/** PostgreSQL's grammar, and CockroachDB's by way of it; replaces its WebAssembly instance when one breaks. */
export interface Parser {
  /**
   * The statements of a text. Throws CORDON_SYNTAX, CORDON_TEXT_MALFORMED, CORDON_LIMIT_STATEMENT, or
   * CORDON_PARSER_BUSY while a broken instance is being replaced. For CockroachDB also CORDON_DIALECT_AMBIGUOUS,
   * CORDON_UNSUPPORTED and CORDON_STATEMENT_DENIED.
   */
  parse(text: string, dialect?: Dialect): ParsedStatement[];
  /** The statements of a text that Cordon printed, which has more brackets than the limits allow a client. */
  parsePrinted(text: string, dialect?: Dialect): ParsedStatement[];
}

export interface ParserOptions {
  readonly limits?: Partial<TextLimits>;
  /** Makes instances; tests pass one that breaks. */
  readonly instantiate?: () => Promise<LibpgQuery>;
}

/** Loads the parser; two instances, so that a broken one is replaced at once. */
export async function createParser(options: ParserOptions = {}): Promise<Parser> {
  const make = options.instantiate ?? instantiate;
  const limits = { ...TEXT_LIMITS, ...options.limits };
  const [instance, spare] = await Promise.all([make(), make()]);
  return new SparedParser(make, limits, instance, spare);
}

class SparedParser implements Parser {
  readonly #make: () => Promise<LibpgQuery>;
  readonly #limits: TextLimits;
  #instance: LibpgQuery | undefined;
  #spare: LibpgQuery | undefined;
  #making = false;

  constructor(make: () => Promise<LibpgQuery>, limits: TextLimits, instance: LibpgQuery, spare: LibpgQuery) {
    this.#make = make;
    this.#limits = limits;
    this.#instance = instance;
    this.#spare = spare;
  }

  parse(text: string, dialect: Dialect = 'postgres'): ParsedStatement[] {
    checkUnits(text, this.#limits);
    return this.#read(text, dialect, this.#limits.treeDepthMax, (grammarText) => {
      checkNesting(grammarText, this.#limits);
      return this.#parsePostgres(grammarText);
    });
  }

  parsePrinted(text: string, dialect: Dialect = 'postgres'): ParsedStatement[] {
    const unbounded = Number.POSITIVE_INFINITY;
    return this.#read(text, dialect, unbounded, (grammarText) => this.#parsePostgres(grammarText));
  }

  #read(text: string, dialect: Dialect, depthMax: number, parse: ParsePostgres): ParsedStatement[] {
    const limits = { commentNestingMax: this.#limits.commentNestingMax, depthMax };
    const raws = dialect === 'cockroachdb' ? readCockroach(text, limits, parse) : parse(text);
    const slices = new ByteSlices(text);
    return raws.map(({ stmt, location, length }) => ({
      stmt,
      location,
      text: slices.slice(location, length),
    }));
  }

  #parsePostgres(text: string): readonly Raw[] {
    const instance = this.#instance;
    if (instance === undefined) {
      this.#makeSpare();
      throw new CordonError('CORDON_PARSER_BUSY');
    }
    return readTree(this.#parseJson(instance, text)).map(rawOf);
  }

  #parseJson(instance: LibpgQuery, text: string): string {
    let json: string | undefined;
    try {
      json = withText(instance, text, (pointer) => rawParse(instance, pointer));
    } catch (cause) {
      this.#replace();
      throw new CordonError(
        'CORDON_LIMIT_STATEMENT',
        { limit: safeText('nesting'), maximum: safeNumber(this.#limits.treeDepthMax) },
        { cause },
      );
    }
    if (json === undefined) throw new CordonError('CORDON_SYNTAX');
    return json;
  }

  /** An exception out of WebAssembly leaves its stack pointer where it was, so the instance is never used again. */
  #replace(): void {
    this.#instance = this.#spare;
    this.#spare = undefined;
    this.#makeSpare();
  }

  #makeSpare(): void {
    if (this.#making) return;
    this.#making = true;
    this.#make().then(
      (made) => this.#install(made),
      () => {
        this.#making = false;
      },
    );
  }

  #install(made: LibpgQuery): void {
    this.#making = false;
    if (this.#instance === undefined) {
      this.#instance = made;
      this.#makeSpare();
    } else {
      this.#spare ??= made;
    }
  }
}

/** The tree as JSON; undefined: a syntax error, whose text may hold words of the statement and is not read. */
function rawParse(instance: LibpgQuery, pointer: number): string | undefined {
  const result = instance._wasm_parse_query_raw(pointer);
  const tree = instance.getValue(result, 'i32');
  const error = instance.getValue(result + 8, 'i32');
  const json = error === 0 ? instance.UTF8ToString(tree) : undefined;
  instance._wasm_free_parse_result(result);
  return json;
}

function readTree(json: string): readonly RawStmt[] {
  const tree: { readonly stmts?: readonly RawStmt[] } = JSON.parse(json);
  return tree.stmts ?? [];
}

function rawOf(raw: RawStmt): Raw {
  if (raw.stmt === undefined) throw new CordonError('CORDON_SYNTAX');
  return { stmt: raw.stmt, location: raw.stmt_location ?? 0, length: raw.stmt_len ?? 0 };
}
