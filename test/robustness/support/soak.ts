/**
 * Two tenants and nobody, mixed on the connections of one gateway for as long as one likes: every answer is held against
 * what the tenant has written, row by row.
 *
 * Each worker has keys of its own in the relation of both tenants, so what it must see there is known exactly; among the
 * other rows it must see its tenant's alone.
 */
import { connect } from 'node:net';
import { encodeStartup } from '../../../src/pgwire/index.ts';
import { signToken } from '../../databases/index.ts';
import { ALICE, BOB } from '../../gateway/support/shop.ts';
import { bind, execute, parse, WireClient, words } from '../../gateway/support/wire-client.ts';
import { Dice } from '../../noninterference/dice.ts';

type Tenant = 'alice' | 'bob';

const OWNERS: Readonly<Record<Tenant, string>> = { alice: ALICE, bob: BOB };
/** Tokens of an hour end before a soak of an hour does. */
const DAY_SECONDS = 24 * 60 * 60;
const exp = Math.floor(Date.now() / 1000) + DAY_SECONDS;
const tokens: Readonly<Record<Tenant, string>> = {
  alice: signToken({ sub: ALICE, exp }),
  bob: signToken({ sub: BOB, exp }),
};
const TENANTS = ['alice', 'bob'] as const;
/** How many rows of a tenant a worker keeps at most. */
const ROWS_MAX = 12;
/** Keys of a worker begin here, and lie within as many. */
const KEYS = 1_000_000;
const ZONES = ['Asia/Tokyo', 'America/Caracas', 'UTC'] as const;
const OWN_NOTES = 'SELECT id, owner, body FROM notes WHERE id >= $1';
const LONG_QUERY = 'SELECT count(*) FROM generate_series(1, 3000000)';

export interface SoakFigures {
  queries: number;
  transactions: number;
  /** Uses of a statement that is prepared once for both tenants. */
  named: number;
  settings: number;
  reconnects: number;
  cancels: number;
  errors: number;
  /** Rows of somebody else. */
  foreign: number;
  /** Answers that differ from what was written. */
  wrong: number;
}

export interface SoakOptions {
  readonly port: number;
  readonly seed: number;
  readonly workers: number;
  /** Whether a statement can be cancelled: the embedded database cannot be interrupted. */
  readonly cancels: boolean;
  /** How many steps all workers together take in a second at most; a step is one to a dozen statements. */
  readonly stepsPerSecond?: number | undefined;
}

/** Runs until `isOver`; the first answers that were wrong are told to `complain`. */
export async function soak(
  options: SoakOptions,
  isOver: () => boolean,
  complain: (text: string) => void,
  figures: SoakFigures = emptyFigures(),
): Promise<SoakFigures> {
  const { workers, seed } = options;
  const running = Array.from({ length: workers }, (_, index) =>
    new Worker(options, index + 1, new Dice(seed * 1000 + index), figures, complain).run(isOver),
  );
  await Promise.all(running);
  return figures;
}

export function emptyFigures(): SoakFigures {
  return {
    queries: 0,
    transactions: 0,
    named: 0,
    settings: 0,
    reconnects: 0,
    cancels: 0,
    errors: 0,
    foreign: 0,
    wrong: 0,
  };
}

type Rows = ReadonlyMap<number, string>;

class Worker {
  readonly #options: SoakOptions;
  readonly #number: number;
  readonly #dice: Dice;
  readonly #figures: SoakFigures;
  readonly #complain: (text: string) => void;
  /** What each tenant has committed under this worker's keys. */
  readonly #rows: Record<Tenant, Rows> = { alice: new Map(), bob: new Map() };
  #client: WireClient | undefined;
  #key: { readonly processId: number; readonly secretKey: Buffer } | undefined;
  #count = 0;
  /** What the session of this client has: whether its named statement is prepared, and its time zone as far as it is known. */
  #hasPrepared = false;
  #zone: string | undefined;

  constructor(
    options: SoakOptions,
    number: number,
    dice: Dice,
    figures: SoakFigures,
    complain: (text: string) => void,
  ) {
    this.#options = options;
    this.#number = number;
    this.#dice = dice;
    this.#figures = figures;
    this.#complain = complain;
  }

