/** Date and time inputs whose value is that of the moment at which they are read (PostgreSQL manual 8.5.1.4). */
const OF_THE_MOMENT = /now|today|tomorrow|yesterday/i;

const QUOTED = /'(?:[^']|'')*'|"(?:[^"]|"")*"/g;

/**
 * Whether a string in a printed statement may stand for the moment at which it is read: where the statement is kept prepared,
 * that would be the moment at which it was prepared. In doubt it may.
 */
export function holdsMoment(text: string): boolean {
  if (!OF_THE_MOMENT.test(text)) return false;
  for (const [quoted] of text.matchAll(QUOTED)) {
    if (quoted.startsWith("'") && OF_THE_MOMENT.test(quoted)) return true;
  }
  return false;
}
