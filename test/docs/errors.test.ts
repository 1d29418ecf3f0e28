import { describe, expect, it } from 'vitest';
import {
  CordonError,
  ERRORS,
  type ErrorCode,
  type ErrorEntry,
  type Facts,
  safeName,
} from '../../src/errors/index.ts';

const entries = Object.entries(ERRORS) as [ErrorCode, ErrorEntry][];

/** Facts that can be found again in a text. */
function marked(entry: ErrorEntry): Facts {
  return Object.fromEntries(entry.facts.map((fact) => [fact, safeName(`<${fact}>`)]));
}

describe.each(entries)('%s', (code, entry) => {
  const texts = [entry.happened(marked(entry)), entry.hint(marked(entry))];

  it('is written as CORDON_ and words in capitals', () => {
    expect(code).toMatch(/^CORDON(_[A-Z]+)+$/);
  });

  it('says what happened and what to do in one line each, lower case and without full stop', () => {
    for (const text of texts) {
      expect(text).toMatch(/^[a-z`<0-9][^\n]*[^.\s]$/);
      expect(text).not.toMatch(
        /^[^`]*\b(?!SQL|SQLSTATE|TLS|JSON|PEM|PKCS|JWK|HS256|UTF-8|NUL)[A-Z][a-z]+Error\b/,
      );
    }
  });

  it('has its names in backticks, in pairs', () => {
    for (const text of texts) expect((text.match(/`/g) ?? []).length % 2).toBe(0);
  });

  it('uses every fact it declares, and no other', () => {
    const used = new Set(
      texts.flatMap((text) => [...text.matchAll(/<([a-zA-Z]+)>/g)].map(([, fact = '']) => fact)),
    );
    expect([...used].sort()).toEqual([...entry.facts].sort());
    expect(texts.join(' ')).not.toContain('undefined');
  });

  it('has an SQLSTATE and an HTTP status of the failing kind', () => {
    expect(entry.sqlstate).toMatch(/^[0-9A-Z]{5}$/);
    expect(entry.status).toBeGreaterThanOrEqual(400);
    expect(entry.status).toBeLessThan(600);
  });
});

describe('an error', () => {
  it('never shows its cause', () => {
    const error = new CordonError(
      'CORDON_DATABASE_ERROR',
      {},
      { cause: new Error('Key (email)=(bob@shop.test)') },
    );
    expect(`${error.message} ${error.hint} ${error.code}`).not.toContain('bob');
  });

  it('cuts a name to one line of the length of a Postgres identifier', () => {
    const error = new CordonError('CORDON_COLUMN_UNKNOWN', {
      column: safeName(`a\n\u001b[31m\`${'x'.repeat(200)}`),
    });
    expect(error.message).not.toMatch(/\p{C}/u);
    expect(error.message.length).toBeLessThan(110);
  });
});
