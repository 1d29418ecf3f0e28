import { beforeAll, describe, expect, it } from 'vitest';
import { type Catalog, type FunctionEntry, loadCatalog } from '../../../src/catalog/index.ts';
import type { PolicyAllowance } from '../../../src/policy/index.ts';
import { findBuiltinOid, signatureOf } from '../../../src/sql/allow/builtin-types.ts';
import { FAMILIES, findReviewed } from '../../../src/sql/allow/functions/index.ts';
import {
  fitsCatalogForm,
  forbiddenReason,
  isNamingType,
  judgeFunction,
} from '../../../src/sql/allow/index.ts';
import { refusedReason } from '../../../src/sql/allow/refused.ts';
import { findSpecial, specialFunctions } from '../../../src/sql/allow/special-functions.ts';
import {
  describeDatabases,
  describeWith,
  requirement,
  startPglite,
  startPostgres,
  type TestDatabase,
} from '../../databases/index.ts';
import { findPostgres } from '../../databases/postgres-binaries.ts';

const NOTHING: PolicyAllowance = { functions: [], operators: [], types: [], sequences: [] };

/** Functions that only the server calls: input, output, support of types, operators, aggregates and indexes. */
const INNER = `
SELECT DISTINCT CAST(p.proname AS text) AS name FROM pg_catalog.pg_proc p
WHERE p.pronamespace = 11 AND (
  EXISTS (SELECT 1 FROM pg_operator o WHERE p.oid IN (o.oprcode, o.oprrest, o.oprjoin))
  OR EXISTS (SELECT 1 FROM pg_aggregate a WHERE p.oid IN (a.aggtransfn, a.aggfinalfn, a.aggcombinefn, a.aggserialfn, a.aggdeserialfn,
    a.aggmtransfn, a.aggminvtransfn, a.aggmfinalfn))
  OR EXISTS (SELECT 1 FROM pg_amproc a WHERE a.amproc = p.oid)
  OR EXISTS (SELECT 1 FROM pg_type t WHERE p.oid IN (t.typinput, t.typoutput, t.typreceive, t.typsend, t.typmodin, t.typmodout))
  OR EXISTS (SELECT 1 FROM pg_type t WHERE t.oid = p.prorettype AND (t.typname LIKE '%handler' OR t.typname IN ('trigger', 'event_trigger', 'internal', 'cstring'))))`;

const POINTERS = ['internal', 'cstring', '_cstring'].map(findBuiltinOid);

function builtins(catalog: Catalog): readonly FunctionEntry[] {
  return catalog.functions.filter(({ schema }) => schema === 'pg_catalog');
}

function judge(catalog: Catalog, name: string, allow: Partial<PolicyAllowance> = {}, schema?: string) {
  return judgeFunction(catalog, { ...NOTHING, ...allow }, schema, name);
}

