import { family } from './family.ts';

export const BINARY_FUNCTIONS = family(
  'Bytes, bits, digests, encodings',
  'Pure functions of bytes and bits.',
  `
convert (bytea,name,name)
convert_from (bytea,name)
convert_to (text,name)
crc32 (bytea)!
crc32c (bytea)!
decode (text,text)
encode (bytea,text)
get_bit (bytea,int8) (bit,int4)
get_byte (bytea,int4)
set_bit (bytea,int8,int4) (bit,int4,int4)
set_byte (bytea,int4,int4)
sha224 (bytea)!
sha256 (bytea)!
sha384 (bytea)!
sha512 (bytea)!
`,
);
