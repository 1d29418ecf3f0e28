/** Conversations that a client may well have: what the fuzzer starts from before it breaks them. */
import {
  encodeFrontend,
  encodeStartup,
  type FrontendMessage,
  ScramClient,
} from '../../../src/pgwire/index.ts';
import { as, tokens } from '../../gateway/support/shop.ts';
import {
  bind,
  closeStatement,
  describePortal,
  describeStatement,
  execute,
  parse,
} from '../../gateway/support/wire-client.ts';
import type { Dice } from '../../noninterference/dice.ts';

/** Bytes that are sent in one go. */
export interface Step {
  readonly bytes: Buffer;
  /** The client reads something before it goes on. */
  readonly waits?: boolean;
}

/** Who logs in with a password by SCRAM; nobody knows it here. */
export const SCRAM_USER = 'prover';

const NOTES = 'SELECT id, owner, body FROM notes ORDER BY id';

const TEXTS: readonly string[] = [
  '',
  ';',
  'SELECT 1',
  'SELECT 1; SELECT 2',
  NOTES,
  as('alice', NOTES),
  as('alice', `${NOTES}; SELECT 1 / 0; SELECT 2`),
  as('alice', 'BEGIN'),
  `SET cordon.token = '${tokens.alice}'`,
  `SET LOCAL cordon.token = '${tokens.alice}'`,
  'RESET cordon.token',
  'BEGIN',
  'COMMIT',
  'ROLLBACK',
  'SAVEPOINT s',
  'ROLLBACK TO s',
  'SELECT 1 / 0',
  'SELECT FROM WHERE',
  'SELECT line FROM audit',
  "UPDATE goods SET name = 'x' WHERE id = 2",
  'INSERT INTO goods (id) VALUES (1)',
  'SELECT * FROM goods',
  'SELECT * FROM generate_series(1, 2000)',
  'COPY goods TO STDOUT',
  'PREPARE p AS SELECT 1',
  'EXECUTE p',
  'DEALLOCATE ALL',
  'DISCARD ALL',
  'DECLARE c CURSOR FOR SELECT * FROM goods',
  'FETCH 2 FROM c',
  'LISTEN shop',
  'SHOW search_path',
  "SET search_path = 'pg_catalog'",
  'SET statement_timeout = 1000',
];

const query = (text: string): FrontendMessage => ({ kind: 'Query', text });
const SYNC: FrontendMessage = { kind: 'Sync' };
const FLUSH: FrontendMessage = { kind: 'Flush' };

type Part = (dice: Dice) => readonly FrontendMessage[];

const PARTS: readonly Part[] = [
  (dice) => [query(dice.pick(TEXTS))],
  (dice) => [query(dice.pick(TEXTS)), query(dice.pick(TEXTS))],
  (dice) => [parse(dice.pick(TEXTS)), bind(), execute(), SYNC],
  (dice) => [parse(dice.pick(TEXTS), 'named'), describeStatement('named'), SYNC],
  () => [
    bind([], { statement: 'named', portal: 'p' }),
    describePortal('p'),
    execute('p', 1),
    execute('p'),
    SYNC,
  ],
  () => [closeStatement('named'), { kind: 'Close', target: 'portal', name: 'p' }, SYNC],
  () => [parse(as('alice', 'SELECT body FROM notes WHERE id = $1')), bind(['1']), execute(), FLUSH, SYNC],
  () => [
    parse('SELECT $1::int + $2::int'),
    bind(['1', '2'], { formats: [0], results: [1] }),
    execute(),
    SYNC,
  ],
  // Errors one behind the other, and no Sync.
  (dice) => dice.some(5, () => [parse(dice.pick(TEXTS)), bind(), execute()]).flat(),
  (dice) => dice.some(6, () => parse('SELECT FROM WHERE')),
  () => [
    query('COPY goods (id, name) FROM STDIN'),
    { kind: 'CopyData', data: Buffer.from('91\tx\n92\t') },
    { kind: 'CopyData', data: Buffer.from('y\n\\.\n') },
    { kind: 'CopyDone' },
    query('DELETE FROM goods WHERE id > 3'),
  ],
  () => [
    query('COPY goods (id, name) FROM STDIN (FORMAT csv)'),
    { kind: 'CopyData', data: Buffer.from('91,"x') },
    { kind: 'CopyFail', reason: 'no more' },
  ],
  (dice) => [{ kind: 'CopyData', data: Buffer.alloc(dice.below(40_000), 0x61) }],
  () => [
    {
      kind: 'FunctionCall',
      function: 2078,
      argumentFormats: [],
      arguments: [Buffer.from('x')],
      resultFormat: 0,
    },
  ],
  () => [{ kind: 'PasswordMessage', password: tokens.alice }],
  () => [SYNC, SYNC, FLUSH],
  () => [{ kind: 'Terminate' }],
];

function startupMessage(user: string, more: Readonly<Record<string, string>> = {}, minor = 0): Step {
  const parameters = new Map([['user', user], ['database', 'shop'], ...Object.entries(more)]);
  return {
    bytes: encodeStartup({ kind: 'StartupMessage', minor, parameters, protocolOptions: new Map() }),
    waits: true,
  };
}

const asked = (kind: 'SSLRequest' | 'GSSENCRequest'): Step => ({
  bytes: encodeStartup({ kind }),
  waits: true,
});
const sent = (...messages: readonly FrontendMessage[]): Step => ({
  bytes: encodeFrontend(...messages),
  waits: true,
});

const LOGINS: readonly ((dice: Dice) => readonly Step[])[] = [
  () => [startupMessage('app')],
  () => [startupMessage('app')],
  () => [startupMessage('app')],
  () => [startupMessage('app', { application_name: 'fuzz', 'cordon.token': tokens.alice }, 2)],
  () => [startupMessage('app', { statement_timeout: '5000', DateStyle: 'ISO' })],
  () => [asked('SSLRequest'), startupMessage('app')],
  () => [asked('GSSENCRequest'), asked('SSLRequest'), startupMessage('app')],
  () => [startupMessage('somebody'), sent({ kind: 'PasswordMessage', password: tokens.alice })],
  () => [startupMessage('somebody'), sent({ kind: 'PasswordMessage', password: 'wrong' })],
  (dice) => {
    const scram = new ScramClient({ password: 'guess', nonce: `nonce${dice.below(1000)}` });
    const data = scram.first();
    const final = Buffer.from(`c=biws,r=nonce,p=${Buffer.alloc(32, dice.below(256)).toString('base64')}`);
    return [
      startupMessage(SCRAM_USER),
      sent({ kind: 'SASLInitialResponse', mechanism: 'SCRAM-SHA-256', data }),
      sent({ kind: 'SASLResponse', data: final }),
    ];
  },
  (dice) => [
    {
      bytes: encodeStartup({
        kind: 'CancelRequest',
        processId: dice.below(0xffff_ffff),
        secretKey: Buffer.alloc(4, dice.below(256)),
      }),
    },
  ],
];

/** A login and what follows it; each message is a step. */
export function conversation(dice: Dice): Step[] {
  const steps = [...dice.pick(LOGINS)(dice)];
  for (const messages of dice.some(4, () => dice.pick(PARTS)(dice)))
    for (const message of messages) steps.push({ bytes: encodeFrontend(message), waits: dice.chance(0.2) });
  return steps;
}
