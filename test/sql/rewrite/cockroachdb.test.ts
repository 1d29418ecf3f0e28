/**
 * What the guard makes of CockroachDB's own statements. No CockroachDB server is run: where Postgres reads the printed text too, it runs
 * there; otherwise the text is looked at.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Catalog, relationKey } from '../../../src/catalog/index.ts';
import { createGuard, type Guard } from '../../../src/guard/guard.ts';
import { type LoadedPolicy, loadPolicy, type Principal } from '../../../src/policy/index.ts';
import { createParser } from '../../../src/sql/index.ts';
import { catalogOf, scrub } from '../../attacks/guarded.ts';
import { type PgliteDatabase, startPglite } from '../../databases/index.ts';
import { type Connection, embeddedConnection } from '../../worlds/connection.ts';

const SCHEMA = `
CREATE TYPE crdb_internal_region AS ENUM ('eu', 'us');
CREATE TABLE notes (id int PRIMARY KEY, owner int, body text DEFAULT 'nothing', n int, slug text UNIQUE, CONSTRAINT small CHECK (n < 100));
CREATE INDEX notes_by_owner ON notes (owner);
CREATE TABLE visits (id int PRIMARY KEY, owner int, crdb_region crdb_internal_region);
CREATE TABLE plain (id int, body text);`;

const ROWS = `
TRUNCATE notes, visits;
INSERT INTO notes VALUES (1, 1, 'mine', 1, 'a'), (2, 1, 'mine too', 2, 'b'), (10, 2, 'theirs', 0, 'z');
INSERT INTO visits VALUES (1, 1, 'eu'), (2, 1, 'us'), (3, 2, 'eu');`;

const rule = { for: 'member', rows: 'owner = :user' };
const notes = {
  ...rule,
  read: 'all',
  write: ['body', 'n', 'slug'],
  insert: ['id', 'body', 'n', 'slug'],
  delete: true,
};
const DOCUMENT = {
  version: 1,
  identity: {
    token: { issuer: 'x', audience: 'x', algorithms: ['HS256'], secretEnv: 'CORDON_TOKEN_SECRET' },
    claims: { user: { from: 'sub', type: 'int' }, region: { from: 'region', type: 'text' } },
    roles: { from: 'role', default: 'member' },
  },
  relations: {
    notes: { rules: [notes] },
    visits: {
      rules: [
        {
          for: 'member',
          rows: 'owner = :user and crdb_region = :region',
          read: 'all',
          write: ['crdb_region'],
          insert: ['id', 'owner', 'crdb_region'],
        },
      ],
    },
    plain: { rules: [{ for: 'member', rows: 'all', read: 'all', insert: true, write: 'all' }] },
  },
};

const parser = await createParser();
const claims = new Map([
  ['user', '1'],
  ['region', 'eu'],
]);
const alice: Principal = { role: 'member', claims, fingerprint: 'alice', expiresAtMs: undefined };

let database: PgliteDatabase;
let connection: Connection;
let catalog: Catalog;
let guard: Guard;

function policyOf(document: object): LoadedPolicy {
  const { policy, mistakes } = loadPolicy(document);
  if (policy === undefined) throw new Error(JSON.stringify(mistakes));
  return policy;
}

function guardOf(more: object = {}, over: Catalog = catalog): Guard {
  return createGuard({ policy: policyOf({ ...DOCUMENT, ...more }), catalog: over, parser });
}

/** The texts that are sent, or the code of the refusal. */
function judged(text: string, by: Guard = guard): string {
  const answer = by.session().judgeQuery(text, alice);
  if (answer.kind === 'denied') return answer.error.code;
  return answer.statements.map((statement) => statement.textFor(alice)).join('; ');
}

/** What alice receives: rows, or the code of the error. */
async function asked(text: string): Promise<string> {
  const answer = guard.session().judgeQuery(text, alice);
  if (answer.kind === 'denied') return answer.error.code;
  const shown: string[] = [];
  for (const statement of answer.statements) {
    for (const given of await connection.simple(statement.textFor(alice)))
      for (const one of scrub(given, statement.discardRows)) {
        if (one.kind === 'error') return one.fields.C ?? '';
        if (one.kind === 'row') shown.push(one.values.join(','));
      }
  }
  return shown.join(' ');
}

async function stored(sql: string): Promise<string> {
  return (await connection.simple(sql))
    .flatMap((answer) => (answer.kind === 'row' ? [answer.values.join(',')] : []))
    .join(' ');
}

