export { TEXT_LIMITS, type TextLimits } from './limits.ts';
export { createParser, type ParsedStatement, type Parser, type ParserOptions } from './parser.ts';
