import type { Safe } from './safe.ts';

/** The facts a message is made of: names and numbers, never values. */
export type Facts = Readonly<Record<string, Safe>>;

/** One kind of error: its class for the wire, for HTTP, and its words. */
export interface ErrorEntry {
  readonly sqlstate: string;
  readonly status: number;
  /** The names of the facts that the two texts below use. */
  readonly facts: readonly string[];
  readonly happened: (facts: Facts) => string;
  readonly hint: (facts: Facts) => string;
}

const entry = (
  sqlstate: string,
  status: number,
  facts: readonly string[],
  happened: ErrorEntry['happened'],
  hint: ErrorEntry['hint'],
): ErrorEntry => ({ sqlstate, status, facts, happened, hint });

/**
 * Every error that Cordon raises, once. `docs/reference/errors.md` is generated from this table.
 *
 * SQLSTATEs: `42501` denied, `0A000` cannot be read, `54001` over a limit, `08P01` protocol, `28000`/`28P01` who is asking.
 */
export const ERRORS = {
  CORDON_RELATION_NOT_COVERED: entry(
    '42501',
    403,
    ['relation'],
    (f) => `relation \`${f.relation}\` does not exist or no rule opens it to the caller`,
    () => 'check the name, or add a rule for it to the policy; `cordon explain` tells which of the two it is',
  ),
  CORDON_COMMAND_DENIED: entry(
    '42501',
    403,
    ['relation', 'command'],
    (f) => `no rule lets the caller ${f.command} \`${f.relation}\``,
    () => 'add the command to a rule of this relation, or run `cordon explain` on the statement',
  ),
  CORDON_COLUMN_DENIED: entry(
    '42501',
    403,
    ['relation', 'column', 'command'],
    (f) => `no rule lets the caller ${f.command} column \`${f.column}\` of \`${f.relation}\``,
    () => 'name the column in `write` or `insert` of a rule, or leave it out of the statement',
  ),
  CORDON_COLUMN_HIDDEN: entry(
    '42501',
    403,
    ['relation', 'column'],
    (f) => `column \`${f.column}\` of \`${f.relation}\` does not exist or is not shown to the caller`,
    () => 'name the column in `read` of a rule, or leave it out of the statement',
  ),
  CORDON_COLUMN_UNKNOWN: entry(
    '42703',
    400,
    ['column'],
    (f) => `column \`${f.column}\` does not exist`,
    () => 'check the name and the aliases around it',
  ),
  CORDON_NEW_ROW_DENIED: entry(
    '42501',
    403,
    [],
    () =>
      'the statement would write a row that the caller may not write, or refer to one the caller cannot see',
    () => 'leave owner and boundary columns out so that they are stamped, and refer to visible rows only',
  ),
  CORDON_CASCADE_DENIED: entry(
    '42501',
    403,
    ['relation', 'reached'],
    (f) => `a change of \`${f.relation}\` cascades to \`${f.reached}\`, where the caller may not make it`,
    () => 'let a rule of the reached relation follow its parent, or change the foreign key',
  ),
  CORDON_FUNCTION_DENIED: entry(
    '42501',
    403,
    ['function'],
    (f) => `function \`${f.function}\` is not on the list of functions that may be called`,
    () => 'if it is free of side effects and reads no relation, add it under `allow.functions` of the policy',
  ),
  CORDON_OPERATOR_DENIED: entry(
    '42501',
    403,
    ['operator'],
    (f) => `operator \`${f.operator}\` is not on the list of operators that may be used`,
    () => 'if it is free of side effects, add it under `allow.operators` of the policy',
  ),
  CORDON_TYPE_DENIED: entry(
    '42501',
    403,
    ['type'],
    (f) => `type \`${f.type}\` is not on the list of types that may be named`,
    () => 'add it under `allow.types` of the policy',
  ),
  CORDON_NAME_LITERAL_DENIED: entry(
    '42501',
    403,
    [],
    () => 'a literal or expression that names a catalog object may not be used here',
    () => 'write the name of the object itself instead of looking it up by text',
  ),
  CORDON_SYSTEM_COLUMN_DENIED: entry(
    '42501',
    403,
    ['column'],
    (f) => `system column \`${f.column}\` is not shown`,
    () => 'use the key of the relation',
  ),
  CORDON_STATEMENT_DENIED: entry(
    '42501',
    403,
    ['statement'],
    (f) => `statement \`${f.statement}\` is not one that callers may run`,
    () => 'run it through a service role that declares it, or directly on the database as an administrator',
  ),
  CORDON_SETTING_DENIED: entry(
    '42501',
    403,
    ['setting'],
    (f) => `setting \`${f.setting}\` may not be changed or shown`,
    () => 'set it for the role in the database; the list of settings is in the reference',
  ),
  CORDON_SYNTAX: entry(
    '42601',
    400,
    [],
    () => 'the statement cannot be parsed',
    () => 'check its syntax; Cordon reads the grammar of PostgreSQL 18',
  ),
  CORDON_UNSUPPORTED: entry(
    '0A000',
    501,
    ['construct'],
    (f) => `${f.construct} cannot be checked, so the statement is refused`,
    () => 'write the statement without it; the limits page lists what is refused and why',
  ),
  CORDON_AMBIGUOUS_COLUMN: entry(
    '42702',
    400,
    ['column'],
    (f) => `column reference \`${f.column}\` is ambiguous`,
    () => 'qualify it with the alias of its relation',
  ),
  CORDON_ALIAS_UNKNOWN: entry(
    '42P01',
    400,
    ['alias'],
    (f) => `there is no FROM item called \`${f.alias}\` here`,
    () => 'check the alias, and that the FROM item is visible at this place',
  ),
  CORDON_ALIAS_TWICE: entry(
    '42712',
    400,
    ['alias'],
    (f) => `name \`${f.alias}\` is used for more than one FROM item`,
    () => 'give each FROM item an alias of its own',
  ),
  CORDON_TEXT_MALFORMED: entry(
    '22021',
    400,
    [],
    () => 'the statement is not well-formed UTF-8 text, or holds a NUL',
    () => 'send statements as UTF-8 without NUL',
  ),
  CORDON_LIMIT_STATEMENT: entry(
    '54001',
    413,
    ['limit', 'maximum'],
    (f) => `the statement exceeds the limit of ${f.maximum} for ${f.limit}`,
    () => 'split the statement, or raise the limit in the configuration',
  ),
  CORDON_PARSER_BUSY: entry(
    '57014',
    503,
    [],
    () => 'the parser is being replaced after a failure',
    () => 'send the statement again',
  ),
  CORDON_VERIFY_FAILED: entry(
    '0A000',
    501,
    [],
    () => 'the rewritten statement does not read back as it was meant, so it is refused',
    () => 'this is a bug in Cordon that was caught; please report the shape of the statement',
  ),
  CORDON_TOKEN_INVALID: entry(
    '28000',
    401,
    ['reason'],
    (f) => `the token is not accepted: ${f.reason}`,
    () => 'present a fresh token signed by the issuer that the policy names',
  ),
  CORDON_CLAIM_INVALID: entry(
    '28000',
    401,
    ['claim'],
    (f) => `claim \`${f.claim}\` is missing, of another type than the policy declares, or too long`,
    () => 'correct the token at its issuer, or the claim in the policy',
  ),
  CORDON_CALLER_CHANGED: entry(
    '42501',
    403,
    [],
    () => 'a transaction has one caller, and another one was presented',
    () => 'end the transaction before presenting another token',
  ),
  CORDON_PREPARED_UNKNOWN: entry(
    '26000',
    400,
    [],
    () => 'the prepared statement does not exist for this caller',
    () => 'prepare the statement first',
  ),
  CORDON_POLICY_INVALID: entry(
    'F0000',
    500,
    ['count'],
    (f) => `the policy has ${f.count} mistakes`,
    () => 'run `cordon check` for their lines, reasons and fixes',
  ),
  CORDON_USAGE: entry(
    '22023',
    400,
    ['reason'],
    (f) => `${f.reason}`,
    () => 'add `--help` after the name of the command to see its options and examples',
  ),
  CORDON_FILE_UNREADABLE: entry(
    '58P01',
    500,
    ['file', 'reason'],
    (f) => `file \`${f.file}\` cannot be read: ${f.reason}`,
    () => 'check the path, and that this user may read it',
  ),
  CORDON_MODULE_INVALID: entry(
    'F0000',
    500,
    ['file', 'reason'],
    (f) => `module \`${f.file}\` gives no policy: ${f.reason}`,
    () => 'export the policy as `export default definePolicy({ … })`',
  ),
  CORDON_CLAIMS_MALFORMED: entry(
    '22023',
    400,
    ['reason'],
    (f) => `the claims cannot be used: ${f.reason}`,
    () =>
      'give the payload of a token as a JSON object, such as `{"sub":"…","role":"member"}`, or `anonymous`',
  ),
  CORDON_PERSON_UNKNOWN: entry(
    '22023',
    400,
    ['person', 'known'],
    (f) => `nobody is called \`${f.person}\` in the demo`,
    (f) => `use one of ${f.known}, or give claims as a JSON object`,
  ),
  CORDON_KEY_INVALID: entry(
    '22023',
    400,
    ['reason'],
    (f) => `the key cannot be used: ${f.reason}`,
    () => 'give a private key as PEM (PKCS #8) or JWK, or a secret of at least 32 bytes for HS256',
  ),
  CORDON_UPSTREAM_UNREACHABLE: entry(
    '08001',
    503,
    ['reason'],
    (f) => `the database cannot be reached: ${f.reason}`,
    () => 'check host and port, that it is running, and `--upstream-tls` if it has no certificate',
  ),
  CORDON_UPSTREAM_REFUSED: entry(
    '08004',
    503,
    ['sqlstate'],
    (f) => `the database refuses the connection with SQLSTATE ${f.sqlstate}`,
    () => 'check user, database and the password in `CORDON_UPSTREAM_PASSWORD`',
  ),
  CORDON_GATEWAY_UNREACHABLE: entry(
    '08001',
    503,
    ['reason'],
    (f) => `the gateway cannot be reached: ${f.reason}`,
    () => 'start one with `npx cordon demo` in another terminal, or give its address with `--url`',
  ),
  CORDON_LISTEN_FAILED: entry(
    '08001',
    503,
    ['address', 'reason'],
    (f) => `cannot listen on ${f.address}: ${f.reason}`,
    () => 'choose another address with `--listen`, or end the process that uses this one',
  ),
  CORDON_PROTOCOL_MALFORMED: entry(
    '08P01',
    400,
    ['message', 'problem'],
    (f) => `a \`${f.message}\` of the protocol is malformed: ${f.problem}`,
    () => 'the driver, or what stands between it and Cordon, does not keep to protocol 3 of PostgreSQL',
  ),
  CORDON_PROTOCOL_UNKNOWN: entry(
    '08P01',
    400,
    ['type'],
    (f) => `no message of type ${f.type} exists in this direction and phase of the protocol`,
    () => 'connect with a client of PostgreSQL; plain TLS or HTTP is not understood on this port',
  ),
  CORDON_PROTOCOL_UNEXPECTED: entry(
    '08P01',
    400,
    ['message', 'phase'],
    (f) => `message \`${f.message}\` has no place in phase \`${f.phase}\` of the connection`,
    () => 'the driver, or what stands between it and Cordon, does not keep to protocol 3 of PostgreSQL',
  ),
  CORDON_PROTOCOL_VERSION: entry(
    '0A000',
    400,
    ['major'],
    (f) => `version ${f.major} of the protocol is not supported`,
    () => 'use a client that speaks version 3 of the protocol of PostgreSQL',
  ),
  CORDON_PROTOCOL_AUTHENTICATION: entry(
    '28000',
    503,
    ['method'],
    (f) => `the database asks for authentication method ${f.method}, which is not supported`,
    () => 'let `pg_hba.conf` of the database ask for `scram-sha-256`, or for a client certificate',
  ),
  CORDON_LIMIT_MESSAGE: entry(
    '54001',
    413,
    ['type', 'maximum'],
    (f) => `a message of type ${f.type} exceeds the limit of ${f.maximum} bytes`,
    () => 'send less in one message, or raise the limit in the configuration',
  ),
  CORDON_PASSWORD_INVALID: entry(
    '28P01',
    401,
    [],
    () => 'the user does not exist or the password is not the right one',
    () => 'check user and password, and that the policy declares the role',
  ),
  CORDON_UPSTREAM_UNVERIFIED: entry(
    '28000',
    503,
    [],
    () => 'the database did not prove that it knows the password',
    () => 'check that the address belongs to the database and that nothing stands in between',
  ),
  CORDON_COPY_MALFORMED: entry(
    '22P04',
    400,
    ['line', 'problem'],
    (f) => `line ${f.line} of the COPY data cannot be read: ${f.problem}`,
    () => 'check delimiter, quotes, line ends and the number of fields',
  ),
  CORDON_COPY_ENCODING: entry(
    '22021',
    400,
    ['line'],
    (f) => `line ${f.line} of the COPY data is not well-formed UTF-8 text, or holds a NUL`,
    () => 'send COPY data as UTF-8 without NUL',
  ),
  CORDON_LIMIT_COPY_LINE: entry(
    '54001',
    413,
    ['line', 'maximum'],
    (f) => `line ${f.line} of the COPY data exceeds the limit of ${f.maximum} bytes`,
    () => 'split the data, or raise the limit in the configuration',
  ),
  CORDON_DATABASE_ERROR: entry(
    'XX000',
    500,
    [],
    () => 'the database refused the statement',
    () => 'the SQLSTATE tells why; the log of the database holds the details',
  ),
} as const satisfies Record<string, ErrorEntry>;

/** A stable code of an error. */
export type ErrorCode = keyof typeof ERRORS;
