import type { ErrorCode } from '../errors/index.ts';

/** What the process answers to its caller; `docs/reference/cli.md` is generated from this table. */
export const EXIT_CODES = {
  ok: { code: 0, meaning: 'done' },
  no: {
    code: 1,
    meaning: 'the answer is no: the policy has mistakes, the statement is denied, or the database refused it',
  },
  usage: { code: 2, meaning: 'the command line, or a file it names, cannot be used' },
  unreachable: { code: 3, meaning: 'a connection cannot be made, or the address cannot be listened on' },
  bug: { code: 70, meaning: 'a bug in Cordon' },
} as const;

/** A name of an exit code. */
export type Exit = keyof typeof EXIT_CODES;

const EXIT_OF: Partial<Record<ErrorCode, Exit>> = {
  CORDON_USAGE: 'usage',
  CORDON_FILE_UNREADABLE: 'usage',
  CORDON_MODULE_INVALID: 'usage',
  CORDON_CLAIMS_MALFORMED: 'usage',
  CORDON_PERSON_UNKNOWN: 'usage',
  CORDON_KEY_INVALID: 'usage',
  CORDON_UPSTREAM_UNREACHABLE: 'unreachable',
  CORDON_UPSTREAM_REFUSED: 'unreachable',
  CORDON_UPSTREAM_UNUSABLE: 'unreachable',
  CORDON_UPSTREAM_UNVERIFIED: 'unreachable',
  CORDON_UPSTREAM_FAILED: 'unreachable',
  CORDON_GATEWAY_UNREACHABLE: 'unreachable',
  CORDON_LISTEN_FAILED: 'unreachable',
};

/** The exit that an error ends the process with. */
export function exitOf(code: ErrorCode): Exit {
  return EXIT_OF[code] ?? 'no';
}
