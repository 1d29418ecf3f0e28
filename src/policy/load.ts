import { createHash } from 'node:crypto';
import { type RelationKey, relationKey } from '../catalog/index.ts';
import { type Facts, type Safe, safeName } from '../errors/index.ts';
import type { PolicyDocument, RelationDocument, RuleDocument } from './document.ts';
import { loadIdentity } from './load-identity.ts';
import { type Mistake, type MistakeCode, mistake, say, sortMistakes } from './mistake.ts';
import { didYouMean } from './nearest.ts';
import type { Origins, Path, Position } from './origin.ts';
import {
  ANONYMOUS,
  type Boundary,
  type ColumnClass,
  type ColumnSet,
  type IdentityPolicy,
  type LoadedPolicy,
  type Membership,
  PRIMARY_KEY,
  type Predicate,
  type RelationPolicy,
  type Role,
  type Rule,
  type ServicePolicy,
} from './policy.ts';
import { claimsOf, columnsOf } from './predicate.ts';
import { PredicateError } from './predicate-lexer.ts';
import { parsePredicate } from './predicate-parser.ts';
import { shapeDocument } from './shape.ts';
import { FALSE } from './simplify.ts';
import { objectSource, yamlSource } from './source.ts';

export type Loaded =
  | { readonly policy: LoadedPolicy; readonly mistakes?: undefined }
  | { readonly policy?: undefined; readonly mistakes: readonly Mistake[] };

/** Loads a policy from the text of `cordon.yaml`, or from the value that a module exports; all mistakes are told at once. */
export function loadPolicy(source: unknown): Loaded {
  const { value, origins, mistakes } = typeof source === 'string' ? yamlSource(source) : objectSource(source);
  if (mistakes.length > 0) return { mistakes: sortMistakes(mistakes) };
  const shaped = shapeDocument(value, origins);
  if (shaped.document === undefined) return { mistakes: sortMistakes(shaped.mistakes) };
  return new PolicyLoader(shaped.document, origins).load();
}

/** Relations whose rules stand for every table that is not listed. */
export const EVERY_RELATION = '*';

/** `users`, `app.users` or `"Odd.Name"` as a key; undefined where it is no name of a relation. */
export function parseRelationName(text: string, schema: string): RelationKey | undefined {
  const parts = text.match(/"(?:[^"]|"")+"|[^."]+|\./g) ?? [];
  if (parts.join('') !== text) return undefined;
  const names = parts.map((part) => (part.startsWith('"') ? part.slice(1, -1).replaceAll('""', '"') : part));
  const [first, dot, second] = names;
  if (first === undefined || first === '.' || names.length === 2 || names.length > 3) return undefined;
  if (names.length === 1) return relationKey(schema, first);
  return dot === '.' && second !== undefined && second !== '.' ? relationKey(first, second) : undefined;
}

class PolicyLoader {
  readonly #document: PolicyDocument;
  readonly #origins: Origins;
  readonly #mistakes: Mistake[] = [];
  readonly #schemas: readonly string[];
  readonly #listed = new Set<RelationKey>();
  readonly #services: ReadonlyMap<Role, ServicePolicy>;
  readonly #identity: IdentityPolicy;

