/** The outcome of the attacks as a page, and as a few lines for the terminal. */
import { readFile, writeFile } from 'node:fs/promises';
import { markdownTable } from '../../scripts/pages/page.ts';
import type { Attack } from './attacks.ts';

export type ShopName = 'Flask' | 'Fastify' | 'Fastify, sound';

interface StageName {
  readonly shop: ShopName;
  readonly on: 'pglite' | 'postgres';
  readonly guarded: boolean;
}

const PAGE = new URL('../../docs/reference/shop-attacks.md', import.meta.url);
const SHOPS: readonly ShopName[] = ['Flask', 'Fastify', 'Fastify, sound'];

export class Report {
  readonly #attacks: readonly Attack[];
  readonly #outcomes = new Map<string, Map<Attack, boolean>>();

  constructor(attacks: readonly Attack[]) {
    this.#attacks = attacks;
  }

  record(stage: StageName, attack: Attack, leaked: boolean): void {
    const key = `${stage.shop}|${stage.on}|${stage.guarded ? 'guarded' : 'unguarded'}`;
    const outcomes = this.#outcomes.get(key) ?? new Map<Attack, boolean>();
    outcomes.set(attack, leaked);
    this.#outcomes.set(key, outcomes);
  }

  /** How many stages ran whole. */
  get stages(): number {
    return [...this.#outcomes.values()].filter(({ size }) => size === this.#attacks.length).length;
  }

  summary(): string {
    const lines = [...this.#outcomes].map(([key, outcomes]) => {
      const leaks = [...outcomes.values()].filter(Boolean).length;
      return `${key.replaceAll('|', ', ')}: ${leaks} of ${outcomes.size} attacks leak`;
    });
    return lines.join('\n');
  }

  /** The page; written too where `CORDON_PAGES` is `write`. */
  async page(): Promise<string> {
    const text = `${this.#parts().join('\n\n')}\n`;
    if (process.env.CORDON_PAGES === 'write') await writeFile(PAGE, text);
    return text;
  }

  async pageOnDisk(): Promise<string> {
    return readFile(PAGE, 'utf8');
  }

  #parts(): readonly string[] {
    const columns = SHOPS.flatMap((shop) => [`${shop}: as it is`, 'behind Cordon']);
    const rows = this.#attacks.map((attack) => [
      attack.family,
      attack.as,
      attack.name,
      attack.cwe,
      ...this.#cells(attack),
    ]);
    const total = ['all', '', `${this.#attacks.length} attacks`, '', ...this.#totals()];
    return [
      '# Attacks on the two shops',
      INTRODUCTION,
      markdownTable(['family', 'as', 'attack', 'CWE', ...columns], [...rows, total]),
      ...ENDING,
    ];
  }

  #cells(attack: Attack): readonly string[] {
    return this.#columns().map((stages) => (stages.some((stage) => stage.get(attack)) ? '**leaks**' : '–'));
  }

  #totals(): readonly string[] {
    return this.#columns().map((stages) => {
      const leaks = this.#attacks.filter((attack) => stages.some((stage) => stage.get(attack)));
      return `${leaks.length} leak`;
    });
  }

  /** The runs behind each column: a shop that ran on two databases leaks if it leaks on one. */
  #columns(): readonly (readonly ReadonlyMap<Attack, boolean>[])[] {
    return SHOPS.flatMap((shop) =>
      ['unguarded', 'guarded'].map((mode) =>
        [...this.#outcomes]
          .filter(([key]) => key.startsWith(`${shop}|`) && key.endsWith(`|${mode}`))
          .map(([, outcomes]) => outcomes),
      ),
    );
  }
}

const INTRODUCTION = `This page is written by \`npm run shop:attacks\` from what happened, and a test compares it.

The same shop is served by [Flask and SQLAlchemy](../../examples/flask-shop/) and by [Fastify and Kysely](../../examples/fastify-shop/),
with the same mistakes in both; a third one, also Fastify, is written without them. Each attack is sent over HTTP by alice
(tenant 1), bob (tenant 2, an administrator of the shop) or somebody who is not logged in. It *leaks* when the
answer, the log or the database afterwards holds what it should not. Behind Cordon the code of the shops is the same: Flask asks through
the gateway, Fastify through \`cordon/node\`. The pages as honest people use them are tested in each column too, and all of them work.`;

const ENDING = [
  `What stays open is what the app does with what it may know: a log-in reads the password hash of the account that logs in,
a sign-up says whether an e-mail is taken, and an error page shows the app's own stack.`,
  '## Run it',
  `\`\`\`sh
npm ci && npm run build
examples/flask-shop/setup.sh            # Flask: two virtual environments
npm ci --prefix examples/fastify-shop   # Fastify
npx vitest run test/shop                # the table, compared with this page
npm run shop:attacks                    # the table, written anew
\`\`\``,
  `Flask ran on PostgreSQL behind the gateway; Fastify ran on embedded PGlite and on PostgreSQL, in process. What a machine lacks
is skipped, and the reason is printed.`,
];
