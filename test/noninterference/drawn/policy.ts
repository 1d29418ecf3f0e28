/** A policy drawn by dice for a drawn schema: each kind of rule, for several roles. Whatever the real checks refuse is drawn anew. */
import type { Catalog } from '../../../src/catalog/index.ts';
import {
  checkPolicy,
  type LoadedPolicy,
  loadPolicy,
  type PolicyDocument,
  type RelationDocument,
  type RuleDocument,
} from '../../../src/policy/index.ts';
import type { Dice } from '../dice.ts';
import { type DrawnColumn, type DrawnSchema, type DrawnTable, shuffled } from './schema.ts';

export interface DrawnPolicy {
  readonly document: PolicyDocument;
  readonly policy: LoadedPolicy;
}

const ATTEMPTS = 12;

export function drawPolicy(dice: Dice, schema: DrawnSchema, catalog: Catalog): DrawnPolicy {
  const rules = new RuleDraw(dice, schema);
  const frame = frameOf(dice, schema);
  const relations: Record<string, RelationDocument> = {};
  let made = load({ ...frame, relations: { people: PLAIN } }, catalog);
  for (const table of schema.tables) {
    for (let attempt = 0; attempt <= ATTEMPTS; attempt++) {
      const relation = attempt === ATTEMPTS ? PLAIN : rules.relation(table, Object.keys(relations));
      if (relation === undefined) break;
      const tried = load({ ...frame, relations: { ...relations, [table.name]: relation } }, catalog);
      if (tried === undefined) continue;
      relations[table.name] = relation;
      made = tried;
      break;
    }
  }
  if (made === undefined) throw new Error('no policy can be drawn for this schema');
  return made;
}

/** What fits every relation. */
const PLAIN: RelationDocument = { rules: [{ for: 'member', rows: 'all', read: 'all' }] };

function load(document: PolicyDocument, catalog: Catalog): DrawnPolicy | undefined {
  const { policy } = loadPolicy(document);
  if (policy === undefined || checkPolicy(policy, catalog).length > 0) return undefined;
  return { document, policy };
}

const CLAIM_TYPES = { int: 'int', big: 'bigint', uuid: 'uuid', text: 'text' } as const;

function frameOf(dice: Dice, schema: DrawnSchema): Omit<PolicyDocument, 'relations'> {
  const tenant =
    schema.tenantType === undefined
      ? {}
      : {
          tenant: dice.pick([
            'tenant_id = :tenant',
            'tenant_id = :tenant',
            'tenant_id = :tenant or tenant_id is null',
          ]),
        };
  const hasRegion = schema.tables.some((table) => table.columns.some((one) => one.kind === 'region'));
  const region = hasRegion ? { region: 'region = :region' } : {};
  const claims = {
    user: { from: 'sub', type: CLAIM_TYPES[schema.userType] },
    ...(schema.tenantType === undefined
      ? {}
      : { tenant: { from: 'tenant', type: CLAIM_TYPES[schema.tenantType] } }),
    ...(hasRegion ? { region: { from: 'region', type: 'text' as const } } : {}),
  };
  const hasTenant = schema.tables.some((table) => table.columns.some((one) => one.kind === 'tenant'));
  return {
    version: 1,
    identity: {
      token: {
        issuer: 'https://login.shop.test',
        audience: 'shop',
        algorithms: ['HS256'],
        secretEnv: 'CORDON_TOKEN_SECRET',
      },
      claims,
      roles: { from: 'role', default: 'member', names: ['member', 'support'] },
    },
    boundaries: { ...(hasTenant ? tenant : {}), ...region },
  };
}

class RuleDraw {
  readonly #dice: Dice;
  readonly #schema: DrawnSchema;

  constructor(dice: Dice, schema: DrawnSchema) {
    this.#dice = dice;
    this.#schema = schema;
  }

