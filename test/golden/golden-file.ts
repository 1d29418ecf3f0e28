/**
 * Golden files: a statement, who asks, and below it what the guard makes of it. They are read by eye, so each case has its
 * sentence of why, and long lines are folded. `npm run golden` writes the answers anew; the diff is the review.
 *
 *     -- A row filter narrows the relation where it is read.
 *     -- principal: alice
 *     select id from orders;
 *     -- => allow
 *     SELECT …;
 */

export interface GoldenCase {
  readonly why: string;
  readonly principal: string;
  /** `policy`, `hidden`: which variant of the policy judges the statement. */
  readonly options: Readonly<Record<string, string>>;
  readonly statement: string;
}

export interface GoldenFile {
  readonly title: string;
  readonly cases: readonly GoldenCase[];
}

export type GoldenAnswer =
  | { readonly outcome: 'allow'; readonly notes: readonly string[]; readonly sql: string }
  | { readonly outcome: 'deny'; readonly sqlstate: string; readonly code: string; readonly message: string };

export function parseGolden(text: string): GoldenFile {
  const [head = '', ...blocks] = text.trimEnd().split('\n\n');
  return { title: head.replace(/^-- /gm, ''), cases: blocks.map(parseCase) };
}

function parseCase(block: string): GoldenCase {
  const lines = block.split('\n');
  const at = lines.findIndex((line) => line.startsWith('-- principal: '));
  const end = lines.findIndex((line) => line.startsWith('-- =>'));
  const [principal = '', ...options] = (lines[at] ?? '').slice('-- principal: '.length).split(' ');
  if (at < 1 || end < at) throw new Error(`not a golden case: ${lines[0]}`);
  return {
    why: lines.slice(0, at).join('\n').replace(/^-- /gm, ''),
    principal,
    options: Object.fromEntries(options.map((option) => option.split('=') as [string, string])),
    statement: lines
      .slice(at + 1, end)
      .join('\n')
      .replace(/;$/, ''),
  };
}

export function renderGolden(file: GoldenFile, answers: readonly GoldenAnswer[]): string {
  const blocks = file.cases.map((one, index) => renderCase(one, answers[index]));
  return `${[comment(file.title), ...blocks].join('\n\n')}\n`;
}

function renderCase(one: GoldenCase, answer: GoldenAnswer | undefined): string {
  const options = Object.entries(one.options).map(([name, value]) => ` ${name}=${value}`);
  const head = [comment(one.why), `-- principal: ${one.principal}${options.join('')}`, `${one.statement};`];
  return [...head, ...(answer === undefined ? ['-- =>'] : renderAnswer(answer))].join('\n');
}

function renderAnswer(answer: GoldenAnswer): readonly string[] {
  if (answer.outcome === 'allow')
    return [['-- => allow', ...answer.notes].join(', '), ...fold(`${answer.sql};`)];
  return [
    `-- => deny ${answer.sqlstate} ${answer.code}`,
    ...fold(answer.message).map((line) => `-- ${line}`),
  ];
}

function comment(text: string): string {
  return text.replace(/^/gm, '-- ');
}

const WIDTH = 116;

/** Folds at spaces outside of quotes, so that the text stays the same statement. */
function fold(text: string): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.match(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g) ?? []) {
    if (line !== '' && line.length + word.length >= WIDTH) {
      lines.push(line);
      line = '';
    }
    line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
