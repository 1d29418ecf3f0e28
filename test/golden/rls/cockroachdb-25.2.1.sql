-- Row-level security from the policy, for CockroachDB 25.2.1; printed by `cordon rls --dialect cockroachdb --version 25.2.1`.
-- Run it as the owner of the tables. Row-level security binds neither superusers nor roles with BYPASSRLS:
-- "app" must be none of them, own no table here, and be a member of no role that does.
-- From the documentation of CockroachDB: no server was at hand to run it on.
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
--   That something exists: a unique key (23505) or a foreign key (23503) tells of rows that the caller may not see, and its DETAIL quotes the key. The gateway gives one error without a value for all causes.
--   What errors quote: the texts of other errors quote values too. The gateway keeps the SQLSTATE and replaces the words.
--   A row that is left out: an owner or boundary column that an INSERT leaves out is stamped by the gateway; here it is refused unless the statement gives it.
--   Cascades: ON DELETE and ON UPDATE actions change rows of other tables without asking their policies. The gateway refuses a statement whose cascade reaches rows that the caller may not change.
--   TRUNCATE asks no policy: the role must not hold it.
--   AS OF SYSTEM TIME reads under the policies of the past: a time before ENABLE reads without any. The gateway allows it only where the policy says `pastReads`.
--   Changefeeds, BACKUP and replication are not filtered: the role must not hold them, and SELECT alone allows a changefeed without a sink. The gateway refuses the statement.
--   EXPLAIN ANALYZE, SHOW RANGES, SHOW STATISTICS and `crdb_internal` tell about rows and keys of others. The gateway refuses them.
--   Columns: CockroachDB has no privileges on columns. What is hidden or shown in some rows only is masked by the gateway, or by the views of `--columns views`.
--   ON CONFLICT: where a row is in the way, the values given are checked against no policy. The gateway checks them.
--   25.2 may run a condition of the user before the policy (cockroachdb/cockroach#147348): its errors and its time tell of every row.
--   An upgrade to 26.2 makes plain views read under the policies of their owner instead of the caller’s.
--   Roles of programs (backoffice, migrator) log in by themselves and are none of the roles below: give them a role of the database, and policies or BYPASSRLS of its own.

REVOKE CREATE ON SCHEMA "public" FROM PUBLIC, "app";
GRANT USAGE ON SCHEMA "public" TO "app";

-- public.addresses
-- closed: `profile_id` is followed to `profiles`, which takes a function, and functions read settings of other sessions before 25.2.2
ALTER TABLE "public"."addresses" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY IF NOT EXISTS "cordon_addresses_1_select" ON "public"."addresses" AS PERMISSIVE FOR SELECT TO "app" USING (false);
ALTER POLICY "cordon_addresses_1_select" ON "public"."addresses" TO "app"
  USING (false);
CREATE POLICY IF NOT EXISTS "cordon_addresses_1_insert" ON "public"."addresses" AS PERMISSIVE FOR INSERT TO "app" WITH CHECK (false);
ALTER POLICY "cordon_addresses_1_insert" ON "public"."addresses" TO "app"
  WITH CHECK (false);
CREATE POLICY IF NOT EXISTS "cordon_addresses_1_update" ON "public"."addresses" AS PERMISSIVE FOR UPDATE TO "app" USING (false) WITH CHECK (false);
ALTER POLICY "cordon_addresses_1_update" ON "public"."addresses" TO "app"
  USING (false)
  WITH CHECK (false);
CREATE POLICY IF NOT EXISTS "cordon_addresses_1_delete" ON "public"."addresses" AS PERMISSIVE FOR DELETE TO "app" USING (false);
ALTER POLICY "cordon_addresses_1_delete" ON "public"."addresses" TO "app"
  USING (false);
CREATE POLICY IF NOT EXISTS "cordon_only_select" ON "public"."addresses" AS RESTRICTIVE FOR SELECT TO "app" USING (false);
ALTER POLICY "cordon_only_select" ON "public"."addresses" TO "app"
  USING (false);
CREATE POLICY IF NOT EXISTS "cordon_only_insert" ON "public"."addresses" AS RESTRICTIVE FOR INSERT TO "app" WITH CHECK (false);
ALTER POLICY "cordon_only_insert" ON "public"."addresses" TO "app"
  WITH CHECK (false);
CREATE POLICY IF NOT EXISTS "cordon_only_update" ON "public"."addresses" AS RESTRICTIVE FOR UPDATE TO "app" USING (false) WITH CHECK (false);
ALTER POLICY "cordon_only_update" ON "public"."addresses" TO "app"
  USING (false)
  WITH CHECK (false);
CREATE POLICY IF NOT EXISTS "cordon_only_delete" ON "public"."addresses" AS RESTRICTIVE FOR DELETE TO "app" USING (false);
ALTER POLICY "cordon_only_delete" ON "public"."addresses" TO "app"
  USING (false);
REVOKE ALL ON TABLE "public"."addresses" FROM public;
REVOKE BACKUP, CHANGEFEED, CREATE, DROP, ZONECONFIG ON TABLE "public"."addresses" FROM "app";
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE "public"."addresses" TO "app";

-- public.orders
-- closed: `address_id` is followed to `addresses`, which takes a function, and functions read settings of other sessions before 25.2.2
ALTER TABLE "public"."orders" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY IF NOT EXISTS "cordon_orders_1_select" ON "public"."orders" AS PERMISSIVE FOR SELECT TO "app" USING (false);
ALTER POLICY "cordon_orders_1_select" ON "public"."orders" TO "app"
  USING (
    current_setting('cordon.role', true) = 'member'
    AND "user_id" = NULLIF(current_setting('cordon.user', true), '')::UUID
  );
CREATE POLICY IF NOT EXISTS "cordon_orders_1_insert" ON "public"."orders" AS PERMISSIVE FOR INSERT TO "app" WITH CHECK (false);
ALTER POLICY "cordon_orders_1_insert" ON "public"."orders" TO "app"
  WITH CHECK (
    current_setting('cordon.role', true) = 'member'
    AND "user_id" = NULLIF(current_setting('cordon.user', true), '')::UUID
  );
CREATE POLICY IF NOT EXISTS "cordon_boundary_tenant" ON "public"."orders" AS RESTRICTIVE FOR ALL TO "app" USING (false) WITH CHECK (false);
ALTER POLICY "cordon_boundary_tenant" ON "public"."orders" TO "app"
  USING (
    "tenant_id" = NULLIF(current_setting('cordon.tenant', true), '')::INT4
  )
  WITH CHECK (
    "tenant_id" = NULLIF(current_setting('cordon.tenant', true), '')::INT4
  );
CREATE POLICY IF NOT EXISTS "cordon_boundary_region" ON "public"."orders" AS RESTRICTIVE FOR ALL TO "app" USING (false) WITH CHECK (false);
ALTER POLICY "cordon_boundary_region" ON "public"."orders" TO "app"
  USING ("crdb_region" = NULLIF(current_setting('cordon.region', true), ''))
  WITH CHECK ("crdb_region" = NULLIF(current_setting('cordon.region', true), ''));
CREATE POLICY IF NOT EXISTS "cordon_only_select" ON "public"."orders" AS RESTRICTIVE FOR SELECT TO "app" USING (false);
ALTER POLICY "cordon_only_select" ON "public"."orders" TO "app"
  USING (
    current_setting('cordon.role', true) = 'member'
    AND "user_id" = NULLIF(current_setting('cordon.user', true), '')::UUID
  );
CREATE POLICY IF NOT EXISTS "cordon_only_insert" ON "public"."orders" AS RESTRICTIVE FOR INSERT TO "app" WITH CHECK (false);
ALTER POLICY "cordon_only_insert" ON "public"."orders" TO "app"
  WITH CHECK (
    current_setting('cordon.role', true) = 'member'
    AND "user_id" = NULLIF(current_setting('cordon.user', true), '')::UUID
  );
CREATE POLICY IF NOT EXISTS "cordon_only_update" ON "public"."orders" AS RESTRICTIVE FOR UPDATE TO "app" USING (false) WITH CHECK (false);
ALTER POLICY "cordon_only_update" ON "public"."orders" TO "app"
  USING (false)
  WITH CHECK (false);
CREATE POLICY IF NOT EXISTS "cordon_only_delete" ON "public"."orders" AS RESTRICTIVE FOR DELETE TO "app" USING (false);
ALTER POLICY "cordon_only_delete" ON "public"."orders" TO "app"
  USING (false);
CREATE POLICY IF NOT EXISTS "cordon_reference_address_id_insert" ON "public"."orders" AS RESTRICTIVE FOR INSERT TO "app" WITH CHECK (false);
ALTER POLICY "cordon_reference_address_id_insert" ON "public"."orders" TO "app"
  WITH CHECK (
    current_setting('cordon.role', true) = 'member' AND "address_id" IS NULL
  );
REVOKE ALL ON TABLE "public"."orders" FROM public;
REVOKE UPDATE, DELETE, BACKUP, CHANGEFEED, CREATE, DROP, ZONECONFIG ON TABLE "public"."orders" FROM "app";
GRANT SELECT, INSERT ON TABLE "public"."orders" TO "app";

-- public.payment_methods
-- closed: `profile_id` is followed to `profiles`, which takes a function, and functions read settings of other sessions before 25.2.2
-- hidden by the gateway alone: card_token
ALTER TABLE "public"."payment_methods" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY IF NOT EXISTS "cordon_payment_methods_1_select" ON "public"."payment_methods" AS PERMISSIVE FOR SELECT TO "app" USING (false);
ALTER POLICY "cordon_payment_methods_1_select" ON "public"."payment_methods" TO "app"
  USING (false);
CREATE POLICY IF NOT EXISTS "cordon_payment_methods_1_delete" ON "public"."payment_methods" AS PERMISSIVE FOR DELETE TO "app" USING (false);
ALTER POLICY "cordon_payment_methods_1_delete" ON "public"."payment_methods" TO "app"
  USING (false);
CREATE POLICY IF NOT EXISTS "cordon_only_select" ON "public"."payment_methods" AS RESTRICTIVE FOR SELECT TO "app" USING (false);
ALTER POLICY "cordon_only_select" ON "public"."payment_methods" TO "app"
  USING (false);
CREATE POLICY IF NOT EXISTS "cordon_only_insert" ON "public"."payment_methods" AS RESTRICTIVE FOR INSERT TO "app" WITH CHECK (false);
ALTER POLICY "cordon_only_insert" ON "public"."payment_methods" TO "app"
  WITH CHECK (false);
CREATE POLICY IF NOT EXISTS "cordon_only_update" ON "public"."payment_methods" AS RESTRICTIVE FOR UPDATE TO "app" USING (false) WITH CHECK (false);
ALTER POLICY "cordon_only_update" ON "public"."payment_methods" TO "app"
  USING (false)
  WITH CHECK (false);
CREATE POLICY IF NOT EXISTS "cordon_only_delete" ON "public"."payment_methods" AS RESTRICTIVE FOR DELETE TO "app" USING (false);
ALTER POLICY "cordon_only_delete" ON "public"."payment_methods" TO "app"
  USING (false);
REVOKE ALL ON TABLE "public"."payment_methods" FROM public;
REVOKE INSERT, UPDATE, BACKUP, CHANGEFEED, CREATE, DROP, ZONECONFIG ON TABLE "public"."payment_methods" FROM "app";
GRANT SELECT, DELETE ON TABLE "public"."payment_methods" TO "app";

-- public.permissions
ALTER TABLE "public"."permissions" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY IF NOT EXISTS "cordon_permissions_1_select" ON "public"."permissions" AS PERMISSIVE FOR SELECT TO "app" USING (false);
ALTER POLICY "cordon_permissions_1_select" ON "public"."permissions" TO "app"
  USING (
    current_setting('cordon.role', true) = 'member'
    AND "user_id" = NULLIF(current_setting('cordon.user', true), '')::UUID
  );
CREATE POLICY IF NOT EXISTS "cordon_only_select" ON "public"."permissions" AS RESTRICTIVE FOR SELECT TO "app" USING (false);
ALTER POLICY "cordon_only_select" ON "public"."permissions" TO "app"
  USING (
    current_setting('cordon.role', true) = 'member'
    AND "user_id" = NULLIF(current_setting('cordon.user', true), '')::UUID
  );
CREATE POLICY IF NOT EXISTS "cordon_only_insert" ON "public"."permissions" AS RESTRICTIVE FOR INSERT TO "app" WITH CHECK (false);
ALTER POLICY "cordon_only_insert" ON "public"."permissions" TO "app"
  WITH CHECK (false);
CREATE POLICY IF NOT EXISTS "cordon_only_update" ON "public"."permissions" AS RESTRICTIVE FOR UPDATE TO "app" USING (false) WITH CHECK (false);
ALTER POLICY "cordon_only_update" ON "public"."permissions" TO "app"
  USING (false)
  WITH CHECK (false);
CREATE POLICY IF NOT EXISTS "cordon_only_delete" ON "public"."permissions" AS RESTRICTIVE FOR DELETE TO "app" USING (false);
ALTER POLICY "cordon_only_delete" ON "public"."permissions" TO "app"
  USING (false);
REVOKE ALL ON TABLE "public"."permissions" FROM public;
REVOKE INSERT, UPDATE, DELETE, BACKUP, CHANGEFEED, CREATE, DROP, ZONECONFIG ON TABLE "public"."permissions" FROM "app";
GRANT SELECT ON TABLE "public"."permissions" TO "app";

-- public.products
ALTER TABLE "public"."products" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY IF NOT EXISTS "cordon_products_1_select" ON "public"."products" AS PERMISSIVE FOR SELECT TO "app" USING (false);
ALTER POLICY "cordon_products_1_select" ON "public"."products" TO "app"
  USING (current_setting('cordon.role', true) IN ('anonymous', 'member'));
CREATE POLICY IF NOT EXISTS "cordon_only_select" ON "public"."products" AS RESTRICTIVE FOR SELECT TO "app" USING (false);
ALTER POLICY "cordon_only_select" ON "public"."products" TO "app"
  USING (current_setting('cordon.role', true) IN ('anonymous', 'member'));
CREATE POLICY IF NOT EXISTS "cordon_only_insert" ON "public"."products" AS RESTRICTIVE FOR INSERT TO "app" WITH CHECK (false);
ALTER POLICY "cordon_only_insert" ON "public"."products" TO "app"
  WITH CHECK (false);
CREATE POLICY IF NOT EXISTS "cordon_only_update" ON "public"."products" AS RESTRICTIVE FOR UPDATE TO "app" USING (false) WITH CHECK (false);
ALTER POLICY "cordon_only_update" ON "public"."products" TO "app"
  USING (false)
  WITH CHECK (false);
CREATE POLICY IF NOT EXISTS "cordon_only_delete" ON "public"."products" AS RESTRICTIVE FOR DELETE TO "app" USING (false);
ALTER POLICY "cordon_only_delete" ON "public"."products" TO "app"
  USING (false);
REVOKE ALL ON TABLE "public"."products" FROM public;
REVOKE INSERT, UPDATE, DELETE, BACKUP, CHANGEFEED, CREATE, DROP, ZONECONFIG ON TABLE "public"."products" FROM "app";
GRANT SELECT ON TABLE "public"."products" TO "app";

-- public.profiles
-- closed: `user_id` is followed to `users`, which takes a function, and functions read settings of other sessions before 25.2.2
-- shown in every row of the role, masked row by row by the gateway: user_id, email, phone
ALTER TABLE "public"."profiles" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY IF NOT EXISTS "cordon_profiles_1_select" ON "public"."profiles" AS PERMISSIVE FOR SELECT TO "app" USING (false);
ALTER POLICY "cordon_profiles_1_select" ON "public"."profiles" TO "app"
  USING (
    current_setting('cordon.role', true) = 'member'
    AND "user_id" = NULLIF(current_setting('cordon.user', true), '')::UUID
  );
CREATE POLICY IF NOT EXISTS "cordon_profiles_2_select" ON "public"."profiles" AS PERMISSIVE FOR SELECT TO "app" USING (false);
ALTER POLICY "cordon_profiles_2_select" ON "public"."profiles" TO "app"
  USING (false);
CREATE POLICY IF NOT EXISTS "cordon_profiles_1_insert" ON "public"."profiles" AS PERMISSIVE FOR INSERT TO "app" WITH CHECK (false);
ALTER POLICY "cordon_profiles_1_insert" ON "public"."profiles" TO "app"
  WITH CHECK (
    current_setting('cordon.role', true) = 'member'
    AND "user_id" = NULLIF(current_setting('cordon.user', true), '')::UUID
  );
CREATE POLICY IF NOT EXISTS "cordon_profiles_1_update" ON "public"."profiles" AS PERMISSIVE FOR UPDATE TO "app" USING (false) WITH CHECK (false);
ALTER POLICY "cordon_profiles_1_update" ON "public"."profiles" TO "app"
  USING (
    current_setting('cordon.role', true) = 'member'
    AND "user_id" = NULLIF(current_setting('cordon.user', true), '')::UUID
  )
  WITH CHECK (
    current_setting('cordon.role', true) = 'member'
    AND "user_id" = NULLIF(current_setting('cordon.user', true), '')::UUID
  );
CREATE POLICY IF NOT EXISTS "cordon_only_select" ON "public"."profiles" AS RESTRICTIVE FOR SELECT TO "app" USING (false);
ALTER POLICY "cordon_only_select" ON "public"."profiles" TO "app"
  USING (
    current_setting('cordon.role', true) = 'member'
    AND "user_id" = NULLIF(current_setting('cordon.user', true), '')::UUID
  );
CREATE POLICY IF NOT EXISTS "cordon_only_insert" ON "public"."profiles" AS RESTRICTIVE FOR INSERT TO "app" WITH CHECK (false);
ALTER POLICY "cordon_only_insert" ON "public"."profiles" TO "app"
  WITH CHECK (
    current_setting('cordon.role', true) = 'member'
    AND "user_id" = NULLIF(current_setting('cordon.user', true), '')::UUID
  );
CREATE POLICY IF NOT EXISTS "cordon_only_update" ON "public"."profiles" AS RESTRICTIVE FOR UPDATE TO "app" USING (false) WITH CHECK (false);
ALTER POLICY "cordon_only_update" ON "public"."profiles" TO "app"
  USING (
    current_setting('cordon.role', true) = 'member'
    AND "user_id" = NULLIF(current_setting('cordon.user', true), '')::UUID
  )
  WITH CHECK (
    current_setting('cordon.role', true) = 'member'
    AND "user_id" = NULLIF(current_setting('cordon.user', true), '')::UUID
  );
CREATE POLICY IF NOT EXISTS "cordon_only_delete" ON "public"."profiles" AS RESTRICTIVE FOR DELETE TO "app" USING (false);
ALTER POLICY "cordon_only_delete" ON "public"."profiles" TO "app"
  USING (false);
REVOKE ALL ON TABLE "public"."profiles" FROM public;
REVOKE DELETE, BACKUP, CHANGEFEED, CREATE, DROP, ZONECONFIG ON TABLE "public"."profiles" FROM "app";
GRANT SELECT, INSERT, UPDATE ON TABLE "public"."profiles" TO "app";

-- public.resources
-- closed: `id` is followed to `permissions`, which takes a function, and functions read settings of other sessions before 25.2.2
-- shown in every row of the role, masked row by row by the gateway: owner_id
ALTER TABLE "public"."resources" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY IF NOT EXISTS "cordon_resources_1_select" ON "public"."resources" AS PERMISSIVE FOR SELECT TO "app" USING (false);
ALTER POLICY "cordon_resources_1_select" ON "public"."resources" TO "app"
  USING (
    current_setting('cordon.role', true) = 'member'
    AND "owner_id" = NULLIF(current_setting('cordon.user', true), '')::UUID
  );
CREATE POLICY IF NOT EXISTS "cordon_resources_2_select" ON "public"."resources" AS PERMISSIVE FOR SELECT TO "app" USING (false);
ALTER POLICY "cordon_resources_2_select" ON "public"."resources" TO "app"
  USING (false);
CREATE POLICY IF NOT EXISTS "cordon_resources_1_insert" ON "public"."resources" AS PERMISSIVE FOR INSERT TO "app" WITH CHECK (false);
ALTER POLICY "cordon_resources_1_insert" ON "public"."resources" TO "app"
  WITH CHECK (
    current_setting('cordon.role', true) = 'member'
    AND "owner_id" = NULLIF(current_setting('cordon.user', true), '')::UUID
  );
CREATE POLICY IF NOT EXISTS "cordon_resources_1_update" ON "public"."resources" AS PERMISSIVE FOR UPDATE TO "app" USING (false) WITH CHECK (false);
ALTER POLICY "cordon_resources_1_update" ON "public"."resources" TO "app"
  USING (
    current_setting('cordon.role', true) = 'member'
    AND "owner_id" = NULLIF(current_setting('cordon.user', true), '')::UUID
  )
  WITH CHECK (
    current_setting('cordon.role', true) = 'member'
    AND "owner_id" = NULLIF(current_setting('cordon.user', true), '')::UUID
  );
CREATE POLICY IF NOT EXISTS "cordon_resources_1_delete" ON "public"."resources" AS PERMISSIVE FOR DELETE TO "app" USING (false);
ALTER POLICY "cordon_resources_1_delete" ON "public"."resources" TO "app"
  USING (
    current_setting('cordon.role', true) = 'member'
    AND "owner_id" = NULLIF(current_setting('cordon.user', true), '')::UUID
  );
CREATE POLICY IF NOT EXISTS "cordon_only_select" ON "public"."resources" AS RESTRICTIVE FOR SELECT TO "app" USING (false);
ALTER POLICY "cordon_only_select" ON "public"."resources" TO "app"
  USING (
    current_setting('cordon.role', true) = 'member'
    AND "owner_id" = NULLIF(current_setting('cordon.user', true), '')::UUID
  );
CREATE POLICY IF NOT EXISTS "cordon_only_insert" ON "public"."resources" AS RESTRICTIVE FOR INSERT TO "app" WITH CHECK (false);
ALTER POLICY "cordon_only_insert" ON "public"."resources" TO "app"
  WITH CHECK (
    current_setting('cordon.role', true) = 'member'
    AND "owner_id" = NULLIF(current_setting('cordon.user', true), '')::UUID
  );
CREATE POLICY IF NOT EXISTS "cordon_only_update" ON "public"."resources" AS RESTRICTIVE FOR UPDATE TO "app" USING (false) WITH CHECK (false);
ALTER POLICY "cordon_only_update" ON "public"."resources" TO "app"
  USING (
    current_setting('cordon.role', true) = 'member'
    AND "owner_id" = NULLIF(current_setting('cordon.user', true), '')::UUID
  )
  WITH CHECK (
    current_setting('cordon.role', true) = 'member'
    AND "owner_id" = NULLIF(current_setting('cordon.user', true), '')::UUID
  );
CREATE POLICY IF NOT EXISTS "cordon_only_delete" ON "public"."resources" AS RESTRICTIVE FOR DELETE TO "app" USING (false);
ALTER POLICY "cordon_only_delete" ON "public"."resources" TO "app"
  USING (
    current_setting('cordon.role', true) = 'member'
    AND "owner_id" = NULLIF(current_setting('cordon.user', true), '')::UUID
  );
REVOKE ALL ON TABLE "public"."resources" FROM public;
REVOKE BACKUP, CHANGEFEED, CREATE, DROP, ZONECONFIG ON TABLE "public"."resources" FROM "app";
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE "public"."resources" TO "app";

-- public.users
-- shown in every row of the role, masked row by row by the gateway: tenant_id, region, email, last_seen_at, created_at
-- hidden by the gateway alone: is_admin, reset_token
-- looked up by email and by id: the row is the one whose key stands in the setting, in any statement
ALTER TABLE "public"."users" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY IF NOT EXISTS "cordon_users_1_select" ON "public"."users" AS PERMISSIVE FOR SELECT TO "app" USING (false);
ALTER POLICY "cordon_users_1_select" ON "public"."users" TO "app"
  USING (
    current_setting('cordon.role', true) = 'member'
    AND "id" = NULLIF(current_setting('cordon.user', true), '')::UUID
  );
CREATE POLICY IF NOT EXISTS "cordon_users_2_select" ON "public"."users" AS PERMISSIVE FOR SELECT TO "app" USING (false);
ALTER POLICY "cordon_users_2_select" ON "public"."users" TO "app"
  USING (current_setting('cordon.role', true) = 'member');
CREATE POLICY IF NOT EXISTS "cordon_users_3_select" ON "public"."users" AS PERMISSIVE FOR SELECT TO "app" USING (false);
ALTER POLICY "cordon_users_3_select" ON "public"."users" TO "app"
  USING (
    current_setting('cordon.role', true) = 'anonymous'
    AND "email" = NULLIF(current_setting('cordon.lookup_users_email', true), '')
  );
CREATE POLICY IF NOT EXISTS "cordon_users_4_select" ON "public"."users" AS PERMISSIVE FOR SELECT TO "app" USING (false);
ALTER POLICY "cordon_users_4_select" ON "public"."users" TO "app"
  USING (
    current_setting('cordon.role', true) = 'anonymous'
    AND "id" = NULLIF(current_setting('cordon.lookup_users_id', true), '')::uuid
  );
CREATE POLICY IF NOT EXISTS "cordon_users_5_insert" ON "public"."users" AS PERMISSIVE FOR INSERT TO "app" WITH CHECK (false);
ALTER POLICY "cordon_users_5_insert" ON "public"."users" TO "app"
  WITH CHECK (
    current_setting('cordon.role', true) = 'anonymous' AND "is_admin" = false
  );
CREATE POLICY IF NOT EXISTS "cordon_users_1_update" ON "public"."users" AS PERMISSIVE FOR UPDATE TO "app" USING (false) WITH CHECK (false);
ALTER POLICY "cordon_users_1_update" ON "public"."users" TO "app"
  USING (
    current_setting('cordon.role', true) = 'member'
    AND "id" = NULLIF(current_setting('cordon.user', true), '')::UUID
  )
  WITH CHECK (
    current_setting('cordon.role', true) = 'member'
    AND "id" = NULLIF(current_setting('cordon.user', true), '')::UUID
  );
CREATE POLICY IF NOT EXISTS "cordon_boundary_tenant_select" ON "public"."users" AS RESTRICTIVE FOR SELECT TO "app" USING (false);
ALTER POLICY "cordon_boundary_tenant_select" ON "public"."users" TO "app"
  USING (
    "tenant_id" = NULLIF(current_setting('cordon.tenant', true), '')::INT4
    OR (
      current_setting('cordon.role', true) = 'anonymous'
      AND (
        "email" = NULLIF(current_setting('cordon.lookup_users_email', true), '')
        OR "id" = NULLIF(current_setting('cordon.lookup_users_id', true), '')::uuid
      )
    )
  );
CREATE POLICY IF NOT EXISTS "cordon_boundary_tenant_insert" ON "public"."users" AS RESTRICTIVE FOR INSERT TO "app" WITH CHECK (false);
ALTER POLICY "cordon_boundary_tenant_insert" ON "public"."users" TO "app"
  WITH CHECK (
    "tenant_id" = NULLIF(current_setting('cordon.tenant', true), '')::INT4
    OR (current_setting('cordon.role', true) = 'anonymous' AND "is_admin" = false)
  );
CREATE POLICY IF NOT EXISTS "cordon_boundary_tenant_update" ON "public"."users" AS RESTRICTIVE FOR UPDATE TO "app" USING (false) WITH CHECK (false);
ALTER POLICY "cordon_boundary_tenant_update" ON "public"."users" TO "app"
  USING (
    "tenant_id" = NULLIF(current_setting('cordon.tenant', true), '')::INT4
  )
  WITH CHECK (
    "tenant_id" = NULLIF(current_setting('cordon.tenant', true), '')::INT4
  );
CREATE POLICY IF NOT EXISTS "cordon_boundary_tenant_delete" ON "public"."users" AS RESTRICTIVE FOR DELETE TO "app" USING (false);
ALTER POLICY "cordon_boundary_tenant_delete" ON "public"."users" TO "app"
  USING (
    "tenant_id" = NULLIF(current_setting('cordon.tenant', true), '')::INT4
  );
CREATE POLICY IF NOT EXISTS "cordon_only_select" ON "public"."users" AS RESTRICTIVE FOR SELECT TO "app" USING (false);
ALTER POLICY "cordon_only_select" ON "public"."users" TO "app"
  USING (
    current_setting('cordon.role', true) = 'member'
    OR (
      current_setting('cordon.role', true) = 'anonymous'
      AND (
        "email" = NULLIF(current_setting('cordon.lookup_users_email', true), '')
        OR "id" = NULLIF(current_setting('cordon.lookup_users_id', true), '')::uuid
      )
    )
  );
CREATE POLICY IF NOT EXISTS "cordon_only_insert" ON "public"."users" AS RESTRICTIVE FOR INSERT TO "app" WITH CHECK (false);
ALTER POLICY "cordon_only_insert" ON "public"."users" TO "app"
  WITH CHECK (
    current_setting('cordon.role', true) = 'anonymous' AND "is_admin" = false
  );
CREATE POLICY IF NOT EXISTS "cordon_only_update" ON "public"."users" AS RESTRICTIVE FOR UPDATE TO "app" USING (false) WITH CHECK (false);
ALTER POLICY "cordon_only_update" ON "public"."users" TO "app"
  USING (
    current_setting('cordon.role', true) = 'member'
    AND "id" = NULLIF(current_setting('cordon.user', true), '')::UUID
  )
  WITH CHECK (
    current_setting('cordon.role', true) = 'member'
    AND "id" = NULLIF(current_setting('cordon.user', true), '')::UUID
  );
CREATE POLICY IF NOT EXISTS "cordon_only_delete" ON "public"."users" AS RESTRICTIVE FOR DELETE TO "app" USING (false);
ALTER POLICY "cordon_only_delete" ON "public"."users" TO "app"
  USING (false);
REVOKE ALL ON TABLE "public"."users" FROM public;
REVOKE DELETE, BACKUP, CHANGEFEED, CREATE, DROP, ZONECONFIG ON TABLE "public"."users" FROM "app";
GRANT SELECT, INSERT, UPDATE ON TABLE "public"."users" TO "app";
