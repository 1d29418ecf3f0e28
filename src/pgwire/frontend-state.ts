/**
 * Which message of a client has its place when. The state is advanced by each message in the order in which they are
 * handled, and by what the server does (`observe`); nothing else is known here.
 *
 * A message out of its place ends the connection, with the exceptions that PostgreSQL makes too: what follows an error in
 * a batch is skipped until Sync, what remains of a failed COPY is skipped, and FunctionCall is refused like a statement.
 */
import { assertNever, safeText } from '../errors/index.ts';
import type { AuthenticationAnswer, FrontendKind } from './frontend/message.ts';
import { ProtocolError, unexpectedMessage } from './protocol-error.ts';
import type { StartupPacket } from './startup/message.ts';

export type FrontendState =
  /** The first packet is awaited; encryption can be asked for once in each way. */
  | { readonly phase: 'startup'; readonly tlsAsked: boolean; readonly gssAsked: boolean }
  | { readonly phase: 'authentication'; readonly awaited: AuthenticationAnswer | undefined }
  /** Between statements. `copyDraining`: a COPY has failed, and the client may not know yet. */
  | { readonly phase: 'ready'; readonly copyDraining: boolean }
  /** In a batch of the extended protocol, up to its Sync. */
  | { readonly phase: 'extended' }
  /** An error happened in the batch: all is skipped until Sync. */
  | { readonly phase: 'skipping' }
  | { readonly phase: 'copy-in'; readonly extended: boolean }
  | { readonly phase: 'ended' };

export type Advance =
  | { readonly kind: 'accepted'; readonly state: FrontendState }
  /** The message is dropped without an answer. */
  | { readonly kind: 'skipped'; readonly state: FrontendState }
  /** The error is answered. If it is fatal the connection ends, else ReadyForQuery follows. */
  | { readonly kind: 'refused'; readonly error: ProtocolError; readonly state: FrontendState };

/** What the server did that changes which message comes next. */
export type ServerEvent =
  | { readonly kind: 'authentication-awaited'; readonly awaited: AuthenticationAnswer }
  | { readonly kind: 'authenticated' }
  /** An ErrorResponse was sent for the message that was accepted last. */
  | { readonly kind: 'error' }
  | { readonly kind: 'copy-in-started' };

export const initialFrontendState: FrontendState = { phase: 'startup', tlsAsked: false, gssAsked: false };

const READY: FrontendState = { phase: 'ready', copyDraining: false };
const EXTENDED: FrontendState = { phase: 'extended' };
const SKIPPING: FrontendState = { phase: 'skipping' };
const ENDED: FrontendState = { phase: 'ended' };

const PHASE_NAMES = {
  startup: safeText('startup'),
  authentication: safeText('authentication'),
  ready: safeText('ready'),
  extended: safeText('extended'),
  skipping: safeText('skipping'),
  'copy-in': safeText('copy in'),
  ended: safeText('ended'),
} as const;

/** The state after a message of the client, or why it has no place. */
export function advance(state: FrontendState, message: FrontendKind | StartupPacket['kind']): Advance {
  if (message === 'Terminate' && state.phase !== 'startup' && state.phase !== 'ended') return accepted(ENDED);
  switch (state.phase) {
    case 'startup':
      return advanceStartup(state, message);
    case 'authentication':
      return message === state.awaited
        ? accepted({ phase: 'authentication', awaited: undefined })
        : unexpected(state, message);
    case 'ready':
      return advanceReady(state, message);
    case 'extended':
      return advanceExtended(state, message);
    case 'skipping':
      return advanceSkipping(state, message);
    case 'copy-in':
      return advanceCopyIn(state, message);
    case 'ended':
      return unexpected(state, message);
    default:
      return assertNever(state, 'frontend state');
  }
}

/** The state after something the server did. */
export function observe(state: FrontendState, event: ServerEvent): FrontendState {
  switch (event.kind) {
    case 'authentication-awaited':
      return state.phase === 'authentication' ? { phase: 'authentication', awaited: event.awaited } : ENDED;
    case 'authenticated':
      return state.phase === 'authentication' ? READY : ENDED;
    case 'copy-in-started':
      return startCopyIn(state);
    case 'error':
      return afterError(state);
    default:
      return assertNever(event, 'server event');
  }
}

