/** Every short sequence of what can be said about the caller, in every way to send it: each answer is for the caller that holds there. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeDatabases } from '../databases/index.ts';
import { loadShop, tokens } from '../gateway/support/shop.ts';
import { type RunningGateway, startGateway } from '../gateway/support/start-gateway.ts';
import { bind, execute, parse, WireClient, words } from '../gateway/support/wire-client.ts';
import {
  ACTIONS,
  type Action,
  type Answer,
  IdentityModel,
  type Person,
  textOf,
} from './support/identity-model.ts';

/** `CORDON_TEST_IDENTITY_LENGTH=3` asks for all sequences of three; two and a read behind them are for every run. */
const LENGTH = Number(process.env.CORDON_TEST_IDENTITY_LENGTH ?? 2);
const READ: Action = { kind: 'read', token: undefined };
const ROWS: Readonly<Record<Person, string>> = { alice: 'row 1,row 2', bob: 'row 3' };

function sequences(length: number): readonly (readonly Action[])[] {
  if (length === 0) return [[]];
  return sequences(length - 1).flatMap((before) => ACTIONS.map((action) => [...before, action]));
}

/** What an answer says of the caller. */
function answerOf(seen: readonly string[]): Answer | 'mixed' {
  const rows = seen.filter((word) => word.startsWith('row ')).join(',');
  if (seen.some((word) => word.startsWith('ERROR'))) return rows === '' ? 'error' : 'mixed';
  if (rows === '') return seen.length === 0 ? 'skipped' : 'done';
  if (rows === ROWS.alice) return 'alice';
  return rows === ROWS.bob ? 'bob' : 'mixed';
}

/** A sequence as it was played: what the model says of it, and what was seen. */
interface Played {
  readonly actions: readonly Action[];
  readonly wanted: readonly string[];
  readonly seen: readonly string[];
}

const name = (actions: readonly Action[]): string =>
  actions
    .map((action) =>
      textOf(action)
        .replace(/[\w-]{40,}/g, '…')
        .replace(/…\.…/g, ''),
    )
    .join('; ');

describeDatabases('the caller at each place', (database) => {
  let running: RunningGateway;
  beforeAll(async () => {
    await loadShop(database());
    running = await startGateway(database());
  });
  afterAll(() => running?.stop());

  describe.each([
    ['nobody', undefined],
    ['alice', 'alice'],
  ] as const)('on a connection of %s', (_, base) => {
    const login = () =>
      WireClient.login(
        running.port,
        base === undefined ? {} : { parameters: { 'cordon.token': tokens[base] } },
      );

    /** The sequences that are answered otherwise than the model says. */
    const differences = async (
      play: (client: WireClient, model: IdentityModel, sequence: readonly Action[]) => Promise<Played>,
    ): Promise<readonly string[]> => {
      const client = await login();
      const found: string[] = [];
      for (const sequence of sequences(LENGTH)) {
        const { actions, wanted, seen } = await play(client, new IdentityModel(base), sequence);
        if (seen.join() !== wanted.join())
          found.push(`${name(actions)}: ${seen.join()} not ${wanted.join()}`);
        await client.query('ROLLBACK');
      }
      client.close();
      return found;
    };

    /** The same where each action, and a read behind them, is a unit of its own. */
    const differencesOfUnits = (
      answers: (client: WireClient, actions: readonly Action[]) => Promise<readonly string[]>,
    ) =>
      differences(async (client, model, sequence) => {
        const actions = [...sequence, READ];
        const wanted = actions.map((action) => model.step(action, 'units'));
        return { actions, wanted, seen: await answers(client, actions) };
      });

    it('holds for every sequence of statements by themselves', { timeout: 240_000 }, async () => {
      const found = await differencesOfUnits(async (client, actions) => {
        const seen: string[] = [];
        for (const action of actions) seen.push(answerOf((await client.query(textOf(action))).slice(0, -1)));
        return seen;
      });
      expect(found).toEqual([]);
    });

    it('holds for every sequence in batches of their own, sent at once', { timeout: 240_000 }, async () => {
      const found = await differencesOfUnits(async (client, actions) => {
        for (const action of actions) client.send(parse(textOf(action)), bind(), execute(), { kind: 'Sync' });
        const seen: string[] = [];
        for (const _action of actions) seen.push(answerOf(words(await client.untilReady()).slice(0, -1)));
        return seen;
      });
      expect(found).toEqual([]);
    });

    it('holds for every sequence in one batch, and behind it', { timeout: 240_000 }, async () => {
      const found = await differences(async (client, model, sequence) => {
        const wanted = sequence.map((action) => model.step(action, 'batch'));
        model.sync();
        const behind = model.step(READ, 'units');
        client.send(...sequence.flatMap((action) => [parse(textOf(action)), bind(), execute()]), {
          kind: 'Sync',
        });
        const seen = split(words(await client.untilReady()).slice(0, -1), sequence.length);
        const after = answerOf((await client.query(textOf(READ))).slice(0, -1));
        return { actions: sequence, wanted: [...wanted, behind], seen: [...seen, after] };
      });
      expect(found).toEqual([]);
    });
  });
});

/** The answers of a batch, statement by statement: each ends with its completion or an error, and what follows an error is skipped. */
function split(seen: readonly string[], count: number): readonly string[] {
  const answers: string[] = [];
  let own: string[] = [];
  for (const word of seen) {
    if (word === 'ParseComplete' || word === 'BindComplete' || word.startsWith('columns')) continue;
    own.push(word);
    if (word.startsWith('row ') || /^(?:NOTICE|WARNING|\w+=)/.test(word)) continue;
    answers.push(answerOf(own));
    own = [];
  }
  while (answers.length < count) answers.push('skipped');
  return answers;
}
