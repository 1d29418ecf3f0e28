import type { SessionLink } from './session-link.ts';

/**
 * What a client was told of the settings of its session. On a shared connection the settings of others come and go: only what is news is
 * told.
 */
export class ToldParameters {
  readonly #applicationName: string;
  readonly #shown: (name: string, value: string) => string | undefined;
  readonly #told = new Map<string, string>();

  /** `shown`: what of a setting clients are told at all. */
  constructor(applicationName: string, shown: (name: string, value: string) => string | undefined) {
    this.#applicationName = applicationName;
    this.#shown = shown;
  }

  /** The database reports a setting: what to tell the client, if anything. */
  report(link: SessionLink, name: string, value: string): string | undefined {
    const shown = this.#shown(name, value);
    if (shown === undefined || !link.isShared) return shown;
    const before = this.#told.get(name) ?? this.#atLogin(link, name);
    this.#told.set(name, shown);
    return shown === before ? undefined : shown;
  }

  #atLogin({ parameters }: SessionLink, name: string): string | undefined {
    return name === 'application_name' ? this.#applicationName : parameters.get(name);
  }
}
