import { family } from './family.ts';

export const SESSION_FUNCTIONS = family(
  'The session',
  'Facts that are the same for every caller of one gateway; nothing about other sessions, storage or activity. `pg_advisory_unlock_all` stands here for pools that end a session with it: no lock can be taken.',
  `
current_database ()!
current_schema ()!
current_schemas (bool)
current_user ()!
getdatabaseencoding ()!
pg_advisory_unlock_all ()
pg_char_to_encoding (name)
pg_client_encoding ()!
pg_collation_for (any)
pg_encoding_max_length (int4)
pg_encoding_to_char (int4)
pg_get_keywords ()
pg_is_in_recovery ()
session_user ()!
unicode_version ()
version ()!
`,
);