describeDatabases('functions', (database) => {
  let catalog: Catalog;
  beforeAll(async () => {
    await database().run(`
      CREATE SCHEMA evil;
      CREATE FUNCTION evil.count(int) RETURNS int LANGUAGE sql AS 'SELECT 1';
      CREATE FUNCTION public.lower(uuid) RETURNS text LANGUAGE sql AS 'SELECT 1::text';
      CREATE FUNCTION public.all_orders() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1';
      CREATE FUNCTION public.tidy(int) RETURNS int LANGUAGE sql AS 'SELECT 1';
      CREATE PROCEDURE public.act(int) LANGUAGE sql AS 'SELECT 1';
      CREATE FUNCTION public.query_to_xml(text) RETURNS text LANGUAGE sql AS 'SELECT 1::text'`);
    catalog = await loadCatalog((sql) => database().query(sql));
  });

  it('each built-in one is on the list, or somebody wrote down why it is not', async () => {
    const inner = new Set((await database().query(INNER)).map(({ name }) => name));
    const unknown = builtins(catalog).filter(
      ({ name, args }) =>
        findReviewed(name) === undefined &&
        findSpecial(name) === undefined &&
        forbiddenReason(name) === undefined &&
        refusedReason(name) === undefined &&
        !inner.has(name) &&
        !args.some((arg) => POINTERS.includes(arg)),
    );
    expect([...new Set(unknown.map(({ name }) => name))]).toEqual([]);
  });

  it('each built-in one that is not on a list is refused', () => {
    const wrong = builtins(catalog).filter(
      ({ name }) =>
        findReviewed(name) === undefined && findSpecial(name) === undefined && judge(catalog, name).allowed,
    );
    expect(wrong.map(({ name }) => name)).toEqual([]);
  });

  it('no list that is open to callers holds a name that is forbidden or refused for a reason', () => {
    const names = FAMILIES.flatMap(({ functions }) => [...functions.keys()]);
    expect(names.filter((name) => refusedReason(name) !== undefined)).toEqual([]);
    expect(names.filter((name) => forbiddenReason(name) !== undefined)).toEqual([]);
  });

  it('allows a name whose every overload was reviewed, and gives the overloads', () => {
    const judged = judge(catalog, 'lower');
    expect(judged).toMatchObject({ allowed: true, schema: 'pg_catalog', kind: 'function' });
    expect(judged.allowed && judged.overloads.length).toBe(3);
    expect(judge(catalog, 'count')).toMatchObject({ allowed: true, kind: 'aggregate' });
    expect(judge(catalog, 'row_number')).toMatchObject({ allowed: true, kind: 'window' });
    expect(judge(catalog, 'lower', {}, 'pg_catalog').allowed).toBe(true);
  });

  it('refuses a name with an overload that nobody reviewed, unless the types prove another one', () => {
    expect(judge(catalog, 'age')).toEqual({ allowed: false, reason: 'unreviewed-overload' });
    const age = (...types: (number | undefined)[]) =>
      judgeFunction(catalog, NOTHING, undefined, 'age', types).allowed;
    expect(age(1184)).toBe(true);
    expect(age(undefined, undefined)).toBe(true);
    expect(age(undefined)).toBe(false);
    expect(age(28)).toBe(false);
    expect(age(705)).toBe(false);
  });

  it('refuses every listed name as soon as the database has one more overload of it', () => {
    for (const { functions } of FAMILIES) {
      for (const name of functions.keys()) {
        const [sample] = catalog.functions;
        if (sample === undefined) throw new Error('no functions');
        const added = { ...sample, schema: 'pg_catalog', name, args: [28, 28, 28] };
        expect(judge({ ...catalog, functions: [...catalog.functions, added] }, name).allowed, name).toBe(
          false,
        );
      }
    }
  });

  it('refuses namesakes in other schemas, and keeps to the built-in one without a schema', () => {
    expect(judge(catalog, 'count', {}, 'evil')).toEqual({ allowed: false, reason: 'not-listed' });
    expect(judge(catalog, 'lower', {}, 'public').allowed).toBe(false);
    expect(judge(catalog, 'lower')).toMatchObject({ schema: 'pg_catalog' });
  });

  it('refuses what takes SQL text, files, objects, settings, waits and other sessions', () => {
    const names = `query_to_xml table_to_xml pg_read_file pg_sleep pg_advisory_lock lo_import lo_get pg_ls_dir pg_stat_file txid_current
      pg_notify setval lastval pg_terminate_backend pg_relation_size pg_backend_pid has_parameter_privilege ts_stat ts_rewrite to_regclass
      json_populate_record cursor_to_xml setseed pg_get_viewdef pg_stat_get_activity nothing_of_that_name`;
    for (const name of names.split(/\s+/)) {
      expect(judge(catalog, name).allowed, name).toBe(false);
      expect(judge(catalog, name, {}, 'pg_catalog').allowed, name).toBe(false);
    }
  });

  it('lists none that takes or gives a type whose values name objects, for a literal beside it would be looked up', () => {
    const naming = builtins(catalog).filter(
      ({ name, args, result }) => findReviewed(name) !== undefined && [...args, result].some(isNamingType),
    );
    expect(naming.map(({ name }) => name)).toEqual([]);
    expect(isNamingType(findBuiltinOid('regclass'))).toBe(true);
    expect(isNamingType(findBuiltinOid('text'))).toBe(false);
  });

  it('opens functions of the policy by their full name, and some never', () => {
    expect(judge(catalog, 'tidy').allowed).toBe(false);
    expect(judge(catalog, 'tidy', { functions: ['tidy'] }).allowed).toBe(false);
    expect(judge(catalog, 'tidy', { functions: ['public.tidy'] })).toMatchObject({
      allowed: true,
      schema: 'public',
    });
    expect(judge(catalog, 'all_orders', { functions: ['public.all_orders'] }).allowed).toBe(true);
    expect(judge(catalog, 'pg_advisory_xact_lock', { functions: ['pg_advisory_xact_lock'] }).allowed).toBe(
      true,
    );
    expect(judge(catalog, 'age', { functions: ['age'] }).allowed).toBe(true);
    for (const name of [
      'query_to_xml',
      'pg_read_file',
      'lo_import',
      'setseed',
      'int4in',
      'pg_terminate_backend',
    ]) {
      const allow = { functions: [name, `pg_catalog.${name}`, `public.${name}`] };
      expect(judge(catalog, name, allow).allowed, name).toBe(false);
    }
    expect(judge(catalog, 'query_to_xml', { functions: ['public.query_to_xml'] }, 'public').allowed).toBe(
      false,
    );
    expect(judge(catalog, 'act', { functions: ['public.act'] }).allowed).toBe(false);
  });

  it('marks those that may be called in one way only', () => {
    const special = (name: string) => {
      const judged = judge(catalog, name);
      return judged.allowed ? judged.special : undefined;
    };
    expect(special('nextval')).toBe('sequence');
    expect(special('currval')).toBe('sequence');
    expect(special('current_setting')).toBe('setting');
    expect(special('set_config')).toBe('set-setting');
    expect(special('to_regtype')).toBe('type-name');
    expect(special('format_type')).toBe('catalog-only');
    expect(special('lower')).toBeUndefined();
  });
});

