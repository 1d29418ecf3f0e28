import type { CordonError } from '../errors/index.ts';
import type { SafeError, SafeNotice } from '../guard/answers.ts';
import { type ErrorFields, encodeBackend } from '../pgwire/index.ts';

/** An error of the gateway as the client receives it: code, words and hint, and nothing else. */
export function errorAnswer(error: CordonError, severity: 'ERROR' | 'FATAL' = 'ERROR'): Buffer {
  const hint = `${error.hint} (${error.code})`;
  return encodeError({ severity, code: error.sqlstate, message: error.message, hint });
}

/** An error of the database, made safe, as the client receives it. */
export function safeErrorAnswer({ severity, code, message, hint }: SafeError): Buffer {
  return encodeError({ severity, code, message, ...(hint === undefined ? {} : { hint }) });
}

export function noticeAnswer({ severity, code, message }: SafeNotice): Buffer {
  return encodeBackend({
    kind: 'NoticeResponse',
    fields: { severity, severityPlain: severity, code, message },
  });
}

function encodeError(fields: ErrorFields): Buffer {
  return encodeBackend({ kind: 'ErrorResponse', fields: { ...fields, severityPlain: fields.severity } });
}
