import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CordonError, InvariantError } from '../../src/errors/index.ts';
import {
  cachedScramKeys,
  deriveScramKeys,
  findVerifier,
  formatVerifier,
  isPasswordOf,
  makeVerifier,
  mockVerifier,
  ScramClient,
  ScramServer,
  saslPrep,
} from '../../src/pgwire/index.ts';
import {
  describeWith,
  type PostgresDatabase,
  postgresRequirement,
  startPostgres,
} from '../databases/index.ts';
import { WireClient } from './wire-client.ts';

const salt = Buffer.from('0123456789abcdef');
const verifier = makeVerifier('pencil', salt);
const secret = Buffer.alloc(32, 7);

const code = (run: () => unknown): string => {
  try {
    run();
    return 'accepted';
  } catch (error) {
    if (error instanceof CordonError) return error.code;
    throw error;
  }
};

function exchange(password: string, server: ScramServer): ScramClient {
  const client = new ScramClient({ password, nonce: 'client-nonce' });
  client.verify(server.final(client.final(server.first(client.first()))));
  return client;
}

describe('an exchange', () => {
  it('succeeds with the right password, and the server is proven too', () => {
    expect(exchange('pencil', new ScramServer(verifier, 'server-nonce')).isServerVerified).toBe(true);
  });

  it('fails with any other', () => {
    for (const password of ['', 'Pencil', 'pencil ', '\0pencil', 'pencilpencil']) {
      expect(code(() => exchange(password, new ScramServer(verifier, 'server-nonce')))).toBe(
        'CORDON_PASSWORD_INVALID',
      );
    }
  });

  it('is the one of RFC 7677, byte for byte', () => {
    const server = new ScramServer(
      makeVerifier('pencil', Buffer.from('W22ZaJ0SNY7soEsUEjb6gQ==', 'base64')),
      '%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0',
    );
    expect(server.first(Buffer.from('n,,n=user,r=rOprNGfwEbeRWgbNEkqO')).toString()).toBe(
      'r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096',
    );
    const final =
      'c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=';
    expect(server.final(Buffer.from(final)).toString()).toBe(
      'v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=',
    );
  });

  it('for a user who does not exist takes its course and fails as for a wrong password', () => {
    const mock = mockVerifier('nobody', secret);
    expect(mock).toEqual(mockVerifier('nobody', secret));
    expect(mock.salt).not.toEqual(mockVerifier('somebody', secret).salt);
    expect([mock.salt.length, mock.iterations]).toEqual([16, verifier.iterations]);
    expect(code(() => exchange('pencil', new ScramServer(mock, 'server-nonce')))).toBe(
      'CORDON_PASSWORD_INVALID',
    );
  });
});

