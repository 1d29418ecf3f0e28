/** PostgreSQL's protocol 3: bytes to messages and back. No sockets, no policy. */
export type {
  Authentication,
  AuthenticationCleartextPassword,
  AuthenticationMD5Password,
  AuthenticationOk,
  AuthenticationSASL,
  AuthenticationSASLContinue,
  AuthenticationSASLFinal,
} from './backend/authentication.ts';
export type { BackendKeyData } from './backend/backend-key-data.ts';
export type { CommandComplete } from './backend/command-complete.ts';
export type { CopyBothResponse, CopyInResponse, CopyOutResponse } from './backend/copy-response.ts';
export { type DataRow, isDataRowOf } from './backend/data-row.ts';
export type { ErrorFields } from './backend/error-fields.ts';
export type { ErrorResponse } from './backend/error-response.ts';
export {
  type BackendKind,
  type BackendMessage,
  backendTypes,
  decodeBackend,
  decodeBackendFrame,
  encodeBackend,
  writeBackend,
} from './backend/message.ts';
export type { NegotiateProtocolVersion } from './backend/negotiate-protocol-version.ts';
export type { NoticeResponse } from './backend/notice-response.ts';
export type { NotificationResponse } from './backend/notification-response.ts';
export type { ParameterDescription } from './backend/parameter-description.ts';
export type { ParameterStatus } from './backend/parameter-status.ts';
export type { ReadyForQuery, TransactionStatus } from './backend/ready-for-query.ts';
export type { FieldDescription, RowDescription } from './backend/row-description.ts';
export { typeByte } from './codec.ts';
export type { CopyFormat } from './copy/copy-format.ts';
export { CopyDecoder, type CopyDecoderOptions, type CopyRow } from './copy/decoder.ts';
export type { CopyData } from './copy-data.ts';
export type { CopyDone } from './copy-done.ts';
export type { Format } from './format.ts';
export {
  authenticationFrameLimits,
  backendFrameLimits,
  type FrameLimits,
  frontendFrameLimits,
} from './frame-limits.ts';
export { FrameRun } from './frame-run.ts';
export { FrameScanner, type ScannerStep } from './frame-scanner.ts';
export { type Bind, formatAt } from './frontend/bind.ts';
export type { Close } from './frontend/close.ts';
export type { CopyFail } from './frontend/copy-fail.ts';
export type { Describe } from './frontend/describe.ts';
export type { Execute } from './frontend/execute.ts';
export type { FunctionCall } from './frontend/function-call.ts';
export {
  type AuthenticationAnswer,
  decodeFrontend,
  decodeFrontendFrame,
  encodeFrontend,
  type FrontendKind,
  type FrontendMessage,
  frontendKind,
  frontendTypes,
  writeFrontend,
} from './frontend/message.ts';
export type { Parse } from './frontend/parse.ts';
export type { PasswordMessage } from './frontend/password-message.ts';
export type { Query } from './frontend/query.ts';
export type { SASLInitialResponse } from './frontend/sasl-initial-response.ts';
export type { SASLResponse } from './frontend/sasl-response.ts';
export type { Target } from './frontend/target.ts';
export { encodeUnnamedRun, type UnnamedRun } from './frontend/unnamed-run.ts';
export {
  type Advance,
  advance,
  type FrontendState,
  initialFrontendState,
  observe,
  type ServerEvent,
} from './frontend-state.ts';
export * as limits from './limits.ts';
export type { MessageName } from './message-name.ts';
export { MessageReader } from './message-reader.ts';
export { MessageWriter } from './message-writer.ts';
export { malformed, ProtocolError } from './protocol-error.ts';
export { ScramClient, type ScramClientOptions } from './scram/client.ts';
export {
  cachedScramKeys,
  type DeriveKeys,
  deriveScramKeys,
  SCRAM_SHA_256,
  type ScramKeys,
} from './scram/keys.ts';
export { saslPrep } from './scram/sasl-prep.ts';
export { ScramServer } from './scram/server.ts';
export {
  findVerifier,
  formatVerifier,
  isPasswordOf,
  makeVerifier,
  mockVerifier,
  type ScramVerifier,
} from './scram/verifier.ts';
export type { CancelRequest } from './startup/cancel-request.ts';
export { decodeStartup, encodeStartup, type StartupPacket, writeStartup } from './startup/message.ts';
export { type Negotiated, negotiateProtocol } from './startup/negotiation.ts';
export type { StartupMessage } from './startup/startup-message.ts';
export { type ScannedStartup, StartupScanner } from './startup-scanner.ts';
