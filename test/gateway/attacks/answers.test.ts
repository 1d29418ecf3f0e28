/** What the database says beside the rows, or says wrongly, does not reach the client. */
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { ServerUpstream } from '../../../src/gateway/index.ts';
import type { BackendMessage } from '../../../src/pgwire/index.ts';
import {
  describeWith,
  type PostgresDatabase,
  postgresRequirement,
  startPostgres,
} from '../../databases/index.ts';
import { ALICE, as, loadShop } from '../support/shop.ts';
import { type RunningGateway, serverOf, startGateway } from '../support/start-gateway.ts';
import { bind, describePortal, execute, parse, WireClient, words } from '../support/wire-client.ts';
import { MODES, say } from './modes.ts';
import { startTampering, type Tamper, type TamperingServer } from './tampering-server.ts';

const SECRET = 'bob@shop.test';

describeWith([postgresRequirement()], 'a database that says too much', () => {
  let database: PostgresDatabase;
  let tampering: TamperingServer;
  let running: RunningGateway;
  let client: WireClient;
  beforeAll(async () => {
    database = await startPostgres();
    await loadShop(database);
    tampering = await startTampering(database);
    const upstream = new ServerUpstream({ ...serverOf(database), port: tampering.port }, 10_000);
    running = await startGateway(database, { upstream });
  });
  afterAll(async () => {
    await running?.stop();
    await tampering?.stop();
    await database?.stop();
  });
  beforeEach(async () => {
    tampering.tamper = undefined;
    client = await WireClient.login(running.port);
    await client.query('SELECT 1');
    return () => client.close();
  });

  /** Puts messages in front of each message of a kind, once. */
  const before = (kind: BackendMessage['kind'], ...more: readonly (BackendMessage | Buffer)[]): Tamper => {
    let isDone = false;
    return (message) => {
      if (isDone || message.kind !== kind) return [message];
      isDone = true;
      return [...more, message];
    };
  };
  const seen = async (): Promise<readonly BackendMessage[]> => {
    const messages: BackendMessage[] = [];
    for (let message = await client.next(); message !== undefined; message = await client.next()) {
      messages.push(message);
      if (message.kind === 'ReadyForQuery') break;
    }
    return messages;
  };
  const report = (severity: string, code: string) => ({
    severity,
    severityPlain: severity,
    code,
    message: `duplicate key ${SECRET}`,
    detail: `Key (email)=(${SECRET}) already exists.`,
    hint: SECRET,
    where: SECRET,
    internalQuery: `SELECT '${SECRET}'`,
    schema: 'private',
    table: SECRET,
    column: SECRET,
    constraint: SECRET,
    dataType: SECRET,
    file: SECRET,
    routine: SECRET,
  });

  it.each(MODES)(
    'A156 an error: nothing but severity, code, the gateway’s words and hint (%s)',
    async (mode) => {
      for (const code of ['23505', '22P02', 'P0001', 'XX000', '40001', '0A000', '57014']) {
        tampering.tamper = (message) => {
          if (message.kind !== 'ErrorResponse') return [message];
          return [{ kind: 'ErrorResponse', fields: report('ERROR', code) }];
        };
        if (mode === 'simple') client.send({ kind: 'Query', text: 'SELECT 1 / 0' });
        else client.send(parse('SELECT 1 / 0'), bind(), execute(), { kind: 'Sync' });
        const messages = await seen();
        const error = messages.find(({ kind }) => kind === 'ErrorResponse');
        expect(JSON.stringify(messages)).not.toContain('bob');
        const allowed = ['code', 'hint', 'message', 'severity', 'severityPlain'];
        const fields = error?.kind === 'ErrorResponse' ? error.fields : undefined;
        expect(Object.keys(fields ?? {}).filter((key) => !allowed.includes(key))).toEqual([]);
        expect(fields?.code).toBe(code);
      }
    },
  );

  it('A156 an error that ends the connection tells no more', async () => {
    tampering.tamper = before('CommandComplete', { kind: 'ErrorResponse', fields: report('FATAL', '57P01') });
    client.send({ kind: 'Query', text: 'SELECT 1' });
    expect(JSON.stringify(await seen())).not.toContain('bob');
  });

  it.each(['00000', '01000', '42P07', '25P01', 'ZZZZZ'])(
    'A157 a notice with code %s carries none of its words',
    async (code) => {
      tampering.tamper = before('CommandComplete', {
        kind: 'NoticeResponse',
        fields: report('NOTICE', code),
      });
      client.send({ kind: 'Query', text: 'SELECT 1' });
      const messages = await seen();
      expect(JSON.stringify(messages)).not.toContain('bob');
      expect(words(messages).filter((word) => word.startsWith('NOTICE'))).toEqual([]);
    },
  );

  it('A157 a notice of a real trigger does not pass', async () => {
    await database.run(`CREATE OR REPLACE FUNCTION tell() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN RAISE NOTICE 'audit: % changed', (SELECT string_agg(body, ',') FROM notes); RETURN NEW; END $$;
      CREATE OR REPLACE TRIGGER tell BEFORE UPDATE ON goods FOR EACH ROW EXECUTE FUNCTION tell()`);
    for (const mode of MODES) {
      const messages = await say(client, mode, 'UPDATE goods SET price = price');
      expect(messages.filter((word) => !word.startsWith('ready'))).toEqual(['UPDATE 3']);
    }
    await database.run('DROP TRIGGER tell ON goods');
  });

  const row = (count: number): BackendMessage => ({
    kind: 'DataRow',
    values: Array.from({ length: count }, () => Buffer.from(SECRET)),
  });

  it.each([
    ['a row wider than described', before('CommandComplete', row(2))],
    ['a row narrower than described', before('CommandComplete', row(0))],
    ['a row behind the end of its statement', before('ReadyForQuery', row(1))],
    ['a description behind the end', before('ReadyForQuery', { kind: 'RowDescription', fields: [] })],
    [
      'COPY data that nobody asked for',
      before('CommandComplete', { kind: 'CopyData', data: Buffer.from(SECRET) }),
    ],
    [
      'a COPY that nobody asked for',
      before('CommandComplete', { kind: 'CopyOutResponse', format: 0, columnFormats: [] }),
    ],
    [
      'an invitation to COPY',
      before('CommandComplete', { kind: 'CopyInResponse', format: 0, columnFormats: [] }),
    ],
    ['an answer to another message', before('CommandComplete', { kind: 'ParseComplete' })],
    [
      'the result of a function',
      before('CommandComplete', { kind: 'FunctionCallResponse', value: Buffer.from(SECRET) }),
    ],
    ['a second end', before('ReadyForQuery', { kind: 'CommandComplete', tag: SECRET })],
    ['a message that does not exist', before('CommandComplete', Buffer.from('2300000004', 'hex'))],
    ['a question for a password', before('CommandComplete', { kind: 'AuthenticationCleartextPassword' })],
    [
      'a key to cancel by',
      before('CommandComplete', { kind: 'BackendKeyData', processId: 1, secretKey: Buffer.from(SECRET) }),
    ],
  ])('A158 %s ends both connections, without a value', async (_, tamper) => {
    tampering.tamper = tamper;
    client.send({ kind: 'Query', text: 'SELECT 1 AS one' });
    const messages = await client.untilClosed();
    expect(messages.join()).not.toContain('bob');
    expect(messages.at(-1)).toMatch(/^FATAL (08P01|XX000|08006)$/);
  });

  it('A158 in the extended protocol, once the statement was described', async () => {
    tampering.tamper = before('CommandComplete', row(2));
    client.send(parse('SELECT 1 AS one'), bind(), describePortal(), execute(), { kind: 'Sync' });
    const messages = await client.untilClosed();
    expect(messages.join()).not.toContain('bob');
    expect(messages.at(-1)).toBe('FATAL 08P01');
  });

  it('rows of a statement whose rows are the guard’s own do not pass, however many there are', async () => {
    tampering.tamper = before('CommandComplete', row(1), row(1));
    const text = `INSERT INTO notes (id, owner, body) VALUES (70, '${ALICE}', 'x')`;
    expect(await client.query(as('alice', text))).toEqual(['INSERT 0 1', 'ready I']);
  });

  it('A158 a row that nothing described ends both connections', async () => {
    tampering.tamper = before('CommandComplete', row(1));
    client.send({ kind: 'Query', text: as('alice', 'DELETE FROM notes WHERE id = 70') });
    expect(await client.untilClosed()).toEqual(['FATAL 08P01']);
  });

  it('A162 settings and notifications: a fixed list, and nothing else', async () => {
    tampering.tamper = before(
      'CommandComplete',
      ...[
        'session_authorization',
        'is_superuser',
        'server_version',
        'search_path',
        'cordon.token',
        'in_hot_standby',
      ].map((name) => ({ kind: 'ParameterStatus', name, value: SECRET }) as const),
      { kind: 'NotificationResponse', processId: 1, channel: 'shop', payload: SECRET },
    );
    expect(await client.query('SELECT 1')).toEqual(['columns ?column?', 'row 1', 'SELECT 1', 'ready I']);
    for (const text of [
      'LISTEN shop',
      `NOTIFY shop, '${SECRET}'`,
      'UNLISTEN shop',
      "SELECT pg_notify('shop', 'x')",
    ]) {
      expect((await client.query(text))[0]).toBe('ERROR 42501');
    }
  });

  it('a database that goes away in mid-transaction, mid-batch and mid-COPY is an error without a value', async () => {
    for (const messages of [
      [{ kind: 'Query', text: as('alice', 'BEGIN') } as const],
      [parse(as('alice', 'SELECT 1')), bind(), { kind: 'Flush' } as const],
      [{ kind: 'Query', text: 'COPY goods (id) FROM STDIN' } as const],
    ]) {
      const own = await WireClient.login(running.port, { parameters: { application_name: 'doomed' } });
      own.send(...messages);
      await own.next();
      await new Promise((resolve) => setTimeout(resolve, 100));
      await database.query(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'doomed'",
      );
      const told = await own.untilClosed();
      expect(told.filter((word) => word.startsWith('FATAL'))).toHaveLength(1);
      expect(told.at(-1)).toMatch(/^FATAL (57P01|08006)$/);
    }
    expect(await client.query('SELECT 1')).toContain('row 1');
  });
});
