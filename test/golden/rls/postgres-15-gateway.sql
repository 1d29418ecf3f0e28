-- Row-level security from the policy, for PostgreSQL 15.18; printed by `cordon rls --dialect postgres --version 15.18 --gateway`.
-- Run it as the owner of the tables. Row-level security binds neither superusers nor roles with BYPASSRLS:
-- "app" must be none of them, own no table here, and be a member of no role that does.
--
-- The caller is read from settings of the session. Unset, there are no rows:
--   cordon.role (text): the role of the caller
--   cordon.user (uuid): the claim `user`
--   cordon.tenant (int): the claim `tenant`
--   cordon.region (text): the claim `region`
--   cordon.lookup_users_email (text): the key of a look-up by `users.email`
--   cordon.lookup_users_id (uuid): the key of a look-up by `users.id`
--
-- What the database does not do, and the gateway does:
--   Who the caller is: the settings are whatever the session last wrote. One injected SET, and row-level security reads another caller. The gateway reads a signed token, and refuses to set anything called `cordon.…`.
--   That something exists: a unique key (23505) or a foreign key (23503) tells of rows that the caller may not see. The gateway gives one error without a value for all causes.
--   What errors quote: the texts of other errors quote values too. The gateway keeps the SQLSTATE and replaces the words.
--   A row that is left out: an owner or boundary column that an INSERT leaves out is stamped by the gateway; here it is refused unless the statement gives it.
--   Cascades: ON DELETE and ON UPDATE actions change rows of other tables without asking their policies. The gateway refuses a statement whose cascade reaches rows that the caller may not change.
--   TRUNCATE asks no policy: the role must not hold it.
--   Functions and operators: whoever may call a function that is not leak-proof sees rows only after the policies, but functions that read tables by themselves (`query_to_xml`, SECURITY DEFINER) are not looked at. The gateway has a list of what may be called.
--   The catalog: `pg_class.reltuples`, sizes and EXPLAIN tell about all rows. The gateway filters or refuses them.
--   Roles of programs (backoffice, migrator) log in by themselves and are none of the roles below: give them a role of the database, and policies or BYPASSRLS of its own.

BEGIN;
SET LOCAL search_path = '';

REVOKE CREATE ON SCHEMA "public" FROM PUBLIC, "app";
GRANT USAGE ON SCHEMA "public" TO "app";

-- public.addresses
ALTER TABLE "public"."addresses" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "public"."addresses" FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS "cordon_addresses_1_select" ON "public"."addresses";
CREATE POLICY "cordon_addresses_1_select" ON "public"."addresses" AS PERMISSIVE FOR SELECT TO "app"
  USING (
    (SELECT current_setting('cordon.role', true) = 'member')
    AND "profile_id" = ANY (ARRAY(SELECT "id" FROM "public"."profiles" WHERE "user_id" = NULLIF(current_setting('cordon.user', true), '')::uuid))
  );
DROP POLICY IF EXISTS "cordon_addresses_1_insert" ON "public"."addresses";
CREATE POLICY "cordon_addresses_1_insert" ON "public"."addresses" AS PERMISSIVE FOR INSERT TO "app"
  WITH CHECK (
    current_setting('cordon.role', true) = 'member'
    AND "profile_id" = ANY (ARRAY(SELECT "id" FROM "public"."profiles" WHERE "user_id" = NULLIF(current_setting('cordon.user', true), '')::uuid))
  );
DROP POLICY IF EXISTS "cordon_addresses_1_update" ON "public"."addresses";
CREATE POLICY "cordon_addresses_1_update" ON "public"."addresses" AS PERMISSIVE FOR UPDATE TO "app"
  USING (
    (SELECT current_setting('cordon.role', true) = 'member')
    AND "profile_id" = ANY (ARRAY(SELECT "id" FROM "public"."profiles" WHERE "user_id" = NULLIF(current_setting('cordon.user', true), '')::uuid))
  )
  WITH CHECK (
    current_setting('cordon.role', true) = 'member'
    AND "profile_id" = ANY (ARRAY(SELECT "id" FROM "public"."profiles" WHERE "user_id" = NULLIF(current_setting('cordon.user', true), '')::uuid))
  );
