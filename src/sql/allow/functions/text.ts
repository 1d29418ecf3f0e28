import { family } from './family.ts';

export const TEXT_FUNCTIONS = family(
  'Text',
  'Pure functions of text: no state, no names of objects.',
  `
ascii (text)
bit_length (bytea) (text) (bit)
btrim (text)! (text,text)! (bytea,bytea)!
casefold (text)!
char_length (bpchar)! (text)!
character_length (bpchar)! (text)!
chr (int4)
concat (any)
concat_ws (text,any)
format (text) (text,any)
initcap (text)!
is_normalized (text,text)
left (text,int4)!
length (text)! (bpchar)! (lseg) (path) (bit)! (bytea)! (tsvector)! (bytea,name)
like (text,text) (name,text) (bytea,bytea)
like_escape (text,text) (bytea,bytea)
lower (text)! (anyrange)! (anymultirange)!
lpad (text,int4) (text,int4,text)
ltrim (text)! (text,text)! (bytea,bytea)!
md5 (text)! (bytea)!
normalize (text,text)
notlike (text,text) (name,text) (bytea,bytea)
octet_length (bytea)! (text)! (bpchar)! (bit)!
overlay (bytea,bytea,int4) (text,text,int4) (bit,bit,int4) (bytea,bytea,int4,int4) (text,text,int4,int4) (bit,bit,int4,int4)
parse_ident (text,bool)
position (text,text)! (bit,bit)! (bytea,bytea)!
quote_ident (text)
quote_literal (text) (anyelement)
quote_nullable (text) (anyelement)
regexp_count (text,text) (text,text,int4) (text,text,int4,text)
regexp_instr (text,text) (text,text,int4) (text,text,int4,int4) (text,text,int4,int4,int4) (text,text,int4,int4,int4,text) (text,text,int4,int4,int4,text,int4)
regexp_like (text,text) (text,text,text)
regexp_match (text,text) (text,text,text)
regexp_matches (text,text) (text,text,text)
regexp_replace (text,text,text) (text,text,text,text) (text,text,text,int4) (text,text,text,int4,int4) (text,text,text,int4,int4,text)
regexp_split_to_array (text,text) (text,text,text)
regexp_split_to_table (text,text) (text,text,text)
regexp_substr (text,text) (text,text,int4) (text,text,int4,int4) (text,text,int4,int4,text) (text,text,int4,int4,text,int4)
repeat (text,int4)
replace (text,text,text)
reverse (text)! (bytea)
right (text,int4)!
rpad (text,int4) (text,int4,text)
rtrim (text)! (text,text)! (bytea,bytea)!
similar_escape (text,text)
similar_to_escape (text) (text,text)
split_part (text,text,int4)
starts_with (text,text)!
string_to_array (text,text) (text,text,text)
string_to_table (text,text) (text,text,text)
strpos (text,text)!
substr (text,int4) (bytea,int4) (text,int4,int4) (bytea,int4,int4)
substring (text,int4) (bit,int4) (bytea,int4) (text,text) (text,int4,int4) (bit,int4,int4) (bytea,int4,int4) (text,text,text)
to_ascii (text) (text,int4) (text,name)
to_bin (int4)! (int8)!
to_hex (int4)! (int8)!
to_oct (int4)! (int8)!
translate (text,text,text)
unicode_assigned (text)!
unistr (text)
upper (text)! (anyrange)! (anymultirange)!
`,
);
