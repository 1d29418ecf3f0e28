/** Random expressions of a wanted type; many of them fail for some values. */
import type { Dice } from './dice.ts';
import { columnsOf, named, type Reachable, type Scope, TYPES, type Type } from './scope.ts';
import type { Part, Vocabulary } from './vocabulary.ts';

/** A sub-query of one column, made by the queries' side. */
export type SubQuery = (scope: Scope, type: Type, single: boolean) => string;

const LITERALS: Readonly<Record<Type, readonly string[]>> = {
  // Values of visible rows, of hidden rows, and of none.
  int: ['0', '1', '2', '3', '7', '12', '40', '5', '17', '99', '11', '31', '1000', '1003', '-1', '2147483647'],
  big: ['0::int8', '30::int8', '3000000000', '9223372036854775807', '17::int8'],
  text: [
    "'3'",
    "'x'",
    "'oops'",
    "''",
    "'a%'",
    "'h1@x'",
    "'title 11'",
    "'2024-01-12'",
    "'17'",
    "'hidden 3'",
    "'k'",
  ],
  bool: ['true', 'false', 'NULL::bool'],
  num: ['0.5', '1.0', '-1.5', '17.0', '1e20::numeric', '0.0'],
  date: ["'2024-01-12'::date", "'infinity'::date", "'2020-02-29'::date", "'4713-01-01 BC'::date"],
  uuid: ["'00000000-0000-4000-8000-000000000012'::uuid", "'00000000-0000-4000-8000-000000000099'::uuid"],
  json: [`'{"k":"3","a":[1,2]}'::jsonb`, `'5'::jsonb`, `'[]'::jsonb`],
  ints: ["'{1,3}'::int[]", 'ARRAY[0,1]', "'{}'::int[]"],
  state: ["'open'::state", "'void'::state", "'done'::state"],
  stamp: ["'2024-01-12 10:00:00+00'::timestamptz", "'infinity'::timestamptz", "'2020-02-29'::timestamptz"],
  bytes: ["'\\x61'::bytea", "'\\xff00'::bytea", "''::bytea"],
  texts: ["'{a,3}'::text[]", "ARRAY['x','12']", "'{}'::text[]"],
};

