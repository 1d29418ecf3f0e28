/**
 * What drivers, ORM libraries and psql ask of the catalog, each in a short statement of the same shape.
 * `{orders}` stands for the number of the relation.
 */
export const CATALOG_READS: Readonly<Record<string, string>> = {
  'Django and Kysely ask for comments on columns':
    'SELECT a.attname, col_description(a.attrelid, a.attnum) FROM pg_attribute a WHERE a.attnum > 0',
  'SQLAlchemy with psycopg2 looks for hstore': `
    SELECT t.oid, typarray FROM pg_type t JOIN pg_namespace ns ON typnamespace = ns.oid WHERE typname = 'hstore'`,
  'SQLAlchemy asks for the version': 'select pg_catalog.version()',
  'SQLAlchemy asks for the schema': 'select current_schema()',
  'SQLAlchemy 1.4 lists tables': `
    SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'public' AND c.relkind in ('r', 'p')`,
  'SQLAlchemy 1.4 asks whether a table exists': `
    select relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where pg_catalog.pg_table_is_visible(c.oid) and relname = 'orders'`,
  'SQLAlchemy 1.4 reads columns': `
    SELECT a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod),
      (SELECT pg_catalog.pg_get_expr(d.adbin, d.adrelid) FROM pg_catalog.pg_attrdef d
       WHERE d.adrelid = a.attrelid AND d.adnum = a.attnum AND a.atthasdef) AS DEFAULT,
      a.attnotnull, a.attrelid as table_oid, pgd.description as comment, a.attgenerated as generated, NULL as identity_options
    FROM pg_catalog.pg_attribute a
    LEFT JOIN pg_catalog.pg_description pgd ON (pgd.objoid = a.attrelid AND pgd.objsubid = a.attnum)
    WHERE a.attrelid = {orders} AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum`,
  'SQLAlchemy 1.4 reads the primary key': `
    SELECT a.attname FROM pg_attribute a JOIN (
      SELECT unnest(ix.indkey) attnum, generate_subscripts(ix.indkey, 1) ord FROM pg_index ix
      WHERE ix.indrelid = {orders} AND ix.indisprimary) k ON a.attnum = k.attnum
    WHERE a.attrelid = {orders} ORDER BY k.ord`,
  'SQLAlchemy 1.4 reads foreign keys': `
    SELECT r.conname, pg_catalog.pg_get_constraintdef(r.oid, true) as condef, n.nspname as conschema
    FROM pg_catalog.pg_constraint r, pg_namespace n, pg_class c
    WHERE r.conrelid = {orders} AND r.contype = 'f' AND c.oid = confrelid AND n.oid = c.relnamespace ORDER BY 1`,
  'SQLAlchemy 1.4 reads enums': `
    SELECT t.typname as "name", pg_catalog.pg_type_is_visible(t.oid) as "visible", n.nspname as "schema", e.enumlabel as "label"
    FROM pg_catalog.pg_type t LEFT JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
    LEFT JOIN pg_catalog.pg_enum e ON t.oid = e.enumtypid WHERE t.typtype = 'e' ORDER BY "schema", "name", e.oid`,
  'SQLAlchemy 2 reads columns': `
    SELECT pg_catalog.pg_attribute.attname AS name, pg_catalog.format_type(pg_catalog.pg_attribute.atttypid, pg_catalog.pg_attribute.atttypmod) AS format_type,
      (SELECT pg_catalog.pg_get_expr(pg_catalog.pg_attrdef.adbin, pg_catalog.pg_attrdef.adrelid) AS pg_get_expr_1
       FROM pg_catalog.pg_attrdef WHERE pg_catalog.pg_attrdef.adrelid = pg_catalog.pg_attribute.attrelid
         AND pg_catalog.pg_attrdef.adnum = pg_catalog.pg_attribute.attnum AND pg_catalog.pg_attribute.atthasdef) AS "default",
      pg_catalog.pg_attribute.attnotnull AS not_null, pg_catalog.pg_class.relname AS table_name,
      (SELECT json_build_object('always', pg_catalog.pg_attribute.attidentity = 'a', 'start', pg_catalog.pg_sequence.seqstart) AS json_build_object_1
       FROM pg_catalog.pg_sequence WHERE pg_catalog.pg_attribute.attidentity != ''
         AND pg_catalog.pg_sequence.seqrelid = CAST(CAST(pg_catalog.pg_get_serial_sequence(
           CAST(CAST(pg_catalog.pg_attribute.attrelid AS REGCLASS) AS TEXT), pg_catalog.pg_attribute.attname) AS REGCLASS) AS OID)) AS identity_options
    FROM pg_catalog.pg_class LEFT OUTER JOIN pg_catalog.pg_attribute ON pg_catalog.pg_class.oid = pg_catalog.pg_attribute.attrelid
      AND pg_catalog.pg_attribute.attnum > 0 AND NOT pg_catalog.pg_attribute.attisdropped
    JOIN pg_catalog.pg_namespace ON pg_catalog.pg_namespace.oid = pg_catalog.pg_class.relnamespace
    WHERE pg_catalog.pg_class.relkind = ANY (ARRAY['r', 'p', 'f', 'v', 'm']) AND pg_catalog.pg_table_is_visible(pg_catalog.pg_class.oid)
      AND pg_catalog.pg_namespace.nspname != 'pg_catalog' AND pg_catalog.pg_class.relname IN ('orders')
    ORDER BY pg_catalog.pg_class.relname, pg_catalog.pg_attribute.attnum`,
  'SQLAlchemy 2 reads comments': `
    SELECT c.relname, d.description FROM pg_catalog.pg_class c LEFT OUTER JOIN pg_catalog.pg_description d
      ON c.oid = d.objoid AND d.objsubid = 0 AND d.classoid = CAST('pg_catalog.pg_class' AS REGCLASS)
    WHERE pg_catalog.pg_table_is_visible(c.oid) AND c.relkind IN ('r', 'v')`,
  'SQLAlchemy 2 reads indexes': `
    SELECT i.indrelid, c.relname, i.indisunique, pg_catalog.pg_get_indexdef(i.indexrelid, 1, true) AS element, i.indpred IS NOT NULL AS partial
    FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid WHERE i.indrelid IN ({orders}) AND NOT i.indisprimary`,
  'psycopg 3 looks a type up': `
    SELECT typname AS name, oid, typarray AS array_oid, oid::regtype::text AS regtype, typdelim AS delimiter
    FROM pg_type t WHERE t.oid = to_regtype('mood') ORDER BY t.oid`,
  'psycopg 3 looks an enum up': `
    SELECT name, oid, array_oid, array_agg(label) AS labels FROM (
      SELECT t.typname AS name, t.oid AS oid, t.typarray AS array_oid, e.enumlabel AS label
      FROM pg_type t LEFT JOIN pg_enum e ON e.enumtypid = t.oid WHERE t.oid = to_regtype('mood') ORDER BY e.enumsortorder) x
    GROUP BY name, oid, array_oid`,
  'asyncpg turns just-in-time compilation off': `SELECT current_setting('jit') AS cur, set_config('jit', 'off', false) AS new`,
  'asyncpg reads types': `
    SELECT t.oid, ns.nspname AS ns, t.typname AS name, t.typtype AS kind, t.typelem AS elemtype, elem_t.typdelim AS elemdelim,
      range_t.rngsubtype AS range_subtype,
      (CASE WHEN t.typtype = 'c' THEN (SELECT array_agg(ia.atttypid ORDER BY ia.attnum) FROM pg_attribute ia
         INNER JOIN pg_class c ON (ia.attrelid = c.oid) WHERE ia.attnum > 0 AND NOT ia.attisdropped AND c.reltype = t.oid) ELSE NULL END) AS attrtypoids
    FROM pg_catalog.pg_type AS t INNER JOIN pg_catalog.pg_namespace ns ON (ns.oid = t.typnamespace)
    LEFT JOIN pg_type elem_t ON (t.typlen = -1 AND t.typelem != 0 AND t.typelem = elem_t.oid)
    LEFT JOIN pg_range range_t ON (t.oid = range_t.rngtypid) WHERE t.typname IN ('mood', '_mood')`,
  'pgx reads a type': `
    select t.typname, t.typtype, t.typelem, t.oid::int8, t.typbasetype from pg_type t where t.oid = to_regtype('mood')`,
  'postgres.js reads arrays': `
    select b.oid, b.typarray from pg_catalog.pg_type a left join pg_catalog.pg_type b on b.oid = a.typelem
    where a.typcategory = 'A' group by b.oid, b.typarray order by b.oid`,
  'Npgsql reads types': `
    SELECT ns.nspname, t.oid, t.typname, t.typtype, t.typnotnull, t.typelem AS elemtypoid FROM pg_type AS t
    JOIN pg_namespace AS ns ON (ns.oid = t.typnamespace) LEFT JOIN pg_class AS cls ON (cls.oid = t.typrelid)
    WHERE t.typtype IN ('b', 'r', 'm', 'e', 'd') ORDER BY t.oid`,
  'Prisma asks for the search path and the version': `SELECT current_schema(), current_setting('server_version_num')::integer`,
  'Django lists tables': `
    SELECT c.relname, CASE WHEN c.relispartition THEN 'p' WHEN c.relkind IN ('m', 'v') THEN 'v' ELSE 't' END,
      obj_description(c.oid, 'pg_class')
    FROM pg_catalog.pg_class c LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('f', 'm', 'p', 'r', 'v') AND n.nspname NOT IN ('pg_catalog', 'pg_toast') AND pg_catalog.pg_table_is_visible(c.oid)`,
  'Django reads constraints': `
    SELECT c.conname, array(SELECT attname FROM unnest(c.conkey) WITH ORDINALITY cols(colid, arridx)
        JOIN pg_attribute AS ca ON cols.colid = ca.attnum WHERE ca.attrelid = c.conrelid ORDER BY cols.arridx),
      c.contype, (SELECT fkc.relname || '.' || fka.attname FROM pg_attribute AS fka JOIN pg_class AS fkc ON fka.attrelid = fkc.oid
        WHERE fka.attrelid = c.confrelid AND fka.attnum = c.confkey[1])
    FROM pg_constraint AS c JOIN pg_class AS cl ON c.conrelid = cl.oid WHERE cl.relname = 'orders' AND pg_catalog.pg_table_is_visible(cl.oid)`,
  'Knex reads columns': `select * from information_schema.columns where table_name = 'orders' and table_schema = current_schema()`,
  'Knex asks whether a table exists': `
    select * from information_schema.tables where table_name = 'orders' and table_schema = current_schema()`,
  'Sequelize lists tables': `
    SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_type LIKE '%TABLE'
    AND table_name != 'spatial_ref_sys'`,
  'Sequelize reads enums': `
    SELECT t.typname enum_name, array_agg(e.enumlabel ORDER BY enumsortorder) enum_value FROM pg_type t
    JOIN pg_enum e ON t.oid = e.enumtypid JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
    WHERE n.nspname = 'public' GROUP BY 1`,
  'Sequelize reads foreign keys': `
    SELECT DISTINCT tc.constraint_name, tc.constraint_schema, tc.table_name, kcu.column_name, ccu.table_name AS referenced_table_name
    FROM information_schema.table_constraints AS tc
    JOIN information_schema.key_column_usage AS kcu ON tc.constraint_name = kcu.constraint_name
    JOIN information_schema.constraint_column_usage AS ccu ON ccu.constraint_name = tc.constraint_name
    WHERE constraint_type = 'FOREIGN KEY'`,
  'TypeORM asks where it is': 'SELECT * FROM current_schema()',
  'TypeORM asks for the database': 'SELECT * FROM current_database()',
  'TypeORM reads columns': `
    SELECT columns.*, pg_catalog.format_type(col_attr.atttypid, col_attr.atttypmod) AS format_type
    FROM information_schema.columns columns JOIN pg_catalog.pg_attribute AS col_attr ON col_attr.attname = columns.column_name
      AND col_attr.attrelid = (SELECT cls.oid FROM pg_catalog.pg_class AS cls LEFT JOIN pg_catalog.pg_namespace AS ns ON ns.oid = cls.relnamespace
        WHERE cls.relname = columns.table_name AND ns.nspname = columns.table_schema)
    WHERE columns.table_schema = 'public' AND columns.table_name = 'orders'`,
  'Drizzle reads schemas': `
    select s.nspname as table_schema from pg_catalog.pg_namespace s
    where nspname not in ('information_schema', 'pg_catalog', 'public') and nspname not like 'pg_toast%' order by 1`,
  'a migration tool reads foreign keys': `
    SELECT rc.constraint_name, rc.update_rule, rc.delete_rule FROM information_schema.referential_constraints rc`,
  'node-postgres asks for a number of a type': `SELECT oid FROM pg_type WHERE typname = 'mood'`,
  'psql \\d finds the relation': `
    SELECT c.oid, n.nspname, c.relname FROM pg_catalog.pg_class c LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relname OPERATOR(pg_catalog.~) '^(orders)$' COLLATE pg_catalog.default AND pg_catalog.pg_table_is_visible(c.oid) ORDER BY 2, 3`,
  'psql \\d reads the relation': `
    SELECT c.relchecks, c.relkind, c.relhasindex, c.relhasrules, c.relhastriggers, c.relrowsecurity, c.relforcerowsecurity, false AS relhasoids,
      c.relispartition, '', c.reltablespace, CASE WHEN c.reloftype = 0 THEN '' ELSE c.reloftype::pg_catalog.regtype::pg_catalog.text END,
      c.relpersistence, c.relreplident, am.amname
    FROM pg_catalog.pg_class c LEFT JOIN pg_catalog.pg_class tc ON (c.reltoastrelid = tc.oid)
    LEFT JOIN pg_catalog.pg_am am ON (c.relam = am.oid) WHERE c.oid = '{orders}'`,
  'psql \\d reads columns': `
    SELECT a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod),
      (SELECT pg_catalog.pg_get_expr(d.adbin, d.adrelid, true) FROM pg_catalog.pg_attrdef d
       WHERE d.adrelid = a.attrelid AND d.adnum = a.attnum AND a.atthasdef), a.attnotnull,
      (SELECT c.collname FROM pg_catalog.pg_collation c, pg_catalog.pg_type t
       WHERE c.oid = a.attcollation AND t.oid = a.atttypid AND a.attcollation <> t.typcollation) AS attcollation, a.attidentity, a.attgenerated
    FROM pg_catalog.pg_attribute a WHERE a.attrelid = '{orders}' AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum`,
  'psql \\d reads indexes': `
    SELECT c2.relname, i.indisprimary, i.indisunique, i.indisclustered, i.indisvalid, pg_catalog.pg_get_indexdef(i.indexrelid, 0, true),
      pg_catalog.pg_get_constraintdef(con.oid, true), contype, condeferrable, condeferred, i.indisreplident, c2.reltablespace
    FROM pg_catalog.pg_class c, pg_catalog.pg_class c2, pg_catalog.pg_index i
    LEFT JOIN pg_catalog.pg_constraint con ON (conrelid = i.indrelid AND conindid = i.indexrelid AND contype IN ('p','u','x'))
    WHERE c.oid = '{orders}' AND c.oid = i.indrelid AND i.indexrelid = c2.oid ORDER BY i.indisprimary DESC, c2.relname`,
  'psql \\d reads checks': `
    SELECT r.conname, pg_catalog.pg_get_constraintdef(r.oid, true) FROM pg_catalog.pg_constraint r
    WHERE r.conrelid = '{orders}' AND r.contype = 'c' ORDER BY 1`,
  'psql \\d reads foreign keys': `
    SELECT true as sametable, conname, pg_catalog.pg_get_constraintdef(r.oid, true) as condef, conrelid::pg_catalog.regclass AS ontable
    FROM pg_catalog.pg_constraint r WHERE r.conrelid = '{orders}' AND r.contype = 'f' AND conparentid = 0 ORDER BY conname`,
  'psql \\d reads keys that point here': `
    SELECT conname, conrelid::pg_catalog.regclass AS ontable, pg_catalog.pg_get_constraintdef(oid, true) AS condef
    FROM pg_catalog.pg_constraint c WHERE confrelid IN (SELECT pg_catalog.pg_partition_ancestors('{orders}')
      UNION ALL VALUES ('{orders}'::pg_catalog.regclass)) AND contype = 'f' AND conparentid = 0 ORDER BY conname`,
  'psql \\d reads policies': `
    SELECT pol.polname, pol.polpermissive,
      CASE WHEN pol.polroles = '{0}' THEN NULL ELSE pg_catalog.array_to_string(array(select rolname from pg_catalog.pg_roles
        where oid = any (pol.polroles) order by 1), ',') END,
      pg_catalog.pg_get_expr(pol.polqual, pol.polrelid), pg_catalog.pg_get_expr(pol.polwithcheck, pol.polrelid)
    FROM pg_catalog.pg_policy pol WHERE pol.polrelid = '{orders}' ORDER BY 1`,
  'psql \\d reads statistics objects': `
    SELECT oid, stxrelid::pg_catalog.regclass, stxnamespace::pg_catalog.regnamespace::pg_catalog.text AS nsp, stxname,
      pg_catalog.pg_get_statisticsobjdef_columns(oid) AS columns, 'd' = any(stxkind) AS ndist_enabled, stxstattarget
    FROM pg_catalog.pg_statistic_ext WHERE stxrelid = '{orders}' ORDER BY nsp, stxname`,
  'psql \\d reads publications': `
    SELECT pubname, NULL, NULL FROM pg_catalog.pg_publication p
    JOIN pg_catalog.pg_publication_namespace pn ON p.oid = pn.pnpubid JOIN pg_catalog.pg_class pc ON pc.relnamespace = pn.pnnspid
    WHERE pc.oid = '{orders}' and pg_catalog.pg_relation_is_publishable('{orders}')
    UNION SELECT pubname, pg_get_expr(pr.prqual, c.oid), (CASE WHEN pr.prattrs IS NOT NULL THEN
      (SELECT string_agg(attname, ', ') FROM pg_catalog.generate_series(0, pg_catalog.array_upper(pr.prattrs::pg_catalog.int2[], 1)) s,
        pg_catalog.pg_attribute WHERE attrelid = pr.prrelid AND attnum = prattrs[s]) ELSE NULL END)
    FROM pg_catalog.pg_publication p JOIN pg_catalog.pg_publication_rel pr ON p.oid = pr.prpubid
    JOIN pg_catalog.pg_class c ON c.oid = pr.prrelid WHERE pr.prrelid = '{orders}' ORDER BY 1`,
  'psql \\d reads triggers': `
    SELECT t.tgname, pg_catalog.pg_get_triggerdef(t.oid, true), t.tgenabled, t.tgisinternal,
      CASE WHEN t.tgparentid != 0 THEN (SELECT u.tgrelid::pg_catalog.regclass FROM pg_catalog.pg_trigger AS u,
        pg_catalog.pg_partition_ancestors(t.tgrelid) WITH ORDINALITY AS a(relid, depth)
        WHERE u.tgname = t.tgname AND u.tgrelid = a.relid AND u.tgparentid = 0 ORDER BY a.depth LIMIT 1) END AS parent
    FROM pg_catalog.pg_trigger t WHERE t.tgrelid = '{orders}' AND (NOT t.tgisinternal OR (t.tgisinternal AND t.tgenabled = 'D')) ORDER BY 1`,
  'psql \\d reads children': `
    SELECT c.oid::pg_catalog.regclass, c.relkind, inhdetachpending, pg_catalog.pg_get_expr(c.relpartbound, c.oid)
    FROM pg_catalog.pg_class c, pg_catalog.pg_inherits i WHERE c.oid = i.inhrelid AND i.inhparent = '{orders}'
    ORDER BY pg_catalog.pg_get_expr(c.relpartbound, c.oid) = 'DEFAULT', c.oid::pg_catalog.regclass::pg_catalog.text`,
  'psql \\dt': `
    SELECT n.nspname as "Schema", c.relname as "Name", CASE c.relkind WHEN 'r' THEN 'table' WHEN 'p' THEN 'partitioned table' END as "Type",
      pg_catalog.pg_get_userbyid(c.relowner) as "Owner"
    FROM pg_catalog.pg_class c LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace LEFT JOIN pg_catalog.pg_am am ON am.oid = c.relam
    WHERE c.relkind IN ('r','p','') AND n.nspname <> 'pg_catalog' AND n.nspname !~ '^pg_toast' AND n.nspname <> 'information_schema'
      AND pg_catalog.pg_table_is_visible(c.oid) ORDER BY 1,2`,
  'psql \\di': `
    SELECT n.nspname as "Schema", c.relname as "Name", pg_catalog.pg_get_userbyid(c.relowner) as "Owner", c2.relname as "Table"
    FROM pg_catalog.pg_class c LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    LEFT JOIN pg_catalog.pg_index i ON i.indexrelid = c.oid LEFT JOIN pg_catalog.pg_class c2 ON i.indrelid = c2.oid
    WHERE c.relkind IN ('i','I','') AND n.nspname <> 'pg_catalog' AND pg_catalog.pg_table_is_visible(c.oid) ORDER BY 1,2`,
  'psql \\l': `
    SELECT d.datname as "Name", pg_catalog.pg_get_userbyid(d.datdba) as "Owner", pg_catalog.pg_encoding_to_char(d.encoding) as "Encoding",
      d.datcollate as "Collate", d.datctype as "Ctype", pg_catalog.array_to_string(d.datacl, E'\\n') AS "Access privileges"
    FROM pg_catalog.pg_database d ORDER BY 1`,
  'psql \\dn': `
    SELECT n.nspname AS "Name", pg_catalog.pg_get_userbyid(n.nspowner) AS "Owner" FROM pg_catalog.pg_namespace n
    WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' ORDER BY 1`,
  'psql \\df': `
    SELECT n.nspname as "Schema", p.proname as "Name", pg_catalog.pg_get_function_result(p.oid) as "Result data type",
      pg_catalog.pg_get_function_arguments(p.oid) as "Argument data types", CASE p.prokind WHEN 'a' THEN 'agg' ELSE 'func' END as "Type"
    FROM pg_catalog.pg_proc p LEFT JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
    WHERE pg_catalog.pg_function_is_visible(p.oid) AND n.nspname <> 'pg_catalog' AND n.nspname <> 'information_schema' ORDER BY 1, 2, 4`,
  'psql \\dT': `
    SELECT n.nspname as "Schema", pg_catalog.format_type(t.oid, NULL) AS "Name", pg_catalog.obj_description(t.oid, 'pg_type') as "Description"
    FROM pg_catalog.pg_type t LEFT JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
    WHERE (t.typrelid = 0 OR (SELECT c.relkind = 'c' FROM pg_catalog.pg_class c WHERE c.oid = t.typrelid))
      AND NOT EXISTS(SELECT 1 FROM pg_catalog.pg_type el WHERE el.oid = t.typelem AND el.typarray = t.oid)
      AND n.nspname <> 'pg_catalog' AND n.nspname <> 'information_schema' AND pg_catalog.pg_type_is_visible(t.oid) ORDER BY 1, 2`,
  'psql \\dx': `
    SELECT e.extname AS "Name", e.extversion AS "Version", n.nspname AS "Schema", c.description AS "Description"
    FROM pg_catalog.pg_extension e LEFT JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace
    LEFT JOIN pg_catalog.pg_description c ON c.objoid = e.oid AND c.classoid = 'pg_catalog.pg_extension'::pg_catalog.regclass ORDER BY 1`,
};

