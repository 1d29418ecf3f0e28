/** The session: a signed token in a cookie. Cordon reads the same token, so the app has nothing more to tell it. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { jwtVerify, SignJWT } from 'jose';

export interface Person {
  readonly id: string;
  readonly tenant: number;
  readonly region: string;
}

export const COOKIE = 'session';
const HOLDS = '1h';

export class Sessions {
  readonly #key: Uint8Array;

  constructor(secret: string) {
    this.#key = new TextEncoder().encode(secret);
  }

  async begin(reply: FastifyReply, person: Person): Promise<void> {
    const token = await new SignJWT({ tenant: person.tenant, region: person.region })
      .setProtectedHeader({ alg: 'HS256' })
      .setIssuer('shop')
      .setAudience('cordon')
      .setSubject(person.id)
      .setIssuedAt()
      .setExpirationTime(HOLDS)
      .sign(this.#key);
    reply.header('set-cookie', `${COOKIE}=${token}; HttpOnly; SameSite=Lax; Path=/`);
  }

  end(reply: FastifyReply): void {
    reply.header('set-cookie', `${COOKIE}=; HttpOnly; SameSite=Lax; Path=/; Max-Age=0`);
  }

  /** Who sent the request; undefined where nobody is logged in. */
  async person(request: FastifyRequest): Promise<Person | undefined> {
    const token = cookieOf(request);
    if (token === undefined) return undefined;
    const { payload } = await jwtVerify(token, this.#key, { issuer: 'shop', audience: 'cordon' });
    return { id: String(payload.sub), tenant: Number(payload.tenant), region: String(payload.region) };
  }
}

function cookieOf(request: FastifyRequest): string | undefined {
  const cookies = (request.headers.cookie ?? '').split('; ');
  const found = cookies.find((cookie) => cookie.startsWith(`${COOKIE}=`));
  return found?.slice(COOKIE.length + 1) || undefined;
}
