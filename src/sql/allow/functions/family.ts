/** One group of functions that were reviewed together, and the reason that holds for each. */
export interface Family {
  readonly title: string;
  readonly reason: string;
  /** Name to signatures: `text,int4` to what is known of it. */
  readonly functions: ReadonlyMap<string, ReadonlyMap<string, Reviewed>>;
}

export interface Reviewed {
  /** Cannot raise an error for any values of its argument types, and has no side effect. */
  readonly total: boolean;
}

/**
 * Reads a list: one name a line, then each reviewed signature in parentheses, by the names of `pg_type`.
 * `!` after a signature marks it as total.
 */
export function family(title: string, reason: string, list: string): Family {
  const functions = new Map<string, ReadonlyMap<string, Reviewed>>();
  for (const line of list.trim().split('\n')) {
    const [name = '', ...signatures] = line.split(' ');
    functions.set(name, new Map(signatures.map(readSignature)));
  }
  return { title, reason, functions };
}

function readSignature(text: string): [string, Reviewed] {
  const total = text.endsWith('!');
  return [text.slice(1, total ? -2 : -1), { total }];
}