function startCopyIn(state: FrontendState): FrontendState {
  if (state.phase === 'ready') return { phase: 'copy-in', extended: false };
  return state.phase === 'extended' ? { phase: 'copy-in', extended: true } : state;
}

function afterError(state: FrontendState): FrontendState {
  if (state.phase === 'extended') return SKIPPING;
  if (state.phase === 'copy-in') return state.extended ? SKIPPING : { phase: 'ready', copyDraining: true };
  return state.phase === 'startup' || state.phase === 'authentication' ? ENDED : state;
}

type Message = FrontendKind | StartupPacket['kind'];

function advanceStartup(state: FrontendState & { phase: 'startup' }, message: Message): Advance {
  switch (message) {
    case 'SSLRequest':
      return state.tlsAsked ? unexpected(state, message) : accepted({ ...state, tlsAsked: true });
    case 'GSSENCRequest':
      return state.gssAsked ? unexpected(state, message) : accepted({ ...state, gssAsked: true });
    case 'StartupMessage':
      return accepted({ phase: 'authentication', awaited: undefined });
    case 'CancelRequest':
      return accepted(ENDED);
    default:
      return unexpected(state, message);
  }
}

function advanceReady(state: FrontendState & { phase: 'ready' }, message: Message): Advance {
  if (isCopyMessage(message)) {
    if (!state.copyDraining) return unexpected(state, message);
    return { kind: 'skipped', state: message === 'CopyData' ? state : READY };
  }
  if (message === 'Query' || message === 'Sync') return accepted(READY);
  if (message === 'FunctionCall') return functionRefused();
  return isBatchMessage(message) ? accepted(EXTENDED) : unexpected(state, message);
}

function advanceExtended(state: FrontendState, message: Message): Advance {
  if (isBatchMessage(message)) return accepted(EXTENDED);
  // A Query ends the batch as Sync does; PostgreSQL allows it.
  if (message === 'Sync' || message === 'Query') return accepted(READY);
  return message === 'FunctionCall' ? functionRefused() : unexpected(state, message);
}

function advanceSkipping(state: FrontendState, message: Message): Advance {
  if (message === 'Sync') return accepted(READY);
  const known =
    isBatchMessage(message) || isCopyMessage(message) || message === 'Query' || message === 'FunctionCall';
  return known ? { kind: 'skipped', state: SKIPPING } : unexpected(state, message);
}

function advanceCopyIn(state: FrontendState & { phase: 'copy-in' }, message: Message): Advance {
  if (message === 'CopyData') return accepted(state);
  if (message === 'CopyDone' || message === 'CopyFail') return accepted(state.extended ? EXTENDED : READY);
  // Clients send them without looking whether the statement was a COPY, so PostgreSQL skips them too.
  if (message === 'Flush' || message === 'Sync') return { kind: 'skipped', state };
  return unexpected(state, message);
}

function isCopyMessage(message: Message): boolean {
  return message === 'CopyData' || message === 'CopyDone' || message === 'CopyFail';
}

function isBatchMessage(message: Message): boolean {
  switch (message) {
    case 'Parse':
    case 'Bind':
    case 'Describe':
    case 'Execute':
    case 'Close':
    case 'Flush':
      return true;
    default:
      return false;
  }
}

/** Made once for the states that each message of a statement leads to. */
const ACCEPTED_READY: Advance = { kind: 'accepted', state: READY };
const ACCEPTED_EXTENDED: Advance = { kind: 'accepted', state: EXTENDED };

function accepted(state: FrontendState): Advance {
  if (state === READY) return ACCEPTED_READY;
  return state === EXTENDED ? ACCEPTED_EXTENDED : { kind: 'accepted', state };
}

function unexpected(state: FrontendState, message: Message): Advance {
  return { kind: 'refused', error: unexpectedMessage(message, PHASE_NAMES[state.phase]), state: ENDED };
}

/** As in PostgreSQL, ReadyForQuery follows the error, also inside a batch. */
function functionRefused(): Advance {
  const error = new ProtocolError('CORDON_STATEMENT_DENIED', { statement: safeText('FunctionCall') }, false);
  return { kind: 'refused', error, state: READY };
}
