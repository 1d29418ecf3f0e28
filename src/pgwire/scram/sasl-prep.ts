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
  const prepared = mapped.normalize('NFKC');
  return prepared === '' || PROHIBITED.test(mapped) || PROHIBITED.test(prepared) || isMixedDirection(prepared)
    ? password
    : prepared;
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

const RIGHT_TO_LEFT = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}]/u;
const STARTS_AND_ENDS_RIGHT_TO_LEFT =
  /^[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}](?:.*[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}])?$/su;
const LEFT_TO_RIGHT =
  /[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;

/** RFC 3454, section 6: a text with right-to-left letters has no others and has one at each end. */
function isMixedDirection(text: string): boolean {
  if (!RIGHT_TO_LEFT.test(text)) return false;
  return LEFT_TO_RIGHT.test(text) || !STARTS_AND_ENDS_RIGHT_TO_LEFT.test(text);
}
