export { assertNever, CordonError, InvariantError } from './error.ts';
export { CONFLICT_MARKER, NEW_ROW_MARKER } from './marker.ts';
export { ERRORS, type ErrorCode, type ErrorEntry, type Facts } from './registry.ts';
export { type Safe, safeJoin, safeName, safeNumber, safeText } from './safe.ts';
