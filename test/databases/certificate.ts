/**
 * X.509 certificates for TLS tests, made by hand: Node can sign but cannot build a certificate, and a fresh machine
 * need not have `openssl`. ECDSA on P-256, because SCRAM's channel binding needs a hash that the signature names.
 */
import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

export interface Certificate {
  /** PEM. */
  readonly certificate: string;
  /** PEM, PKCS #8. */
  readonly key: string;
}

/** A certificate authority that lives as long as the test. */
export interface Authority {
  /** PEM, for clients that verify. */
  readonly certificate: string;
  /** Issues a certificate; names may be host names or IPv4 addresses, the first one is also the common name. */
  issue(...names: readonly string[]): Certificate;
}

export function createAuthority(name = 'cordon test authority'): Authority {
  const keys = newKeys();
  const certificate = build({
    subject: name,
    issuer: name,
    publicKey: keys.publicKey,
    signer: keys.privateKey,
    authority: true,
    names: [],
  });
  return {
    certificate,
    issue(...names) {
      const own = newKeys();
      const [subject = 'localhost'] = names;
      return {
        certificate: build({
          subject,
          issuer: name,
          publicKey: own.publicKey,
          signer: keys.privateKey,
          authority: false,
          names,
        }),
        key: own.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      };
    },
  };
}

interface Request {
  readonly subject: string;
  readonly issuer: string;
  readonly publicKey: KeyObject;
  readonly signer: KeyObject;
  readonly authority: boolean;
  readonly names: readonly string[];
}

function newKeys() {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' });
}

const OID = {
  ecdsaWithSha256: [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02],
  commonName: [0x55, 0x04, 0x03],
  subjectAltName: [0x55, 0x1d, 0x11],
  basicConstraints: [0x55, 0x1d, 0x13],
} as const;

const TAG = {
  integer: 0x02,
  bits: 0x03,
  octets: 0x04,
  oid: 0x06,
  utf8: 0x0c,
  time: 0x17,
  sequence: 0x30,
  set: 0x31,
} as const;

function build(request: Request): string {
  const algorithm = sequence(oid(OID.ecdsaWithSha256));
  const content = sequence(
    der(0xa0, der(TAG.integer, Buffer.from([2]))),
    der(TAG.integer, Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    algorithm,
    distinguishedName(request.issuer),
    sequence(time(-1), time(30)),
    distinguishedName(request.subject),
    request.publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(...extensions(request))),
  );
  const signature = sign('sha256', content, request.signer);
  const whole = sequence(content, algorithm, bits(signature));
  return `-----BEGIN CERTIFICATE-----\n${whole.toString('base64').replace(/.{64}/g, '$&\n').trimEnd()}\n-----END CERTIFICATE-----\n`;
}

function extensions({ authority, names }: Request): readonly Buffer[] {
  const isTrue = der(0x01, Buffer.from([0xff]));
  const constraints = sequence(...(authority ? [isTrue] : []));
  const basic = sequence(oid(OID.basicConstraints), isTrue, der(TAG.octets, constraints));
  if (names.length === 0) return [basic];
  return [basic, sequence(oid(OID.subjectAltName), der(TAG.octets, sequence(...names.map(alternativeName))))];
}

function alternativeName(name: string): Buffer {
  const isAddress = /^\d+\.\d+\.\d+\.\d+$/.test(name);
  return isAddress ? der(0x87, Buffer.from(name.split('.').map(Number))) : der(0x82, Buffer.from(name));
}

function distinguishedName(name: string): Buffer {
  return sequence(der(TAG.set, sequence(oid(OID.commonName), der(TAG.utf8, Buffer.from(name)))));
}

function time(daysFromNow: number): Buffer {
  const at = new Date(Date.now() + daysFromNow * 86_400_000);
  return der(TAG.time, Buffer.from(`${at.toISOString().replace(/[-:T]/g, '').slice(2, 14)}Z`));
}

function oid(bytes: readonly number[]): Buffer {
  return der(TAG.oid, Buffer.from(bytes));
}

function bits(content: Buffer): Buffer {
  return der(TAG.bits, Buffer.concat([Buffer.from([0]), content]));
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return der(TAG.sequence, Buffer.concat(parts));
}

function der(tag: number, content: Buffer): Buffer {
  const length: number[] = [];
  for (let rest = content.length; rest > 0; rest >>= 8) length.unshift(rest & 0xff);
  const header = content.length < 0x80 ? [tag, content.length] : [tag, 0x80 | length.length, ...length];
  return Buffer.concat([Buffer.from(header), content]);
}
