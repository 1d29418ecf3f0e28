import { family } from './family.ts';

export const UUID_FUNCTIONS = family(
  'UUIDs',
  'New identifiers and the parts of old ones.',
  `
gen_random_uuid ()
uuid_extract_timestamp (uuid)!
uuid_extract_version (uuid)!
uuidv4 ()
uuidv7 () (interval)
`,
);
