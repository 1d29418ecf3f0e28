/**
 * Somebody on the wire who speaks as CockroachDB documents it (its sources `pkg/sql/pgwire/{pre_serve,conn,auth_methods}.go`;
 * nothing of it was run): order of the reports at login, an opaque cancel key of eight bytes, errors whose message comes
 * last. It knows no SQL and no rows: what a statement is answered is written down by the test.
 */
import { createServer, type Server, type Socket } from 'node:net';
import { createSecureContext, TLSSocket } from 'node:tls';
import {
  authenticationFrameLimits,
  type BackendMessage,
  decodeFrontend,
  decodeStartup,
  encodeBackend,
  FrameScanner,
  type FrontendMessage,
  frontendFrameLimits,
  makeVerifier,
  ScramServer,
  type StartupMessage,
  StartupScanner,
  type TransactionStatus,
} from '../../../src/pgwire/index.ts';
import type { Certificate } from '../../databases/certificate.ts';

export type PeerLogin =
  | { readonly kind: 'trust' | 'too-many' | 'negotiate' }
  /** Sent as it is: a password of Cloud, or a JWT. */
  | { readonly kind: 'password'; readonly password: string }
  | { readonly kind: 'scram'; readonly password: string };

export interface PeerOptions {
  readonly login?: PeerLogin;
  /** A certificate, and the authority whose client certificates are asked for, if any. */
  readonly tls?: Certificate & { readonly clientAuthority?: string };
  /** What a Query is answered with, and the transaction status behind it. */
  readonly answer?: (text: string, peer: PeerSession) => PeerAnswer;
}

export interface PeerAnswer {
  readonly messages: readonly (BackendMessage | Buffer)[];
  readonly status: TransactionStatus;
}

export const CRDB_VERSION =
  'CockroachDB CCL v25.4.2 (x86_64-pc-linux-gnu, built 2025/12/01 00:00:00, go1.25.3)';

/** In the order in which `sendInitialConnData` reports them. */
const REPORTED: readonly (readonly [string, string])[] = [
  ['server_version', '13.0.0'],
  ['server_encoding', 'UTF8'],
  ['client_encoding', 'UTF8'],
  ['application_name', ''],
  ['DateStyle', 'ISO, MDY'],
  ['IntervalStyle', 'postgres'],
  ['is_superuser', 'on'],
  ['TimeZone', 'UTC'],
  ['integer_datetimes', 'on'],
  ['standard_conforming_strings', 'on'],
  ['crdb_version', CRDB_VERSION],
  ['session_authorization', 'upstream_role'],
];

/** What one client of the peer sent. */
export interface PeerSession {
  readonly encrypted: boolean;
  readonly serverName: string | undefined;
  readonly clientCertificate: string | undefined;
  readonly startup: StartupMessage;
  readonly passwords: string[];
  readonly queries: string[];
}

export interface Peer {
  readonly port: number;
  readonly sessions: readonly PeerSession[];
  readonly cancels: readonly { readonly key: Buffer; readonly encrypted: boolean }[];
  /** The key that every session is given. */
  readonly key: Buffer;
  stop(): Promise<void>;
}

const YES = Buffer.from('S');

export async function startPeer(options: PeerOptions = {}): Promise<Peer> {
  const peer = new ScriptedPeer(options);
  await peer.listen();
  return peer;
}

class ScriptedPeer implements Peer {
  readonly sessions: PeerSession[] = [];
  readonly cancels: { key: Buffer; encrypted: boolean }[] = [];
  readonly key = Buffer.from('fedcba9876543210', 'hex');
  readonly #options: PeerOptions;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  port = 0;

  constructor(options: PeerOptions) {
    this.#options = options;
    this.#server = createServer((socket) => {
      this.#sockets.add(socket);
      socket.on('error', () => socket.destroy());
      void this.#serve(socket);
    });
  }

  async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    const address = this.#server.address();
    if (typeof address === 'object' && address !== null) this.port = address.port;
  }

  stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }

  async #serve(plain: Socket): Promise<void> {
    const first = await startupPacket(plain);
    const secured = first?.kind === 'SSLRequest' ? await this.#secure(plain) : undefined;
    const socket = secured ?? plain;
    const packet = first?.kind === 'SSLRequest' ? await startupPacket(socket) : first;
    if (packet?.kind === 'CancelRequest') {
      const processId = Buffer.alloc(4);
      processId.writeUInt32BE(packet.processId);
      this.cancels.push({
        key: Buffer.concat([processId, packet.secretKey]),
        encrypted: secured !== undefined,
      });
      socket.end();
    }
    if (packet?.kind === 'StartupMessage') new PeerConnection(socket, packet, this.#options, this).begin();
  }

  async #secure(plain: Socket): Promise<TLSSocket | undefined> {
    const { tls } = this.#options;
    if (tls === undefined) {
      plain.write('N');
      return undefined;
    }
    plain.write(YES);
    const { certificate: cert, key, clientAuthority: ca } = tls;
    const secure = new TLSSocket(plain, {
      isServer: true,
      secureContext: createSecureContext({ cert, key, ...(ca === undefined ? {} : { ca }) }),
      requestCert: ca !== undefined,
      rejectUnauthorized: ca !== undefined,
    });
    secure.on('error', () => secure.destroy());
    return secure;
  }
}

function startupPacket(socket: Socket): Promise<ReturnType<typeof decodeStartup> | undefined> {
  const scanner = new StartupScanner();
  return new Promise((resolve) => {
    const onData = (chunk: Buffer) => {
      const scanned = scanner.push(chunk);
      if (scanned === undefined) return;
      socket.off('data', onData);
      resolve(decodeStartup(scanned.payload));
    };
    socket.on('data', onData).on('close', () => resolve(undefined));
  });
}

