/** Statements of a caller who wants to learn of hidden rows: each puts something that fails for some hidden row into one place. */

export interface Leak {
  readonly place: string;
  readonly text: string;
  /** Only CockroachDB's grammar reads it. */
  readonly cockroachdb?: true;
  /** Meets the key of a hidden row, which a unique key tells of by itself: only what that row holds is compared. */
  readonly key?: true;
}

const leak = (place: string, ...texts: readonly string[]): readonly Leak[] =>
  texts.map((text) => ({ place, text }));
const keys = (place: string, ...texts: readonly string[]): readonly Leak[] =>
  texts.map((text) => ({ place, text, key: true as const }));
const there = (place: string, ...texts: readonly string[]): readonly Leak[] =>
  texts.map((text) => ({ place, text, cockroachdb: true as const }));

export const LEAKS: readonly Leak[] = [
  ...leak(
    'WHERE',
    'SELECT id FROM notes WHERE 1 / n > -9',
    'SELECT id FROM notes WHERE owner = 1 AND 1 / n > -9',
    'SELECT id FROM notes WHERE 1 / n > -9 AND owner = 1 AND id > 0',
    'SELECT id FROM docs WHERE CAST(raw AS int) > -9',
    'SELECT id FROM docs WHERE id IN (11, 12) AND n / (n - 17) > -9',
    "SELECT id FROM docs WHERE raw LIKE pat AND title <> ''",
    'SELECT id FROM docs WHERE (n > 0 OR CAST(raw AS int) > 0)',
    'SELECT id FROM docs WHERE NOT (CAST(raw AS int) > 99)',
    'SELECT id FROM docs WHERE CASE WHEN n = n THEN 1 / n > -9 ELSE true END',
    'SELECT id FROM docs WHERE COALESCE(NULL, 1 / n) > -9',
  ),
  ...leak(
    'a column that is masked in some rows',
    'SELECT id FROM docs WHERE owner = 1 AND 1 / len > -9',
    'SELECT id FROM docs WHERE owner = 3 AND 1 / len > -9',
    'SELECT id FROM docs WHERE 1 / len > -9',
    'SELECT id FROM people WHERE id = 1 AND CAST(raw AS int) > -9',
    'SELECT len, pat FROM docs ORDER BY id',
  ),
  ...leak(
    'a derived table',
    'SELECT d.y FROM (SELECT 1 / n AS y FROM notes) AS d WHERE d.y > -9',
    'SELECT d.id FROM (SELECT id, n FROM notes) AS d WHERE 1 / d.n > -9',
    'SELECT d.id FROM (SELECT id, n, owner FROM notes) AS d WHERE d.owner = 1 AND 1 / d.n > -9',
    'SELECT d.id FROM (SELECT e.id, e.n FROM (SELECT id, n FROM notes) AS e WHERE e.id > 0) AS d WHERE 1 / d.n > -9',
    'SELECT d.y FROM (SELECT n * 3 AS y, owner FROM notes) AS d WHERE d.owner = 1 AND 1 / d.y > -9',
  ),
  ...leak(
    'a CTE',
    'WITH d AS (SELECT id, n FROM notes) SELECT id FROM d WHERE 1 / n > -9',
    'WITH d AS (SELECT id, n FROM notes) SELECT a.id FROM d AS a, d AS b WHERE a.id = b.id AND 1 / b.n > -9',
    'WITH RECURSIVE r (id, n) AS (SELECT id, n FROM notes UNION ALL SELECT r.id + 1000, r.n FROM r WHERE r.id < 500 AND 1 / r.n > -9) SELECT id FROM r',
  ),
  ...leak(
    'a set operation',
    'SELECT u.n FROM (SELECT n FROM notes UNION SELECT n FROM docs) AS u WHERE 1 / u.n > -9',
    'SELECT u.n FROM (SELECT n FROM notes UNION ALL SELECT 7) AS u WHERE 1 / u.n > -9',
    'SELECT u.n FROM (SELECT n FROM notes EXCEPT SELECT 7) AS u WHERE 1 / u.n > -9',
  ),
  ...leak(
    'a join',
    'SELECT d.id FROM docs AS d JOIN lines AS l ON d.id = l.doc AND 1 / l.n > -9',
    'SELECT d.id FROM docs AS d JOIN lines AS l ON l.doc = d.id AND 1 / (l.n - d.n) < 9',
    'SELECT d.id FROM docs AS d LEFT JOIN lines AS l ON d.id = l.doc AND CAST(l.raw AS int) > -9',
    'SELECT d.id FROM docs AS d RIGHT JOIN lines AS l ON d.id = l.doc WHERE 1 / l.n > -9',
    'SELECT d.id FROM docs AS d, lines AS l WHERE d.id = l.doc AND d.owner = 1 AND 1 / l.n > -9',
    'SELECT p.id FROM people AS p JOIN notes AS t ON t.owner = p.id WHERE p.id = 1 AND 1 / t.n > -9',
    'SELECT v.y FROM docs AS d, LATERAL (SELECT 1 / d.n AS y) AS v WHERE v.y > -9',
    'SELECT d.id FROM docs AS d, generate_series(1, 3, d.n) AS g WHERE d.id > 0',
  ),
  ...leak(
    'the select list',
    'SELECT 1 / n FROM notes',
    'SELECT id, CAST(raw AS int) FROM docs ORDER BY id',
    'SELECT DISTINCT 1 / n FROM notes',
    'SELECT (SELECT 1 / t.n) FROM notes AS t',
    'SELECT generate_series(1, 3, n) FROM notes WHERE id > 0',
  ),
  ...leak(
    'groups',
    'SELECT 1 / n, count(*) FROM notes GROUP BY 1 / n',
    'SELECT CAST(raw AS int), count(*) FROM docs GROUP BY 1',
    'SELECT n FROM notes GROUP BY n HAVING 1 / n > -9',
    'SELECT n, 1 / n FROM notes GROUP BY n',
    'SELECT d.n FROM (SELECT n, count(*) AS c FROM notes GROUP BY n) AS d WHERE 1 / d.n > -9',
  ),
  ...leak(
    'aggregates',
    'SELECT sum(1 / n) FROM notes',
    'SELECT count(*) FILTER (WHERE 1 / n > -9) FROM notes',
    'SELECT string_agg(raw, raw ORDER BY 1 / n) FROM notes',
    'SELECT max(CAST(raw AS int)) FROM docs',
  ),
  ...leak(
    'windows',
    'SELECT sum(1 / n) OVER (ORDER BY id) FROM notes',
    'SELECT count(*) OVER (PARTITION BY 1 / n) FROM notes',
    'SELECT d.id FROM (SELECT id, n, rank() OVER (ORDER BY id) AS r FROM notes) AS d WHERE 1 / d.n > -9',
  ),
  ...leak(
    'order and limit',
    'SELECT id FROM notes ORDER BY 1 / n, id',
    'SELECT d.id FROM (SELECT id, n FROM notes ORDER BY id LIMIT 5) AS d WHERE 1 / d.n > -9',
    'SELECT DISTINCT ON (1 / n) id FROM notes ORDER BY 1 / n, id',
  ),
  ...leak(
    'sub-queries',
    'SELECT id FROM docs AS d WHERE EXISTS (SELECT 1 FROM lines AS l WHERE l.doc = d.id AND 1 / l.n > -9)',
    'SELECT id FROM docs AS d WHERE EXISTS (SELECT 1 FROM goods AS g WHERE 1 / d.n > -9 OR g.id < 0)',
    'SELECT id FROM docs WHERE id IN (SELECT doc FROM lines WHERE CAST(raw AS int) > -9)',
    'SELECT id FROM docs WHERE n > (SELECT max(1 / l.n) FROM lines AS l) - 99',
    'SELECT id FROM docs AS d WHERE (SELECT 1 / d.n) > -9 AND d.owner = 1',
    'SELECT id FROM goods WHERE n <> ALL (SELECT 1 / t.n FROM notes AS t)',
    'SELECT CASE WHEN n > -9 THEN (SELECT 1 / t.n FROM docs AS t WHERE t.id = d.id) END FROM docs AS d',
  ),
  ...leak(
    'whole rows',
    'SELECT CAST(t AS text) FROM notes AS t ORDER BY id',
    'SELECT d FROM (SELECT id, n FROM notes) AS d WHERE 1 / d.n > -9',
    'SELECT * FROM notes WHERE 1 / n > -9 ORDER BY id',
  ),
  ...leak(
    'UPDATE',
    'UPDATE notes SET raw = raw WHERE 1 / n > -9',
    'UPDATE notes SET raw = raw WHERE 1 / n > -9 AND owner = 1',
    'UPDATE notes SET n = 1 / n',
    'UPDATE notes SET raw = raw FROM docs AS d WHERE d.owner = notes.owner AND 1 / (d.n - notes.n) < 9',
    'UPDATE notes SET raw = raw WHERE id > 0 RETURNING 1 / n',
  ),
  ...leak(
    'DELETE',
    'DELETE FROM notes WHERE 1 / n > -9',
    'DELETE FROM notes WHERE CAST(raw AS int) > 900 AND owner = 1',
    'DELETE FROM notes USING docs AS d WHERE d.owner = notes.owner AND 1 / d.n > 9',
  ),
  ...leak(
    'INSERT and conflicts',
    "INSERT INTO notes (id, n, raw) SELECT id + 90000, 1 / n, 'x' FROM notes",
    'INSERT INTO notes (id, n, owner) VALUES (1000, 1, 2) ON CONFLICT (id) DO NOTHING',
    'WITH w AS (INSERT INTO notes (id, n, owner) VALUES (93000, 1, 2) RETURNING id) SELECT 1',
  ),
  ...keys(
    'the key of a hidden row',
    'INSERT INTO notes (id, n) VALUES (1000, 1) ON CONFLICT (id) DO NOTHING',
    'INSERT INTO notes (id, n) VALUES (1000, 1) ON CONFLICT (id) DO UPDATE SET n = 1',
    'INSERT INTO notes (id, n) VALUES (1000, 1) ON CONFLICT (id) DO UPDATE SET n = 1 / notes.n',
    'INSERT INTO notes (id, n) VALUES (1000, 1) ON CONFLICT (id) DO UPDATE SET n = 1 WHERE 1 / notes.n > -9',
  ),
  ...there(
    'UPSERT',
    'UPSERT INTO notes (id, owner, n) VALUES (94000, 2, 1)',
    'UPSERT INTO notes (id, n) SELECT id, 1 / n FROM notes',
  ),
  { place: 'UPSERT', text: 'UPSERT INTO notes (id, n) VALUES (1000, 1)', cockroachdb: true, key: true },
  {
    place: 'UPSERT',
    text: 'UPSERT INTO notes (id, owner, n) VALUES (1000, 1, 1)',
    cockroachdb: true,
    key: true,
  },
  ...there(
    "CockroachDB's own forms",
    'SELECT ISERROR(1 / n) FROM notes',
    'SELECT IFERROR(1 / n, -1) FROM notes',
    'SELECT id FROM notes WHERE IF(n = 0, 1 / n, 1) > -9',
    'DELETE FROM notes WHERE n > 900 ORDER BY 1 / n LIMIT 1',
    'UPDATE notes SET raw = raw WHERE n > 900 ORDER BY CAST(raw AS int) LIMIT 1',
    "SELECT id FROM notes AS OF SYSTEM TIME '-1s'",
    'SELECT crdb_internal_mvcc_timestamp FROM notes',
    'SELECT * FROM crdb_internal.tables',
    'SHOW RANGES FROM TABLE notes',
    'SELECT * FROM [SHOW TABLES]',
  ),
];
