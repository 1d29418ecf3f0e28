/**
 * What a client is told of an error: RFC 9457, with a status, a stable code and no word of what happened. Messages of errors
 * name relations, and those of ORMs quote statements and parameters, so none is passed on.
 */
import { STATUS_CODES } from 'node:http';
import { ERRORS, type ErrorCode } from '../errors/index.ts';

export interface Problem {
  readonly type: 'about:blank';
  readonly title: string;
  readonly status: number;
  /** A code of Cordon (docs/reference/errors.md), or `SQLSTATE_` and five characters for an error of the database. */
  readonly code?: string;
  /** Only what the application itself wrote for its client, which says so by `expose`. */
  readonly detail?: string;
}

export const PROBLEM_TYPE = 'application/problem+json';

/** Any error as a problem. What wraps an error, as ORMs do, is looked through. */
export function problemOf(error: unknown): Problem {
  for (const layer of layers(error)) {
    const code = codeOf(layer);
    if (code === undefined) continue;
    const status = isOwn(code) ? ERRORS[code].status : statusOfSqlstate(code);
    return problem(status, isOwn(code) ? code : `SQLSTATE_${code}`);
  }
  return ofApplication(error);
}

/** What may be written to a log: the name and the place of an error, without its message. */
export function traceOf(error: unknown): { readonly name: string; readonly frames: readonly string[] } {
  if (!(error instanceof Error)) return { name: typeof error, frames: [] };
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return { name: error.name, frames: frames.map((frame) => frame.trim()) };
}

/** Headers that go with a problem: RFC 6750 §3 for a token that does not hold. */
export function headersOf({ status, code }: Problem): Readonly<Record<string, string>> {
  const challenge = status === 401 && code !== undefined && isOwn(code);
  return {
    'content-type': PROBLEM_TYPE,
    'cache-control': 'no-store',
    ...(challenge ? { 'www-authenticate': 'Bearer error="invalid_token"' } : {}),
  };
}

interface Layer {
  readonly code?: unknown;
  readonly severity?: unknown;
  readonly cause?: unknown;
  readonly driverError?: unknown;
  readonly original?: unknown;
}

const LAYERS_MAX = 8;

/** An error and what it wraps: `cause`, `driverError` (TypeORM), `original` (Sequelize). */
function layers(error: unknown): readonly Layer[] {
  const found: Layer[] = [];
  let layer: unknown = error;
  while (typeof layer === 'object' && layer !== null && found.length < LAYERS_MAX) {
    const current: Layer = layer;
    found.push(current);
    layer = current.cause ?? current.driverError ?? current.original;
  }
  return found;
}

function codeOf({ code, severity }: Layer): string | undefined {
  if (typeof code !== 'string') return undefined;
  if (isOwn(code)) return code;
  return typeof severity === 'string' && /^[0-9A-Z]{5}$/.test(code) ? code : undefined;
}

function isOwn(code: string): code is ErrorCode {
  return Object.hasOwn(ERRORS, code);
}

/** https://www.postgresql.org/docs/current/errcodes-appendix.html */
function statusOfSqlstate(sqlstate: string): number {
  if (/^(23505|23503|23P01)$/.test(sqlstate)) return 409;
  if (/^(22|23)/.test(sqlstate)) return 400;
  if (sqlstate === '42501') return 403;
  return /^(08|40|53|55|57)/.test(sqlstate) ? 503 : 500;
}

/** Errors of frameworks and of `http-errors` carry a status, and `expose` where their message is meant for the client. */
function ofApplication(error: unknown): Problem {
  const { statusCode, status, expose, message } = (error ?? {}) as Readonly<Record<string, unknown>>;
  const given = typeof statusCode === 'number' ? statusCode : status;
  const known = typeof given === 'number' && given >= 400 && given < 600 && Number.isInteger(given);
  const shown = known && expose === true && typeof message === 'string';
  return { ...problem(known ? given : 500, undefined), ...(shown ? { detail: message } : {}) };
}

function problem(status: number, code: string | undefined): Problem {
  const title = STATUS_CODES[status] ?? 'Error';
  return { type: 'about:blank', title, status, ...(code === undefined ? {} : { code }) };
}