  /** undefined: the relation stays closed. */
  relation(table: DrawnTable, known: readonly string[]): RelationDocument | undefined {
    if (table.pattern === 'closed') return undefined;
    const classes = this.#classes(table);
    const open = table.columns.filter((one) => classes[one.name] === undefined).map((one) => one.name);
    const rules = this.#rules(table, known, open);
    return {
      ...(Object.keys(classes).length > 0 ? { columns: classes } : {}),
      ...(this.#dice.chance(0.2) ? { hidden: 'refuse' as const } : {}),
      rules: table.view === undefined ? rules : rules.flatMap(reading),
    };
  }

  #classes(table: DrawnTable): Record<string, 'secret' | 'internal' | 'pii'> {
    const free = table.columns.filter((one) => !STRUCTURE.has(one.kind) && !one.notNull);
    const chosen = free.filter(() => this.#dice.chance(0.12));
    return Object.fromEntries(
      chosen.map((one) => [one.name, this.#dice.pick(['secret', 'internal', 'pii'] as const)]),
    );
  }

  #rules(table: DrawnTable, known: readonly string[], open: readonly string[]): RuleDocument[] {
    const first = this.#first(table, known, open);
    const more = this.#dice.below(3);
    const others = Array.from({ length: more }, () => this.#other(table, known, open));
    return [...first, ...others];
  }

  /** The rules that the relation was made for. */
  #first(table: DrawnTable, known: readonly string[], open: readonly string[]): RuleDocument[] {
    const user = table.columns.find((one) => one.kind === 'user')?.name;
    const parent = table.foreignKeys.find((one) => one.column === 'parent');
    switch (table.pattern) {
      case 'people':
        return [
          {
            for: 'member',
            rows: 'id = :user',
            read: this.#columns(open, 'all'),
            write: this.#data(table, open),
          },
          ...(this.#dice.chance(0.6)
            ? [{ for: 'member', rows: 'all', read: ['id', ...this.#some(open, 2)] }]
            : []),
        ];
      case 'link':
        return [
          {
            for: 'member',
            rows: 'person = :user',
            read: 'all',
            write: this.#data(table, open),
            delete: this.#dice.chance(0.4),
          },
          ...(this.#dice.chance(0.5) ? [this.#sharing(table)] : []),
        ];
      case 'public':
        return [
          {
            for: this.#dice.pick([['member', 'anonymous'], ['member']]),
            rows: 'all',
            read: this.#columns(open, 'all'),
          },
        ];
      case 'lookup':
        return [
          {
            for: this.#dice.pick(['anonymous', 'member']),
            lookup: 'email',
            read: ['id', ...this.#some(open, 3)],
          },
          ...(this.#dice.chance(0.3)
            ? [{ for: 'member', rows: this.#predicate(table, known, 1), read: this.#some(open, 3) }]
            : []),
        ];
      default:
        break;
    }
    const rows =
      user !== undefined && (parent === undefined || this.#dice.chance(0.5))
        ? this.#dice.pick([
            `${user} = :user`,
            `${user} = :user`,
            `${user} = :user or ${this.#predicate(table, known, 0)}`,
          ])
        : parent !== undefined && known.includes(parent.to)
          ? `parent in ${parent.to}${this.#narrowed(parent.to, known)}`
          : this.#predicate(table, known, 2);
    return [this.#full(table, rows, open)];
  }

  #full(table: DrawnTable, rows: string, open: readonly string[]): RuleDocument {
    const check = this.#dice.chance(0.15)
      ? { check: `${rows.includes(' or ') ? `(${rows})` : rows} and n > -5` }
      : {};
    const n = table.columns.find((one) => one.kind === 'n')?.name ?? 'n';
    return {
      for: this.#dice.pick(['member', 'member', 'member', ['member', 'support']]),
      rows,
      read: this.#columns(open, 'all'),
      write: this.#dice.chance(0.5) ? 'all' : this.#data(table, open),
      ...(this.#dice.chance(0.7)
        ? { insert: this.#dice.chance(0.6) ? true : [...table.primaryKey, ...this.#data(table, open)] }
        : {}),
      delete: this.#dice.chance(0.6),
      ...('check' in check ? { check: check.check.replace('n > -5', `${n} > -5`) } : {}),
    };
  }

  /** Shares what is one's own with another person: rows come by INSERT alone. */
  #sharing(table: DrawnTable): RuleDocument {
    const to = table.foreignKeys[0]?.to ?? '';
    const target = this.#schema.tables.find((one) => one.name === to);
    const owner = target?.columns.find((one) => one.kind === 'user')?.name;
    const where = owner === undefined ? '' : ` where (${owner} = :user)`;
    return {
      for: 'member',
      rows: 'none',
      insert: ['target', 'person', 'level'],
      check: `target in ${to}${where}`,
    };
  }

  #other(table: DrawnTable, known: readonly string[], open: readonly string[]): RuleDocument {
    const role = this.#dice.pick(['member', 'member', 'member', 'support', 'anonymous']);
    const rows = role !== 'member' && this.#dice.chance(0.4) ? 'all' : this.#predicate(table, known, 2, role);
    const writes = role !== 'anonymous' && this.#dice.chance(0.35) ? { write: this.#data(table, open) } : {};
    const deletes = role !== 'anonymous' && this.#dice.chance(0.1) ? { delete: true } : {};
    const key = this.#dice.chance(0.8) ? table.primaryKey : [];
    return { for: role, rows, read: [...new Set([...key, ...this.#some(open, 4)])], ...writes, ...deletes };
  }

  #columns(open: readonly string[], otherwise: 'all'): 'all' | string[] {
    return this.#dice.chance(0.6)
      ? otherwise
      : [...new Set(['id', ...this.#some(open, 6)])].filter((name) => open.includes(name));
  }

  #some(open: readonly string[], most: number): string[] {
    return shuffled(open, this.#dice).slice(0, this.#dice.between(1, most));
  }

  /** Columns that a rule lets callers write. */
  #data(table: DrawnTable, open: readonly string[]): string[] {
    const free = table.columns.filter((one) => !STRUCTURE.has(one.kind) && open.includes(one.name));
    const chosen = free.filter(() => this.#dice.chance(0.7)).map((one) => one.name);
    return chosen.length > 0 ? chosen : free.slice(0, 1).map((one) => one.name);
  }

  #narrowed(to: string, known: readonly string[]): string {
    const other = this.#schema.tables.find((one) => one.name === to);
    if (other === undefined || this.#dice.chance(0.6)) return '';
    return ` where (${this.#comparison(other, known)})`;
  }

  #predicate(table: DrawnTable, known: readonly string[], depth: number, role = 'member'): string {
    if (depth > 0 && this.#dice.chance(0.45)) {
      const [one, two] = [
        this.#predicate(table, known, depth - 1, role),
        this.#predicate(table, known, depth - 1, role),
      ];
      return `(${one}) ${this.#dice.pick(['and', 'or', 'or'])} (${two})`;
    }
    if (depth > 0 && this.#dice.chance(0.15))
      return `not (${this.#predicate(table, known, depth - 1, role)})`;
    const memberships = this.#memberships(table, known);
    if (memberships.length > 0 && this.#dice.chance(0.35)) return this.#dice.pick(memberships)();
    return this.#comparison(table, known, role);
  }

  #memberships(table: DrawnTable, known: readonly string[]): readonly (() => string)[] {
    const links = this.#schema.tables.filter((one) => one.pattern === 'link' && known.includes(one.name));
    const towards = links.filter(
      (link) => link.foreignKeys[0]?.to === table.name && link.name !== table.name,
    );
    const narrowed = (link: DrawnTable): string =>
      this.#dice.chance(0.5) ? '' : ` where (${this.#comparison(link, known)})`;
    const shared = towards.map(
      (link) => () => `${table.primaryKey[0]} in ${link.name}.target${narrowed(link)}`,
    );
    const upwards = table.foreignKeys
      .filter((key) => known.includes(key.to) && key.to !== table.name)
      .map((key) => () => `${key.column} in ${key.to}${this.#narrowed(key.to, known)}`);
    return [...shared, ...upwards];
  }

  #comparison(table: DrawnTable, _known: readonly string[], role = 'member'): string {
    const forms = table.columns.flatMap((one) => this.#forms(one, table, role));
    return forms.length === 0 ? 'all' : this.#dice.pick(forms)();
  }

  #forms({ name, kind }: DrawnColumn, table: DrawnTable, role: string): readonly (() => string)[] {
    const dice = this.#dice;
    const number = (): number => dice.pick([0, 3, 5, 7, 12]);
    const op = (): string => dice.pick(['>', '<', '>=', '<>', '=']);
    switch (kind) {
      case 'n':
      case 'len':
      case 'level':
      case 'slot': {
        const other = table.columns.find((one) => one.type === 'int' && one.name !== name)?.name ?? number();
        return [
          () => `${name} ${op()} ${number()}`,
          () => `${name} in (${number()}, ${number()}, 40)`,
          () => `${name} = ${other}`,
          () => `${name} is not null`,
        ];
      }
      case 'num':
        return [() => `${name} ${dice.pick(['>', '<'])} ${dice.pick(['0.5', '7.5', '100'])}`];
      case 'flag':
        return [() => `${name} = true`, () => `not ${name} = true`, () => `${name} = true`];
      case 'state':
        return [() => `${name} in ('open', 'done')`, () => `${name} <> 'void'`];
      case 'raw':
      case 'title':
      case 'pat':
        return [() => `${name} is not null`, () => `${name} <> 'x'`, () => `${name} > '2'`];
      case 'made':
      case 'code':
      case 'info':
      case 'stamp':
        return [() => `${name} is ${dice.pick(['', 'not '])}null`];
      case 'user':
        return role === 'anonymous'
          ? [() => `${name} is null`]
          : [
              () => `${name} = :user`,
              () => `${name} = :user`,
              () => `${name} is null`,
              () => `not ${name} = :user`,
              () => `:user in (${name})`,
            ];
      default:
        return [];
    }
  }
}

/** Rows of views are only read. */
function reading(rule: RuleDocument): RuleDocument[] {
  if (rule.rows === undefined || rule.rows === 'none' || rule.read === undefined) return [];
  return [{ for: rule.for, rows: rule.rows, read: rule.read }];
}

/** Columns that hold a row together: rules give them by `insert: true` or a check. */
const STRUCTURE: ReadonlySet<string> = new Set([
  'key',
  'user',
  'tenant',
  'region',
  'parent',
  'slot',
  'email',
]);
