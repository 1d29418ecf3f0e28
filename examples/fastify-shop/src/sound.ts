/** The same shop as its authors would want it: every query scoped, every answer listed, every error silent. */
import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type Access, type Forms, orMissing, REGIONS, Refusal, UUID_TEXT } from './access.ts';
import { hashPassword, isPassword } from './password.ts';
import type { Person } from './session.ts';

const USER = ['id', 'tenant_id', 'region', 'email', 'name', 'last_seen_at', 'created_at'] as const;
const PROFILE = ['id', 'user_id', 'display_name', 'email', 'phone'] as const;
const ORDER = ['id', 'tenant_id', 'crdb_region', 'user_id', 'address_id', 'amount', 'created_at'] as const;
const ADDRESS = ['id', 'profile_id', 'line1', 'city', 'country'] as const;
const PAYMENT_METHOD = ['id', 'profile_id', 'brand', 'last4'] as const;

const SORTS: Readonly<Record<string, readonly ['amount' | 'created_at', 'asc' | 'desc']>> = {
  created_at: ['created_at', 'asc'],
  amount: ['amount', 'asc'],
  'amount DESC, id': ['amount', 'desc'],
};

export function soundPages(access: Access) {
  const { db, sessions } = access;
  const caller = async (request: FastifyRequest): Promise<Person> => {
    const person = await sessions.person(request);
    if (person === undefined) throw new Refusal(401);
    return person;
  };

  const ownProfile = (person: Person) =>
    db.selectFrom('profiles').select(PROFILE).where('user_id', '=', person.id);

  return async (app: FastifyInstance): Promise<void> => {
    app.post<{ Body: Forms['signUp'] }>('/signup', async (request, reply) => {
      const { email, name, password, tenant_id: tenant } = request.body;
      const taken = await db.selectFrom('users').select('id').where('email', '=', email).executeTakeFirst();
      if (taken !== undefined) return reply.code(409).send({ error: 'this e-mail is taken' });
      const person = { id: randomUUID(), tenant, region: REGIONS[tenant] ?? '' };
      const account = { id: person.id, tenant_id: tenant, region: person.region, email, name };
      const user = { ...account, password_hash: await hashPassword(password) };
      await db.insertInto('users').values(user).execute();
      await sessions.begin(reply, person);
      await access.as(person, () =>
        db.insertInto('profiles').values({ user_id: person.id, display_name: name, email }).execute(),
      );
      return reply.code(201).send(account);
    });

    app.post<{ Body: Forms['logIn'] }>('/login', async (request, reply) => {
      const { email, password } = request.body;
      const found = await db
        .selectFrom('users')
        .select(['id', 'tenant_id', 'region', 'password_hash'])
        .where('email', '=', email)
        .executeTakeFirst();
      if (found === undefined || !(await isPassword(password, found.password_hash))) {
        return reply.code(401).send({ error: 'wrong e-mail or password' });
      }
      const person = { id: found.id, tenant: found.tenant_id, region: found.region };
      await sessions.begin(reply, person);
      return access.as(person, () =>
        db
          .updateTable('users')
          .set({ last_seen_at: new Date() })
          .where('id', '=', person.id)
          .returning(USER)
          .executeTakeFirst(),
      );
    });

    app.post('/logout', async (_request, reply) => {
      sessions.end(reply);
      return {};
    });

    app.get<{ Querystring: { profile_id: string } }>('/profile', async (request) => {
      const person = await caller(request);
      const profile = ownProfile(person).where('id', '=', uuid(request.query.profile_id));
      return orMissing(await profile.executeTakeFirst());
    });

    app.get<Include>('/profiles/me', async (request) => {
      const profile = orMissing(await ownProfile(await caller(request)).executeTakeFirst());
      return { ...profile, ...(await relationsOf(profile.id, request.query.include)) };
    });

    app.get<Include & ById>('/profiles/:id', async (request) => {
      const person = await caller(request);
      const found = ownProfile(person).where('id', '=', uuid(request.params.id));
      const profile = orMissing(await found.executeTakeFirst());
      return { ...profile, ...(await relationsOf(profile.id, request.query.include)) };
    });

    app.get<{ Querystring: { q?: string } }>('/profiles', async (request) => {
      const { tenant } = await caller(request);
      const term = (request.query.q ?? '').replaceAll(/[\\%_]/g, '\\$&');
      return (
        db
          .selectFrom('profiles')
          .leftJoin('users', 'users.id', 'profiles.user_id')
          .select(['profiles.id', 'profiles.display_name'])
          // Behind Cordon it is hidden whose the profile of a colleague is, and no profiles but those of colleagues are there.
          .where((eb) => eb.or([eb('users.tenant_id', '=', tenant), eb('users.tenant_id', 'is', null)]))
          .where('display_name', 'ilike', `%${term}%`)
          .orderBy('display_name')
          .execute()
      );
    });

    app.patch<ById & { Body: { display_name: string } }>('/profiles/:id', async (request, reply) => {
      const person = await caller(request);
      const { display_name: name } = request.body;
      if (typeof name !== 'string') return reply.code(400).send({ error: 'a display name is missing' });
      const change = db.updateTable('profiles').set({ display_name: name });
      const own = change.where('id', '=', uuid(request.params.id)).where('user_id', '=', person.id);
      return orMissing(await own.returning(PROFILE).executeTakeFirst());
    });

    app.get<{ Params: { token: string } }>('/resource/:token', async (request) => {
      const person = await caller(request);
      const shared = db
        .selectFrom('permissions')
        .innerJoin('resources', 'resources.id', 'permissions.resource_id')
        .select(['resources.id', 'resources.data'])
        .where('permissions.token', '=', request.params.token)
        .where('permissions.user_id', '=', person.id);
      return orMissing(await shared.executeTakeFirst());
    });

    app.get<{ Querystring: Forms['orderQuery'] }>('/orders', async (request) => {
      const [column, direction] = SORTS[request.query.sort ?? ''] ?? ['created_at', 'asc'];
      return ownOrders(await caller(request))
        .orderBy(column, direction)
        .orderBy('id')
        .execute();
    });

    app.get<ById>('/orders/:id', async (request) => {
      const order = ownOrders(await caller(request)).where('id', '=', uuid(request.params.id));
      return orMissing(await order.executeTakeFirst());
    });

    app.post<{ Body: Forms['order'] }>('/orders', async (request, reply) => {
      const person = await caller(request);
      const { address_id: id, amount } = request.body;
      const address = orMissing(
        await db
          .selectFrom('addresses')
          .innerJoin('profiles', 'profiles.id', 'addresses.profile_id')
          .select(ADDRESS.map((column) => `addresses.${column}` as const))
          .where('addresses.id', '=', uuid(id))
          .where('profiles.user_id', '=', person.id)
          .executeTakeFirst(),
      );
      const place = { user_id: person.id, tenant_id: person.tenant, crdb_region: person.region };
      const order = db.insertInto('orders').values({ ...place, address_id: address.id, amount });
      const placed = await order.returning(ORDER).executeTakeFirstOrThrow();
      return reply.code(201).send({ ...placed, ship_to: address });
    });

    app.get('/products', () =>
      db.selectFrom('products').select(['id', 'name', 'price']).orderBy('name').execute(),
    );

    app.setErrorHandler((error: Error & { readonly statusCode?: number }, request, reply) => {
      const status = error.statusCode ?? 500;
      if (status >= 500) request.log.error({ kind: error.name }, 'a request failed');
      return reply.code(status).send({ error: status >= 500 ? 'Internal Server Error' : error.message });
    });
  };

  function ownOrders(person: Person) {
    return db
      .selectFrom('orders')
      .select(ORDER)
      .where('user_id', '=', person.id)
      .where('tenant_id', '=', person.tenant)
      .where('crdb_region', '=', person.region);
  }

  async function relationsOf(profile: string, include = '') {
    const wanted = include.split(',');
    const addresses = db.selectFrom('addresses').select(ADDRESS).where('profile_id', '=', profile);
    const payments = db
      .selectFrom('payment_methods')
      .select(PAYMENT_METHOD)
      .where('profile_id', '=', profile);
    return {
      ...(wanted.includes('addresses') ? { addresses: await addresses.execute() } : {}),
      ...(wanted.includes('payment_methods') ? { payment_methods: await payments.execute() } : {}),
    };
  }
}

interface ById {
  Params: { readonly id: string };
}

interface Include {
  Querystring: { readonly include?: string };
}

/** What is no UUID names nothing. */
function uuid(text: string): string {
  if (!UUID_TEXT.test(text)) throw new Refusal(404);
  return text;
}
