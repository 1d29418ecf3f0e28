-- Group 1: a filter that can fail, or that prints what it sees, must never meet a row that the rule has not let through.

-- A001 any
-- A membership rule is ranked as costly, so the caller's filter runs first and its failure proves a hidden row.
SELECT count(*) FROM addresses WHERE 1/(length(line1) - 14) >= 0;
-- => same; rows 1

-- A001.1 any
-- The same with the failing test in HAVING, which the planner may push below the grouping.
SELECT profile_id, count(*) FROM addresses GROUP BY profile_id, line1 HAVING 1/(length(line1) - 14) >= 0;
-- => same

-- A001.2 any
-- The same in the condition of a join.
SELECT p.id FROM products p JOIN addresses a ON 1/(length(a.line1) - 14) >= 0;
-- => same

-- A001.3 any
-- The same inside EXISTS, correlated with another relation.
SELECT id FROM products p WHERE EXISTS (SELECT 1 FROM addresses a WHERE 1/(length(a.line1) - 14) >= p.id + 100);
-- => same

-- A001.4 any
-- A failing cast that prints the street of a hidden address.
SELECT count(*) FROM addresses WHERE CASE WHEN line1 LIKE '22%' THEN line1::int > 0 ELSE true END;
-- => same; rows 1

-- A001.5 any
-- The failing test on the rows of a shared resource, whose rule is a disjunction with a membership.
SELECT id FROM resources WHERE CASE WHEN data LIKE 'bob-%' THEN data::int = 1 ELSE true END;
-- => same

-- A001.6 any
-- The failing test stands in a wrapping sub-select, where a guard that looks at one level does not see it.
SELECT x.id FROM (SELECT * FROM addresses) x WHERE 1/(length(x.line1) - 14) >= 0;
-- => same

-- A001.7 any
-- Through a CTE that is used once and so is inlined.
WITH x AS (SELECT * FROM addresses) SELECT x.id FROM x WHERE 1/(length(x.line1) - 14) >= 0;
-- => same

-- A001.20 any
-- A LATERAL item without a FROM of its own is pulled up, and its failing column becomes a condition of the scan outside it.
SELECT a.id FROM addresses a, LATERAL (SELECT 1/(length(a.line1) - 14)) AS v (y) WHERE v.y >= 0;
-- => same; rows 12

-- A001.21 any
-- The same with VALUES in the place of the SELECT.
SELECT a.id FROM addresses a, LATERAL (VALUES (1/(length(a.line1) - 14))) AS v (y) WHERE v.y >= 0;
-- => same; rows 12

-- A001.22 any
-- The same in the condition of the join that the LATERAL item stands in.
SELECT a.id FROM addresses a JOIN LATERAL (WITH w AS (SELECT 1/(length(a.line1) - 14) AS y) SELECT y FROM w) AS v ON v.y >= 0;
-- => same; rows 12

-- A001.23 any
-- EXISTS over a function that fails for a step of zero: nothing below the sub-query says so but the call in FROM.
SELECT a.id FROM addresses a WHERE EXISTS (SELECT 1 FROM generate_series(1, 3, length(a.line1) - 14) AS g);
-- => same

-- A002 any
-- The order of the text is no barrier: the rule stands first, the planner picks its own order.
SELECT count(*) FROM orders WHERE user_id = '{alice}' AND 1/(amount - 4999) >= 0;
-- => same; rows 1
-- bare: this server tests a constant owner first, which it does not promise

-- A002.1 any
-- The failing test beside OR, where a conjunct cannot be split off.
SELECT count(*) FROM orders WHERE user_id = '{alice}' OR 1/(amount - 4999) >= 0;
-- => same; rows 1

-- A002.2 any
-- A failing test by an index condition on the primary key.
SELECT id FROM orders WHERE id = 1/(25 - 25);
-- => same or error 22012
-- bare: the failure does not depend on any row, so it tells nothing

-- A003 any
-- With the policy compiled to native row security, the owner is read from a setting and the planner puts the caller's filter in front of it.
SELECT id FROM orders WHERE 1/(amount - 4999) >= 0;
-- => same; rows 15

-- A003.1 any
-- Modulo fails as well as division.
SELECT id FROM orders WHERE 7 % (amount - 4999) = 7;
-- => same; rows 15

-- A003.2 any
-- Overflow of an integer is another failure.
SELECT id FROM orders WHERE amount * 1000000 > 0;
-- => same; rows 15

-- A003.3 any
-- An overflow that the own row reaches: the failure is an answer about that row alone.
SELECT id FROM orders WHERE amount * 5000000 > 0;
-- => error 22003
-- bare: it fails in each world

-- A003.4 any
-- Overflow for 4999 and not for 1200.
SELECT id FROM orders WHERE amount * 1000000::bigint < 9 OR amount * 1700000 > 0;
-- => same

-- A004 any
-- A cast prints the value it could not read.
SELECT id FROM profiles WHERE id = 21 AND email::int = 1;
-- => same; rows

