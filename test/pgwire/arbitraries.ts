/** Any message of each kind, for property tests. The tables are closed over the unions: a new kind must be added here. */
import fc from 'fast-check';
import type {
  BackendKind,
  BackendMessage,
  ErrorFields,
  FrontendKind,
  FrontendMessage,
  StartupPacket,
} from '../../src/pgwire/index.ts';

type Table<M extends { kind: string }> = { readonly [K in M['kind']]: fc.Arbitrary<Extract<M, { kind: K }>> };

const text = fc.string({ unit: 'binary', maxLength: 12 }).map((any) => any.replaceAll('\0', ''));
const name = text.filter((any) => any !== '');
const bytes = fc.uint8Array({ maxLength: 20 }).map((array) => Buffer.from(array));
const value = fc.option(bytes);
const values = fc.array(value, { maxLength: 6 });
const format = fc.constantFrom(0 as const, 1 as const);
const oid = fc.integer({ min: 0, max: 0xffff_ffff });
const count = fc.integer({ min: 0, max: 0x7fff_ffff });
const int16 = fc.integer({ min: -0x8000, max: 0x7fff });
const int32 = fc.integer({ min: -0x8000_0000, max: 0x7fff_ffff });
const key = fc.uint8Array({ minLength: 4, maxLength: 256 }).map((array) => Buffer.from(array));
const target = fc.constantFrom('statement' as const, 'portal' as const);

const formatsFor = (length: number) => {
  const choices = [0, 1, length].map((size) => fc.array(format, { minLength: size, maxLength: size }));
  return fc.oneof(...choices);
};

function record<K extends string, T extends object>(kind: K, fields: { [F in keyof T]: fc.Arbitrary<T[F]> }) {
  return fc.record(fields).map((rest) => ({ kind, ...rest }) as { readonly kind: K } & T);
}

const bare = <K extends string>(kind: K) => fc.constant({ kind } as { readonly kind: K });

export const frontendMessages: Table<FrontendMessage> = {
  Query: record('Query', { text }),
  Parse: record('Parse', { statement: text, text, parameterTypes: fc.array(oid, { maxLength: 5 }) }),
  Bind: values.chain((chosen) =>
    record('Bind', {
      portal: text,
      statement: text,
      parameterFormats: formatsFor(chosen.length),
      values: fc.constant(chosen),
      resultFormats: fc.array(format, { maxLength: 5 }),
    }),
  ),
  Describe: record('Describe', { target, name: text }),
  Execute: record('Execute', { portal: text, rowLimit: count }),
  Close: record('Close', { target, name: text }),
  Flush: bare('Flush'),
  Sync: bare('Sync'),
  Terminate: bare('Terminate'),
  FunctionCall: record('FunctionCall', {
    function: oid,
    argumentFormats: fc.array(format, { maxLength: 4 }),
    arguments: values,
    resultFormat: format,
  }),
  CopyData: record('CopyData', { data: bytes }),
  CopyDone: bare('CopyDone'),
  CopyFail: record('CopyFail', { reason: text }),
  PasswordMessage: record('PasswordMessage', { password: text }),
  SASLInitialResponse: record('SASLInitialResponse', { mechanism: text, data: value }),
  SASLResponse: record('SASLResponse', { data: bytes }),
};

