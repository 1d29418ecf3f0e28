export * from './access.ts';
export * from './decision.ts';
export * from './origin.ts';
export * from './policy.ts';
export * from './principal.ts';
