/**
 * Prints and verifies each statement of a folder of .sql files, and compares the literals that our lexer finds with
 * those of PostgreSQL's scanner. A folder to use is `src/test/regress/sql` of PostgreSQL's source, which is not part of
 * this repository; docs/reference/corpus.md has its figures.
 *
 *     npm run corpus -- path/to/sql
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CordonError } from '../src/errors/index.ts';
import { NODES } from '../src/sql/nodes.ts';
import { createParser, type ParsedStatement, type Parser } from '../src/sql/parse/index.ts';
import { printStatement } from '../src/sql/print/index.ts';
import { shape } from '../src/sql/shape/index.ts';
import { verify } from '../src/sql/verify.ts';
import { differenceOf } from '../test/sql/shape/difference.ts';
import { ScanOracle } from '../test/sql/shape/scan-oracle.ts';
import { splitScript } from './split-script.ts';
import { templateDiffers } from './template-difference.ts';

interface Tally {
  accepted: number;
  refused: number;
  wrong: number;
}

const DML = ['SelectStmt', 'InsertStmt', 'UpdateStmt', 'DeleteStmt'];

class Corpus {
  readonly #parser: Parser;
  readonly #oracle: ScanOracle;
  readonly lexed = { same: 0, slow: 0, templates: 0 };
  readonly tallies = new Map<string, Tally>();
  /** Of each class, what was refused how often. */
  readonly constructs = new Map<string, Map<string, number>>();
  readonly wrong: string[] = [];
  unparsed = 0;

  constructor(parser: Parser, oracle: ScanOracle) {
    this.#parser = parser;
    this.#oracle = oracle;
  }

  addFile(path: string): void {
    for (const piece of splitScript(readFileSync(path, 'utf8'))) this.#addPiece(piece);
  }

  #addPiece(piece: string): void {
    this.#compareLiterals(piece);
    let statements: ParsedStatement[];
    try {
      statements = this.#parser.parse(piece);
    } catch (error) {
      if (!(error instanceof CordonError)) throw error;
      this.unparsed += 1;
      return;
    }
    for (const statement of statements) this.#addStatement(statement);
    const [only, ...others] = statements;
    if (only !== undefined && others.length === 0) this.#compareTemplate(piece, only);
  }

  #compareTemplate(piece: string, statement: ParsedStatement): void {
    try {
      if (templateDiffers(this.#parser, piece, statement)) this.wrong.push(`template of ${piece.trim()}`);
      else this.lexed.templates += 1;
    } catch (error) {
      if (!(error instanceof CordonError)) throw error;
    }
  }

  #compareLiterals(piece: string): void {
    const shaped = shape(piece);
    const scanned = this.#oracle.literals(piece);
    if (shaped.slow) this.lexed.slow += 1;
    else if (scanned === undefined || differenceOf(piece, shaped, scanned) === undefined)
      this.lexed.same += 1;
    else this.wrong.push(`literals of ${piece.trim()}`);
  }

  #addStatement(statement: ParsedStatement): void {
    const tally = this.#tallyOf(Object.keys(statement.stmt)[0] ?? 'none');
    try {
      const segments = printStatement(statement.stmt);
      verify(this.#parser, { tree: statement.stmt, segments, slot: () => '', parameterCount: 0 });
      tally.accepted += 1;
    } catch (error) {
      if (!(error instanceof CordonError)) throw error;
      if (error.code === 'CORDON_UNSUPPORTED') this.#addRefusal(tally, statement, error);
      else this.#addWrong(tally, statement);
    }
  }

  #addRefusal(tally: Tally, statement: ParsedStatement, error: CordonError): void {
    tally.refused += 1;
    const construct = error.message.replace(/ cannot be checked.*/, '');
    const kind = Object.keys(statement.stmt)[0] ?? 'none';
    const counts = this.constructs.get(kind) ?? new Map<string, number>();
    this.constructs.set(kind, counts.set(construct, (counts.get(construct) ?? 0) + 1));
  }

  #addWrong(tally: Tally, statement: ParsedStatement): void {
    tally.wrong += 1;
    this.wrong.push(statement.text.trim());
  }

  #tallyOf(kind: string): Tally {
    const tally = this.tallies.get(kind) ?? { accepted: 0, refused: 0, wrong: 0 };
    this.tallies.set(kind, tally);
    return tally;
  }
}

function write(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** The table of docs/reference/corpus.md, and beneath it what is wrong, statement by statement. */
function report(corpus: Corpus): void {
  const known = [...corpus.tallies].filter(([kind]) => Object.hasOwn(NODES, kind));
  const others = [...corpus.tallies].filter(([kind]) => !Object.hasOwn(NODES, kind));
  const rest = others.reduce((sum, [, tally]) => sum + tally.refused, 0);
  write('| statement | accepted | refused | wrong | refused because of |');
  write('|---|---:|---:|---:|---|');
  for (const [kind, tally] of known.sort(([a], [b]) => classOrder(a) - classOrder(b) || (a < b ? -1 : 1)))
    write(tableLine(kind.replace(/Stmt$/, ''), tally, reasons(corpus.constructs.get(kind))));
  write(
    `| ${others.length} other kinds | 0 | ${rest} | 0 | the statement itself: definitions, blocks, maintenance |`,
  );
  write('');
  write(`not SQL for this parser: ${corpus.unparsed} pieces`);
  write(
    `literals: ${corpus.lexed.same} pieces like PostgreSQL's scanner, ${corpus.lexed.slow} left to the parser`,
  );
  write(`templates that held for other literals: ${corpus.lexed.templates}`);
  for (const text of corpus.wrong) write(`wrong: ${text}`);
}

function classOrder(kind: string): number {
  const at = DML.indexOf(kind);
  return at === -1 ? DML.length : at;
}

function tableLine(name: string, { accepted, refused, wrong }: Tally, because: string): string {
  return `| ${name} | ${accepted} | ${refused} | ${wrong} | ${because} |`;
}

function reasons(constructs: ReadonlyMap<string, number> | undefined): string {
  return [...(constructs ?? [])]
    .sort((a, b) => b[1] - a[1])
    .map(([construct, count]) => `${construct} ${count}`)
    .join(', ');
}

function exitCode(corpus: Corpus): number {
  const dml = DML.map((kind) => corpus.tallies.get(kind) ?? { accepted: 0, refused: 0, wrong: 0 });
  const accepted = dml.reduce((sum, tally) => sum + tally.accepted, 0);
  const all = dml.reduce((sum, tally) => sum + tally.accepted + tally.refused + tally.wrong, 0);
  write(
    `SELECT, INSERT, UPDATE, DELETE: ${accepted} of ${all}, ${((100 * accepted) / Math.max(all, 1)).toFixed(2)} %`,
  );
  return corpus.wrong.length === 0 && accepted >= 0.98 * all ? 0 : 1;
}

async function main(folder: string | undefined): Promise<number> {
  if (folder === undefined) {
    write('usage: npm run corpus -- FOLDER');
    return 2;
  }
  const corpus = new Corpus(await createParser(), await ScanOracle.load());
  for (const file of readdirSync(folder).sort())
    if (file.endsWith('.sql')) corpus.addFile(join(folder, file));
  report(corpus);
  return exitCode(corpus);
}

process.exitCode = await main(process.argv[2]);
