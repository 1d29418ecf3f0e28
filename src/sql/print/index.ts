export { forServer } from './for-server.ts';
export { type Fill, render } from './render.ts';
export { type PrintOptions, printStatement } from './statement.ts';
export { quoteName, quoteString, quoteText } from './writer.ts';
