import type { PreparedStatement } from './prepared-statement.ts';

/** So many are remembered, and no longer ones. */
const STATEMENTS_MAX = 100;
const CHARACTERS_MAX = 10_000;

/** The unnamed statements that a client has sent of late: many drivers send the same ones again and again. */
export class RecentStatements {
  readonly #byText = new Map<string, PreparedStatement>();

  /** Remembers a statement in place of the same one before it, which is answered; undefined: it comes for the first time. */
  exchange(statement: PreparedStatement): PreparedStatement | undefined {
    const { text } = statement;
    const before = this.#byText.get(text);
    if (before === undefined) {
      if (text.length > CHARACTERS_MAX) return undefined;
      if (this.#byText.size >= STATEMENTS_MAX) this.#byText.clear();
    }
    this.#byText.set(text, statement);
    return before !== undefined && hasTypesOf(before, statement) ? before : undefined;
  }
}

function hasTypesOf(
  { parameterTypes: one }: PreparedStatement,
  { parameterTypes: other }: PreparedStatement,
) {
  return one.length === other.length && one.every((type, index) => type === other[index]);
}
