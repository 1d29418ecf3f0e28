import {
  blockCommentEnd,
  dollarQuoteEnd,
  escapeStringEnd,
  lineCommentEnd,
  nameEnd,
  quotedEnd,
} from '../src/sql/shape/lexis.ts';

const COPY_IN = /^\s*copy\b[^;]*\bfrom\s+stdin\b/i;

/** The statements of a psql script: without backslash commands and the data behind COPY .. FROM STDIN. */
export function splitScript(script: string): string[] {
  const pieces: string[] = [];
  let piece = '';
  let at = 0;
  while (at < script.length) {
    const end = tokenEnd(script, at);
    const token = script.slice(at, end);
    at = end;
    if (token === '\\') {
      at = lineEnd(script, at);
    } else if (token !== ';') {
      piece += token;
    } else {
      pieces.push(piece);
      if (COPY_IN.test(piece)) at = copyDataEnd(script, at);
      piece = '';
    }
  }
  if (piece.trim() !== '') pieces.push(piece);
  return pieces;
}

function lineEnd(script: string, at: number): number {
  const end = script.indexOf('\n', at);
  return end === -1 ? script.length : end;
}

function copyDataEnd(script: string, at: number): number {
  const end = script.indexOf('\n\\.', at);
  return end === -1 ? script.length : lineEnd(script, end + 1);
}

function tokenEnd(script: string, at: number): number {
  const end = quotedOrComment(script, at);
  if (end === -1) return script.length;
  return end === 0 ? at + 1 : end;
}

/** 0: neither starts here. */
function quotedOrComment(script: string, at: number): number {
  const unit = script.charAt(at);
  const next = script.charAt(at + 1);
  if (/[eE]/.test(unit) && next === "'") return escapeStringEnd(script, at + 1);
  if (/[A-Za-z_\u0080-\uffff]/.test(unit)) return nameEnd(script, at);
  if (unit === "'" || unit === '"') return quotedEnd(script, at, unit);
  if (unit === '$') return dollarQuoteEnd(script, at);
  if (unit === '-' && next === '-') return lineCommentEnd(script, at);
  if (unit === '/' && next === '*') return blockCommentEnd(script, at, 1000);
  return 0;
}
