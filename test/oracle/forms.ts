/** The forms that an expression is written in without brackets, and texts that put them beside each other. */

/** How a form stands around its operands: `a = `, ` IS NULL`, ` + `. */
export type FormKind = 'infix' | 'prefix' | 'postfix';

export interface Form {
  readonly kind: FormKind;
  readonly text: string;
}

const infix = (...texts: readonly string[]): readonly Form[] =>
  texts.map((text) => ({ kind: 'infix', text }));
const prefix = (...texts: readonly string[]): readonly Form[] =>
  texts.map((text) => ({ kind: 'prefix', text }));
const postfix = (...texts: readonly string[]): readonly Form[] =>
  texts.map((text) => ({ kind: 'postfix', text }));

export const FORMS: readonly Form[] = [
  ...infix('AND', 'OR'),
  ...infix('=', '<>', '!=', '<', '>', '<=', '>='),
  ...infix('+', '-', '*', '/', '%', '^'),
  ...infix('||', '&', '|', '#', '<<', '>>'),
  ...infix('->', '->>', '#>', '#>>', '#-', '?', '?|', '?&', '@>', '<@', '@@'),
  ...infix('&&', '~', '!~', '~*', '!~*', '<<=', '>>=', '<->', '<=>', '<#>', '//'),
  ...infix('LIKE', 'NOT LIKE', 'ILIKE', 'NOT ILIKE', 'SIMILAR TO', 'NOT SIMILAR TO'),
  ...infix('IS DISTINCT FROM', 'IS NOT DISTINCT FROM', 'AT TIME ZONE'),
  ...infix('OPERATOR(pg_catalog.+)', 'OPERATOR(=)'),
  ...infix('BETWEEN u AND', 'NOT BETWEEN u AND', 'BETWEEN SYMMETRIC u AND'),
  ...infix('LIKE u ESCAPE', 'NOT LIKE u ESCAPE', 'ILIKE u ESCAPE', 'SIMILAR TO u ESCAPE'),
  ...prefix('-', '+', '~', '|/', '||/', 'NOT', '@', 'OPERATOR(pg_catalog.-)'),
  ...prefix('u BETWEEN', 'u NOT BETWEEN'),
  ...postfix('IS NULL', 'IS NOT NULL', 'ISNULL', 'NOTNULL', 'IS TRUE', 'IS NOT FALSE', 'IS UNKNOWN'),
  ...postfix('IN (u)', 'NOT IN (u)', 'IN (SELECT u)', '= ANY (u)', '< ALL (u)', '= SOME (SELECT u)'),
  ...postfix('LIKE ANY (u)', '|| ANY (u)', '@> ANY (u)'),
  ...postfix('::int8', '::text[]', '[1]', 'COLLATE "C"', 'BETWEEN u AND v', 'LIKE u ESCAPE v'),
];

/** A form with its operands, the first of which is the text before it. */
export function written(form: Form, before: string, after: string): string {
  const gap = form.text.startsWith('::') || form.text.startsWith('[') ? '' : ' ';
  switch (form.kind) {
    case 'infix':
      return `${before} ${form.text} ${after}`;
    case 'prefix':
      return `${form.text} ${after}`;
    case 'postfix':
      return `${before}${gap}${form.text}`;
    default:
      return form.kind satisfies never;
  }
}

/** Every order in which two forms can stand beside each other without brackets. */
export function pairsOf(first: Form, second: Form): readonly string[] {
  const tail = written(second, 'b', 'c');
  switch (first.kind) {
    case 'infix':
    case 'prefix':
      return [written(first, 'a', tail)];
    case 'postfix':
      return second.kind === 'prefix' ? [] : [written(second, written(first, 'a', 'b'), 'c')];
    default:
      return first.kind satisfies never;
  }
}

/** One form for each level of either grammar, and those that take a tail into their operand. */
export const SAMPLES: readonly Form[] = FORMS.filter(({ kind, text }) =>
  [
    ...[
      'infix AND',
      'infix OR',
      'infix =',
      'infix +',
      'infix *',
      'infix ^',
      'infix ||',
      'infix |',
      'infix #',
    ],
    ...['infix &', 'infix <<', 'infix @>', 'infix ~', 'infix ->', 'infix LIKE', 'infix IS DISTINCT FROM'],
    ...['infix AT TIME ZONE', 'infix BETWEEN u AND', 'infix OPERATOR(=)', 'infix //', 'infix LIKE u ESCAPE'],
    ...['prefix -', 'prefix ~', 'prefix |/', 'prefix NOT', 'postfix IS NULL', 'postfix IN (u)'],
    ...['postfix = ANY (u)', 'postfix ::int8', 'postfix COLLATE "C"'],
  ].includes(`${kind} ${text}`),
);

/** Every order in which three forms can stand beside each other without brackets. */
export function triplesOf(first: Form, second: Form, third: Form): readonly string[] {
  const isTail = third.kind !== 'prefix';
  const [pair] = pairsOf(first, second);
  if (pair !== undefined && isTail) return [written(third, pair, 'd')];
  const [tail] = pairsOf(second, third);
  return tail === undefined || first.kind === 'postfix' ? [] : [written(first, 'z', tail)];
}