  async run(isOver: () => boolean): Promise<void> {
    while (!isOver()) {
      const started = performance.now();
      await this.#step();
      await this.#rest(started);
    }
    this.#client?.close();
  }

  async #rest(started: number): Promise<void> {
    const { stepsPerSecond, workers } = this.#options;
    if (stepsPerSecond === undefined) return;
    const until = started + ((workers * 1000) / stepsPerSecond) * (0.5 + this.#dice.next());
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, until - performance.now())));
  }

  async #step(): Promise<void> {
    const dice = this.#dice;
    this.#client ??= await this.#login();
    const tenant = dice.pick(TENANTS);
    const choice = dice.next();
    if (choice < 0.15) await this.#read(tenant);
    else if (choice < 0.22) await this.#readByParse(tenant);
    else if (choice < 0.3) await this.#readByName(tenant);
    else if (choice < 0.35) await this.#set(tenant);
    else if (choice < 0.45) await this.#askAsNobody();
    else if (choice < 0.55) await this.#fail(tenant);
    else if (choice < 0.58) await this.#cancel(tenant);
    else if (choice < 0.62) await this.#vanish(tenant);
    else await this.#transact(tenant);
  }

  async #login(): Promise<WireClient> {
    const client = WireClient.open(this.#options.port).startUp();
    const messages = await client.untilReady();
    this.#key = messages.find((message) => message.kind === 'BackendKeyData');
    return client;
  }

  #drop(): void {
    this.#client?.close();
    this.#client = undefined;
    this.#hasPrepared = false;
    this.#zone = undefined;
    this.#figures.reconnects += 1;
  }

  async #ask(text: string): Promise<readonly string[]> {
    this.#figures.queries += 1;
    return (await this.#client?.query(text)) ?? [];
  }

  #answered(of: Tenant, what: string, seen: readonly string[], wanted: readonly string[]): void {
    if (JSON.stringify(seen) === JSON.stringify(wanted)) return;
    this.#figures.wrong += 1;
    this.#complain(
      `worker ${this.#number}, ${of}, ${what}: ${seen.join(' | ')} instead of ${wanted.join(' | ')}`,
    );
  }

  /** All rows that the tenant sees, with the tenant's own among this worker's keys exactly. */
  #check(tenant: Tenant, seen: readonly string[], rows: Rows, status: 'I' | 'T'): void {
    const own: string[] = [];
    for (const word of seen) {
      if (!word.startsWith('row ')) continue;
      const [id = '', owner, body = ''] = word.slice(4).split(',');
      if (owner !== OWNERS[tenant] || !body.startsWith(tenant)) {
        this.#figures.foreign += 1;
        this.#complain(`worker ${this.#number} sees as ${tenant}: ${word}`);
      }
      if (Math.floor(Number(id) / KEYS) === this.#number) own.push(`${id},${body}`);
    }
    const wanted = [...rows].map(([id, body]) => `${id},${body}`).sort();
    this.#answered(tenant, 'rows', own.sort(), wanted);
    this.#answered(tenant, 'end', seen.slice(-1), [`ready ${status}`]);
  }

  async #read(tenant: Tenant): Promise<void> {
    const seen = await this.#ask(`/*cordon:${tokens[tenant]}*/ SELECT id, owner, body FROM notes`);
    this.#check(tenant, seen, this.#rows[tenant], 'I');
  }

  async #readByParse(tenant: Tenant): Promise<void> {
    this.#figures.queries += 1;
    const text = `/*cordon:${tokens[tenant]}*/ SELECT id, owner, body FROM notes WHERE id >= $1`;
    const seen = (await this.#client?.batch(parse(text), bind(['0']), execute())) ?? [];
    this.#check(tenant, seen, this.#rows[tenant], 'I');
  }

  /** A statement that is prepared once for both tenants. */
  async #readByName(tenant: Tenant): Promise<void> {
    this.#figures.named += 1;
    await this.#ask(`/*cordon:${tokens[tenant]}*/ BEGIN`);
    this.#figures.queries += 1;
    const asked = [bind(['0'], { statement: 'own' }), execute()];
    const messages = this.#hasPrepared ? asked : [parse(OWN_NOTES, 'own'), ...asked];
    this.#hasPrepared = true;
    this.#check(tenant, (await this.#client?.batch(...messages)) ?? [], this.#rows[tenant], 'T');
    this.#answered(tenant, 'end', await this.#ask('COMMIT'), ['COMMIT', 'ready I']);
    this.#figures.queries += 1;
    const asNobody = (await this.#client?.batch(...asked)) ?? [];
    this.#answered(tenant, 'nobody', asNobody, ['ERROR 42501', 'ready I']);
  }

  /** The time zone of the session is what this client has set, and a ROLLBACK takes back what it set since. */
  async #set(tenant: Tenant): Promise<void> {
    this.#figures.settings += 1;
    const seen = await this.#shownZone();
    this.#zone ??= seen;
    this.#answered(tenant, 'time zone', [seen], [this.#zone]);
    const zone = this.#dice.pick(ZONES);
    const keeps = this.#dice.chance(0.7);
    if (!keeps) await this.#ask('BEGIN');
    await this.#ask(`SET TimeZone = '${zone}'`);
    if (keeps) this.#zone = zone;
    this.#answered(tenant, 'time zone', [await this.#shownZone()], [zone]);
    if (!keeps) await this.#ask('ROLLBACK');
    this.#answered(tenant, 'time zone', [await this.#shownZone()], [this.#zone]);
  }

  async #shownZone(): Promise<string> {
    const seen = await this.#ask('SHOW TimeZone');
    return seen.find((word) => word.startsWith('row '))?.slice(4) ?? seen.join(' | ');
  }

  async #askAsNobody(): Promise<void> {
    this.#answered('alice', 'nobody', await this.#ask('SELECT id FROM notes'), ['ERROR 42501', 'ready I']);
    const goods = await this.#ask('SELECT id FROM goods ORDER BY id');
    this.#answered('alice', 'goods', goods.slice(1), ['row 1', 'row 2', 'row 3', 'SELECT 3', 'ready I']);
  }

  async #fail(tenant: Tenant): Promise<void> {
    const other = tenant === 'alice' ? 'bob' : 'alice';
    const comment = `/*cordon:${tokens[tenant]}*/`;
    const key = this.#newKey();
    const [text, code] = this.#dice.pick([
      ['SELECT 1 / 0', '22012'],
      [`INSERT INTO notes (id, owner, body) VALUES (${key}, '${OWNERS[other]}', '${other} stolen')`, '42501'],
      ['SELECT secret FROM nowhere', '42501'],
      ['SELECT FROM WHERE', '42601'],
    ] as const);
    this.#figures.errors += 1;
    this.#answered(tenant, text, await this.#ask(`${comment} ${text}`), [`ERROR ${code}`, 'ready I']);
    const update = `${comment} UPDATE notes SET body = '${tenant} was here' WHERE owner = '${OWNERS[other]}'`;
    this.#answered(tenant, 'foreign rows', await this.#ask(update), ['UPDATE 0', 'ready I']);
  }

  async #cancel(tenant: Tenant): Promise<void> {
    if (!this.#options.cancels || this.#key === undefined || this.#client === undefined) return;
    this.#figures.cancels += 1;
    this.#figures.queries += 1;
    this.#client.send({ kind: 'Query', text: LONG_QUERY });
    await new Promise((resolve) => setTimeout(resolve, this.#dice.below(30)));
    const request = encodeStartup({ ...this.#key, kind: 'CancelRequest' });
    const socket = connect(this.#options.port, '127.0.0.1', () => socket.end(request));
    socket.on('error', () => undefined).resume();
    const closed = new Promise((resolve) => socket.once('close', resolve));
    const seen = words(await this.#client.untilReady());
    await closed;
    if (!seen.includes('row 3000000'))
      this.#answered(tenant, 'cancel', seen.slice(-2), ['ERROR 57014', 'ready I']);
    // The request goes its own way: it may come late and meet a statement behind the one that was meant, of this session alone.
    for (let probes = 3; probes > 0; probes -= 1) {
      await new Promise((resolve) => setTimeout(resolve, 10));
      const late = await this.#ask('SELECT 1');
      if (late[0] === 'ERROR 57014') continue;
      this.#answered(tenant, 'behind a cancel', late.slice(1), ['row 1', 'SELECT 1', 'ready I']);
    }
  }

  /** Goes away in the middle of a transaction, whose work must be gone. */
  async #vanish(tenant: Tenant): Promise<void> {
    await this.#ask(`/*cordon:${tokens[tenant]}*/ BEGIN`);
    await this.#ask(this.#insert(tenant, this.#newKey()));
    if (this.#dice.chance(0.5))
      this.#client?.send({ kind: 'Query', text: this.#insert(tenant, this.#newKey()) });
    this.#drop();
  }

  async #transact(tenant: Tenant): Promise<void> {
    const dice = this.#dice;
    this.#figures.transactions += 1;
    const rows = new Map(this.#rows[tenant]);
    await this.#begin(tenant);
    for (let steps = dice.between(1, 4); steps > 0; steps -= 1) await this.#write(tenant, rows);
    const commits = dice.chance(0.6);
    this.#check(tenant, await this.#ask('SELECT id, owner, body FROM notes'), rows, 'T');
    const end = await this.#ask(commits ? 'COMMIT' : 'ROLLBACK');
    this.#answered(tenant, 'end', end, [commits ? 'COMMIT' : 'ROLLBACK', 'ready I']);
    if (commits) this.#rows[tenant] = rows;
  }

  async #begin(tenant: Tenant): Promise<void> {
    if (this.#dice.chance(0.5)) {
      await this.#ask(`/*cordon:${tokens[tenant]}*/ BEGIN`);
      return;
    }
    await this.#ask('BEGIN');
    const set = await this.#ask(
      `SET ${this.#dice.chance(0.5) ? 'LOCAL ' : ''}cordon.token = '${tokens[tenant]}'`,
    );
    this.#answered(tenant, 'SET', set, ['SET', 'ready T']);
  }

  async #write(tenant: Tenant, rows: Map<number, string>): Promise<void> {
    const dice = this.#dice;
    const isBroken = dice.chance(0.15);
    if (isBroken) await this.#ask('SAVEPOINT s');
    const [key] = rows.keys();
    if (key === undefined || (rows.size < ROWS_MAX && dice.chance(0.5))) {
      const added = this.#newKey();
      const seen = await this.#ask(this.#insert(tenant, added));
      this.#answered(tenant, 'INSERT', seen, ['INSERT 0 1', 'ready T']);
      if (!isBroken) rows.set(added, `${tenant} ${added}`);
    } else if (dice.chance(0.5)) {
      const seen = await this.#ask(`UPDATE notes SET body = '${tenant} again ${key}' WHERE id = ${key}`);
      this.#answered(tenant, 'UPDATE', seen, ['UPDATE 1', 'ready T']);
      if (!isBroken) rows.set(key, `${tenant} again ${key}`);
    } else {
      const seen = await this.#ask(`DELETE FROM notes WHERE id = ${key}`);
      this.#answered(tenant, 'DELETE', seen, ['DELETE 1', 'ready T']);
      if (!isBroken) rows.delete(key);
    }
    if (!isBroken) return;
    this.#figures.errors += 1;
    this.#answered(tenant, 'error', await this.#ask('SELECT 1 / 0'), ['ERROR 22012', 'ready E']);
    this.#answered(tenant, 'back', await this.#ask('ROLLBACK TO s'), ['ROLLBACK', 'ready T']);
  }

  #insert(tenant: Tenant, key: number): string {
    return `INSERT INTO notes (id, owner, body) VALUES (${key}, '${OWNERS[tenant]}', '${tenant} ${key}')`;
  }

  #newKey(): number {
    this.#count = (this.#count + 1) % KEYS;
    return this.#number * KEYS + this.#count;
  }
}
