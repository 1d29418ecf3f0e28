/**
 * The text of a policy as plain data with places. YAML is read without its tricks: what stands in a policy is what a
 * reader sees, so anchors, aliases, tags, merge keys and doubled keys are mistakes.
 */
import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  visit,
  type YAMLError,
} from 'yaml';
import { type Safe, safeName } from '../errors/index.ts';
import { type Mistake, mistake, say } from './mistake.ts';
import { Origins, type Path, type Position } from './origin.ts';

export interface PolicySource {
  readonly value: unknown;
  readonly origins: Origins;
  readonly mistakes: readonly Mistake[];
}

/** Policies name roles and relations; the largest one imaginable is far smaller. */
const TEXT_CHARACTERS_MAX = 1_000_000;

/** A policy that came as a value has no lines: its mistakes name their path alone. */
export function objectSource(value: unknown): PolicySource {
  return { value, origins: new Origins(() => ({ line: 0, column: 0 })), mistakes: [] };
}

export function yamlSource(text: string): PolicySource {
  if (text.length > TEXT_CHARACTERS_MAX) return unreadable((at) => [mistake('TOO_LARGE', at)]);
  try {
    return new YamlSource(text).read();
  } catch {
    // The parser recurses; hostile nesting ends here, and so does any failure inside it.
    return unreadable((at) => [mistake('YAML_INVALID', at, { reason: say`it cannot be read` })]);
  }
}

function unreadable(mistakes: (at: Position) => readonly Mistake[]): PolicySource {
  const at = { line: 1, column: 1, path: '' };
  return { value: undefined, origins: new Origins(() => at), mistakes: mistakes(at) };
}

class YamlSource {
  readonly #text: string;
  readonly #lines = new LineCounter();
  readonly #document: Document.Parsed;

  constructor(text: string) {
    this.#text = text;
    this.#document = parseDocument(text, {
      version: '1.2',
      schema: 'core',
      merge: false,
      strict: true,
      uniqueKeys: true,
      prettyErrors: false,
      stringKeys: false,
      lineCounter: this.#lines,
    });
  }

  read(): PolicySource {
    const origins = new Origins((path, part, offset) => this.#locate(path, part, offset));
    const errors = [...this.#document.errors, ...this.#document.warnings].map((error) => this.#syntax(error));
    const mistakes = errors.length > 0 ? errors : this.#tricks();
    return { value: mistakes.length > 0 ? undefined : this.#document.toJS(), origins, mistakes };
  }

  #syntax(error: YAMLError): Mistake {
    const at = this.#at(error.pos[0]);
    if (error.code !== 'DUPLICATE_KEY')
      return mistake('YAML_INVALID', at, { reason: yamlReason(error.code) });
    const key = /^[^\s:]+/.exec(this.#text.slice(error.pos[0]))?.[0] ?? '?';
    return mistake('KEY_TWICE', at, { name: safeName(key) });
  }

  #tricks(): readonly Mistake[] {
    const found: Mistake[] = [];
    const trick = (node: unknown, what: Safe): void => {
      const start = isNode(node) ? node.range?.[0] : undefined;
      found.push(mistake('YAML_TRICK', this.#at(start ?? 0), { what }));
    };
    visit(this.#document, {
      Node: (_key, node) => {
        if (isAlias(node)) trick(node, say`an alias`);
        else if (node.anchor !== undefined) trick(node, say`an anchor`);
        if (!isAlias(node) && node.tag !== undefined) trick(node, say`a tag`);
      },
      Pair: (_key, pair) => {
        const what = oddKey(pair);
        if (what !== undefined) trick(pair.key, what);
      },
    });
    return found;
  }

  #locate(path: Path, part: 'key' | 'value', offset: number): { line: number; column: number } {
    let node: Node | null = this.#document.contents;
    let key = node?.range?.[0] ?? 0;
    for (const each of path) {
      const step = stepInto(node, each);
      if (step === undefined) break;
      node = step.value;
      key = step.start;
    }
    if (part === 'key') return this.#at(key);
    return this.#at(isScalar(node) ? this.#inScalar(node, offset) : (node?.range?.[0] ?? key));
  }

  /** Walks value and source side by side: quotes are doubled, and folded line breaks read as one space. */
  #inScalar(node: Node & { readonly value: unknown }, offset: number): number {
    const [start, end] = node.range ?? [0, 0, 0];
    const value = typeof node.value === 'string' ? node.value : '';
    let at = scalarStart(this.#text, start);
    for (let index = 0; index < offset && at < end; index++) {
      if (/\s/.test(value[index] ?? '')) at = this.#afterSpace(at);
      else if (this.#text[at] === value[index])
        at += this.#text.startsWith("''", at) && this.#text[start] === "'" ? 2 : 1;
      else return start;
    }
    return at;
  }

  #afterSpace(at: number): number {
    const line = /^[ \t]*\r?\n\s*/.exec(this.#text.slice(at))?.[0];
    return at + (line?.length ?? 1);
  }

  #at(offset: number): Position {
    const { line, col } = this.#lines.linePos(offset);
    return { line, column: col, path: '' };
  }
}

/** The first character of the text of a scalar, after a quote or the header of a block. */
function scalarStart(text: string, start: number): number {
  const first = text[start];
  if (first === "'" || first === '"') return start + 1;
  if (first !== '|' && first !== '>') return start;
  return start + (/^[|>][^\n]*\n\s*/.exec(text.slice(start))?.[0].length ?? 1);
}

function stepInto(
  node: Node | null,
  part: string | number,
): { value: Node | null; start: number } | undefined {
  if (isMap(node)) {
    const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(part));
    if (pair === undefined || !isNode(pair.key)) return undefined;
    return { value: isNode(pair.value) ? pair.value : null, start: pair.key.range?.[0] ?? 0 };
  }
  if (node === null || !('items' in node)) return undefined;
  const item = typeof part === 'number' ? node.items[part] : undefined;
  return isNode(item) ? { value: item, start: item.range?.[0] ?? 0 } : undefined;
}

function oddKey(pair: Pair): Safe | undefined {
  if (!isScalar(pair.key) || typeof pair.key.value !== 'string') return say`a key that is not text`;
  if (pair.key.value === '<<') return say`a merge key`;
  return pair.key.value === '__proto__' ? say`the key \`__proto__\`` : undefined;
}

/** Words for the parser's codes; its own messages may quote the text. */
function yamlReason(code: YAMLError['code']): Safe {
  switch (code) {
    case 'BAD_INDENT':
      return say`the indentation does not fit`;
    case 'TAB_AS_INDENT':
      return say`a tab stands where spaces indent`;
    case 'MISSING_CHAR':
      return say`a closing character or a space is missing`;
    case 'BAD_ALIAS':
      return say`an alias is not allowed`;
    case 'MULTIPLE_DOCS':
      return say`a second document begins here`;
    case 'MULTILINE_IMPLICIT_KEY':
    case 'BLOCK_AS_IMPLICIT_KEY':
      return say`a key goes over several lines, or a text holds \`: \` and no quotes`;
    default:
      return say`something unexpected stands here`;
  }
}