/** `{int}` stands for an expression of that type; weights by repetition. Marked `!`: fails for some values. */
const FORMS: Readonly<Record<Type, readonly string[]>> = {
  int: [
    '!({int} / {int})',
    '!({int} % {int})',
    '!(1 / ({int} - {lit:int}))',
    '!({int} * {int})',
    '!({int} + {int})',
    '!({text})::int',
    '!({int} - {int})',
    '!abs({int})',
    'length({text})',
    '({int} & {int})',
    '!({big})::int',
    '!({num})::int',
    'CASE WHEN {bool} THEN {int} ELSE {int} END',
    'coalesce({int}, {int})',
    'nullif({int}, {int})',
    'greatest({int}, {int})',
    "!({json} ->> 'k')::int",
    '({ints})[1]',
    '!({ints})[{big}]',
    'array_length({ints}, 1)',
    'strpos({text}, {text})',
    '!ascii({text})',
    '!({date} - {date})',
    '!({state}::text)::int',
    '!({json})::int',
    '!div({int}, {int})::int',
    'cardinality({ints})',
    '!({int} << {int})',
    '!extract(year FROM {date})::int',
    '{sub:int}',
    '{sub:int}',
    '{agg:int}',
    '!-{int}',
    '!@ {int}',
    '!mod({int}, {int})',
    '!gcd({int}, {int})',
    '!lcm({int}, {int})',
    '!({bool})::int',
    '!width_bucket({num}, 0, 10, {int})',
    '!jsonb_array_length({json})',
    '!num_nonnulls({int}, {text})',
  ],
  big: [
    '!({big} + {big})',
    '!({big} * {big})',
    '({int})::int8',
    '!({text})::int8',
    '!({big} / {int})',
    '!({num})::int8',
    '!({big} - {int})',
    '{agg:big}',
    '!factorial({int})::int8',
  ],
  text: [
    '({text} || {text})',
    'upper({text})',
    'left({text}, {int})',
    '!substr({text}, 1, {int})',
    '!substring({text} FROM {int} FOR {int})',
    '({int})::text',
    '({num})::text',
    '({date})::text',
    '({json})::text',
    "({json} ->> 'k')",
    '!regexp_replace({text}, {text}, {text})',
    "!split_part({text}, ',', {int})",
    '!chr({int})',
    '!overlay({text} PLACING {text} FROM {int})',
    'CASE WHEN {bool} THEN {text} END',
    'coalesce({text}, {text})',
    '({state})::text',
    '!to_char({num}, {text})',
    '!({row})::text',
    'md5({text})',
    '!repeat({text}, {int} % 5)',
    '!substring({text} FROM {text})',
    '{sub:text}',
    '!(regexp_match({text}, {text}))[1]',
    '!format({text}, {int})',
    "!to_char({date}, 'YYYY')",
    "!encode(decode({text}, 'hex'), 'hex')",
    '!({json} #>> ({text})::text[])',
    'concat({text}, {int})',
    '({text} || {int})',
    'replace({text}, {text}, {text})',
    '!lpad({text}, {int} % 9)',
    '!({text})::varchar(3)',
    'nullif({text}, {text})',
    'greatest({text}, {text})',
    'translate({text}, {text}, {text})',
    'quote_literal({text})',
    '!({uuid})::text',
    'reverse({text})',
    "!convert_from(({text})::bytea, 'UTF8')",
  ],
  bool: [
    '({int} = {int})',
    '({int} < {int})',
    '({text} = {text})',
    '({num} > {num})',
    '({date} <= {date})',
    '({state} = {state})',
    '({uuid} = {uuid})',
    '({json} = {json})',
    '({big} <> {int})',
    '!({int} > {lit:int} / {int})',
    '!(1 / {int} >= 0)',
    '!(1 / ({int} - {lit:int}) > -5)',
    '!(({text})::int >= 0)',
    '!(ln({num}) > -99)',
    '!(sqrt({num}) >= 0)',
    '!(({text})::date IS NOT NULL)',
    '!(({text})::jsonb IS NOT NULL)',
    '!(({text})::uuid IS NOT NULL)',
    '!({text} LIKE {text})',
    '!({text} ~ {text})',
    '!({text} SIMILAR TO {text})',
    "({text} LIKE 'a%')",
    "({text} ILIKE '%O%')",
    "!({text} ~ '^[0-9]')",
    '({bool} AND {bool})',
    '({bool} OR {bool})',
    '(NOT {bool})',
    '({int} IS NULL)',
    '({text} IS NOT NULL)',
    '({bool} IS NOT TRUE)',
    '({int} BETWEEN {int} AND {int})',
    '({int} IN ({int}, {int}, {int}))',
    '({text} IN ({text}, {text}))',
    '({int} IN ({list:int}))',
    '({int} NOT IN ({list:int}))',
    '({text} = ANY ({list:text}))',
    '({int} > ALL ({list:int}))',
    'EXISTS ({exists})',
    'NOT EXISTS ({exists})',
    'EXISTS ({exists})',
    '({int} = ANY ({ints}))',
    '({ints} @> {ints})',
    '!({json} ? {text})',
    '({json} @> {json})',
    '({int} IS DISTINCT FROM {int})',
    '!(({int}, {text}) = ({int}, {text}))',
    '!(({int}, {int}) < ({int}, {int}))',
    '!({text})::bool',
    'CASE WHEN {bool} THEN {bool} ELSE {bool} END',
    '!({row} IS NOT NULL)',
    '!({row} = {row})',
    "!jsonb_path_exists({json}, '$.k')",
    "!({json} @? 'strict $.a')",
    '!(({int}, {int}) IN ({pair}))',
    '!(({int}, {int}) IN ({pair}))',
    '!({int} IN ({list:int}))',
    '!(CASE {int} WHEN {int} THEN {bool} ELSE {bool} END)',
    '(starts_with({text}, {text}))',
    '({ints} = {ints})',
    '({ints} && {ints})',
    '!(substr({text}, 1, {int}) = {text})',
    '!({big} * {big} > 0)',
    '!(({date} + {int}) > {date})',
    '!(({text})::int[] IS NOT NULL)',
    '!({text}::state = {state})',
    '{sub:bool}',
    '{agg:bool}',
    '(coalesce({bool}, {bool}))',
    '({int} = {int} AND {text} = {text})',
    '!({num} * {num} > {num})',
    '!(power({num}, {num}) > 0)',
    '!(exp({num}) > 0)',
    '(ARRAY({list:int}) @> {ints})',
    '!(make_date({int}, {int}, {int}) > {date})',
    "({date} > '2024-01-05')",
    '(({int}, {text}) IS DISTINCT FROM ({int}, {text}))',
    "!({date}::timestamp > '2020-01-01')",
    "!({date}::timestamptz > '2020-01-01')",
    "!(to_date({text}, 'YYYY-MM-DD') > {date})",
    '!(({big})::int2 > 0)',
    '!(({num})::float4 > 0)',
    '!(({num})::numeric(4,1) > 0)',
    '!({int}::int2 = 1)',
    '(({int})::float8 < ({num})::float8)',
    '!(({int})::oid::text = {text})',
  ],
  num: [
    '!({num} / {num})',
    '!({num} + {num})',
    '!({num} * {num})',
    '!sqrt({num})',
    '!ln({num})',
    '!({text})::numeric',
    '({int})::numeric',
    '!round({num}, {int} % 4)',
    'abs({num})',
    'coalesce({num}, {num})',
    '{sub:num}',
    '{agg:num}',
    '!({num} % {num})',
    '!log({num})',
    '!power({num}, 2)',
    "!({json} -> 'k')::numeric",
    '!({int})::numeric(3,1)',
    'CASE WHEN {bool} THEN {num} END',
  ],
  date: [
    '!({date} + {int})',
    '!({date} - {int})',
    '!({text})::date',
    'coalesce({date}, {date})',
    '!make_date({int}, {int}, {int})',
    '{sub:date}',
    'least({date}, {date})',
    "!({date} + interval '1 month')::date",
  ],
  uuid: ['!({text})::uuid', 'coalesce({uuid}, {uuid})'],
  json: [
    '!({text})::jsonb',
    'to_jsonb({int})',
    'to_jsonb({text})',
    "({json} -> 'k')",
    "!jsonb_set({json}, '{k}', {json})",
    "!jsonb_path_query_first({json}, 'strict $.k')",
    '!to_jsonb({row})',
    "jsonb_build_object('a', {int})",
    '!({json} - {int})',
    '!({json} || {json})',
    '!jsonb_build_object({text}, {int})',
    '!jsonb_object({text}::text[])',
    '!({json} -> {text})',
  ],
  ints: [
    '!({text})::int[]',
    'ARRAY[{int}, {int}]',
    'array_append({ints}, {int})',
    '!({ints})[{int}:{int}]',
    'array_remove({ints}, {int})',
    'ARRAY({list:int} ORDER BY 1)',
    '!array_fill({int}, ARRAY[{int} % 3])',
    '({ints} || {int})',
    '!array_cat({ints}, {ints})',
    "!string_to_array({text}, ',')::int[]",
  ],
  state: ['!({text})::state', 'CASE WHEN {bool} THEN {state} END', 'coalesce({state}, {state})'],
  stamp: [
    '!({text})::timestamptz',
    "!({stamp} + interval '1 day')",
    "!({stamp} - interval '100 years')",
    '({date})::timestamptz',
    "!date_trunc('month', {stamp})",
    'coalesce({stamp}, {stamp})',
    'greatest({stamp}, {stamp})',
    'CASE WHEN {bool} THEN {stamp} END',
    '!to_timestamp({int})',
    '{sub:stamp}',
  ],
  bytes: [
    '({text})::varchar::bytea',
    "!decode({text}, 'hex')",
    '({bytes} || {bytes})',
    '!substring({bytes} FROM {int})',
    '!set_byte({bytes}, {int}, {int})',
    'coalesce({bytes}, {bytes})',
    'sha256({bytes})',
    "!convert_to({text}, 'LATIN1')",
  ],
  texts: [
    '!({text})::text[]',
    'ARRAY[{text}, {text}]',
    'array_append({texts}, {text})',
    "string_to_array({text}, ',')",
    '!regexp_split_to_array({text}, {text})',
    'array_remove({texts}, {text})',
    '({ints})::text[]',
    'ARRAY({list:text} ORDER BY 1)',
    '!({texts})[{int}:{int}]',
  ],
};

