import { family } from './family.ts';

export const CONVERSION_FUNCTIONS = family(
  'Conversions written as calls',
  'The functional spelling of a cast between built-in types.',
  `
bool (int4)! (jsonb)
bpchar (name)! (char)! (bpchar,int4,bool)
date (timestamptz) (timestamp)!
float4 (int2)! (float8) (int4)! (int8)! (numeric) (jsonb)
float8 (int2)! (float4)! (int4)! (int8)! (numeric) (jsonb)
int2 (float8) (float4) (int4) (int8) (numeric) (jsonb) (bytea)
int4 (char)! (int2)! (float8) (float4) (int8) (bit) (numeric) (bool)! (jsonb) (bytea)
int8 (int4)! (float8) (float4) (int2)! (oid)! (numeric) (bit) (jsonb) (bytea)
interval (time)! (interval,int4)
name (text)! (bpchar)! (varchar)!
numeric (int4)! (float4)! (float8)! (int8)! (int2)! (jsonb) (money) (numeric,int4)
text (bpchar)! (name)! (inet)! (char)! (xml) (bool)!
time (timestamp)! (interval) (timestamptz) (timetz) (time,int4)
timestamp (date) (timestamptz) (timestamp,int4) (date,time)
timestamptz (date) (timestamp) (date,time) (date,timetz) (timestamptz,int4)
timetz (timestamptz) (time) (timetz,int4)
varchar (name)! (varchar,int4,bool)
`,
);
