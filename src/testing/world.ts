/** The rows of a database, to be put back as they were; and what one caller may see of them. */
import { type Catalog, type Relation, type RelationKey, relationKey } from '../catalog/index.ts';
import type { AccessTable, Predicate, Role } from '../policy/index.ts';
import { quoteName, quoteText } from '../sql/index.ts';
import type { Dice } from './dice.ts';
import { otherValue } from './generated-rows.ts';
import type { Owner } from './owner.ts';
import { nameOf, PredicateText } from './sql-text.ts';

/** Whose view of the rows stays the same. */
export interface Viewer {
  readonly role: Role;
  readonly claims: ReadonlyMap<string, string>;
}

/** A change that the viewer is not to notice. */
export interface HiddenChange {
  readonly text: string;
  readonly relation: string;
  readonly kind: 'a row of others deleted' | 'a row of others changed' | 'a hidden column changed';
}

export class World {
  readonly catalog: Catalog;
  readonly tables: readonly Relation[];
  readonly #access: AccessTable;
  readonly #owner: Owner;
  /** What the team says is nobody else's, whatever the rules say. */
  readonly #private: ReadonlyMap<RelationKey, Predicate>;
  #saved = '';

  constructor(
    catalog: Catalog,
    access: AccessTable,
    owner: Owner,
    schemas: readonly string[],
    privateRows: ReadonlyMap<RelationKey, Predicate>,
  ) {
    this.catalog = catalog;
    this.#access = access;
    this.#owner = owner;
    this.#private = privateRows;
    this.tables = [...catalog.relations.values()].filter(
      ({ kind, parent, schema }) =>
        (kind === 'table' || kind === 'partitioned') && parent === undefined && schemas.includes(schema),
    );
  }

