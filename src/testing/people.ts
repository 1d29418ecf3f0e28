/** Two callers made up for a policy, and the values by which its rules tell rows apart. */
import type { Relation } from '../catalog/index.ts';
import { relationKey } from '../catalog/index.ts';
import type { AccessTable, ClaimPolicy, LoadedPolicy, Operand, Predicate, Role } from '../policy/index.ts';
import type { Dice } from './dice.ts';

/** A caller made up for a test. */
export interface GeneratedCaller {
  /** As a token would carry them: what `as` takes. */
  readonly payload: Readonly<Record<string, unknown>>;
  /** By the names of the policy. */
  readonly claims: ReadonlyMap<string, string>;
  readonly role: Role;
}

/** Two callers within the same boundaries, and a stranger outside of them. */
export function people(policy: LoadedPolicy, role: Role, dice: Dice): readonly GeneratedCaller[] {
  const shared = new Set(policy.boundaries.flatMap(({ predicate }) => claimsIn(predicate)));
  const first = new Map(
    [...policy.identity.claims.values()].map((claim) => [claim.name, claimValue(claim, dice)]),
  );
  const made = (keeps: (name: string) => boolean) =>
    new Map(
      [...policy.identity.claims.values()].map((claim) => [
        claim.name,
        keeps(claim.name) ? first.get(claim.name) : claimValue(claim, dice),
      ]),
    );
  return [first, made((name) => shared.has(name)), made(() => false)].map((values) =>
    caller(policy, role, values),
  );
}

function caller(policy: LoadedPolicy, role: Role, values: ReadonlyMap<string, unknown>): GeneratedCaller {
  const payload: Record<string, unknown> = {};
  for (const { name, from } of policy.identity.claims.values()) payload[from] = values.get(name);
  const { roleClaim } = policy.identity;
  if (roleClaim !== undefined) payload[roleClaim] = role;
  return { payload, role, claims: new Map([...values].map(([name, value]) => [name, String(value)])) };
}

function claimValue({ type }: ClaimPolicy, dice: Dice): unknown {
  switch (type) {
    case 'uuid':
      return dice.uuid();
    case 'bool':
      return dice.chance(0.5);
    case 'text':
      return `c${dice.hex(6)}`;
    case 'int':
    case 'bigint':
      return 1 + dice.below(100_000);
    default:
      return type satisfies never;
  }
}

/** For each column, what rules of the role compare it with: claims of the people, and literals. */
export function significantValues(
  access: AccessTable,
  role: Role,
  everyone: readonly GeneratedCaller[],
): (relation: Relation) => ReadonlyMap<string, readonly string[]> {
  return ({ schema, name }) => {
    const found = new Map<string, string[]>();
    const note = (column: Operand, value: Operand) => {
      if (column.kind !== 'column' || value.kind === 'column') return;
      const texts =
        value.kind === 'literal'
          ? [String(value.value)]
          : everyone.flatMap(({ claims }) => claims.get(value.name) ?? []);
      found.set(column.name, [...(found.get(column.name) ?? []), ...texts]);
    };
    const read = access.find(role, relationKey(schema, name))?.read;
    if (read !== undefined) comparisons(read.filter, note);
    return found;
  };
}

function comparisons(predicate: Predicate, note: (one: Operand, other: Operand) => void): void {
  switch (predicate.kind) {
    case 'compare':
      note(predicate.left, predicate.right);
      note(predicate.right, predicate.left);
      return;
    case 'in-list':
      for (const item of predicate.items) note(predicate.operand, item);
      return;
    case 'and':
    case 'or':
      for (const item of predicate.items) comparisons(item, note);
      return;
    case 'not':
      comparisons(predicate.item, note);
      return;
    default:
      return;
  }
}

function claimsIn(predicate: Predicate): readonly string[] {
  const names: string[] = [];
  comparisons(predicate, (_, value) => {
    if (value.kind === 'claim') names.push(value.name);
  });
  return names;
}
