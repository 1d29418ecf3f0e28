import { beforeAll, expect, it } from 'vitest';
import { type Catalog, loadCatalog } from '../../../src/catalog/index.ts';
import { findBuiltinName, findBuiltinOid, signatureOf } from '../../../src/sql/allow/builtin-types.ts';
import { FAMILIES } from '../../../src/sql/allow/functions/index.ts';
import {
  comparesTotally,
  isLikeOperator,
  isSafeLikePattern,
  isTotalCast,
  isTotalFunction,
  isTotalOperator,
} from '../../../src/sql/allow/index.ts';
import { describeDatabases, type TestDatabase } from '../../databases/index.ts';
import { hostileValues, STAND_INS } from './hostile-values.ts';

function quoted(text: string): string {
  return `E'${text.replace(/['\\]/g, '\\$&')}'`;
}

function typeName(name: string): string {
  return name.startsWith('_') ? `pg_catalog."${name.slice(1)}"[]` : `pg_catalog."${name}"`;
}

/** A row source with each hostile value of a type, NULL among them, as column `v`. */
function source(type: string, alias: string): string {
  const rows = ['NULL', ...hostileValues(type).map(quoted)].map((text) => `(${text}::text)`);
  // Text is converted by the type's own input function, outside of what is tested.
  return `(SELECT CAST(t.v AS ${typeName(type)}) AS v FROM (VALUES ${rows.join(', ')}) AS t(v)) AS ${alias}`;
}

