/**
 * The one door of the core: a text and its caller in, judged statements out.
 *
 * What was decided, rewritten, printed and verified once for the shape of a text is kept per role, never per caller.
 */

import type { Catalog, Dialect } from '../catalog/index.ts';
import { CordonError, safeText } from '../errors/index.ts';
import {
  type AccessTable,
  buildAccess,
  type Decision,
  type LoadedPolicy,
  type Principal,
  type Role,
} from '../policy/index.ts';
import {
  buildTemplate,
  type Ground,
  namesAllowedType,
  type ParsedStatement,
  type Parser,
  plainTemplate,
  type Template,
  type TemplateInput,
} from '../sql/index.ts';
import { DataDefinition, isDataDefinition } from './data-definition.ts';
import { emptyStatement } from './empty.ts';
import { Guarded } from './guarded.ts';
import { LiteralPlan } from './literal-plan.ts';
import { ShapedText } from './shaped-text.ts';
import { TemplateCache } from './template-cache.ts';
import type { GuardedStatement, Judged, ParameterForm } from './types.ts';

export interface GuardOptions {
  readonly policy: LoadedPolicy;
  readonly catalog: Catalog;
  /** Built from policy and catalog where it is left out. */
  readonly access?: AccessTable;
  readonly parser: Parser;
  /** What clients write; the server's own dialect where it is left out. */
  readonly dialect?: Dialect;
  /** Told of each decision: for records, counters and `explain`. */
  readonly onDecision?: (decision: Decision) => void;
  readonly templatesMax?: number;
}

/** A template of a usual statement takes some kilobytes; an application sends a few hundred shapes (facts: 12 to 72). */
const TEMPLATES_MAX = 2000;

/** Names that one session remembers: twice what the gateway lets a connection prepare. */
const PREPARED_MAX = 10_000;

export function createGuard(options: GuardOptions): Guard {
  return new Guard(options);
}

export class Guard {
  readonly policy: LoadedPolicy;
  readonly catalog: Catalog;
  readonly #ground: Ground;
  readonly #parser: Parser;
  readonly #onDecision: (decision: Decision) => void;
  readonly #templates: TemplateCache;
  /** Of templates that are the one statement of their text. */
  readonly #literalPlans = new WeakMap<Template, LiteralPlan>();

  constructor(options: GuardOptions) {
    this.policy = options.policy;
    this.catalog = options.catalog;
    this.#ground = {
      policy: options.policy,
      catalog: options.catalog,
      access: options.access ?? buildAccess(options.policy, options.catalog),
      dialect: options.dialect ?? options.catalog.dialect,
    };
    this.#parser = options.parser;
    this.#onDecision = options.onDecision ?? (() => {});
    this.#templates = new TemplateCache(options.templatesMax ?? TEMPLATES_MAX);
  }

  /** How often a template was found, and made. */
  get templateCounts(): { readonly hits: number; readonly misses: number; readonly kept: number } {
    return { hits: this.#templates.hits, misses: this.#templates.misses, kept: this.#templates.size };
  }

  /** The guard's side of one client connection. */
  session(): GuardSession {
    return new GuardSession(this);
  }

  /** Whether a text may name a type, for parameters that are looked up as one. */
  isTypeName(text: string): boolean {
    return namesAllowedType(this.catalog, this.policy.allow, text);
  }

  /** Judges every statement of a text; the first that is denied denies them all. */
  judge(text: string, role: Role, parameterTypes: readonly number[], prepared: PreparedStatements): Judged {
    try {
      const statements = this.#statements(text, role, parameterTypes, prepared);
      for (const statement of statements) this.#onDecision(statement.decision);
      return { kind: 'allowed', statements };
    } catch (error) {
      if (!(error instanceof CordonError) && !(error instanceof RangeError)) throw error;
      return this.#denied(role, error instanceof CordonError ? error : tooDeep(error));
    }
  }

  #denied(role: Role, error: CordonError): Judged {
    const decision: Decision = { outcome: 'deny', role, reasons: [], error };
    this.#onDecision(decision);
    return { kind: 'denied', error, decision };
  }

  #statements(
    text: string,
    role: Role,
    parameterTypes: readonly number[],
    prepared: PreparedStatements,
  ): readonly GuardedStatement[] {
    const shaped = new ShapedText(text);
    const types = parameterTypes.length === 0 ? '' : parameterTypes.join();
    const key = shaped.slow ? undefined : `${role}\u0000${types}\u0000${shaped.key}`;
    const known = key === undefined ? undefined : this.#templates.find(key, shaped.slot);
    if (known !== undefined) {
      return known.map((template) => {
        const form = this.#formOf(template, shaped, role, prepared);
        return new Guarded(template, shaped.slot, form);
      });
    }
    return this.#judgeAnew(text, shaped, key, role, parameterTypes, prepared);
  }

  #judgeAnew(
    text: string,
    shaped: ShapedText,
    key: string | undefined,
    role: Role,
    parameterTypes: readonly number[],
    prepared: PreparedStatements,
  ): readonly GuardedStatement[] {
    const parsed = this.#parser.parse(text, this.#ground.dialect);
    if (parsed.length === 0) return [emptyStatement(role)];
    const templates: Template[] = [];
    const statements = parsed.map((statement) => {
      const ddl = isDataDefinition(statement.stmt) && this.policy.services.get(role)?.ddl === true;
      if (ddl) return new DataDefinition(statement.text, role);
      const template = this.#template(statement, shaped, role, parameterTypes, prepared);
      templates.push(template);
      const judged = new Guarded(template, shaped.slot);
      prepared.follow(template, role);
      return judged;
    });
    const keeps = templates.length === statements.length && templates.every((template) => template.kept);
    if (key !== undefined && keeps) {
      this.#templates.keep(key, shaped.pinned(templates), shaped.slot, templates);
      this.#plan(parsed, templates, shaped);
    }
    return statements;
  }

  #plan(parsed: readonly ParsedStatement[], templates: readonly Template[], shaped: ShapedText): void {
    const [statement] = parsed;
    const [template] = templates;
    if (parsed.length > 1 || statement === undefined || template === undefined) return;
    this.#literalPlans.set(template, new LiteralPlan(template, shaped, statement.stmt, this.catalog));
  }

  #formOf(
    template: Template,
    shaped: ShapedText,
    role: Role,
    prepared: PreparedStatements,
  ): (() => ParameterForm | undefined) | undefined {
    const plan = this.#literalPlans.get(template);
    if (plan === undefined) return undefined;
    return () => plan.form(shaped, (text, types) => this.#judgeForm(text, role, types, prepared));
  }

  /** The one statement of a text that the gateway puts in place of a client's; a refusal of it is nobody's. */
  #judgeForm(
    text: string,
    role: Role,
    parameterTypes: readonly number[],
    prepared: PreparedStatements,
  ): GuardedStatement | undefined {
    try {
      const [statement, ...others] = this.#statements(text, role, parameterTypes, prepared);
      return others.length === 0 ? statement : undefined;
    } catch (error) {
      if (!(error instanceof CordonError) && !(error instanceof RangeError)) throw error;
      return undefined;
    }
  }

  #template(
    statement: ParsedStatement,
    shaped: ShapedText,
    role: Role,
    parameterTypes: readonly number[],
    prepared: PreparedStatements,
  ): Template {
    const input: TemplateInput = {
      ground: this.#ground,
      parser: this.#parser,
      role,
      statement,
      parameterTypes,
      slotOf: shaped.slotsOf(statement.stmt),
      slot: shaped.slot,
      preparedClaims: (name, given) => prepared.claimsOf(name, role, given),
    };
    try {
      return buildTemplate(input);
    } catch (error) {
      const owns = this.policy.services.get(role)?.ddl === true;
      if (owns && error instanceof CordonError && UNKNOWN_SO_FAR.has(error.code)) return plainTemplate(input);
      throw error;
    }
  }
}