DROP POLICY IF EXISTS "cordon_addresses_1_delete" ON "public"."addresses";
CREATE POLICY "cordon_addresses_1_delete" ON "public"."addresses" AS PERMISSIVE FOR DELETE TO "app"
  USING (
    (SELECT current_setting('cordon.role', true) = 'member')
    AND "profile_id" = ANY (ARRAY(SELECT "id" FROM "public"."profiles" WHERE "user_id" = NULLIF(current_setting('cordon.user', true), '')::uuid))
  );
DROP POLICY IF EXISTS "cordon_only_select" ON "public"."addresses";
CREATE POLICY "cordon_only_select" ON "public"."addresses" AS RESTRICTIVE FOR SELECT TO "app"
  USING (
    (SELECT current_setting('cordon.role', true) = 'member')
    AND "profile_id" = ANY (ARRAY(SELECT "id" FROM "public"."profiles" WHERE "user_id" = NULLIF(current_setting('cordon.user', true), '')::uuid))
  );
DROP POLICY IF EXISTS "cordon_only_insert" ON "public"."addresses";
CREATE POLICY "cordon_only_insert" ON "public"."addresses" AS RESTRICTIVE FOR INSERT TO "app"
  WITH CHECK (
    current_setting('cordon.role', true) = 'member'
    AND "profile_id" = ANY (ARRAY(SELECT "id" FROM "public"."profiles" WHERE "user_id" = NULLIF(current_setting('cordon.user', true), '')::uuid))
  );
DROP POLICY IF EXISTS "cordon_only_update" ON "public"."addresses";
CREATE POLICY "cordon_only_update" ON "public"."addresses" AS RESTRICTIVE FOR UPDATE TO "app"
  USING (
    (SELECT current_setting('cordon.role', true) = 'member')
    AND "profile_id" = ANY (ARRAY(SELECT "id" FROM "public"."profiles" WHERE "user_id" = NULLIF(current_setting('cordon.user', true), '')::uuid))
  )
  WITH CHECK (
    current_setting('cordon.role', true) = 'member'
    AND "profile_id" = ANY (ARRAY(SELECT "id" FROM "public"."profiles" WHERE "user_id" = NULLIF(current_setting('cordon.user', true), '')::uuid))
  );
DROP POLICY IF EXISTS "cordon_only_delete" ON "public"."addresses";
CREATE POLICY "cordon_only_delete" ON "public"."addresses" AS RESTRICTIVE FOR DELETE TO "app"
  USING (
    (SELECT current_setting('cordon.role', true) = 'member')
    AND "profile_id" = ANY (ARRAY(SELECT "id" FROM "public"."profiles" WHERE "user_id" = NULLIF(current_setting('cordon.user', true), '')::uuid))
  );
REVOKE ALL ON TABLE "public"."addresses" FROM PUBLIC, "app";
GRANT SELECT ("id", "profile_id", "line1", "city", "country"), INSERT ("id", "profile_id", "line1", "city", "country"), UPDATE ("profile_id", "line1", "city", "country"), DELETE ON TABLE "public"."addresses" TO "app";

-- public.orders
ALTER TABLE "public"."orders" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "public"."orders" FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS "cordon_orders_1_select" ON "public"."orders";
CREATE POLICY "cordon_orders_1_select" ON "public"."orders" AS PERMISSIVE FOR SELECT TO "app"
  USING (
    (SELECT current_setting('cordon.role', true) = 'member')
    AND "user_id" = (SELECT NULLIF(current_setting('cordon.user', true), '')::uuid)
  );
DROP POLICY IF EXISTS "cordon_orders_1_insert" ON "public"."orders";
CREATE POLICY "cordon_orders_1_insert" ON "public"."orders" AS PERMISSIVE FOR INSERT TO "app"
  WITH CHECK (
    current_setting('cordon.role', true) = 'member'
    AND "user_id" = NULLIF(current_setting('cordon.user', true), '')::uuid
  );
