import { type Facts, type Safe, safeName } from '../errors/index.ts';
import type { Position } from './origin.ts';

/** One thing that is wrong with a policy: where, what, and what to write instead. */
export interface Mistake extends Position {
  readonly code: MistakeCode;
  readonly happened: Safe;
  readonly fix: Safe;
}

/** Words of this source code around facts that are already safe. */
export function say(words: TemplateStringsArray, ...facts: readonly Safe[]): Safe {
  let text = words[0] ?? '';
  facts.forEach((fact, index) => {
    text += `${fact}${words[index + 1] ?? ''}`;
  });
  return text as Safe;
}

/** Marks words of the document's schema as safe: they are written in `document.ts`. */
export function wording(text: string): Safe {
  return text.replace(/[\p{C}]/gu, '?') as Safe;
}

interface MistakeEntry {
  readonly happened: (f: Facts) => Safe;
  readonly fix: (f: Facts) => Safe;
}

const f = (facts: Facts, name: string): Safe => facts[name] ?? safeName('?');
const entry = (happened: MistakeEntry['happened'], fix: MistakeEntry['fix']): MistakeEntry => ({
  happened,
  fix,
});

/** Every mistake that loading or checking a policy reports, once; the reference page is made from this table. */
export const MISTAKES = {
  // The text.
  YAML_INVALID: entry(
    (x) => say`the text is not YAML: ${f(x, 'reason')}`,
    () => say`correct the line; a predicate with a comma, a bracket or a quote in it stands in double quotes`,
  ),
  YAML_TRICK: entry(
    (x) => say`${f(x, 'what')} is not allowed in a policy`,
    () => say`write the value out in its place, so that a reader sees what holds there`,
  ),
  KEY_TWICE: entry(
    (x) => say`key \`${f(x, 'name')}\` stands twice`,
    () => say`keep one of the two, or merge them`,
  ),
  TOO_LARGE: entry(
    () => say`the policy is larger than 1 MB`,
    () => say`name roles and relations, not people and rows`,
  ),
  // The shape.
  UNKNOWN_KEY: entry(
    (x) => say`unknown key \`${f(x, 'name')}\`${f(x, 'near')}`,
    (x) => say`write one of ${f(x, 'known')}`,
  ),
  WRONG_VALUE: entry(
    (x) => say`${f(x, 'where')} ${f(x, 'what')}`,
    (x) => say`${f(x, 'fix')}`,
  ),
  MISSING_KEY: entry(
    (x) => say`\`${f(x, 'name')}\` is missing`,
    (x) => say`${f(x, 'fix')}`,
  ),
  NAME_INVALID: entry(
    (x) => say`\`${f(x, 'name')}\` is not a name that can be used here`,
    (x) => say`${f(x, 'fix')}`,
  ),
  // Predicates.
  PREDICATE_SYNTAX: entry(
    (x) => say`${f(x, 'what')}`,
    (x) => say`${f(x, 'fix')}`,
  ),
  UNKNOWN_CLAIM: entry(
    (x) => say`claim \`${f(x, 'name')}\` is not declared${f(x, 'near')}`,
    () => say`declare it under \`identity.claims\` with its type`,
  ),
  CLAIM_WITHOUT_TOKEN: entry(
    (x) =>
      say`role \`${f(x, 'role')}\` has no token, so claim \`${f(x, 'name')}\` has no value and the rule never holds`,
    () => say`give this role a rule of its own without claims`,
  ),
  // Rules.
  UNKNOWN_ROLE: entry(
    (x) => say`no token can carry role \`${f(x, 'role')}\`${f(x, 'near')}`,
    (x) => say`${f(x, 'fix')}`,
  ),
  ROLE_RESERVED: entry(
    (x) => say`\`${f(x, 'role')}\` cannot be used as ${f(x, 'as')}`,
    () => say`choose another name for it`,
  ),
  RULE_INCOMPLETE: entry(
    (x) => say`${f(x, 'what')}`,
    (x) => say`${f(x, 'fix')}`,
  ),
  SECRET_READABLE: entry(
    (x) => say`column \`${f(x, 'name')}\` is secret, and this rule reads it`,
    () =>
      say`leave it out of \`read\`, or let a \`lookup\` read it: one row, by a unique key, and nothing else`,
  ),
  INTERNAL_WRITABLE: entry(
    (x) => say`column \`${f(x, 'name')}\` is internal, and this rule writes it`,
    () => say`leave it out; internal columns get their values from defaults, triggers and the database alone`,
  ),
  BOUNDARY_COLUMNS: entry(
    (x) => say`boundary \`${f(x, 'name')}\` does not name exactly one column`,
    () => say`write one comparison of one column, such as \`tenant_id = :tenant\``,
  ),
  UNKNOWN_BOUNDARY: entry(
    (x) => say`boundary \`${f(x, 'name')}\` is not declared${f(x, 'near')}`,
    () => say`declare it under \`boundaries\``,
  ),
  BOUNDARY_CLOSES: entry(
    (x) =>
      say`boundary \`${f(x, 'boundary')}\` needs a claim, and role \`${f(x, 'role')}\` has no token, so the rule never holds`,
    (x) => say`${f(x, 'fix')}`,
  ),
  // Against the catalog.
  UNKNOWN_RELATION: entry(
    (x) => say`relation \`${f(x, 'name')}\` does not exist${f(x, 'near')}`,
    () =>
      say`write its name as the database stores it, with its schema unless that is the first of \`schemas\``,
  ),
  UNKNOWN_SCHEMA: entry(
    (x) => say`schema \`${f(x, 'name')}\` does not exist or has no relation${f(x, 'near')}`,
    () => say`name the schemas that the application uses`,
  ),
  RELATION_KIND: entry(
    (x) => say`\`${f(x, 'name')}\` is a ${f(x, 'kind')}, and ${f(x, 'what')}`,
    (x) => say`${f(x, 'fix')}`,
  ),
  UNKNOWN_COLUMN: entry(
    (x) => say`\`${f(x, 'relation')}\` has no column \`${f(x, 'name')}\`${f(x, 'near')}`,
    () => say`write its name as the database stores it`,
  ),
  TYPE_MISMATCH: entry(
    (x) => say`${f(x, 'left')} and ${f(x, 'right')} cannot be compared safely`,
    (x) => say`${f(x, 'fix')}`,
  ),
  TYPE_UNSAFE: entry(
    (x) => say`column \`${f(x, 'name')}\` is of type \`${f(x, 'type')}\`, which rules do not compare`,
    () =>
      say`compare columns of integer, numeric, text, uuid, boolean or enum types; a domain or an extension type can run code or fail`,
  ),
  KEY_NOT_SINGLE: entry(
    (x) => say`\`${f(x, 'name')}\` has no primary key of exactly one column`,
    (x) => say`name the column: \`in ${f(x, 'name')}.column\``,
  ),
  MEMBERSHIP_CYCLE: entry(
    (x) => say`rules follow each other in a circle: ${f(x, 'cycle')}`,
    () => say`let one of them compare a column with a claim instead of following the other`,
  ),
  MEMBERSHIP_UNSEEN: entry(
    (x) =>
      say`role \`${f(x, 'role')}\` sees no \`${f(x, 'column')}\` in \`${f(x, 'name')}\`, so this membership never holds`,
    (x) => say`give the role a rule that reads \`${f(x, 'column')}\` there, or a rule of its own here`,
  ),
  LOOKUP_NOT_UNIQUE: entry(
    (x) => say`the lookup columns are not a unique key of \`${f(x, 'name')}\``,
    () => say`name all columns of one unique key that has no predicate and no expression`,
  ),
  BOUNDARY_UNUSED: entry(
    (x) => say`no relation has column \`${f(x, 'column')}\` of boundary \`${f(x, 'name')}\`${f(x, 'near')}`,
    () => say`correct the name; a boundary that binds nothing protects nothing`,
  ),
  UNKNOWN_ALLOWED: entry(
    (x) => say`there is no ${f(x, 'kind')} \`${f(x, 'name')}\`${f(x, 'near')}`,
    () => say`write \`schema.name\` as the database stores it, or take it out`,
  ),
} as const satisfies Record<string, MistakeEntry>;

/** A stable code of a mistake. */
export type MistakeCode = keyof typeof MISTAKES;

export function mistake(code: MistakeCode, position: Position, facts: Facts = {}): Mistake {
  const words: MistakeEntry = MISTAKES[code];
  return { ...position, code, happened: words.happened(facts), fix: words.fix(facts) };
}

/** In order of the document, each place and code once. */
export function sortMistakes(mistakes: readonly Mistake[]): readonly Mistake[] {
  const unique = new Map(mistakes.map((m) => [`${m.line}:${m.column}:${m.path}:${m.code}:${m.happened}`, m]));
  return [...unique.values()].sort((a, b) => a.line - b.line || a.column - b.column);
}
