import { beforeAll, describe, expect, it } from 'vitest';
import { type Catalog, loadCatalog } from '../../../src/catalog/index.ts';
import type { PolicyAllowance } from '../../../src/policy/index.ts';
import { findBuiltinOid } from '../../../src/sql/allow/builtin-types.ts';
import { isTotalCast, judgeOperator, judgeSetting, judgeType } from '../../../src/sql/allow/index.ts';
import { reviewedOperatorNames } from '../../../src/sql/allow/operators.ts';
import { describeDatabases } from '../../databases/index.ts';

const NOTHING: PolicyAllowance = { functions: [], operators: [], types: [], sequences: [] };

const SCHEMA = `
CREATE SCHEMA evil;
CREATE FUNCTION evil.same(int, int) RETURNS bool LANGUAGE sql AS 'SELECT true';
CREATE OPERATOR evil.= (LEFTARG = int, RIGHTARG = int, FUNCTION = evil.same);
CREATE OPERATOR evil.<+> (LEFTARG = int, RIGHTARG = int, FUNCTION = evil.same);
CREATE OPERATOR public.<-+-> (LEFTARG = int, RIGHTARG = int, FUNCTION = evil.same);
CREATE DOMAIN evil.spy AS int CHECK (VALUE > 0);
CREATE DOMAIN public.email AS text;
CREATE TYPE evil.colour AS ENUM ('red');
CREATE TYPE public.mood AS ENUM ('happy');
CREATE TYPE public.pair AS (a int, b int);
CREATE TABLE public.orders (id int);
`;

describeDatabases(
  'judgements',
  (database) => {
    let catalog: Catalog;
    const operator = (name: string, schema?: string, allow: Partial<PolicyAllowance> = {}) =>
      judgeOperator(catalog, { ...NOTHING, ...allow }, schema, name);
    const type = (name: string, schema?: string, allow: Partial<PolicyAllowance> = {}) =>
      judgeType(catalog, { ...NOTHING, ...allow }, schema, name);
    beforeAll(async () => {
      catalog = await loadCatalog((sql) => database().query(sql));
    });

    it('allow every built-in operator', () => {
      const names = new Set(
        catalog.operators.filter(({ schema }) => schema === 'pg_catalog').map(({ name }) => name),
      );
      expect([...names].sort()).toEqual([...reviewedOperatorNames()].sort());
      for (const name of names)
        expect(operator(name), name).toMatchObject({ allowed: true, schema: 'pg_catalog' });
    });

    it('refuse an operator of another schema, and a name that has a namesake in the search path', () => {
      expect(operator('=', 'evil').allowed).toBe(false);
      expect(operator('<+>').allowed).toBe(false);
      expect(operator('=', 'pg_catalog').allowed).toBe(true);
      expect(operator('=').allowed).toBe(true);
      expect(operator('<-+->').allowed).toBe(false);
      const shadowed = { ...catalog, searchPath: ['public', 'evil'] };
      expect(judgeOperator(shadowed, NOTHING, undefined, '=')).toEqual({
        allowed: false,
        reason: 'namesake',
      });
    });

    it('allow operators that the policy lists, with their schema', () => {
      expect(operator('<-+->', undefined, { operators: ['public.<-+->'] })).toMatchObject({
        allowed: true,
        schema: 'public',
      });
      expect(operator('=', 'evil', { operators: ['evil.='] })).toMatchObject({
        allowed: true,
        schema: 'evil',
      });
    });

    it('refuse a built-in name as soon as the database has one more overload of it', () => {
      const [sample] = catalog.operators;
      if (sample === undefined) throw new Error('no operators');
      const operators = [
        ...catalog.operators,
        { ...sample, schema: 'pg_catalog', name: '+', left: 28, right: 28 },
      ];
      expect(judgeOperator({ ...catalog, operators }, NOTHING, undefined, '+').allowed).toBe(false);
    });

    it('allow ordinary types, arrays of them, and enums of the search path', () => {
      for (const name of [
        'int4',
        'text',
        '_text',
        'bpchar',
        'timestamptz',
        'jsonb',
        'uuid',
        'mood',
        '_mood',
        'numrange',
      ]) {
        expect(type(name).allowed, name).toBe(true);
      }
      expect(type('mood')).toMatchObject({ schema: 'public' });
      expect(type('sql_identifier', 'information_schema').allowed).toBe(true);
    });

    it('mark types whose values name objects', () => {
      for (const name of ['regclass', 'regproc', 'regrole', 'regnamespace', '_regclass', 'regconfig']) {
        expect(type(name), name).toMatchObject({ allowed: true, special: 'names-object' });
      }
      expect(type('regtype')).toMatchObject({ allowed: true, special: 'regtype' });
    });

    it('refuse row types, domains, composites, internal types and those of other schemas, all as if they did not exist', () => {
      const refused = [
        'orders',
        '_orders',
        'pg_class',
        'email',
        'pair',
        'xml',
        'xid',
        'xid8',
        'tid',
        'cid',
        'pg_lsn',
        'aclitem',
        'internal',
      ].concat([
        'cstring',
        'record',
        'pg_node_tree',
        'anyarray',
        'pg_snapshot',
        'refcursor',
        'void',
        'trigger',
        'hstore',
        'nothing',
      ]);
      for (const name of refused) expect(type(name), name).toEqual({ allowed: false, reason: 'not-listed' });
      expect(type('spy', 'evil').allowed).toBe(false);
      expect(type('colour', 'evil').allowed).toBe(false);
      expect(type('email', 'public').allowed).toBe(false);
    });

    it('allow types that the policy lists, row types never', () => {
      const types = ['public.email', 'public.pair', 'evil.colour', 'public.orders'];
      expect(type('email', undefined, { types }).allowed).toBe(true);
      expect(type('pair', undefined, { types }).allowed).toBe(true);
      expect(type('colour', 'evil', { types }).allowed).toBe(true);
      expect(type('orders', undefined, { types }).allowed).toBe(false);
    });

    it('count a cast of an enum to text as total, and one into a domain not', () => {
      const named = (name: string) =>
        [...catalog.types.values()].find((entry) => entry.name === name)?.oid ?? 0;
      expect(isTotalCast(named('mood'), named('text'), catalog.types)).toBe(true);
      expect(isTotalCast(named('text'), named('mood'), catalog.types)).toBe(false);
      expect(isTotalCast(named('email'), named('email'), catalog.types)).toBe(false);
      expect(isTotalCast(named('_int4'), named('_text'), catalog.types)).toBe(true);
    });
  },
  (database) => database.run(SCHEMA),
);