DROP POLICY IF EXISTS "cordon_boundary_tenant" ON "public"."orders";
CREATE POLICY "cordon_boundary_tenant" ON "public"."orders" AS RESTRICTIVE FOR ALL TO "app"
  USING (
    "tenant_id" = (SELECT NULLIF(current_setting('cordon.tenant', true), '')::int4)
  )
  WITH CHECK (
    "tenant_id" = NULLIF(current_setting('cordon.tenant', true), '')::int4
  );
DROP POLICY IF EXISTS "cordon_boundary_region" ON "public"."orders";
CREATE POLICY "cordon_boundary_region" ON "public"."orders" AS RESTRICTIVE FOR ALL TO "app"
  USING (
    "crdb_region" = (SELECT NULLIF(current_setting('cordon.region', true), ''))
  )
  WITH CHECK ("crdb_region" = NULLIF(current_setting('cordon.region', true), ''));
DROP POLICY IF EXISTS "cordon_only_select" ON "public"."orders";
CREATE POLICY "cordon_only_select" ON "public"."orders" AS RESTRICTIVE FOR SELECT TO "app"
  USING (
    (SELECT current_setting('cordon.role', true) = 'member')
    AND "user_id" = (SELECT NULLIF(current_setting('cordon.user', true), '')::uuid)
  );
DROP POLICY IF EXISTS "cordon_only_insert" ON "public"."orders";
CREATE POLICY "cordon_only_insert" ON "public"."orders" AS RESTRICTIVE FOR INSERT TO "app"
  WITH CHECK (
    current_setting('cordon.role', true) = 'member'
    AND "user_id" = NULLIF(current_setting('cordon.user', true), '')::uuid
  );
DROP POLICY IF EXISTS "cordon_only_update" ON "public"."orders";
CREATE POLICY "cordon_only_update" ON "public"."orders" AS RESTRICTIVE FOR UPDATE TO "app"
  USING (false)
  WITH CHECK (false);
DROP POLICY IF EXISTS "cordon_only_delete" ON "public"."orders";
CREATE POLICY "cordon_only_delete" ON "public"."orders" AS RESTRICTIVE FOR DELETE TO "app"
  USING (false);
DROP POLICY IF EXISTS "cordon_reference_address_id_insert" ON "public"."orders";
CREATE POLICY "cordon_reference_address_id_insert" ON "public"."orders" AS RESTRICTIVE FOR INSERT TO "app"
  WITH CHECK (
    current_setting('cordon.role', true) = 'member'
    AND (
      "address_id" IS NULL
      OR "address_id" = ANY (ARRAY(SELECT "id" FROM "public"."addresses" WHERE "profile_id" IN (SELECT "id" FROM "public"."profiles" WHERE "user_id" = NULLIF(current_setting('cordon.user', true), '')::uuid)))
    )
  );
REVOKE ALL ON TABLE "public"."orders" FROM PUBLIC, "app";
GRANT SELECT ("id", "tenant_id", "crdb_region", "user_id", "address_id", "amount", "created_at"), INSERT ("id", "tenant_id", "crdb_region", "user_id", "address_id", "amount") ON TABLE "public"."orders" TO "app";

-- public.payment_methods
-- hidden: card_token; naming one is an error here (42501), and NULL through the gateway
ALTER TABLE "public"."payment_methods" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "public"."payment_methods" FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS "cordon_payment_methods_1_select" ON "public"."payment_methods";
CREATE POLICY "cordon_payment_methods_1_select" ON "public"."payment_methods" AS PERMISSIVE FOR SELECT TO "app"
  USING (
    (SELECT current_setting('cordon.role', true) = 'member')
    AND "profile_id" = ANY (ARRAY(SELECT "id" FROM "public"."profiles" WHERE "user_id" = NULLIF(current_setting('cordon.user', true), '')::uuid))
  );
DROP POLICY IF EXISTS "cordon_payment_methods_1_delete" ON "public"."payment_methods";
CREATE POLICY "cordon_payment_methods_1_delete" ON "public"."payment_methods" AS PERMISSIVE FOR DELETE TO "app"
  USING (
    (SELECT current_setting('cordon.role', true) = 'member')
    AND "profile_id" = ANY (ARRAY(SELECT "id" FROM "public"."profiles" WHERE "user_id" = NULLIF(current_setting('cordon.user', true), '')::uuid))
  );