beforeAll(async () => {
  database = await startPglite();
  connection = embeddedConnection(database.pglite);
  await connection.simple(SCHEMA);
  catalog = await catalogOf(connection, { dialect: 'cockroachdb' });
  guard = guardOf();
}, 60_000);
beforeEach(async () => {
  await connection.simple(ROWS);
});
afterAll(async () => database.stop());

describe('UPSERT', () => {
  it('inserts a row of the caller, whose owner it stamps', async () => {
    expect(await asked('UPSERT INTO notes (id, n) VALUES (5, 5) RETURNING id, owner, body')).toBe(
      '5,1,nothing',
    );
  });
  it('changes the listed columns of an own row and keeps the others', async () => {
    await asked('UPSERT INTO notes (id, n) VALUES (1, 9)');
    expect(await stored('SELECT * FROM notes WHERE id = 1')).toBe('1,1,mine,9,a');
  });
  it('without a list sets what is missing to its default', async () => {
    await asked('UPSERT INTO notes VALUES (1, 1)');
    expect(await stored('SELECT * FROM notes WHERE id = 1')).toBe('1,1,nothing,,');
  });
  it('neither overwrites nor tells of the row of another', async () => {
    expect(await asked('UPSERT INTO notes (id, n) VALUES (10, 9)')).toBe('23505');
    expect(await asked('UPSERT INTO notes (id, n) VALUES (10, 9) RETURNING body')).toBe('23505');
    expect(await asked('UPSERT INTO notes (id) VALUES (10)')).toBe('23505');
    expect(await stored('SELECT * FROM notes WHERE id = 10')).toBe('10,2,theirs,0,z');
  });
  it('gives no row to another, whether a row is in the way or not', async () => {
    expect(await asked('UPSERT INTO notes (id, owner, n) VALUES (6, 2, 1)')).toBe('42501');
    expect(await asked('UPSERT INTO notes (id, owner, n) VALUES (1, 2, 1)')).toBe('42501');
    expect(await stored('SELECT owner FROM notes WHERE id = 1')).toBe('1');
  });
  it('may name its own owner column, as ORM libraries do', async () => {
    await asked("UPSERT INTO notes (id, owner, body, n) VALUES (1, 1, 'new', 3)");
    expect(await stored('SELECT * FROM notes WHERE id = 1')).toBe('1,1,new,3,a');
  });
  it('of a key alone changes nothing in an own row', async () => {
    expect(await asked('UPSERT INTO notes (id) VALUES (1)')).toBe('');
    expect(await stored('SELECT * FROM notes WHERE id = 1')).toBe('1,1,mine,1,a');
  });
  it('conflicts on other keys than the primary one end as they do', async () => {
    expect(await asked("UPSERT INTO notes (id, slug) VALUES (7, 'z')")).toBe('23505');
  });
  it('takes rows of a query, read under the rules', async () => {
    await asked('UPSERT INTO notes (id, n) SELECT id, 7 FROM notes');
    expect(await stored('SELECT id, n FROM notes ORDER BY id')).toBe('1,7 2,7 10,0');
  });
  it('is refused where there is no primary key to conflict on', () => {
    expect(judged("UPSERT INTO plain (id, body) VALUES (1, 'x')")).toBe('CORDON_UNSUPPORTED');
  });
});

describe('ON CONFLICT follows the stricter of both databases', () => {
  it('a proposed row that may not be inserted is an error also over an own row', async () => {
    expect(await asked('INSERT INTO notes (id, owner) VALUES (1, 2) ON CONFLICT (id) DO NOTHING')).toBe(
      '42501',
    );
    expect(
      await asked('INSERT INTO notes (id, owner) VALUES (1, 2) ON CONFLICT (id) DO UPDATE SET n = 1'),
    ).toBe('42501');
  });
  it('over a hidden row it is the same error as over none', async () => {
    expect(await asked('INSERT INTO notes (id, owner) VALUES (10, 2) ON CONFLICT (id) DO NOTHING')).toBe(
      '42501',
    );
    expect(await asked('INSERT INTO notes (id, owner) VALUES (11, 2) ON CONFLICT (id) DO NOTHING')).toBe(
      '42501',
    );
  });
});

