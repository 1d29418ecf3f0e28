import { isUtf8 } from 'node:buffer';
import { saslMessageBytesMax } from '../limits.ts';
import type { MessageName } from '../message-name.ts';
import { malformedFrame, type ProtocolError } from '../protocol-error.ts';

/** RFC 5802: printable ASCII without the comma. */
const NONCE = /^[\x21-\x2b\x2d-\x7e]+$/;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

export function malformedScram(message: MessageName): ProtocolError {
  return malformedFrame(message, 'the SCRAM message is malformed');
}

/** The text of a SCRAM message, within its bound. */
export function scramText(message: MessageName, data: Buffer): string {
  if (data.length > saslMessageBytesMax || !isUtf8(data) || data.includes(0)) throw malformedScram(message);
  return data.toString('utf8');
}

/** Reads `name=value` parts that have to stand in this order, separated by commas; what follows them is returned as a rest. */
export function scramAttributes(message: MessageName, text: string, names: string): readonly string[] {
  const parts = text.split(',');
  if (parts.length < names.length) throw malformedScram(message);
  return [...names].map((name, index) => {
    const part = parts[index] ?? '';
    if (!part.startsWith(`${name}=`)) throw malformedScram(message);
    return part.slice(2);
  });
}

export function isNonce(text: string): boolean {
  return NONCE.test(text);
}

/** Decodes base64 that is not empty and written in the one canonical way; undefined otherwise. */
export function decodeBase64(text: string): Buffer | undefined {
  if (text === '' || !BASE64.test(text)) return undefined;
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : undefined;
}
