const PATTERNS = {
  '.': /\s*(?:"((?:[^"]|"")+)"|([A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*))\s*(\.|$)/y,
  ',': /\s*(?:"((?:[^"]|"")+)"|([A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*))\s*(,|$)/y,
} as const;

/**
 * Identifiers written in a text, as the database reads them: folded to lower case where they are not quoted, ASCII letters only
 * (PostgreSQL source, varlena.c: SplitIdentifierString; scansup.c: downcase_identifier). undefined where the text is anything else.
 */
export function identifiersIn(text: string, separator: '.' | ','): readonly string[] | undefined {
  const item = new RegExp(PATTERNS[separator]);
  const found: string[] = [];
  for (;;) {
    const match = item.exec(text);
    if (match === null) return undefined;
    found.push(match[1]?.replaceAll('""', '"') ?? folded(match[2] ?? ''));
    if (match[3] === '') return found;
  }
}

function folded(identifier: string): string {
  return identifier.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}
