import type { Step } from './generated-script.ts';

/** Statements of the recorded script that Cordon answers otherwise, and why. */
export interface DocumentedDifference {
  readonly sql: string;
  readonly why: string;
  /** The first message that differs, as it comes through Cordon. */
  readonly through: string;
  /** Where the answer differs; both, unless said. */
  readonly protocol?: 'simple' | 'extended';
}

const NOT_READ = 'the limits page lists it: it is refused rather than read wrongly';

export const DOCUMENTED: readonly DocumentedDifference[] = [
  {
    sql: 'SELECT x FROM numbers x WHERE n = 2;',
    why: 'a whole row is made of the columns that are known, so its type is record; its text is the same',
    through: 'T x 0.0 2249 -1 -1 0',
  },
  {
    sql: "SELECT pg_typeof(1), pg_typeof('x'), pg_typeof(NULL::uuid), pg_typeof(ARRAY[1.5]);",
    why: 'it answers with a name of the catalog, beside which a literal would be looked up',
    through: 'E VERROR C42501',
  },
  {
    sql: "SELECT 'int4'::regtype, 'numbers'::regclass, 'integer'::regtype::oid;",
    why: 'a name given as a literal becomes the number of its object, so that no literal beside it is looked up',
    through: 'T regtype 0.0 26 4 -1 0; regclass 0.0 26 4 -1 0; oid 0.0 26 4 -1 0',
  },
  {
    sql: 'SELECT count(*) FROM numbers TABLESAMPLE BERNOULLI (100);',
    why: NOT_READ,
    through: 'E VERROR C0A000',
  },
  {
    sql: 'WITH RECURSIVE t (n) AS (SELECT 1 UNION ALL SELECT n % 3 + 1 FROM t) CYCLE n SET looped USING path SELECT n, looped FROM t;',
    why: NOT_READ,
    through: 'E VERROR C0A000',
  },
  {
    sql: 'WITH RECURSIVE t (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < 3) SEARCH DEPTH FIRST BY n SET place SELECT n FROM t ORDER BY place;',
    why: NOT_READ,
    through: 'E VERROR C0A000',
  },
  {
    sql: "INSERT INTO things (label, tags[1], tags[2]) VALUES ('subscripts', 'x', 'y') RETURNING tags;",
    why: NOT_READ,
    through: 'E VERROR C0A000',
  },
  {
    sql: 'EXECUTE by_n (3);',
    why: 'the count of arguments is known at Parse, so the same error comes one message earlier',
    through: 'E VERROR C42601',
    protocol: 'extended',
  },
  {
    sql: 'EXECUTE nothing;',
    why: 'the statement is known to be missing at Parse, so the same error comes one message earlier',
    through: 'E VERROR C26000',
    protocol: 'extended',
  },
  {
    sql: 'SET nothing_like_it = 1;',
    why: 'a setting that is not on the list is refused, whether it exists or not',
    through: 'E VERROR C42501',
  },
  {
    sql: 'SHOW nothing_like_it;',
    why: 'a setting that is not on the list is refused, whether it exists or not',
    through: 'E VERROR C42501',
  },
  {
    sql: "SELECT conname, contype, pg_catalog.pg_get_constraintdef(oid) FROM pg_catalog.pg_constraint WHERE conrelid = 'parts'::regclass ORDER BY conname;",
    why: 'the text of a check can hold values, so checks are not shown',
    through: 'C SELECT 2',
  },
  {
    sql: "SELECT column_name, data_type, is_nullable, column_default FROM information_schema.columns WHERE table_name = 'things' ORDER BY ordinal_position;",
    why: 'the text of a default can hold values, so defaults read as NULL',
    through:
      'T column_name 13295.4 19 64 -1 0; data_type 13295.8 1043 -1 -1 0; is_nullable 13295.7 1043 -1 7 0; column_default 0.0 1043 -1 -1 0',
  },
];

/** Differences of the generated script: both answer with an error, and the same state of the transaction, but not the same error. */
interface DocumentedClass {
  readonly why: string;
  /** In the messages of the burst. */
  readonly told: RegExp;
  readonly without: RegExp;
  readonly through: RegExp;
}

const CLASSES: readonly DocumentedClass[] = [
  {
    why: 'all statements of a Query are judged before the first is run, so what is wrong with a later one is told first',
    told: /^Query .+;/s,
    without: /^[TDCEIN] ?/,
    through: /^E VERROR C(42\w{3}|0A000)$/,
  },
  {
    why: 'rows of COPY are taken, then inserted: the server is asked, and fails, after the rows, and checks them in another order',
    told: /^Query COPY .* FROM STDIN/,
    without: /^E VERROR/,
    through: /^(G |E VERROR)/,
  },
  {
    why: 'a Parse of the unnamed statement takes the one before away, also where the server skips it after an error',
    told: /^(Bind \S* ?<- {2}|Describe S )/,
    without: /^[2tE] ?/,
    through: /^E VERROR C26000$/,
  },
  {
    why: 'a portal is gone for the client as soon as its transaction has failed',
    told: /^(Execute|Describe P) /,
    without: /^E VERROR C25P02$/,
    through: /^E VERROR C34000$/,
  },
  {
    why: 'an unnamed portal that no Bind has made does not reach the database, which may have one left that is broken',
    told: /^(Execute|Describe P) /,
    without: /^(I |E VERROR C55000)$/,
    through: /^E VERROR C34000$/,
  },
  {
    why: 'a name that is taken is told before what is wrong with the text or the transaction',
    told: /^Parse s\d: /,
    without: /^E VERROR C(42\w{3}|25P02)$/,
    through: /^E VERROR C42P05$/,
  },
  {
    why: 'a statement that the connection does not have is prepared on it first, which a failed transaction refuses',
    told: /^Bind \S* ?<- s\d /,
    without: /^E VERROR C08P01$/,
    through: /^E VERROR C25P02$/,
  },
  {
    why: 'EXECUTE is judged by the PREPARE that came last, also if the database refused that one; then it runs for nobody',
    told: /^(Query|Parse \w*:) EXECUTE /,
    without: /^[TCDE] ?/,
    through: /^E VERROR C(42601|26000)$/,
  },
];

/** Whether the first difference, at `at`, is a documented one and leaves the transaction as it was. */
export function isDocumented(
  steps: readonly Step[],
  without: readonly string[],
  through: readonly string[],
  at: number,
): boolean {
  if (without.at(-1) !== through.at(-1)) return false;
  return CLASSES.some(
    (known) =>
      steps.some(({ told }) => known.told.test(told)) &&
      known.without.test(without[at] ?? '') &&
      known.through.test(through[at] ?? ''),
  );
}
