import { generateKeyPairSync } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { dirname } from 'node:path';
import { exportJWK, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tokenKeys } from '../../src/cli/token-keys.ts';
import { TokenVerifier } from '../../src/guard/identity.ts';
import { loadPolicy } from '../../src/policy/index.ts';
import { scratchFile } from './run.ts';

const { privateKey, publicKey } = generateKeyPairSync('ed25519');

function policyWith(keys: string) {
  const text = `
version: 1
identity:
  token: { issuer: me, audience: cordon, ${keys} }
  claims: { user: { from: sub, type: int } }
relations: { t: { rules: [{ for: member, rows: "id = :user", read: all }] } }`;
  const { policy, mistakes } = loadPolicy(text);
  if (policy === undefined) throw new Error(mistakes.map(({ happened }) => happened).join('; '));
  return policy;
}

async function verifierFor(keys: string, file = '/nowhere/cordon.yaml', environment = {}) {
  const policy = policyWith(keys);
  const { token } = policy.identity;
  if (token === undefined) throw new Error('the policy declares no token');
  return new TokenVerifier({
    policy,
    keys: await tokenKeys(token, file, environment),
    now: () => Date.now(),
  });
}

function signed(): Promise<string> {
  return new SignJWT({ sub: '7' })
    .setProtectedHeader({ alg: 'EdDSA', kid: 'one' })
    .setIssuer('me')
    .setAudience('cordon')
    .setExpirationTime('1m')
    .sign(privateKey);
}

describe('keys of tokens', () => {
  let server: Server;
  let url: string;
  let asked = 0;

  beforeAll(async () => {
    const keys = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: 'one', alg: 'EdDSA' }] });
    server = createServer((_, response) => {
      asked += 1;
      response.setHeader('content-type', 'application/json').end(keys);
    });
    const port = await new Promise<number>((resolve) => {
      server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port));
    });
    url = `http://127.0.0.1:${port}/jwks.json`;
  });
  afterAll(() => void server.close());

  it('are fetched from the address of the issuer, once for many tokens', async () => {
    const verifier = await verifierFor(`jwks: "${url}"`);
    const [first, second] = await Promise.all([
      verifier.verify(await signed()),
      verifier.verify(await signed()),
    ]);
    expect([first.claims.get('user'), second.claims.get('user')]).toEqual(['7', '7']);
    expect(asked).toBe(1);
  });

  it('that cannot be fetched accept no token', async () => {
    const verifier = await verifierFor('jwks: "http://127.0.0.1:1/jwks.json"');
    await expect(verifier.verify(await signed())).rejects.toMatchObject({ code: 'CORDON_TOKEN_INVALID' });
  });

  it('are read from files beside the policy', async () => {
    const policyFile = scratchFile('cordon.yaml');
    const folder = dirname(policyFile);
    writeFileSync(`${folder}/key.pem`, publicKey.export({ type: 'spki', format: 'pem' }));
    writeFileSync(
      `${folder}/keys.json`,
      JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: 'one' }] }),
    );
    for (const keys of ['publicKey: ./key.pem', 'jwks: ./keys.json']) {
      const verifier = await verifierFor(keys, policyFile);
      expect((await verifier.verify(await signed())).claims.get('user')).toBe('7');
    }
  });

  it.each([
    ['a secret that is not set', 'secretEnv: TOKEN_SECRET', {}, /TOKEN_SECRET/],
    [
      'a secret that is too short',
      'secretEnv: TOKEN_SECRET',
      { TOKEN_SECRET: 'hunter2' },
      /shorter than 32 bytes/,
    ],
    ['a file that is not there', 'publicKey: ./key.pem', {}, /cannot be read: ENOENT/],
  ])('refuses %s when the gateway starts', async (_, keys, environment, told) => {
    await expect(verifierFor(keys, '/nowhere/cordon.yaml', environment)).rejects.toThrow(told);
  });
});
