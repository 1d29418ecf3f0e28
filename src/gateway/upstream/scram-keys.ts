import { cachedScramKeys } from '../../pgwire/index.ts';

/** A gateway logs in with few passwords; each is salted once. */
const ENTRIES_MAX = 64;

export const scramKeys = cachedScramKeys(ENTRIES_MAX);
