/** A policy without tokens: the application says who asks, and nobody else can. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cordon } from '../../src/node/index.ts';
import { loadPolicy } from '../../src/policy/index.ts';
import { type Embedded, embedded } from '../../src/testing/index.ts';
import { signToken, TOKEN_SECRET } from '../databases/index.ts';

const SCHEMA = 'CREATE TABLE notes (id int PRIMARY KEY, owner int NOT NULL, body text NOT NULL);';
const SEED = `INSERT INTO notes VALUES (1, 1, 'one'), (2, 2, 'two');`;
const POLICY = {
  version: 1,
  identity: { vouched: true, claims: { user: { from: 'sub', type: 'int' } } },
  relations: { notes: { rules: [{ for: 'member', rows: 'owner = :user', read: 'all' }] } },
} as const;

describe('a policy whose callers the application vouches for', { timeout: 120_000 }, () => {
  let db: Embedded;
  beforeAll(async () => {
    db = await embedded({ schema: SCHEMA, policy: POLICY as never, seed: SEED });
  });
  afterAll(() => db.close());

  const ids = async (caller: Parameters<Embedded['as']>[0]) =>
    (await db.as(caller).query('SELECT id FROM notes')).rows;

  it('serves the callers that it names, and nobody else', async () => {
    expect(await ids({ sub: '1' })).toEqual([{ id: 1 }]);
    expect(await ids({ sub: '2' })).toEqual([{ id: 2 }]);
    await expect(ids(undefined)).rejects.toMatchObject({ code: 'CORDON_RELATION_NOT_COVERED' });
    await expect(ids({ role: 'member' })).rejects.toMatchObject({ code: 'CORDON_CLAIM_INVALID' });
  });

  it('takes no token, whoever signed it and whatever keys are given', async () => {
    const token = signToken({ sub: '1' });
    await expect(db.as(token).query('SELECT 1')).rejects.toMatchObject({ code: 'CORDON_TOKEN_INVALID' });
    const keys = { kind: 'secret', secret: TOKEN_SECRET } as const;
    const pool = db.pglite as never;
    const other = await cordon({ policy: POLICY as never, pool, keys, watchEveryMs: 0 });
    await expect(other.verify(token)).rejects.toMatchObject({ code: 'CORDON_TOKEN_INVALID' });
  });

  it('declares no token beside', () => {
    const token = { issuer: 'shop', audience: 'shop', algorithms: ['HS256'], secretEnv: 'SECRET' };
    const { mistakes } = loadPolicy({ ...POLICY, identity: { ...POLICY.identity, token } });
    expect(mistakes?.map(({ code, path }) => `${code} ${path}`)).toEqual(['WRONG_VALUE identity.vouched']);
  });

  it('without the word its roles are nobody', () => {
    const { claims } = POLICY.identity;
    const { mistakes } = loadPolicy({ ...POLICY, identity: { claims } });
    expect(mistakes?.map(({ code }) => code)).toContain('UNKNOWN_ROLE');
  });
});
