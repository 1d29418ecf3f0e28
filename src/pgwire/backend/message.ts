/** Messages from the database. */
import { type Codec, decodeWith, typeByte, writeWith } from '../codec.ts';
import { type CopyData, copyData } from '../copy-data.ts';
import { type CopyDone, copyDone } from '../copy-done.ts';
import { MessageReader } from '../message-reader.ts';
import { MessageWriter } from '../message-writer.ts';
import { asEnding, unknownMessage } from '../protocol-error.ts';
import {
  type Authentication,
  authenticationCleartextPassword,
  authenticationMd5Password,
  authenticationOk,
  authenticationSasl,
  authenticationSaslContinue,
  authenticationSaslFinal,
  readAuthentication,
} from './authentication.ts';
import { type BackendKeyData, backendKeyData } from './backend-key-data.ts';
import { type BindComplete, bindComplete } from './bind-complete.ts';
import { type CloseComplete, closeComplete } from './close-complete.ts';
import { type CommandComplete, commandComplete } from './command-complete.ts';
import {
  type CopyBothResponse,
  type CopyInResponse,
  type CopyOutResponse,
  copyBothResponse,
  copyInResponse,
  copyOutResponse,
} from './copy-response.ts';
import { type DataRow, dataRow } from './data-row.ts';
import { type EmptyQueryResponse, emptyQueryResponse } from './empty-query-response.ts';
import { type ErrorResponse, errorResponse } from './error-response.ts';
import { type FunctionCallResponse, functionCallResponse } from './function-call-response.ts';
import { type NegotiateProtocolVersion, negotiateProtocolVersion } from './negotiate-protocol-version.ts';
import { type NoData, noData } from './no-data.ts';
import { type NoticeResponse, noticeResponse } from './notice-response.ts';
import { type NotificationResponse, notificationResponse } from './notification-response.ts';
import { type ParameterDescription, parameterDescription } from './parameter-description.ts';
import { type ParameterStatus, parameterStatus } from './parameter-status.ts';
import { type ParseComplete, parseComplete } from './parse-complete.ts';
import { type PortalSuspended, portalSuspended } from './portal-suspended.ts';
import { type ReadyForQuery, readyForQuery } from './ready-for-query.ts';
import { type RowDescription, rowDescription } from './row-description.ts';

export type BackendMessage =
  | Authentication
  | BackendKeyData
  | BindComplete
  | CloseComplete
  | CommandComplete
  | CopyBothResponse
  | CopyData
  | CopyDone
  | CopyInResponse
  | CopyOutResponse
  | DataRow
  | EmptyQueryResponse
  | ErrorResponse
  | FunctionCallResponse
  | NegotiateProtocolVersion
  | NoData
  | NoticeResponse
  | NotificationResponse
  | ParameterDescription
  | ParameterStatus
  | ParseComplete
  | PortalSuspended
  | ReadyForQuery
  | RowDescription;

export type BackendKind = BackendMessage['kind'];

const codecs: { readonly [K in BackendKind]: Codec<Extract<BackendMessage, { kind: K }>> } = {
  AuthenticationOk: authenticationOk,
  AuthenticationCleartextPassword: authenticationCleartextPassword,
  AuthenticationMD5Password: authenticationMd5Password,
  AuthenticationSASL: authenticationSasl,
  AuthenticationSASLContinue: authenticationSaslContinue,
  AuthenticationSASLFinal: authenticationSaslFinal,
  BackendKeyData: backendKeyData,
  BindComplete: bindComplete,
  CloseComplete: closeComplete,
  CommandComplete: commandComplete,
  CopyBothResponse: copyBothResponse,
  CopyData: copyData,
  CopyDone: copyDone,
  CopyInResponse: copyInResponse,
  CopyOutResponse: copyOutResponse,
  DataRow: dataRow,
  EmptyQueryResponse: emptyQueryResponse,
  ErrorResponse: errorResponse,
  FunctionCallResponse: functionCallResponse,
  NegotiateProtocolVersion: negotiateProtocolVersion,
  NoData: noData,
  NoticeResponse: noticeResponse,
  NotificationResponse: notificationResponse,
  ParameterDescription: parameterDescription,
  ParameterStatus: parameterStatus,
  ParseComplete: parseComplete,
  PortalSuspended: portalSuspended,
  ReadyForQuery: readyForQuery,
  RowDescription: rowDescription,
};

const AUTHENTICATION = typeByte('R');

const codecOf = (kind: BackendKind): Codec<BackendMessage> => codecs[kind] as Codec<BackendMessage>;

/** By type byte. */
const codecOfType: (Codec<BackendMessage> | undefined)[] = Array(256).fill(undefined);
for (const codec of (Object.keys(codecs) as BackendKind[]).map(codecOf)) {
  if (codec.type !== undefined) codecOfType[codec.type] = codec;
}

/** The type bytes a database may send. */
export const backendTypes: readonly number[] = codecOfType.flatMap((codec, type) =>
  codec === undefined ? [] : [type],
);

/**
 * Reads one message of the database. Buffers in the message are views into the payload. Every mistake ends the connection:
 * what a database has answered cannot be asked for again.
 */
export function decodeBackend(type: number, payload: Buffer): BackendMessage {
  return decodeBackendFrame(type, payload, 0, payload.length);
}

/** The same for a message whose payload lies in a buffer with others. */
export function decodeBackendFrame(type: number, buffer: Buffer, start: number, end: number): BackendMessage {
  const codec = codecOfType[type];
  if (codec === undefined) throw unknownMessage();
  try {
    return type === AUTHENTICATION
      ? decodeAuthentication(buffer.subarray(start, end))
      : decodeWith(codec, buffer, start, end);
  } catch (error) {
    throw asEnding(error);
  }
}

function decodeAuthentication(payload: Buffer): Authentication {
  const reader = new MessageReader('Authentication', payload);
  const message = readAuthentication(reader);
  reader.end();
  return message;
}

export function writeBackend(writer: MessageWriter, message: BackendMessage): void {
  writeWith(codecOf(message.kind), writer, message);
}

export function encodeBackend(...messages: readonly BackendMessage[]): Buffer {
  const writer = new MessageWriter();
  for (const message of messages) writeBackend(writer, message);
  return writer.take();
}
