import type { FunctionEntry, OperatorEntry, TypeEntry } from './catalog.ts';
import { type CatalogRow, flagOf, numberOf, numberOrNone, numbersOf, textOf } from './row.ts';

/** Extensions by `catalog` and object number. */
export type ExtensionMembers = ReadonlyMap<string, string>;

export function readMembers(rows: readonly CatalogRow[]): ExtensionMembers {
  return new Map(
    rows.map((row) => [`${textOf(row, 'catalog')} ${textOf(row, 'object')}`, textOf(row, 'extension')]),
  );
}

const TYPE_KINDS: Readonly<Record<string, TypeEntry['kind']>> = {
  b: 'base',
  c: 'composite',
  d: 'domain',
  e: 'enum',
  m: 'multirange',
  p: 'pseudo',
  r: 'range',
};

export function readTypes(
  rows: readonly CatalogRow[],
  ranges: readonly CatalogRow[],
  members: ExtensionMembers,
): ReadonlyMap<number, TypeEntry> {
  const subtypes = new Map(ranges.map((row) => [numberOf(row, 'range'), numberOf(row, 'subtype')]));
  const arrays = new Set(rows.map((row) => numberOf(row, 'array')));
  const types = new Map<number, TypeEntry>();
  for (const row of rows) {
    const oid = numberOf(row, 'oid');
    const isArray = arrays.has(oid);
    const kind = isArray ? 'array' : (TYPE_KINDS[textOf(row, 'kind')] ?? 'pseudo');
    const element =
      kind === 'domain'
        ? numberOrNone(row, 'base')
        : isArray
          ? numberOrNone(row, 'element')
          : subtypes.get(oid);
    const name = textOf(row, 'name');
    const extension = members.get(`pg_type ${oid}`);
    types.set(oid, {
      oid,
      schema: textOf(row, 'schema'),
      name,
      kind,
      element,
      array: numberOrNone(row, 'array'),
      extension,
      ...labelsOf(row),
    });
  }
  return types;
}

function labelsOf(row: CatalogRow): Pick<TypeEntry, 'labels'> {
  const text = textOf(row, 'labels');
  return text === '' ? {} : { labels: JSON.parse(text) as readonly string[] };
}

const FUNCTION_KINDS: Readonly<Record<string, FunctionEntry['kind']>> = {
  a: 'aggregate',
  f: 'function',
  p: 'procedure',
  w: 'window',
};
const VOLATILITIES: Readonly<Record<string, FunctionEntry['volatility']>> = {
  i: 'immutable',
  s: 'stable',
  v: 'volatile',
};

export function readFunction(row: CatalogRow, members: ExtensionMembers): FunctionEntry {
  const oid = numberOf(row, 'oid');
  return {
    oid,
    schema: textOf(row, 'schema'),
    name: textOf(row, 'name'),
    // A kind of the future is a procedure: those are never called.
    kind: FUNCTION_KINDS[textOf(row, 'kind')] ?? 'procedure',
    args: numbersOf(row, 'args'),
    variadic: numberOrNone(row, 'variadic'),
    defaults: numberOf(row, 'defaults'),
    result: numberOf(row, 'result'),
    returnsSet: flagOf(row, 'returns_set'),
    strict: flagOf(row, 'strict'),
    volatility: VOLATILITIES[textOf(row, 'volatility')] ?? 'volatile',
    leakproof: flagOf(row, 'leakproof'),
    securityDefiner: flagOf(row, 'security_definer'),
    extension: members.get(`pg_proc ${oid}`),
  };
}

export function readOperator(
  row: CatalogRow,
  functions: ReadonlyMap<number, FunctionEntry>,
  members: ExtensionMembers,
): OperatorEntry {
  const oid = numberOf(row, 'oid');
  return {
    oid,
    schema: textOf(row, 'schema'),
    name: textOf(row, 'name'),
    left: numberOrNone(row, 'left'),
    right: numberOf(row, 'right'),
    result: numberOf(row, 'result'),
    leakproof: functions.get(numberOf(row, 'code'))?.leakproof ?? false,
    extension: members.get(`pg_operator ${oid}`),
  };
}