/** What drawn laboratories add to the forms. */
const WIDER_FORMS: Readonly<Partial<Record<Type, readonly string[]>>> = {
  int: [
    '!get_byte({bytes}, {int})',
    'octet_length({bytes})',
    '!extract(hour FROM {stamp})::int',
    '!({texts})[1]::int',
    'cardinality({texts})',
    '!array_position({texts}, {text})',
    '!sign({num})::int',
    '!strpos({text}, {text}) / {int}',
    '!({stamp}::date - {date})',
    '!bit_length({text}) % {int}',
    '!scale({num})',
  ],
  text: [
    '({texts})[1]',
    '!array_to_string({texts}, {text})',
    "encode({bytes}, 'hex')",
    "!convert_from({bytes}, 'UTF8')",
    '({stamp})::text',
    "!to_char({stamp}, 'HH24')",
    '({uuid})::text',
    'btrim({text}, {text})',
    'initcap({text})',
    '!jsonb_pretty({json})',
    '!jsonb_typeof({json} -> {int})',
  ],
  bool: [
    '({stamp} > {stamp})',
    '({bytes} = {bytes})',
    '({texts} && {texts})',
    '({text} = ANY ({texts}))',
    '!({date} < {stamp})',
    '!({texts} @> ({text})::text[])',
    '!(({bytes}) LIKE ({text})::varchar::bytea)',
    '({stamp} IS NULL)',
    '!(({text})::interval IS NOT NULL)',
    '!(({text})::timestamp IS NOT NULL)',
    '!(({text})::bytea IS NOT NULL)',
    '!({json} @@ {text}::jsonpath)',
    '(({date}, {date}) OVERLAPS ({date}, {date}))',
    '({bool} = {bool})',
    '!({num} BETWEEN {int} AND {big})',
  ],
  date: ['!({stamp})::date', '!({stamp} + interval {lit:text})::date'],
  num: ['!extract(epoch FROM {stamp})', '!ceil({num})', '!trunc({num} / {int}, 2)'],
  json: [
    'to_jsonb({texts})',
    'to_jsonb({stamp})',
    '!jsonb_build_array({int}, {text})',
    '!jsonb_strip_nulls({json})',
  ],
  big: ['!({stamp} - {stamp} > {lit:text}::interval)::int::int8'],
  state: ['greatest({state}, {state})', '!enum_first({state})'],
};

