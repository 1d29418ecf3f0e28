/**
 * The shop that the demo runs on. Its tokens are signed with a secret that is made up on this machine, so that a token
 * of one demo is of no use anywhere else.
 */
import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CordonError, safeJoin, safeName, safeText } from '../errors/index.ts';
import { systemReason } from './failure.ts';
import { readText, safePath } from './policy-file.ts';
import type { Terminal } from './terminal.ts';

/** The payload of a token. */
export type Claims = Readonly<Record<string, unknown>>;

const SHOP = fileURLToPath(new URL('../../examples/demo/', import.meta.url));

/** Files of the shop. */
export const DEMO_FILES = {
  policy: join(SHOP, 'cordon.yaml'),
  schema: join(SHOP, 'schema.sql'),
  seed: join(SHOP, 'seed.sql'),
  people: join(SHOP, 'people.json'),
} as const;

/** The environment variable that the policy of the shop takes its secret from. */
const SECRET_VARIABLE = 'CORDON_TOKEN_SECRET';

/** Claims of the people of the shop, by name. */
export async function readPeople(): Promise<ReadonlyMap<string, Claims>> {
  return new Map(Object.entries(JSON.parse(await readText(DEMO_FILES.people)) as Record<string, Claims>));
}

/** Claims of one person of the shop. */
export async function findPerson(name: string): Promise<Claims> {
  const people = await readPeople();
  const claims = people.get(name);
  if (claims !== undefined) return claims;
  const known = safeJoin([...people.keys()].map(safeName), ', ');
  throw new CordonError('CORDON_PERSON_UNKNOWN', { person: safeName(name), known });
}

/** The environment, with the secret of the shop in it: the user's own if there is one, else the one made up here. */
export async function demoEnvironment(terminal: Terminal): Promise<Terminal['environment']> {
  const given = terminal.environment[SECRET_VARIABLE];
  return { ...terminal.environment, [SECRET_VARIABLE]: given ?? (await keepSecret(terminal.stateDirectory)) };
}

/** The secret that tokens of the shop are signed with. */
export async function demoSecret(terminal: Terminal): Promise<string> {
  return (await demoEnvironment(terminal))[SECRET_VARIABLE] ?? '';
}

async function keepSecret(directory: string): Promise<string> {
  const file = join(directory, 'token-secret');
  try {
    await mkdir(directory, { recursive: true, mode: 0o700 });
    // `wx`: whoever comes first, `demo` or `token`, decides, and the other one reads.
    await writeFile(file, randomBytes(32).toString('base64url'), { flag: 'wx', mode: 0o600 });
  } catch (cause) {
    if ((cause as { code?: unknown }).code !== 'EEXIST') throw notKept(file, cause);
  }
  return readFile(file, 'utf8');
}

function notKept(file: string, cause: unknown): CordonError {
  const reason = safeJoin([safeText('it cannot be written either,'), systemReason(cause)], ' ');
  return new CordonError('CORDON_FILE_UNREADABLE', { file: safePath(file), reason }, { cause });
}
