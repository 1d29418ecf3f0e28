import { expect, it } from 'vitest';
import { safeName } from '../../src/errors/index.ts';

it('a name that is cut is still text: no half of a character is left', () => {
  const name = safeName(`${'a'.repeat(62)}😀😀`);
  expect(name).toBe(`${'a'.repeat(62)}…`);
  expect(name).not.toMatch(/\p{Surrogate}/u);
});

it('a name is one line without controls and quotes of its own', () => {
  expect(safeName('a\nb`c\u202ed\ud83d')).toBe('a?b?c?d?');
});