  constructor(document: PolicyDocument, origins: Origins) {
    this.#document = document;
    this.#origins = origins;
    this.#schemas = document.schemas ?? ['public'];
    this.#services = this.#loadServices();
    this.#identity = loadIdentity(document, new Set(this.#services.keys()), (code, path, facts) =>
      this.#wrong(code, origins.at(path), facts),
    );
    for (const name of Object.keys(document.relations ?? {})) this.#list(name);
  }

  load(): Loaded {
    const boundaries = this.#boundaries();
    const relations = this.#relations();
    const everyRelation = this.#everyRelation();
    if (this.#mistakes.length > 0) return { mistakes: sortMistakes(this.#mistakes) };
    const { allow = {}, pastReads = false } = this.#document;
    const { functions = [], operators = [], types = [], sequences = [] } = allow;
    const policy: LoadedPolicy = {
      version: versionOf(this.#document),
      schemas: this.#schemas,
      identity: this.#identity,
      boundaries,
      relations,
      everyRelation,
      services: this.#services,
      allow: { functions, operators, types, sequences: sequences.map((name) => this.#qualified(name)) },
      pastReads,
      origins: this.#origins,
    };
    return { policy };
  }

  #wrong(code: MistakeCode, at: Position, facts: Facts = {}): void {
    this.#mistakes.push(mistake(code, at, facts));
  }

  #incomplete(path: Path, what: Safe, fix: Safe): void {
    this.#wrong('RULE_INCOMPLETE', this.#origins.at(path), { what, fix });
  }

  #loadServices(): ReadonlyMap<Role, ServicePolicy> {
    const services = new Map<Role, ServicePolicy>();
    for (const [role, given] of Object.entries(this.#document.services ?? {})) {
      const { ddl = false, explain = false, boundaries = true, credential } = given;
      if (role === ANONYMOUS) {
        const facts = {
          role: safeName(role),
          as: say`the name of a service: it is the caller without a token`,
        };
        this.#wrong('ROLE_RESERVED', this.#origins.keyAt(['services', role]), facts);
      }
      services.set(role, { role, ddl, explain, boundaries, credential: credentialOf(credential) });
    }
    return services;
  }

  #list(name: string): void {
    if (name === EVERY_RELATION) return;
    const at = this.#origins.keyAt(['relations', name]);
    const key = parseRelationName(name, this.#defaultSchema());
    if (key === undefined) {
      const fix = say`write \`relation\` or \`schema.relation\`; a part with a dot in it stands in double quotes`;
      this.#wrong('NAME_INVALID', at, { name: safeName(name), fix });
    } else if (this.#listed.has(key)) this.#wrong('KEY_TWICE', at, { name: safeName(name) });
    else this.#listed.add(key);
  }

  #qualified(name: string): string {
    return name.includes('.') ? name : `${this.#defaultSchema()}.${name}`;
  }

  #defaultSchema(): string {
    return this.#schemas[0] ?? 'public';
  }

  #boundaries(): readonly Boundary[] {
    return Object.entries(this.#document.boundaries ?? {}).map(([name, text]) => {
      const path = ['boundaries', name];
      const predicate = this.#predicate(text, path);
      const [column = '', ...others] = columnsOf(predicate);
      if ((column === '' && predicate !== FALSE) || others.length > 0)
        this.#wrong('BOUNDARY_COLUMNS', this.#origins.at(path), { name: safeName(name) });
      return this.#origins.mark({ name, line: this.#origins.keyAt(path).line, column, predicate }, path);
    });
  }

  #relations(): ReadonlyMap<RelationKey, RelationPolicy> {
    const relations = new Map<RelationKey, RelationPolicy>();
    for (const [name, given] of Object.entries(this.#document.relations ?? {})) {
      const key = name === EVERY_RELATION ? undefined : parseRelationName(name, this.#defaultSchema());
      if (key !== undefined) relations.set(key, this.#relation(key, name, given));
    }
    return relations;
  }

  #relation(key: RelationKey, name: string, given: RelationDocument): RelationPolicy {
    const path = ['relations', name];
    const columns = new Map<string, ColumnClass>(Object.entries(given.columns ?? {}));
    const rules = given.rules.map((rule, index) =>
      this.#rule(rule, `${name}#${index + 1}`, [...path, 'rules', index], columns),
    );
    const { line } = this.#origins.keyAt(path);
    return this.#origins.mark({ key, line, hidden: given.hidden ?? 'mask', columns, rules }, path);
  }

  #everyRelation(): readonly Rule[] {
    const given = this.#document.relations?.[EVERY_RELATION];
    const path = ['relations', EVERY_RELATION];
    for (const key of ['columns', 'hidden'] as const)
      if (given?.[key] !== undefined)
        this.#incomplete(
          [...path, key],
          say`\`*\` holds rules only`,
          say`list the relation by name to classify its columns`,
        );
    return (given?.rules ?? []).map((rule, index) => {
      const at = [...path, 'rules', index];
      this.#everyRelationRule(rule, at);
      return this.#rule(rule, `${EVERY_RELATION}#${index + 1}`, at, new Map());
    });
  }

  #everyRelationRule(rule: RuleDocument, path: Path): void {
    if (rule.lookup === undefined) return;
    const [what, fix] = [say`\`*\` has no unique key to look up by`, say`list the relation by name`];
    this.#incomplete([...path, 'lookup'], what, fix);
  }

  #rule(given: RuleDocument, id: string, path: Path, classes: ReadonlyMap<string, ColumnClass>): Rule {
    const roles = listOf(given.for);
    this.#checkRoles(roles, [...path, 'for']);
    this.#checkParts(given, path);
    this.#checkAcross(given, path);
    const rows = given.rows === undefined ? FALSE : this.#predicate(given.rows, [...path, 'rows'], roles);
    const check = given.check === undefined ? rows : this.#predicate(given.check, [...path, 'check'], roles);
    const rule: Rule = {
      id,
      line: this.#origins.at(path).line,
      roles,
      rows,
      lookup: given.lookup === undefined ? undefined : listOf(given.lookup),
      read: this.#columnSet(given.read),
      write: this.#columnSet(given.write),
      insert: this.#insertSet(given),
      insertsKey: given.insert === true,
      delete: given.delete ?? false,
      check,
      across: given.across ?? [],
    };
    this.#checkClasses(given, path, classes);
    return this.#origins.mark(rule, path);
  }

  #columnSet(given: RuleDocument['read']): ColumnSet {
    if (given === undefined || given === 'none') return { kind: 'none', columns: new Set() };
    return given === 'all' ? { kind: 'all', columns: new Set() } : { kind: 'list', columns: new Set(given) };
  }

  #insertSet(given: RuleDocument): ColumnSet | undefined {
    if (given.insert === undefined) return undefined;
    if (given.insert !== true) return this.#columnSet(given.insert);
    return given.write === undefined ? { kind: 'list', columns: new Set() } : this.#columnSet(given.write);
  }

  #checkRoles(roles: readonly Role[], path: Path): void {
    const { roles: carried, token, vouched } = this.#identity;
    roles.forEach((role, index) => {
      if (role === ANONYMOUS || this.#services.has(role) || carried.has(role)) return;
      const near = didYouMean(role, [...carried, ...this.#services.keys(), ANONYMOUS]);
      const fix =
        token === undefined && !vouched
          ? say`declare \`identity.token\`, or the role under \`services\``
          : say`set \`identity.roles.from\` to the claim that carries it, add it to \`identity.roles.names\` if that is given, or declare it under \`services\``;
      this.#wrong('UNKNOWN_ROLE', this.#origins.at([...path, index]), { role: safeName(role), near, fix });
    });
  }

  /** What a rule must say, and what does not go together. */
  #checkParts(given: RuleDocument, path: Path): void {
    if (given.lookup !== undefined) this.#checkLookup(given, path);
    else if (given.rows === undefined && !onlyInserts(given))
      this.#incomplete(
        path,
        say`the rule does not say which rows`,
        say`write \`rows: all\` to mean every row within the boundaries`,
      );
    else this.#checkRows(given, path);
    if (given.check !== undefined && given.insert === undefined && isEmpty(given.write))
      this.#incomplete(
        [...path, 'check'],
        say`\`check\` is for rules that insert or write`,
        say`leave it out`,
      );
  }

  #checkLookup(given: RuleDocument, path: Path): void {
    for (const key of ['rows', 'write', 'insert', 'delete', 'check'] as const)
      if (given[key] !== undefined)
        this.#incomplete(
          [...path, key],
          say`a lookup only reads one row, so \`${safeName(key)}\` has no place in it`,
          say`write a second rule for it`,
        );
    if (!Array.isArray(given.read))
      this.#incomplete(
        [...path, 'read'],
        say`a lookup does not say which columns it reads`,
        say`list them: \`read: [id]\``,
      );
  }

  #checkRows(given: RuleDocument, path: Path): void {
    const inserts = onlyInserts(given);
    if (inserts && given.insert === undefined)
      this.#incomplete(
        path,
        say`the rule allows nothing`,
        say`give it \`read\`, \`write\`, \`insert\` or \`delete\``,
      );
    if (!isNone(given.rows)) return;
    if (!inserts)
      this.#incomplete(
        path,
        say`\`rows: none\` leaves nothing to read, write or delete`,
        say`name the rows, or keep \`insert\` alone`,
      );
    if (given.check === undefined)
      this.#incomplete(
        path,
        say`an insert-only rule does not say what a new row must satisfy`,
        say`write \`check\`, for example \`check: owner_id = :user\``,
      );
  }

  #checkAcross(given: RuleDocument, path: Path): void {
    const { across = [] } = given;
    const declared = Object.keys(this.#document.boundaries ?? {});
    across.forEach((name, index) => {
      if (declared.includes(name)) return;
      const facts = { name: safeName(name), near: didYouMean(name, declared) };
      this.#wrong('UNKNOWN_BOUNDARY', this.#origins.at([...path, 'across', index]), facts);
    });
    if (across.length > 0 && given.lookup === undefined && !isNone(given.rows))
      this.#incomplete(
        [...path, 'across'],
        say`a rule that reaches rows cannot cross a boundary`,
        say`cross it in a lookup, in an insert-only rule, or as a service with \`boundaries: false\``,
      );
  }

  #checkClasses(given: RuleDocument, path: Path, classes: ReadonlyMap<string, ColumnClass>): void {
    const check = (key: 'read' | 'write' | 'insert', wrong: ColumnClass, code: MistakeCode) => {
      const columns = given[key];
      if (!Array.isArray(columns)) return;
      columns.forEach((name, index) => {
        if (classes.get(name) === wrong)
          this.#wrong(code, this.#origins.at([...path, key, index]), { name: safeName(name) });
      });
    };
    if (given.lookup === undefined) check('read', 'secret', 'SECRET_READABLE');
    check('write', 'internal', 'INTERNAL_WRITABLE');
    check('insert', 'internal', 'INTERNAL_WRITABLE');
  }

  #predicate(text: string, path: Path, roles: readonly Role[] = []): Predicate {
    const predicate = this.#parse(text, path);
    this.#checkClaims(predicate, path, roles);
    return predicate;
  }

  #parse(text: string, path: Path): Predicate {
    try {
      return parsePredicate(text, {
        mark: (node, offset) => this.#origins.mark(node, path, offset),
        target: (names) => this.#target(names),
      });
    } catch (error) {
      if (!(error instanceof PredicateError)) throw error;
      const at = this.#origins.at(path, error.offset);
      this.#wrong('PREDICATE_SYNTAX', at, { what: error.what, fix: error.fix });
      return FALSE;
    }
  }

  #target([first = '', second, third]: readonly string[]):
    | Pick<Membership, 'relation' | 'target'>
    | undefined {
    const own = relationKey(this.#defaultSchema(), first);
    if (second === undefined) return { relation: own, target: PRIMARY_KEY };
    const qualified = relationKey(first, second);
    if (third !== undefined) return { relation: qualified, target: third };
    if (!this.#listed.has(qualified)) return { relation: own, target: second };
    return this.#listed.has(own) ? undefined : { relation: qualified, target: PRIMARY_KEY };
  }

  #checkClaims(predicate: Predicate, path: Path, roles: readonly Role[]): void {
    const declared = this.#identity.claims;
    for (const name of claimsOf(predicate)) {
      const at = this.#origins.at(path, claimOffset(this.#document, path, name));
      if (!declared.has(name))
        this.#wrong('UNKNOWN_CLAIM', at, { name: safeName(name), near: didYouMean(name, declared.keys()) });
      for (const role of roles)
        if (role === ANONYMOUS || this.#services.has(role))
          this.#wrong('CLAIM_WITHOUT_TOKEN', at, { role: safeName(role), name: safeName(name) });
    }
  }
}

function claimOffset(document: unknown, path: Path, name: string): number {
  let value: unknown = document;
  for (const part of path) value = (value as Record<string | number, unknown>)[part];
  return typeof value === 'string'
    ? Math.max(0, value.search(new RegExp(`:${name}(?![\\p{L}\\p{N}_])`, 'u')))
    : 0;
}

function listOf(given: string | readonly string[]): readonly string[] {
  return typeof given === 'string' ? [given] : [...given];
}

function isEmpty(given: RuleDocument['read']): boolean {
  return given === undefined || given === 'none';
}

/** Without `rows` a rule reaches none. */
function isNone(rows: string | undefined): boolean {
  return rows === undefined || rows.trim().toLowerCase() === 'none';
}

function onlyInserts(given: RuleDocument): boolean {
  return isEmpty(given.read) && isEmpty(given.write) && given.delete !== true;
}

function credentialOf(
  given: { readonly scram: string } | { readonly env: string } | undefined,
): ServicePolicy['credential'] {
  if (given === undefined) return undefined;
  return 'scram' in given ? { kind: 'scram', verifier: given.scram } : { kind: 'env', variable: given.env };
}

/** A hash of what the document says: comments, order of keys and spelling of the text do not count. */
function versionOf(document: PolicyDocument): string {
  return createHash('sha256').update(JSON.stringify(document, sortedKeys)).digest('hex').slice(0, 32);
}

function sortedKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
