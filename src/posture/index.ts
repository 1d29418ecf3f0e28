export { ADVISORIES, type Advisory, advisoriesFor, affectedText } from './advisories.ts';
export type { SchemaFacts, ServerFacts, WayFacts } from './facts.ts';
export { FINDINGS, type Finding, type FindingCode, type Severity } from './finding.ts';
export { judgePosture, type PostureFacts } from './judge.ts';
export { readSchema, readServer } from './read.ts';
export { wayFindings } from './server.ts';
export { compareSeries, readVersion, type ServerVersion, versionText } from './version.ts';
