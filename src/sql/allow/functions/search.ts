import { family } from './family.ts';

export const SEARCH_FUNCTIONS = family(
  'Text search',
  'Pure functions of documents and queries; a text search configuration is no data. `ts_stat` and `ts_rewrite`, which run SQL text, are refused.',
  `
array_to_tsvector (_text)
get_current_ts_config ()
json_to_tsvector (json,jsonb) (regconfig,json,jsonb)
jsonb_to_tsvector (jsonb,jsonb) (regconfig,jsonb,jsonb)
numnode (tsquery)!
phraseto_tsquery (text) (regconfig,text)
plainto_tsquery (text) (regconfig,text)
querytree (tsquery)
setweight (tsvector,char) (tsvector,char,_text)
strip (tsvector)!
to_tsquery (text) (regconfig,text)
to_tsvector (text) (jsonb) (json) (regconfig,text) (regconfig,jsonb) (regconfig,json)
ts_delete (tsvector,text) (tsvector,_text)
ts_filter (tsvector,_char)
ts_headline (text,tsquery) (jsonb,tsquery) (json,tsquery) (regconfig,text,tsquery) (text,tsquery,text) (regconfig,jsonb,tsquery) (jsonb,tsquery,text) (regconfig,json,tsquery) (json,tsquery,text) (regconfig,text,tsquery,text) (regconfig,jsonb,tsquery,text) (regconfig,json,tsquery,text)
ts_rank (tsvector,tsquery) (_float4,tsvector,tsquery) (tsvector,tsquery,int4) (_float4,tsvector,tsquery,int4)
ts_rank_cd (tsvector,tsquery) (_float4,tsvector,tsquery) (tsvector,tsquery,int4) (_float4,tsvector,tsquery,int4)
tsquery_phrase (tsquery,tsquery) (tsquery,tsquery,int4)
tsvector_to_array (tsvector)
websearch_to_tsquery (text) (regconfig,text)
`,
);
