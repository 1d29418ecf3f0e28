import { ORMS, versionsOf } from '../../test/orms/orms.ts';
import { GENERATED, markdownTable, type Page } from './page.ts';

/** `docs/reference/orms.md`, from the list of ORMs that the tests run. */
export function ormsPage(): Page {
  const rows = ORMS.map((orm) => [orm.name, versionsOf(orm), orm.given, orm.raw, orm.migrations]);
  const header = ['', 'version', 'given', 'raw SQL', 'migrations, by a service role'];
  const parts = ['# ORMs', GENERATED, INTRODUCTION, markdownTable(header, rows), WHAT, NOT_RUN];
  return { file: 'docs/reference/orms.md', text: `${parts.join('\n\n')}\n` };
}

const INTRODUCTION = `Each is run unchanged on top of \`cordon/node\` by \`test/orms\`, on embedded PGlite and on PostgreSQL, for two callers, one after the
other and both at once. One instance serves both; of Prisma each has its own. What each caller sees and does, step by step, has to equal
what the same program sees straight on a database that holds that caller's rows and nobody else's; and no statement may be refused. How to
set each up: [ORMs](../guide/orms.md).`;

const WHAT = `The program of each does what the first pages of its manual do: find by key, by filters, by array and JSON; a row of somebody else by its
key; order, pages, cursors; one-to-one, one-to-many and many-to-many relations, eager, joined, nested and by sub-query; insert, bulk insert, update,
upsert, delete, and the same on a row of somebody else; transactions that commit and that roll back, nested ones, isolation levels, row
locks; counts, sums, groups with a condition, window functions; raw SQL with a value in its text, and of a hidden column.`;

const NOT_RUN = `Not run: \`prisma migrate\`, whose engine is a binary that is downloaded from another host; version 7 of MikroORM
and 0.29 of Kysely, which need Node 22.`;
