/** `cordon/node`: the guard around a driver, in the process of the application. */
export { CordonError } from '../errors/index.ts';
export type { TokenKeys } from '../guard/identity.ts';
export { type Decision, definePolicy, type LoadedPolicy, type PolicyDocument } from '../policy/index.ts';
export type { Caller } from './callers.ts';
export { Cordon, type CordonOptions, cordon, type GuardedPool, SqlCordon } from './cordon.ts';
export type { DriverModule } from './driver-module.ts';
export type { EmbeddedDatabase } from './embedded-pool.ts';
export { PolicyMistakes, type PolicySource } from './policy-source.ts';
export type { VerifiedCaller } from './verified-caller.ts';
