/** Attacks that need the protocol: values at Bind, a caller that changes, settings that a hand-over must leave alone. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { EmbeddedUpstream, type Gateway, type Upstream } from '../../src/gateway/index.ts';
import {
  describeWith,
  type PostgresDatabase,
  postgresRequirement,
  requirement,
  startPglite,
  startPostgres,
} from '../databases/index.ts';
import { type Connection, embeddedConnection, message } from '../worlds/connection.ts';
import { PEOPLE, serverWorld, type World, worldIn } from '../worlds/world.ts';
import type { Person } from './case.ts';
import { WorldGuards } from './guarded.ts';
import { type Observation, observe } from './observation.ts';
import { connectTo, serverUpstream, startGateway, TOKENS } from './through-gateway.ts';

interface Bench {
  readonly world: World;
  readonly upstream: Upstream;
  readonly stop: () => Promise<void>;
}

const KINDS = [
  { kind: 'pglite', needs: requirement('pglite', undefined), start: embeddedBench },
  { kind: 'postgres', needs: postgresRequirement(), start: serverBench },
] as const;

async function embeddedBench(): Promise<Bench> {
  const { pglite, stop } = await startPglite();
  const world = await worldIn('a', embeddedConnection(pglite));
  return { world, upstream: new EmbeddedUpstream(pglite, ['public']), stop };
}

async function serverBench(): Promise<Bench> {
  const server: PostgresDatabase = await startPostgres();
  const world = await serverWorld('a', server);
  const stop = async () => {
    await world.stop();
    await server.stop();
  };
  return { world, upstream: serverUpstream(server, 'world_a'), stop };
}

for (const { kind, needs, start } of KINDS) {
  describeWith([needs], `attacks by the protocol, on ${kind}`, () => {
    let bench: Bench;
    let gateway: Gateway;
    let client: Connection;
    beforeAll(async () => {
      bench = await start();
      const guard = await new WorldGuards(bench.world).guardFor('shop', 'mask', false);
      gateway = await startGateway(guard, bench.upstream);
    });
    afterAll(async () => {
      await gateway.close();
      await bench.stop();
    });
    beforeEach(async () => {
      client = await connectTo(gateway);
    });
    afterEach(() => client.close());

    const as = (person: Person, text: string) => `/*cordon:${TOKENS[person]}*/ ${text}`;
    const query = async (text: string): Promise<Observation> => observe(await client.simple(text));
    const value = (text: string) => {
      const bytes = Buffer.from(text);
      const length = Buffer.alloc(4);
      length.writeInt32BE(bytes.length);
      return Buffer.concat([length, bytes]);
    };
    const bind = (name: string, ...values: readonly string[]) =>
      message('B', '', name, 0, values.length, ...values.map(value), 0);
    const run = async (...messages: readonly Uint8Array[]): Promise<Observation> =>
      observe(await client.send(...messages, message('S')));
    const execute = message('E', '', Buffer.alloc(4));

    it('A149 the owner comes at Bind', async () => {
      const text =
        "INSERT INTO orders (id, tenant_id, user_id, amount, crdb_region) VALUES (901, 1, $1, 5, 'eu-west-1')";
      const seen = await run(message('P', '', as('alice', text), 0), bind('', PEOPLE.bob), execute);
      expect(seen.error?.code).toBe('42501');
      expect((await query(as('bob', 'SELECT id FROM orders'))).rows).toBe('25');
    });

    it('A149.1 the parent of a new row comes at Bind', async () => {
      const text = 'INSERT INTO addresses (id, profile_id) VALUES ($1, $2)';
      for (const parent of ['21', '999999']) {
        const seen = await run(message('P', '', as('alice', text), 0), bind('', '901', parent), execute);
        expect(seen.error?.code).toBe('42501');
      }
    });

    it('A149.2 a claim is not a parameter that the client can bind', async () => {
      const text = 'SELECT id FROM orders WHERE id > $1';
      const seen = await run(
        message('P', '', as('alice', text), 0),
        bind('', '0', '2', 'us-east-1', PEOPLE.bob),
        execute,
      );
      expect(seen.error?.code).toBe('08P01');
      const further = await run(
        message('P', '', as('alice', 'SELECT id FROM orders WHERE id > $1 AND user_id = $4'), 0),
        bind('', '0'),
        execute,
      );
      expect(further.rows).toBe('');
    });

    it('A150 Describe shows the statement of the caller', async () => {
      const text = 'SELECT * FROM users WHERE email = $1';
      const answers = await client.send(
        message('P', 's', as('alice', text), 0),
        message('D', Buffer.from('S'), 's'),
        message('S'),
      );
      const parameters = answers.flatMap((answer) =>
        answer.kind === 'parameters' ? [answer.types.length] : [],
      );
      const names = answers.flatMap((answer) =>
        answer.kind === 'fields' ? answer.fields.map(({ name }) => name) : [],
      );
      expect([parameters, names]).toEqual([[1], ['id', 'email', 'password_hash', 'is_admin', 'reset_token']]);
    });

    it('A114, A169 a transaction has one caller, also by a statement that another one prepared', async () => {
      await client.send(message('P', 'orders', as('bob', 'SELECT id FROM orders'), 0), message('S'));
      await query(as('alice', 'BEGIN'));
      const prepared = await run(bind('orders'), execute);
      expect([prepared.rows, prepared.error?.code]).not.toEqual(['25', undefined]);
      expect((await query(as('bob', 'SELECT id FROM orders'))).error?.code).toBe('42501');
      await query('ROLLBACK');
    });

    it('A114.1 COMMIT AND CHAIN ends the transaction, and with it the caller', async () => {
      for (const end of ['COMMIT AND CHAIN', 'ROLLBACK AND CHAIN']) {
        for (const last of [end, as('alice', end)]) {
          await query(as('alice', 'BEGIN'));
          await query(last);
          const seen = await query('SELECT id FROM orders');
          expect([seen.error?.code, seen.rows]).toEqual(['42501', '']);
          await query('ROLLBACK');
        }
      }
    });

    it('A114.2 a caller set inside a savepoint is the caller of the transaction, and a rollback to it changes nothing', async () => {
      await query('BEGIN');
      await query('SAVEPOINT a');
      await query(`SET LOCAL cordon.token = '${TOKENS.alice}'`);
      expect((await query('SELECT id FROM orders')).rows).toBe('15');
      await query('ROLLBACK TO SAVEPOINT a');
      const seen = await query('SELECT id FROM orders');
      expect(['15', '']).toContain(seen.rows);
      expect((await query(as('bob', 'SELECT id FROM orders'))).error?.code).toBe('42501');
      await query('ROLLBACK');
    });

    it('A070 a cursor, a portal and a prepared statement of bob are not there for alice', async () => {
      await query(as('bob', 'BEGIN'));
      await query(as('bob', 'DECLARE c CURSOR FOR SELECT * FROM orders'));
      await query(as('bob', 'PREPARE q AS SELECT * FROM orders'));
      await query(as('bob', 'COMMIT'));
      expect((await query(as('alice', 'FETCH ALL FROM c'))).error?.code).toBe('34000');
      const seen = await query(as('alice', 'EXECUTE q'));
      expect(seen.text).not.toMatch(/4999|us-east-1/);
      expect((await query('EXECUTE q')).error?.code).toMatch(/^(26000|42501|28000)$/);
      await query('DEALLOCATE ALL');
    });

    it('A102 what wipes settings leaves those of the gateway in force', async () => {
      for (const wipe of [
        'RESET ALL',
        'DISCARD ALL',
        'RESET search_path',
        'SET search_path TO DEFAULT',
        'SET client_encoding TO DEFAULT',
        'RESET standard_conforming_strings',
        'ROLLBACK',
      ]) {
        await query(wipe);
        const seen = await query(
          as(
            'alice',
            "SELECT current_setting('search_path'), current_setting('standard_conforming_strings'), 'a\\'",
          ),
        );
        expect([wipe, seen.rows]).toEqual([wipe, expect.stringMatching(/^"?public"?,on,a\\$/)]);
      }
      expect((await query(as('alice', 'SELECT id FROM orders'))).rows).toBe('15');
    });

    it('A103 settings in the start-up message change nothing', async () => {
      const odd = connectTo(gateway, {
        options: `-c search_path=evil -c app.user_id=${PEOPLE.bob} -c row_security=off`,
      });
      const answers = await odd.then(async (connection) => {
        const seen = observe(
          await connection.simple(as('alice', "SELECT current_setting('search_path'), count(*) FROM orders")),
        );
        await connection.close();
        return seen;
      });
      expect(answers.rows).toMatch(/^(|"?public"?,1)$/);
    });

    it('A111 a token of bob further back in the text is no token', async () => {
      const texts = [
        as('alice', `SELECT id FROM orders /*cordon:${TOKENS.bob}*/`),
        `SELECT 1; ${as('bob', 'SELECT id FROM orders')}`,
        `-- x\n${as('bob', 'SELECT id FROM orders')}`,
        `/* x */ ${as('bob', 'SELECT id FROM orders')}`,
        `/*cordon:${TOKENS.alice}*/ ${as('bob', 'SELECT id FROM orders')}`,
        `; ${as('bob', 'SELECT id FROM orders')}`,
      ];
      for (const text of texts)
        expect([text.slice(0, 20), (await query(text)).rows]).not.toEqual([text.slice(0, 20), '25']);
    });

    it('A151 after a refusal the rest of the batch does not run', async () => {
      await run(
        message('P', '', as('alice', 'TRUNCATE orders'), 0),
        bind(''),
        execute,
        message('P', '', as('alice', 'DELETE FROM orders'), 0),
        bind(''),
        execute,
      );
      expect((await query(as('alice', 'SELECT id FROM orders'))).rows).toBe('15');
    });

    describe('in a pipeline of several units', () => {
      it('A112 each statement has the caller of its own token', async () => {
        const one = (person: Person) => [
          message('P', '', as(person, 'SELECT id FROM orders'), 0),
          bind(''),
          execute,
          message('S'),
        ];
        const answers = await client.send(...one('alice'));
        const others = await client.send(...one('bob'));
        expect([observe(answers).rows, observe(others).rows]).toEqual(['15', '25']);
      });
    });
  });
}
