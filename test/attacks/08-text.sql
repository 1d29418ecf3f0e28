-- Group 8: two readers of one text must not disagree. The text is read once, thrown away, and a new text is printed.

-- A131 pg
-- A setting moves the end of a string.
SET standard_conforming_strings = off;
-- => refused
SELECT 'a\' OR 1=1 --';
-- => error 22P02
-- bare: only the SET acts

-- A131.1 pg
-- Turning it on is what it is already.
SET standard_conforming_strings = on;
-- => same or refused
-- bare: it changes nothing

-- A132 pg
-- An encoding in which a trailing byte is a backslash.
SET client_encoding = 'SJIS';
-- => refused

-- A132.1 pg
-- The same by its other names.
SET NAMES 'SJIS';
-- => refused
SET client_encoding TO 'GBK';
-- => refused
SET client_encoding TO DEFAULT;
-- => same or refused
SET NAMES 'UTF8';
-- => same or refused

-- A134 any
-- A comment inside a comment.
SELECT id FROM orders /* outer /* inner */ WHERE id = 25 */;
-- => same; rows 15

-- A134.1 any
-- Line comments that end at a line's end, with every kind of it.
SELECT id -- FROM products
FROM orders;
-- => same; rows 15

-- A137 any
-- The rule is put beside an OR.
SELECT id FROM orders WHERE id = 15 OR true;
-- => same; rows 15

-- A137.1 any
-- In each clause where a condition stands.
SELECT o.id FROM orders o JOIN products p ON false OR true ORDER BY 1;
-- => same; rows 15 / 15
UPDATE orders SET amount = 7 WHERE id = 15 OR true;
-- => same; tag UPDATE 1
DELETE FROM orders WHERE false OR true;
-- => same; tag DELETE 1

-- A138 pg
-- A name that is a string in the tree comes out bare when printed.
SELECT EXTRACT('year FROM now()); TRUNCATE orders; --' FROM now());
-- => error or refused
-- bare: harmless in the original spelling; it strikes a printer