describe('hints', () => {
  it('stay at the relation that is read', () => {
    expect(judged('SELECT id FROM notes@notes_by_owner')).toContain(
      'FROM "public"."notes"@"notes_by_owner" AS "notes" WHERE',
    );
    expect(judged('SELECT t.id FROM notes@{NO_FULL_SCAN} AS t')).toContain(
      '"public"."notes"@{NO_FULL_SCAN} AS "t"',
    );
    expect(judged('DELETE FROM notes@notes_by_owner WHERE n = 1')).toContain(
      '"public"."notes"@"notes_by_owner"',
    );
  });
  it('name an index of the relation, or are refused', () => {
    expect(judged('SELECT id FROM notes@visits_pkey')).toBe('CORDON_UNSUPPORTED');
  });
  it('of joins are kept', () => {
    expect(judged('SELECT a.id FROM notes a INNER HASH JOIN visits b ON a.id = b.id')).toContain(
      'INNER HASH JOIN',
    );
  });
  it('are dropped for a Postgres server', async () => {
    const postgres = createGuard({
      policy: policyOf(DOCUMENT),
      catalog: { ...catalog, dialect: 'postgres', version: 'p' },
      parser,
      dialect: 'cockroachdb',
    });
    expect(judged('SELECT id FROM notes@nowhere', postgres)).not.toContain('nowhere');
  });
});

describe('AS OF SYSTEM TIME', () => {
  it('is refused unless the policy opens the past', () => {
    expect(judged("SELECT id FROM notes AS OF SYSTEM TIME '-10s'")).toBe('CORDON_PAST_DENIED');
    expect(judged("BEGIN AS OF SYSTEM TIME '-10s'")).toBe('CORDON_PAST_DENIED');
    expect(judged("SET TRANSACTION AS OF SYSTEM TIME '-10s'")).toBe('CORDON_PAST_DENIED');
  });
  it('takes constants and the functions that give a moment, at the top of a statement', () => {
    const open = guardOf({ pastReads: true });
    expect(judged("SELECT id FROM notes AS OF SYSTEM TIME '-10s'", open)).toMatch(
      /AS OF SYSTEM TIME '-10s'$/,
    );
    expect(judged('SELECT id FROM notes AS OF SYSTEM TIME follower_read_timestamp()', open)).toContain(
      'follower_read_timestamp',
    );
    expect(judged("BEGIN AS OF SYSTEM TIME '-10s'", open)).toContain("AS OF SYSTEM TIME '-10s'");
    for (const text of [
      "SELECT id FROM (SELECT id FROM notes AS OF SYSTEM TIME '-10s') AS t",
      "SELECT id FROM notes AS OF SYSTEM TIME (SELECT '-10s')",
      "SELECT id FROM notes AS OF SYSTEM TIME lower('-10S')",
    ])
      expect(judged(text, open)).toMatch(/^CORDON_/);
  });
});

