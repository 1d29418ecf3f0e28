/** What every driver's session is asked for, so that two runs of it can be compared. */
export type Report = (name: string, value: unknown) => void;

/** A driver that runs inside the test. */
export interface DriverRun {
  readonly name: string;
  /** Everything the driver can do, on `schema.sql`. */
  session(url: string, report: Report): Promise<void>;
  /** The same questions under alice's token, bob's, and none, on the shop. */
  alice(url: string, tokens: Tokens, report: Report): Promise<void>;
}

export interface Tokens {
  readonly alice: string;
  readonly bob: string;
}

export const ALICE = 'a11ce000-0000-4000-8000-000000000001';
export const BOB = 'b0b00000-0000-4000-8000-000000000002';

/** One row of everything, for drivers that take JavaScript values. */
export const FULL = {
  label: 'full – ‘ünïcödé’ \\ \'quoted\' "double" $1 %s :x 日本 🐘',
  small: -32768,
  big: 9007199254740993n,
  amount: '123456.789',
  ratio: 0.1,
  flag: true,
  at: new Date('2024-02-29T23:59:59.123Z'),
  at_local: '1999-12-31 23:59:59',
  day: '2024-02-29',
  took: '3 days 04:00:05',
  raw: Buffer.from(Array.from({ length: 256 }, (_, byte) => byte)),
  docb: { k: ['v', 1, null, { ü: true }] },
  ref: ALICE,
  tags: ['a', 'b,c', 'd"e', ''],
  counts: [1, -2],
  note: 'twenty chars at most',
} as const;
