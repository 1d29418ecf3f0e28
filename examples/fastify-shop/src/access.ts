import type { Database } from './database.ts';
import type { Person, Sessions } from './session.ts';

/** What the pages of the shop are made of. */
export interface Access {
  readonly db: Database;
  readonly sessions: Sessions;
  /** Runs what is done for somebody who has just logged in or signed up. */
  as<T>(person: Person, work: () => Promise<T>): Promise<T>;
}

export const REGIONS: Readonly<Record<number, string>> = { 1: 'eu-west-1', 2: 'us-east-1' };

const NAMES: Readonly<Record<number, string>> = {
  401: 'Unauthorized',
  404: 'Not Found',
};

/** Ends a request with a status and the name of it. */
export class Refusal extends Error {
  readonly statusCode: number;

  constructor(statusCode: 401 | 404) {
    super(NAMES[statusCode]);
    this.statusCode = statusCode;
  }
}

export function orMissing<T>(found: T | undefined): T {
  if (found === undefined) throw new Refusal(404);
  return found;
}

export const UUID_TEXT = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** What clients send. */
export interface Forms {
  signUp: { email: string; name: string; password: string; tenant_id: number };
  logIn: { email: string; password: string };
  order: { address_id: string; amount: number };
  orderQuery: { tenant_id?: string; user_id?: string; sort?: string };
}
