-- What CockroachDB's grammar adds to PostgreSQL's: each form once, rewritten and printed for a CockroachDB server.

-- UPSERT goes by the primary key, and a row of somebody else in the way is an error.
-- principal: alice policy=orms
UPSERT INTO tags (id, name, user_id) VALUES (1, 'tea', 1);
-- => allow, rows dropped
INSERT INTO "public"."tags" AS "tags" ("id", "name", "user_id") VALUES (1, 'tea', CASE WHEN CAST(CASE CAST(1 AS
"int8") WHEN CAST('1' AS "int8") THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN CAST('1' AS "int8") END) ON
CONFLICT ("id") DO UPDATE SET "name" = "excluded"."name", "user_id" = "excluded"."user_id" WHERE CASE WHEN CAST(CASE
WHEN ("excluded"."user_id" = CAST('1' AS "int8")) THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN CASE WHEN
CAST(CASE WHEN ("tags"."user_id" = CAST('1' AS "int8")) THEN 'true' ELSE 'cordon:conflict' END AS "bool") THEN TRUE
ELSE FALSE END ELSE FALSE END RETURNING CASE WHEN CAST(CASE WHEN (("tags"."user_id" = CAST('1' AS "int8")) AND
("tags"."user_id" = CAST('1' AS "int8"))) THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN 1 END;

-- UPSERT without a list of columns gives all of them.
-- principal: alice policy=orms
UPSERT INTO tags VALUES (1, 'tea', 1);
-- => allow, rows dropped
INSERT INTO "public"."tags" AS "tags" ("id", "user_id", "name") VALUES (1, CASE WHEN CAST(CASE CAST('tea' AS "int8")
WHEN CAST('1' AS "int8") THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN CAST('1' AS "int8") END, 1) ON
CONFLICT ("id") DO UPDATE SET "user_id" = "excluded"."user_id", "name" = "excluded"."name" WHERE CASE WHEN CAST(CASE
WHEN ("excluded"."user_id" = CAST('1' AS "int8")) THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN CASE WHEN
CAST(CASE WHEN ("tags"."user_id" = CAST('1' AS "int8")) THEN 'true' ELSE 'cordon:conflict' END AS "bool") THEN TRUE
ELSE FALSE END ELSE FALSE END RETURNING CASE WHEN CAST(CASE WHEN (("tags"."user_id" = CAST('1' AS "int8")) AND
("tags"."user_id" = CAST('1' AS "int8"))) THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN 1 END;

-- ON CONFLICT DO NOTHING: a hidden row in the way is an error, not silence.
-- principal: alice policy=orms
INSERT INTO tags (id, name, user_id) VALUES (1, 'tea', 1) ON CONFLICT (id) DO NOTHING;
-- => allow, rows dropped
INSERT INTO "public"."tags" AS "tags" ("id", "name", "user_id") VALUES (1, 'tea', CASE WHEN CAST(CASE CAST(1 AS
"int8") WHEN CAST('1' AS "int8") THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN CAST('1' AS "int8") END) ON
CONFLICT ("id") DO UPDATE SET "id" = "tags"."id" WHERE CASE WHEN CAST(CASE WHEN ("excluded"."user_id" = CAST('1' AS
"int8")) THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN (NOT CAST(CASE WHEN ("tags"."user_id" = CAST('1' AS
"int8")) THEN 'true' ELSE 'cordon:conflict' END AS "bool")) ELSE FALSE END RETURNING CASE WHEN CAST(CASE WHEN
("tags"."user_id" = CAST('1' AS "int8")) THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN 1 END;

-- RETURNING NOTHING: the check of the new row stands there, and its rows are dropped.
-- principal: alice policy=orms
INSERT INTO tags (name, user_id) VALUES ('tea', 1) RETURNING NOTHING;
-- => allow, rows dropped
INSERT INTO "public"."tags" AS "tags" ("name", "user_id") VALUES ('tea', CASE WHEN CAST(CASE CAST(1 AS "int8") WHEN
CAST('1' AS "int8") THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN CAST('1' AS "int8") END) RETURNING CASE
WHEN CAST(CASE WHEN ("tags"."user_id" = CAST('1' AS "int8")) THEN 'true' ELSE 'cordon:new-row' END AS "bool") THEN 1
END;

-- An index hint moves to the relation inside.
-- principal: alice policy=orms
SELECT name FROM tags@tags_pkey WHERE id = 1;
-- => allow
SELECT "tags"."name" FROM (SELECT "tags"."id", "tags"."user_id", "tags"."name" FROM "public"."tags"@"tags_pkey" AS
"tags" WHERE ("tags"."user_id" = CAST('1' AS "int8"))) AS "tags" WHERE ("tags"."id" = 1);

-- A list of hints.
-- principal: alice policy=orms
SELECT name FROM tags@{FORCE_INDEX=tags_pkey,NO_FULL_SCAN} WHERE id = 1;
-- => allow
SELECT "tags"."name" FROM (SELECT "tags"."id", "tags"."user_id", "tags"."name" FROM
"public"."tags"@{FORCE_INDEX="tags_pkey", NO_FULL_SCAN} AS "tags" WHERE ("tags"."user_id" = CAST('1' AS "int8"))) AS
"tags" WHERE ("tags"."id" = 1);

-- An index that the relation does not have.
-- principal: alice policy=orms
SELECT name FROM tags@secret_idx WHERE id = 1;
-- => deny 0A000 CORDON_UNSUPPORTED
-- a hint that names no index cannot be checked, so the statement is refused

-- A hint for a join.
-- principal: alice policy=orms
SELECT o.id, i.id FROM orders AS o INNER HASH JOIN items AS i ON i.order_id = o.id;
-- => allow
SELECT "o"."id", "i"."id" FROM ((SELECT "o"."id", "o"."user_id", "o"."status", "o"."total", "o"."note",
"o"."created_at" FROM "public"."orders" AS "o" WHERE ("o"."user_id" = CAST('1' AS "int8"))) AS "o" INNER HASH JOIN
(SELECT "i"."id", "i"."order_id", "i"."product", "i"."price", "i"."quantity" FROM "public"."items" AS "i" WHERE
("i"."order_id" = ANY (ARRAY(SELECT "cordon 1"."id" FROM "public"."orders" AS "cordon 1" WHERE ("cordon 1"."user_id"
= CAST('1' AS "int8")))))) AS "i" ON ("i"."order_id" = "o"."id"));

-- The type of a literal by three colons is a cast.
-- principal: alice policy=orms
SELECT '1':::INT8 AS n, 'a':::STRING AS s;
-- => allow
SELECT CAST('1' AS "int8") AS "n", CAST('a' AS "text") AS "s";

-- Names of types: INT is eight bytes, STRING is text, BYTES is bytea.
-- principal: alice policy=orms
SELECT CAST(id AS STRING), name::BYTES, 1::INT, 1.5::FLOAT FROM tags;
-- => allow
SELECT CAST("tags"."id" AS "text"), CASE WHEN ("tags"."cordon 1" IS NOT FALSE) THEN CAST("tags"."name" AS "bytea")
END AS "name", CAST(1 AS bigint), CASE WHEN ("tags"."cordon 1" IS NOT FALSE) THEN CAST(1.5 AS double precision) END
AS "float8" FROM (SELECT "tags"."id", "tags"."user_id", "tags"."name", ((("tags"."user_id" = CAST('1' AS "int8")) IS
TRUE) AND ("pg_catalog"."random"() < 2)) AS "cordon 1" FROM "public"."tags" AS "tags" WHERE ("tags"."user_id" =
CAST('1' AS "int8"))) AS "tags";

-- Byte strings, by escapes and by digits.
-- principal: alice policy=orms
SELECT b'a\x62' AS escaped, x'6162' AS digits;
-- => allow
SELECT CAST('\x6162' AS "bytea") AS "escaped", CAST('\x6162' AS "bytea") AS "digits";

-- IF, IFNULL and NULLIF are spelled out.
-- principal: alice policy=orms
SELECT IF(id > 1, name, 'first'), IFNULL(name, ''), NULLIF(name, '') FROM tags;
-- => allow
SELECT CASE WHEN ("tags"."id" > 1) THEN "tags"."name" ELSE 'first' END AS "if", COALESCE("tags"."name", '') AS
"ifnull", NULLIF("tags"."name", '') FROM (SELECT "tags"."id", "tags"."user_id", "tags"."name" FROM "public"."tags"
AS "tags" WHERE ("tags"."user_id" = CAST('1' AS "int8"))) AS "tags";

-- ISERROR and IFERROR evaluate what can fail, so it is guarded.
-- principal: alice policy=orms
SELECT ISERROR(1 / id), IFERROR(1 / id, 0) FROM tags;
-- => allow
SELECT CASE WHEN ("tags"."cordon 1" IS NOT FALSE) THEN ISERROR((1 / "tags"."id")) END AS "iserror", CASE WHEN
("tags"."cordon 1" IS NOT FALSE) THEN IFERROR((1 / "tags"."id"), 0) END AS "iferror" FROM (SELECT "tags"."id",
"tags"."user_id", "tags"."name", ((("tags"."user_id" = CAST('1' AS "int8")) IS TRUE) AND ("pg_catalog"."random"() <
2)) AS "cordon 1" FROM "public"."tags" AS "tags" WHERE ("tags"."user_id" = CAST('1' AS "int8"))) AS "tags";

-- A condition that can fail is asked only of rows that passed their filter.
-- principal: alice policy=orms
SELECT id FROM tags WHERE 1 / (id - 7) > 0;
-- => allow
SELECT "tags"."id" FROM (SELECT "tags"."id", "tags"."user_id", "tags"."name", ((("tags"."user_id" = CAST('1' AS
"int8")) IS TRUE) AND ("pg_catalog"."random"() < 2)) AS "cordon 1" FROM "public"."tags" AS "tags" WHERE
("tags"."user_id" = CAST('1' AS "int8"))) AS "tags" WHERE CASE WHEN ("tags"."cordon 1" IS NOT FALSE) THEN ((1 /
("tags"."id" - 7)) > 0) ELSE FALSE END;

-- One inside a derived table is guarded there, so what stands above cannot fail.
-- principal: alice policy=orms
SELECT t.id FROM (SELECT id, 1 / (id - 7) AS n FROM tags) AS t WHERE t.n > 0;
-- => allow
SELECT "t"."id" FROM (SELECT "tags"."id", CASE WHEN ("tags"."cordon 1" IS NOT FALSE) THEN (1 / ("tags"."id" - 7))
END AS "n" FROM (SELECT "tags"."id", "tags"."user_id", "tags"."name", ((("tags"."user_id" = CAST('1' AS "int8")) IS
TRUE) AND ("pg_catalog"."random"() < 2)) AS "cordon 1" FROM "public"."tags" AS "tags" WHERE ("tags"."user_id" =
CAST('1' AS "int8"))) AS "tags") AS "t" WHERE ("t"."n" > 0);

-- Above a derived table, the rows carry its flag.
-- principal: alice policy=orms
SELECT t.id FROM (SELECT id FROM tags) AS t WHERE 1 / (t.id - 7) > 0;
-- => allow
SELECT "t"."id" FROM (SELECT "tags"."id", ("tags"."cordon 2" IS NOT FALSE) AS "cordon 1" FROM (SELECT "tags"."id",
"tags"."user_id", "tags"."name", ((("tags"."user_id" = CAST('1' AS "int8")) IS TRUE) AND ("pg_catalog"."random"() <
2)) AS "cordon 2" FROM "public"."tags" AS "tags" WHERE ("tags"."user_id" = CAST('1' AS "int8"))) AS "tags") AS "t"
WHERE CASE WHEN ("t"."cordon 1" IS NOT FALSE) THEN ((1 / ("t"."id" - 7)) > 0) ELSE FALSE END;

-- HAVING: the flag of a group.
-- principal: alice policy=orms
SELECT user_id FROM tags GROUP BY user_id HAVING 1 / user_id > 0;
-- => allow
SELECT "tags"."user_id" FROM (SELECT "tags"."id", "tags"."user_id", "tags"."name", ((("tags"."user_id" = CAST('1' AS
"int8")) IS TRUE) AND ("pg_catalog"."random"() < 2)) AS "cordon 1" FROM "public"."tags" AS "tags" WHERE
("tags"."user_id" = CAST('1' AS "int8"))) AS "tags" GROUP BY "tags"."user_id" HAVING CASE WHEN
"pg_catalog"."bool_and"(("tags"."cordon 1" IS NOT FALSE)) THEN ((1 / "tags"."user_id") > 0) ELSE FALSE END;

-- UPDATE of some rows in an order.
-- principal: alice policy=orms
UPDATE tags SET name = 'tea' WHERE name > 'a' ORDER BY id LIMIT 2;
-- => allow
UPDATE "public"."tags" AS "tags" SET "name" = 'tea' WHERE (("tags"."user_id" = CAST('1' AS "int8")) AND
("tags"."name" > 'a')) ORDER BY "tags"."id" LIMIT 2;

-- DELETE of some rows in an order.
-- principal: alice policy=orms
DELETE FROM tags WHERE name > 'a' ORDER BY id LIMIT 2;
-- => allow
DELETE FROM "public"."tags" AS "tags" WHERE (("tags"."user_id" = CAST('1' AS "int8")) AND ("tags"."name" > 'a'))
ORDER BY "tags"."id" LIMIT 2;

-- The past is read where the policy says so.
-- principal: alice policy=orms
SELECT name FROM tags AS OF SYSTEM TIME '-10s';
-- => allow
SELECT "tags"."name" FROM (SELECT "tags"."id", "tags"."user_id", "tags"."name" FROM "public"."tags" AS "tags" WHERE
("tags"."user_id" = CAST('1' AS "int8"))) AS "tags" AS OF SYSTEM TIME '-10s';

-- A time that is computed from rows.
-- principal: alice policy=orms
SELECT name FROM tags AS OF SYSTEM TIME (SELECT max(name) FROM tags);
-- => deny 0A000 CORDON_UNSUPPORTED
-- AS OF SYSTEM TIME with this expression cannot be checked, so the statement is refused

-- A transaction in the past.
-- principal: alice policy=orms
BEGIN AS OF SYSTEM TIME '-10s';
-- => allow, effect begin
BEGIN AS OF SYSTEM TIME '-10s';

-- A transaction with a priority.
-- principal: alice policy=orms
BEGIN PRIORITY HIGH;
-- => allow, effect begin
BEGIN PRIORITY HIGH;

-- The priority of the transaction at hand.
-- principal: alice policy=orms
SET TRANSACTION PRIORITY LOW;
-- => allow
SET TRANSACTION PRIORITY LOW;

-- The retry protocol passes as it is.
-- principal: alice policy=orms
SAVEPOINT cockroach_restart;
-- => allow, effect savepoint
SAVEPOINT "cockroach_restart";

-- Back to the savepoint, after an error that asks for it.
-- principal: alice policy=orms
ROLLBACK TO SAVEPOINT cockroach_restart;
-- => allow, effect savepoint
ROLLBACK TO SAVEPOINT "cockroach_restart";

-- The real commit.
-- principal: alice policy=orms
RELEASE SAVEPOINT cockroach_restart;
-- => allow, effect savepoint
RELEASE SAVEPOINT "cockroach_restart";

-- The one function of crdb_internal that libraries need.
-- principal: alice policy=orms
SELECT crdb_internal.increment_feature_counter('sqlalchemy');
-- => allow
SELECT "crdb_internal"."increment_feature_counter"('sqlalchemy');

-- A key that the database makes.
-- principal: alice policy=orms
SELECT unique_rowid() IS NOT NULL, gen_random_uuid() IS NOT NULL;
-- => allow
SELECT ("pg_catalog"."unique_rowid"() IS NOT NULL), ("pg_catalog"."gen_random_uuid"() IS NOT NULL);

-- The time of the write, of every row.
-- principal: alice policy=orms
SELECT crdb_internal_mvcc_timestamp FROM tags;
-- => deny 42501 CORDON_SYSTEM_COLUMN_DENIED
-- system column `crdb_internal_mvcc_timestamp` is not shown

-- The number of the relation, hidden in every row.
-- principal: alice policy=orms
SELECT tableoid FROM tags;
-- => deny 42501 CORDON_SYSTEM_COLUMN_DENIED
-- system column `tableoid` is not shown

-- A relation by its number.
-- principal: alice policy=orms
SELECT * FROM [104 AS t];
-- => deny 0A000 CORDON_UNSUPPORTED
-- a table named by its number cannot be checked, so the statement is refused

-- A statement as a relation.
-- principal: alice policy=orms
SELECT * FROM [SHOW TABLES];
-- => deny 0A000 CORDON_UNSUPPORTED
-- a statement in brackets as a source of rows cannot be checked, so the statement is refused

-- A statement that changes rows, as a relation.
-- principal: alice policy=orms
SELECT * FROM [DELETE FROM tags RETURNING id];
-- => deny 0A000 CORDON_UNSUPPORTED
-- a statement in brackets as a source of rows cannot be checked, so the statement is refused

-- A column by its number.
-- principal: alice policy=orms
SELECT @1 FROM tags;
-- => deny 0A000 CORDON_UNSUPPORTED
-- a column or type named by its number cannot be checked, so the statement is refused

-- An index by its number.
-- principal: alice policy=orms
SELECT name FROM tags@[1];
-- => deny 0A000 CORDON_UNSUPPORTED
-- an index named by its number cannot be checked, so the statement is refused

-- Where rows lie.
-- principal: alice policy=orms
SHOW RANGES FROM TABLE tags;
-- => deny 42501 CORDON_STATEMENT_DENIED
-- statement `show ranges` is not one that callers may run

-- How values are spread.
-- principal: alice policy=orms
SHOW STATISTICS FOR TABLE tags;
-- => deny 42501 CORDON_STATEMENT_DENIED
-- statement `show statistics` is not one that callers may run

-- Real values, as bounds.
-- principal: alice policy=orms
SHOW HISTOGRAM 1;
-- => deny 42501 CORDON_STATEMENT_DENIED
-- statement `show histogram` is not one that callers may run

-- What others run.
-- principal: alice policy=orms
SHOW JOBS;
-- => deny 42501 CORDON_STATEMENT_DENIED
-- statement `show jobs` is not one that callers may run

-- Who is here.
-- principal: alice policy=orms
SHOW SESSIONS;
-- => deny 42501 CORDON_STATEMENT_DENIED
-- statement `show sessions` is not one that callers may run

-- Keys and values that were read.
-- principal: alice policy=orms
SHOW TRACE FOR SESSION;
-- => deny 42501 CORDON_STATEMENT_DENIED
-- statement `show trace` is not one that callers may run

-- Counts of hidden rows.
-- principal: alice policy=orms
EXPLAIN ANALYZE SELECT name FROM tags;
-- => deny 42501 CORDON_STATEMENT_DENIED
-- statement `explain analyze` is not one that callers may run

-- Every row, past and future, on this connection.
-- principal: alice policy=orms
CREATE CHANGEFEED FOR TABLE tags;
-- => deny 42501 CORDON_STATEMENT_DENIED
-- statement `create changefeed` is not one that callers may run

-- Its older form.
-- principal: alice policy=orms
EXPERIMENTAL CHANGEFEED FOR tags;
-- => deny 42501 CORDON_STATEMENT_DENIED
-- statement `experimental` is not one that callers may run

-- Rows to a file.
-- principal: alice policy=orms
EXPORT INTO CSV 'nodelocal://1/x' FROM TABLE tags;
-- => deny 42501 CORDON_STATEMENT_DENIED
-- statement `export` is not one that callers may run

-- All rows and their history.
-- principal: alice policy=orms
BACKUP TABLE tags INTO 'nodelocal://1/x';
-- => deny 42501 CORDON_STATEMENT_DENIED
-- statement `backup` is not one that callers may run

-- What the server keeps about itself.
-- principal: alice policy=orms
SELECT * FROM crdb_internal.cluster_sessions;
-- => deny 42501 CORDON_RELATION_NOT_COVERED
-- relation `crdb_internal.cluster_sessions` does not exist or no rule opens it to the caller

-- The system database.
-- principal: alice policy=orms
SELECT * FROM system.users;
-- => deny 42501 CORDON_RELATION_NOT_COVERED
-- relation `system.users` does not exist or no rule opens it to the caller

-- The door to both.
-- principal: alice policy=orms
SET allow_unsafe_internals = on;
-- => deny 42501 CORDON_SETTING_DENIED
-- setting `allow_unsafe_internals` may not be changed or shown

-- A setting of the cluster.
-- principal: alice policy=orms
SET CLUSTER SETTING sql.trace.log_statement_execute = true;
-- => deny 42501 CORDON_STATEMENT_DENIED
-- statement `set cluster setting` is not one that callers may run

-- Two operators that the two grammars group differently, without brackets.
-- principal: alice policy=orms
SELECT ~ id + 1 FROM tags;
-- => deny 0A000 CORDON_DIALECT_AMBIGUOUS
-- `~ beside + without brackets` is read in one way by CockroachDB and in another by PostgreSQL

-- The same with brackets.
-- principal: alice policy=orms
SELECT ~ (id + 1) FROM tags;
-- => allow
SELECT CASE WHEN ("tags"."cordon 1" IS NOT FALSE) THEN (~ ("tags"."id" + 1)) END AS "?column?" FROM (SELECT
"tags"."id", "tags"."user_id", "tags"."name", ((("tags"."user_id" = CAST('1' AS "int8")) IS TRUE) AND
("pg_catalog"."random"() < 2)) AS "cordon 1" FROM "public"."tags" AS "tags" WHERE ("tags"."user_id" = CAST('1' AS
"int8"))) AS "tags";

-- Its grammar loses the operator of this form.
-- principal: alice policy=orms
SELECT id FROM tags WHERE name ~ ANY (ARRAY['a']);
-- => deny 0A000 CORDON_DIALECT_AMBIGUOUS
-- `the operator ~ before ANY or ALL` is read in one way by CockroachDB and in another by PostgreSQL
