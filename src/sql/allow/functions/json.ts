import { family } from './family.ts';

export const JSON_FUNCTIONS = family(
  'JSON',
  'Pure functions of JSON values.',
  `
array_to_json (anyarray) (anyarray,bool)
json_array_element (json,int4)
json_array_element_text (json,int4)
json_array_elements (json)
json_array_elements_text (json)
json_array_length (json)
json_build_array () (any)
json_build_object () (any)
json_each (json)
json_each_text (json)
json_extract_path (json,_text)
json_extract_path_text (json,_text)
json_object (_text) (_text,_text)
json_object_field (json,text)
json_object_field_text (json,text)
json_object_keys (json)
json_strip_nulls (json) (json,bool)
json_to_record (json)
json_to_recordset (json)
json_typeof (json)!
jsonb_array_element (jsonb,int4)!
jsonb_array_element_text (jsonb,int4)!
jsonb_array_elements (jsonb)
jsonb_array_elements_text (jsonb)
jsonb_array_length (jsonb)
jsonb_build_array () (any)
jsonb_build_object () (any)
jsonb_concat (jsonb,jsonb)
jsonb_contained (jsonb,jsonb)!
jsonb_contains (jsonb,jsonb)!
jsonb_delete (jsonb,text) (jsonb,int4) (jsonb,_text)
jsonb_delete_path (jsonb,_text)
jsonb_each (jsonb)
jsonb_each_text (jsonb)
jsonb_exists (jsonb,text)!
jsonb_exists_all (jsonb,_text)!
jsonb_exists_any (jsonb,_text)!
jsonb_extract_path (jsonb,_text)!
jsonb_extract_path_text (jsonb,_text)!
jsonb_insert (jsonb,_text,jsonb,bool)
jsonb_object (_text) (_text,_text)
jsonb_object_field (jsonb,text)!
jsonb_object_field_text (jsonb,text)!
jsonb_object_keys (jsonb)
jsonb_path_exists (jsonb,jsonpath,jsonb,bool)
jsonb_path_exists_tz (jsonb,jsonpath,jsonb,bool)
jsonb_path_match (jsonb,jsonpath,jsonb,bool)
jsonb_path_match_tz (jsonb,jsonpath,jsonb,bool)
jsonb_path_query (jsonb,jsonpath,jsonb,bool)
jsonb_path_query_array (jsonb,jsonpath,jsonb,bool)
jsonb_path_query_array_tz (jsonb,jsonpath,jsonb,bool)
jsonb_path_query_first (jsonb,jsonpath,jsonb,bool)
jsonb_path_query_first_tz (jsonb,jsonpath,jsonb,bool)
jsonb_path_query_tz (jsonb,jsonpath,jsonb,bool)
jsonb_pretty (jsonb)
jsonb_set (jsonb,_text,jsonb,bool)
jsonb_set_lax (jsonb,_text,jsonb,bool,text)
jsonb_strip_nulls (jsonb) (jsonb,bool)
jsonb_to_record (jsonb)
jsonb_to_recordset (jsonb)
jsonb_typeof (jsonb)!
row_to_json (record) (record,bool)
to_json (anyelement)
to_jsonb (anyelement)
`,
);