/**
 * Forms that pass for every visible row and fail for some hidden ones; `{c:n}` is a column of that name. These are the traps
 * proper; the forms above fail for visible rows too.
 */
const TRAPS: Readonly<Partial<Record<Type, readonly string[]>>> = {
  int: [
    '({c:raw})::int',
    '(1 / {c:n})',
    '(1 / ({c:n} - {hidden}))',
    '(100 % {c:n})',
    'gcd({c:n}, 5)',
    '({c:n} * 1000)',
    '({c:raw}::int % {c:n})',
    '({c:big})::int',
    '({c:num})::int',
    '({ints})[{c:big}]',
    'length(substr({text}, 1, {c:len}))',
    "length(repeat('a', {c:len}))",
    '(1 / ({c:n} - {hidden}))',
    '({c:n} + 2000000)',
    '(-{c:n})',
    'abs({c:n})',
    '(1 / (length({c:raw}) - 4))',
    '({c:raw}::jsonb)::int',
  ],
  big: ['({c:big} * {c:big})', '({c:big} + 1000)', '({c:raw})::int8', '(5 / {c:big})', '({c:big} - 1000)'],
  text: [
    'substr({text}, 1, {c:len})',
    "regexp_replace({text}, {c:pat}, '')",
    "split_part({text}, ',', {c:n})",
    'chr({c:n} + 60)',
    "overlay({text} PLACING 'q' FROM {c:len})",
    '(({c:raw})::int)::text',
    'substring({text} FROM {c:pat})',
    'lpad({text}, 3 / {c:n})',
    '({c:raw} || 1 / {c:n})',
    '((1 / {c:n}) || {text})',
    'substring({text} FROM 1 FOR {c:len})',
  ],
  bool: [
    '({near:int} > -99)',
    '({near:int} > -99)',
    '({near:int} > -99)',
    '({near:int} < 5000)',
    '({near:int} = {int})',
    "({near:text} <> 'q')",
    "({near:text} >= '')",
    '({near:num} > -99)',
    '({near:bool} IS NOT TRUE)',
    '(1 / {c:n} >= 0)',
    '(1 / ({c:n} - {hidden}) > -5)',
    '(1 / ({c:n} - {hidden}) > -5)',
    '(({c:raw})::int >= 0)',
    '(({c:raw})::int >= {int})',
    '(ln({c:num}) > -99)',
    '(sqrt({c:num}) >= 0)',
    '({text} LIKE {c:pat})',
    '({text} ~ {c:pat})',
    '({text} NOT LIKE {c:pat})',
    '(substr({text}, 1, {c:len}) <> {text})',
    '({c:big} * {c:big} > 0)',
    '(({c:made} + 1000) > {date})',
    "(({c:made})::timestamp > '2020-01-01')",
    '(({c:raw})::jsonb IS NOT NULL)',
    '(({c:raw})::bool IS NULL OR true)',
    '(({c:raw})::numeric > 0)',
    '({int} IN (SELECT 1 / b.{docs:n} FROM {part:docs} AS b))',
    '({int} IN (SELECT b.{lines:raw}::int FROM {part:lines} AS b))',
    '({int} < ANY (SELECT 1 / (b.{notes:n} - {hidden}) FROM {part:notes} AS b))',
    'EXISTS (SELECT 1 FROM {part:docs} AS b WHERE 1 / (b.{docs:n} - {hidden}) = {int})',
    'EXISTS (SELECT 1 FROM {part:lines} AS b WHERE b.{lines:raw}::int = {int} AND b.{lines:n} = {int})',
    '(({int}, {int}) IN (SELECT b.{docs:n}, 1 / b.{docs:n} FROM {part:docs} AS b))',
    '(({int}, {int}) IN (SELECT b.{lines:doc}, b.{lines:raw}::int FROM {part:lines} AS b))',
    '(1 / {c:n} = ANY (ARRAY(SELECT b.{docs:n} FROM {part:docs} AS b)))',
    '({int} = (SELECT max(1 / b.{docs:n}) FROM {part:docs} AS b WHERE b.{docs:id} = {int}))',
    'EXISTS (SELECT 1 FROM (SELECT DISTINCT 1 / {c:n} AS q FROM {part:goods} AS b) AS s)',
    'EXISTS (SELECT 1 FROM generate_series(1, 3, {c:n}) AS g)',
    'EXISTS (SELECT b.{docs:n} FROM {part:docs} AS b GROUP BY b.{docs:n} HAVING 1 / b.{docs:n} >= 0)',
    'EXISTS (SELECT 1 FROM {part:goods} AS b GROUP BY 1 / {c:n})',
    '({int} IN (SELECT 1 FROM {part:docs} AS b ORDER BY 1 / b.{docs:n}))',
    '({int} IN (SELECT s.q FROM (SELECT b.{docs:n} AS q FROM {part:docs} AS b GROUP BY b.{docs:n}, 1 / b.{docs:n}) AS s))',
    '({int} IN (SELECT s.q FROM (VALUES (1 / {c:n})) AS s (q)))',
    '({int} IN (SELECT s.q FROM {part:goods} AS b, LATERAL (SELECT b.{goods:n} + 1 / {c:n}) AS s (q)))',
    '({int} = ALL (SELECT 1 / b.{docs:n} FROM {part:docs} AS b))',
    '({int} NOT IN (SELECT 1 / b.{docs:n} FROM {part:docs} AS b))',
    '(CASE {c:n} WHEN 1 / {c:n} THEN true ELSE true END)',
    '(ROW({c:n}, {c:raw}) = ROW({int}, {c:raw}::int::text))',
    '({ints})[{c:big}] IS NULL',
    '(NOT (1 / {c:n} > 3))',
    '(1 / {c:n} > 0 OR {bool})',
    '({bool} OR 1 / {c:n} > -3)',
    '(coalesce({c:raw}::int, 0) >= 0)',
    '(nullif(1 / {c:n}, 7) IS NULL OR true)',
    '(1 / {c:n} IS NOT NULL)',
    '(1 / {c:n} BETWEEN -3 AND 3)',
    '(1 / {c:n} IN (0, 1, -1))',
    '(greatest({c:raw}::int, {int}) > 0)',
    '(power({c:num}, 0.5) >= 0)',
    '(make_interval(days => {c:n}) IS NOT NULL)',
    "(to_date({c:raw}, 'YYYY') IS NOT NULL)",
    '({c:raw}::int4range IS NULL OR true)',
    '(jsonb_build_object({c:raw}, 1) IS NOT NULL)',
    '(array_fill(0, ARRAY[{c:len}]) IS NOT NULL)',
    '({c:num}::numeric(5,2) > 0)',
    '({c:n}::int2 > 0)',
  ],
  num: [
    'sqrt({c:num})',
    'ln({c:num})',
    '(1 / {c:num})',
    '({c:raw})::numeric',
    'power({c:num}, 0.5)',
    '({c:num})::numeric(6,2)',
    'log({c:num})',
  ],
  date: ['({c:made} + {c:len})', '({c:made} + 3000)', "('2024-01-01'::date + {c:n})", '({c:made} - 10000)'],
  json: ['to_jsonb(1 / {c:n})', '({c:raw})::jsonb', 'jsonb_build_object({c:raw}, {c:n})'],
  ints: ['ARRAY[1 / {c:n}, 2]', 'array_fill(7, ARRAY[{c:len} % 4])'],
};

