import { mkdir } from 'node:fs/promises';
import type { PGlite } from '@electric-sql/pglite';
import { EmbeddedUpstream } from '../gateway/index.ts';
import { readAddress } from './address.ts';
import { CordonCommand } from './command.ts';
import { embeddedDatabase, runScripts } from './database.ts';
import { DEMO_FILES, demoEnvironment } from './demo-shop.ts';
import { type DialectOptions, dialectOf, withClientDialect } from './dialect.ts';
import { openEmbedded } from './embedded.ts';
import type { Exit } from './exit-code.ts';
import { readPolicy } from './mistakes.ts';
import { pinoLog } from './pino-log.ts';
import { readText } from './policy-file.ts';
import type { Terminal } from './terminal.ts';

interface DemoOptions extends DialectOptions {
  readonly listen: string;
  readonly data?: string;
  readonly logLevel: string;
}

const USUAL_ADDRESS = '127.0.0.1:26258';

/** `cordon demo`: a shop to try Cordon on. */
export function demoCommand(terminal: Terminal): CordonCommand {
  const command = new CordonCommand('demo')
    .summary('run a shop to try Cordon on')
    .description(
      'Starts an embedded Postgres with a small shop (two tenants, twelve people) and the gateway in front of it. The shop lives in ' +
        'memory and begins anew with each start, unless --data names a folder to keep it in. The policy is examples/demo/cordon.yaml. ' +
        'Tokens are signed with a secret made up on this machine; `cordon token alice` prints one.',
    );
  return withClientDialect(command as CordonCommand)
    .option('--listen <address>', 'HOST:PORT for clients', USUAL_ADDRESS)
    .option('--data <folder>', 'keep the shop in this folder')
    .option('--log-level <level>', 'error, warn, info or debug', 'warn')
    .example('cordon demo', `the shop in memory, on ${USUAL_ADDRESS}`)
    .example('cordon demo --data ./shop-data', 'the shop in a folder')
    .does((options: DemoOptions) => demo(terminal, options));
}

async function demo(terminal: Terminal, options: DemoOptions): Promise<Exit> {
  const listen = readAddress(options.listen);
  const log = pinoLog(options.logLevel);
  const policy = await readPolicy(terminal, DEMO_FILES.policy);
  const [pglite, environment] = await Promise.all([
    openShop(terminal, options.data),
    demoEnvironment(terminal),
  ]);
  const { listeningAt, startGateway } = await import('./run-gateway.ts');
  const gateway = await startGateway(quietly({ ...terminal, environment }), {
    policy,
    policyFile: DEMO_FILES.policy,
    control: embeddedDatabase(pglite),
    upstream: new EmbeddedUpstream(pglite, policy.schemas),
    listen,
    database: 'shop',
    log,
    clientAuth: 'trust',
    ...dialectOf(options),
    more: {},
  });
  for (const line of welcome(listeningAt(gateway), options.data)) terminal.print(line);
  await terminal.ended();
  await gateway.close();
  await pglite.close();
  return 'ok';
}

/** Services of the shop have no passwords unless somebody sets them, and nobody has to. */
function quietly(terminal: Terminal): Terminal {
  return { ...terminal, complain: () => undefined };
}

async function openShop(terminal: Terminal, folder: string | undefined): Promise<PGlite> {
  if (folder !== undefined) await mkdir(folder, { recursive: true });
  const pglite = await openEmbedded(terminal.stateDirectory, folder);
  const { rows } = await pglite.query<{ known: boolean }>(
    `SELECT pg_catalog.to_regclass('public.users') IS NOT NULL AS known`,
  );
  if (rows[0]?.known !== true)
    await runScripts(pglite, [await readText(DEMO_FILES.schema), await readText(DEMO_FILES.seed)]);
  return pglite;
}

function welcome(address: string, folder: string | undefined): readonly string[] {
  const url = `postgres://app@${address}/shop`;
  const at = address === USUAL_ADDRESS ? '' : ` --url ${url}`;
  return [
    `cordon ready ${url}`,
    '',
    `The shop lives in ${folder === undefined ? 'memory and begins anew with each start' : folder}. Try from a second terminal:`,
    '',
    '1. Alice sees herself whole, and of her colleagues the names:',
    `   npx cordon query${at} --as alice "SELECT name, email, password_hash FROM users"`,
    '2. Bob gets nothing of hers, however the statement is written:',
    `   npx cordon query${at} --as bob "SELECT * FROM orders WHERE tenant_id = 1 OR 1 = 1 LIMIT 5"`,
    '3. Any Postgres client will do, with a token before the statement:',
    `   psql ${url} -c "/*cordon:$(npx cordon token alice)*/ SELECT id, amount FROM orders LIMIT 5"`,
    '',
    'Ctrl-C ends it.',
  ];
}
