/** A database of a test as the posture reads it, and what comes out. */
import { type Catalog, type CatalogQuery, loadCatalog } from '../../src/catalog/index.ts';
import { CordonError } from '../../src/errors/index.ts';
import { checkPolicy, type LoadedPolicy, loadPolicy } from '../../src/policy/index.ts';
import {
  type Finding,
  judgePosture,
  readSchema,
  readServer,
  type WayFacts,
} from '../../src/posture/index.ts';

/** Asks as the command line does: a refusal keeps its SQLSTATE and no word. */
export function asked(query: CatalogQuery): CatalogQuery {
  return async (text) => {
    try {
      return await query(text);
    } catch (cause) {
      const { code } = cause as { code?: unknown };
      if (typeof code !== 'string') throw cause;
      throw new CordonError('CORDON_DATABASE_ERROR', {}, { sqlstate: code });
    }
  };
}

export function policyOf(text: string): LoadedPolicy {
  const { policy, mistakes } = loadPolicy(text);
  if (policy === undefined) throw new Error(JSON.stringify(mistakes));
  return policy;
}

/** The findings about relations of a database, without its server. */
export async function schemaFindings(query: CatalogQuery, text: string): Promise<readonly Finding[]> {
  const { policy, catalog } = await read(query, text);
  const schema = await readSchema(asked(query));
  return judgePosture(policy, catalog, { schema, server: undefined, way: undefined });
}

/** All findings about a database, its server and the role that asks. */
export async function allFindings(
  query: CatalogQuery,
  text: string,
  way?: WayFacts,
): Promise<readonly Finding[]> {
  const { policy, catalog } = await read(query, text);
  const schema = await readSchema(asked(query));
  const server = await readServer(asked(query));
  return judgePosture(policy, catalog, { schema, server, way });
}

async function read(
  query: CatalogQuery,
  text: string,
): Promise<{ readonly policy: LoadedPolicy; readonly catalog: Catalog }> {
  const policy = policyOf(text);
  const catalog = await loadCatalog(query, { searchPath: policy.schemas });
  const mistakes = checkPolicy(policy, catalog);
  if (mistakes.length > 0) throw new Error(JSON.stringify(mistakes));
  return { policy, catalog };
}

/** `POSTURE_X public.t (a)`, in order. */
export function told(findings: readonly Finding[], only?: RegExp): readonly string[] {
  return findings.map(({ code, where }) => `${code} ${where}`).filter((line) => only?.test(line) ?? true);
}
