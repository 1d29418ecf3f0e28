import { type Facts, safeName } from '../../src/errors/index.ts';
import { ADVISORIES, affectedText, FINDINGS } from '../../src/posture/index.ts';
import { GENERATED, markdownTable, type Page } from './page.ts';

const FACTS: readonly string[] = [
  'weakness',
  'role',
  'acting',
  'attribute',
  'through',
  'privilege',
  'schema',
  'what',
  'advisory',
  'remedy',
  'column',
  'sqlstate',
];

const ON: Readonly<Record<string, string>> = {
  both: 'PostgreSQL, CockroachDB',
  postgres: 'PostgreSQL',
  cockroachdb: 'CockroachDB (from the documentation, not run)',
};

/** `docs/reference/posture.md`, from the table of findings. */
export function posturePage(): Page {
  return {
    file: 'docs/reference/posture.md',
    text: `${[...intro(), ...findings(), ...versions(), ...unseen()].join('\n\n')}\n`,
  };
}

function intro(): readonly string[] {
  return [
    '# Posture',
    GENERATED,
    'What `cordon check` and `cordon serve` warn of: facts about the database that weaken what the policy promises. A warning stops nothing. `cordon check --strict` ends with 1 where there is one, and `--json` prints them for programs: `code`, `severity`, `where`, `happened`, `fix`, and `source` where a page of the maker says so.',
    '**high**: the guard, or the secrecy of the way to the database, can be gone around. **medium**: a second line of defence is missing. **low**: something is narrower or slower than it could be.',
    'Against a schema file (`--schema`), only what is said about relations is looked at. Everything is read by plain statements over `pg_catalog` and `information_schema`, as the role of `--upstream`. Words in `‹ ›` are names.',
    markdownTable(
      ['code', 'severity', 'in short'],
      Object.entries(FINDINGS).map(([code, entry]) => [
        `[${code}](#${code.toLowerCase()})`,
        entry.severity,
        entry.happened(placeholders()),
      ]),
    ),
  ];
}

function findings(): readonly string[] {
  return Object.entries(FINDINGS).map(([code, { severity, on, happened, meaning, fix }]) =>
    [
      `## ${code}`,
      '',
      `${sentence(happened(placeholders()))} ${meaning}`,
      '',
      `What to do: ${fix(placeholders())}.`,
      '',
      `Severity ${severity} · ${ON[on]}`,
    ].join('\n'),
  );
}

function versions(): readonly string[] {
  return [
    '## Versions with known faults',
    'Only faults that undo what keeps rows apart, and that need no superuser, extension or other product. What is said of CockroachDB comes from its documentation and has not been run.',
    markdownTable(
      ['advisory', 'server', 'what goes wrong', 'versions', 'what to do'],
      ADVISORIES.map(({ id, dialect, what, affected, remedy, source, views }) => [
        `[${id}](${source})`,
        dialect === 'cockroachdb' ? 'CockroachDB' : 'PostgreSQL',
        `${what}${views === true ? ' (told where a rule opens a view)' : ''}`,
        affectedText(affected),
        remedy,
      ]),
    ),
  ];
}

function unseen(): readonly string[] {
  return [
    '## What is not looked at',
    [
      '- Settings of a CockroachDB cluster, which an application’s role may not read. Ask as an administrator for `sql.auth.public_schema_create_privilege.enabled`, `sql.auth.skip_underlying_view_privilege_checks.enabled`, `sql.override.allow_unsafe_internals.enabled`, `kv.rangefeed.enabled` (changefeeds need it), `feature.export.enabled`, and for `trust` lines in `server.host_based_authentication.configuration`.',
      '- Who else may log in, from where, and by which way past Cordon: network rules and `pg_hba.conf`.',
      '- Logs of the server, which may hold statements with their literals.',
      '- Rights on databases other than the one of `--upstream`.',
    ].join('\n'),
  ];
}

function placeholders(): Facts {
  return Object.fromEntries(FACTS.map((fact) => [fact, safeName(`‹${fact}›`)]));
}

function sentence(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`;
}
