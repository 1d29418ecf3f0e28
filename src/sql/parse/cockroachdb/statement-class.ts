/** What a statement of CockroachDB is, by its first words. */

import { unsupported } from '../../walk.ts';
import { ambiguous, deniedStatement, type Token, type Tokens } from './token.ts';

/** Words between the verb of a definition and the kind of its object. */
const MODIFIERS: ReadonlySet<string> = new Set([
  'or',
  'replace',
  'temp',
  'temporary',
  'local',
  'global',
  'unlogged',
  'unique',
  'inverted',
  'vector',
  'materialized',
]);

/** Objects that belong to the schema, which a role with `ddl` owns; all others are of the cluster or of other roles. */
const OBJECTS: ReadonlySet<string> = new Set([
  'table',
  'index',
  'view',
  'sequence',
  'type',
  'schema',
  'function',
  'procedure',
  'trigger',
  'policy',
  'statistics',
  'extension',
]);

/** Statements of CockroachDB alone that reach beyond the rows of a caller. */
const DENIED: Readonly<Record<string, string>> = {
  backup: 'backup',
  restore: 'restore',
  import: 'import',
  export: 'export',
  cancel: 'cancel',
  pause: 'pause',
  resume: 'resume',
  experimental: 'experimental',
  scrub: 'scrub',
  inspect: 'inspect',
  check: 'check',
  use: 'use',
  reassign: 'reassign owned',
};

/** What SHOW of CockroachDB lists, other than the value of a setting. */
const SHOWN: readonly string[] = [
  'backup',
  'backups',
  'changefeed',
  'cluster',
  'columns',
  'commit',
  'completions',
  'constraint',
  'constraints',
  'create',
  'databases',
  'default',
  'enums',
  'experimental_fingerprints',
  'experimental_replica',
  'external',
  'fingerprints',
  'full',
  'functions',
  'grants',
  'histogram',
  'index',
  'indexes',
  'inspect',
  'job',
  'jobs',
  'keys',
  'kv',
  'last',
  'locality',
  'logical',
  'partitions',
  'policies',
  'procedures',
  'queries',
  'range',
  'ranges',
  'regions',
  'roles',
  'savepoint',
  'schedule',
  'schedules',
  'schemas',
  'sequences',
  'sessions',
  'statement',
  'statements',
  'statistics',
  'stats',
  'super',
  'survival',
  'syntax',
  'system',
  'tables',
  'tenant',
  'tenants',
  'trace',
  'transactions',
  'transfer',
  'triggers',
  'types',
  'users',
  'virtual',
  'zone',
];

export type StatementClass =
  /** Read by PostgreSQL's grammar, once what is CockroachDB's alone is taken out. */
  | { readonly kind: 'read' }
  /** Passes as its own text, for a role that may define. */
  | { readonly kind: 'definition'; readonly verb: string };

/** Throws CORDON_STATEMENT_DENIED for what no caller may send. */
export function classOfStatement(tokens: Tokens): StatementClass {
  const verb = wordAt(tokens, tokens.first);
  if (Object.hasOwn(DENIED, verb)) throw deniedStatement(DENIED[verb] ?? '');
  switch (verb) {
    case 'create':
    case 'alter':
    case 'drop':
      return definition(tokens, `${verb} ${objectOf(tokens, verb)}`);
    case 'grant':
    case 'revoke':
      return grant(tokens, verb);
    case 'comment':
    case 'truncate':
    case 'analyze':
    case 'analyse':
      return definition(tokens, verb);
    case 'refresh':
      return definition(tokens, 'refresh materialized view');
    case 'explain':
      return explain(tokens);
    case 'show':
      return show(tokens);
    case 'set':
    case 'reset':
      return setting(tokens, verb);
    default:
      return { kind: 'read' };
  }
}

function wordAt(tokens: Tokens, index: number): string {
  const token = tokens.at(index);
  return token?.kind === 'word' ? token.text : '';
}

function objectOf(tokens: Tokens, verb: string): string {
  let at = tokens.first + 1;
  while (MODIFIERS.has(wordAt(tokens, at))) at += 1;
  const object = wordAt(tokens, at);
  if (verb === 'alter' && object === 'default' && tokens.isWord(at + 1, 'privileges'))
    return 'default privileges';
  if (!OBJECTS.has(object)) throw deniedStatement(`${verb} ${KNOWN.has(object) ? object : 'of this kind'}`);
  return object;
}

/** Other objects, named in refusals. */
const KNOWN: ReadonlySet<string> = new Set([
  'backup',
  'changefeed',
  'database',
  'domain',
  'external',
  'job',
  'jobs',
  'logical',
  'owned',
  'partition',
  'range',
  'role',
  'schedule',
  'schedules',
  'system',
  'tenant',
  'user',
  'virtual',
]);

function definition(tokens: Tokens, verb: string): StatementClass {
  for (let at = tokens.first; at < tokens.end; at += 1) checkDefinition(tokens, at);
  return { kind: 'definition', verb };
}

/** The text goes as it is, so both servers must find the same ends in it. */
function checkDefinition(tokens: Tokens, at: number): void {
  const token: Token | undefined = tokens.at(at);
  if (token?.kind === 'bytes' && token.text.includes('\\')) throw ambiguous('a byte literal with escapes');
  if (tokens.areWords(at, 'begin', 'atomic')) throw unsupported('a function body of BEGIN ATOMIC');
}

/** Of privileges on objects of a schema; roles and privileges of the system are not a schema's. */
function grant(tokens: Tokens, verb: string): StatementClass {
  let at = tokens.first + 1;
  while (at < tokens.end && !(tokens.isWord(at, 'on') && tokens.at(at)?.depth === 0)) at += 1;
  const system = tokens.isWord(tokens.first + 1, 'system') || tokens.isWord(at + 1, 'external');
  if (at >= tokens.end || system) throw deniedStatement(`${verb} of a role or of the system`);
  return definition(tokens, verb);
}

function explain(tokens: Tokens): StatementClass {
  let at = tokens.first + 1;
  if (tokens.isWord(at, 'analyze', 'analyse')) throw deniedStatement('explain analyze');
  if (!tokens.isMark(at, '(')) return { kind: 'read' };
  const end = tokens.closing(at);
  for (; at < end; at += 1) {
    if (tokens.isWord(at, 'analyze', 'analyse')) throw deniedStatement('explain analyze');
    if (tokens.isWord(at, 'debug')) throw deniedStatement('explain with debug');
  }
  return { kind: 'read' };
}

function show(tokens: Tokens): StatementClass {
  const at = tokens.first + 1;
  const what = wordAt(tokens, at);
  if (SHOWN.includes(what)) throw deniedStatement(`show ${what}`);
  if (what === 'transaction' && !tokens.isWord(at + 1, 'isolation'))
    throw deniedStatement(
      tokens.isWord(at + 1, 'priority') ? 'show transaction priority' : 'show transaction status',
    );
  if (what === 'all' && tokens.at(at + 1) !== undefined) throw deniedStatement('show all cluster settings');
  return { kind: 'read' };
}

function setting(tokens: Tokens, verb: string): StatementClass {
  const at = tokens.first + 1;
  if (tokens.areWords(at, 'cluster', 'setting')) throw deniedStatement(`${verb} cluster setting`);
  const name = tokens.isWord(at, 'session', 'local') ? at + 1 : at;
  if (tokens.isWord(name, 'tracing') && !tokens.isMark(name + 1, '.'))
    throw deniedStatement(`${verb} tracing`);
  return { kind: 'read' };
}
