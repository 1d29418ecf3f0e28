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
import { DOCUMENTED } from './documented-differences.ts';
import { type Recorded, readScript } from './recorded-script.ts';
import { WireClient } from './wire-client.ts';

const file = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const SCRIPT = readScript(readFileSync(file('allow-all.sql'), 'utf8'));

type Protocol = 'simple' | 'extended';

interface Way {
  readonly name: string;
  readonly protocol: Protocol;
  readonly send: (client: WireClient, recorded: Recorded) => Promise<readonly string[]>;
}

/** Rows for COPY go by the simple protocol, as every driver sends them. */
const extended =
  (format: 0 | 1): Way['send'] =>
  (client, { sql, copied }) =>
    copied === '' ? client.extended(sql, format) : client.simple(sql, copied);

const WAYS: readonly Way[] = [
  {
    name: 'the simple protocol',
    protocol: 'simple',
    send: (client, { sql, copied }) => client.simple(sql, copied),
  },
  { name: 'the extended protocol', protocol: 'extended', send: extended(0) },
  { name: 'the extended protocol, in binary', protocol: 'extended', send: extended(1) },
];

async function play(url: string, send: Way['send']): Promise<readonly (readonly string[])[]> {
  const client = await WireClient.connect(url);
  const answers: (readonly string[])[] = [];
  for (const recorded of SCRIPT) answers.push(await send(client, recorded));
  client.close();
  return answers;
}

/** Statements that are answered otherwise than is documented, with the first message that differs. */
function differences(
  straight: readonly (readonly string[])[],
  guarded: readonly (readonly string[])[],
  protocol: Protocol,
): readonly string[] {
  return SCRIPT.flatMap(({ line, sql }, index) => {
    const [without = [], through = []] = [straight[index], guarded[index]];
    const longer = without.length > through.length ? without : through;
    const at = longer.findIndex((_, place) => without[place] !== through[place]);
    const documented = DOCUMENTED.find(
      (known) => known.sql === sql && (known.protocol ?? protocol) === protocol,
    );
    const seen = at === -1 ? undefined : (through[at] ?? 'nothing more');
    if (seen === documented?.through) return [];
    return [
      `${line}: ${sql}\n  without Cordon: ${without[at]}\n  through Cordon: ${seen ?? 'the same, other than documented'}`,
    ];
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

    for (const { name, protocol, send } of WAYS) {
      it(`is answered the same with and without Cordon, in ${name}`, { timeout: 180_000 }, async () => {
        const straight = await play(await copyOfModel('straight'), send);
        const cordon = await startCordon({
          policy: file('allow-all.yaml'),
          upstream: await copyOfModel('guarded'),
        });
        const guarded = await play(cordon.url, send).finally(() => cordon.stop());
        expect(differences(straight, guarded, protocol)).toEqual([]);
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