  /** Remembers every row, and where sequences stand. */
  async save(): Promise<void> {
    const script = [
      'SET session_replication_role = replica;',
      `TRUNCATE ${this.tables.map(nameOf).join(', ')} CASCADE;`,
    ];
    for (const table of this.tables) {
      const rows = await this.#owner.rows(`SELECT t::text FROM ${nameOf(table)} t ORDER BY 1`);
      const columns = table.columns
        .filter(({ generated }) => generated !== 'stored')
        .map(({ name }) => quoteName(name));
      for (const [row] of rows)
        script.push(
          `INSERT INTO ${nameOf(table)} (${columns.join(', ')}) OVERRIDING SYSTEM VALUE SELECT ${columns.map((column) => `(r).${column}`).join(', ')} FROM (SELECT ${quoteText(row ?? '')}::${nameOf(table)} AS r) AS saved;`,
        );
    }
    for (const { schema, name, kind } of this.catalog.relations.values()) {
      if (kind !== 'sequence') continue;
      const [[value = '1', called = 't'] = []] = await this.#owner.rows(
        `SELECT last_value::text, is_called::text FROM ${nameOf({ schema, name })}`,
      );
      script.push(`SELECT pg_catalog.setval(${quoteText(nameOf({ schema, name }))}, ${value}, ${called});`);
    }
    script.push('SET session_replication_role = DEFAULT;');
    this.#saved = script.join('\n');
  }

  restore(): Promise<void> {
    return this.#owner.run(this.#saved);
  }

  /** Everything the viewer may see, as one text. */
  async view(viewer: Viewer): Promise<string> {
    const queries = this.tables.flatMap((table) => {
      const seen = this.#seen(table, viewer);
      if (seen === undefined) return [];
      const columns = [...seen.columns].map(
        ([name, when]) => `CASE WHEN ${when} THEN ${quoteName(name)}::text END`,
      );
      return [
        `SELECT ${quoteText(table.name)} || ROW(${columns.join(', ')})::text FROM ${nameOf(table)} WHERE ${seen.rows}`,
      ];
    });
    return queries.length === 0 ? '' : this.#lines(queries.join(' UNION ALL '));
  }

  /** Rows that are not the viewer's, each with its table. */
  async others(viewer: Viewer): Promise<readonly string[]> {
    const queries = this.tables.map(
      (table) =>
        `SELECT ${quoteText(table.name)} || t::text FROM ${nameOf(table)} t WHERE (${this.#rows(table, viewer)}) IS NOT TRUE`,
    );
    return (await this.#lines(queries.join(' UNION ALL '))).split('\n').filter((line) => line !== '');
  }

  async #lines(query: string): Promise<string> {
    return (await this.#owner.rows(`${query} ORDER BY 1`)).map(([line]) => line ?? '').join('\n');
  }

  /** Changes what the viewer may not see, as far as the schema lets it; each change leaves the view as it was. */
  async change(viewer: Viewer, dice: Dice): Promise<readonly HiddenChange[]> {
    const view = await this.view(viewer);
    const changes: HiddenChange[] = [];
    for (const candidate of await this.#candidates(viewer, dice)) {
      await this.#owner.run('BEGIN');
      const kept = (await this.#owner.try(candidate.text)) && (await this.#looksAs(view, viewer));
      await this.#owner.run(kept ? 'COMMIT' : 'ROLLBACK');
      if (kept) changes.push(candidate);
    }
    return changes;
  }

  async apply(change: HiddenChange): Promise<void> {
    await this.#owner.try(change.text);
  }

  async #looksAs(view: string, viewer: Viewer): Promise<boolean> {
    return this.view(viewer).then(
      (now) => now === view,
      () => false,
    );
  }

  async #candidates(viewer: Viewer, dice: Dice): Promise<readonly HiddenChange[]> {
    const changes: HiddenChange[] = [];
    for (const table of this.tables) {
      const seen = this.#rows(table, viewer);
      const rows = await this.#owner.rows(
        `SELECT t::text, ((${seen}) IS TRUE)::text FROM ${nameOf(table)} t ORDER BY 1`,
      );
      for (const [row, isSeen] of rows) {
        const change =
          isSeen === 'true' ? this.#masked(table, viewer, dice) : this.#foreign(table, viewer, dice);
        if (change === undefined) continue;
        changes.push({
          ...change,
          relation: table.name,
          text: `${change.text} WHERE t::text = ${quoteText(row ?? '')}`,
        });
      }
    }
    return changes;
  }

  #foreign(table: Relation, viewer: Viewer, dice: Dice): Pick<HiddenChange, 'text' | 'kind'> | undefined {
    const isLookedUp = (this.#access.find(viewer.role, keyFor(table))?.lookups.length ?? 0) > 0;
    if (!isLookedUp && dice.chance(0.3))
      return { text: `DELETE FROM ${nameOf(table)} t`, kind: 'a row of others deleted' };
    const text = this.#update(
      table,
      table.columns.map(({ name }) => name),
      viewer,
      dice,
    );
    return text === undefined ? undefined : { text, kind: 'a row of others changed' };
  }

  #masked(table: Relation, viewer: Viewer, dice: Dice): Pick<HiddenChange, 'text' | 'kind'> | undefined {
    const shown = this.#seen(table, viewer)?.columns ?? new Map<string, string>();
    const hidden = table.columns.map(({ name }) => name).filter((name) => shown.get(name) !== 'true');
    const text = this.#update(table, hidden, viewer, dice);
    return text === undefined ? undefined : { text, kind: 'a hidden column changed' };
  }

  /** A value that a lookup shows or finds stays: whoever gives the key is to see it. */
  #update(table: Relation, names: readonly string[], { role }: Viewer, dice: Dice): string | undefined {
    const lookups = this.#access.find(role, keyFor(table))?.lookups ?? [];
    const fixed = new Set(lookups.flatMap(({ keyColumns, columns }) => [...keyColumns, ...columns]));
    const sets = names.flatMap((name) => {
      const column = table.columns.find((candidate) => candidate.name === name);
      if (column === undefined || fixed.has(name)) return [];
      const value = otherValue(this.catalog, table, column, dice);
      return value === undefined ? [] : [`${quoteName(name)} = ${value}`];
    });
    return sets.length === 0 ? undefined : `UPDATE ${nameOf(table)} t SET ${sets.join(', ')}`;
  }

  #rows(table: Relation, viewer: Viewer): string {
    return this.#seen(table, viewer)?.rows ?? 'false';
  }

  /** The rows a viewer sees, and when each column of them shows. */
  #seen(
    table: Relation,
    viewer: Viewer,
  ): { readonly rows: string; readonly columns: ReadonlyMap<string, string> } | undefined {
    const read = this.#access.find(viewer.role, keyFor(table))?.read;
    if (read === undefined) return undefined;
    const text = new PredicateText(this.#access, viewer.role, viewer.claims, this.catalog.relations);
    const own = this.#private.get(keyFor(table));
    const rows = own === undefined ? text.of(read.filter) : `(${text.of(read.filter)} AND ${text.of(own)})`;
    const columns = [...read.columns].map(([name, visibility]) => {
      const when =
        visibility.kind === 'when' ? text.of(visibility.predicate) : String(visibility.kind === 'always');
      return [name, when] as const;
    });
    return { rows, columns: new Map(columns) };
  }
}

function keyFor({ schema, name }: Relation): RelationKey {
  return relationKey(schema, name);
}
