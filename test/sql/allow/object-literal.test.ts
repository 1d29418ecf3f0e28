import { beforeAll, expect, it } from 'vitest';
import { type Catalog, loadCatalog, relationKey } from '../../../src/catalog/index.ts';
import {
  holdsNumbersOf,
  identifiersIn,
  isKnownRelation,
  judgeObjectLiteral,
} from '../../../src/sql/allow/index.ts';
import { describeDatabases } from '../../databases/index.ts';

describeDatabases(
  'a literal that names an object',
  (database) => {
    let catalog: Catalog;
    const covered = new Set([relationKey('public', 'orders'), relationKey('billing', 'Odd"name')]);
    const judge = (type: string, text: string) => {
      const judged = judgeObjectLiteral(catalog, covered, type, text);
      return judged.allowed ? judged.text : undefined;
    };
    const oid = (name: string) => catalog.relations.get(relationKey('public', name))?.oid ?? 0;
    beforeAll(async () => {
      catalog = await loadCatalog((sql) => database().query(sql));
    });

    it('is printed with its schema, quoted, where a rule opens the relation', () => {
      for (const text of ['orders', ' ORDERS ', 'public.orders', '"public"."orders"']) {
        expect(judge('regclass', text), text).toBe('"public"."orders"');
      }
      expect(judge('regclass', 'billing."Odd""name"')).toBe('"billing"."Odd""name"');
      expect(judge('regclass', String(oid('orders')))).toBe(String(oid('orders')));
    });

    it('may be that of a listed relation of the system', () => {
      expect(judge('regclass', 'pg_class')).toBe('"pg_catalog"."pg_class"');
      expect(judge('regclass', 'pg_authid')).toBeUndefined();
      expect(judge('regclass', 'pg_catalog.pg_statistic')).toBeUndefined();
    });

    it('is refused alike where the relation is not opened, does not exist, or is no name', () => {
      const refused = [
        'payroll',
        'public.payroll',
        'nothing',
        '',
        '-',
        '0',
        '1259',
        '99999999999',
        'a.b.c',
        '"orders',
        'orders;',
        "o'rders",
      ];
      for (const text of [...refused, String(oid('payroll'))])
        expect(judge('regclass', text), text).toBeUndefined();
    });

    it('names schemas of what is shown, and text search configurations', () => {
      expect(judge('regnamespace', 'public')).toBe('"public"');
      expect(judge('regnamespace', 'billing')).toBe('"billing"');
      expect(judge('regnamespace', 'hidden')).toBeUndefined();
      expect(judge('regconfig', 'english')).toBe('"english"');
      expect(judge('regconfig', 'pg_catalog.simple')).toBe('"pg_catalog"."simple"');
      for (const type of ['regrole', 'regproc', 'regoper', 'regprocedure', 'regdictionary', 'regcollation']) {
        expect(judge(type, 'postgres'), type).toBeUndefined();
      }
    });

    it('holds for numbers of relations and for columns that hold such', () => {
      expect(isKnownRelation(catalog, covered, oid('orders'))).toBe(true);
      expect(isKnownRelation(catalog, covered, oid('payroll'))).toBe(false);
      expect(holdsNumbersOf('regclass', 'pg_class', 'oid')).toBe(true);
      expect(holdsNumbersOf('regclass', 'pg_class', 'relnamespace')).toBe(false);
      expect(holdsNumbersOf('regtype', 'pg_attribute', 'atttypid')).toBe(true);
      expect(holdsNumbersOf('regrole', 'pg_class', 'relowner')).toBe(false);
    });
  },
  (database) =>
    database.run(`CREATE SCHEMA billing; CREATE SCHEMA hidden; CREATE TABLE orders (id int); CREATE TABLE payroll (id int);
      CREATE TABLE billing."Odd""name" (id int);`),
);

it('identifiers in a text are folded as the database does it, ASCII letters only', () => {
  expect(identifiersIn('Ab."Cd""e"', '.')).toEqual(['ab', 'Cd"e']);
  expect(identifiersIn(' ÉtatÉ , b$1', ',')).toEqual(['ÉtatÉ', 'b$1']);
  for (const text of ['', 'a.', '.a', 'a b', '"a', 'a..b', '1a', 'a,b', "a'b"])
    expect(identifiersIn(text, '.'), text).toBeUndefined();
});

it('columns that are said to hold numbers of objects exist and hold numbers', async () => {
  const { startPglite } = await import('../../databases/index.ts');
  const database = await startPglite();
  const catalog = await loadCatalog((sql) => database.query(sql));
  const numbers = new Set(['oid', 'regproc']);
  let found = 0;
  for (const relation of catalog.relations.values()) {
    if (relation.schema !== 'pg_catalog') continue;
    for (const { name, typeText } of relation.columns) {
      for (const type of ['regclass', 'regnamespace', 'regtype', 'regproc']) {
        if (!holdsNumbersOf(type, relation.name, name)) continue;
        found += 1;
        expect(numbers.has(typeText), `${relation.name}.${name}`).toBe(true);
      }
    }
  }
  expect(found).toBe(48);
  await database.stop();
});