describe('settings', () => {
  const catalog = { searchPath: ['public', 'Odd, one'] } as unknown as Catalog;
  const set = (name: string, value?: string | readonly string[]) =>
    judgeSetting(name, 'set', value, catalog).allowed;
  const show = (name: string) => judgeSetting(name, 'show', undefined, catalog).allowed;

  it('of the own session may be set, whatever the case of their names', () => {
    expect(set('statement_timeout', '1000')).toBe(true);
    expect(set('TimeZone', 'UTC')).toBe(true);
    expect(judgeSetting('TimeZone', 'set', 'UTC', catalog)).toEqual({
      allowed: true,
      name: 'timezone',
      anyValue: true,
    });
    expect(set('timezone')).toBe(true);
    expect(set('application_name', 'x')).toBe(true);
    expect(judgeSetting('jit', 'set', 'off', catalog)).toMatchObject({ allowed: true, anyValue: true });
    expect(judgeSetting('bytea_output', 'set', 'hex', catalog)).toMatchObject({
      allowed: true,
      anyValue: false,
    });
  });

  it('that the guard stands on may be set to what they are', () => {
    expect(set('client_encoding', 'UTF8')).toBe(true);
    expect(set('client_encoding', 'latin1')).toBe(false);
    expect(set('client_encoding')).toBe(false);
    expect(set('standard_conforming_strings', 'on')).toBe(true);
    expect(set('standard_conforming_strings', 'off')).toBe(false);
    expect(set('standard_conforming_strings')).toBe(false);
    expect(set('client_min_messages', 'warning')).toBe(true);
    expect(set('client_min_messages', 'debug5')).toBe(false);
  });

  it('keep the search path, in every spelling', () => {
    expect(set('search_path', 'public, "Odd, one"')).toBe(true);
    expect(set('search_path', ['public', 'Odd, one'])).toBe(true);
    expect(set('search_path', 'PUBLIC , "Odd, one" ')).toBe(true);
    for (const other of [
      '',
      'public',
      'evil, public',
      'public, odd',
      '"public, ""Odd, one"',
      'public, "Odd, one",',
      `public, 'Odd, one'`,
    ]) {
      expect(set('search_path', other), other).toBe(false);
    }
    expect(set('search_path')).toBe(false);
  });

  it('of roles, rights, rules and internals are closed', () => {
    const closed = `role session_authorization row_security session_replication_role cordon.token app.user_id log_statement
      allow_unsafe_internals work_mem enable_seqscan default_tablespace check_function_bodies local_preload_libraries tracing`;
    for (const name of closed.split(/\s+/)) expect(set(name, 'x'), name).toBe(false);
    for (const name of [
      'cordon.token',
      'app.user_id',
      'data_directory',
      'hba_file',
      'role',
      'all',
      'row_security',
    ]) {
      expect(show(name), name).toBe(false);
    }
  });

  it('that clients ask for are shown', () => {
    for (const name of [
      'server_version',
      'transaction_isolation',
      'standard_conforming_strings',
      'search_path',
      'max_identifier_length',
    ]) {
      expect(show(name), name).toBe(true);
    }
    expect(set('server_version', '1')).toBe(false);
  });

  it('given a list where one value is meant are refused', () => {
    expect(set('client_encoding', ['utf8', 'latin1'])).toBe(false);
    expect(set('standard_conforming_strings', ['on', 'off'])).toBe(false);
  });
});

it('built-in types have their numbers', () => {
  expect(['bool', 'int8', 'text', '_text', 'jsonb', 'uuid'].map(findBuiltinOid)).toEqual([
    16, 20, 25, 1009, 3802, 2950,
  ]);
});