describe('what the server refuses', () => {
  const first = (text: string | Buffer) =>
    code(() => new ScramServer(verifier, 'server-nonce').first(Buffer.from(text)));

  it.each([
    ['no channel binding', 'n,,n=,r=abc'],
    ['channel binding wished for and not offered', 'y,,n=,r=abc'],
    ['a user name, which is ignored', 'n,,n=bob,r=abc'],
    ['extensions that may be ignored', 'n,,n=,r=abc,x=1'],
  ])('accepts %s', (_, text) => {
    expect(first(text)).toBe('accepted');
  });

  it.each([
    ['channel binding insisted on, which was not offered', 'p=tls-server-end-point,,n=,r=abc'],
    ['acting as somebody else', 'n,a=admin,n=,r=abc'],
    ['an extension that must be understood', 'n,,m=x,n=,r=abc'],
    ['no nonce', 'n,,n='],
    ['an empty nonce', 'n,,n=,r='],
    ['a nonce that is not printable', 'n,,n=,r=a\x01'],
    ['another order', 'n,,r=abc,n='],
    ['no header', 'n=,r=abc'],
    ['a header of another letter', 'x,,n=,r=abc'],
    ['a NUL', 'n,,n=\0,r=abc'],
    ['bytes that are not UTF-8', Buffer.from('n,,n=\xff,r=abc', 'latin1')],
    ['more than a SASL message may hold', `n,,n=,r=${'a'.repeat(1100)}`],
    ['nothing', ''],
  ])('refuses %s', (_, text) => {
    expect(first(text)).toBe('CORDON_PROTOCOL_MALFORMED');
  });

  const client = new ScramClient({ password: 'pencil', nonce: 'client-nonce' });
  const start = () => {
    const server = new ScramServer(verifier, 'server-nonce');
    const challenge = server.first(new ScramClient({ password: 'pencil', nonce: 'client-nonce' }).first());
    return { server, challenge };
  };
  const proof = client.final(start().challenge).toString();

  it.each([
    ['another binding than at first', proof.replace('c=biws', 'c=eSws')],
    ['a binding that is not base64', proof.replace('c=biws', 'c=biw')],
    ['another nonce', proof.replace('server-nonce', 'server-nonse')],
    ['a shorter nonce', proof.replace('server-nonce', '')],
    ['no proof', proof.replace(/,p=.*/, '')],
    ['a proof of another length', proof.replace(/p=.*/, 'p=AAAA')],
    ['a proof in other base64', proof.replace(/=$/, '')],
    ['a proof and more', `${proof},x=1`],
    ['nothing', ''],
  ])('refuses %s', (_, text) => {
    expect(code(() => start().server.final(Buffer.from(text)))).toBe('CORDON_PROTOCOL_MALFORMED');
  });

  it('refuses a proof in which any one bit is turned', () => {
    const at = proof.indexOf(',p=') + 3;
    const bytes = Buffer.from(proof.slice(at), 'base64');
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const turned = Buffer.from(bytes);
      turned[bit >> 3] = (turned[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      const text = `${proof.slice(0, at)}${turned.toString('base64')}`;
      expect(code(() => start().server.final(Buffer.from(text)))).toBe('CORDON_PASSWORD_INVALID');
    }
  });

  it('refuses a proof without a beginning, and a second beginning', () => {
    const server = new ScramServer(verifier, 'server-nonce');
    expect(code(() => server.final(Buffer.from(proof)))).toBe('CORDON_PROTOCOL_MALFORMED');
    const begun = start().server;
    expect(code(() => begun.first(Buffer.from('n,,n=,r=abc')))).toBe('CORDON_PROTOCOL_MALFORMED');
  });

  it('a proof seen once is of no use in another exchange', () => {
    const other = new ScramServer(verifier, 'another-nonce');
    other.first(Buffer.from('n,,n=,r=client-nonce'));
    expect(code(() => other.final(Buffer.from(proof)))).toBe('CORDON_PROTOCOL_MALFORMED');
  });
});

describe('what the client refuses', () => {
  const challenge = `r=client-nonce-and-more,s=${salt.toString('base64')},i=4096`;
  const answer = (text: string) =>
    code(() => new ScramClient({ password: 'pencil', nonce: 'client-nonce' }).final(Buffer.from(text)));

  it.each([
    ['a nonce that is not its own continued', challenge.replace('client', 'klient')],
    ['a nonce that was not continued', challenge.replace('-and-more', '')],
    ['no salt', challenge.replace(/,s=[^,]*/, '')],
    ['an empty salt', challenge.replace(/s=[^,]*/, 's=')],
    ['a salt that is not base64', challenge.replace(/s=[^,]*/, 's=!!!!')],
    ['fewer iterations than are safe', challenge.replace('4096', '1')],
    ['no iterations', challenge.replace('4096', '0')],
    ['more iterations than are bearable', challenge.replace('4096', '1000001')],
    ['iterations beyond numbers', challenge.replace('4096', '9'.repeat(400))],
    ['negative iterations', challenge.replace('4096', '-4096')],
    ['iterations written in another way', challenge.replace('4096', '4.096e3')],
    ['an extension that must be understood', `m=x,${challenge}`],
    ['nothing', ''],
  ])('%s', (_, text) => {
    expect(answer(text)).toBe('CORDON_PROTOCOL_MALFORMED');
  });

  it('a server that does not know the password', () => {
    const client = new ScramClient({ password: 'pencil', nonce: 'client-nonce' });
    client.final(Buffer.from(challenge));
    for (const text of [`v=${Buffer.alloc(32).toString('base64')}`, 'v=', 'e=invalid-proof', '', 'v=AAAA']) {
      expect(code(() => client.verify(Buffer.from(text)))).toBe('CORDON_UPSTREAM_UNVERIFIED');
    }
    expect(client.isServerVerified).toBe(false);
  });

  it('a server that says it is done before it began', () => {
    const client = new ScramClient({ password: 'pencil', nonce: 'client-nonce' });
    expect(code(() => client.verify(Buffer.from('v=')))).toBe('CORDON_UPSTREAM_UNVERIFIED');
  });

  it('a second challenge', () => {
    const client = new ScramClient({ password: 'pencil', nonce: 'client-nonce' });
    client.final(Buffer.from(challenge));
    expect(code(() => client.final(Buffer.from(challenge)))).toBe('CORDON_PROTOCOL_MALFORMED');
  });

  it('a nonce of ours that could be read as an attribute is a bug', () => {
    expect(() => new ScramClient({ password: 'x', nonce: 'a,b' })).toThrow(InvariantError);
    expect(() => new ScramServer(verifier, '')).toThrow(InvariantError);
  });
});

describe('verifiers', () => {
  it('come back as they were written', () => {
    expect(findVerifier(formatVerifier(verifier))).toEqual(verifier);
  });

  it.each([
    ['a password', 'pencil'],
    ['MD5', 'md5d0b2f0a2c4d0b2f0a2c4d0b2f0a2c4d0'],
    ['too few iterations', formatVerifier({ ...verifier, iterations: 4095 })],
    ['too many iterations', formatVerifier({ ...verifier, iterations: 1_000_001 })],
    ['a short key', formatVerifier({ ...verifier, storedKey: Buffer.alloc(31) })],
    ['no salt', formatVerifier({ ...verifier, salt: Buffer.alloc(0) })],
    ['something behind it', `${formatVerifier(verifier)}x`],
    ['a line behind it', `${formatVerifier(verifier)}\n`],
  ])('%s is none', (_, text) => {
    expect(findVerifier(text)).toBeUndefined();
  });

  it('tell a password that came in clear', () => {
    expect([isPasswordOf(verifier, 'pencil'), isPasswordOf(verifier, 'pencils')]).toEqual([true, false]);
  });

  it('take keys from a cache, which derives each once and forgets the oldest', () => {
    let derived = 0;
    const derive = cachedScramKeys(2, (...all) => {
      derived += 1;
      return deriveScramKeys(...all);
    });
    for (const password of ['a', 'a', 'b', 'a', 'c', 'b', 'a']) derive(password, salt, 4096);
    expect(derived).toBe(4);
    expect(derive('a', salt, 4097)).not.toEqual(derive('a', salt, 4096));
  });
});

describe('preparation of passwords', () => {
  it.each([
    ['plain ASCII, controls too, stays', 'a\u0007b', 'a\u0007b'],
    ['a soft hyphen is mapped to nothing', 'I\u00adX', 'IX'],
    ['a letter of another form becomes the usual one', '\u2168', 'IX'],
    ['an ordinal indicator becomes a letter', '\u00aa', 'a'],
    ['a space of another kind becomes a space', 'a\u00a0b', 'a b'],
    ['what is prohibited leaves the password as it is', '\u2168\u0007', '\u2168\u0007'],
    ['what becomes empty is left as it is', '\u00ad', '\u00ad'],
    ['mixed directions leave the password as it is', '\u0627\u0031\u2168', '\u0627\u0031\u2168'],
  ])('%s', (_, password, prepared) => {
    expect(saslPrep(password)).toBe(prepared);
  });
});

describeWith([postgresRequirement()], 'SCRAM, against PostgreSQL', () => {
  let server: PostgresDatabase;

  beforeAll(async () => {
    server = await startPostgres({ password: 'pencil' });
    await server.run("SET password_encryption = 'scram-sha-256'");
  });
  afterAll(() => server?.stop());

  const logIn = async (user: string, password: string, minor = 0) => {
    const client = new WireClient({ host: server.host, port: server.port });
    try {
      return await client.start(user, server.database, password, minor);
    } finally {
      client.close();
    }
  };

  it('a client of ours logs in, and is refused with another password', async () => {
    expect((await logIn('postgres', 'pencil')).map((message) => message.kind)).toEqual(
      expect.arrayContaining([
        'AuthenticationSASL',
        'AuthenticationSASLFinal',
        'AuthenticationOk',
        'ReadyForQuery',
      ]),
    );
    expect((await logIn('postgres', 'pencils')).at(-1)).toMatchObject({
      kind: 'ErrorResponse',
      fields: { code: '28P01' },
    });
  });

  it('a newer protocol is negotiated down or taken as it is', async () => {
    const seen = await logIn('postgres', 'pencil', 2);
    const [key] = seen.filter((message) => message.kind === 'BackendKeyData');
    const isNegotiated = seen.some((message) => message.kind === 'NegotiateProtocolVersion');
    expect(key).toBeDefined();
    expect(isNegotiated || (key?.kind === 'BackendKeyData' && key.secretKey.length > 4)).toBe(true);
  });

  const verifierOf = async (password: string): Promise<string> => {
    const quoted = password.replaceAll("'", "''");
    await server.run(
      `SET standard_conforming_strings = on; DROP ROLE IF EXISTS r; CREATE ROLE r PASSWORD '${quoted}'`,
    );
    const [row] = await server.query("SELECT rolpassword FROM pg_authid WHERE rolname = 'r'");
    return row?.rolpassword ?? '';
  };

  it('a password amounts to the verifier that PostgreSQL makes of it', async () => {
    const passwords = fc.oneof(
      fc.string({ minLength: 1, maxLength: 8 }),
      fc
        .array(
          fc.constantFrom(
            ...[
              'a',
              'B',
              '1',
              ' ',
              '\u00ad',
              '\u2168',
              '\u00aa',
              '\u00a0',
              '\u3000',
              '\u200b',
              '\u200d',
              '\ufeff',
            ],
            ...[
              'é',
              'e\u0301',
              'ﬁ',
              '①',
              '\u0627',
              '\u05d0',
              '\u0007',
              '\u2028',
              '\ue000',
              '中',
              'ｶ',
              '가',
              '\u1100',
            ],
            ...['\u0340', '\u202e', '\ufffd', 'Ω', 'я', '\u0660'],
          ),
          { minLength: 1, maxLength: 5 },
        )
        .map((letters) => letters.join('')),
    );
    await fc.assert(
      fc.asyncProperty(passwords, async (password) => {
        const theirs = await verifierOf(password);
        const found = findVerifier(theirs);
        expect(found).toBeDefined();
        if (found !== undefined)
          expect(formatVerifier(makeVerifier(password, found.salt, found.iterations))).toBe(theirs);
      }),
      { seed: 29, numRuns: Number(process.env.CORDON_FUZZ_RUNS ?? 150) },
    );
  });
});
