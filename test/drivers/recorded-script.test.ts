import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  cordonRequirement,
  describeWith,
  type PostgresDatabase,
  postgresRequirement,
  startCordon,
  startPostgres,
} from '../databases/index.ts';
import { type Recorded, readScript } from './recorded-script.ts';
import { WireClient } from './wire-client.ts';

const file = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const SCRIPT = readScript(readFileSync(file('allow-all.sql'), 'utf8'));

/** Statements that Cordon answers otherwise, and why. */
const DOCUMENTED: ReadonlyMap<string, string> = new Map<string, string>([]);

type Send = (client: WireClient, recorded: Recorded) => Promise<readonly string[]>;

const PROTOCOLS: readonly { readonly name: string; readonly send: Send }[] = [
  { name: 'the simple protocol', send: (client, { sql, copied }) => client.simple(sql, copied) },
  { name: 'the extended protocol', send: (client, { sql, copied }) => client.extended(sql, copied) },
  {
    name: 'the extended protocol, in binary',
    send: (client, { sql, copied }) => client.extended(sql, copied, 1),
  },
];

async function play(url: string, send: Send): Promise<readonly (readonly string[])[]> {
  const client = await WireClient.connect(url);
  const answers: (readonly string[])[] = [];
  for (const recorded of SCRIPT) answers.push(await send(client, recorded));
  client.close();
  return answers;
}

/** Each statement that is answered otherwise, with the first message that differs. */
function differences(
  straight: readonly (readonly string[])[],
  guarded: readonly (readonly string[])[],
): readonly string[] {
  return SCRIPT.flatMap(({ line, sql }, index) => {
    const [without = [], through = []] = [straight[index], guarded[index]];
    const at = without.findIndex((message, place) => message !== through[place]);
    const first = at === -1 ? without.length : at;
    if (DOCUMENTED.has(sql) || (at === -1 && without.length === through.length)) return [];
    return [`${line}: ${sql}\n  without Cordon: ${without[first]}\n  through Cordon: ${through[first]}`];
  });
}

describe('the recorded script', () => {
  it('has several hundred statements', () => {
    expect(SCRIPT.length).toBeGreaterThan(300);
  });
});

describeWith(
  [postgresRequirement(), cordonRequirement()],
  'the recorded script, with a policy that opens everything',
  () => {
    let database: PostgresDatabase;
    beforeAll(async () => {
      database = await startPostgres({ database: 'model' });
      await database.run(readFileSync(file('schema.sql'), 'utf8'));
    });
    afterAll(() => database?.stop());

    for (const { name, send } of PROTOCOLS) {
      it(`is answered the same with and without Cordon, in ${name}`, { timeout: 180_000 }, async () => {
        const straight = await play(await copyOfModel('straight'), send);
        const cordon = await startCordon({
          policy: file('allow-all.yaml'),
          upstream: await copyOfModel('guarded'),
        });
        const guarded = await play(cordon.url, send).finally(() => cordon.stop());
        expect(differences(straight, guarded)).toEqual([]);
      });
    }

    /** Copies of one database have the same object ids, which RowDescription carries. */
    async function copyOfModel(name: string): Promise<string> {
      const model = database.url;
      const admin = await database.createDatabase('postgres');
      const client = await WireClient.connect(admin);
      await client.simple(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`, '');
      await client.simple(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'model'",
        '',
      );
      await client.simple(`CREATE DATABASE ${name} TEMPLATE model`, '');
      client.close();
      return model.replace(/model$/, name);
    }
  },
);