const WIDER_TRAPS: Readonly<Partial<Record<Type, readonly string[]>>> = {
  int: [
    'get_byte({c:blob}, 0)',
    '({c:words})[1]::int',
    'extract(year FROM {c:made})::int',
    '(({c:info}) ->> {c:raw})::int',
    '(({c:info} -> 0)::int + {c:n})',
    'jsonb_array_length({c:info})',
    'mod({c:len}, {c:n})',
    'div({c:num}, {c:n})::int',
  ],
  text: [
    "convert_from({c:blob}, 'UTF8')",
    'jsonb_object({c:words})::text',
    "to_char({c:stamp} + interval '280000 years', 'YYYY')",
    'repeat({text}, 100 / {c:len})',
  ],
  bool: [
    '(get_byte({c:blob}, 0) >= 0)',
    "(convert_from({c:blob}, 'UTF8') <> 'q')",
    '(({c:words})[1]::int > -99)',
    '(jsonb_array_length({c:info}) IS NOT NULL)',
    "(jsonb_path_exists({c:info}, 'strict $.k') IS NOT NULL)",
    "({c:stamp} + interval '280000 years' > {stamp})",
    '({c:made}::timestamptz > {stamp})',
    '(substring({text} FROM {c:len} FOR {c:len}) IS NOT NULL)',
    '(({c:raw})::uuid IS NOT NULL OR true)',
    '(({c:raw})::timestamptz IS NOT NULL)',
    '(({c:raw})::interval IS NOT NULL)',
    '(({c:raw})::state IS NOT NULL)',
    "(string_to_array({c:raw}, ',')::int[] IS NOT NULL)",
    '(({c:n})::numeric(3, 1) < 1000)',
    '(CASE WHEN {bool} THEN 1 / {c:n} ELSE {c:raw}::int END IS NOT NULL)',
    'EXISTS (SELECT 1 FROM {part:notes} AS b WHERE b.{notes:n} = {int} AND 10 / b.{notes:n} > 0)',
    '({int} = ANY (SELECT b.{notes:raw}::int FROM {part:notes} AS b WHERE b.{notes:n} > 0))',
    'EXISTS (SELECT 1 FROM {part:docs} AS b JOIN {part:lines} AS e ON b.{docs:n} = 7 / e.{lines:n})',
  ],
  stamp: ["({c:stamp} + interval '280000 years')", '({c:raw})::timestamptz', '({c:made})::timestamptz'],
  bytes: ["decode({c:raw}, 'hex')", 'set_byte({c:blob}, 0, 7)'],
  texts: ['({c:raw})::text[]', '({c:words})[1:{c:len}]'],
};

