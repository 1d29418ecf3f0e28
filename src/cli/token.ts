import { CordonError, safeText } from '../errors/index.ts';
import { parseClaims } from './claims.ts';
import { CordonCommand } from './command.ts';
import { type Claims, demoSecret, findPerson } from './demo-shop.ts';
import { readDuration } from './duration.ts';
import type { Exit } from './exit-code.ts';
import { readText } from './policy-file.ts';
import { readSigningKey, type SigningKey, signToken } from './signing-key.ts';
import type { Terminal } from './terminal.ts';

interface TokenOptions {
  readonly claims?: string;
  readonly key?: string;
  readonly issuer?: string;
  readonly audience?: string;
  readonly expires: string;
}

/** `cordon token`: signs a token, for the demo or with a key of the user's. */
export function tokenCommand(terminal: Terminal): CordonCommand {
  return new CordonCommand('token')
    .summary('sign a token')
    .description(
      'Prints a token (JWT) that tells Cordon who asks. With a name, one of a person of the demo; with --claims and --key, ' +
        'one for a policy of your own. The algorithm follows from the key: a secret gives HS256, an Ed25519 key EdDSA, an RSA ' +
        'key RS256, a key on a NIST curve ES256, ES384 or ES512.',
    )
    .argument('[name]', 'somebody of the demo, such as alice')
    .option('--claims <json>', 'the payload of the token')
    .option('--key <file>', 'private key (PEM or JWK) or shared secret to sign with')
    .option('--issuer <text>', 'the `iss` of the token')
    .option('--audience <text>', 'the `aud` of the token')
    .option('--expires <duration>', 'how long the token is good for, such as 15m or 8h', '8h')
    .example('cordon token alice', 'a token that the demo accepts')
    .example(
      `cordon token --claims '{"sub":"7","role":"member"}' --key ./token-secret --audience shop`,
      'a token for a policy of your own',
    )
    .does((name: string | undefined, options: TokenOptions) => printToken(terminal, name, options));
}

async function printToken(
  terminal: Terminal,
  name: string | undefined,
  options: TokenOptions,
): Promise<Exit> {
  const { claims, key } = await readRequest(terminal, name, options);
  const named = {
    ...(options.issuer === undefined ? {} : { iss: options.issuer }),
    ...(options.audience === undefined ? {} : { aud: options.audience }),
  };
  terminal.print(
    await signToken(key, { ...named, ...claims }, terminal.now(), readDuration(options.expires)),
  );
  return 'ok';
}

async function readRequest(
  terminal: Terminal,
  name: string | undefined,
  options: TokenOptions,
): Promise<{ readonly claims: Claims; readonly key: SigningKey }> {
  if (name !== undefined && options.claims === undefined && options.key === undefined)
    return demoRequest(terminal, name);
  if (name !== undefined || options.claims === undefined || options.key === undefined) throw halfGiven();
  return { claims: parseClaims(options.claims), key: readSigningKey(await readText(options.key)) };
}

/** Signs claims as the demo accepts them. */
export async function demoTokenFor(
  terminal: Terminal,
  claims: Claims,
  lifetimeSeconds: number,
): Promise<string> {
  const key = readSigningKey(await demoSecret(terminal));
  return signToken(key, { ...DEMO_ISSUER, ...claims }, terminal.now(), lifetimeSeconds);
}

/** As in the policy of the demo. */
const DEMO_ISSUER = { iss: 'shop', aud: 'cordon' };

async function demoRequest(
  terminal: Terminal,
  name: string,
): Promise<{ readonly claims: Claims; readonly key: SigningKey }> {
  const claims = await findPerson(name);
  return {
    claims: { ...DEMO_ISSUER, ...claims },
    key: readSigningKey(await demoSecret(terminal)),
  };
}

function halfGiven(): CordonError {
  return new CordonError('CORDON_USAGE', {
    reason: safeText('give either a name, or both `--claims` and `--key`'),
  });
}
