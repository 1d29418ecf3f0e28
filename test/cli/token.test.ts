import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose';
import { describe, expect, it } from 'vitest';
import { cordon, scratchFile } from './run.ts';

const CLAIMS = '{"sub":"7","role":"member"}';

function keyFile(key: KeyObject): string {
  const file = scratchFile('key.pem');
  writeFileSync(file, key.export({ type: 'pkcs8', format: 'pem' }));
  return file;
}

describe('cordon token', () => {
  it('signs for a person of the demo, with the same secret each time', async () => {
    const [first, second] = [
      await cordon(['token', 'alice']),
      await cordon(['token', 'alice', '--expires', '15m']),
    ];
    expect(first).toMatchObject({ code: 0, err: '' });
    const claims = decodeJwt(second.out);
    expect(claims).toMatchObject({ iss: 'shop', aud: 'cordon', role: 'member', tenant: 1 });
    expect((claims.exp ?? 0) - (claims.iat ?? 0)).toBe(900);
  });

  it('takes the secret of the demo from the environment where it is set', async () => {
    const secret = 'a secret of at least thirty-two bytes';
    const { out } = await cordon(['token', 'bob'], { environment: { CORDON_TOKEN_SECRET: secret } });
    await expect(
      jwtVerify(out, new TextEncoder().encode(secret), { issuer: 'shop', audience: 'cordon' }),
    ).resolves.toBeDefined();
  });

  it.each([
    ['EdDSA', generateKeyPairSync('ed25519')],
    ['ES256', generateKeyPairSync('ec', { namedCurve: 'P-256' })],
    ['RS256', generateKeyPairSync('rsa', { modulusLength: 2048 })],
  ])('signs by %s where the key is of that kind', async (algorithm, { privateKey, publicKey }) => {
    const { code, out } = await cordon([
      'token',
      '--claims',
      CLAIMS,
      '--key',
      keyFile(privateKey),
      '--audience',
      'shop',
    ]);
    expect(code).toBe(0);
    expect(decodeProtectedHeader(out).alg).toBe(algorithm);
    await expect(jwtVerify(out, publicKey, { audience: 'shop' })).resolves.toMatchObject({
      payload: { sub: '7' },
    });
  });

  it('names the people it knows when it is asked for somebody else', async () => {
    const { code, err } = await cordon(['token', 'zoe']);
    expect(code).toBe(2);
    expect(err.split('\n')).toHaveLength(3);
    expect(err).toMatch(/^CORDON_PERSON_UNKNOWN\nnobody is called `zoe` in the demo\nuse one of alice, /);
  });

  it.each([
    [
      'claims that are not JSON',
      ['--claims', '{secret', '--key', keyFile(generateKeyPairSync('ed25519').privateKey)],
      'CORDON_CLAIMS_MALFORMED',
    ],
    ['claims that are no object', ['--claims', '["secret"]', '--key', 'x'], 'CORDON_CLAIMS_MALFORMED'],
    ['a key that is not there', ['--claims', CLAIMS, '--key', '/nowhere/key'], 'CORDON_FILE_UNREADABLE'],
    ['claims without a key', ['--claims', CLAIMS], 'CORDON_USAGE'],
    ['a duration without a unit', ['alice', '--expires', '15'], 'CORDON_USAGE'],
  ])('refuses %s, and repeats nothing of it', async (_, given, code) => {
    const ran = await cordon(['token', ...given]);
    expect(ran).toMatchObject({ code: 2, out: '' });
    expect(ran.err).toMatch(new RegExp(`^${code}\n`));
    expect(ran.err).not.toContain('secret');
  });

  it('refuses a secret that is too short for HS256', async () => {
    const file = scratchFile('secret');
    writeFileSync(file, 'short');
    const { code, err } = await cordon(['token', '--claims', CLAIMS, '--key', file]);
    expect(code).toBe(2);
    expect(err).toContain('shorter than 32 bytes');
    expect(err).not.toContain('short\n');
  });
});
