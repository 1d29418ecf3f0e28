/**
 * Who asks at each place of a sequence of statements: a model of a few lines, to hold the gateway against.
 *
 * A caller is presented for a transaction, or for the whole connection when it is opened. A transaction has one caller; from
 * nobody to somebody is the one change it allows. Statements outside of a block are a transaction each, and all of a batch up
 * to its Sync is one.
 */
import { as, tokens } from '../../gateway/support/shop.ts';

export type Person = 'alice' | 'bob';
type Caller = Person | undefined;

export type Action =
  | { readonly kind: 'read'; readonly token: Caller }
  | { readonly kind: 'set'; readonly token: Person; readonly local: boolean }
  | { readonly kind: 'begin'; readonly token: Caller }
  | { readonly kind: 'reset' | 'commit' | 'rollback' | 'fail' | 'savepoint' | 'back' };

const NOTES = 'SELECT id FROM notes ORDER BY id';

export function textOf(action: Action): string {
  switch (action.kind) {
    case 'read':
      return action.token === undefined ? NOTES : as(action.token, NOTES);
    case 'set':
      return `SET ${action.local ? 'LOCAL ' : ''}cordon.token = '${tokens[action.token]}'`;
    case 'begin':
      return action.token === undefined ? 'BEGIN' : as(action.token, 'BEGIN');
    case 'reset':
      return 'RESET cordon.token';
    case 'commit':
      return 'COMMIT';
    case 'rollback':
      return 'ROLLBACK';
    case 'fail':
      return 'SELECT 1 / 0';
    case 'savepoint':
      return 'SAVEPOINT s';
    case 'back':
      return 'ROLLBACK TO s';
    default:
      return action satisfies never;
  }
}

/** Each thing that can be said about the caller, once. */
export const ACTIONS: readonly Action[] = [
  { kind: 'read', token: undefined },
  { kind: 'read', token: 'alice' },
  { kind: 'read', token: 'bob' },
  { kind: 'set', token: 'alice', local: false },
  { kind: 'set', token: 'bob', local: false },
  { kind: 'set', token: 'alice', local: true },
  { kind: 'begin', token: undefined },
  { kind: 'begin', token: 'bob' },
  { kind: 'reset' },
  { kind: 'commit' },
  { kind: 'rollback' },
  { kind: 'fail' },
];

/** Whose rows come back, or that none do. */
export type Answer = Person | 'done' | 'error' | 'skipped';

/** `units`: each statement is answered before the next; `batch`: all go before one Sync. */
export type Mode = 'units' | 'batch';

export class IdentityModel {
  readonly #base: Caller;
  #caller: Caller;
  #inBlock = false;
  #failed = false;
  #skipping = false;

  constructor(base: Caller) {
    this.#base = base;
  }

  /** What a statement is answered; undefined: either an error or nothing is fine. */
  step(action: Action, mode: Mode): Answer {
    if (this.#skipping) return 'skipped';
    const answer = this.#run(action);
    if (answer === 'error') {
      this.#failed = this.#inBlock;
      this.#skipping = mode === 'batch';
    }
    if (mode === 'units') this.sync();
    return answer;
  }

  /** A transaction that is not a block ends here. */
  sync(): void {
    this.#skipping = false;
    if (!this.#inBlock) this.#caller = undefined;
  }

  #run(action: Action): Answer {
    if (action.kind === 'commit' || action.kind === 'rollback') return this.#end();
    const token = 'token' in action ? action.token : undefined;
    if (this.#failed) return 'error';
    if (token !== undefined && !this.#present(token)) return 'error';
    switch (action.kind) {
      case 'read':
        return this.#current ?? 'error';
      case 'begin':
        this.#inBlock = true;
        return 'done';
      case 'reset':
        return this.#caller === undefined || this.#caller === this.#base ? 'done' : 'error';
      case 'savepoint':
        return this.#inBlock ? 'done' : 'error';
      case 'fail':
      case 'back':
        return 'error';
      default:
        return 'done';
    }
  }

  get #current(): Caller {
    return this.#caller ?? this.#base;
  }

  #present(token: Person): boolean {
    if (this.#current !== undefined && this.#current !== token) return false;
    this.#caller = token;
    return true;
  }

  #end(): Answer {
    this.#inBlock = false;
    this.#failed = false;
    this.#caller = undefined;
    return 'done';
  }
}
