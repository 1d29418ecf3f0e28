/**
 * Text is unsafe until it is marked safe where it is made: a row value, a literal or a token never
 * type-checks as a fact of an error, a log line or a report.
 */
declare const safe: unique symbol;

/** Text that may stand in an error, a log line or a report. */
export type Safe = string & { readonly [safe]: true };

const NAME_CHARACTERS_MAX = 63;

/** Marks a name (relation, column, role, function) as safe: one line, at most as long as a Postgres identifier. */
export function safeName(name: string): Safe {
  const oneLine = name.replace(/[\p{C}`]/gu, '?');
  // A cut in the middle of a surrogate pair would leave half of it, which is no text.
  const cut = oneLine.slice(0, NAME_CHARACTERS_MAX).replace(/\p{Surrogate}$/u, '');
  const short = oneLine.length > NAME_CHARACTERS_MAX ? `${cut}…` : oneLine;
  return short as Safe;
}

/** Marks a number as safe. */
export function safeNumber(value: number): Safe {
  return String(value) as Safe;
}

/** Marks a text written in this source code, and nowhere else, as safe. */
export function safeText<T extends string>(text: string extends T ? never : T): Safe {
  return text as unknown as Safe;
}

/** Joins safe parts with a separator written in this source code. */
export function safeJoin(parts: readonly Safe[], separator: string): Safe {
  return parts.join(separator) as Safe;
}
