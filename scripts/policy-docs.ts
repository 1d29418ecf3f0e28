/** The reference page of the policy and the schema for editors, both made from the shape that loading checks. */
import type { z } from 'zod';
import { type Facts, type Safe, safeName } from '../src/errors/index.ts';
import { MISTAKES, policyJsonSchema } from '../src/policy/index.ts';
import { GENERATED, markdownTable, type Page } from './pages/page.ts';

type Schema = z.core.JSONSchema.JSONSchema;

/** `schema/cordon.schema.json`, for editors. */
export function policySchemaPage(): Page {
  const schema = { $id: 'cordon.schema.json', ...policyJsonSchema() };
  return { file: 'schema/cordon.schema.json', text: `${JSON.stringify(schema, null, 2)}\n` };
}

/** `docs/reference/policy.md`, from the descriptions in the schema. */
export function policyPage(): Page {
  const schema = policyJsonSchema();
  const sections = [INTRO, ...objectSections('The document', schema), PREDICATES, HOLDS, ...mistakes()];
  return { file: 'docs/reference/policy.md', text: `${sections.join('\n\n')}\n` };
}

/** A policy that uses most of what follows; a test loads it. */
export const EXAMPLE = `version: 1

identity:
  token: { issuer: "https://login.shop.example", audience: shop, jwks: "https://login.shop.example/jwks.json" }
  claims:
    user: { from: sub, type: uuid }
    tenant: { from: org, type: int }
  roles: { from: role, default: member, names: [member, support] }

boundaries:
  tenant: tenant_id = :tenant

relations:
  users:
    columns: { email: pii, password_hash: secret, is_admin: internal }
    rules:
      - { for: member, rows: id = :user, read: [id, email, name], write: [name] }
      - { for: [member, support], rows: all, read: [id, name] }
      - { for: anonymous, lookup: email, across: [tenant], read: [id, password_hash] }
      - { for: anonymous, across: [tenant], insert: [id, tenant_id, email, name, password_hash], check: is_admin = false }
  projects:
    rules:
      - { for: member, rows: id in memberships.project_id, read: all }
      - { for: member, rows: "id in memberships.project_id where (role in ('editor', 'owner'))", read: all, write: [title] }
  memberships:
    rules:
      - { for: member, rows: user_id = :user, read: all }
  tasks:
    hidden: refuse
    rules:
      - { for: member, rows: project_id in projects, read: all, write: [title, done], insert: true, delete: true }
  '*':
    rules:
      - { for: reports, rows: all, read: all }

services:
  reports: { boundaries: false, credential: { env: CORDON_REPORTS_PASSWORD } }
  migrations: { ddl: true, boundaries: false, credential: { env: CORDON_MIGRATIONS_PASSWORD } }
`;

const INTRO = `# The policy

${GENERATED}

One document says whose each row is and what may leave: \`cordon.yaml\`, or \`cordon.ts\` with \`definePolicy({ … })\` in the same shape.
[The guide](../guide/policy.md) builds one step by step; this page lists every key. Editors read \`schema/cordon.schema.json\`.

Names of relations, columns and schemas are written as the database stores them, case and all. Unknown keys are mistakes, and so are
YAML's anchors, aliases, tags, merge keys and doubled keys.

\`\`\`yaml
${EXAMPLE.trimEnd()}
\`\`\``;

const PREDICATES = `## Predicates

\`rows\`, \`check\` and \`boundaries\` hold predicates: a small language over one row, without functions, casts or arithmetic, so that nothing
in it can fail on a row that the caller must not know of.

${markdownTable(
  ['form', 'example'],
  [
    ['every row, no row', '`all`, `none`'],
    [
      'comparison with `=`, `<>`, `<`, `<=`, `>`, `>=`',
      '`owner_id = :user`, `price < 10`, `published = true`',
    ],
    ['list', "`status in ('open', 'closed')`, `:user in (owner_id, editor_id)`"],
    ['null', '`deleted_at is null`, `owner_id is not null`'],
    ['membership, by the primary key of the other relation', '`profile_id in profiles`'],
    ['membership, by a column', '`id in permissions.resource_id`, `id in app.permissions.resource_id`'],
    ['membership, of fewer rows', "`id in memberships.project_id where (role = 'editor')`"],
    ['`and`, `or`, `not`, parentheses', '`owner_id = :user or (shared = true and not archived = true)`'],
  ],
)}

- A text literal stands in single quotes, a claim is \`:name\`, a name with other characters stands in double quotes.
- A predicate with a comma, a bracket or a brace in it, or one that begins with a quote, stands in double quotes in YAML.
- Unknown is no: a comparison with a NULL lets nothing through, under \`not\` neither.
- A membership counts the rows that the same role sees in the other relation, where it sees the column. Rules that follow each other in a
  circle are a mistake.
- Both sides of a comparison have types that compare without failing: integers with integers (and other numbers), text with text, uuid with uuid, boolean
  with boolean, an enum with one of its labels or with a text claim. Columns of other types compare with columns of the same type, or not at all.`;