/** Where no column of the name is in reach. */
const HARMLESS: Readonly<Record<string, string>> = {
  raw: "'12'",
  pat: "'a%'",
  made: "'2024-01-12'::date",
  big: '30::int8',
  num: '2.5',
  blob: "'\\x61'::bytea",
  words: "ARRAY['3']",
  stamp: "'2024-01-12'::timestamptz",
  info: "'[1]'::jsonb",
};

/** Values that only hidden rows have. */
const HIDDEN_VALUES = ['0', '17', '99', '-2147483648'];

const AGGREGATES: Readonly<Partial<Record<Type, readonly string[]>>> = {
  int: [
    'count(*)::int',
    'count({int})::int',
    'count(DISTINCT {int})::int',
    'max({int})',
    'min({int})',
    'sum({int})::int',
    'count(*) FILTER (WHERE {bool})::int',
    '(array_agg({int} ORDER BY {int}))[1]',
  ],
  big: ['sum({int})', 'count({text})', 'sum({int}) FILTER (WHERE {bool})'],
  num: ['sum({num})', 'avg({int})', 'max({num})', 'variance({int})', 'avg({num}) FILTER (WHERE {bool})'],
  bool: [
    'bool_and({bool})',
    'bool_or({bool})',
    '(max({int}) > 3)',
    '(count(*) > 1)',
    '(min(1 / {int}) > 0)',
    '(sum({big}) > 0)',
  ],
  text: ["string_agg({text}, ',' ORDER BY {text}, {text})", 'max({text})'],
  json: ['jsonb_agg({int} ORDER BY {int})'],
  ints: ['array_agg({int} ORDER BY {int})'],
  date: ['max({date})'],
};