const EXTENSIONS = ['uuid-ossp', 'pgcrypto', 'citext', 'pg_trgm', 'hstore', 'unaccent'] as const;

describe('functions of extensions', () => {
  it('are told by who owns them: those of reviewed ones may be called, a namesake beside them may not', async () => {
    const { PGlite } = await import('@electric-sql/pglite');
    const [uuidOssp, pgcrypto, citext, pgTrgm, hstore, unaccent] = await Promise.all([
      import('@electric-sql/pglite/contrib/uuid_ossp'),
      import('@electric-sql/pglite/contrib/pgcrypto'),
      import('@electric-sql/pglite/contrib/citext'),
      import('@electric-sql/pglite/contrib/pg_trgm'),
      import('@electric-sql/pglite/contrib/hstore'),
      import('@electric-sql/pglite/contrib/unaccent'),
    ]);
    const extensions = { ...uuidOssp, ...pgcrypto, ...citext, ...pgTrgm, ...hstore, ...unaccent };
    const pglite = await PGlite.create({ extensions });
    for (const name of EXTENSIONS) await pglite.exec(`CREATE EXTENSION "${name}"`);
    await pglite.exec(`CREATE FUNCTION digest(int) RETURNS int LANGUAGE sql AS 'SELECT 1'`);
    const catalog = await loadCatalog(async (sql) => (await pglite.query<Record<string, unknown>>(sql)).rows);
    const names = ['uuid_generate_v4', 'similarity', 'unaccent', 'hstore', 'crypt', 'gen_salt', 'citext_eq'];
    for (const name of names) {
      expect(judge(catalog, name), name).toMatchObject({ allowed: true, schema: 'public' });
    }
    // One overload of digest is not the extension's, and which one is called is the database's choice.
    for (const name of ['digest', 'set_limit', 'populate_record', 'citextin']) {
      expect(judge(catalog, name).allowed, name).toBe(false);
    }
    await pglite.close();
  });
});

const SERVERS: Readonly<Record<string, () => Promise<TestDatabase>>> = {
  pglite: startPglite,
  system: () => startPostgres({ source: 'system' }),
  embedded: () => startPostgres({ source: 'embedded' }),
};

describeWith(
  (['system', 'embedded'] as const).map((source) => {
    const found = findPostgres(source);
    return requirement(`postgres (${source})`, 'missing' in found ? found.missing : undefined);
  }),
  'the lists',
  () => {
    it('hold no signature that none of the servers has', async () => {
      const present = new Set<string>();
      for (const start of Object.values(SERVERS)) {
        const database = await start();
        const catalog = await loadCatalog((sql) => database.query(sql));
        for (const { name, args } of builtins(catalog)) present.add(`${name}(${signatureOf(args)})`);
        for (const name of specialFunctions().keys()) {
          if (catalog.functions.some((entry) => entry.name === name)) present.add(name);
        }
        await database.stop();
      }
      const listed = FAMILIES.flatMap(({ functions }) =>
        [...functions].flatMap(([name, signatures]) =>
          [...signatures.keys()].map((signature) => `${name}(${signature})`),
        ),
      );
      expect(listed.filter((signature) => !present.has(signature))).toEqual([]);
      expect([...specialFunctions().keys()].filter((name) => !present.has(name))).toEqual([]);
    }, 60_000);
  },
);

describe('a catalog function', () => {
  const oid = { kind: 'system-column', type: 26 } as const;
  const constant = { kind: 'constant' } as const;

  it('takes the number of an object from a column of the catalog only', () => {
    expect(fitsCatalogForm('format_type', [oid, constant])).toBe(true);
    expect(fitsCatalogForm('format_type', [constant, oid])).toBe(false);
    expect(fitsCatalogForm('format_type', [{ kind: 'system-expression' }, constant])).toBe(false);
    expect(fitsCatalogForm('format_type', [{ kind: 'system-column', type: 23 }, constant])).toBe(false);
    expect(fitsCatalogForm('format_type', [{ kind: 'other' }, constant])).toBe(false);
    expect(fitsCatalogForm('format_type', [oid])).toBe(false);
    expect(fitsCatalogForm('pg_get_indexdef', [oid, { kind: 'system-column', type: 21 }, constant])).toBe(
      true,
    );
    expect(fitsCatalogForm('has_table_privilege', [oid, constant])).toBe(true);
    expect(fitsCatalogForm('has_table_privilege', [constant, constant])).toBe(false);
    expect(fitsCatalogForm('has_table_privilege', [constant, oid, constant])).toBe(false);
    expect(fitsCatalogForm('lower', [oid])).toBe(false);
  });

  it('takes texts that the catalog itself gave', () => {
    const text = { kind: 'system-expression' } as const;
    expect(fitsCatalogForm('pg_get_serial_sequence', [text, oid])).toBe(true);
    expect(fitsCatalogForm('pg_get_serial_sequence', [constant, constant])).toBe(false);
  });
});
