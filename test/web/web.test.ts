/** The plugins, in the real frameworks, over HTTP: the same facts for all three. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeWith, postgresRequirement, signToken } from '../databases/index.ts';
import { startExpress } from './express-server.ts';
import { startFastify } from './fastify-server.ts';
import { startHono } from './hono-server.ts';
import { bearer, idOf, openScene, PEOPLE, type Scene, tokenOf, type WebServer } from './scene.ts';

const FRAMEWORKS = [
  { name: 'Fastify', start: startFastify },
  { name: 'Express', start: startExpress },
  { name: 'Hono', start: startHono },
] as const;

const REQUESTS = 1000;
const AT_ONCE = 40;

const ALICE = tokenOf('alice');

describe.each(FRAMEWORKS)('$name', ({ start }) => {
  let scene: Scene;
  let server: WebServer;
  beforeAll(async () => {
    scene = await openScene();
    server = await start(scene);
  });
  afterAll(async () => {
    await server?.close();
    await scene?.cordon.close();
    await scene?.database.stop();
  });

  it('callers never mix', { timeout: 300_000 }, () => neverMix(server.url));

  const get = (path: string, init: RequestInit = {}) => fetch(`${server.url}${path}`, init);
  const who = async (init: RequestInit = {}) => (await (await get('/who', init)).json()) as unknown;
  const alice = [idOf('alice'), idOf('alice'), idOf('alice')];

  it('the caller is whom the token names, from the header and from the cookie', async () => {
    expect(await who(bearer(ALICE))).toEqual(alice);
    expect(await who({ headers: { authorization: `bearer   ${ALICE}` } })).toEqual(alice);
    expect(await who({ headers: { cookie: `theme=dark; session=${ALICE}` } })).toEqual(alice);
    expect(await who({ headers: { cookie: `session=${tokenOf('bob')}`, ...bearer(ALICE).headers } })).toEqual(
      alice,
    );
  });

  it('without a token the caller is nobody', async () => {
    for (const headers of [{}, { authorization: 'Basic YTpi' }, { cookie: 'session=; theme=dark' }]) {
      const answer = await get('/who', { headers: headers as Record<string, string> });
      expect([answer.status, await answer.json()]).toMatchObject([403, { code: 'CORDON_COMMAND_DENIED' }]);
    }
  });

  it('a token that does not hold is 401, and nothing of it is repeated', async () => {
    const expired = signToken({ sub: idOf('alice'), tenant: 1, region: 'eu-west-1', exp: 1 });
    const foreign = signToken(
      { sub: idOf('alice'), tenant: 1, region: 'eu-west-1' },
      'another secret, also long enough for it',
    );
    const partial = signToken({ sub: idOf('alice') });
    for (const token of [expired, foreign, partial, 'x', '', `${ALICE}x`]) {
      const answer = await get('/who', { headers: { authorization: `Bearer ${token}` } });
      const text = await answer.text();
      expect(answer.status, text).toBe(401);
      expect(answer.headers.get('content-type')).toBe('application/problem+json');
      expect(answer.headers.get('www-authenticate')).toBe('Bearer error="invalid_token"');
      expect(JSON.parse(text)).toEqual({
        type: 'about:blank',
        title: 'Unauthorized',
        status: 401,
        code: expect.stringMatching(/^CORDON_(TOKEN|CLAIM)_INVALID$/),
      });
    }
    expect((await get('/who', { headers: { cookie: 'session=x' } })).status).toBe(401);
  });

  it('what is read after a body has been sent is still the caller’s', async () => {
    const body = JSON.stringify({ padding: 'x'.repeat(90_000) });
    const headers = { authorization: `Bearer ${ALICE}`, 'content-type': 'application/json' };
    const answer = await fetch(`${server.url}/who`, { method: 'POST', headers, body });
    expect([answer.status, await answer.json()]).toEqual([200, alice]);
  });

  it('errors are problems: a status, a code, and no word of what happened', async () => {
    const problem = async (kind: string) => {
      const answer = await get(`/fail/${kind}`, bearer(ALICE));
      expect(answer.headers.get('content-type')).toBe('application/problem+json');
      const text = await answer.text();
      expect(text).not.toMatch(/alice|shop\.test|pg_shadow|eyJ| at /);
      return JSON.parse(text) as unknown;
    };
    const about = 'about:blank';
    expect(await problem('refused')).toEqual({
      type: about,
      title: 'Forbidden',
      status: 403,
      code: 'CORDON_RELATION_NOT_COVERED',
    });
    expect(await problem('unique')).toEqual({
      type: about,
      title: 'Conflict',
      status: 409,
      code: 'SQLSTATE_23505',
    });
    expect(await problem('data')).toEqual({
      type: about,
      title: 'Bad Request',
      status: 400,
      code: 'SQLSTATE_22P02',
    });
    expect(await problem('wrapped')).toEqual({
      type: about,
      title: 'Forbidden',
      status: 403,
      code: 'CORDON_RELATION_NOT_COVERED',
    });
    expect(await problem('other')).toEqual({ type: about, title: 'Internal Server Error', status: 500 });
    expect(await problem('exposed')).toEqual({
      type: about,
      title: 'Unprocessable Entity',
      status: 422,
      detail: 'the name is too short',
    });
    expect(server.log()).toContain('CORDON_RELATION_NOT_COVERED');
    expect(server.log()).not.toMatch(/alice|shop\.test|eyJ/);
  });

  it('a stream holds the caller’s rows, from the first to the last', async () => {
    const lines = (await (await get('/stream', bearer(ALICE))).text()).trim().split('\n');
    const [row] = await scene.database.query('SELECT count(*) FROM orders WHERE user_id = $1', [
      idOf('alice'),
    ]);
    expect(lines.length).toBe(Number(row?.count));
    expect(new Set(lines)).toEqual(new Set([idOf('alice')]));
  });

  it('a request that is broken off leaves nothing behind for the next one', async () => {
    const bob = [idOf('bob'), idOf('bob'), idOf('bob')];
    for (const path of ['/slow', '/stream', '/slow']) {
      const abort = new AbortController();
      const asked = get(path, { ...bearer(ALICE), signal: abort.signal });
      setTimeout(() => abort.abort(), 40);
      await asked.then((answer) => answer.text()).catch(() => undefined);
      expect(await who(bearer(tokenOf('bob')))).toEqual(bob);
    }
  });
});

describeWith([postgresRequirement()], 'with a pool of three connections to Postgres', () => {
  describe.each(FRAMEWORKS)('$name', ({ start }) => {
    let scene: Scene;
    let server: WebServer;
    beforeAll(async () => {
      scene = await openScene('postgres');
      server = await start(scene);
    });
    afterAll(async () => {
      await server?.close();
      await scene?.cordon.close();
      await scene?.database.stop();
    });
    it('callers never mix', { timeout: 300_000 }, () => neverMix(server.url));
  });
});

/** Requests of everyone, by GET and by POST, many at a time; each asks four times who it is. */
async function neverMix(url: string): Promise<void> {
  const tokens = PEOPLE.map((person) => ({ token: tokenOf(person), id: idOf(person) }));
  const body = JSON.stringify({ some: 'body' });
  let next = 0;
  let wrong = 0;
  const visitor = async () => {
    for (let n = next++; n < REQUESTS; n = next++) {
      const { token, id } = tokens[(n * 7) % tokens.length] ?? { token: '', id: '' };
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
      const answer = await fetch(`${url}/who`, n % 2 === 0 ? { headers } : { method: 'POST', headers, body });
      const seen = (await answer.json()) as unknown;
      if (JSON.stringify(seen) !== JSON.stringify([id, id, id])) wrong += 1;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, visitor));
  expect(wrong).toBe(0);
}
