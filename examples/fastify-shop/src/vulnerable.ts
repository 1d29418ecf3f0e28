/**
 * A shop in Fastify, as one meets it: it works, and it leaks.
 *
 * Each place marked MISTAKE lets one person see or change what is another's. The pages stay as they are; behind Cordon
 * none of them does, because the database answers with the caller's rows only.
 */
import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { sql } from 'kysely';
import { type Access, type Forms, orMissing, REGIONS, Refusal, UUID_TEXT } from './access.ts';
import type { Database } from './database.ts';
import { hashPassword, isPassword } from './password.ts';
import type { Person } from './session.ts';

export function vulnerablePages(access: Access) {
  const { db, sessions } = access;
  const caller = async (request: FastifyRequest): Promise<Person> => {
    const person = await sessions.person(request);
    if (person === undefined) throw new Refusal(401);
    return person;
  };

  return async (app: FastifyInstance): Promise<void> => {
    app.post<{ Body: Forms['signUp'] }>('/signup', async (request, reply) => {
      const { password, ...form } = request.body;
      const taken = await db
        .selectFrom('users')
        .select('id')
        .where('email', '=', form.email)
        .executeTakeFirst();
      if (taken !== undefined) return reply.code(409).send({ error: 'this e-mail is taken' });
      const person = { id: randomUUID(), tenant: form.tenant_id, region: REGIONS[form.tenant_id] ?? '' };
      // MISTAKE: whatever the form says becomes a column, is_admin too (CWE-915).
      const user = {
        ...form,
        id: person.id,
        region: person.region,
        password_hash: await hashPassword(password),
      };
      await db.insertInto('users').values(user).execute();
      await sessions.begin(reply, person);
      const made = await access.as(person, async () => {
        const profile = { user_id: person.id, display_name: form.name, email: form.email };
        await db.insertInto('profiles').values(profile).execute();
        return db.selectFrom('users').selectAll().where('id', '=', person.id).executeTakeFirst();
      });
      return reply.code(201).send(made);
    });

    app.post<{ Body: Forms['logIn'] }>('/login', async (request, reply) => {
      const form = request.body;
      const found = await db
        .selectFrom('users')
        .selectAll()
        .where('email', '=', form.email)
        .executeTakeFirst();
      if (found === undefined || !(await isPassword(form.password, found.password_hash))) {
        return reply.code(401).send({ error: 'wrong e-mail or password' });
      }
      const person = { id: found.id, tenant: found.tenant_id, region: found.region };
      await sessions.begin(reply, person);
      // MISTAKE: the whole row of users, password hash and reset token included (CWE-200, CWE-522).
      return access.as(person, () =>
        db
          .updateTable('users')
          .set({ last_seen_at: new Date() })
          .where('id', '=', person.id)
          .returningAll()
          .executeTakeFirst(),
      );
    });

    app.post('/logout', async (_request, reply) => {
      sessions.end(reply);
      return {};
    });

    app.get<{ Querystring: { profile_id: string } }>('/profile', async (request) => {
      const { profile_id: id } = request.query;
      // MISTAKE: any id will do (CWE-200, CWE-359).
      const profile = await db.selectFrom('profiles').selectAll().where('id', '=', id).executeTakeFirst();
      // MISTAKE: a row in the log (CWE-532).
      request.log.warn({ profile }, 'profile');
      return orMissing(profile);
    });

    app.get<{ Querystring: { q?: string } }>('/profiles', async (request) => {
      const { q = '' } = request.query;
      // MISTAKE: the search term becomes SQL (CWE-89).
      const query = `SELECT id, display_name FROM profiles WHERE display_name ILIKE '%${q}%' ORDER BY 2`;
      return (await sql.raw(query).execute(db)).rows;
    });

    app.get<Include>('/profiles/me', async (request) => {
      const { id } = await caller(request);
      const profile = await db
        .selectFrom('profiles')
        .selectAll()
        .where('user_id', '=', id)
        .executeTakeFirst();
      return withRelations(db, orMissing(profile), request.query.include);
    });

    app.get<Include & ById>('/profiles/:id', async (request) => {
      const { id } = request.params;
      // MISTAKE: any id will do, and brings its relations along (CWE-359).
      const profile = await db.selectFrom('profiles').selectAll().where('id', '=', id).executeTakeFirst();
      return withRelations(db, orMissing(profile), request.query.include);
    });

    app.patch<ById & { Body: Record<string, never> }>('/profiles/:id', async (request) => {
      const { id } = request.params;
      // MISTAKE: any row, any column (CWE-639, CWE-915).
      const change = db.updateTable('profiles').set(request.body).where('id', '=', id);
      return orMissing(await change.returningAll().executeTakeFirst());
    });

    app.get<{ Params: { token: string } }>('/resource/:token', async (request) => {
      const { token } = request.params;
      // MISTAKE: the token is good for everyone, and the key of the resource is as good as a token (CWE-639).
      const permission = await db
        .selectFrom('permissions')
        .selectAll()
        .where('token', '=', token)
        .executeTakeFirst();
      const id = permission?.resource_id ?? token;
      if (!UUID_TEXT.test(id)) throw new Refusal(404);
      return orMissing(await db.selectFrom('resources').selectAll().where('id', '=', id).executeTakeFirst());
    });

    app.get<{ Querystring: Forms['orderQuery'] }>('/orders', async (request) => {
      const person = await caller(request);
      const { tenant_id: tenant, user_id: user, sort } = request.query;
      const orders = db
        .selectFrom('orders')
        .selectAll()
        // MISTAKE: tenant and person are taken from the request (CWE-639).
        .where('tenant_id', '=', Number(tenant ?? person.tenant))
        .where('user_id', '=', user ?? person.id);
      // MISTAKE: the sort key becomes SQL (CWE-89).
      return orders.orderBy(sql.raw(sort ?? 'created_at')).execute();
    });

    app.get<ById>('/orders/:id', async (request) => {
      await caller(request);
      const { id } = request.params;
      // MISTAKE: any id will do (CWE-639).
      return orMissing(await db.selectFrom('orders').selectAll().where('id', '=', id).executeTakeFirst());
    });

    app.post<{ Body: Forms['order'] }>('/orders', async (request, reply) => {
      const person = await caller(request);
      const row = {
        user_id: person.id,
        tenant_id: person.tenant,
        crdb_region: person.region,
        // MISTAKE: nobody asks whose the address is (CWE-639).
        address_id: request.body.address_id,
        amount: request.body.amount,
      };
      const order = await db.insertInto('orders').values(row).returningAll().executeTakeFirstOrThrow();
      const address = db.selectFrom('addresses').selectAll().where('id', '=', order.address_id);
      return reply.code(201).send({ ...order, ship_to: await address.executeTakeFirst() });
    });

    app.get('/products', () => db.selectFrom('products').selectAll().orderBy('name').execute());

    app.setErrorHandler((error: Error & { readonly statusCode?: number }, _request, reply) => {
      if (error.statusCode !== undefined) {
        return reply.code(error.statusCode).send({ error: error.message });
      }
      // MISTAKE: the stack and all that the database said go to the client (CWE-209).
      return reply.code(500).send({ error: `${error.stack}\n${JSON.stringify(error)}` });
    });
  };
}

interface ById {
  Params: { readonly id: string };
}

interface Include {
  Querystring: { readonly include?: string };
}

async function withRelations(db: Database, profile: { readonly id: string }, include = '') {
  const relations: Record<string, unknown> = {};
  // MISTAKE: relations are serialised whole, card tokens too (CWE-213).
  for (const table of ['addresses', 'payment_methods'] as const) {
    if (!include.split(',').includes(table)) continue;
    relations[table] = await db.selectFrom(table).selectAll().where('profile_id', '=', profile.id).execute();
  }
  return { ...profile, ...relations };
}
