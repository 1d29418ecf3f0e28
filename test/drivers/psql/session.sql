\set ON_ERROR_STOP off
\set VERBOSITY sqlstate
\pset null '<null>'
\encoding
SHOW server_version_num;

-- Values of every type.
INSERT INTO things (label, small, big, amount, ratio, flag, at, at_local, day, took, raw, doc, docb, ref, tags, counts, feeling)
VALUES ('full – ‘ünïcödé’ \ ''quoted'' "double" 日本 🐘', -32768, 9007199254740993, 123456.789, 0.1, true,
        '2024-02-29 23:59:59.123456+00', '1999-12-31 23:59:59', '2024-02-29', '3 days 04:00:05', '\x00ff41',
        '{"k": [1, null]}', '{"k": [1, null]}', 'a11ce000-0000-4000-8000-000000000001', '{a,"b,c",NULL}', '{1,-2,NULL}', 'happy');
INSERT INTO things (label) VALUES (''), ('third') RETURNING label, note;
SELECT * FROM things ORDER BY label;
\x on
SELECT label, amount, took FROM things ORDER BY label LIMIT 1;
\x off
TABLE heavy_parts;
VALUES (1, 'x'), (2, NULL);

-- Transactions.
BEGIN;
INSERT INTO parts (thing_id, name) SELECT id, 'wheel' FROM things WHERE label = '' RETURNING name;
SAVEPOINT a;
DELETE FROM parts;
ROLLBACK TO a;
SELECT count(*) FROM parts;
COMMIT;
BEGIN ISOLATION LEVEL SERIALIZABLE READ ONLY;
SHOW transaction_isolation;
DELETE FROM parts;
SELECT 1;
ROLLBACK;
\set ON_ERROR_ROLLBACK on
BEGIN;
SELECT 1/0;
SELECT 'the transaction goes on';
COMMIT;
\set ON_ERROR_ROLLBACK off

-- Errors.
INSERT INTO things (label) VALUES ('');
INSERT INTO parts (thing_id, name, weight) SELECT id, 'x', -1 FROM things WHERE label = '';
INSERT INTO parts (thing_id, name) VALUES (-1, 'x');
SELECT word::int FROM numbers;
SELEC 1;
SELECT nothing FROM numbers;
SELECT 'recovered';

-- Several statements in one message.
SELECT 1 AS a \; SELECT 2 AS b \; UPDATE numbers SET word = word WHERE n = 1;

-- Prepared statements, cursors, variables.
PREPARE by_n (int) AS SELECT word FROM numbers WHERE n = $1;
EXECUTE by_n (3);
EXECUTE by_n (4);
DEALLOCATE by_n;
BEGIN;
DECLARE c SCROLL CURSOR FOR SELECT n FROM numbers ORDER BY n;
FETCH 3 FROM c;
MOVE 10 FROM c;
FETCH BACKWARD 2 FROM c;
FETCH ALL FROM c \g /dev/null
CLOSE c;
COMMIT;
\set FETCH_COUNT 100
SELECT count(*) FROM (SELECT n FROM numbers) AS s;
SELECT n FROM numbers WHERE n > 495 ORDER BY n;
\unset FETCH_COUNT
SELECT max(n) AS top FROM numbers \gset
SELECT :top + 1 AS next, :'top' AS text;
SELECT n, word FROM numbers WHERE n = 3 \gdesc
SELECT 'SELECT ' || n || ' AS generated' FROM numbers WHERE n < 3 ORDER BY n \gexec
SELECT n % 3 AS row, n % 2 AS col, count(*) FROM numbers GROUP BY 1, 2 ORDER BY 1, 2 \crosstabview

-- COPY both ways.
COPY parts (thing_id, name, weight) FROM STDIN;
1	copied\tone	5
1	copied two ü	\N
\.
COPY (SELECT name, weight FROM parts WHERE name LIKE 'copied%' ORDER BY name) TO STDOUT WITH (FORMAT csv, HEADER);
\copy (SELECT n, word FROM numbers WHERE n < 3 ORDER BY n) TO STDOUT

-- Settings.
SET TIME ZONE 'Asia/Tokyo';
SELECT at FROM things WHERE at IS NOT NULL;
RESET TIME ZONE;
SET statement_timeout = '10s';
SHOW statement_timeout;
RESET statement_timeout;
