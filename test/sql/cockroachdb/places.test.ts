import { describe, expect, it } from 'vitest';
import { printStatement, render } from '../../../src/sql/print/index.ts';
import { findSlots, openSlots, shape } from '../../../src/sql/shape/index.ts';
import type { Node } from '../../../src/sql/tree.ts';
import { verify } from '../../../src/sql/verify.ts';
import { parser, readOne } from './read.ts';

/** What stands in the text at each location of a tree. */
function placesOf(sql: string): string[] {
  const bytes = new TextEncoder().encode(sql);
  const places: string[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    else if (typeof value === 'object' && value !== null) {
      for (const [key, item] of Object.entries(value)) {
        if (key === 'location') places.push(new TextDecoder().decode(bytes.slice(Number(item))));
        else visit(item);
      }
    }
  };
  visit(readOne(sql));
  return places;
}

const startsOne = (places: readonly string[], piece: string): boolean =>
  places.some((place) => place.startsWith(piece));

describe('places of the tree are places of the text', () => {
  it.each([
    "WITH ä AS (UPSERT INTO tüü@{FORCE_INDEX=\"ïdx\"} VALUES (b'€', 1:::INT) RETURNING NOTHING) SELECT 'é', xcol FROM zzzz@\"ö\" INNER HASH JOIN yyyy ON true AS OF SYSTEM TIME '-1s' WHERE wwww = 'ß' LIMIT 7",
    "UPDATE tüü@ü SET xcol = 'é' WHERE wwww ORDER BY zzzz, 'ß' LIMIT 7:::INT",
  ])('%s', (sql) => {
    const places = placesOf(sql);
    const pieces = ['tüü@', 'xcol', "'é'", 'zzzz', 'wwww', "'ß'", '7', ...["b'€'", 'yyyy', "'-1s'"]];
    for (const piece of pieces.filter((one) => sql.includes(one)))
      expect([piece, startsOne(places, piece)]).toEqual([piece, true]);
    // No place but that of a node can be found, so none points into a form that was taken out.
    expect(startsOne(places, '@')).toBe(false);
    expect(startsOne(places, 'AS OF')).toBe(false);
  });

  it('each statement comes with its own slice of the text as it was sent', () => {
    const text =
      "BEGIN PRIORITY HIGH; UPSERT INTO ü VALUES (b'ä') ;; CREATE TABLE t (a INT, FAMILY (a)); SELECT 1::INT";
    expect(parser.parse(text, 'cockroachdb').map((one) => one.text)).toEqual([
      'BEGIN PRIORITY HIGH',
      "UPSERT INTO ü VALUES (b'ä') ",
      'CREATE TABLE t (a INT, FAMILY (a))',
      'SELECT 1::INT',
    ]);
  });
});

/** The template of a text, and whether its own literals fill it to a text that reads back. */
function templateOf(sql: string) {
  const shaped = shape(sql);
  const tree: Node = readOne(sql);
  const segments = printStatement(tree, { slotOf: findSlots(sql, shaped, tree), dialect: 'cockroachdb' });
  const slot = (index: number): string => {
    const found = shaped.slots[index];
    return found === undefined ? '' : sql.slice(found.start, found.end);
  };
  const text = verify(parser, { tree, segments, slot, parameterCount: 0, dialect: 'cockroachdb' });
  return { shaped, segments, text };
}

/** Where the literal of a slot stands in another text of the same shape. */
function extentIn(sql: string, index: number): [number, number] {
  const slot = shape(sql).slots[index];
  return [slot?.start ?? 0, slot?.end ?? 0];
}

const filled = (segments: ReturnType<typeof templateOf>['segments'], sql: string): string => {
  const { slots } = shape(sql);
  const slot = (index: number): string => {
    const found = slots[index];
    return found === undefined ? '' : sql.slice(found.start, found.end);
  };
  return render(segments, { slot, claim: () => '' });
};

