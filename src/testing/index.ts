/** `cordon/testing`: the application's own schema and policy in its own tests, on an embedded Postgres. */
export { Embedded, type EmbeddedOptions, embedded } from './embedded.ts';
export {
  type Door,
  expectIsolated,
  IsolationError,
  type IsolationKind,
  type IsolationOptions,
  type TestedStatement,
} from './isolation.ts';
export type { GeneratedCaller } from './people.ts';
