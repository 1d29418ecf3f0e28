/**
 * Attack cases are text files: an id and a tag, a sentence of why, statements, and below each the outcome that must hold.
 *
 *     -- A025 any
 *     -- The command tag is the answer.
 *     UPDATE orders SET amount = 1 WHERE id = 25;
 *     -- => same; tag UPDATE 0
 *
 * A statement ends with a semicolon at the end of a line. `refuse =>` is the outcome where relations with hidden columns
 * ask for refusal. Other directives stand in a line of their own: see `DIRECTIVES`.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { withPeople } from '../worlds/world.ts';

/** What may be known about a case beside its statements. */
export const DIRECTIVES = {
  policy: 'a variant of the policy',
  owner: 'SQL of the owner before the catalog is read',
  'owner-late': 'SQL of the owner after the catalog was read',
  session: 'SQL run on the connection before the statements',
  holds: 'SQL of somebody else whose transaction stays open; needs a second connection',
  bare: 'why the attack shows nothing without a guard; otherwise it must',
  'bare-skip': 'why the attack is not run without a guard',
  equal: 'two names for which the refusals must be equal',
  'equal-refuse': 'the same, where relations refuse',
  lookup: 'why values differ between the worlds on purpose; only the shape of the answer is compared',
} as const;

type Directive = keyof typeof DIRECTIVES;

/** `same`: as if the rows of others did not exist. `any`: nothing is claimed beside what holds for every answer. */
export interface Outcome {
  readonly alternatives: readonly (
    | { readonly kind: 'same' | 'refused' | 'any' }
    | { readonly kind: 'error'; readonly code: string | undefined }
  )[];
  readonly tag: string | undefined;
  readonly rows: string | undefined;
}

export type Person = 'alice' | 'bob' | 'nobody';

export interface Step {
  readonly as: Person;
  readonly text: string;
  /** Rows for COPY FROM STDIN. */
  readonly copy: string;
  readonly mask: Outcome;
  readonly refuse: Outcome;
}

export interface AttackCase {
  readonly id: string;
  readonly tag: string;
  readonly file: string;
  readonly why: string;
  readonly directives: Readonly<Partial<Record<Directive, string>>>;
  readonly steps: readonly Step[];
}

const SAME: Outcome = { alternatives: [{ kind: 'same' }], tag: undefined, rows: undefined };

export function readAttackCases(): readonly AttackCase[] {
  const folder = new URL('.', import.meta.url);
  const files = readdirSync(folder).filter((name) => name.endsWith('.sql'));
  return files
    .sort()
    .flatMap((file) => parseCases(file, withPeople(readFileSync(new URL(file, folder), 'utf8'))));
}

function parseCases(file: string, text: string): readonly AttackCase[] {
  const cases: CaseReader[] = [];
  for (const line of text.split('\n')) {
    const head = /^-- (A\d{3}(?:\.\d+)?) (any|pg|crdb)$/.exec(line);
    if (head !== null) cases.push(new CaseReader(file, head[1] ?? '', head[2] ?? ''));
    else cases.at(-1)?.line(line);
  }
  return cases.map((reader) => reader.result());
}

interface Draft {
  as: Person;
  text: string;
  copy: string;
  mask: Outcome | undefined;
  refuse: Outcome | undefined;
}

class CaseReader {
  readonly #file: string;
  readonly #id: string;
  readonly #tag: string;
  readonly #why: string[] = [];
  readonly #directives: Partial<Record<Directive, string>> = {};
  readonly #steps: Draft[] = [];
  #as: Person = 'alice';
  #open: string | undefined;

  constructor(file: string, id: string, tag: string) {
    this.#file = file;
    this.#id = id;
    this.#tag = tag;
  }

  line(line: string): void {
    if (this.#open !== undefined || (line !== '' && !line.startsWith('-- '))) this.#statement(line);
    else if (line !== '') this.#comment(line.slice(3));
  }

  result(): AttackCase {
    if (this.#open !== undefined) throw new Error(`${this.#id}: the last statement does not end`);
    const steps = this.#steps.map((step) => {
      const mask = step.mask ?? SAME;
      return { ...step, mask, refuse: step.refuse ?? mask };
    });
    const why = this.#why.join(' ');
    return { id: this.#id, tag: this.#tag, file: this.#file, why, directives: this.#directives, steps };
  }

  #statement(line: string): void {
    const text = this.#open === undefined ? line : `${this.#open}\n${line}`;
    if (!line.endsWith(';')) {
      this.#open = text;
      return;
    }
    this.#open = undefined;
    const step = { as: this.#as, text: text.slice(0, -1), copy: '', mask: undefined, refuse: undefined };
    this.#steps.push(step);
  }

  #comment(text: string): void {
    const outcome = /^(refuse )?=> (.*)$/.exec(text);
    if (outcome !== null) {
      this.#outcome(outcome[1] === undefined ? 'mask' : 'refuse', outcome[2] ?? '');
      return;
    }
    const directive = /^([a-z-]+): ?(.*)$/.exec(text);
    if (directive === null) this.#why.push(text);
    else this.#directive(directive[1] ?? '', directive[2] ?? '');
  }

  #outcome(mode: 'mask' | 'refuse', text: string): void {
    const step = this.#steps.at(-1);
    if (step === undefined) throw new Error(`${this.#id}: an outcome before any statement`);
    step[mode] = parseOutcome(this.#id, text);
  }

  #directive(name: string, value: string): void {
    const step = this.#steps.at(-1);
    if (name === 'as') this.#as = value as Person;
    else if (name === 'copy' && step !== undefined) step.copy += `${value}\n`;
    else if (name in DIRECTIVES) this.#directives[name as Directive] = value;
    else throw new Error(`${this.#id}: unknown directive ${name}`);
  }
}

function parseOutcome(id: string, text: string): Outcome {
  const [head = '', ...details] = text.split('; ');
  const alternatives = head.split(' or ').map((word) => {
    const error = /^error(?: (\w{5}))?$/.exec(word);
    if (error !== null) return { kind: 'error', code: error[1] } as const;
    if (word === 'same' || word === 'refused' || word === 'any') return { kind: word } as const;
    throw new Error(`${id}: unknown outcome ${word}`);
  });
  return { alternatives, tag: detail(details, 'tag'), rows: detail(details, 'rows') };
}

function detail(details: readonly string[], name: string): string | undefined {
  const found = details.find((one) => one === name || one.startsWith(`${name} `));
  return found?.slice(name.length + 1);
}
