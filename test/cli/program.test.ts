import { describe, expect, it } from 'vitest';
import type { CordonCommand } from '../../src/cli/command.ts';
import { EXIT_CODES } from '../../src/cli/exit-code.ts';
import { buildProgram } from '../../src/cli/program.ts';
import { cordon } from './run.ts';

const COMMANDS = ['serve', 'check', 'explain', 'rls', 'token', 'query', 'demo'];

describe('the command line', () => {
  it('has the commands that the README names', () => {
    const program = buildProgram({} as never);
    expect(program.commands.map((command) => command.name()).sort()).toEqual([...COMMANDS].sort());
  });

  it.each(COMMANDS)(
    'cordon %s --help prints a description, each option and examples that can be pasted',
    async (name) => {
      const { code, out } = await cordon([name, '--help']);
      expect(code).toBe(0);
      expect(out).toMatch(new RegExp(`^Usage: cordon ${name} `));
      expect(out).toMatch(/\nExamples:\n {2}# .+\n {2}cordon /);
    },
  );

  it.each(COMMANDS)('cordon help %s prints the same', async (name) => {
    expect((await cordon(['help', name])).out).toBe((await cordon([name, '--help'])).out);
  });

  it('every option of every command has a description', () => {
    const program = buildProgram({} as never);
    const undescribed = program.commands.flatMap((command) =>
      command.options
        .filter(({ description }) => description === '')
        .map(({ flags }) => `${command.name()} ${flags}`),
    );
    expect(undescribed).toEqual([]);
    expect(program.commands.every((command) => (command as CordonCommand).examples.length > 0)).toBe(true);
  });

  it('help lists the exit codes', async () => {
    const { code, out } = await cordon(['--help']);
    expect(code).toBe(0);
    for (const { meaning } of Object.values(EXIT_CODES)) expect(out).toContain(meaning);
  });

  it('without a command prints help and ends with 2', async () => {
    expect(await cordon([])).toMatchObject({ code: 2, err: '' });
  });

  it('--version prints the version of package.json', async () => {
    expect((await cordon(['--version'])).out).toMatch(/^\d+\.\d+\.\d+$/);
  });

  it.each([
    ['an unknown option', ['token', '--frobnicate=hunter2'], '`--frobnicate`'],
    ['an unknown command', ['frobnicate'], '`frobnicate`'],
    ['an option without its value', ['token', '--key'], '`--key`'],
    ['too many arguments', ['token', 'alice', 'hunter2'], '`token`'],
  ])('%s is told in three lines that repeat no value', async (_, argv, named) => {
    const { code, err } = await cordon(argv);
    expect(code).toBe(2);
    expect(err.split('\n')).toHaveLength(3);
    expect(err).toMatch(/^CORDON_USAGE\n/);
    expect(err).toContain(named);
    expect(err).not.toContain('hunter2');
  });
});
