import { describe, expect, it } from 'vitest';
import { layOut } from '../../src/cli/layout.ts';

describe('a statement laid out for a reader', () => {
  it('has a clause a line, and sub-selects indented', () => {
    const text = `SELECT "o"."id" FROM (SELECT "t"."id" FROM "public"."t" AS "t" WHERE ("t"."a" = _)) AS "o" WHERE ("o"."id" = ANY (ARRAY(SELECT _))) ORDER BY _ LIMIT _`;
    expect(layOut(text)).toBe(
      [
        'SELECT "o"."id"',
        'FROM (',
        '  SELECT "t"."id"',
        '  FROM "public"."t" AS "t"',
        '  WHERE ("t"."a" = _)',
        ') AS "o"',
        'WHERE ("o"."id" = ANY (ARRAY(',
        '  SELECT _',
        ')))',
        'ORDER BY _',
        'LIMIT _',
      ].join('\n'),
    );
  });

  it('goes on on the next line where a list is long', () => {
    const names = Array.from({ length: 12 }, (_, index) => `"a_column_${index}"`);
    const lines = layOut(`SELECT ${names.join(', ')} FROM "t"`).split('\n');
    expect(lines).toHaveLength(3);
    expect(lines[1]).toMatch(/^ {2}"a_column_\d+", /);
    expect(lines[2]).toBe('FROM "t"');
  });

  it('leaves names and brackets without a statement as they are', () => {
    const text = 'SELECT "FROM", pg_catalog."rank"() OVER (ORDER BY "a" FOR), EXTRACT(day FROM "b")';
    expect(layOut(text)).toBe(text);
  });

  it('changes nothing but spaces', () => {
    const text = `WITH "a" AS (INSERT INTO "t" ("x") VALUES (_, _) RETURNING "x") UPDATE "t" SET "x" = _ FROM "a"`;
    expect(layOut(text).replace(/\s+/g, '')).toBe(text.replace(/\s+/g, ''));
  });
});