-- A004.1 any
-- The cast of a hidden row in the spelling CAST, within a comparison of rows.
SELECT id FROM profiles WHERE (id, CAST(email AS int)) = (21, 1);
-- => same; rows

-- A004.2 any
-- A cast to another type.
SELECT id FROM profiles WHERE id = 21 AND display_name::timestamptz > '2020-01-01';
-- => same; rows

-- A004.3 any
-- A cast by a function of the type's name.
SELECT id FROM profiles WHERE id = 21 AND int4(display_name) = 1;
-- => same or refused or error

-- A005 any
-- A cast fails on the caller's own row.
SELECT email::int FROM profiles WHERE id = 11;
-- => error 22P02

-- A005.1 any
-- The same in RETURNING: the write is undone and nothing is quoted.
UPDATE profiles SET display_name = display_name WHERE id = 11 RETURNING email::int;
-- => error 22P02

-- A005.2 any
-- The same with a value of the statement itself.
SELECT 'secret-literal'::int;
-- => error 22P02

-- A006 pg
-- A user function declared cheap is offered every row first and prints it.
CREATE FUNCTION pg_temp.peek(text) RETURNS bool LANGUAGE plpgsql COST 0.0000001
  AS $f$ BEGIN RAISE NOTICE '%', $1; RETURN true; END $f$;
-- => refused
SELECT id FROM profiles WHERE pg_temp.peek(email);
-- => refused

-- A006.1 pg
-- A function that the owner made, called by its schema.
SELECT id FROM profiles WHERE evil.print(email);
-- => refused

-- A006.2 pg
-- The same in the notation of a column of a whole row's field.
SELECT (p.email).print FROM profiles p;
-- => refused or error
-- bare: a text has no fields, so this never was a call

-- A006.3 pg
-- With named arguments.
SELECT id FROM profiles WHERE evil.print(value => email);
-- => refused

-- A007 any
-- JSON text in a hidden row breaks the reader.
SELECT id FROM resources WHERE (data::json ->> 'k') = 'v';
-- => same; rows 14

-- A007.1 any
-- The same by a function of rows.
SELECT r.id, e.key FROM resources r, json_each_text(r.data::json) e;
-- => same or refused

-- A008 any
-- A function with a limited domain fails on one hidden amount only.
SELECT id FROM orders WHERE sqrt(2000 - amount) > 0;
-- => same; rows 15

-- A008.1 any
-- A regular expression made of a hidden value.
SELECT id FROM resources WHERE 'x' ~ data;
-- => same or error 2201B or refused

-- A008.2 any
-- A length that is negative for a hidden row only.
SELECT id FROM addresses WHERE substring(line1, 1, 13 - length(line1)) = '';
-- => same

-- A009 crdb
-- The optimizer deletes OFFSET 0, so the usual fence is gone.
SELECT id FROM (SELECT * FROM orders OFFSET 0) o WHERE 1/(amount - 4999) >= 0;
-- => same; rows 15

-- A010 any
-- The failing expression hides under an aggregate.
SELECT max(1/(amount - 4999)) FROM orders;
-- => same

-- A010.1 any
-- In the filter of an aggregate.
SELECT count(*) FILTER (WHERE 1/(amount - 4999) >= 0) FROM orders;
-- => same

-- A010.2 any
-- In the order of an aggregate.
SELECT array_agg(id ORDER BY 1/(amount - 4999)) FROM orders;
-- => same

-- A010.3 any
-- An aggregate over a membership rule.
SELECT sum(1/(length(line1) - 14)) FROM addresses;
-- => same

-- A011 any
-- The failing expression is a sort key.
SELECT id FROM orders ORDER BY 1/(amount - 4999);
-- => same

-- A011.1 any
-- A failing grouping key.
SELECT count(*) FROM addresses GROUP BY 1/(length(line1) - 14);
-- => same

-- A011.2 any
-- A failing DISTINCT ON.
SELECT DISTINCT ON (1/(length(line1) - 14)) id FROM addresses;
-- => same

-- A012 any
-- A CASE names the victim; constant folding and reordering may still touch the row.
SELECT count(*) FROM orders WHERE CASE WHEN id = 25 THEN 1/(amount - 4999) ELSE 1 END > 0;
-- => same; rows 1

-- A012.1 any
-- COALESCE evaluates its second argument for one victim only.
SELECT count(*) FROM addresses WHERE coalesce(nullif(id, 22), 1/(length(line1) - 14)) > 0;
-- => same; rows 1

-- A012.2 any
-- A CASE on a membership rule, printing the value.
SELECT count(*) FROM addresses WHERE CASE WHEN id = 22 THEN line1::int ELSE 1 END > 0;
-- => same; rows 1

-- A013 any
-- A write is used as the probe.
UPDATE orders SET amount = 1/(amount - 4999);
-- => same; tag UPDATE 1

