import { family } from './family.ts';

export const NUMBER_FUNCTIONS = family(
  'Numbers',
  'Pure functions of numbers; `random` draws from the session only and cannot be seeded.',
  `
abs (float4)! (float8)! (int8) (int4) (int2) (numeric)!
acos (float8)
acosd (float8)
acosh (float8)
asin (float8)
asind (float8)
asinh (float8)
atan (float8)!
atan2 (float8,float8)!
atan2d (float8,float8)
atand (float8)
atanh (float8)
bit_count (bit)! (bytea)!
cbrt (float8)!
ceil (numeric) (float8)!
ceiling (numeric) (float8)!
cos (float8)
cosd (float8)
cosh (float8)
cot (float8)
cotd (float8)
degrees (float8)
div (numeric,numeric)
erf (float8)
erfc (float8)
exp (float8) (numeric)
factorial (int8)
floor (numeric) (float8)!
gamma (float8)
gcd (int4,int4) (int8,int8) (numeric,numeric)
lcm (int4,int4) (int8,int8) (numeric,numeric)
lgamma (float8)
ln (float8) (numeric)
log (float8) (numeric) (numeric,numeric)
log10 (float8) (numeric)
min_scale (numeric)!
mod (int2,int2) (int4,int4) (int8,int8) (numeric,numeric)
pg_size_bytes (text)
pg_size_pretty (int8) (numeric)
pi ()!
pow (float8,float8) (numeric,numeric)
power (float8,float8) (numeric,numeric)
radians (float8)
random () (int4,int4) (int8,int8) (numeric,numeric)
random_normal (float8,float8)
round (float8)! (numeric) (numeric,int4)
scale (numeric)!
sign (numeric)! (float8)!
sin (float8)
sind (float8)
sinh (float8)
sqrt (float8) (numeric)
tan (float8)
tand (float8)
tanh (float8)!
to_number (text,text)
trim_scale (numeric)!
trunc (macaddr)! (float8)! (numeric) (macaddr8)! (numeric,int4)
width_bucket (anycompatible,anycompatiblearray) (float8,float8,float8,int4) (numeric,numeric,numeric,int4)
`,
);
