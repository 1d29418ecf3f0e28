/** A small shop: notes that belong to a person, goods that belong to nobody, and a log that only the auditor reads. */
import { signToken, type TestDatabase } from '../../databases/index.ts';

export const ALICE = 'a11ce000-0000-4000-8000-000000000001';
export const BOB = 'b0b00000-0000-4000-8000-000000000002';

export const SCHEMA = `
DROP TABLE IF EXISTS notes, goods, audit;
CREATE TABLE notes (id int PRIMARY KEY, owner uuid NOT NULL, body text UNIQUE, secret text DEFAULT 'hidden');
CREATE TABLE goods (id int PRIMARY KEY, name text, price numeric(8, 2) CHECK (price >= 0), tags text[]);
CREATE TABLE audit (id int PRIMARY KEY, line text);
INSERT INTO notes (id, owner, body) VALUES
  (1, '${ALICE}', 'alice one'), (2, '${ALICE}', 'alice two'), (3, '${BOB}', 'bob one');
INSERT INTO goods VALUES (1, 'chair', 20, '{wood,"four legs"}'), (2, 'table', 80.5, '{}'), (3, NULL, NULL, NULL);
INSERT INTO audit VALUES (1, 'only the auditor reads this');
`;

export const POLICY = {
  version: 1,
  identity: {
    token: {
      issuer: 'shop',
      audience: 'cordon',
      algorithms: ['HS256'],
      secretEnv: 'CORDON_TOKEN_SECRET',
      clockToleranceSeconds: 0,
    },
    claims: { user: { from: 'sub', type: 'uuid' } },
    roles: { from: 'role', default: 'member' },
  },
  relations: {
    notes: {
      rules: [
        {
          for: 'member',
          rows: 'owner = :user',
          read: ['id', 'owner', 'body'],
          write: ['body'],
          insert: ['id', 'owner', 'body'],
          delete: true,
        },
        { for: 'auditor', rows: 'all', read: ['id', 'body'] },
      ],
    },
    goods: {
      rules: [
        {
          for: ['anonymous', 'member', 'auditor'],
          rows: 'all',
          read: 'all',
          write: 'all',
          insert: 'all',
          delete: true,
        },
      ],
    },
    audit: { rules: [{ for: 'auditor', rows: 'all', read: 'all' }] },
  },
};

export const tokens = {
  alice: signToken({ sub: ALICE }),
  bob: signToken({ sub: BOB }),
  auditor: signToken({ sub: ALICE, role: 'auditor' }),
};

/** The statement with the caller's token in front of it. */
export function as(person: keyof typeof tokens, text: string): string {
  return `/*cordon:${tokens[person]}*/ ${text}`;
}

export async function loadShop(database: TestDatabase): Promise<void> {
  await database.run(SCHEMA);
}