DROP POLICY IF EXISTS "cordon_only_select" ON "public"."payment_methods";
CREATE POLICY "cordon_only_select" ON "public"."payment_methods" AS RESTRICTIVE FOR SELECT TO "app"
  USING (
    (SELECT current_setting('cordon.role', true) = 'member')
    AND "profile_id" = ANY (ARRAY(SELECT "id" FROM "public"."profiles" WHERE "user_id" = NULLIF(current_setting('cordon.user', true), '')::uuid))
  );
DROP POLICY IF EXISTS "cordon_only_insert" ON "public"."payment_methods";
CREATE POLICY "cordon_only_insert" ON "public"."payment_methods" AS RESTRICTIVE FOR INSERT TO "app"
  WITH CHECK (false);
DROP POLICY IF EXISTS "cordon_only_update" ON "public"."payment_methods";
CREATE POLICY "cordon_only_update" ON "public"."payment_methods" AS RESTRICTIVE FOR UPDATE TO "app"
  USING (false)
  WITH CHECK (false);
DROP POLICY IF EXISTS "cordon_only_delete" ON "public"."payment_methods";
CREATE POLICY "cordon_only_delete" ON "public"."payment_methods" AS RESTRICTIVE FOR DELETE TO "app"
  USING (
    (SELECT current_setting('cordon.role', true) = 'member')
    AND "profile_id" = ANY (ARRAY(SELECT "id" FROM "public"."profiles" WHERE "user_id" = NULLIF(current_setting('cordon.user', true), '')::uuid))
  );
REVOKE ALL ON TABLE "public"."payment_methods" FROM PUBLIC, "app";
GRANT SELECT ("id", "profile_id", "brand", "last4", "card_token"), DELETE ON TABLE "public"."payment_methods" TO "app";

-- public.permissions
ALTER TABLE "public"."permissions" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "public"."permissions" FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS "cordon_permissions_1_select" ON "public"."permissions";
CREATE POLICY "cordon_permissions_1_select" ON "public"."permissions" AS PERMISSIVE FOR SELECT TO "app"
  USING (
    (SELECT current_setting('cordon.role', true) = 'member')
    AND "user_id" = (SELECT NULLIF(current_setting('cordon.user', true), '')::uuid)
  );
DROP POLICY IF EXISTS "cordon_only_select" ON "public"."permissions";
CREATE POLICY "cordon_only_select" ON "public"."permissions" AS RESTRICTIVE FOR SELECT TO "app"
  USING (
    (SELECT current_setting('cordon.role', true) = 'member')
    AND "user_id" = (SELECT NULLIF(current_setting('cordon.user', true), '')::uuid)
  );
DROP POLICY IF EXISTS "cordon_only_insert" ON "public"."permissions";
CREATE POLICY "cordon_only_insert" ON "public"."permissions" AS RESTRICTIVE FOR INSERT TO "app"
  WITH CHECK (false);
DROP POLICY IF EXISTS "cordon_only_update" ON "public"."permissions";
CREATE POLICY "cordon_only_update" ON "public"."permissions" AS RESTRICTIVE FOR UPDATE TO "app"
  USING (false)
  WITH CHECK (false);
DROP POLICY IF EXISTS "cordon_only_delete" ON "public"."permissions";
CREATE POLICY "cordon_only_delete" ON "public"."permissions" AS RESTRICTIVE FOR DELETE TO "app"
  USING (false);
REVOKE ALL ON TABLE "public"."permissions" FROM PUBLIC, "app";
GRANT SELECT ("resource_id", "user_id", "token") ON TABLE "public"."permissions" TO "app";

-- public.products
ALTER TABLE "public"."products" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "public"."products" FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS "cordon_products_1_select" ON "public"."products";
CREATE POLICY "cordon_products_1_select" ON "public"."products" AS PERMISSIVE FOR SELECT TO "app"
  USING (
    (SELECT current_setting('cordon.role', true) IN ('anonymous', 'member'))
  );
DROP POLICY IF EXISTS "cordon_only_select" ON "public"."products";
CREATE POLICY "cordon_only_select" ON "public"."products" AS RESTRICTIVE FOR SELECT TO "app"
  USING (
    (SELECT current_setting('cordon.role', true) IN ('anonymous', 'member'))
  );
