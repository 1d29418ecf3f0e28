import { EXIT_CODES, exitOf } from '../../src/cli/exit-code.ts';
import { ERRORS, type ErrorEntry, type Facts, safeName } from '../../src/errors/index.ts';
import { GENERATED, markdownTable, type Page } from './page.ts';

const CLASSES: readonly (readonly [string, string])[] = [
  ['42501', 'denied: the policy does not allow it'],
  ['0A000', 'it cannot be checked, so it is refused'],
  ['54001', 'over a limit'],
  ['08P01', 'the protocol was not kept'],
  ['28000', 'it is not known who asks'],
];

/** `docs/reference/errors.md`, from the registry. */
export function errorsPage(): Page {
  return {
    file: 'docs/reference/errors.md',
    text: `${[...intro(), ...Object.entries(ERRORS).map(section)].join('\n\n')}\n`,
  };
}

function intro(): readonly string[] {
  return [
    '# Errors',
    GENERATED,
    'Every error has a code that stays the same, a sentence on what happened and one on what to do. No error holds a value of a row, a statement, a parameter or a token: words in `‹ ›` below are names and numbers.',
    'A client of the gateway receives the SQLSTATE, the sentence as the message, and the advice with the code behind it as the hint. The command line prints code, sentence and advice on three lines and ends with the exit code. Frequent SQLSTATEs:',
    markdownTable(['SQLSTATE', 'means'], CLASSES),
  ];
}

function section([code, entry]: readonly [string, ErrorEntry]): string {
  const facts = placeholders(entry);
  return [
    `## ${code}`,
    '',
    `${sentence(entry.happened(facts))}`,
    '',
    `What to do: ${entry.hint(facts)}.`,
    '',
    `SQLSTATE \`${entry.sqlstate}\` · HTTP status ${entry.status} · exit code ${EXIT_CODES[exitOf(code as keyof typeof ERRORS)].code}`,
  ].join('\n');
}

function placeholders(entry: ErrorEntry): Facts {
  return Object.fromEntries(entry.facts.map((fact) => [fact, safeName(`‹${fact}›`)]));
}

function sentence(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`;
}
