/** The rows of the blog: whose, and what a transcript shows of them. */
import { readFileSync } from 'node:fs';

export interface Blogger {
  readonly id: number;
  readonly name: 'alice' | 'bob';
  /** A post, tag and person that belong to the other one. */
  readonly foreign: { readonly user: number; readonly post: number; readonly tag: number };
}

export const ALICE: Blogger = { id: 1, name: 'alice', foreign: { user: 2, post: 201, tag: 21 } };
export const BOB: Blogger = { id: 2, name: 'bob', foreign: { user: 1, post: 101, tag: 11 } };

/** The schema, and the rows of some people only. */
export function worldOf(...people: readonly Blogger[]): string {
  const schema = readFileSync(new URL('schema.sql', import.meta.url), 'utf8');
  return [schema, ...people.map(rowsOf)].join('\n');
}

function rowsOf({ id, name }: Blogger): string {
  const numbers = [1, 2, 3, 4, 5, 6];
  const posts = numbers.map(
    (n) =>
      `(${id}0${n}, ${id}, '${name} writes ${n}', '${n % 2 === 0 ? 'live' : 'draft'}', ${n * 10 * id}, ${n / 2},` +
      ` '{${name},p${n}}', '{"lang": "en", "words": ${n * 100}}', '2024-01-0${n}T10:00:00Z', '2024-01-0${n}T10:00:00Z')`,
  );
  const comments = numbers.map((n) => `(${id}0${n}, ${id}0${((n - 1) % 3) + 1}, 'comment ${n} for ${name}')`);
  return `
INSERT INTO users VALUES (${id}, '${name}@blog.test', '${name}', NULL);
INSERT INTO profiles VALUES (${id}, ${id}, 'I am ${name}');
INSERT INTO posts (id, author_id, title, state, views, rating, labels, meta, created_at, updated_at) VALUES ${posts.join(', ')};
INSERT INTO comments VALUES ${comments.join(', ')};
INSERT INTO tags (id, owner_id, name) VALUES (${id}1, ${id}, 'red'), (${id}2, ${id}, 'green'), (${id}3, ${id}, 'blue');
INSERT INTO post_tags VALUES (${id}01, ${id}1), (${id}01, ${id}2), (${id}02, ${id}2), (${id}03, ${id}3);
`;
}

/** What a run has seen, step by step. */
export type Transcript = readonly (readonly [step: string, seen: unknown])[];

export class Notes {
  readonly #steps: [string, unknown][] = [];

  /** Waits for a step and writes down what came back, or which error. */
  readonly note = async (step: string, work: Promise<unknown> | (() => Promise<unknown>)): Promise<void> => {
    const seen = typeof work === 'function' ? work() : work;
    this.#steps.push([step, plain(await seen)]);
  };

  get transcript(): Transcript {
    return this.#steps;
  }
}

export type Note = Notes['note'];

const FIRST_NEW_ID = 100_000;

/** Values as JSON has them; ids that the run made, and moments of today, depend on who ran first. */
function plain(value: unknown): unknown {
  if (value === undefined) return null;
  if (isResult(value)) return plain({ rowCount: value.rowCount, rows: value.rows });
  const text = JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'bigint' ? String(inner) : inner,
  );
  return JSON.parse(text, (key, inner: unknown) => {
    if (typeof inner === 'number' && inner >= FIRST_NEW_ID) return 'new';
    if (typeof inner === 'string' && /^\d{6}$/.test(inner)) return 'new';
    return /^(created|updated)_?at$/i.test(key) && !String(inner).startsWith('2024') ? 'today' : inner;
  });
}

/** A result of `pg`, which brings its parsers along. */
function isResult(value: unknown): value is { readonly rowCount: number; readonly rows: unknown } {
  return typeof value === 'object' && value !== null && 'rowCount' in value && 'command' in value;
}