-- A013.1 any
-- A write with the failing filter, on a membership rule.
UPDATE addresses SET city = city WHERE 1/(length(line1) - 14) >= 0;
-- => same; tag UPDATE 1

-- A013.2 any
-- A delete with the failing filter.
DELETE FROM addresses WHERE 1/(length(line1) - 14) >= 0;
-- => same; tag DELETE 1

-- A013.3 any
-- A delete that prints a hidden street by a cast.
DELETE FROM addresses WHERE id = 22 AND line1::int = 1;
-- => same; tag DELETE 0

-- A013.4 any
-- A delete with USING and a failing join condition.
DELETE FROM addresses USING products p WHERE p.id/(length(line1) - 14) >= -9 AND p.id = 1;
-- => same

-- A013.5 any
-- ON CONFLICT DO UPDATE with a failing WHERE over the row that was in the way.
INSERT INTO payment_methods (id, profile_id, brand, last4, card_token) VALUES (23, 11, 'visa', '1', 'ct-new')
  ON CONFLICT (id) DO UPDATE SET brand = 'x' WHERE payment_methods.card_token::int = 1;
-- => refused or error

-- A014 any
-- A window pulls the expression out of the filtered part.
SELECT id, sum(1/(length(line1) - 14)) OVER (ORDER BY city) FROM addresses;
-- => same

-- A014.1 any
-- In the partition of a window.
SELECT id, row_number() OVER (PARTITION BY 1/(length(line1) - 14)) FROM addresses;
-- => same

-- A015 any
-- A scalar subquery counts rows for free: it fails when there is more than one.
SELECT p.id, (SELECT id FROM orders WHERE amount > 0) FROM profiles p;
-- => same; rows 11,15

-- A015.1 any
-- The same in a comparison.
SELECT id FROM products WHERE id < (SELECT profile_id FROM addresses);
-- => same

-- A015.2 any
-- The same as a value that is written.
UPDATE profiles SET display_name = (SELECT line1 FROM addresses);
-- => same; tag UPDATE 1

-- A015.3 any
-- LIMIT that is negative only if hidden rows are counted.
SELECT id FROM products LIMIT 2 - (SELECT count(*) FROM orders);
-- => same

-- A001.8 any
-- IN with a sub-select becomes a join, whose condition is tested in the scan of the inner relation, by cost.
-- owner: INSERT INTO addresses SELECT n, 11, 'own', 'x' FROM generate_series(100000, 103000) n; ANALYZE addresses
SELECT v.id FROM (VALUES (22, 1)) v(id, n) WHERE (v.id, v.n) IN (SELECT a.id, 1/(length(a.line1) - 14) FROM addresses a);
-- => same; rows
SELECT v.id FROM (VALUES (22, 1)) v(id, n) WHERE (v.id, v.n) = ANY (SELECT a.id, 1/(length(a.line1) - 14) FROM addresses a);
-- => same; rows
SELECT v.id FROM (VALUES (22, 1)) v(id, n) WHERE (v.id, v.n) IN
  (SELECT a.id, y.k FROM (SELECT id, 1/(length(line1) - 14) AS k FROM addresses) y, addresses a WHERE y.id = a.id);
-- => same; rows
DELETE FROM payment_methods WHERE (id + 9, 1) IN (SELECT a.id, 1/(length(a.line1) - 14) FROM addresses a);
-- => same; tag DELETE 0

-- A001.9 any
-- The same by a join, USING, NATURAL and LATERAL, where a parameter of the outer row reaches the inner scan.
-- owner: INSERT INTO addresses SELECT n, 11, 'own', 'x' FROM generate_series(100000, 103000) n; ANALYZE addresses
SELECT v.id FROM (VALUES (22, 1)) v(id, n) JOIN (SELECT a.id, 1/(length(a.line1) - 14) AS n FROM addresses a) y USING (id, n);
-- => same; rows
SELECT v.id FROM (VALUES (22, 1)) v(id, n) NATURAL JOIN (SELECT a.id, 1/(length(a.line1) - 14) AS n FROM addresses a) y;
-- => same; rows
SELECT v.id FROM (VALUES (22, 1)) v(id, n), LATERAL (SELECT 1/(length(a.line1) - 14) AS x FROM addresses a WHERE a.id = v.id) y WHERE y.x = v.n;
-- => same; rows
SELECT v.id FROM (VALUES (22, 1)) v(id, n) LEFT JOIN addresses a ON a.id = v.id AND 1/(length(a.line1) - 14) = v.n;
-- => same; rows 22
SELECT v.id FROM (VALUES (22, 1)) v(id, n) WHERE EXISTS (SELECT 1 FROM addresses a WHERE a.id = v.id AND 1/(length(a.line1) - 14) = v.n);
-- => same; rows
SELECT v.id FROM (VALUES (22, 1)) v(id, n) WHERE NOT EXISTS (SELECT 1 FROM addresses a WHERE a.id = v.id AND 1/(length(a.line1) - 14) = v.n);
-- => same; rows 22