/** Catalog reads that carry data or names of what is not shown. */
export const REFUSED_READS: readonly string[] = [
  'SELECT * FROM pg_stats',
  'SELECT * FROM pg_catalog.pg_statistic',
  'SELECT query FROM pg_stat_activity',
  'SELECT * FROM pg_stat_user_tables',
  'SELECT * FROM pg_statio_all_tables',
  'SELECT * FROM pg_authid',
  'SELECT * FROM pg_shadow',
  'SELECT * FROM pg_user',
  'SELECT * FROM pg_user_mapping',
  'SELECT * FROM pg_foreign_server',
  'SELECT * FROM pg_subscription',
  'SELECT * FROM pg_policies',
  'SELECT * FROM pg_rules',
  'SELECT * FROM pg_largeobject',
  'SELECT * FROM pg_hba_file_rules',
  'SELECT * FROM pg_file_settings',
  'SELECT * FROM pg_prepared_statements',
  'SELECT * FROM pg_cursors',
  'SELECT * FROM pg_locks',
  'SELECT * FROM pg_db_role_setting',
  'SELECT * FROM information_schema.role_table_grants',
  'SELECT * FROM information_schema.triggers',
  'SELECT * FROM information_schema.routines',
  'SELECT * FROM information_schema.user_mappings',
  `SELECT 'pg_authid'::regclass::oid`,
  `SELECT 'payroll'::regclass`,
  `SELECT 'nothing'::regclass`,
  `SELECT '{payroll}'::regclass`,
  `SELECT {payroll}::regclass`,
  `SELECT '{payroll}'::oid::regclass`,
  `SELECT ({payroll} + 0)::oid::regclass`,
  `SELECT 'postgres'::regrole`,
  `SELECT 'billing'::regnamespace`,
  'SELECT format_type({payroll_type}, NULL)',
  'SELECT format_type({payroll_type}, a.atttypmod) FROM pg_attribute a LIMIT 1',
  'SELECT format_type((c.oid::int8 + {payroll_type} - c.oid::int8)::oid, NULL) FROM pg_class c',
  `SELECT to_regclass('payroll')`,
  `SELECT to_regtype('payroll')`,
  `SELECT to_regtype('payroll[]')`,
  `SELECT 'payroll'::regtype`,
  `SELECT {payroll_type}::regtype`,
  `SELECT NULL::payroll`,
  `SELECT '(1)'::payroll`,
  `SELECT obj_description({payroll}, 'pg_class')`,
  `SELECT pg_get_serial_sequence('payroll', 'id')`,
  `SELECT has_table_privilege('payroll', 'select')`,
  `SELECT has_table_privilege({payroll}, 'select')`,
  `SELECT pg_get_constraintdef({check}::oid)`,
  `SELECT pg_get_indexdef({partial}::oid)`,
  `SELECT pg_get_viewdef({orders}::oid)`,
  `SELECT pg_get_viewdef(c.oid) FROM pg_class c`,
  `SELECT pg_table_is_visible({payroll})`,
  `SELECT pg_relation_is_publishable('{payroll}')`,
  `SELECT pg_partition_ancestors('{payroll}')`,
  `SELECT col_description({orders}, 1)`,
];