type Awaited = 'PasswordMessage' | 'SASLInitialResponse' | 'SASLResponse' | undefined;

class PeerConnection {
  readonly #socket: Socket;
  readonly #options: PeerOptions;
  readonly #peer: ScriptedPeer;
  readonly #session: PeerSession;
  readonly #scanner = new FrameScanner(authenticationFrameLimits());
  #scram: ScramServer | undefined;
  #awaited: Awaited;

  constructor(socket: Socket, startup: StartupMessage, options: PeerOptions, peer: ScriptedPeer) {
    this.#socket = socket;
    this.#options = options;
    this.#peer = peer;
    const tls = socket instanceof TLSSocket ? socket : undefined;
    const name = tls as unknown as { servername?: string | false } | undefined;
    const subject = tls?.getPeerCertificate(true)?.subject as { CN?: string } | undefined;
    this.#session = {
      encrypted: tls !== undefined,
      serverName: name?.servername === false ? undefined : name?.servername,
      clientCertificate: subject?.CN,
      startup,
      passwords: [],
      queries: [],
    };
    peer.sessions.push(this.#session);
    socket.on('data', (chunk: Buffer) => this.#receive(chunk));
  }

  begin(): void {
    const login = this.#options.login ?? { kind: 'trust' };
    switch (login.kind) {
      case 'too-many':
        this.#socket.end(crdbError('53300', 'sorry, too many clients already', { severity: 'FATAL' }));
        return;
      case 'negotiate':
        this.#send({ kind: 'NegotiateProtocolVersion', minor: 0, unknownOptions: [] });
        this.#accept();
        return;
      case 'trust':
        this.#accept();
        return;
      case 'password':
        this.#ask({ kind: 'AuthenticationCleartextPassword' }, 'PasswordMessage');
        return;
      case 'scram':
        this.#ask({ kind: 'AuthenticationSASL', mechanisms: ['SCRAM-SHA-256'] }, 'SASLInitialResponse');
        return;
      default:
        login satisfies never;
    }
  }

  #ask(message: BackendMessage, awaited: Awaited): void {
    this.#awaited = awaited;
    this.#send(message);
  }

  #accept(): void {
    this.#awaited = undefined;
    this.#scanner.limits = frontendFrameLimits();
    const reports = REPORTED.map(([name, value]) => ({ kind: 'ParameterStatus', name, value }) as const);
    this.#send(
      { kind: 'AuthenticationOk' },
      ...reports,
      {
        kind: 'BackendKeyData',
        processId: this.#peer.key.readUInt32BE(0),
        secretKey: this.#peer.key.subarray(4),
      },
      { kind: 'ReadyForQuery', status: 'I' },
    );
  }

  #receive(chunk: Buffer): void {
    this.#scanner.push(chunk);
    while (this.#scanner.next() === 'frame') {
      this.#read(decodeFrontend(this.#scanner.type, this.#scanner.payload(), this.#awaited));
    }
  }

  #read(message: FrontendMessage): void {
    const { login } = this.#options;
    switch (message.kind) {
      case 'PasswordMessage':
        this.#session.passwords.push(message.password);
        if (login?.kind === 'password' && message.password === login.password) this.#accept();
        else this.#socket.end(crdbError('28P01', 'password authentication failed', { severity: 'FATAL' }));
        return;
      case 'SASLInitialResponse':
        if (login?.kind !== 'scram' || message.data === null) return;
        this.#scram = new ScramServer(
          makeVerifier(login.password, Buffer.alloc(16, 7)),
          'a nonce of the peer!!!!'.replaceAll(' ', '_'),
        );
        this.#ask(
          { kind: 'AuthenticationSASLContinue', data: this.#scram.first(message.data) },
          'SASLResponse',
        );
        return;
      case 'SASLResponse':
        if (this.#scram === undefined) return;
        this.#send({ kind: 'AuthenticationSASLFinal', data: this.#scram.final(message.data) });
        this.#accept();
        return;
      case 'Query':
        this.#answer(message.text);
        return;
      default:
    }
  }

  #answer(text: string): void {
    this.#session.queries.push(text);
    const answer = this.#options.answer?.(text, this.#session) ?? { messages: [], status: 'I' };
    this.#send(...answer.messages, { kind: 'ReadyForQuery', status: answer.status });
  }

  #send(...messages: readonly (BackendMessage | Buffer)[]): void {
    this.#socket.write(
      Buffer.concat(messages.map((one) => (Buffer.isBuffer(one) ? one : encodeBackend(one)))),
    );
  }
}

export interface CrdbErrorParts {
  readonly severity?: 'ERROR' | 'FATAL';
  readonly detail?: string;
  readonly hint?: string;
  readonly constraint?: string;
}

/** An ErrorResponse with its fields in CockroachDB's order: S, V, C, D?, H?, n?, F, L, R, and the message last. */
export function crdbError(
  code: string,
  message: string,
  { severity = 'ERROR', detail, hint, constraint }: CrdbErrorParts = {},
): Buffer {
  const fields: readonly (readonly [string, string | undefined])[] = [
    ['S', severity],
    ['V', severity],
    ['C', code],
    ['D', detail],
    ['H', hint],
    ['n', constraint],
    ['F', 'distsql_running.go'],
    ['L', '1234'],
    ['R', 'handleNonSQLTxnError'],
    ['M', message],
  ];
  const body = fields.map(([letter, text]) => (text === undefined ? '' : `${letter}${text}\0`)).join('');
  const payload = Buffer.from(`${body}\0`);
  const header = Buffer.alloc(5);
  header.write('E');
  header.writeUInt32BE(payload.length + 4, 1);
  return Buffer.concat([header, payload]);
}
