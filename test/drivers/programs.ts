/** Drivers that run as programs of their own, in the languages they are for. */
import { execFileSync, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type Requirement, requirement } from '../databases/index.ts';
import { type VirtualEnvironment, virtualEnvironment } from '../flask/virtual-environment.ts';
import { ALICE, type Report, type Tokens } from './driver.ts';
import { nodePostgres } from './node-postgres.ts';
import { postgresJs } from './postgres-js.ts';

/** What a session saw: a name and a value each. */
export type Line = readonly [name: string, value: unknown];

export interface Driver {
  readonly name: string;
  readonly requirement: Requirement;
  session(url: string): Promise<readonly Line[]>;
  alice(url: string, tokens: Tokens): Promise<readonly Line[]>;
}

const HERE = fileURLToPath(new URL('./', import.meta.url));
const sqlalchemy2 = virtualEnvironment('.venv');
const sqlalchemy14 = virtualEnvironment('.venv-1.4');

export const DRIVERS: readonly Driver[] = [
  psqlDriver(),
  pythonDriver('psycopg2', 'psycopg2_session.py', sqlalchemy2),
  pythonDriver('psycopg 3', 'psycopg3_session.py', sqlalchemy2),
  pythonDriver('asyncpg', 'asyncpg_session.py', sqlalchemy2),
  pythonDriver('SQLAlchemy 2 on psycopg2', 'sqlalchemy_session.py', sqlalchemy2, 'postgresql+psycopg2'),
  pythonDriver('SQLAlchemy 2 on psycopg 3', 'sqlalchemy_session.py', sqlalchemy2, 'postgresql+psycopg'),
  pythonDriver('SQLAlchemy 1.4 on psycopg2', 'sqlalchemy_session.py', sqlalchemy14, 'postgresql+psycopg2'),
  ...[nodePostgres, postgresJs].map(({ name, session, alice }) => ({
    name,
    requirement: requirement(name, undefined),
    session: (url: string) => collected((report) => session(url, report)),
    alice: (url: string, tokens: Tokens) => collected((report) => alice(url, tokens, report)),
  })),
  goDriver(),
];

/** What `\d` and its like show: psql's own reads of the catalog. */
export function describedByPsql(url: string): Promise<string> {
  return psql(['-f', `${HERE}psql/describe.sql`, url]);
}

function psqlDriver(): Driver {
  const ask = async (url: string, token: string | undefined, sql: string) => {
    const comment = token === undefined ? '' : `/*cordon:${token}*/ `;
    return (await psql(['-A', '-t', '-c', `${comment}${sql}`, url])).trim();
  };
  return {
    name: 'psql',
    requirement: programRequirement('psql', ['--version']),
    session: async (url) => {
      const text = await psql(['-e', '-f', `${HERE}psql/session.sql`, url]);
      return text.split('\n').map((line, index) => [String(index), line]);
    },
    alice: async (url, tokens) => [
      ['alice', (await ask(url, tokens.alice, 'SELECT DISTINCT user_id FROM orders')).split('\n')],
      [
        'foreign updates',
        tagCount(
          await ask(url, tokens.alice, `UPDATE profiles SET display_name = 'x' WHERE user_id <> '${ALICE}'`),
        ),
      ],
      ['bob', (await ask(url, tokens.bob, 'SELECT DISTINCT user_id FROM orders')).split('\n')],
      ['anonymous', Number(await ask(url, undefined, 'SELECT count(*) FROM products'))],
    ],
  };
}

function tagCount(tag: string): number {
  return Number(tag.split(' ').at(-1));
}

function pythonDriver(
  name: string,
  script: string,
  environment: VirtualEnvironment,
  scheme = 'postgres',
): Driver {
  const run = (...args: readonly string[]) => lines(environment.python, [`${HERE}python/${script}`, ...args]);
  const address = (url: string) => url.replace(/^postgres/, scheme);
  return {
    name,
    requirement: environment.requirement,
    session: (url) => run('session', address(url)),
    alice: (url, tokens) => run('alice', address(url), tokens.alice, tokens.bob),
  };
}

function goDriver(): Driver {
  const run = (...args: readonly string[]) => lines('go', ['run', '.', ...args], `${HERE}pgx`);
  return {
    name: 'pgx',
    requirement: programRequirement('go', ['version']),
    session: (url) => run('session', url),
    alice: (url, tokens) => run('alice', url, tokens.alice, tokens.bob),
  };
}

function programRequirement(program: string, args: readonly string[]): Requirement {
  try {
    execFileSync(program, args, { stdio: 'ignore' });
    return requirement(program, undefined);
  } catch {
    return requirement(program, 'it is not installed');
  }
}

async function collected(run: (report: Report) => Promise<void>): Promise<readonly Line[]> {
  const seen: Line[] = [];
  try {
    await run((name, value) => seen.push([name, structuredClone(value)]));
  } catch (error) {
    // The session ends here on both sides or on one: the comparison shows after which line.
    seen.push(['ended by an error', String(error)]);
  }
  return seen;
}

export async function lines(
  program: string,
  args: readonly string[],
  folder = HERE,
): Promise<readonly Line[]> {
  const text = await output(program, args, folder);
  return text.split('\n').filter(Boolean).map(parsed);
}

function parsed(line: string): Line {
  return line.startsWith('["') ? (JSON.parse(line) as Line) : ['', line];
}

/** What a program writes; its last words too if it fails. */
function output(program: string, args: readonly string[], folder = HERE): Promise<string> {
  return new Promise((resolve, reject) => {
    const env = {
      ...process.env,
      PYTHONDONTWRITEBYTECODE: '1',
      PYTHONIOENCODING: 'utf8',
      PYTHONWARNINGS: 'ignore',
      LC_ALL: 'C.UTF-8',
    };
    const child = spawn(program, [...args], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let text = '';
    let errors = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      errors += chunk;
    });
    child.once('error', reject);
    child.once('close', (code) => resolve(code === 0 ? text : `${text}${errors}\nexit code ${code}\n`));
  });
}

/** psql, with its errors among the rows where they belong. */
function psql(args: readonly string[]): Promise<string> {
  return output('sh', ['-c', 'exec psql -X "$@" 2>&1', 'psql', ...args]);
}
