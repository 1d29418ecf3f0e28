export {
  associativityOf,
  COCKROACHDB_PRECEDENCE,
  isCockroachOperator,
  type Level,
  levelOf,
} from './operators.ts';
export { type ParsePostgres, type Raw, readCockroach } from './read.ts';
