import { createRequire } from 'node:module';

/** The functions of the WebAssembly module of libpg-query that Cordon calls; pointers are byte addresses. */
export interface LibpgQuery {
  readonly lengthBytesUTF8: (text: string) => number;
  readonly stringToUTF8: (text: string, pointer: number, bytesMax: number) => void;
  readonly UTF8ToString: (pointer: number) => string;
  readonly getValue: (pointer: number, type: 'i32') => number;
  readonly _malloc: (bytes: number) => number;
  readonly _free: (pointer: number) => void;
  readonly _wasm_parse_query_raw: (text: number) => number;
  readonly _wasm_free_parse_result: (result: number) => void;
  readonly _wasm_scan: (text: number) => number;
  readonly _wasm_free_string: (text: number) => void;
}

interface ModuleOptions {
  readonly print: (line: string) => void;
  readonly printErr: (line: string) => void;
}

type Factory = (options: ModuleOptions) => Promise<LibpgQuery>;

/**
 * The package's own entry keeps one instance for ever, and an instance that has overflowed its stack a few times
 * never parses again; so the factory underneath is called directly.
 */
const factory: Factory = createRequire(import.meta.url)('libpg-query/wasm/libpg-query.js');

/** A fresh instance of the parser; takes about 10 ms and 0.3 MB. */
export function instantiate(): Promise<LibpgQuery> {
  return factory({ print: () => undefined, printErr: () => undefined });
}

/** Copies a text into the instance for the length of one call. */
export function withText<T>(instance: LibpgQuery, text: string, use: (pointer: number) => T): T {
  const bytes = instance.lengthBytesUTF8(text) + 1;
  const pointer = instance._malloc(bytes);
  instance.stringToUTF8(text, pointer, bytes);
  const result = use(pointer);
  // INVARIANT: not in a `finally`: after an exception the whole instance is dropped, and its heap cannot be trusted.
  instance._free(pointer);
  return result;
}
