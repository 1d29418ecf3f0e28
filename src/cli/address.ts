import { CordonError, safeText } from '../errors/index.ts';

/** Where to listen. */
export interface Address {
  readonly host: string;
  readonly port: number;
}

/** Reads `HOST:PORT`, with IPv6 hosts in brackets; port 0 takes any that is free. */
export function readAddress(text: string): Address {
  const match = /^(?:\[([0-9A-Fa-f:.]+)\]|([^:\s[\]]+)):(\d{1,5})$/.exec(text);
  const port = Number(match?.[3]);
  const host = match?.[1] ?? match?.[2];
  if (host === undefined || port > 65_535) throw malformed();
  return { host, port };
}

function malformed(): CordonError {
  return new CordonError('CORDON_USAGE', {
    reason: safeText('an address is HOST:PORT, such as `127.0.0.1:26258`'),
  });
}
