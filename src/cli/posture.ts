/** What is worth a warning about the database: read by the operator's own connection, told as a table, as JSON, or in lines. */
import {
  type Finding,
  type PostureFacts,
  readSchema,
  readServer,
  type SchemaFacts,
} from '../posture/index.ts';
import { catalogQuery } from './catalog.ts';
import type { Database } from './database.ts';
import type { Terminal } from './terminal.ts';
import { textTable } from './text-table.ts';

/** Looks at a server as it is now. Each part is asked by itself, so that one which is refused does not end the others. */
export async function readPosture(database: Database): Promise<Pick<PostureFacts, 'schema' | 'server'>> {
  const query = catalogQuery(database);
  return { schema: await readSchema(query), server: await readServer(query) };
}

/** Looks at a schema that no server stands behind. */
export function readSchemaPosture(database: Database): Promise<SchemaFacts> {
  return readSchema(catalogQuery(database));
}

/** A table of what was found where, and below it what each code means and what to do. */
export function postureTable(findings: readonly Finding[]): readonly string[] {
  if (findings.length === 0) return [];
  const rows = findings.map(({ severity, code, where }) => [severity, code, where]);
  return [
    '',
    ...textTable(['severity', 'code', 'where'], rows),
    '',
    ...grouped(findings).flatMap(({ first: { code, happened, fix, source } }) => [
      `${code}: ${happened}`,
      `  ${fix}`,
      ...(source === undefined ? [] : [`  ${source}`]),
    ]),
  ];
}

const PLACES_MAX = 5;

/** Two lines for each kind of finding, with the first of its places. */
export function warnOfPosture(terminal: Terminal, findings: readonly Finding[]): void {
  for (const { first, places } of grouped(findings)) {
    const more = places.length > PLACES_MAX ? ` and ${places.length - PLACES_MAX} more` : '';
    const shown = places.slice(0, PLACES_MAX).join(', ');
    terminal.complain(`warning ${first.code}: ${first.happened} (${shown}${more})`);
    terminal.complain(first.fix);
  }
}

interface Group {
  readonly first: Finding;
  readonly places: readonly string[];
}

/** Findings that are told in the same words. */
function grouped(findings: readonly Finding[]): readonly Group[] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const key = `${finding.code} ${finding.happened} ${finding.fix}`;
    groups.set(key, [...(groups.get(key) ?? []), finding]);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    return first === undefined ? [] : [{ first, places: group.map(({ where }) => where) }];
  });
}
