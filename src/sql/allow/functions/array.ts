import { family } from './family.ts';

export const ARRAY_FUNCTIONS = family(
  'Arrays and sets of rows',
  'Pure functions of arrays. `generate_series` can be long: the statement timeout bounds it.',
  `
array_append (anycompatiblearray,anycompatible)
array_cat (anycompatiblearray,anycompatiblearray)
array_dims (anyarray)
array_fill (anyelement,_int4) (anyelement,_int4,_int4)
array_length (anyarray,int4)!
array_lower (anyarray,int4)!
array_ndims (anyarray)!
array_position (anycompatiblearray,anycompatible) (anycompatiblearray,anycompatible,int4)
array_positions (anycompatiblearray,anycompatible)
array_prepend (anycompatible,anycompatiblearray)
array_remove (anycompatiblearray,anycompatible)
array_replace (anycompatiblearray,anycompatible,anycompatible)
array_reverse (anyarray)
array_sample (anyarray,int4)
array_shuffle (anyarray)
array_sort (anyarray) (anyarray,bool) (anyarray,bool,bool)
array_to_string (anyarray,text) (anyarray,text,text)
array_upper (anyarray,int4)!
cardinality (anyarray)!
generate_series (int4,int4) (int8,int8) (numeric,numeric) (timestamp,timestamp,interval) (timestamptz,timestamptz,interval) (int4,int4,int4) (int8,int8,int8) (numeric,numeric,numeric) (timestamptz,timestamptz,interval,text)
generate_subscripts (anyarray,int4) (anyarray,int4,bool)
num_nonnulls (any)
num_nulls (any)
trim_array (anyarray,int4)
unnest (anymultirange) (anyarray) (tsvector)
`,
);
