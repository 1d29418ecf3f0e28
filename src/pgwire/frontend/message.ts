/** Messages from the client, after the startup phase. */
import { type Codec, decodeWith, typeByte, writeWith } from '../codec.ts';
import { type CopyData, copyData } from '../copy-data.ts';
import { type CopyDone, copyDone } from '../copy-done.ts';
import { MessageWriter } from '../message-writer.ts';
import { asEnding, endingOnError, unknownMessage } from '../protocol-error.ts';
import { type Bind, bind } from './bind.ts';
import { type Close, close } from './close.ts';
import { type CopyFail, copyFail } from './copy-fail.ts';
import { type Describe, describe } from './describe.ts';
import { type Execute, execute } from './execute.ts';
import { type Flush, flush } from './flush.ts';
import { type FunctionCall, functionCall } from './function-call.ts';
import { type Parse, parse } from './parse.ts';
import { type PasswordMessage, passwordMessage } from './password-message.ts';
import { type Query, query } from './query.ts';
import { type SASLInitialResponse, saslInitialResponse } from './sasl-initial-response.ts';
import { type SASLResponse, saslResponse } from './sasl-response.ts';
import { type Sync, sync } from './sync.ts';
import { type Terminate, terminate } from './terminate.ts';

export type FrontendMessage =
  | Query
  | Parse
  | Bind
  | Describe
  | Execute
  | Close
  | Flush
  | Sync
  | Terminate
  | FunctionCall
  | CopyData
  | CopyDone
  | CopyFail
  | PasswordMessage
  | SASLInitialResponse
  | SASLResponse;

export type FrontendKind = FrontendMessage['kind'];

/** Which of the three messages of type `p` is awaited: they cannot be told apart by themselves. */
export type AuthenticationAnswer = 'PasswordMessage' | 'SASLInitialResponse' | 'SASLResponse';

const codecs: { readonly [K in FrontendKind]: Codec<Extract<FrontendMessage, { kind: K }>> } = {
  Query: query,
  Parse: parse,
  Bind: bind,
  Describe: describe,
  Execute: execute,
  Close: close,
  Flush: flush,
  Sync: sync,
  Terminate: terminate,
  FunctionCall: functionCall,
  CopyData: copyData,
  CopyDone: copyDone,
  CopyFail: copyFail,
  PasswordMessage: passwordMessage,
  SASLInitialResponse: saslInitialResponse,
  SASLResponse: saslResponse,
};

const AUTHENTICATION_ANSWER = typeByte('p');

const codecOf = (kind: FrontendKind): Codec<FrontendMessage> => codecs[kind] as Codec<FrontendMessage>;

/** By type byte. */
const codecOfType: (Codec<FrontendMessage> | undefined)[] = Array(256).fill(undefined);
for (const codec of (Object.keys(codecs) as FrontendKind[]).map(codecOf)) {
  if (codec.type !== undefined && codec.type !== AUTHENTICATION_ANSWER) codecOfType[codec.type] = codec;
}

/** They say where a batch, a COPY or the session ends: a mistake in them cannot be answered as one statement's error. */
const STEERING: ReadonlySet<FrontendKind> = new Set(['Sync', 'Flush', 'Terminate', 'CopyDone', 'CopyFail']);

/** The type bytes a client may send once it is authenticated. */
export const frontendTypes: readonly number[] = codecOfType.flatMap((codec, type) =>
  codec === undefined ? [] : [type],
);

/**
 * Reads one message of the client. A message of type `p` is read only as the answer that is awaited; without one it is
 * refused. Buffers in the message are views into the payload.
 */
export function decodeFrontend(
  type: number,
  payload: Buffer,
  awaited?: AuthenticationAnswer,
): FrontendMessage {
  if (type === AUTHENTICATION_ANSWER && awaited !== undefined) {
    return endingOnError(() => decodeWith(codecOf(awaited), payload, 0, payload.length));
  }
  return decodeFrontendFrame(type, payload, 0, payload.length);
}

/** The same once the client is authenticated, for a message whose payload lies in a buffer with others. */
export function decodeFrontendFrame(
  type: number,
  buffer: Buffer,
  start: number,
  end: number,
): FrontendMessage {
  const codec = codecOfType[type];
  if (codec === undefined) throw unknownMessage();
  try {
    return decodeWith(codec, buffer, start, end);
  } catch (error) {
    throw STEERING.has(codec.kind) ? asEnding(error) : error;
  }
}

/** The name of a message by its type byte; undefined when clients send no such message. */
export function frontendKind(type: number, awaited?: AuthenticationAnswer): FrontendKind | undefined {
  if (type === AUTHENTICATION_ANSWER) return awaited;
  return codecOfType[type]?.kind;
}

export function writeFrontend(writer: MessageWriter, message: FrontendMessage): void {
  writeWith(codecOf(message.kind), writer, message);
}

export function encodeFrontend(...messages: readonly FrontendMessage[]): Buffer {
  const writer = new MessageWriter();
  for (const message of messages) writeFrontend(writer, message);
  return writer.take();
}
