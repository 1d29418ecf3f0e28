/**
 * What a submittable says to the database: each text is judged, claims are added to the values of each Bind, names are kept
 * apart, and nothing else is passed on. When the submittable is done it leads nowhere.
 */
import { CordonError, safeText } from '../errors/index.ts';
import type { Principal } from '../guard/answers.ts';
import { assertFresh } from '../guard/freshness.ts';
import type { GuardedStatement } from '../guard/types.ts';
import type { Lease } from './lease.ts';
import type { RawConnection } from './raw-driver.ts';
import { assertNoCopy } from './refused-here.ts';
import { toWire } from './request.ts';
import { REFUSED } from './statement-run.ts';

export interface ParseMessage {
  readonly text?: unknown;
  readonly name?: unknown;
  readonly types?: unknown;
}

export interface BindMessage {
  readonly portal?: unknown;
  readonly statement?: unknown;
  readonly values?: unknown;
}

interface Known {
  readonly name: string;
  readonly statement: GuardedStatement;
}

export class Conversation {
  readonly #lease: Lease;
  readonly #principal: Principal;
  readonly #statements = new Map<string, Known>();
  readonly #portals = new Map<string, Known>();
  #raw: RawConnection | undefined;
  #refusal: CordonError | undefined;
  #hasSent = false;
  /** What runs now, one after the other. */
  #steps: readonly boolean[] = [];
  #columns: number | undefined;

  constructor(lease: Lease, raw: RawConnection, principal: Principal) {
    this.#lease = lease;
    this.#raw = raw;
    this.#principal = principal;
  }

  get hasSent(): boolean {
    return this.#hasSent;
  }

  get refusal(): CordonError | undefined {
    return this.#refusal;
  }

  get discardsRows(): boolean {
    return this.#steps[0] === true;
  }

  noteColumns(columns: number): void {
    this.#columns = columns;
  }

  accepts(columns: number): boolean {
    return this.#columns === columns && this.#steps.length > 0;
  }

  completed(): void {
    if (this.#steps.length > 1) this.#steps = this.#steps.slice(1);
  }

  revoke(): void {
    this.#raw = undefined;
    for (const { name } of this.#statements.values()) if (name !== '') this.#lease.upstream.leave(name);
  }

  parse(message: ParseMessage): void {
    const { text, name, types } = message;
    this.#guarded(() => {
      const declared = parameterTypes(types);
      const statement = this.#judge(String(text), declared);
      const known: Known = { name: this.#freshName(name), statement };
      this.#statements.set(String(name ?? ''), known);
      this.#send((raw) => raw.parse({ name: known.name, text: statement.preparedText, types: declared }));
    });
  }

  bind(message: BindMessage): void {
    const { portal, statement: name, values } = message;
    this.#guarded(() => {
      const known = this.#statements.get(String(name ?? ''));
      if (known === undefined) throw new CordonError('CORDON_PREPARED_UNKNOWN');
      const own = toWire(values);
      const bound: Known = { name: this.#freshName(portal), statement: known.statement };
      this.#portals.set(String(portal ?? ''), bound);
      this.#steps = [known.statement.discardRows];
      const all = this.#lease.bindValues(known.statement, own, this.#principal);
      this.#send((raw) => raw.bind({ portal: bound.name, statement: known.name, values: all }));
    });
  }

  describe(message: { readonly type?: unknown; readonly name?: unknown }): void {
    const { type, name } = message;
    this.#guarded(() => {
      const known = this.#known(type === 'S' ? this.#statements : this.#portals, name);
      this.#send((raw) => raw.describe({ type: type === 'S' ? 'S' : 'P', name: known.name }));
    });
  }

  execute(message: { readonly portal?: unknown; readonly rows?: unknown }): void {
    const { portal, rows } = message;
    this.#guarded(() => {
      const known = this.#known(this.#portals, portal);
      assertFresh(this.#principal, Date.now());
      const count = known.statement.discardRows ? 0 : Number(rows ?? 0);
      this.#send((raw) => raw.execute({ portal: known.name, rows: Number.isSafeInteger(count) ? count : 0 }));
    });
  }

  close(message: { readonly type?: unknown; readonly name?: unknown }): void {
    const { type, name } = message;
    const known = (type === 'S' ? this.#statements : this.#portals).get(String(name ?? ''));
    if (known === undefined || this.#refusal !== undefined || this.#raw === undefined) return;
    this.#send((raw) => raw.close({ type: type === 'S' ? 'S' : 'P', name: known.name }));
  }

  query(text: unknown): void {
    this.#assertAlive();
    try {
      const { statements } = this.#lease.judge(String(text), [], this.#principal);
      assertNoCopy(statements);
      // The rest is for clients, which keep account of what a session holds.
      if (statements.some(({ effect }) => !PLAIN.has(effect.kind))) throw unsupported();
      this.#steps = statements.map(({ discardRows }) => discardRows);
      const texts = statements.map((statement) => statement.textFor(this.#principal));
      this.#send((raw) => raw.query(texts.join(';\n')));
    } catch (error) {
      this.#refuse(error, (raw) => raw.query(REFUSED));
    }
  }

  flush(): void {
    this.#raw?.flush();
  }

  sync(): void {
    this.#raw?.sync();
  }

  #judge(text: string, types: readonly number[]): GuardedStatement {
    const { statements } = this.#lease.judge(text, types, this.#principal);
    const [statement] = statements;
    if (statement === undefined || statements.length > 1) throw new CordonError('CORDON_SYNTAX');
    if (statement.textOnly || !PLAIN.has(statement.effect.kind)) throw unsupported();
    return statement;
  }

  #known(names: ReadonlyMap<string, Known>, name: unknown): Known {
    const known = names.get(String(name ?? ''));
    if (known === undefined) throw new CordonError('CORDON_PREPARED_UNKNOWN');
    return known;
  }

  /** Names of the application's stay here; a fresh one is sent, so that nothing else can be meant by it. */
  #freshName(name: unknown): string {
    if (name === undefined || name === null || name === '') return '';
    return this.#lease.upstream.nextName();
  }

  /** After a refusal the database skips everything up to Sync, so that nothing more is sent until then. */
  #guarded(work: () => void): void {
    this.#assertAlive();
    if (this.#refusal !== undefined) return;
    try {
      work();
    } catch (error) {
      this.#refuse(error, (raw) => {
        raw.parse({ name: REFUSED, text: REFUSED });
        raw.flush();
      });
    }
  }

  #refuse(error: unknown, poison: (raw: RawConnection) => void): void {
    if (!(error instanceof CordonError)) throw error;
    this.#refusal = error;
    this.#send(poison);
  }

  #assertAlive(): RawConnection {
    if (this.#raw === undefined) throw new CordonError('CORDON_CLIENT_RELEASED');
    return this.#raw;
  }

  #send(message: (raw: RawConnection) => void): void {
    const raw = this.#assertAlive();
    this.#hasSent = true;
    message(raw);
  }
}

const PLAIN: ReadonlySet<string> = new Set([
  'none',
  'begin',
  'end',
  'savepoint',
  'declare',
  'fetch',
  'close',
]);

function unsupported(): CordonError {
  return new CordonError('CORDON_UNSUPPORTED', { construct: safeText('this statement in a submittable') });
}

function parameterTypes(types: unknown): readonly number[] {
  if (!Array.isArray(types)) return [];
  const numbers = types.map(Number);
  if (!numbers.every((type) => Number.isSafeInteger(type) && type >= 0))
    throw new CordonError('CORDON_TYPE_UNKNOWN');
  return numbers;
}