/** Why the expression fails for some values of the types, or undefined. */
async function failure(
  database: TestDatabase,
  types: readonly string[],
  expression: (names: string[]) => string,
) {
  const aliases = types.map((_, index) => `a${index}`);
  const from = types.map((type, index) => source(type, `a${index}`)).join(' CROSS JOIN ');
  const call = expression(aliases.map((alias) => `${alias}.v`));
  // The result is also written as text: an output function that fails would be a failure of the whole statement.
  const sql = `SELECT count(CAST(x.r AS text)) FROM (SELECT ${call} AS r ${from === '' ? '' : `FROM ${from}`} OFFSET 0) AS x`;
  try {
    await database.query(sql);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** The concrete argument types to try for a signature. */
function instances(signature: string): readonly (readonly string[])[] {
  const types = signature === '' ? [] : signature.split(',');
  const isPolymorphic = types.some((type) => type.startsWith('any'));
  return isPolymorphic ? STAND_INS.map((standIns) => types.map((type) => standIns[type] ?? type)) : [types];
}

async function failuresOf(
  database: TestDatabase,
  signature: string,
  what: string,
  expression: (names: string[]) => string,
): Promise<string[]> {
  const failures: string[] = [];
  for (const types of instances(signature)) {
    const reason = await failure(database, types, expression);
    if (reason !== undefined) failures.push(`${what}(${types.join(',')}): ${reason}`);
  }
  return failures;
}

const SETTINGS: Readonly<Record<string, string>> = {
  'as a server is set': '',
  'with every format turned to an extreme': `SET TimeZone = '-167:59'; SET DateStyle = 'SQL, DMY'; SET IntervalStyle = 'sql_standard';
    SET extra_float_digits = -15; SET bytea_output = 'escape'`,
  'in the first time zone of the day': `SET TimeZone = 'Pacific/Kiritimati'; SET IntervalStyle = 'iso_8601'; SET DateStyle = 'German'`,
};

for (const [situation, settings] of Object.entries(SETTINGS)) {
  describeDatabases(`what is called total, ${situation},`, total, (database) => database.run(settings));
}

function total(database: () => TestDatabase): void {
  let catalog: Catalog;
  beforeAll(async () => {
    catalog = await loadCatalog((sql) => database().query(sql));
  });

  it('are functions that raise no error for hostile values', async () => {
    const failures: string[] = [];
    let tried = 0;
    for (const entry of catalog.functions.filter(isTotalFunction)) {
      tried += 1;
      const signature = signatureOf(entry.args) ?? '';
      const call = (names: string[]) =>
        `pg_catalog."${entry.name}"(${variadic(names, entry.variadic !== undefined && !signature.endsWith('any')).join(', ')})`;
      failures.push(...(await failuresOf(database(), signature, entry.name, call)));
    }
    expect(failures).toEqual([]);
    expect(tried).toBeGreaterThan(140);
  }, 120_000);

  it('are operators that raise no error for hostile operands', async () => {
    const failures: string[] = [];
    let tried = 0;
    for (const entry of catalog.operators) {
      const operands = entry.left === undefined ? [entry.right] : [entry.left, entry.right];
      const signature = signatureOf(operands) ?? '';
      // Of polymorphic ones, those operands that count as total are tried.
      if (!isTotalOperator(entry, [23])) continue;
      tried += 1;
      const call = (names: string[]) =>
        [...names.slice(0, -1), `OPERATOR(pg_catalog.${entry.name})`, names.at(-1)].join(' ');
      for (const types of instances(signature)) {
        if (
          !isTotalOperator(
            entry,
            types.map((type) => findBuiltinOid(type) ?? 0),
          )
        )
          continue;
        const reason = await failure(database(), types.map(standInForEnum), call);
        if (reason !== undefined) failures.push(`${types.join(` ${entry.name} `)}: ${reason}`);
      }
    }
    expect(failures).toEqual([]);
    expect(tried).toBeGreaterThan(300);
  }, 120_000);

  it('are casts that succeed for hostile values', async () => {
    const failures: string[] = [];
    let tried = 0;
    const names = [...catalog.types.values()].filter(
      ({ schema, kind }) => schema === 'pg_catalog' && kind !== 'pseudo' && kind !== 'composite',
    );
    for (const from of names) {
      for (const to of names) {
        if (from.oid === to.oid || !isTotalCast(from.oid, to.oid)) continue;
        const [source, target] = [findBuiltinName(from.oid) ?? '', findBuiltinName(to.oid) ?? ''];
        tried += 1;
        const reason = await failure(
          database(),
          [source],
          ([value]) => `CAST(${value} AS ${typeName(target)})`,
        );
        if (reason !== undefined) failures.push(`${source} to ${target}: ${reason}`);
      }
    }
    expect(failures).toEqual([]);
    expect(tried).toBeGreaterThan(100);
  }, 120_000);

  it('are patterns of LIKE that match any text without an error', async () => {
    const likes = catalog.operators.filter(isLikeOperator);
    expect(likes.length).toBeGreaterThan(10);
    const patterns = [
      '',
      '%',
      '_',
      '\\\\',
      '%\\\\',
      '\\%',
      'a\\_b',
      '%a%b%',
      '%'.repeat(1000),
      `${'%a'.repeat(900)}`,
    ];
    for (const pattern of patterns) {
      expect(isSafeLikePattern(pattern)).toBe(true);
      for (const entry of likes) {
        const left = findBuiltinName(entry.left ?? 0) ?? '';
        const right = quoted(left === 'bytea' ? pattern.replaceAll('\\', '\\\\') : pattern);
        const reason = await failure(
          database(),
          [left],
          ([value]) => `${value} OPERATOR(pg_catalog.${entry.name}) ${right}`,
        );
        expect(reason, `${entry.name} ${left} ${pattern.slice(0, 20)}`).toBeUndefined();
      }
    }
  }, 60_000);

  it('are not patterns that end in an escape character: the database fails on them for some texts only', async () => {
    for (const pattern of ['\\', 'a\\', '%\\', '\\\\\\']) {
      expect(isSafeLikePattern(pattern)).toBe(false);
    }
    const call = ([value]: string[]) => `${value} LIKE E'a\\\\'`;
    expect(await failure(database(), ['text'], call)).toContain('LIKE pattern must not end');
  });

  it('compares values of types whose comparisons are total', async () => {
    const failures: string[] = [];
    for (const type of catalog.types.values()) {
      if (!comparesTotally(type.oid)) continue;
      const name = findBuiltinName(type.oid) ?? '';
      const types = [name, name];
      if (['json', 'point'].includes(name)) continue;
      const reason = await failure(database(), types, ([a, b]) => `${a} = ${b}`);
      if (reason !== undefined) failures.push(`${name}: ${reason}`);
    }
    expect(failures).toEqual([]);
  }, 60_000);
}

it('every signature of the list is of built-in types', () => {
  for (const { functions } of FAMILIES) {
    for (const [name, signatures] of functions) {
      for (const signature of signatures.keys()) {
        const types = signature === '' ? [] : signature.split(',');
        expect(
          types.filter((type) => findBuiltinOid(type) === undefined),
          name,
        ).toEqual([]);
      }
    }
  }
});

function variadic(names: string[], isVariadic: boolean): string[] {
  return isVariadic ? [...names.slice(0, -1), `VARIADIC ${names.at(-1)}`] : names;
}

/** Enums have no built-in type; booleans stand in, for which the same operators exist. */
function standInForEnum(type: string): string {
  return type === 'anyenum' ? 'bool' : type;
}