const WIDER_AGGREGATES: Readonly<Partial<Record<Type, readonly string[]>>> = {
  int: ['(percentile_disc(0.5) WITHIN GROUP (ORDER BY {int}))', 'mode() WITHIN GROUP (ORDER BY {int})'],
  num: ['stddev({num})', 'round(avg(DISTINCT {num}), 3)'],
  stamp: ['max({stamp})', 'min({stamp}) FILTER (WHERE {bool})'],
  bytes: ["string_agg(DISTINCT {bytes}, ''::bytea)"],
  texts: ['array_agg(DISTINCT {text})'],
  date: ['min({date})'],
  bool: ['every({bool})'],
};

/** How often a form is taken that fails for visible rows too. */
const WILD = 0.06;

/** Values that statements give as parameters, while such a statement is made. */
export class Parameters {
  readonly types: Type[] = [];

  add(type: Type): string {
    this.types.push(type);
    return `$${this.types.length}`;
  }
}

export class Expressions {
  readonly #dice: Dice;
  readonly #subQuery: SubQuery;
  /** How often a trap is laid. */
  readonly #hostility: number;
  readonly #vocabulary: Vocabulary;
  readonly #forms: Forms;
  /** Where set, literals become parameters now and then. */
  parameters: Parameters | undefined;

  constructor(dice: Dice, hostility: number, subQuery: SubQuery, vocabulary: Vocabulary) {
    this.#dice = dice;
    this.#hostility = hostility;
    this.#subQuery = subQuery;
    this.#vocabulary = vocabulary;
    this.#forms = vocabulary.widened ? WIDER : NARROW;
  }

  make(scope: Scope, type: Type, depth: number, aggregates = false): string {
    const known = columnsOf(scope).filter((column) => column.type === type);
    const leaf = depth <= 0 || this.#dice.chance(0.3);
    if (leaf && known.length > 0 && this.#dice.chance(0.8) && !aggregates) return this.#column(known);
    if (leaf && !aggregates) return this.literal(type);
    const form = this.#form(type, aggregates);
    return this.#fill(form, scope, depth - 1, aggregates);
  }

  aggregate(scope: Scope, type: Type, depth: number): string {
    const forms = this.#forms.aggregates[type] ?? [];
    return forms.length === 0 ? this.literal(type) : this.#fill(this.#dice.pick(forms), scope, depth, false);
  }

  /** An expression that some hidden row makes fail, where the type has one. */
  trap(scope: Scope, type: Type, depth: number): string {
    return this.#fill(
      this.#dice.pick(this.#forms.traps[type] ?? this.#forms.forms[type]).replace(/^!/, ''),
      scope,
      depth,
      false,
    );
  }

