/** One message of the recorded script. */
export interface Recorded {
  readonly line: number;
  readonly sql: string;
  /** Rows for COPY … FROM STDIN. */
  readonly copied: string;
}

/** A message ends at a line that ends with `;`; rows for COPY follow it up to a line `\.`; comment lines stand alone. */
export function readScript(script: string): readonly Recorded[] {
  const recorded: Recorded[] = [];
  const lines = script.split('\n');
  let sql: string[] = [];
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] ?? '';
    if (sql.length === 0 && (line === '' || line.startsWith('--'))) continue;
    sql.push(line);
    if (!line.endsWith(';')) continue;
    const end = /\bFROM STDIN\b/.test(line) ? lines.indexOf('\\.', index) : index;
    const copied = lines.slice(index + 1, end).map((row) => `${row}\n`);
    recorded.push({ line: index + 1, sql: sql.join('\n'), copied: copied.join('') });
    index = end;
    sql = [];
  }
  return recorded;
}
