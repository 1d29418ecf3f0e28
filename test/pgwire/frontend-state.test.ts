import { describe, expect, it } from 'vitest';
import {
  type Advance,
  advance,
  type FrontendKind,
  type FrontendState,
  initialFrontendState,
  observe,
  type StartupPacket,
} from '../../src/pgwire/index.ts';
import { frontendKinds, startupKinds } from './arbitraries.ts';

type Message = FrontendKind | StartupPacket['kind'];

const allMessages: readonly Message[] = [...frontendKinds, ...startupKinds];

const states = {
  startup: initialFrontendState,
  'startup, TLS asked': { phase: 'startup', tlsAsked: true, gssAsked: false },
  'authentication, nothing asked': { phase: 'authentication', awaited: undefined },
  'authentication, password': { phase: 'authentication', awaited: 'PasswordMessage' },
  'authentication, SASL': { phase: 'authentication', awaited: 'SASLInitialResponse' },
  ready: { phase: 'ready', copyDraining: false },
  'ready, COPY failed': { phase: 'ready', copyDraining: true },
  extended: { phase: 'extended' },
  skipping: { phase: 'skipping' },
  'copy in': { phase: 'copy-in', extended: false },
  'copy in, extended': { phase: 'copy-in', extended: true },
  ended: { phase: 'ended' },
} as const satisfies Record<string, FrontendState>;

const name = (state: FrontendState): string => {
  const found = Object.entries(states).find(([, known]) => JSON.stringify(known) === JSON.stringify(state));
  return found?.[0] ?? JSON.stringify(state);
};

function outcome(result: Advance): string {
  if (result.kind === 'refused') return `${result.error.fatal ? 'ends' : 'refused'} ${result.error.sqlstate}`;
  return `${result.kind} -> ${name(result.state)}`;
}

const endsConnection = 'ends 08P01';

/** Every message that has a place; all others end the connection. */
const table: { readonly [S in keyof typeof states]: Partial<Record<Message, string>> } = {
  startup: {
    SSLRequest: 'accepted -> startup, TLS asked',
    GSSENCRequest: 'accepted -> {"phase":"startup","tlsAsked":false,"gssAsked":true}',
    StartupMessage: 'accepted -> authentication, nothing asked',
    CancelRequest: 'accepted -> ended',
  },
  'startup, TLS asked': {
    GSSENCRequest: 'accepted -> {"phase":"startup","tlsAsked":true,"gssAsked":true}',
    StartupMessage: 'accepted -> authentication, nothing asked',
    CancelRequest: 'accepted -> ended',
  },
  'authentication, nothing asked': { Terminate: 'accepted -> ended' },
  'authentication, password': {
    PasswordMessage: 'accepted -> authentication, nothing asked',
    Terminate: 'accepted -> ended',
  },
  'authentication, SASL': {
    SASLInitialResponse: 'accepted -> authentication, nothing asked',
    Terminate: 'accepted -> ended',
  },
  ready: {
    Query: 'accepted -> ready',
    Sync: 'accepted -> ready',
    Parse: 'accepted -> extended',
    Bind: 'accepted -> extended',
    Describe: 'accepted -> extended',
    Execute: 'accepted -> extended',
    Close: 'accepted -> extended',
    Flush: 'accepted -> extended',
    FunctionCall: 'refused 42501',
    Terminate: 'accepted -> ended',
  },
  'ready, COPY failed': {
    Query: 'accepted -> ready',
    Sync: 'accepted -> ready',
    Parse: 'accepted -> extended',
    Bind: 'accepted -> extended',
    Describe: 'accepted -> extended',
    Execute: 'accepted -> extended',
    Close: 'accepted -> extended',
    Flush: 'accepted -> extended',
    FunctionCall: 'refused 42501',
    CopyData: 'skipped -> ready, COPY failed',
    CopyDone: 'skipped -> ready',
    CopyFail: 'skipped -> ready',
    Terminate: 'accepted -> ended',
  },
  extended: {
    Query: 'accepted -> ready',
    Sync: 'accepted -> ready',
    Parse: 'accepted -> extended',
    Bind: 'accepted -> extended',
    Describe: 'accepted -> extended',
    Execute: 'accepted -> extended',
    Close: 'accepted -> extended',
    Flush: 'accepted -> extended',
    FunctionCall: 'refused 42501',
    Terminate: 'accepted -> ended',
  },
  skipping: {
    Query: 'skipped -> skipping',
    Sync: 'accepted -> ready',
    Parse: 'skipped -> skipping',
    Bind: 'skipped -> skipping',
    Describe: 'skipped -> skipping',
    Execute: 'skipped -> skipping',
    Close: 'skipped -> skipping',
    Flush: 'skipped -> skipping',
    FunctionCall: 'skipped -> skipping',
    CopyData: 'skipped -> skipping',
    CopyDone: 'skipped -> skipping',
    CopyFail: 'skipped -> skipping',
    Terminate: 'accepted -> ended',
  },
  'copy in': {
    CopyData: 'accepted -> copy in',
    CopyDone: 'accepted -> ready',
    CopyFail: 'accepted -> ready',
    Flush: 'skipped -> copy in',
    Sync: 'skipped -> copy in',
    Terminate: 'accepted -> ended',
  },
  'copy in, extended': {
    CopyData: 'accepted -> copy in, extended',
    CopyDone: 'accepted -> extended',
    CopyFail: 'accepted -> extended',
    Flush: 'skipped -> copy in, extended',
    Sync: 'skipped -> copy in, extended',
    Terminate: 'accepted -> ended',
  },
  ended: {},
};

describe.each(Object.keys(states) as (keyof typeof states)[])('in phase %s', (phase) => {
  it.each(allMessages)('%s has its outcome, and no other', (message) => {
    expect(outcome(advance(states[phase], message))).toBe(table[phase][message] ?? endsConnection);
  });
});

describe('what the server does', () => {
  const stateAfter = (state: FrontendState, event: Parameters<typeof observe>[1]) =>
    name(observe(state, event));

  it('an error in a batch skips to Sync, one in the simple protocol does not', () => {
    expect(stateAfter(states.extended, { kind: 'error' })).toBe('skipping');
    expect(stateAfter(states.ready, { kind: 'error' })).toBe('ready');
  });

  it('an error in a COPY lets the rest of its data run dry', () => {
    expect(stateAfter(states['copy in'], { kind: 'error' })).toBe('ready, COPY failed');
    expect(stateAfter(states['copy in, extended'], { kind: 'error' })).toBe('skipping');
  });

  it('an error before the log-in ends the connection', () => {
    expect(stateAfter(states.startup, { kind: 'error' })).toBe('ended');
    expect(stateAfter(states['authentication, password'], { kind: 'error' })).toBe('ended');
  });

  it('a log-in leads from authentication to ready, and from nowhere else', () => {
    expect(stateAfter(states['authentication, nothing asked'], { kind: 'authenticated' })).toBe('ready');
    expect(stateAfter(states.startup, { kind: 'authenticated' })).toBe('ended');
    expect(stateAfter(states['copy in'], { kind: 'authenticated' })).toBe('ended');
  });

  it('A153: COPY data are read once a COPY has begun', () => {
    expect(outcome(advance(states.ready, 'CopyData'))).toBe(endsConnection);
    expect(stateAfter(states.ready, { kind: 'copy-in-started' })).toBe('copy in');
    expect(stateAfter(states.extended, { kind: 'copy-in-started' })).toBe('copy in, extended');
  });
});
