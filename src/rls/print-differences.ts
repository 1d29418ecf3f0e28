/** Differences as a script that removes them; what a person has to decide is a comment. */
import type { Difference } from './compare.ts';
import type { RlsPlan } from './plan.ts';
import { commentLine } from './print.ts';

export function printDifferences(plan: RlsPlan, differences: readonly Difference[]): string {
  const of = (kind: Difference['kind']) => differences.filter((each) => each.kind === kind).map(lines);
  const [changes, decisions, notes] = [of('change'), of('decision'), of('note')];
  const none = changes.length + decisions.length === 0 ? ['-- no difference'] : [];
  const postgres = plan.version.dialect === 'postgres' && changes.length > 0;
  const begin = postgres ? ["BEGIN;\nSET LOCAL search_path = '';"] : [];
  const end = postgres ? ['COMMIT;'] : [];
  return `${[...none, ...begin, ...changes, ...end, ...decisions, ...notes].join('\n\n')}\n`;
}

const HEADINGS: Readonly<Record<Difference['kind'], string>> = {
  change: '',
  decision: 'for you to decide: ',
  note: 'note: ',
};

function lines({ happened, statements, kind }: Difference): string {
  const shown =
    kind === 'change' ? statements : statements.map((statement) => commentLine(`-- ${statement}`));
  return [commentLine(`-- ${HEADINGS[kind]}${happened}`), ...shown].join('\n');
}
