/**
 * Prepares a password as PostgreSQL does before it is hashed (RFC 4013, SASLprep).
 *
 * As in PostgreSQL a text of ASCII alone stays as it is, and so does a password that SASLprep would refuse: both ends then
 * hash the same bytes. Own implementation on JavaScript's NFKC and character classes, with one known difference: characters
 * that Unicode 3.2 did not have are accepted, and right-to-left letters are told by their script. It shows only in
 * a password that has such a character and one that NFKC changes.
 */
export function saslPrep(password: string): string {
  if (ASCII_ONLY.test(password)) return password;
  const mapped = password.replace(NON_ASCII_SPACE, ' ').replace(MAPPED_TO_NOTHING, '');
  // PostgreSQL looks for what is prohibited before it normalizes.
  const isRefused = mapped === '' || PROHIBITED.test(mapped) || isMixedDirection(mapped);
  return isRefused ? password : mapped.normalize('NFKC');
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: the range of ASCII is meant
const ASCII_ONLY = /^[\x00-\x7f]*$/;

/** RFC 3454, table C.1.2. */
const NON_ASCII_SPACE = /[\u00a0\u1680\u2000-\u200b\u202f\u205f\u3000]/g;

/** RFC 3454, table B.1, less U+200B, which is taken for a space before. */
const MAPPED_TO_NOTHING =
  /\u00ad|\u034f|\u1806|[\u180b-\u180d]|[\u200c\u200d]|\u2060|[\ufe00-\ufe0f]|\ufeff/g;

/** RFC 3454, tables C.2.1 to C.9: controls, private use, surrogates, non-characters, and what changes display. */
const PROHIBITED =
  /[\p{Cc}\p{Co}\p{Cs}\p{Noncharacter_Code_Point}\u06dd\u070f\u180e\u2028\u2029\u2061-\u2063\u206a-\u206f\ufff9-\ufffd\u2ff0-\u2ffb\u200e\u200f\u202a-\u202e\u{1d173}-\u{1d17a}\u{e0001}\u{e0020}-\u{e007f}]|\u0340|\u0341/u;

/** RFC 3454, table D.1: the letters of scripts that run from right to left, and their punctuation. */
const RIGHT_TO_LEFT_ONE =
  '(?:(?=\\p{L})[\\p{Script=Hebrew}\\p{Script=Arabic}\\p{Script=Syriac}\\p{Script=Thaana}]|[\\u05be\\u05c0\\u05c3\\u061b\\u061f\\u066d\\u06d4])';
const RIGHT_TO_LEFT = new RegExp(RIGHT_TO_LEFT_ONE, 'u');
const RIGHT_TO_LEFT_AT_BOTH_ENDS = new RegExp(`^(?=${RIGHT_TO_LEFT_ONE}).*(?<=${RIGHT_TO_LEFT_ONE})$`, 'su');

/** Table D.2: all other letters. */
const LEFT_TO_RIGHT = new RegExp(`(?!${RIGHT_TO_LEFT_ONE})[\\p{L}\\p{Nl}]`, 'u');

/** RFC 3454, section 6: a text with right-to-left letters has no others and has one at each end. */
function isMixedDirection(text: string): boolean {
  if (!RIGHT_TO_LEFT.test(text)) return false;
  return LEFT_TO_RIGHT.test(text) || !RIGHT_TO_LEFT_AT_BOTH_ENDS.test(text);
}