const sqlstate = fc
  .array(fc.constantFrom(...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'), { minLength: 5, maxLength: 5 })
  .map((letters) => letters.join(''));
const position = fc.integer({ min: 1, max: 999_999_999 });

const errorFields: fc.Arbitrary<ErrorFields> = fc.record(
  {
    severity: text,
    severityPlain: text,
    code: sqlstate,
    message: text,
    detail: text,
    hint: text,
    position,
    internalPosition: position,
    internalQuery: text,
    where: text,
    schema: text,
    table: text,
    column: text,
    dataType: text,
    constraint: text,
    file: text,
    line: text,
    routine: text,
  },
  { requiredKeys: ['severity', 'code', 'message'] },
) as fc.Arbitrary<ErrorFields>;

const copyShape = { format, columnFormats: fc.array(format, { maxLength: 5 }) };

export const backendMessages: Table<BackendMessage> = {
  AuthenticationOk: bare('AuthenticationOk'),
  AuthenticationCleartextPassword: bare('AuthenticationCleartextPassword'),
  AuthenticationMD5Password: record('AuthenticationMD5Password', {
    salt: fc.uint8Array({ minLength: 4, maxLength: 4 }).map((array) => Buffer.from(array)),
  }),
  AuthenticationSASL: record('AuthenticationSASL', {
    mechanisms: fc.array(name, { minLength: 1, maxLength: 3 }),
  }),
  AuthenticationSASLContinue: record('AuthenticationSASLContinue', { data: bytes }),
  AuthenticationSASLFinal: record('AuthenticationSASLFinal', { data: bytes }),
  BackendKeyData: record('BackendKeyData', { processId: oid, secretKey: key }),
  BindComplete: bare('BindComplete'),
  CloseComplete: bare('CloseComplete'),
  CommandComplete: record('CommandComplete', { tag: text }),
  CopyBothResponse: record('CopyBothResponse', copyShape),
  CopyData: record('CopyData', { data: bytes }),
  CopyDone: bare('CopyDone'),
  CopyInResponse: record('CopyInResponse', copyShape),
  CopyOutResponse: record('CopyOutResponse', copyShape),
  DataRow: record('DataRow', { values }),
  EmptyQueryResponse: bare('EmptyQueryResponse'),
  ErrorResponse: record('ErrorResponse', { fields: errorFields }),
  FunctionCallResponse: record('FunctionCallResponse', { value }),
  NegotiateProtocolVersion: record('NegotiateProtocolVersion', {
    minor: fc.integer({ min: 0, max: 0xffff }),
    unknownOptions: fc.array(text, { maxLength: 4 }),
  }),
  NoData: bare('NoData'),
  NoticeResponse: record('NoticeResponse', { fields: errorFields }),
  NotificationResponse: record('NotificationResponse', { processId: oid, channel: text, payload: text }),
  ParameterDescription: record('ParameterDescription', { types: fc.array(oid, { maxLength: 5 }) }),
  ParameterStatus: record('ParameterStatus', { name: text, value: text }),
  ParseComplete: bare('ParseComplete'),
  PortalSuspended: bare('PortalSuspended'),
  ReadyForQuery: record('ReadyForQuery', {
    status: fc.constantFrom('I' as const, 'T' as const, 'E' as const),
  }),
  RowDescription: record('RowDescription', {
    fields: fc.array(
      fc.record({
        name: text,
        relation: oid,
        attribute: int16,
        type: oid,
        typeSize: int16,
        typeModifier: int32,
        format,
      }),
      { maxLength: 4 },
    ),
  }),
};

const settings = (prefix: string) =>
  fc
    .array(fc.tuple(name, text), { maxLength: 5 })
    .map((pairs) => new Map(pairs.map(([key, value]) => [`${prefix}${key}`, value] as const)));

export const startupPackets: Table<StartupPacket> = {
  StartupMessage: record('StartupMessage', {
    minor: fc.integer({ min: 0, max: 0xffff }),
    parameters: settings('x.'),
    protocolOptions: settings('_pq_.'),
  }),
  SSLRequest: bare('SSLRequest'),
  GSSENCRequest: bare('GSSENCRequest'),
  CancelRequest: record('CancelRequest', { processId: oid, secretKey: key }),
};

export const frontendKinds = Object.keys(frontendMessages) as readonly FrontendKind[];
export const backendKinds = Object.keys(backendMessages) as readonly BackendKind[];
export const startupKinds = Object.keys(startupPackets) as readonly StartupPacket['kind'][];

export const anyFrontendMessage: fc.Arbitrary<FrontendMessage> = fc.oneof(...Object.values(frontendMessages));
export const anyBackendMessage: fc.Arbitrary<BackendMessage> = fc.oneof(...Object.values(backendMessages));
