/** Gateways to be fuzzed, one with TLS and one without, on one database; bugs that they log are kept. */
import { type Log, PooledUpstream } from '../../../src/gateway/index.ts';
import { makeVerifier } from '../../../src/pgwire/index.ts';
import { createAuthority, type PostgresDatabase, type TestDatabase } from '../../databases/index.ts';
import { as, loadShop } from '../../gateway/support/shop.ts';
import {
  LOOPBACK,
  type RunningGateway,
  serverOf,
  startGateway,
} from '../../gateway/support/start-gateway.ts';
import { WireClient } from '../../gateway/support/wire-client.ts';
import { SCRAM_USER } from './conversation.ts';
import { emptyFuzzFigures, type FuzzFigures, ProtocolFuzzer } from './protocol-fuzzer.ts';

const BOBS = 'SELECT id FROM notes ORDER BY id';
/** Conversations at a time: where there is but one session, one waits for the other anyway. */
const SIDE_BY_SIDE = { pglite: 2, postgres: 4 } as const;
/** A conversation may hold one until its client is ended. */
const POOL_WAIT_MS = 30_000;
const PASSWORD_SALT = Buffer.alloc(16, 3);

export interface FuzzResult {
  readonly figures: FuzzFigures;
  readonly complaints: readonly string[];
  readonly bugs: readonly string[];
}

export class Gateways {
  readonly #database: TestDatabase;
  readonly #gateways: readonly RunningGateway[];
  readonly #bugs: string[];
  #next = 0;

  private constructor(database: TestDatabase, gateways: readonly RunningGateway[], bugs: string[]) {
    this.#database = database;
    this.#gateways = gateways;
    this.#bugs = bugs;
  }

  /** `pool`: clients of each gateway share as many connections to the server. */
  static async start(database: TestDatabase, pool?: number): Promise<Gateways> {
    await loadShop(database);
    const bugs: string[] = [];
    const nothing = () => undefined;
    const log: Log = {
      debug: nothing,
      info: nothing,
      warn: nothing,
      error: (fields) => bugs.push(JSON.stringify(fields)),
    };
    const authentication = {
      ...LOOPBACK,
      users: new Map([
        ...LOOPBACK.users,
        [SCRAM_USER, { kind: 'scram', verifier: makeVerifier('nobody knows it', PASSWORD_SALT) }] as const,
      ]),
    };
    const { certificate: cert, key } = createAuthority().issue('localhost', '127.0.0.1');
    const options = () => ({ log, authentication, ...(pool === undefined ? {} : shared(database, pool)) });
    const plain = await startGateway(database, options());
    const tls = await startGateway(database, { ...options(), tls: { cert, key } });
    return new Gateways(database, [plain, tls], bugs);
  }

  /** Case by case from the last one on, until `isOver`. */
  async fuzz(
    seed: number,
    isOver: () => boolean,
    onCase: (number: number) => void = () => undefined,
  ): Promise<FuzzResult> {
    const complaints: string[] = [];
    const died = (error: unknown) => void complaints.push(`the process would have died: ${String(error)}`);
    process.on('uncaughtException', died).on('unhandledRejection', died);
    const fuzzers = this.#gateways.map(
      ({ port }) => new ProtocolFuzzer(port, seed, (text) => complaints.push(text)),
    );
    let isDone = false;
    const watching = this.#watch(() => isDone, complaints);
    const lane = async () => {
      while (!isOver() && complaints.length < 10) {
        const number = this.#next;
        this.#next += 1;
        onCase(number);
        await fuzzers[number % fuzzers.length]?.run(number);
      }
    };
    await Promise.all(Array.from({ length: SIDE_BY_SIDE[this.#database.kind] }, lane));
    isDone = true;
    await watching;
    process.off('uncaughtException', died).off('unhandledRejection', died);
    return { figures: summed(fuzzers.map(({ figures }) => figures)), complaints, bugs: this.#bugs };
  }

  /** Bob goes on with his work meanwhile, on one connection. */
  async #watch(isDone: () => boolean, complaints: string[]): Promise<void> {
    const client = await WireClient.login(this.#gateways[0]?.port ?? 0);
    while (!isDone()) {
      const seen = (await client.query(as('bob', BOBS))).join('|');
      if (seen !== 'columns id|row 3|SELECT 1|ready I') complaints.push(`bob meanwhile: ${seen}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    client.close();
  }

  async stop(): Promise<void> {
    for (const gateway of this.#gateways) await gateway.stop();
  }
}

function shared(database: TestDatabase, connectionsMax: number) {
  const options = { connectionsMax, waitMs: POOL_WAIT_MS };
  return { upstream: new PooledUpstream(serverOf(database as PostgresDatabase), 10_000, options) };
}

function summed(all: readonly FuzzFigures[]): FuzzFigures {
  const sum = emptyFuzzFigures();
  for (const figures of all)
    for (const name of Object.keys(sum) as (keyof FuzzFigures)[]) sum[name] += figures[name];
  return sum;
}
