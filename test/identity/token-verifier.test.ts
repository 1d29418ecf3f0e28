import { createHmac } from 'node:crypto';
import { exportJWK, exportSPKI, generateKeyPair, type JWTVerifyGetKey, SignJWT, UnsecuredJWT } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { CordonError } from '../../src/errors/index.ts';
import { type TokenKeys, TokenVerifier } from '../../src/guard/identity.ts';
import { load, policyWith } from '../policy/policies.ts';

const ALICE = 'a11ce000-0000-4000-8000-000000000001';
const SECRET = 'a secret of the tests, long enough for HS256';
const NOW = Date.UTC(2030, 0, 1);
const NOW_SECONDS = NOW / 1000;

function policyOf(token: Readonly<Record<string, unknown>>) {
  const claims = { user: { from: 'sub', type: 'uuid' } };
  return load(
    policyWith({}, { identity: { token: { issuer: 'shop', audience: 'cordon', ...token }, claims } }),
  );
}

const SHARED = policyOf({ secretEnv: 'S' });
const KEYS: TokenKeys = { kind: 'secret', secret: SECRET };

function verifier(options: Partial<ConstructorParameters<typeof TokenVerifier>[0]> = {}) {
  return new TokenVerifier({ policy: SHARED, keys: KEYS, now: () => NOW, ...options });
}

type Pair = Awaited<ReturnType<typeof generateKeyPair>>;
type SigningKey = Pair['privateKey'] | Uint8Array;

interface Claims {
  readonly [claim: string]: unknown;
}

const CLAIMS: Claims = { iss: 'shop', aud: 'cordon', sub: ALICE, exp: NOW_SECONDS + 60 };

function token(claims: Claims = CLAIMS, alg = 'HS256', key: SigningKey = Buffer.from(SECRET)) {
  return new SignJWT(claims).setProtectedHeader({ alg }).sign(key);
}

async function refusal(run: Promise<unknown>): Promise<string> {
  const error = await run.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof CordonError)) throw new Error('not refused');
  expect(error.cause).toBeUndefined();
  expect(`${error.message}${error.hint}${error.stack}`).not.toContain(ALICE);
  return error.message.replace('the token is not accepted: ', '');
}

describe('a token', () => {
  it('that is signed, in time and for us gives the principal', async () => {
    const principal = await verifier().verify(await token());
    expect(principal).toMatchObject({ role: 'member', claims: new Map([['user', ALICE]]) });
    expect(principal.expiresAtMs).toBe((NOW_SECONDS + 60 + 5) * 1000);
  });

  it('A108: without a signature is refused', async () => {
    const unsecured = new UnsecuredJWT(CLAIMS).encode();
    expect(await refusal(verifier().verify(unsecured))).toBe('it is not a signed token');
    const [header, payload] = unsecured.split('.');
    expect(await refusal(verifier().verify(`${header}.${payload}.AA`))).toBe('its algorithm is not accepted');
  });

  it.each<readonly [string, Claims, string]>([
    ['of another service', { ...CLAIMS, aud: 'other-service' }, 'it is for another audience'],
    ['of another issuer', { ...CLAIMS, iss: 'else' }, 'it is of another issuer'],
    ['without an audience', { ...CLAIMS, aud: undefined }, 'it is for another audience'],
    ['that expired', { ...CLAIMS, exp: NOW_SECONDS - 3600 }, 'it has expired'],
    ['that never expires', { ...CLAIMS, exp: undefined }, 'a claim of it is missing or wrong'],
    ['that does not hold yet', { ...CLAIMS, nbf: NOW_SECONDS + 60 }, 'it does not hold yet'],
  ])('A109: %s is refused', async (_name, claims, reason) => {
    expect(await refusal(verifier().verify(await token(claims)))).toBe(reason);
  });

  it('A107: with an empty identity is refused', async () => {
    expect(await refusal(verifier().verify(await token({ ...CLAIMS, sub: '' })))).toMatch(
      /^claim `user` is missing/,
    );
  });

  it('signed by another key, cut, or changed is refused', async () => {
    const other = await token(CLAIMS, 'HS256', Buffer.from('another secret of the tests, also long enough'));
    expect(await refusal(verifier().verify(other))).toBe('its signature does not hold');
    const good = await token();
    expect(await refusal(verifier().verify(good.slice(0, -4)))).toBe('its signature does not hold');
    const [header, , signature] = good.split('.');
    const payload = Buffer.from(JSON.stringify({ ...CLAIMS, role: 'x' })).toString('base64url');
    expect(await refusal(verifier().verify(`${header}.${payload}.${signature}`))).toBe(
      'its signature does not hold',
    );
  });

  it.each(['', 'x', 'a.b', 'a.b.c', 'a..c', 'a.b.c.d', 'é.b.c', '   '])(
    'that is none is refused: %j',
    async (text) => {
      expect(await refusal(verifier().verify(text))).toMatch(
        /^it (is not a signed token|cannot be verified)$/,
      );
    },
  );

  it('over 8 KB is refused unread', async () => {
    const large = await token({ ...CLAIMS, pad: 'x'.repeat(9000) });
    expect(await refusal(verifier().verify(large))).toBe('it is longer than 8 KB');
  });
});