DROP POLICY IF EXISTS "cordon_only_insert" ON "public"."products";
CREATE POLICY "cordon_only_insert" ON "public"."products" AS RESTRICTIVE FOR INSERT TO "app"
  WITH CHECK (false);
DROP POLICY IF EXISTS "cordon_only_update" ON "public"."products";
CREATE POLICY "cordon_only_update" ON "public"."products" AS RESTRICTIVE FOR UPDATE TO "app"
  USING (false)
  WITH CHECK (false);
DROP POLICY IF EXISTS "cordon_only_delete" ON "public"."products";
CREATE POLICY "cordon_only_delete" ON "public"."products" AS RESTRICTIVE FOR DELETE TO "app"
  USING (false);
REVOKE ALL ON TABLE "public"."products" FROM PUBLIC, "app";
GRANT SELECT ("id", "name", "price") ON TABLE "public"."products" TO "app";

-- public.profiles
-- shown in every row of the role, masked row by row by the gateway: user_id, email, phone
ALTER TABLE "public"."profiles" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "public"."profiles" FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS "cordon_profiles_1_select" ON "public"."profiles";
CREATE POLICY "cordon_profiles_1_select" ON "public"."profiles" AS PERMISSIVE FOR SELECT TO "app"
  USING (
    (SELECT current_setting('cordon.role', true) = 'member')
    AND "user_id" = (SELECT NULLIF(current_setting('cordon.user', true), '')::uuid)
  );
DROP POLICY IF EXISTS "cordon_profiles_2_select" ON "public"."profiles";
CREATE POLICY "cordon_profiles_2_select" ON "public"."profiles" AS PERMISSIVE FOR SELECT TO "app"
  USING (
    (SELECT current_setting('cordon.role', true) = 'member')
    AND "user_id" = ANY (ARRAY(SELECT "id" FROM "public"."users" WHERE "tenant_id" = NULLIF(current_setting('cordon.tenant', true), '')::int4))
  );
DROP POLICY IF EXISTS "cordon_profiles_1_insert" ON "public"."profiles";
CREATE POLICY "cordon_profiles_1_insert" ON "public"."profiles" AS PERMISSIVE FOR INSERT TO "app"
  WITH CHECK (
    current_setting('cordon.role', true) = 'member'
    AND "user_id" = NULLIF(current_setting('cordon.user', true), '')::uuid
  );
DROP POLICY IF EXISTS "cordon_profiles_1_update" ON "public"."profiles";
CREATE POLICY "cordon_profiles_1_update" ON "public"."profiles" AS PERMISSIVE FOR UPDATE TO "app"
  USING (
    (SELECT current_setting('cordon.role', true) = 'member')
    AND "user_id" = (SELECT NULLIF(current_setting('cordon.user', true), '')::uuid)
  )
  WITH CHECK (
    current_setting('cordon.role', true) = 'member'
    AND "user_id" = NULLIF(current_setting('cordon.user', true), '')::uuid
  );
DROP POLICY IF EXISTS "cordon_only_select" ON "public"."profiles";
CREATE POLICY "cordon_only_select" ON "public"."profiles" AS RESTRICTIVE FOR SELECT TO "app"
  USING (
    (SELECT current_setting('cordon.role', true) = 'member')
    AND (
      "user_id" = (SELECT NULLIF(current_setting('cordon.user', true), '')::uuid)
      OR "user_id" = ANY (ARRAY(SELECT "id" FROM "public"."users" WHERE "tenant_id" = NULLIF(current_setting('cordon.tenant', true), '')::int4))
    )
  );
DROP POLICY IF EXISTS "cordon_only_insert" ON "public"."profiles";
CREATE POLICY "cordon_only_insert" ON "public"."profiles" AS RESTRICTIVE FOR INSERT TO "app"
  WITH CHECK (
    current_setting('cordon.role', true) = 'member'
    AND "user_id" = NULLIF(current_setting('cordon.user', true), '')::uuid
  );
