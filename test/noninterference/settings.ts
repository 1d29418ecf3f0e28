/** Settings of the planner, so that many plans occur. */
import type { Dice } from './dice.ts';

const SWITCHES = [
  'enable_seqscan',
  'enable_indexscan',
  'enable_indexonlyscan',
  'enable_bitmapscan',
  'enable_hashjoin',
  'enable_mergejoin',
  'enable_nestloop',
  'enable_material',
  'enable_hashagg',
  'enable_sort',
  'enable_memoize',
  'enable_gathermerge',
  'enable_parallel_hash',
  'enable_incremental_sort',
];

const NUMBERS: Readonly<Record<string, readonly string[]>> = {
  random_page_cost: ['0.01', '1', '100'],
  cpu_operator_cost: ['0', '0.0025', '10'],
  cpu_tuple_cost: ['0', '0.01', '10'],
  from_collapse_limit: ['1', '8'],
  join_collapse_limit: ['1', '8'],
  max_parallel_workers_per_gather: ['0', '0', '2'],
  force_parallel_mode: ['off', 'off', 'off', 'on'],
  work_mem: ['64kB', '4MB'],
  plan_cache_mode: ['auto'],
  geqo_threshold: ['2', '12'],
};

/** Settings of the planner for one transaction. */
export function randomSettings(dice: Dice): string {
  const off = SWITCHES.filter(() => dice.chance(0.25)).map((name) => `SET LOCAL ${name} = off`);
  const numbers = Object.entries(NUMBERS)
    .filter(() => dice.chance(0.3))
    .map(([name, values]) => `SET LOCAL ${name} = '${dice.pick(values)}'`);
  return [...off, ...numbers, 'SELECT 1'].join('; ');
}

const WIDER_NUMBERS: Readonly<Record<string, readonly string[]>> = {
  random_page_cost: ['0.01', '1', '100'],
  seq_page_cost: ['0', '1', '100'],
  cpu_operator_cost: ['0', '0.0025', '10'],
  cpu_tuple_cost: ['0', '0.01', '10'],
  cpu_index_tuple_cost: ['0', '10'],
  from_collapse_limit: ['1', '8'],
  join_collapse_limit: ['1', '8'],
  work_mem: ['64kB', '4MB'],
  hash_mem_multiplier: ['1', '8'],
  plan_cache_mode: ['force_generic_plan', 'force_custom_plan', 'auto'],
  geqo_threshold: ['2', '12'],
  effective_cache_size: ['1MB', '4GB'],
  cursor_tuple_fraction: ['0.01', '1'],
  constraint_exclusion: ['on', 'off'],
};

/** Workers take a server longer to start than most cases take to run, so they are seldom asked for. */
const PARALLEL = 0.04;

/** Settings of the planner for one transaction of a drawn laboratory. */
export function widerSettings(dice: Dice): string {
  return drawnSettings(dice, dice.pick([0, 0.15, 0.35]));
}

/** Those that find as many plans as may be, also such as other numbers of rows would lead to. */
export function diverseSettings(dice: Dice): string {
  const settings = drawnSettings(dice, dice.pick([0.2, 0.4, 0.6]));
  const numbers = `UPDATE pg_catalog.pg_class SET reltuples = 1 + 3000 * (abs(hashtext(relname || '${dice.below(1000)}')) % 2) WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace`;
  return dice.chance(0.4) ? `${settings}; ${numbers}` : settings;
}

function drawnSettings(dice: Dice, probability: number): string {
  const off = [...SWITCHES, 'enable_parallel_append', 'enable_tidscan', 'enable_async_append']
    .filter(() => dice.chance(probability))
    .map((name) => `SET LOCAL ${name} = off`);
  const numbers = Object.entries(WIDER_NUMBERS)
    .filter(() => dice.chance(probability))
    .map(([name, values]) => `SET LOCAL ${name} = '${dice.pick(values)}'`);
  const parallel = dice.chance(PARALLEL)
    ? [
        'SET LOCAL max_parallel_workers_per_gather = 2',
        ...(dice.chance(0.5) ? ['SET LOCAL force_parallel_mode = on'] : []),
      ]
    : ['SET LOCAL max_parallel_workers_per_gather = 0'];
  return [...off, ...numbers, ...parallel].join('; ');
}
