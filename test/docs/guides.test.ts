import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { people } from '../../examples/demo/shop.ts';
import { describeWith, signToken, TOKEN_SECRET } from '../databases/index.ts';
import { ORMS, ormRequirement } from '../orms/orms.ts';
import { blocks, pathOf } from './markdown.ts';

const LOADER = ['--import', './scripts/typescript.mjs'];
const ENVIRONMENT = { ...process.env, CORDON_TOKEN_SECRET: TOKEN_SECRET };

describe.each(['fastify', 'express', 'hono'])('the code of docs/guide/%s.md', (name) => {
  let server: ChildProcess;
  let url = '';
  beforeAll(async () => {
    const options = { cwd: pathOf('.'), env: ENVIRONMENT };
    server = spawn(process.execPath, [...LOADER, `examples/guides/${name}.ts`], options);
    url = await readyUrl(server);
  });
  afterAll(() => void server?.kill());

  const ask = (path: string, person?: string) =>
    fetch(
      `${url}${path}`,
      person === undefined ? {} : { headers: { authorization: `Bearer ${tokenOf(person)}` } },
    );
  const orders = async (person: string) =>
    (await (await ask('/orders', person)).json()) as { id: string; user_id: string }[];

  it('answers each person with what is theirs, and nobody with nothing', { timeout: 60_000 }, async () => {
    const [alices, bobs] = [await orders('alice'), await orders('bob')];
    expect(new Set(alices.map((order) => order.user_id))).toEqual(
      new Set([people().get('alice')?.claims.sub]),
    );
    expect(new Set(bobs.map((order) => order.user_id))).toEqual(new Set([people().get('bob')?.claims.sub]));
    expect((await ask(`/orders/${alices[0]?.id}`, 'alice')).status).toBe(200);
    expect((await ask(`/orders/${bobs[0]?.id}`, 'alice')).status).toBe(404);
    const nobody = await ask('/orders');
    expect([nobody.status, await nobody.json()]).toMatchObject([
      403,
      { code: 'CORDON_RELATION_NOT_COVERED' },
    ]);
  });
});

const kysely = ORMS.filter(({ name }) => name === 'Kysely').map(ormRequirement);
describeWith(kysely, 'the program of docs/guide/orms.md', () => {
  it('prints what the guide says', { timeout: 180_000 }, async () => {
    const program = [...LOADER, 'test/orms/guide/two-callers.ts'];
    const { stdout } = await promisify(execFile)(process.execPath, program, {
      cwd: pathOf('.'),
      env: ENVIRONMENT,
    });
    const printed = blocks('docs/guide/orms.md').find(({ language }) => language === 'text');
    expect(stdout.trim()).toBe(printed?.text.trim());
  });
});

describe.each(['node', 'testing'])('the program of docs/guide/%s.md', (name) => {
  it('prints what the guide says', { timeout: 180_000 }, async () => {
    const program = [...LOADER, `examples/guides/${name}.ts`];
    const options = { cwd: pathOf('.'), env: ENVIRONMENT };
    const { stdout } = await promisify(execFile)(process.execPath, program, options);
    const printed = blocks(`docs/guide/${name}.md`).filter(({ language }) => language === 'text');
    expect(stdout.trim()).toBe(printed.map(({ text }) => text.trim()).join('\n'));
  });
});

function tokenOf(person: string): string {
  return signToken({ ...people().get(person)?.claims });
}

async function readyUrl(server: ChildProcess): Promise<string> {
  if (server.stdout === null) throw new Error('the server has no output');
  for await (const line of createInterface({ input: server.stdout })) {
    const url = /^ready (\S+)$/.exec(line)?.[1];
    if (url !== undefined) return url;
  }
  throw new Error('the server ended before it was ready');
}