DROP POLICY IF EXISTS "cordon_only_update" ON "public"."profiles";
CREATE POLICY "cordon_only_update" ON "public"."profiles" AS RESTRICTIVE FOR UPDATE TO "app"
  USING (
    (SELECT current_setting('cordon.role', true) = 'member')
    AND "user_id" = (SELECT NULLIF(current_setting('cordon.user', true), '')::uuid)
  )
  WITH CHECK (
    current_setting('cordon.role', true) = 'member'
    AND "user_id" = NULLIF(current_setting('cordon.user', true), '')::uuid
  );
DROP POLICY IF EXISTS "cordon_only_delete" ON "public"."profiles";
CREATE POLICY "cordon_only_delete" ON "public"."profiles" AS RESTRICTIVE FOR DELETE TO "app"
  USING (false);
REVOKE ALL ON TABLE "public"."profiles" FROM PUBLIC, "app";
GRANT SELECT ("id", "user_id", "display_name", "email", "phone"), INSERT ("id", "user_id", "display_name", "email", "phone"), UPDATE ("display_name", "email", "phone") ON TABLE "public"."profiles" TO "app";

-- public.resources
-- shown in every row of the role, masked row by row by the gateway: owner_id
ALTER TABLE "public"."resources" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "public"."resources" FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS "cordon_resources_1_select" ON "public"."resources";
CREATE POLICY "cordon_resources_1_select" ON "public"."resources" AS PERMISSIVE FOR SELECT TO "app"
  USING (
    (SELECT current_setting('cordon.role', true) = 'member')
    AND "owner_id" = (SELECT NULLIF(current_setting('cordon.user', true), '')::uuid)
  );
DROP POLICY IF EXISTS "cordon_resources_2_select" ON "public"."resources";
CREATE POLICY "cordon_resources_2_select" ON "public"."resources" AS PERMISSIVE FOR SELECT TO "app"
  USING (
    (SELECT current_setting('cordon.role', true) = 'member')
    AND "id" = ANY (ARRAY(SELECT "resource_id" FROM "public"."permissions" WHERE "user_id" = NULLIF(current_setting('cordon.user', true), '')::uuid))
  );
DROP POLICY IF EXISTS "cordon_resources_1_insert" ON "public"."resources";
CREATE POLICY "cordon_resources_1_insert" ON "public"."resources" AS PERMISSIVE FOR INSERT TO "app"
  WITH CHECK (
    current_setting('cordon.role', true) = 'member'
    AND "owner_id" = NULLIF(current_setting('cordon.user', true), '')::uuid
  );
DROP POLICY IF EXISTS "cordon_resources_1_update" ON "public"."resources";
CREATE POLICY "cordon_resources_1_update" ON "public"."resources" AS PERMISSIVE FOR UPDATE TO "app"
  USING (
    (SELECT current_setting('cordon.role', true) = 'member')
    AND "owner_id" = (SELECT NULLIF(current_setting('cordon.user', true), '')::uuid)
  )
  WITH CHECK (
    current_setting('cordon.role', true) = 'member'
    AND "owner_id" = NULLIF(current_setting('cordon.user', true), '')::uuid
  );
DROP POLICY IF EXISTS "cordon_resources_1_delete" ON "public"."resources";
CREATE POLICY "cordon_resources_1_delete" ON "public"."resources" AS PERMISSIVE FOR DELETE TO "app"
  USING (
    (SELECT current_setting('cordon.role', true) = 'member')
    AND "owner_id" = (SELECT NULLIF(current_setting('cordon.user', true), '')::uuid)
  );
DROP POLICY IF EXISTS "cordon_only_select" ON "public"."resources";
CREATE POLICY "cordon_only_select" ON "public"."resources" AS RESTRICTIVE FOR SELECT TO "app"
  USING (
    (SELECT current_setting('cordon.role', true) = 'member')
    AND (
      "owner_id" = (SELECT NULLIF(current_setting('cordon.user', true), '')::uuid)
      OR "id" = ANY (ARRAY(SELECT "resource_id" FROM "public"."permissions" WHERE "user_id" = NULLIF(current_setting('cordon.user', true), '')::uuid))
    )
  );
