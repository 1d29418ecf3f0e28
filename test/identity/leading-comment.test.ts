import { describe, expect, it } from 'vitest';
import { CordonError } from '../../src/errors/index.ts';
import { splitLeadingComment } from '../../src/guard/identity.ts';

describe('a leading comment', () => {
  it.each([
    ['/*cordon:a.b.c*/SELECT 1', 'a.b.c', 'SELECT 1'],
    [' \t\r\n\f\v/*cordon:a-_9.B.c*/ SELECT 1', 'a-_9.B.c', ' SELECT 1'],
    ['/*cordon:a.b.c*/', 'a.b.c', ''],
    ['/*cordon:a.b.c*/ /* by orm */ SELECT 1', 'a.b.c', ' /* by orm */ SELECT 1'],
    ['/*cordon:a.b.c*/ SELECT 1 /*cordon:d.e.f*/', 'a.b.c', ' SELECT 1 /*cordon:d.e.f*/'],
  ])('gives its token: %j', (text, token, rest) => {
    expect(splitLeadingComment(text)).toEqual({ token, rest });
  });

  it.each([
    ['SELECT 1 /*cordon:a.b.c*/'],
    ['-- x\n/*cordon:a.b.c*/ SELECT 1'],
    ['/* by orm */ /*cordon:a.b.c*/ SELECT 1'],
    [';/*cordon:a.b.c*/ SELECT 1'],
    ['/* cordon:a.b.c*/ SELECT 1'],
    ['/*CORDON:a.b.c*/ SELECT 1'],
    ['\u00a0/*cordon:a.b.c*/ SELECT 1'],
    [''],
  ])('A111: is one of nobody anywhere else: %j', (text) => {
    expect(splitLeadingComment(text)).toEqual({ rest: text });
  });

  it.each([
    ['/*cordon:*/ SELECT 1'],
    ['/*cordon:a.b*/ SELECT 1'],
    ['/*cordon:a.b.c.d*/ SELECT 1'],
    ['/*cordon: a.b.c*/ SELECT 1'],
    ['/*cordon:a.b.c */ SELECT 1'],
    ['/*cordon:a.b.c=*/ SELECT 1'],
    ['/*cordon:a.b./*c*/*/ SELECT 1'],
    ["/*cordon:a.b.c'*/ SELECT 1"],
    ['/*cordon:a.b.c SELECT 1'],
    ['/*cordon:a.b.c*'],
    ['/*cordon:a.b.c*/ /*cordon:d.e.f*/ SELECT 1'],
    ['/*cordon:a.b.c*//*cordon:*/ SELECT 1'],
    [`/*cordon:${'a'.repeat(8200)}.b.c*/ SELECT 1`],
  ])('is refused where it is malformed or stands twice: %j', (text) => {
    expect(() => splitLeadingComment(text)).toThrow(CordonError);
    expect(() => splitLeadingComment(text)).toThrow('the token is not accepted: its comment is malformed');
  });
});
