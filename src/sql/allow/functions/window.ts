import { family } from './family.ts';

export const WINDOW_FUNCTIONS = family(
  'Window functions',
  'They read the rows they are given; four of them are also hypothetical-set aggregates.',
  `
cume_dist () (any)
dense_rank () (any)
first_value (anyelement)
lag (anyelement) (anyelement,int4) (anycompatible,int4,anycompatible)
last_value (anyelement)
lead (anyelement) (anyelement,int4) (anycompatible,int4,anycompatible)
nth_value (anyelement,int4)
ntile (int4)
percent_rank () (any)
rank () (any)
row_number ()
`,
);