const HOLDS = `## What holds

- Rules are or-ed, boundaries are and-ed to every rule of every relation that has the column. Without a rule, nothing is open.
- A row shows the columns of the rules that it matches, and no others.
- A \`secret\` column is shown by a lookup alone. \`all\` never means \`secret\` or \`internal\` columns.
- A new row satisfies \`check\` and the boundaries. Columns that they pin to a claim by \`column = :claim\` are stamped when omitted.
- A token carries a role of \`identity.roles\`, never \`anonymous\` and never the name of a service. Every declared claim must be in every token.
- Rows are changed where they are stored: a rule on a view only reads.`;

interface Section {
  readonly title: string;
  readonly schema: Schema;
}

/** A section for an object, and for each object below it. */
function objectSections(title: string, schema: Schema): readonly string[] {
  const rows = Object.entries(schema.properties ?? {}).map(([key, value]) => propertyRow(schema, key, value));
  const description = schema.description === undefined ? [] : [schema.description];
  const own = [`## ${title}`, ...description, markdownTable(['key', 'value', 'meaning'], rows)].join('\n\n');
  const below = Object.entries(schema.properties ?? {}).flatMap(([key, value]) => inner(key, value));
  return [own, ...below.flatMap((section) => objectSections(section.title, section.schema))];
}

function inner(title: string, value: unknown): readonly Section[] {
  if (!isSchema(value)) return [];
  if (value.properties !== undefined)
    return worthSection(value) ? [{ title: `\`${title}\``, schema: value }] : [];
  if (isSchema(value.additionalProperties))
    return inner(title, value.additionalProperties).map((section) => ({
      ...section,
      title: `Each of \`${title}\``,
    }));
  return isSchema(value.items)
    ? inner(title, value.items).map((section) => ({ ...section, title: `Each of \`${title}\`` }))
    : [];
}

function worthSection(schema: Schema): boolean {
  return Object.keys(schema.properties ?? {}).length > 1;
}

function propertyRow(schema: Schema, key: string, value: unknown): readonly string[] {
  if (!isSchema(value)) return [`\`${key}\``, '', ''];
  const required = schema.required?.includes(key) ? ' (required)' : '';
  const example = value.examples?.[0];
  const shown = example === undefined ? '' : ` For example \`${exampleText(example)}\`.`;
  return [`\`${key}\`${required}`, valueText(value), `${value.description ?? ''}${shown}`];
}

/** As YAML writes it on one line. */
function exampleText(example: unknown): string {
  if (Array.isArray(example)) return `[${example.map(exampleText).join(', ')}]`;
  if (!isSchema(example)) return String(example);
  const pairs = Object.entries(example).map(([key, value]) => `${key}: ${exampleText(value)}`);
  return `{ ${pairs.join(', ')} }`;
}

/** What stands there, in a few words. */
function valueText(schema: Schema): string {
  if (schema.const !== undefined) return `\`${String(schema.const)}\``;
  if (schema.enum !== undefined) return schema.enum.map((each) => `\`${String(each)}\``).join(', ');
  if (schema.anyOf !== undefined) return schema.anyOf.filter(isSchema).map(valueText).join(' or ');
  if (schema.type === 'array')
    return `list of ${isSchema(schema.items) ? valueText(schema.items) : 'values'}`;
  if (schema.type === 'object') return objectText(schema);
  return { string: 'text', boolean: 'true or false', integer: 'whole number' }[String(schema.type)] ?? '';
}

function objectText(schema: Schema): string {
  if (isSchema(schema.additionalProperties))
    return `map of name to ${valueText(schema.additionalProperties)}`;
  const keys = Object.keys(schema.properties ?? {});
  return keys.length > 4 ? 'map' : `\`{ ${keys.join(', ')} }\``;
}

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function mistakes(): readonly string[] {
  const rows = Object.entries(MISTAKES).map(([code, entry]) => {
    const facts = placeholders();
    return [`\`${code}\``, plain(entry.happened(facts)), plain(entry.fix(facts))];
  });
  const intro =
    'Loading and `cordon check` tell every mistake at once, with line and column. A word in `‹ ›` is a name or a reason.';
  return [`## Mistakes\n\n${intro}`, markdownTable(['code', 'what is wrong', 'what to do'], rows)];
}

/** Every fact is its own name. */
function placeholders(): Facts {
  return new Proxy<Record<string, Safe>>({}, { get: (_target, name) => safeName(`‹${String(name)}›`) });
}

/** The guess at what was meant is no part of the sentence. */
function plain(text: string): string {
  return text.replace('‹near›', '');
}
