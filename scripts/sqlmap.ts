/**
 * Lets sqlmap loose on the injectable routes of examples/flask-shop as alice, straight on the database and behind Cordon, and
 * prints what it brought home. Ends with 1 where something foreign came through Cordon.
 *
 *     npm run sqlmap -- [--route search] [--minutes 5]
 *
 * Needs sqlmap (Debian's package), a Postgres server's binaries, and examples/flask-shop/setup.sh.
 */
import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { people, tables } from '../examples/demo/shop.ts';
import {
  demoFile,
  loadShop,
  type PostgresDatabase,
  signToken,
  startCordon,
  startPostgres,
  TOKEN_SECRET,
} from '../test/databases/index.ts';
import { FlaskApp } from '../test/flask/flask-app.ts';
import { virtualEnvironment } from '../test/flask/virtual-environment.ts';

interface Route {
  readonly name: string;
  readonly path: string;
  readonly parameter: string;
}

const ROUTES: readonly Route[] = [
  { name: 'search', path: '/profiles?q=a', parameter: 'q' },
  { name: 'sort', path: '/orders?sort=amount', parameter: 'sort' },
];

/** Texts of at least this length are told apart from chance. */
const TELLING_LENGTH = 6;

const { values } = parseArgs({
  options: { route: { type: 'string' }, minutes: { type: 'string', default: '5' } },
});

interface Haul {
  readonly requests: number;
  readonly techniques: readonly string[];
  readonly tables: number;
  readonly rows: number;
  readonly foreign: number;
}

const alice = people().get('alice');
if (alice === undefined) throw new Error('the shop has no alice');

const texts = (rows: Iterable<Readonly<Record<string, unknown>>>): Set<string> =>
  new Set([...rows].flatMap((row) => Object.values(row).map((value) => String(value))));

/** What the shop holds and alice cannot read, however she asks. */
async function foreignTexts(url: string): Promise<readonly string[]> {
  const token = signToken({ ...alice?.claims });
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const visible = new Set<string>();
  try {
    for (const { name } of tables())
      for (const text of texts((await client.query(`/*cordon:${token}*/ SELECT * FROM ${name}`)).rows))
        visible.add(text);
  } finally {
    await client.end();
  }
  const all = tables().flatMap(({ rows }) => rows.flat().map(String));
  return [...new Set(all)].filter((text) => text.length >= TELLING_LENGTH && !visible.has(text));
}

/** Runs sqlmap to its end, or to the end of its time; what it says and what it wrote. */
async function attack(
  route: Route,
  url: string,
  cookie: string,
): Promise<{ readonly said: string; readonly dumped: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'cordon-sqlmap-'));
  const options = [
    '-u',
    `${url}${route.path}`,
    '--cookie',
    cookie,
    '-p',
    route.parameter,
    '--output-dir',
    folder,
  ];
  const how = [
    '--batch',
    '--flush-session',
    '--disable-coloring',
    '--dbms',
    'PostgreSQL',
    '--level',
    '2',
    '--risk',
    '2',
  ];
  const what = [
    '--threads',
    '4',
    '--time-sec',
    '1',
    '--current-user',
    '--is-dba',
    '--passwords',
    '-D',
    'public',
    '--tables',
    '--dump',
  ];
  const child = spawn('sqlmap', [...options, ...how, ...what, '-v', '1'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const timer = setTimeout(() => child.kill(), Number(values.minutes) * 60_000);
  await new Promise<void>((resolve, reject) => {
    child.once('error', () => reject(new Error('sqlmap cannot be run; on Debian: apt-get install sqlmap')));
    child.once('exit', () => resolve());
  });
  clearTimeout(timer);
  const dumped = await filesBelow(folder);
  await rm(folder, { recursive: true, force: true });
  return { said, dumped };
}

async function filesBelow(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && entry.name.endsWith('.csv'));
  const parts = await Promise.all(files.map((file) => readFile(join(file.parentPath, file.name), 'utf8')));
  return parts.join('\n');
}

function haulOf(said: string, dumped: string, foreign: readonly string[]): Haul {
  const found = `${said}\n${dumped}`;
  return {
    requests: Number(/with a total of (\d+) HTTP/.exec(said)?.[1] ?? 0),
    techniques: [...new Set([...said.matchAll(/^ {4}Type: (.+)$/gm)].map((match) => match[1] ?? ''))],
    tables: new Set([...said.matchAll(/^Table: (\S+)$/gm)].map((match) => match[1])).size,
    rows: [...said.matchAll(/^\[(\d+) entr(?:y|ies)\]$/gm)].reduce((sum, match) => sum + Number(match[1]), 0),
    foreign: foreign.filter((text) => found.includes(text)).length,
  };
}

async function haul(database: PostgresDatabase, route: Route, guarded: boolean): Promise<Haul> {
  const cordon = await startCordon({ policy: demoFile('cordon.yaml'), upstream: database.url });
  const app = await FlaskApp.start({
    environment: virtualEnvironment('.venv'),
    databaseUrl: (guarded ? cordon.url : database.url).replace(/^postgres/, 'postgresql+psycopg2'),
    ...(guarded ? { tokenSecret: TOKEN_SECRET } : {}),
  });
  try {
    const visitor = app.visitor();
    await visitor.post('/login', { email: 'alice@shop.test', password: alice?.password });
    const foreign = await foreignTexts(cordon.url);
    const { said, dumped } = await attack(route, app.url, visitor.cookie);
    if (process.env.CORDON_SQLMAP_LOG !== undefined) process.stderr.write(said);
    return haulOf(said, dumped, foreign);
  } finally {
    await app.stop();
    await cordon.stop();
  }
}

function line(cells: readonly (string | number)[]): void {
  process.stdout.write(`| ${cells.join(' | ')} |\n`);
}

line(['route', 'way', 'techniques found', 'tables dumped', 'rows printed', 'foreign values']);
line(Array<string>(6).fill('---'));
let leaked = 0;
for (const route of ROUTES.filter(({ name }) => values.route === undefined || name === values.route)) {
  for (const guarded of [false, true]) {
    const database = await startPostgres();
    await loadShop(database);
    const found = await haul(database, route, guarded).finally(() => database.stop());
    if (guarded) leaked += found.foreign;
    const way = guarded ? 'behind Cordon' : 'straight';
    line([route.name, way, found.techniques.join(', ') || 'none', found.tables, found.rows, found.foreign]);
  }
}
process.exitCode = leaked === 0 ? 0 : 1;