describe('a remembered token', () => {
  it('is verified once', async () => {
    let asked = 0;
    const getKey: JWTVerifyGetKey = () => {
      asked += 1;
      return pair.publicKey;
    };
    const policy = policyOf({ publicKey: 'key.pem', algorithms: ['ES256'] });
    const checked = verifier({ policy, keys: { kind: 'resolver', getKey } });
    const text = await token(CLAIMS, 'ES256', pair.privateKey);
    const first = await checked.verify(text);
    expect(await checked.verify(text)).toBe(first);
    expect(checked.remembered(text)).toBe(first);
    expect(asked).toBe(1);
  });

  it('A110: is refused from the second it expires, with the tolerance of the policy', async () => {
    let now = NOW;
    const checked = verifier({ now: () => now });
    const text = await token();
    const principal = await checked.verify(text);
    now = NOW + 64_999;
    expect(await checked.verify(text)).toBe(principal);
    expect(checked.isExpired(principal)).toBe(false);
    now = NOW + 65_000;
    expect(checked.isExpired(principal)).toBe(true);
    expect(await refusal(checked.verify(text))).toBe('it has expired');
    expect(await refusal(checked.verify(text))).toBe('it has expired');
  });

  it('gives way to newer ones beyond the limit, the least used first', async () => {
    const checked = verifier({ cachedTokensMax: 2 });
    const texts = await Promise.all(['a', 'b', 'c'].map((jti) => token({ ...CLAIMS, jti })));
    const [a = '', b = '', c = ''] = texts;
    for (const text of [a, b, a, c]) await checked.verify(text);
    expect([a, b, c].map((text) => checked.remembered(text) !== undefined)).toEqual([true, false, true]);
  });

  it('that was refused is not remembered', async () => {
    const checked = verifier();
    const text = await token({ ...CLAIMS, aud: 'else' });
    await refusal(checked.verify(text));
    expect(checked.remembered(text)).toBeUndefined();
  });
});

let pair: Pair;
let other: Pair;
beforeAll(async () => {
  pair = await generateKeyPair('ES256', { extractable: true });
  other = await generateKeyPair('ES256', { extractable: true });
});

describe('keys', () => {
  const PUBLIC = policyOf({ publicKey: 'key.pem' });

  it('of a PEM file and of a key set verify what their private halves signed', async () => {
    const text = await token(CLAIMS, 'ES256', pair.privateKey);
    const pem = await exportSPKI(pair.publicKey);
    const jwk = { ...(await exportJWK(pair.publicKey)), alg: 'ES256', use: 'sig' };
    const sources: readonly TokenKeys[] = [
      { kind: 'public-key', pem },
      { kind: 'jwks', keys: { keys: [jwk] } },
    ];
    for (const keys of sources) {
      expect((await verifier({ policy: PUBLIC, keys }).verify(text)).claims.get('user')).toBe(ALICE);
      const foreign = await token(CLAIMS, 'ES256', other.privateKey);
      expect(await refusal(verifier({ policy: PUBLIC, keys }).verify(foreign))).toBe(
        'its signature does not hold',
      );
    }
  });

  it('that are public are never taken for a shared secret', async () => {
    const pem = await exportSPKI(pair.publicKey);
    const header = Buffer.from('{"alg":"HS256"}').toString('base64url');
    const signed = `${header}.${Buffer.from(JSON.stringify(CLAIMS)).toString('base64url')}`;
    const forged = `${signed}.${createHmac('sha256', pem).update(signed).digest('base64url')}`;
    const keys: TokenKeys = { kind: 'public-key', pem };
    expect(await refusal(verifier({ policy: PUBLIC, keys }).verify(forged))).toBe(
      'its algorithm is not accepted',
    );
    expect(() => verifier({ policy: SHARED, keys })).toThrow('does not fit the algorithms');
    expect(() => verifier({ policy: PUBLIC })).toThrow('does not fit the algorithms');
  });

  it.each<readonly [string, TokenKeys]>([
    ['a short secret', { kind: 'secret', secret: 'short' }],
    ['no PEM', { kind: 'public-key', pem: 'nothing' }],
    ['a private key', { kind: 'public-key', pem: '-----BEGIN PRIVATE KEY-----' }],
    ['no key set', { kind: 'jwks', keys: { keys: 'x' } as never }],
  ])('that cannot be are refused at the start: %s', (_name, keys) => {
    const policy = keys.kind === 'secret' ? SHARED : PUBLIC;
    expect(() => verifier({ policy, keys })).toThrow(CordonError);
  });

  it('are needed only where the policy has tokens', () => {
    expect(() => verifier({ policy: load('version: 1') })).toThrow('has no verifier');
  });
});