/** What a statement meets that names a relation or column made by an earlier statement of its own transaction. */
const UNKNOWN_SO_FAR: ReadonlySet<string> = new Set([
  'CORDON_RELATION_NOT_COVERED',
  'CORDON_COLUMN_UNKNOWN',
  'CORDON_COLUMN_DENIED',
]);

/** A tree too deep for the stack is one more limit, however it got past the others. */
function tooDeep(cause: RangeError): CordonError {
  return new CordonError(
    'CORDON_LIMIT_STATEMENT',
    { limit: safeText('nesting'), maximum: safeText('the stack') },
    { cause },
  );
}

/** One client connection: knows which statements were prepared by SQL, for whom, and with which claims. */
export class GuardSession {
  readonly #guard: Guard;
  readonly #prepared = new PreparedStatements();

  constructor(guard: Guard) {
    this.#guard = guard;
  }

  /** All statements of a Query message, judged before the first one runs. */
  judgeQuery(text: string, principal: Principal): Judged {
    return this.#guard.judge(text, principal.role, [], this.#prepared);
  }

  /** The one statement of a Parse message, with the parameter types that the client declared. */
  judgeStatement(text: string, principal: Principal, parameterTypes: readonly number[] = []): Judged {
    const judged = this.#guard.judge(text, principal.role, parameterTypes, this.#prepared);
    if (judged.kind === 'denied' || judged.statements.length === 1) return judged;
    return { kind: 'denied', error: new CordonError('CORDON_SYNTAX'), decision: undefined };
  }
}

interface Prepared {
  readonly role: Role;
  readonly claims: readonly string[];
  readonly parameterCount: number;
  readonly discardRows: boolean;
}

/** Statements prepared by SQL on one connection; a role finds only its own. */
export class PreparedStatements {
  readonly #statements = new Map<string, Prepared>();

  /** Keeps up with PREPARE, DEALLOCATE and DISCARD. */
  follow(statement: Template, role: Role): void {
    const { effect, claims, parameterCount, discardRows } = statement;
    if (effect.kind === 'prepare') this.#remember(effect.name, { role, claims, parameterCount, discardRows });
    if (effect.kind === 'deallocate' && effect.name !== undefined) this.#statements.delete(effect.name);
    if (effect.kind === 'discard' || (effect.kind === 'deallocate' && effect.name === undefined)) {
      if (statement.kind !== 'set') this.#statements.clear();
    }
  }

  // A PREPARE that the database or the face refuses stands here too, so a client could fill it: the oldest goes.
  #remember(name: string, prepared: Prepared): void {
    this.#statements.delete(name);
    this.#statements.set(name, prepared);
    const [oldest] = this.#statements.keys();
    if (this.#statements.size > PREPARED_MAX && oldest !== undefined) this.#statements.delete(oldest);
  }

  /** Throws CORDON_PREPARED_UNKNOWN, also where another role prepared it. */
  claimsOf(name: string, role: Role, given: number): Prepared {
    const prepared = this.#statements.get(name);
    if (prepared === undefined || prepared.role !== role) throw new CordonError('CORDON_PREPARED_UNKNOWN');
    if (given !== prepared.parameterCount) throw new CordonError('CORDON_SYNTAX');
    return prepared;
  }
}