DROP POLICY IF EXISTS "cordon_only_insert" ON "public"."resources";
CREATE POLICY "cordon_only_insert" ON "public"."resources" AS RESTRICTIVE FOR INSERT TO "app"
  WITH CHECK (
    current_setting('cordon.role', true) = 'member'
    AND "owner_id" = NULLIF(current_setting('cordon.user', true), '')::uuid
  );
DROP POLICY IF EXISTS "cordon_only_update" ON "public"."resources";
CREATE POLICY "cordon_only_update" ON "public"."resources" AS RESTRICTIVE FOR UPDATE TO "app"
  USING (
    (SELECT current_setting('cordon.role', true) = 'member')
    AND "owner_id" = (SELECT NULLIF(current_setting('cordon.user', true), '')::uuid)
  )
  WITH CHECK (
    current_setting('cordon.role', true) = 'member'
    AND "owner_id" = NULLIF(current_setting('cordon.user', true), '')::uuid
  );
DROP POLICY IF EXISTS "cordon_only_delete" ON "public"."resources";
CREATE POLICY "cordon_only_delete" ON "public"."resources" AS RESTRICTIVE FOR DELETE TO "app"
  USING (
    (SELECT current_setting('cordon.role', true) = 'member')
    AND "owner_id" = (SELECT NULLIF(current_setting('cordon.user', true), '')::uuid)
  );
REVOKE ALL ON TABLE "public"."resources" FROM PUBLIC, "app";
GRANT SELECT ("id", "owner_id", "data"), INSERT ("id", "owner_id", "data"), UPDATE ("data"), DELETE ON TABLE "public"."resources" TO "app";

-- public.users
-- shown in every row of the role, masked row by row by the gateway: tenant_id, region, email, last_seen_at, created_at
-- hidden: is_admin, reset_token; naming one is an error here (42501), and NULL through the gateway
-- looked up by email and by id: the row is the one whose key stands in the setting, in any statement
ALTER TABLE "public"."users" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "public"."users" FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS "cordon_users_1_select" ON "public"."users";
CREATE POLICY "cordon_users_1_select" ON "public"."users" AS PERMISSIVE FOR SELECT TO "app"
  USING (
    (SELECT current_setting('cordon.role', true) = 'member')
    AND "id" = (SELECT NULLIF(current_setting('cordon.user', true), '')::uuid)
  );
DROP POLICY IF EXISTS "cordon_users_2_select" ON "public"."users";
CREATE POLICY "cordon_users_2_select" ON "public"."users" AS PERMISSIVE FOR SELECT TO "app"
  USING ((SELECT current_setting('cordon.role', true) = 'member'));
DROP POLICY IF EXISTS "cordon_users_3_select" ON "public"."users";
CREATE POLICY "cordon_users_3_select" ON "public"."users" AS PERMISSIVE FOR SELECT TO "app"
  USING (
    (SELECT current_setting('cordon.role', true) = 'anonymous')
    AND "email" = (SELECT NULLIF(current_setting('cordon.lookup_users_email', true), ''))
  );
DROP POLICY IF EXISTS "cordon_users_4_select" ON "public"."users";
CREATE POLICY "cordon_users_4_select" ON "public"."users" AS PERMISSIVE FOR SELECT TO "app"
  USING (
    (SELECT current_setting('cordon.role', true) = 'anonymous')
    AND "id" = (SELECT NULLIF(current_setting('cordon.lookup_users_id', true), '')::uuid)
  );
DROP POLICY IF EXISTS "cordon_users_5_insert" ON "public"."users";
CREATE POLICY "cordon_users_5_insert" ON "public"."users" AS PERMISSIVE FOR INSERT TO "app"
  WITH CHECK (
    current_setting('cordon.role', true) = 'anonymous' AND "is_admin" = false
  );
DROP POLICY IF EXISTS "cordon_users_1_update" ON "public"."users";
CREATE POLICY "cordon_users_1_update" ON "public"."users" AS PERMISSIVE FOR UPDATE TO "app"
  USING (
    (SELECT current_setting('cordon.role', true) = 'member')
    AND "id" = (SELECT NULLIF(current_setting('cordon.user', true), '')::uuid)
  )
  WITH CHECK (
    current_setting('cordon.role', true) = 'member'
    AND "id" = NULLIF(current_setting('cordon.user', true), '')::uuid
  );
