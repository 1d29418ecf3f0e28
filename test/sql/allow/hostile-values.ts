/** Values of each built-in type at which functions fail: limits, infinities, empties, odd texts, deep and wide ones. */

const TEXTS = [
  '',
  ' ',
  'a',
  '%',
  '\\',
  'a\\',
  "'",
  '"',
  '-1',
  '0',
  'NaN',
  'null',
  'İıßŒǅ',
  '\u{1F468}\u200D\u{1F469}',
  'e\u0301',
  '\uFFFF',
  'x'.repeat(10_000),
  '[[[[',
  '(?=a)',
  '{}',
];

const NUMBERS = {
  int2: ['0', '1', '-1', '32767', '-32768'],
  int4: ['0', '1', '-1', '7', '64', '2147483647', '-2147483648'],
  int8: ['0', '1', '-1', '9223372036854775807', '-9223372036854775808', '4294967296'],
  float4: ['0', '-0', '1', '-1.5', '3.4e38', '-3.4e38', '1e-45', 'NaN', 'Infinity', '-Infinity'],
  float8: ['0', '-0', '1', '-1.5', '1.7e308', '-1.7e308', '5e-324', 'NaN', 'Infinity', '-Infinity'],
  numeric: [
    '0',
    '1',
    '-1.5',
    '0.0000',
    `9${'9'.repeat(4000)}.5`,
    `-0.${'0'.repeat(3000)}1`,
    'NaN',
    'Infinity',
    '-Infinity',
  ],
};

const TIMES = {
  date: ['2024-02-29', '0001-01-01 BC', '4713-01-01 BC', '5874897-12-31', 'infinity', '-infinity'],
  time: ['00:00', '24:00', '23:59:59.999999'],
  timetz: ['00:00+15:59', '24:00-15:59', '12:00Z'],
  timestamp: [
    '2024-02-29 12:00',
    '4713-01-01 00:00 BC',
    '294276-12-31 23:59:59.999999',
    'infinity',
    '-infinity',
  ],
  timestamptz: [
    '2024-02-29 12:00Z',
    '4713-01-01 00:00Z BC',
    '294276-12-31 23:59:59.999999Z',
    'infinity',
    '-infinity',
  ],
  interval: [
    '0',
    '1 day',
    '-178000000 years',
    '178000000 years',
    '1 mon -1 day 00:00:01',
    '2562047788:00:54.775807',
  ],
};

const RANGES = {
  int4range: ['empty', '[1,5)', '(,)', '[-2147483648,2147483647)'],
  int8range: ['empty', '[1,5)', '(,)', '[-9223372036854775808,9223372036854775807)'],
  numrange: ['empty', '[1.5,2]', '(,3)', '[NaN,NaN]', '[-Infinity,Infinity]'],
  daterange: ['empty', '[2024-01-01,2024-02-01)', '(,infinity]', '[4713-01-01 BC,5874897-12-31)'],
  tsrange: ['empty', '[2024-01-01,2024-02-01)', '(,infinity]'],
  tstzrange: ['empty', '[2024-01-01Z,2024-02-01Z)', '(,infinity]'],
};

