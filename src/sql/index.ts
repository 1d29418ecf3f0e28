export * from './allow/index.ts';
export {
  createParser,
  type ParsedStatement,
  type Parser,
  type ParserOptions,
  TEXT_LIMITS,
} from './parse/index.ts';
export { quoteName, quoteString, quoteText, render } from './print/index.ts';
export { namesAllowedType } from './resolve/type-text.ts';
export type { Ground } from './rewrite/context.ts';
export type { CopyTarget, Effect, StatementKind } from './rewrite/rewritten.ts';
export { findSlots, openSlots, type Shape, SlotPositions, shape, slotValue } from './shape/index.ts';
export { buildTemplate, plainTemplate, type Template, type TemplateInput } from './template.ts';
export type { Node, Segment, SlotOf } from './tree.ts';
