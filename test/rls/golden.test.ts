/**
 * What `cordon rls` prints for the demo, to be read by eye, for the versions that differ.
 * `CORDON_GOLDEN=write npx vitest run test/rls/golden.test.ts` writes it anew; the diff is the review.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Catalog, type Dialect, loadCatalog } from '../../src/catalog/index.ts';
import { loadPolicy } from '../../src/policy/index.ts';
import { compileRls, printRls, readTargetVersion } from '../../src/rls/index.ts';
import { createParser } from '../../src/sql/index.ts';
import { cordon } from '../cli/run.ts';
import {
  demoFile,
  describeWith,
  loadShop,
  type PgliteDatabase,
  requirement,
  startPglite,
} from '../databases/index.ts';
import { askOracle, buildOracle } from '../oracle/oracle.ts';

const SCRIPTS = [
  { file: 'postgres-15.sql', version: '15.18', columns: 'grants' },
  { file: 'postgres-15-gateway.sql', version: '15.18', columns: 'grants', gateway: true },
  { file: 'postgres-15-views.sql', version: '15.18', columns: 'views' },
  { file: 'postgres-14-views.sql', version: '14', columns: 'views' },
  { file: 'cockroachdb-25.2.1.sql', version: '25.2.1', columns: 'grants' },
  { file: 'cockroachdb-25.4.sql', version: '25.4.7', columns: 'grants' },
  { file: 'cockroachdb-26.2-views.sql', version: '26.2', columns: 'views' },
] as const;

type Script = (typeof SCRIPTS)[number];

function optionsOf(script: Script): readonly string[] {
  const dialect = dialectOf(script);
  const columns =
    script.columns === 'views' ? ['--columns', 'views'] : 'gateway' in script ? ['--gateway'] : [];
  return ['--dialect', dialect, '--version', script.version, ...columns];
}

function dialectOf({ file }: Script): Dialect {
  return file.startsWith('postgres') ? 'postgres' : 'cockroachdb';
}

const path = (file: string): string => fileURLToPath(new URL(`../golden/rls/${file}`, import.meta.url));

/** As the server reads it, without the comments between statements. */
function statementsOf(script: string): readonly string[] {
  return script
    .split('\n')
    .filter((line) => !line.startsWith('--'))
    .join('\n')
    .split(/;\n+|;$/)
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '');
}

describe('what `cordon rls` prints for the demo', { timeout: 120_000 }, () => {
  let database: PgliteDatabase;
  let catalog: Catalog;
  const { policy } = loadPolicy(readFileSync(demoFile('cordon.yaml'), 'utf8'));

  beforeAll(async () => {
    database = await startPglite();
    await loadShop(database);
    catalog = await loadCatalog((sql) => database.query(sql), { searchPath: ['public'] });
  });
  afterAll(() => database.stop());

  function printed(script: Script): string {
    if (policy === undefined) throw new Error('the policy of the demo has mistakes');
    const { columns } = script;
    const version = readTargetVersion(dialectOf(script), script.version);
    const options = {
      version,
      appRoles: ['app'],
      reader: 'cordon_reader',
      columns,
      gateway: 'gateway' in script,
    };
    return printRls(compileRls(policy, catalog, options), `cordon rls ${optionsOf(script).join(' ')}`);
  }

  it.each(SCRIPTS)('$file', (script) => {
    const text = printed(script);
    if (process.env.CORDON_GOLDEN === 'write') writeFileSync(path(script.file), text);
    expect(text).toBe(readFileSync(path(script.file), 'utf8'));
    expect(printed(script)).toBe(text);
  });

  it('is what the command prints', async () => {
    const [script] = SCRIPTS;
    const { code, out } = await cordon(['rls', ...optionsOf(script)]);
    expect({ code, out: `${out}\n` }).toEqual({ code: 0, out: printed(script) });
  });
});

describe('each statement for Postgres', () => {
  it.each(SCRIPTS.filter(({ file }) => file.startsWith('postgres')))(
    'of $file is one of its grammar',
    async ({ file }) => {
      const parser = await createParser();
      const script = readFileSync(path(file), 'utf8');
      for (const { stmt } of parser.parsePrinted(script)) expect(Object.keys(stmt)).toHaveLength(1);
    },
  );
});

describeWith([requirement('oracle', buildOracle())], "CockroachDB's own parser", () => {
  let accepted: (script: string) => readonly string[];
  beforeAll(() => {
    accepted = (script) => {
      const statements = statementsOf(script);
      const answers = askOracle(statements);
      return statements.flatMap((statement, index) => {
        const answer = answers[index];
        return answer?.accepted === true && answer.statements.length === 1
          ? []
          : [`${answer?.error}: ${statement}`];
      });
    };
  });

  it.each(SCRIPTS.filter(({ file }) => file.startsWith('cockroachdb')))(
    'accepts each statement of $file',
    ({ file }) => {
      const script = readFileSync(path(file), 'utf8');
      expect(statementsOf(script).length).toBeGreaterThan(50);
      expect(accepted(script)).toEqual([]);
    },
  );
});
