/** A judged statement: a template, the literals of one text, and the caller left open. */
import { CordonError, safeName } from '../errors/index.ts';
import type { Decision, Principal } from '../policy/index.ts';
import { type Effect, quoteString, render, type StatementKind, type Template } from '../sql/index.ts';
import type { GuardedStatement, ParameterForm } from './types.ts';

export class Guarded implements GuardedStatement {
  readonly #template: Template;
  readonly #slot: (slot: number) => string;

  #preparedText: string | undefined;
  readonly #withParameters: (() => ParameterForm | undefined) | undefined;

  constructor(
    template: Template,
    slot: (slot: number) => string,
    withParameters?: () => ParameterForm | undefined,
  ) {
    this.#template = template;
    this.#slot = slot;
    this.#withParameters = withParameters;
  }

  withParameters(): ParameterForm | undefined {
    return this.#withParameters?.();
  }

  get kind(): StatementKind {
    return this.#template.kind;
  }

  get effect(): Effect {
    return this.#template.effect;
  }

  get decision(): Decision {
    return this.#template.decision;
  }

  get discardRows(): boolean {
    return this.#template.discardRows;
  }

  get parameterCount(): number {
    // The parameters of PREPARE are those of the statement that it makes.
    return this.#template.textOnly ? 0 : this.#template.parameterCount;
  }

  get claims(): readonly string[] {
    return this.#template.claims;
  }

  get textOnly(): boolean {
    return this.#template.textOnly;
  }

  get typeNameParameters(): readonly number[] {
    return this.#template.typeNameParameters;
  }

  get preparedText(): string {
    this.#preparedText ??= this.#render((claim) => this.#parameter(claim));
    return this.#preparedText;
  }

  textFor(principal: Principal): string {
    // The body of PREPARE keeps its parameters: EXECUTE brings the claims.
    if (this.#template.kind === 'prepare') return this.preparedText;
    return this.#render((claim) => quoteString(claimOf(principal, this.#template.claims[claim] ?? '')));
  }

  claimValues(principal: Principal): readonly string[] {
    return this.#template.claims.map((claim) => claimOf(principal, claim));
  }

  #parameter(claim: number): string {
    return `$${this.#template.parameterCount + 1 + claim}`;
  }

  #render(claim: (claim: number) => string): string {
    return render(this.#template.segments, { slot: this.#slot, claim });
  }
}

/** A claim that the caller does not have is a refusal, never an open filter. */
function claimOf(principal: Principal, claim: string): string {
  const value = principal.claims.get(claim);
  if (value === undefined) throw new CordonError('CORDON_CLAIM_INVALID', { claim: safeName(claim) });
  return value;
}
