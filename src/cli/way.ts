import { tlsWeakness } from '../gateway/index.ts';
import type { WayFacts } from '../posture/index.ts';
import type { Upstream } from './upstream.ts';

/** How Cordon reaches the database: `text` is the URL that was typed. */
export function wayOf(text: string, upstream: Upstream): WayFacts {
  return {
    weakness: tlsWeakness(upstream),
    passwordInUrl: new URL(text).password !== '',
    passwordInClear: upstream.passwordInClear === true,
  };
}
