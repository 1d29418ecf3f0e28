import type { Codec } from '../codec.ts';
import { malformed } from '../protocol-error.ts';
import { PROTOCOL_MAJOR } from './codes.ts';

/** Opens a session. */
export interface StartupMessage {
  readonly kind: 'StartupMessage';
  /** The minor version of protocol 3 that the client asks for. */
  readonly minor: number;
  /** `user`, `database`, `options`, settings; each name once. */
  readonly parameters: ReadonlyMap<string, string>;
  /** Names that start with `_pq_.`: extensions of the protocol, to be negotiated. */
  readonly protocolOptions: ReadonlyMap<string, string>;
}

const PROTOCOL_OPTION_PREFIX = '_pq_.';

/** Reads and writes what follows the version's major number, which the dispatcher has read. */
export const startupMessage: Codec<StartupMessage> = {
  kind: 'StartupMessage',
  type: undefined,
  read(reader) {
    const minor = reader.uint16();
    const parameters = new Map<string, string>();
    const protocolOptions = new Map<string, string>();
    for (let name = reader.cstring(); name !== ''; name = reader.cstring()) {
      const target = name.startsWith(PROTOCOL_OPTION_PREFIX) ? protocolOptions : parameters;
      // PostgreSQL lets the last one win; two values for one name are two readings of one message.
      if (target.has(name)) throw reader.refuse('a name stands twice');
      target.set(name, reader.cstring());
    }
    return { kind: 'StartupMessage', minor, parameters, protocolOptions };
  },
  write(writer, message) {
    writer.uint16(PROTOCOL_MAJOR);
    writer.uint16(message.minor);
    for (const [name, value] of [...message.parameters, ...message.protocolOptions]) {
      if (name === '') throw malformed('StartupMessage', 'a required field is missing');
      writer.cstring(name);
      writer.cstring(value);
    }
    writer.uint8(0);
  },
};
