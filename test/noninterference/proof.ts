/** A proof is cut into units: each has a laboratory of its own and some hundred cases, and is told by the seed and its number alone. */
import { type PostgresDatabase, startPglite } from '../databases/index.ts';
import { type CampaignOptions, campaign, emptyReport, type Report } from './campaign.ts';
import { embeddedChannel, runOn, serverChannel } from './channel.ts';
import { drawnLaboratory, type Place } from './drawn/laboratory.ts';
import {
  embeddedLaboratory,
  type Laboratory,
  type LaboratoryOptions,
  pinned,
  serverLaboratory,
  startServer,
} from './laboratory.ts';

export interface ProofOptions {
  readonly seed: number;
  readonly database: 'postgres' | 'pglite';
  /** `drawn`: the first unit has the fixed laboratory, each other one of its own. */
  readonly laboratory: 'drawn' | 'fixed';
  /** Rows of the largest laboratories. */
  readonly bulk: number;
  readonly dialect: 'postgres' | 'cockroachdb';
  readonly bareFlags: boolean;
}

export interface Unit {
  readonly index: number;
  readonly first: number;
  readonly cases: number;
}

/** Cases that share a laboratory. */
const SHARING = { drawn: 400, fixed: 1000 } as const;

export function unitsOf({ laboratory }: ProofOptions, cases: number): readonly Unit[] {
  const size = SHARING[laboratory];
  return Array.from({ length: Math.ceil(cases / size) }, (_, index) => ({
    index,
    first: index * size,
    cases: Math.min(size, cases - index * size),
  }));
}

export function unitWith({ laboratory }: ProofOptions, number: number): number {
  return Math.floor(number / SHARING[laboratory]);
}

export class Proof {
  readonly #options: ProofOptions;
  readonly #server: PostgresDatabase | undefined;
  #place: (Place & { readonly stop: () => Promise<void> }) | undefined;

  private constructor(options: ProofOptions, server: PostgresDatabase | undefined) {
    this.#options = options;
    this.#server = server;
  }

  static async open(options: ProofOptions): Promise<Proof> {
    return new Proof(options, options.database === 'pglite' ? undefined : await startServer());
  }

  async run(unit: Unit, how: Pick<CampaignOptions, 'bareEvery' | 'stopsAtFirst'>): Promise<Report> {
    const laboratory = await this.laboratory(unit.index);
    const { seed } = this.#options;
    const options = { ...how, seed, first: unit.first, cases: unit.cases };
    try {
      return await campaign(laboratory, options, emptyReport());
    } finally {
      await laboratory.stop();
    }
  }

  async laboratory(index: number): Promise<Laboratory> {
    const { seed, bulk, dialect, bareFlags } = this.#options;
    if (this.#options.laboratory === 'fixed' || index === 0) return this.#fixed(index);
    this.#place ??= await this.#open();
    return drawnLaboratory(this.#place, { seed: seed * 10_007 + index, bulk, dialect, bareFlags });
  }

  async stop(): Promise<void> {
    await this.#place?.stop();
    await this.#server?.stop();
  }

  #fixed(index: number): Promise<Laboratory> {
    const { seed, dialect, bareFlags, bulk } = this.#options;
    const server = this.#server;
    const options: LaboratoryOptions = {
      seed: seed * 1000 + index,
      bulk: server === undefined ? 200 : bulk,
      analyzed: index % 2 === 0,
      dialect,
      bareFlags,
    };
    return server === undefined
      ? embeddedLaboratory(options)
      : serverLaboratory(server, `round_${index}`, options);
  }

  async #open(): Promise<Place & { readonly stop: () => Promise<void> }> {
    const server = this.#server;
    const names = ['full', 'other', 'clear'] as const;
    if (server === undefined) {
      const databases = [await startPglite(), await startPglite(), await startPglite()] as const;
      const [full, other, clear] = databases.map(({ pglite }) =>
        pinned(Promise.resolve(embeddedChannel(pglite))),
      );
      return {
        ...(await placeOf(full, other, clear)),
        stop: async () => {
          for (const database of databases) await database.stop();
        },
      };
    }
    for (const name of names) await server.createDatabase(`drawn_${name}`);
    const [full, other, clear] = names.map((name) => pinned(serverChannel(server.address(`drawn_${name}`))));
    const place = await placeOf(full, other, clear);
    return {
      ...place,
      stop: async () => {
        for (const name of names) await place[name].close();
      },
    };
  }
}

async function placeOf(...channels: readonly (ReturnType<typeof pinned> | undefined)[]): Promise<Place> {
  const [full, other, clear] = await Promise.all(channels);
  if (full === undefined || other === undefined || clear === undefined) throw new Error('no database');
  // Workers are asked for case by case: for small relations they cost more than they do.
  for (const channel of [full, other, clear]) await runOn(channel, 'SET max_parallel_workers_per_gather = 0');
  return { full, other, clear };
}
