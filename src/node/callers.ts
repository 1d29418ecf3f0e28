/** Who may ask through a wrapped pool: named once, or by the work that is under way. */
import type { VerifiedClaims } from '../policy/index.ts';
import type { Speaker } from './border.ts';
import { CallerContext } from './caller-context.ts';
import type { CatalogWatch } from './catalog-watch.ts';
import type { Source } from './source.ts';
import { VerifiedCaller } from './verified-caller.ts';

/** A caller whose token `verify` has found to hold, or claims that the application vouches for, by the names of the token (`sub`, …). */
export type Caller = VerifiedCaller | VerifiedClaims;

export class Callers {
  readonly source: Source;
  readonly #watch: CatalogWatch;
  readonly #context = new CallerContext();
  /** Whoever `run` names. */
  readonly current: Speaker = () => this.#context.current;

  constructor(source: Source, watch: CatalogWatch) {
    this.source = source;
    this.#watch = watch;
  }

  async verify(token: string): Promise<VerifiedCaller> {
    return VerifiedCaller.of(await this.source.border.ofToken(token));
  }

  speaker(caller: Caller | string | undefined): Speaker {
    if (typeof caller === 'string') return () => this.source.border.ofToken(caller);
    const principal = this.source.border.principal(caller);
    return () => principal;
  }

  service(role: string): Speaker {
    const principal = this.source.border.service(role);
    return () => principal;
  }

  run<T>(caller: Caller | undefined, work: () => T): T {
    return this.#context.run(this.source.border.principal(caller), work);
  }

  runService<T>(role: string, work: () => T): T {
    return this.#context.run(this.source.border.service(role), work);
  }

  refresh(): Promise<void> {
    return this.#watch.check();
  }

  async close(): Promise<void> {
    this.#watch.stop();
    await this.source.end();
  }
}