const OTHERS = {
  bool: ['true', 'false'],
  bytea: ['', '\\x00', '\\xdeadbeef', `\\x${'ff'.repeat(5000)}`],
  char: ['', 'a', '\\377'],
  oid: ['0', '1259', '4294967295'],
  uuid: [
    '00000000-0000-0000-0000-000000000000',
    'ffffffff-ffff-ffff-ffff-ffffffffffff',
    '01890a5d-ac96-7b7c-8f2a-1f0000000000',
    'c232ab00-9414-11ec-b3c8-9e6bdeced846',
  ],
  money: ['0', '92233720368547758.07', '-92233720368547758.08'],
  json: ['null', '1', '"\\u0000"', '[1,2]', '{"a":1,"a":2}', `${'['.repeat(500)}${']'.repeat(500)}`],
  jsonb: [
    'null',
    '1e100',
    '"a"',
    '"\\ud83d\\ude00"',
    '[1,[2],{"a":null}]',
    '{"a":{"b":[1,2]},"":0,"0":1}',
    `${'['.repeat(500)}${']'.repeat(500)}`,
  ],
  inet: ['0.0.0.0/0', '255.255.255.255', '::/0', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', '10.0.0.1/8'],
  cidr: ['0.0.0.0/0', '10.0.0.0/8', '::/0'],
  macaddr: ['00:00:00:00:00:00', 'ff:ff:ff:ff:ff:ff'],
  macaddr8: ['00:00:00:00:00:00:00:00', 'ff:ff:ff:ff:ff:ff:ff:ff'],
  bit: ['', '0', '1', '10101010101'],
  varbit: ['', '0', '1', '10101010101'],
  tsvector: ['', "'a':1A 'b':2,16383B", "'x'"],
  tsquery: ['', "'a' & !'b'", "'a' <-> 'b' | 'c':*"],
  circle: ['<(0,0),0>', '<(1,1),1e200>', '<(NaN,0),1>', '<(1e308,1e308),1e308>'],
  lseg: ['[(0,0),(1,1)]', '[(1e308,-1e308),(-1e308,1e308)]', '[(NaN,0),(0,0)]'],
  pg_lsn: ['0/0', 'FFFFFFFF/FFFFFFFF'],
  xid: ['0', '3', '4294967295'],
  xid8: ['0', '3', '18446744073709551615'],
  cid: ['0', '4294967295'],
  tid: ['(0,0)', '(4294967295,65535)'],
};

const VALUES: Readonly<Record<string, readonly string[]>> = {
  ...NUMBERS,
  ...TIMES,
  ...RANGES,
  ...OTHERS,
  text: TEXTS,
  varchar: TEXTS,
  bpchar: TEXTS,
  name: TEXTS.filter((text) => text.length < 64),
  int2vector: ['', '1 2', '-1'],
  oidvector: ['', '1 2', '4294967295'],
  int4multirange: ['{}', '{[1,2),[5,)}'],
  int8multirange: ['{}', '{(,)}'],
  nummultirange: ['{}', '{[1,2],[NaN,)}'],
  datemultirange: ['{}', '{[2024-01-01,2024-02-01)}'],
  tsmultirange: ['{}', '{(,infinity]}'],
  tstzmultirange: ['{}', '{(,infinity]}'],
};

function quoteItem(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}

/** Texts of hostile values of a built-in type, by its name in `pg_type`; arrays are made of those of their element. */
export function hostileValues(type: string): readonly string[] {
  const own = VALUES[type];
  if (own !== undefined) return own;
  const items = VALUES[type.slice(1)];
  if (!type.startsWith('_') || items === undefined) throw new Error(`no hostile values for ${type}`);
  const list = items.map(quoteItem).join(',');
  return [
    '{}',
    '{NULL}',
    `{${list}}`,
    `{{${quoteItem(items[0] ?? '')}},{${quoteItem(items[1] ?? '')}}}`,
    `[-5:-5]={NULL}`,
  ];
}

/** Stand-ins for polymorphic types: each list is used as a whole, so that the types of a call fit each other. */
export const STAND_INS: readonly Readonly<Record<string, string>>[] = [
  {
    any: 'text',
    anyelement: 'int4',
    anyarray: '_int4',
    anyrange: 'int4range',
    anymultirange: 'int4multirange',
  },
  {
    any: 'numeric',
    anyelement: 'numeric',
    anyarray: '_text',
    anyrange: 'numrange',
    anymultirange: 'nummultirange',
  },
  {
    any: 'jsonb',
    anyelement: 'date',
    anyarray: '_jsonb',
    anyrange: 'daterange',
    anymultirange: 'datemultirange',
  },
  {
    any: 'timestamptz',
    anyelement: 'timestamptz',
    anyarray: '_timestamptz',
    anyrange: 'tstzrange',
    anymultirange: 'tstzmultirange',
  },
  {
    any: 'bytea',
    anyelement: 'int8',
    anyarray: '_numeric',
    anyrange: 'int8range',
    anymultirange: 'int8multirange',
  },
  {
    any: '_text',
    anyelement: 'timestamp',
    anyarray: '_uuid',
    anyrange: 'tsrange',
    anymultirange: 'tsmultirange',
  },
];
