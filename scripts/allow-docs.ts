/** `docs/reference/functions.md`, from the lists of `src/sql/allow`. */
import { reviewedExtensions } from '../src/sql/allow/extensions.ts';
import { FORBIDDEN_FAMILIES } from '../src/sql/allow/forbidden.ts';
import { cockroachdbFunctionNames } from '../src/sql/allow/functions/cockroachdb.ts';
import { FAMILIES, type Family } from '../src/sql/allow/functions/index.ts';
import { ordinaryTypes, typesThatName } from '../src/sql/allow/judge-type.ts';
import { findReviewedOperator, reviewedOperatorNames } from '../src/sql/allow/operators.ts';
import { REFUSED_FAMILIES } from '../src/sql/allow/refused.ts';
import { settingList } from '../src/sql/allow/settings.ts';
import { specialFunctions } from '../src/sql/allow/special-functions.ts';
import { describeSystemRelation, systemRelationNames } from '../src/sql/allow/system-relations.ts';
import { GENERATED, markdownTable, type Page } from './pages/page.ts';

export function allowPage(): Page {
  const parts = [
    ...functions(),
    ...special(),
    ...extensions(),
    ...refused(),
    ...operators(),
    ...types(),
    ...settings(),
    ...catalog(),
  ];
  return { file: 'docs/reference/functions.md', text: `${parts.join('\n\n')}\n` };
}

function code(names: Iterable<string>): string {
  return [...names].map((name) => `\`${name}\``).join(' ');
}

function functions(): readonly string[] {
  return [
    '# Functions, operators, types, settings and the catalog',
    GENERATED,
    'A statement may call what is listed here and nothing else. A function counts by what the catalog of the database says it is: a name in `pg_catalog` may be called if every overload of it was reviewed, and is sent as `pg_catalog.name`. A function of yours is opened by its full name under `allow.functions` of the policy.',
    'The marked signatures (†) cannot raise an error for any argument. A condition made of such calls only may be planned together with the row filter; any other sees the rows that the filter has let through, and no more.',
    ...FAMILIES.flatMap(familySection),
    ...cockroachdbSection(),
  ];
}

function cockroachdbSection(): readonly string[] {
  return [
    '### CockroachDB',
    'On a CockroachDB server these of its own too; of `crdb_internal` only `increment_feature_counter`, with constants. From the documentation, not run.',
    code(cockroachdbFunctionNames()),
  ];
}

function familySection({ title, reason, functions: list }: Family): readonly string[] {
  const rows = [...list].map(([name, signatures]) => [
    `\`${name}\``,
    [...signatures]
      .map(([signature, { total }]) => `\`(${signature.replaceAll(',', ', ')})\`${total ? '†' : ''}`)
      .join(' '),
  ]);
  return [`## ${title}`, reason, markdownTable(['function', 'signatures'], rows)];
}

const FORMS: Readonly<Record<string, string>> = {
  sequence: 'with a constant that names a sequence of `allow.sequences`',
  setting: 'with a constant that names a setting that may be shown',
  'set-setting': 'with constants that SET would take too',
  'type-name': 'with a constant or parameter that names a type which may be named',
  'catalog-only': 'in reads of the catalog, with numbers of objects that come from its columns',
};

function special(): readonly string[] {
  const rows = [...specialFunctions()].map(([name, entry]) => [
    `\`${name}\``,
    FORMS[entry.special] ?? '',
    entry.reason,
  ]);
  return ['## In one way only', markdownTable(['function', 'may be called', 'why'], rows)];
}

function extensions(): readonly string[] {
  const rows = [...reviewedExtensions()].map(([name, { reason, refused: names }]) => [
    `\`${name}\``,
    reason,
    code(names),
  ]);
  return [
    '## Extensions',
    'Functions, operators and types that belong to one of these extensions may be used. What belongs to an extension is read from the catalog, so a namesake beside it does not count.',
    markdownTable(['extension', 'what it holds', 'refused all the same'], rows),
  ];
}

function refused(): readonly string[] {
  const patterns = (list: readonly { readonly names: RegExp; readonly reason: string }[]) =>
    list.map(({ names, reason }) => [reason, `\`${names.source}\``]);
  return [
    '## Refused',
    'What is on no list is refused. These families were looked at, and left out for the reason beside them; names as regular expressions.',
    markdownTable(['why', 'names'], patterns(REFUSED_FAMILIES)),
    'These are refused even where the policy lists them:',
    markdownTable(['why', 'names'], patterns(FORBIDDEN_FAMILIES)),
  ];
}

function operators(): readonly string[] {
  const rows = reviewedOperatorNames().map((name) => {
    const marks = [...(findReviewedOperator(name) ?? [])];
    const total = marks
      .filter(([, totality]) => totality !== 'partial')
      .map(([signature]) => `(${signature})`);
    return [`\`${name}\``, code(total)];
  });
  return [
    '## Operators',
    'Every operator of `pg_catalog` is a pure function of its operands and may be used. Those of the operand types below cannot raise an error: polymorphic ones with operands of built-in types, LIKE and its kin with a constant pattern that does not end in a lone escape character.',
    markdownTable(['operator', 'cannot fail for'], rows),
    'Comparisons of text count as such under the default collation only. `||` is not among them, because sub-selects can nest it until a short text passes the limit of one gigabyte; neither is the arithmetic of integers, which overflows. `@>` of jsonb fails on documents that are nested deeper than about 8,000 levels on both sides.',
  ];
}

function types(): readonly string[] {
  return [
    '## Types',
    `These types and arrays of them may be named: ${code(ordinaryTypes())}. So may enums in the search path, types of the extensions above, and what the policy lists under \`allow.types\`. The type of a relation's rows may not, and a type that is refused is answered like one that does not exist.`,
    `Values of these types name objects, so a cast is judged by its argument: ${code(typesThatName())}.`,
  ];
}

function settings(): readonly string[] {
  const rows = settingList().map(({ name, reason, set }) => [`\`${name}\``, set, reason]);
  return [
    '## Settings',
    'SHOW, SET, RESET, `current_setting` and `set_config` take these names.',
    markdownTable(['setting', 'may be set to', 'what it is'], rows),
  ];
}

function catalog(): readonly string[] {
  const rows = systemRelationNames().map((name) => {
    const { shown, definitions } = describeSystemRelation(name);
    return [`\`${name}\``, shown.length === 0 ? 'always empty' : code(shown), code(definitions)];
  });
  return [
    '## The catalog',
    'These relations of the system may be read. Their rows are about relations that a rule opens to the caller, and about the system itself. Other columns read as NULL: they hold owners, rights, or numbers that move with the data. Definitions may hold literals, so they are for roles that own the schema.',
    markdownTable(['relation', 'columns', 'definitions'], rows),
  ];
}
