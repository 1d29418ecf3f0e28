/** The settings that policies read the caller from: `cordon.role`, one for each claim, one for each key of a look-up. */
import type { Column, Dialect, Relation } from '../catalog/index.ts';
import { CordonError, safeName } from '../errors/index.ts';
import type { ClaimType, LoadedPolicy, Role } from '../policy/index.ts';
import { quoteText } from '../sql/index.ts';
import { plainName, uniqueName } from './names.ts';
import { type Condition, textual } from './sql-text.ts';

export interface Setting {
  readonly name: string;
  readonly type: string;
  readonly holds: string;
}

/** Where a condition stands: PostgreSQL works a sub-query out once for all rows of a scan, and a new row needs none. */
export type Place = 'using' | 'check';

const PREFIX = 'cordon.';
const ROLE = 'role';
const RESERVED: readonly string[] = [ROLE, 'token'];
const LOOKUP = 'lookup_';

const CLAIM_TYPES: Readonly<Record<Dialect, Readonly<Record<ClaimType, string | undefined>>>> = {
  postgres: { uuid: 'uuid', int: 'int4', bigint: 'int8', text: undefined, bool: 'bool' },
  cockroachdb: { uuid: 'UUID', int: 'INT4', bigint: 'INT8', text: undefined, bool: 'BOOL' },
};

export class Settings {
  readonly #dialect: Dialect;
  readonly #policy: LoadedPolicy;
  readonly #lookups = new Map<string, Setting>();
  readonly #named = new Map<string, string>();

  /** Throws CORDON_RLS_SETTING where two claims would share a setting: names of settings have no case. */
  constructor(dialect: Dialect, policy: LoadedPolicy) {
    this.#dialect = dialect;
    this.#policy = policy;
    const taken = new Set(RESERVED);
    for (const name of policy.identity.claims.keys()) {
      const setting = name.toLowerCase();
      if (taken.has(setting) || setting.startsWith(LOOKUP))
        throw new CordonError('CORDON_RLS_SETTING', { claim: safeName(name) });
      taken.add(setting);
    }
  }

  /** Every setting, those of look-ups once they were asked for. */
  all(): readonly Setting[] {
    const claims = [...this.#policy.identity.claims.values()].map(({ name, type }) => ({
      name: PREFIX + name.toLowerCase(),
      type,
      holds: `the claim \`${name}\``,
    }));
    const role = { name: PREFIX + ROLE, type: 'text', holds: 'the role of the caller' };
    return [role, ...claims, ...this.#lookups.values()];
  }

  claim(name: string, place: Place): string {
    const type = this.#policy.identity.claims.get(name)?.type ?? 'text';
    return this.#read(PREFIX + name.toLowerCase(), CLAIM_TYPES[this.#dialect][type], place);
  }

  /** The type of a claim, as a parameter of a function has it. */
  claimType(name: string): string {
    const type = this.#policy.identity.claims.get(name)?.type ?? 'text';
    return CLAIM_TYPES[this.#dialect][type] ?? (this.#dialect === 'cockroachdb' ? 'STRING' : 'text');
  }

  /**
   * The comparison is inside of the sub-select: of a truth value that it does not know the planner expects one row in two, of
   * a text that equals another one in two hundred, and then sorts all rows where it could follow an index.
   */
  isRole(roles: readonly Role[], place: Place): Condition {
    const role = `current_setting(${quoteText(PREFIX + ROLE)}, true)`;
    const [only] = roles;
    const isOne = roles.length === 1 && only !== undefined;
    const names = [...roles].sort().map(quoteText).join(', ');
    return textual(this.#once(isOne ? `${role} = ${quoteText(only)}` : `${role} IN (${names})`, place));
  }

  /** The one key that a look-up may see the row of. */
  lookup(relation: Relation, column: Column, asText: boolean): string {
    const name = this.#lookupName(relation, column);
    this.#lookups.set(name, {
      name,
      type: asText ? 'text' : column.typeText,
      holds: `the key of a look-up by \`${relation.name}.${column.name}\``,
    });
    return this.#read(name, asText ? undefined : column.typeText, 'using');
  }

  /** Two columns never share a setting, or the key of one would open a row of the other. */
  #lookupName(relation: Relation, column: Column): string {
    const identity = JSON.stringify([relation.schema, relation.name, column.name]);
    const plain = `${plainName(relation.name)}_${plainName(column.name)}`;
    return `${PREFIX}${LOOKUP}${uniqueName(plain, identity, this.#named)}`;
  }

  /** Unset, and what RESET leaves behind, become NULL: then nothing compares with it. */
  #read(name: string, type: string | undefined, place: Place): string {
    const value = `NULLIF(current_setting(${quoteText(name)}, true), '')`;
    return this.#once(type === undefined ? value : `${value}::${type}`, place);
  }

  #once(text: string, place: Place): string {
    return this.#dialect === 'postgres' && place === 'using' ? `(SELECT ${text})` : text;
  }
}
