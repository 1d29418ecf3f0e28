export { findTokenKeys, type KeyPlaces, keyInvalid, type TokenPolicy } from './token-keys.ts';
