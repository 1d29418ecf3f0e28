import { family } from './family.ts';

export const RANGE_FUNCTIONS = family(
  'Ranges and enums',
  'Pure functions of ranges, multiranges and enums.',
  `
datemultirange () (daterange) (_daterange)
daterange (date,date) (date,date,text)
enum_first (anyenum)
enum_last (anyenum)
enum_range (anyenum) (anyenum,anyenum)
int4multirange () (int4range) (_int4range)
int4range (int4,int4) (int4,int4,text)
int8multirange () (int8range) (_int8range)
int8range (int8,int8) (int8,int8,text)
isempty (anyrange)! (anymultirange)!
lower_inc (anyrange)! (anymultirange)!
lower_inf (anyrange)! (anymultirange)!
multirange (anyrange)
nummultirange () (numrange) (_numrange)
numrange (numeric,numeric) (numeric,numeric,text)
range_merge (anymultirange) (anyrange,anyrange)
tsmultirange () (tsrange) (_tsrange)
tsrange (timestamp,timestamp) (timestamp,timestamp,text)
tstzmultirange () (tstzrange) (_tstzrange)
tstzrange (timestamptz,timestamptz) (timestamptz,timestamptz,text)
upper_inc (anyrange)! (anymultirange)!
upper_inf (anyrange)! (anymultirange)!
`,
);
