import { family } from './family.ts';

export const TIME_FUNCTIONS = family(
  'Dates and times',
  'Pure functions of dates and times, and the clock.',
  `
age (timestamptz) (timestamp) (timestamptz,timestamptz) (timestamp,timestamp)
clock_timestamp ()
date_add (timestamptz,interval) (timestamptz,interval,text)
date_bin (interval,timestamp,timestamp) (interval,timestamptz,timestamptz)
date_part (text,timestamptz) (text,interval) (text,timetz) (text,date) (text,time) (text,timestamp)
date_subtract (timestamptz,interval) (timestamptz,interval,text)
date_trunc (text,timestamptz) (text,interval) (text,timestamp) (text,timestamptz,text)
extract (text,date) (text,time) (text,timetz) (text,timestamp) (text,timestamptz) (text,interval)
isfinite (date)! (timestamptz)! (interval)! (timestamp)!
justify_days (interval)
justify_hours (interval)
justify_interval (interval)
make_date (int4,int4,int4)
make_interval (int4,int4,int4,int4,int4,int4,float8)
make_time (int4,int4,float8)
make_timestamp (int4,int4,int4,int4,int4,float8)
make_timestamptz (int4,int4,int4,int4,int4,float8) (int4,int4,int4,int4,int4,float8,text)
now ()!
overlaps (timetz,timetz,timetz,timetz) (timestamptz,timestamptz,timestamptz,timestamptz) (timestamptz,interval,timestamptz,interval) (timestamptz,timestamptz,timestamptz,interval) (timestamptz,interval,timestamptz,timestamptz) (time,time,time,time) (time,interval,time,interval) (time,time,time,interval) (time,interval,time,time) (timestamp,timestamp,timestamp,timestamp) (timestamp,interval,timestamp,interval) (timestamp,timestamp,timestamp,interval) (timestamp,interval,timestamp,timestamp)
statement_timestamp ()!
timeofday ()
timezone (interval,timestamptz) (text,timestamptz) (text,timetz) (interval,timetz) (text,timestamp) (interval,timestamp) (timestamptz) (timestamp) (timetz)
to_char (interval,text) (timestamptz,text) (numeric,text) (int4,text) (int8,text) (float4,text) (float8,text) (timestamp,text)
to_date (text,text)
to_timestamp (float8) (text,text)
transaction_timestamp ()!
`,
);
