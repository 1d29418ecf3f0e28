import type { Catalog } from '../catalog/index.ts';
import { buildAccess, type LoadedPolicy } from '../policy/index.ts';
import type { SchemaFacts, ServerFacts, WayFacts } from './facts.ts';
import { type Finding, sortFindings } from './finding.ts';
import { openedRelations, schemaFindings, uncoveredFindings } from './schema.ts';
import { serverFindings, unreadFindings, wayFindings } from './server.ts';

export interface PostureFacts {
  readonly schema: SchemaFacts;
  /** undefined where there is a schema and no server. */
  readonly server: ServerFacts | undefined;
  readonly way: WayFacts | undefined;
}

/** What is worth a warning, the gravest first. The policy has no mistakes against the catalog. */
export function judgePosture(
  policy: LoadedPolicy,
  catalog: Catalog,
  facts: PostureFacts,
): readonly Finding[] {
  const opened = openedRelations(policy, catalog, buildAccess(policy, catalog));
  const covered = opened.map(({ relation }) => relation);
  const { schema, server, way } = facts;
  return sortFindings([
    ...(way === undefined ? [] : wayFindings(way)),
    ...(server === undefined ? [] : serverFindings(server, covered, policy.schemas)),
    ...uncoveredFindings(policy, catalog),
    ...schemaFindings(opened, schema, catalog.dialect),
    ...unreadFindings(schema.unread),
  ]);
}
