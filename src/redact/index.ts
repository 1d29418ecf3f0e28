export { type DatabaseError, type SafeError, scrubDatabaseError } from './database-error.ts';
export { type SafeNotice, scrubNotice } from './notice.ts';
export { textOfSqlstate } from './sqlstate-text.ts';