  literal(type: Type): string {
    const own = this.#vocabulary.literal(this.#dice, type) ?? this.#dice.pick(LITERALS[type]);
    if (this.parameters === undefined || !this.#dice.chance(0.5)) return own;
    const parameter = this.parameters.add(type);
    return this.#dice.chance(0.6) ? `${parameter}::${SQL_TYPES[type]}` : parameter;
  }

  anyType(): Type {
    return this.#dice.pick([
      'int',
      'int',
      'int',
      'text',
      'text',
      'bool',
      'num',
      ...this.#vocabulary.types,
    ] as const);
  }

  /** A column of the last FROM item, which may be a sub-query whose column is a trap. */
  #near(scope: Scope, type: Type): string {
    const last = scope.items.at(-1);
    const known = last === undefined ? [] : named(last).filter((column) => column.type === type);
    return last === undefined || known.length === 0
      ? this.make(scope, type, 0)
      : `${last.alias}.${this.#dice.pick(known).name}`;
  }

  #named(scope: Scope, name: string): string {
    const known = columnsOf(scope).filter((column) => isOfKind(column, name));
    return known.length > 0 ? this.#column(known) : (HARMLESS[name] ?? '3');
  }

  /** The nearest columns most often. */
  #column(known: readonly { readonly text: string }[]): string {
    const index = Math.floor(this.#dice.next() ** 1.5 * known.length);
    return known[index]?.text ?? 'NULL';
  }

  #form(type: Type, aggregates: boolean): string {
    const traps = this.#forms.traps[type];
    if (traps !== undefined && !aggregates && this.#dice.chance(this.#hostility))
      return this.#dice.pick(traps);
    const hostile = this.#dice.chance(WILD);
    const all = this.#forms.forms[type];
    const forms = all.filter(
      (form) => form.startsWith('!') === hostile && (aggregates || !form.startsWith('{agg')),
    );
    const form = this.#dice.pick(forms.length === 0 ? all : forms);
    return form.startsWith('!') ? form.slice(1) : form;
  }

  #fill(form: string, scope: Scope, depth: number, aggregates: boolean): string {
    return form.replace(/\{([a-z]+)(?::([a-z]+))?\}/g, (_, kind: string, of: string | undefined) => {
      const type = TYPES.find((one) => one === (of ?? kind)) ?? 'int';
      switch (kind) {
        case 'c':
          return this.#named(scope, of ?? '');
        case 'near':
          return this.#near(scope, type);
        case 'part':
          return this.#vocabulary.part(partOf(of));
        case 'docs':
        case 'lines':
        case 'notes':
        case 'goods':
          return this.#vocabulary.partColumn(kind, of ?? 'n');
        case 'hidden':
          return this.#dice.pick(HIDDEN_VALUES);
        case 'lit':
          return this.literal(type);
        case 'sub':
          return depth < 0 ? this.literal(type) : `(${this.#subQuery(scope, type, true)})`;
        case 'list':
          return this.#subQuery(scope, type, false);
        case 'exists':
          return this.#subQuery(scope, type, false);
        case 'pair':
          return this.#pair(scope);
        case 'agg':
          return aggregates ? this.aggregate(scope, type, depth) : this.literal(type);
        case 'row':
          return this.#row(scope);
        default:
          return this.make(scope, type, depth, aggregates && this.#dice.chance(0.5));
      }
    });
  }

  #pair(scope: Scope): string {
    const sub = this.#subQuery(scope, 'int', false);
    return `SELECT ${this.#dice.pick(['c.c1, 1', '1 / c.c1, c.c1', 'c.c1, 1 / c.c1', 'c.c1, c.c1'])} FROM (${sub}) AS c (c1)`;
  }

  #row(scope: Scope): string {
    const rows = scope.items.filter((item) => item.row);
    return rows.length === 0 ? 'ROW(1, NULL)' : this.#dice.pick(rows).alias;
  }
}

interface Forms {
  readonly forms: Readonly<Record<Type, readonly string[]>>;
  readonly traps: Readonly<Partial<Record<Type, readonly string[]>>>;
  readonly aggregates: Readonly<Partial<Record<Type, readonly string[]>>>;
}

const NARROW: Forms = { forms: FORMS, traps: TRAPS, aggregates: AGGREGATES };

const WIDER: Forms = {
  forms: joined(FORMS, WIDER_FORMS) as Forms['forms'],
  traps: joined(TRAPS, WIDER_TRAPS),
  aggregates: joined(distinct(AGGREGATES), WIDER_AGGREGATES),
};

type Lists = Readonly<Partial<Record<Type, readonly string[]>>>;

function joined(first: Lists, second: Lists): Lists {
  const all = TYPES.map((type) => [type, [...(first[type] ?? []), ...(second[type] ?? [])]] as const);
  return Object.fromEntries(all.filter(([, forms]) => forms.length > 0));
}

/** Of rows that are equal in an order, the plan decides which comes first: values are aggregated in an order of their own. */
function distinct(lists: Lists): Lists {
  const settled = (form: string): string =>
    form.replace(
      /_agg\(\{(\w+)\}(, ',')? ORDER BY [^)]*\)/,
      (_, type: string, comma: string | undefined) => `_agg(DISTINCT {${type}}${comma ?? ''})`,
    );
  return Object.fromEntries(Object.entries(lists).map(([type, forms]) => [type, forms.map(settled)]));
}

function isOfKind(column: Reachable, name: string): boolean {
  return column.kind === undefined ? column.text.endsWith(`.${name}`) : column.kind === name;
}

function partOf(text: string | undefined): Part {
  return text === 'lines' || text === 'notes' || text === 'goods' ? text : 'docs';
}

/** How casts name the types. */
export const SQL_TYPES: Readonly<Record<Type, string>> = {
  int: 'int',
  big: 'int8',
  text: 'text',
  bool: 'bool',
  num: 'numeric',
  date: 'date',
  uuid: 'uuid',
  json: 'jsonb',
  ints: 'int[]',
  state: 'state',
  stamp: 'timestamptz',
  bytes: 'bytea',
  texts: 'text[]',
};
