/** Compares a value with the shape of a policy document, and says what is wrong in the words of a policy. */
import { z } from 'zod';
import { type Safe, safeJoin, safeName } from '../errors/index.ts';
import { documentSchema, type PolicyDocument } from './document.ts';
import { type Mistake, mistake, say, wording } from './mistake.ts';
import { didYouMean, nearest } from './nearest.ts';
import { type Origins, type Path, pathText } from './origin.ts';

type Issue = z.core.$ZodIssue;
type JsonSchema = z.core.JSONSchema.JSONSchema;

/** The published schema of a policy document, for editors. */
export function policyJsonSchema(): JsonSchema {
  return z.toJSONSchema(documentSchema, { io: 'input', target: 'draft-7' });
}

export type Shaped =
  | { readonly document: PolicyDocument; readonly mistakes?: undefined }
  | { readonly document?: undefined; readonly mistakes: readonly Mistake[] };

export function shapeDocument(value: unknown, origins: Origins): Shaped {
  const parsed = documentSchema.safeParse(value);
  if (parsed.success) return { document: parsed.data };
  return { mistakes: new ShapeMistakes(value, origins).of(parsed.error.issues, []) };
}

class ShapeMistakes {
  readonly #value: unknown;
  readonly #origins: Origins;
  readonly #schema = policyJsonSchema();

  constructor(value: unknown, origins: Origins) {
    this.#value = value;
    this.#origins = origins;
  }

  of(issues: readonly Issue[], above: Path): readonly Mistake[] {
    const meant = new Set(issues.flatMap((issue) => this.#meant(issue, [...above, ...pathOf(issue)])));
    return issues.flatMap((issue) => {
      const path = [...above, ...pathOf(issue)];
      return meant.has(pathText(path)) && this.#valueAt(path) === undefined ? [] : this.#issue(issue, path);
    });
  }

  /** Keys that are missing because they are misspelt: one mistake, not two. */
  #meant(issue: Issue, path: Path): readonly string[] {
    if (issue.code !== 'unrecognized_keys') return [];
    const known = this.#knownKeys(path);
    const keys = issue.keys.map((key) => nearest(key, known));
    return keys.filter((key) => key !== undefined).map((key) => pathText([...path, key]));
  }

  #knownKeys(path: Path): readonly string[] {
    return schemasAt(this.#schema, path).flatMap((schema) => Object.keys(schema.properties ?? {}));
  }

  #issue(issue: Issue, path: Path): readonly Mistake[] {
    if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => this.#unknownKey(path, key));
    if (issue.code === 'invalid_key') return [this.#invalidKey(path)];
    if (issue.code === 'invalid_union') {
      const inner = deepest(issue.errors);
      if (inner !== undefined) return this.of(inner, path);
    }
    return [this.#valueAt(path) === undefined ? this.#missing(path) : this.#wrongValue(issue, path)];
  }

  #unknownKey(path: Path, key: string): Mistake {
    const known = this.#knownKeys(path);
    return mistake('UNKNOWN_KEY', this.#keyPosition(path, key), {
      name: safeName(key),
      near: didYouMean(key, known),
      known: quoted(known),
    });
  }

  #keyPosition(path: Path, key: string) {
    return this.#origins.keyAt([...path, key]);
  }

  #invalidKey(path: Path): Mistake {
    const name = safeName(String(path.at(-1)));
    return mistake('NAME_INVALID', this.#origins.at(path), { name, fix: say`write a name` });
  }

  #missing(path: Path): Mistake {
    const fix = this.#fix(path);
    return mistake('MISSING_KEY', this.#origins.at(path), { name: safePath(path), fix });
  }

  #wrongValue(issue: Issue, path: Path): Mistake {
    const where = path.length === 0 ? say`the policy` : say`\`${safePath(path)}\``;
    const facts = { where, what: wording(ownWords(issue)), fix: this.#fix(path) };
    return mistake('WRONG_VALUE', this.#origins.at(path), facts);
  }

  /** An example or the values that the schema allows at this place. */
  #fix(path: Path): Safe {
    const schemas = schemasAt(this.#schema, path);
    const values = schemas.flatMap((schema) => [
      ...(schema.enum ?? []),
      ...(schema.const === undefined ? [] : [schema.const]),
    ]);
    if (values.length > 0) return say`write one of ${quoted(values.map(String))}`;
    const example = schemas.flatMap((schema) => schema.examples ?? [])[0];
    if (example !== undefined) return say`write for example ${wording(JSON.stringify(example))}`;
    return say`see the reference of the policy for what stands here`;
  }

  #valueAt(path: Path): unknown {
    let value: unknown = this.#value;
    for (const part of path) {
      if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined;
      value = (value as Record<string | number, unknown>)[part];
    }
    return value;
  }
}

function pathOf(issue: Issue): Path {
  return issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part));
}

/** Of the alternatives of a union, the one that got furthest into the value. */
function deepest(alternatives: readonly (readonly Issue[])[]): readonly Issue[] | undefined {
  const depth = (issues: readonly Issue[]): number =>
    Math.max(0, ...issues.map((issue) => issue.path.length + (issue.code === 'unrecognized_keys' ? 1 : 0)));
  const best = [...alternatives].sort((a, b) => depth(b) - depth(a))[0];
  return best !== undefined && depth(best) > 0 ? best : undefined;
}

/** Messages of `document.ts` are kept; what the schema library would say itself is put into our words. */
function ownWords(issue: Issue): string {
  if (!/^(Invalid|Too|Unrecognized)/.test(issue.message)) return issue.message;
  if (issue.code === 'invalid_type') return `is not ${TYPE_WORDS[issue.expected] ?? 'what stands here'}`;
  if (issue.code === 'too_small') return 'is empty or too small';
  if (issue.code === 'too_big') return 'is too large';
  return 'is not one of the values that stand here';
}

const TYPE_WORDS: Readonly<Record<string, string>> = {
  string: 'text',
  boolean: 'true or false',
  number: 'a number',
  int: 'a whole number',
  array: 'a list',
  object: 'a map of keys',
  record: 'a map of names',
};

/** The parts of the schema that hold at a path, every alternative of a union. */
function schemasAt(schema: JsonSchema, path: Path): readonly JsonSchema[] {
  let at: readonly JsonSchema[] = alternatives(schema);
  for (const part of path) at = at.flatMap((each) => below(each, part)).flatMap(alternatives);
  return at;
}

function alternatives(schema: JsonSchema): readonly JsonSchema[] {
  const inner = [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].filter((each) => typeof each === 'object');
  return inner.length === 0 ? [schema] : [schema, ...inner.flatMap(alternatives)];
}

function below(schema: JsonSchema, part: string | number): readonly JsonSchema[] {
  const found =
    typeof part === 'number' ? schema.items : (schema.properties?.[part] ?? schema.additionalProperties);
  return typeof found === 'object' && !Array.isArray(found) ? [found] : [];
}

function quoted(names: readonly string[]): Safe {
  return safeJoin(
    names.map((each) => say`\`${safeName(each)}\``),
    ', ',
  );
}

function safePath(path: Path): Safe {
  return safeJoin(
    path.map((part) => safeName(String(part))),
    '.',
  );
}