describe('literals of the dialect', () => {
  it.each([
    ["SELECT a FROM t@idx WHERE b = 'x' AND c = 5", ['x', '5']],
    ["DELETE FROM t WHERE b = 'x' ORDER BY c LIMIT 3", ['x', '3']],
    ["SELECT 1:::INT, 'a':::STRING(3) FROM t", ['1', 'a']],
    ["SELECT a FROM t INNER HASH JOIN u ON b = 'ü' WHERE c = 'y'", ['ü', 'y']],
  ])('%s: what may be exchanged', (sql, values) => {
    const { segments, shaped } = templateOf(sql);
    const open = [...openSlots(segments)].map((index) => shaped.slots[index]);
    expect(open.map((slot) => sql.slice(slot?.start, slot?.end).replaceAll("'", ''))).toEqual(values);
  });

  it.each([
    "SELECT a FROM t AS OF SYSTEM TIME '-1s'",
    "SELECT a FROM t AS OF SYSTEM TIME with_max_staleness('10s')",
    "SELECT a FROM t AS OF SYSTEM TIME '-1s'::INTERVAL",
    "BEGIN AS OF SYSTEM TIME '-1s'",
    'SELECT a::STRING(3), b::DECIMAL(5, 2) FROM t ORDER BY 1',
  ])('%s: none may be exchanged', (sql) => {
    expect(openSlots(templateOf(sql).segments).size).toBe(0);
  });

  it.each(["SELECT b'x'", "SELECT x'00'", "SELECT B'01'", 'SELECT a FROM t@{NO_FULL_SCAN}'])(
    '%s is never cut apart',
    (sql) => {
      expect(shape(sql).slow).toBe(true);
    },
  );

  it('a template filled with other literals is the text that they would have had alone', () => {
    const sample = (at: number, items: readonly string[]): string => items[at % items.length] ?? '';
    const strings = ["'x'", "''", "'it''s'", "'\\'", "'--'", "'€'", "'a;b'", "'/*'", "'$1'", "'-1s'"];
    const numbers = ['1', '77', '0', '2147483647'];
    const forms = [
      (s: string, n: string) => `SELECT a, ${s} FROM t@idx WHERE b = ${s} AND c = ${n}:::INT LIMIT ${n}`,
      (s: string, n: string) =>
        `INSERT INTO t (a, b) VALUES (${n}, ${s}), (${n}, ${s}::STRING) RETURNING NOTHING`,
      (s: string, n: string) =>
        `UPDATE t SET a = ${s} WHERE b = ${n} ORDER BY c, ${s} LIMIT ${n} RETURNING a`,
      (s: string, n: string) => `DELETE FROM t@{NO_FULL_SCAN} WHERE a = ${s} LIMIT ${n}`,
      (s: string, n: string) =>
        `SELECT if(a = ${s}, ${n}, 2) FROM t LEFT MERGE JOIN u ON t.a = ${s} WHERE x = ANY (ARRAY[${n}, ${n}])`,
      (s: string, n: string) =>
        `SELECT a FROM t AS OF SYSTEM TIME '-1s' WHERE b = ${s} AND c IN (${n}, ${n})`,
      (s: string, n: string) =>
        `WITH x AS (SELECT ${s} AS a) SELECT a -> ${s}, (b || ${s}) LIKE ${s} FROM x OFFSET ${n}`,
    ];
    let compared = 0;
    for (const form of forms) {
      for (let at = 0; at < 40; at += 1) {
        const one = form(sample(at, strings), sample(at, numbers));
        const other = form(sample(at * 7 + 3, strings), sample(at * 5 + 1, numbers));
        if (shape(one).slow || shape(one).key !== shape(other).key) continue;
        const { segments, shaped } = templateOf(one);
        const open = openSlots(segments);
        const pinned = shaped.slots.filter((_, index) => !open.has(index));
        const isPinnedAlike = pinned.every(
          (slot) =>
            one.slice(slot.start, slot.end) === other.slice(...extentIn(other, shaped.slots.indexOf(slot))),
        );
        if (!isPinnedAlike) continue;
        expect(filled(segments, other)).toBe(templateOf(other).text);
        compared += 1;
      }
    }
    expect(compared).toBeGreaterThan(150);
  });
});
