/**
 * Every statement that Cordon prints for CockroachDB, put before CockroachDB's own parser: it accepts it, as one
 * statement, and reads in it the same relations, columns, functions and operators in the same grouping as we do.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parse } from 'yaml';
import { loadCatalog } from '../../src/catalog/index.ts';
import { createGuard, type Guard } from '../../src/guard/guard.ts';
import { loadPolicy } from '../../src/policy/index.ts';
import { createParser } from '../../src/sql/index.ts';
import { describeWith, requirement, startPglite } from '../databases/index.ts';
import { type GoldenCase, parseGolden } from '../golden/golden-file.ts';
import { attackGround, type GoldenGround, ormGround } from '../golden/ground.ts';
import { judgeCase, textOf } from '../golden/judge-case.ts';
import { caseOf } from '../noninterference/campaign.ts';
import { shown } from './grouping.ts';
import { askOracle, buildOracle } from './oracle.ts';
import { type Summary, summarise, UnknownNode } from './summary.ts';

const SEED = 20261123;
const GENERATED = 2000;

const parser = await createParser();
const counts: string[] = [];

/** What came of a set: what was printed, and how often a statement was refused by which code. */
class Printed {
  readonly texts = new Set<string>();
  readonly refused = new Map<string, number>();
  #judged = 0;

  allow(text: string): void {
    this.#judged++;
    this.texts.add(text);
  }

  refuse(code: string): void {
    this.#judged++;
    this.refused.set(code, (this.refused.get(code) ?? 0) + 1);
  }

  toString(): string {
    const refusals = [...this.refused].map(([code, number]) => `${code} ${number}`).join(', ');
    return `${this.#judged} judged, ${this.texts.size} texts printed; refused: ${refusals}`;
  }
}

describeWith([requirement('Go', buildOracle())], "CockroachDB's parser", () => {
  let attacks: GoldenGround;
  let orms: GoldenGround;
  beforeAll(async () => {
    attacks = await attackGround('cockroachdb');
    orms = await ormGround('cockroachdb');
  });
  afterAll(() => {
    for (const line of counts) process.stdout.write(`${line}\n`);
  });

  for (const folder of ['sql', 'cockroachdb'])
    it(`reads what is printed for the golden statements of ${folder} as we do`, () => {
      const printed = new Printed();
      for (const one of goldenCases(folder))
        judgeInto(printed, one, one.options.policy === 'orms' ? orms : attacks);
      compare(folder, printed);
    });

  it(`reads what is printed for ${GENERATED} generated statements as we do`, async () => {
    const guard = await laboratoryGuard();
    const printed = new Printed();
    for (let number = 0; number < GENERATED; number++) {
      const { steps, caller } = caseOf(SEED, number);
      const session = guard.session();
      for (const step of steps) {
        const judged = session.judgeQuery(step.text, caller.principal);
        if (judged.kind === 'denied') printed.refuse(judged.error.code);
        else for (const statement of judged.statements) printed.allow(statement.textFor(caller.principal));
      }
    }
    compare('generated', printed);
  }, 300_000);
});

function goldenCases(folder: string): readonly GoldenCase[] {
  const url = new URL(`../golden/${folder}/`, import.meta.url);
  return readdirSync(url).flatMap((name) => parseGolden(readFileSync(new URL(name, url), 'utf8')).cases);
}

function judgeInto(printed: Printed, one: GoldenCase, ground: GoldenGround): void {
  const judged = judgeCase(one, ground, parser);
  if (judged.kind === 'denied') printed.refuse(judged.error.code);
  else for (const statement of judged.statements) printed.allow(textOf(statement, one, ground));
}

async function laboratoryGuard(): Promise<Guard> {
  const folder = new URL('../noninterference/', import.meta.url);
  const database = await startPglite();
  await database.run(readFileSync(new URL('laboratory.sql', folder), 'utf8'));
  const catalog = await loadCatalog((sql) => database.query(sql), { dialect: 'cockroachdb' });
  await database.stop();
  const { policy } = loadPolicy(parse(readFileSync(new URL('cordon.yaml', folder), 'utf8')));
  if (policy === undefined) throw new Error('the policy of the laboratory is broken');
  return createGuard({ policy, catalog, parser });
}

interface Complaint {
  readonly text: string;
  readonly wrong: string;
}

function compare(name: string, printed: Printed): void {
  counts.push(`${name}: ${printed}`);
  const texts = [...printed.texts].filter((text) => text !== '');
  const answers = askOracle(texts);
  const complaints = texts.flatMap((text, i): Complaint[] => {
    const answer = answers[i];
    if (answer === undefined || !answer.accepted) return [{ text, wrong: answer?.error ?? 'no answer' }];
    const theirs = answer.statements.map((one) => one.summary ?? `unknown ${one.unknown}`);
    const ours = readAgain(text);
    if (theirs.length === 1 && isDeepStrictEqual(ours, theirs)) return [];
    return [{ text, wrong: `${theirs.length} statements\n ours ${shown(ours)}\n theirs ${shown(theirs)}` }];
  });
  expect(complaints).toEqual([]);
}

function readAgain(text: string): readonly Summary[] {
  try {
    return parser.parsePrinted(text, 'cockroachdb').map(({ stmt }) => summarise(stmt));
  } catch (error) {
    if (error instanceof UnknownNode) return [`unknown ${error.message}`];
    throw new Error(text, { cause: error });
  }
}