DROP POLICY IF EXISTS "cordon_boundary_tenant_select" ON "public"."users";
CREATE POLICY "cordon_boundary_tenant_select" ON "public"."users" AS RESTRICTIVE FOR SELECT TO "app"
  USING (
    "tenant_id" = (SELECT NULLIF(current_setting('cordon.tenant', true), '')::int4)
    OR (
      (SELECT current_setting('cordon.role', true) = 'anonymous')
      AND (
        "email" = (SELECT NULLIF(current_setting('cordon.lookup_users_email', true), ''))
        OR "id" = (SELECT NULLIF(current_setting('cordon.lookup_users_id', true), '')::uuid)
      )
    )
  );
DROP POLICY IF EXISTS "cordon_boundary_tenant_insert" ON "public"."users";
CREATE POLICY "cordon_boundary_tenant_insert" ON "public"."users" AS RESTRICTIVE FOR INSERT TO "app"
  WITH CHECK (
    "tenant_id" = NULLIF(current_setting('cordon.tenant', true), '')::int4
    OR (current_setting('cordon.role', true) = 'anonymous' AND "is_admin" = false)
  );
DROP POLICY IF EXISTS "cordon_boundary_tenant_update" ON "public"."users";
CREATE POLICY "cordon_boundary_tenant_update" ON "public"."users" AS RESTRICTIVE FOR UPDATE TO "app"
  USING (
    "tenant_id" = (SELECT NULLIF(current_setting('cordon.tenant', true), '')::int4)
  )
  WITH CHECK (
    "tenant_id" = NULLIF(current_setting('cordon.tenant', true), '')::int4
  );
DROP POLICY IF EXISTS "cordon_boundary_tenant_delete" ON "public"."users";
CREATE POLICY "cordon_boundary_tenant_delete" ON "public"."users" AS RESTRICTIVE FOR DELETE TO "app"
  USING (
    "tenant_id" = (SELECT NULLIF(current_setting('cordon.tenant', true), '')::int4)
  );
DROP POLICY IF EXISTS "cordon_only_select" ON "public"."users";
CREATE POLICY "cordon_only_select" ON "public"."users" AS RESTRICTIVE FOR SELECT TO "app"
  USING (
    (SELECT current_setting('cordon.role', true) = 'member')
    OR (
      (SELECT current_setting('cordon.role', true) = 'anonymous')
      AND (
        "email" = (SELECT NULLIF(current_setting('cordon.lookup_users_email', true), ''))
        OR "id" = (SELECT NULLIF(current_setting('cordon.lookup_users_id', true), '')::uuid)
      )
    )
  );
DROP POLICY IF EXISTS "cordon_only_insert" ON "public"."users";
CREATE POLICY "cordon_only_insert" ON "public"."users" AS RESTRICTIVE FOR INSERT TO "app"
  WITH CHECK (
    current_setting('cordon.role', true) = 'anonymous' AND "is_admin" = false
  );
DROP POLICY IF EXISTS "cordon_only_update" ON "public"."users";
CREATE POLICY "cordon_only_update" ON "public"."users" AS RESTRICTIVE FOR UPDATE TO "app"
  USING (
    (SELECT current_setting('cordon.role', true) = 'member')
    AND "id" = (SELECT NULLIF(current_setting('cordon.user', true), '')::uuid)
  )
  WITH CHECK (
    current_setting('cordon.role', true) = 'member'
    AND "id" = NULLIF(current_setting('cordon.user', true), '')::uuid
  );
DROP POLICY IF EXISTS "cordon_only_delete" ON "public"."users";
CREATE POLICY "cordon_only_delete" ON "public"."users" AS RESTRICTIVE FOR DELETE TO "app"
  USING (false);
REVOKE ALL ON TABLE "public"."users" FROM PUBLIC, "app";
GRANT SELECT ("id", "tenant_id", "region", "email", "name", "last_seen_at", "created_at", "password_hash", "is_admin", "reset_token"), INSERT ("id", "tenant_id", "region", "email", "name", "password_hash", "is_admin", "reset_token", "last_seen_at"), UPDATE ("name", "last_seen_at") ON TABLE "public"."users" TO "app";

COMMIT;
