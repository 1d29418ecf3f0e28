/** Differences as a script that removes them; what a person has to decide is a comment. */
import type { Difference } from './compare.ts';
import type { RlsPlan } from './plan.ts';
import { commentLine } from './print.ts';

export function printDifferences(plan: RlsPlan, differences: readonly Difference[]): string {
  if (differences.length === 0) return '-- no difference\n';
  const changes = differences.filter(({ manual }) => !manual).map(lines);
  const decisions = differences.filter(({ manual }) => manual).map(lines);
  const postgres = plan.version.dialect === 'postgres' && changes.length > 0;
  const begin = postgres ? ["BEGIN;\nSET LOCAL search_path = '';"] : [];
  return `${[...begin, ...changes, ...(postgres ? ['COMMIT;'] : []), ...decisions].join('\n\n')}\n`;
}

function lines({ happened, statements, manual }: Difference): string {
  const shown = manual ? statements.map((statement) => commentLine(`-- ${statement}`)) : statements;
  const heading = manual ? `-- for you to decide: ${happened}` : `-- ${happened}`;
  return [commentLine(heading), ...shown].join('\n');
}
