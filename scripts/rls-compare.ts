/**
 * Runs generated statements over the shop of the demo at two borders (the guard, and the row-level security that `cordon rls`
 * prints) and compares the answers; see docs/guide/row-level-security.md.
 *
 *     npm run rls:compare -- --statements 5000 --seed 1 [--role member|anonymous]
 */
import { parseArgs } from 'node:util';
import { startPostgres } from '../test/databases/index.ts';
import { openShop, type Report, reportLines } from '../test/rls/campaign.ts';
import type { Caller } from '../test/rls/shop-statements.ts';

const { values } = parseArgs({
  options: {
    statements: { type: 'string', default: '5000' },
    seed: { type: 'string', default: '1' },
    role: { type: 'string', multiple: true, default: ['member', 'anonymous'] },
    show: { type: 'string', default: '3' },
  },
});

const server = await startPostgres();
let failed = false;
try {
  const shop = await openShop(server);
  for (const role of values.role as readonly Caller['role'][]) {
    const started = Date.now();
    const report: Report = await shop.campaign(role, Number(values.statements), Number(values.seed));
    const seconds = Math.round((Date.now() - started) / 1000);
    for (const line of reportLines(report, Number(values.show))) process.stdout.write(`${line}\n`);
    process.stdout.write(`${role}: seed ${values.seed}, ${seconds} s\n\n`);
    failed ||= report.unexplained.length > 0;
  }
  await shop.close();
} finally {
  await server.stop();
}
process.exitCode = failed ? 1 : 0;
