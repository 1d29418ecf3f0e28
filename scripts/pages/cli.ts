import type { Argument, Command, Option } from 'commander';
import type { CordonCommand } from '../../src/cli/command.ts';
import { EXIT_CODES } from '../../src/cli/exit-code.ts';
import { buildProgram } from '../../src/cli/program.ts';
import type { Terminal } from '../../src/cli/terminal.ts';
import { GENERATED, markdownTable, type Page } from './page.ts';

/** `docs/reference/cli.md`, from the definitions that the command line itself parses by. */
export function cliPage(): Page {
  const program = buildProgram(NOWHERE);
  const sections = program.commands.map((command) => section(command as CordonCommand));
  return { file: 'docs/reference/cli.md', text: `${[...intro(program), ...sections].join('\n\n')}\n` };
}

/** Definitions are read, and nothing is run. */
const NOWHERE: Terminal = {
  print: () => undefined,
  complain: () => undefined,
  lines: async function* none() {},
  now: () => 0,
  environment: {},
  stateDirectory: '',
  ended: () => Promise.resolve(),
};

function intro(program: Command): readonly string[] {
  const exits = Object.values(EXIT_CODES).map(({ code, meaning }) => [String(code), meaning]);
  return [
    '# Command line',
    GENERATED,
    `${program.description()} Run it as \`npx cordon\`. \`cordon help\` and \`cordon COMMAND --help\` print what stands here.`,
    'A failure prints three lines on standard error: a code ([errors](errors.md)), what happened, and what to do. The process ends with one of these codes:',
    markdownTable(['exit code', 'means'], exits),
  ];
}

function section(command: CordonCommand): string {
  const parts = [
    `## cordon ${command.name()}`,
    command.description(),
    `\`\`\`text\ncordon ${command.name()} ${command.usage()}\n\`\`\``,
    rows('argument', command.registeredArguments.map(argumentRow)),
    rows('option', command.options.map(optionRow)),
    command.examples.map(({ command: line, shows }) => `\`\`\`sh\n# ${shows}\n${line}\n\`\`\``).join('\n\n'),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

function rows(what: string, list: readonly (readonly string[])[]): string {
  return list.length === 0 ? '' : markdownTable([what, 'meaning', 'left out'], list);
}

function argumentRow(argument: Argument): readonly string[] {
  return [`\`${argument.name()}\``, argument.description, argument.required ? 'must be given' : ''];
}

function optionRow(option: Option): readonly string[] {
  const variable = option.envVar === undefined ? '' : ` (or \`${option.envVar}\` in the environment)`;
  return [`\`${option.flags}\``, `${option.description}${variable}`, leftOut(option)];
}

function leftOut(option: Option): string {
  if (option.mandatory) return 'must be given';
  return typeof option.defaultValue === 'string' ? `\`${option.defaultValue}\`` : '';
}