describe('writes that choose their rows', () => {
  it('order and cut off after the filter, with guarded expressions', () => {
    expect(judged('DELETE FROM notes WHERE n = 1 ORDER BY 1 / n LIMIT 2')).toMatch(
      /^DELETE FROM "public"."notes" AS "notes" WHERE \(\("notes"."owner" = .* AND .*\) ORDER BY CASE WHEN \("notes"."owner" = .*\) THEN \(1 \/ "notes"."n"\) END LIMIT 2$/,
    );
    expect(judged('UPDATE notes SET n = 3 WHERE id > 0 ORDER BY id LIMIT 1')).toContain(
      'ORDER BY "notes"."id" LIMIT 1',
    );
  });
  it('RETURNING NOTHING returns nothing, and new rows are checked all the same', () => {
    expect(judged('UPDATE notes SET n = 3 WHERE id = 1 RETURNING NOTHING')).not.toContain('NOTHING');
    expect(judged('INSERT INTO notes (id, owner) VALUES (8, 1) RETURNING NOTHING')).toContain(
      'cordon:new-row',
    );
  });
  it('a condition that can fail stands with those over columns of the rules in one CASE', () => {
    const text = judged('UPDATE notes SET n = 1 WHERE 1 / n > 0 AND owner = 1 AND id > 4');
    expect(text).toContain('WHERE (("notes"."owner" IN (');
    expect(text).toContain('AND ("notes"."id" > 4) AND CASE WHEN ("notes"."owner" = ');
  });
});

describe('conditional forms', () => {
  it('IF and IFNULL are written as every database knows them', async () => {
    expect(await asked("SELECT IF(n > 1, body, 'few'), IFNULL(slug, 'none') FROM notes ORDER BY id")).toBe(
      'few,a mine too,b',
    );
  });
  it('ISERROR and IFERROR ask about rows of the caller alone', () => {
    expect(judged('SELECT ISERROR(1 / n) FROM notes')).toMatch(
      /CASE WHEN \("notes"."cordon \d+" IS NOT FALSE\) THEN ISERROR\(/,
    );
    expect(judged('SELECT id FROM notes WHERE IFERROR(1 / n, 0) = 0')).toMatch(/THEN \(IFERROR\(/);
  });
});

describe('functions', () => {
  it('of CockroachDB that were reviewed may be called', () => {
    expect(judged('SELECT unique_rowid(), uuid_v4(), gateway_region()')).toContain('unique_rowid');
    expect(judged("SELECT experimental_strftime(now(), '%Y')")).toContain('experimental_strftime');
  });
  it('that tell of the work of others, and all of crdb_internal but one, may not', () => {
    for (const call of [
      'cluster_logical_timestamp()',
      'crdb_internal.node_id()',
      "crdb_internal.force_panic('x')",
      "st_astext('x')",
    ])
      expect(judged(`SELECT ${call}`)).toBe('CORDON_FUNCTION_DENIED');
    expect(judged("SELECT crdb_internal.increment_feature_counter('x')")).toContain(
      'increment_feature_counter',
    );
    expect(judged('SELECT crdb_internal.increment_feature_counter(body) FROM notes')).toBe(
      'CORDON_FUNCTION_DENIED',
    );
  });
});

describe('hidden columns', () => {
  /** A relation as CockroachDB's catalog has one without a primary key: a column that is NOT VISIBLE, and `rowid`. */
  function withHidden(): Catalog {
    const key = relationKey('public', 'plain');
    const relation = catalog.relations.get(key);
    const [id] = relation?.columns ?? [];
    if (relation === undefined || id === undefined) throw new Error('no relation');
    const rowid = { ...id, name: 'rowid', position: 9, hidden: true, hasDefault: true };
    const plain = {
      ...relation,
      columns: [...relation.columns, rowid],
      primaryKey: ['rowid'],
      uniqueKeys: [['rowid']],
    };
    return { ...catalog, version: 'hidden', relations: new Map([...catalog.relations, [key, plain]]) };
  }

  it('are left out by stars, whole rows, lists of values and COPY, and are there by name', () => {
    const hidden = guardOf({}, withHidden());
    expect(judged('SELECT * FROM plain', hidden)).toBe(
      'SELECT "plain"."id", "plain"."body" FROM "public"."plain"',
    );
    expect(judged('SELECT rowid FROM plain', hidden)).toContain('SELECT "plain"."rowid" FROM');
    expect(judged('SELECT plain FROM plain', hidden)).not.toContain('AS "rowid"');
    expect(judged("INSERT INTO plain VALUES (1, 'x')", hidden)).toContain('("id", "body") VALUES');
    expect(judged("INSERT INTO plain VALUES (1, 'x') RETURNING *", hidden)).not.toContain('rowid');
    expect(judged('COPY plain TO STDOUT', hidden)).not.toContain('rowid');
  });
  it('make UPSERT an INSERT where the hidden key is not given', () => {
    expect(judged("UPSERT INTO plain (id, body) VALUES (1, 'x')", guardOf({}, withHidden()))).not.toContain(
      'CONFLICT',
    );
  });
  it('that the catalog does not list are refused', () => {
    for (const column of [
      'rowid',
      'crdb_internal_mvcc_timestamp',
      'tableoid',
      'crdb_internal_origin_timestamp',
    ])
      expect(judged(`SELECT ${column} FROM notes`)).toBe('CORDON_SYSTEM_COLUMN_DENIED');
  });
});

describe('a rule on crdb_region', () => {
  it('shows the rows of the region of the caller', async () => {
    expect(await asked('SELECT id FROM visits ORDER BY id')).toBe('1');
  });
  it('lets no row be put into another region, or moved there', async () => {
    expect(await asked("INSERT INTO visits (id, owner, crdb_region) VALUES (7, 1, 'us')")).toBe('42501');
    expect(await asked("INSERT INTO visits (id, owner, crdb_region) VALUES (8, 1, 'eu')")).toBe('');
    expect(await asked("UPDATE visits SET crdb_region = 'us' WHERE id = 1")).toBe('42501');
    expect(await stored('SELECT crdb_region FROM visits WHERE id = 1')).toBe('eu');
  });
});

describe('what can neither be guarded nor fenced', () => {
  it.each([
    'SELECT a.id FROM notes a FULL JOIN visits b ON 1 / a.n = b.id',
    'SELECT 1 / generate_series(1, n) FROM notes',
  ])('%s is refused', (text) => {
    expect(judged(text)).toBe('CORDON_PLACEMENT_UNSAFE');
  });
});
