-- Group 12: attacks that the catalogue does not have, each named after the defence that it tries.

-- A301 pg
-- Names as text: a parameter of SQL's PREPARE is looked up as a type when EXECUTE fills it, and every relation is a type.
PREPARE find AS SELECT $1::regtype::text;
-- => refused
EXECUTE find ('invoices_2019');
-- => error 26000

-- A301.1 pg
-- The same by a function, and in a declared type.
PREPARE find AS SELECT to_regtype($1);
-- => refused
PREPARE find (regtype) AS SELECT $1::oid;
-- => refused

-- A301.2 pg
-- A look-up of a relation by a parameter answers NULL for what the caller may not know, also in a PREPARE.
PREPARE find AS SELECT $1::regclass IS NULL;
-- => same
EXECUTE find ('invoices_2019');
-- => same; rows t
EXECUTE find ('invoices_1999');
-- => same; rows t
-- bare: what it tells of is the same in each world

-- A301.3 pg
-- A name inside JSON becomes the number of its object by the column list of a function.
SELECT * FROM jsonb_to_record('{"a": "invoices_2019"}') AS x (a regclass);
-- => refused
SELECT * FROM json_to_recordset('[{"a": ["invoices_2019"]}]') AS x (a regtype[]);
-- => refused

-- A301.4 pg
-- A literal beside a value of such a type would take its type: it is read as a text or a number.
SELECT coalesce('invoices_1999', 0::oid::regclass);
-- => same
SELECT 'text'::regtype UNION ALL SELECT 'invoices_1999';
-- => error
SELECT CASE WHEN true THEN 'invoices_1999' ELSE 25::regtype END;
-- => refused
SELECT lag('text'::regtype, 1, 'invoices_2019') OVER ();
-- => error
SELECT array_append(ARRAY['text'::regtype], 'invoices_2019');
-- => error