-- A138.1 pg
-- Other names that are strings in the tree.
SELECT EXTRACT("epoch FROM now()); TRUNCATE orders; --" FROM now());
-- => error or refused
SELECT 1 AS "a; TRUNCATE orders; --", 2 AS """; TRUNCATE orders; --";
-- => same; rows 1,2
SELECT count(*) OVER "w) FROM products; TRUNCATE orders; --" FROM orders WINDOW "w) FROM products; TRUNCATE orders; --" AS ();
-- => same; rows 1
SELECT id FROM orders ORDER BY id COLLATE "C; TRUNCATE orders; --";
-- => refused or error
SELECT overlay('abc' placing 'x' from 1), trim(both 'a' from 'aba'), position('b' in 'abc'), substring('abc' from 2 for 1);
-- => same; rows xbc,b,2,b
SELECT 'x' AS x FROM (SELECT 1) AS "t) x; TRUNCATE orders; --"("c) x; TRUNCATE orders; --");
-- => same; rows x
SELECT id FROM orders JOIN products USING (id) AS "j; TRUNCATE orders; --";
-- => same or refused
SELECT now() AT TIME ZONE '''; TRUNCATE orders; --' IS NULL;
-- => error or refused
SELECT INTERVAL '1' DAY, INTERVAL '1 2:03' DAY TO MINUTE, CAST('1' AS varchar(3)), '1.5'::numeric(3,1), now()::timestamp(0) IS NULL;
-- => same

-- A139 any
-- A name that ends the statement when its quotes are lost.
WITH "a) SELECT 1; TRUNCATE orders; --" AS (SELECT 7 AS n) SELECT n FROM "a) SELECT 1; TRUNCATE orders; --";
-- => same; rows 7
-- bare: it strikes a printer that loses quotes

-- A140 pg
-- Dollar quotes.
SELECT $q$ '; TRUNCATE orders; -- $q$;
-- => same
-- bare: it strikes a lexer that does not know the quotes

-- A140.1 pg
-- Strings of every other kind.
SELECT E'\'; TRUNCATE orders; --', E'\\', U&'\0027; TRUNCATE orders; --', U&'!0027' UESCAPE '!', B'101', X'1F', $$a$b$$, 'a'
  '; TRUNCATE orders; --';
-- => same
SELECT '\'';
-- => error 42601
SELECT e'\x27; TRUNCATE orders; --', '\''' AS x, 'it''s';
-- => same
-- bare: it strikes a lexer or a printer

-- A140.2 pg
-- Numbers in every notation.
SELECT 1e3, .5, 5., 1_000, 0x1F, 0o17, 0b11, -1, - -1, 2147483648, 99999999999999999999;
-- => same or error
-- bare: it strikes a lexer or a printer

-- A142 pg
-- Text that the parser does not know.
SELECT id FROM users@users_pkey;
-- => error 42601
-- bare: a syntax error there too

-- A143 any
-- The same shape with another literal, where the literal names an object.
SELECT 'products'::regclass::text;
-- => refused or same
SELECT 'pg_authid'::regclass::text;
-- => refused

-- A143.1 any
-- Literals that are positions, settings or owners, after the cache is warm.
SELECT id, amount FROM orders ORDER BY 1;
-- => same; rows 15,1200
SELECT id, amount FROM orders ORDER BY 2;
-- => same; rows 15,1200
SELECT id, amount FROM orders ORDER BY 3;
-- => error 42P10
INSERT INTO orders (id, tenant_id, user_id, amount, crdb_region) VALUES (901, 1, '{alice}', 5, 'eu-west-1');
-- => same; tag INSERT 0 1
INSERT INTO orders (id, tenant_id, user_id, amount, crdb_region) VALUES (902, 2, '{alice}', 5, 'eu-west-1');
-- => refused
INSERT INTO orders (id, tenant_id, user_id, amount, crdb_region) VALUES (903, 1, '{bob}', 5, 'eu-west-1');
-- => refused
SELECT current_setting('search_path');
-- => refused or same
SELECT current_setting('cordon.token');
-- => refused or error 42704

-- A143.2 any
-- Two shapes that differ by the kind of a literal alone.
SELECT 1 AS x;
-- => same; rows 1
SELECT '1' AS x;
-- => same; rows 1
SELECT 1.0 AS x;
-- => same; rows 1.0
SELECT 3000000000 AS x;
-- => same; rows 3000000000
SELECT NULL AS x;
-- => same; rows ∅
SELECT true AS x;
-- => same; rows t
-- bare: it strikes a cache of shapes

-- A143.3 any
-- A literal of the very text that a template uses for its slots.
SELECT 'a' AS x, '$1' AS y, 'cordon:new-row' AS z;
-- => same; rows a,$1,cordon:new-row
-- bare: it strikes a cache of shapes

-- A143.4 any
-- Negative numbers and operators that touch: a splice must not make a comment or another token.
SELECT 10 - -5, 10 -(-5), 1 - - 1, 4 /2, '5'::int4 -1;
-- => same; rows 15,15,2,2,4
-- bare: it strikes a cache of shapes

-- A144 any
-- Names of savepoints, cursors and prepared statements.
BEGIN;
SAVEPOINT "a; TRUNCATE orders; --";
ROLLBACK TO "a; TRUNCATE orders; --";
DECLARE "c; TRUNCATE orders; --" CURSOR FOR SELECT 1;
FETCH 1 FROM "c; TRUNCATE orders; --";
-- => same; rows 1
CLOSE "c; TRUNCATE orders; --";
RELEASE SAVEPOINT "a; TRUNCATE orders; --";
COMMIT;
-- bare: it strikes a printer that loses quotes

-- A144.1 any
-- Of prepared statements, and of settings.
PREPARE "p; TRUNCATE orders; --" AS SELECT 1;
EXECUTE "p; TRUNCATE orders; --";
-- => same; rows 1
DEALLOCATE "p; TRUNCATE orders; --";
SHOW "a; TRUNCATE orders; --";
-- => refused or error
SET "x y" = 'a;b';
-- => refused or error
BEGIN ISOLATION LEVEL SERIALIZABLE;
SHOW transaction_isolation;
-- => same or refused
ROLLBACK;
SET application_name = 'x''; TRUNCATE orders; --';
-- => same or refused
-- bare: it strikes a printer that loses quotes
