"""CockroachDB's own backend of Django (django-cockroachdb): migrations by a service, then the ORM for callers."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "python"))
sys.path.insert(0, os.path.dirname(__file__))

import django
from django.conf import settings

from report import main, plain, report


def connected(address):
    """address: user:password@host:port/database"""
    credentials, server = address.split("@")
    user, _, password = credentials.partition(":")
    host, database = server.split("/")
    name, port = host.split(":")
    settings.configure(
        INSTALLED_APPS=["ledger"],
        USE_TZ=True,
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        DATABASES={"default": {"ENGINE": "django_cockroachdb", "NAME": database, "USER": user, "PASSWORD": password, "HOST": name, "PORT": port, "OPTIONS": {"sslmode": "disable"}}},
    )
    django.setup()
    from django.db import connection

    return connection


def migrate(address):
    connection = connected(address)
    from django.core.management import call_command

    report("version", [connection.vendor, list(connection.cockroachdb_version)])
    call_command("migrate", verbosity=0)
    with connection.cursor() as cursor:
        report("tables", sorted(connection.introspection.table_names(cursor)))
        for table in ("ledger_account", "ledger_entry"):
            report("columns", sorted([field.name, field.null_ok] for field in connection.introspection.get_table_description(cursor, table)))
            report("relations", sorted(connection.introspection.get_relations(cursor, table)))
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    report("nothing left to migrate", executor.migration_plan(executor.loader.graph.leaf_nodes()) == [])


def orm(address):
    connected(address)
    from django.db import IntegrityError, connection, transaction
    from django.db.models import Avg, Count, F, Q, Sum
    from ledger.models import Account, Entry, Label

    me = "a11ce000-0000-4000-8000-000000000001"
    label, other = Label.objects.bulk_create([Label(name="rent"), Label(name="food")])
    account = Account.objects.create(owner=me, name="household")
    report("created", [str(account.owner), account.name, account.opened.tzinfo is not None, Account.objects.count()])
    Entry.objects.bulk_create([Entry(owner=me, account=account, amount=n, facts={"n": n, "even": n % 2 == 0}) for n in range(1, 21)])
    entry = account.entries.get(amount=3)
    entry.labels.add(label, other)
    report("labels", sorted(entry.labels.values_list("name", flat=True)))
    report("relations", [[e.account.name, len(e.labels.all())] for e in Entry.objects.select_related("account").prefetch_related("labels").filter(amount__lte=3).order_by("amount")])
    report("aggregates", [Entry.objects.aggregate(Sum("amount"), Avg("amount"))["amount__sum"], Account.objects.annotate(n=Count("entries")).get().n])
    report("filters", list(Entry.objects.filter(Q(amount__gt=18) | Q(note__isnull=False), facts__even=False).values_list("amount", flat=True)))
    report("updated", Entry.objects.filter(amount__gt=18).update(amount=F("amount") + 1, note="more"))
    report("or created", [Label.objects.get_or_create(name="rent")[1], Label.objects.update_or_create(name="fuel", defaults={"name": "petrol"})[1]])
    report("deleted", Entry.objects.filter(note="more").delete()[0])
    report("sliced", [e.amount for e in Entry.objects.order_by("-amount")[2:4]])
    report("exists", [Entry.objects.filter(amount=1).exists(), Entry.objects.filter(amount=500).exists()])
    try:
        with transaction.atomic():
            Label.objects.create(name="rent")
    except IntegrityError as error:
        report("unique", error.__cause__.sqlstate)
    with transaction.atomic():
        Label.objects.create(name="outer")
        try:
            with transaction.atomic():
                Label.objects.create(name="inner")
                raise ValueError
        except ValueError:
            pass
        report("locked", list(Label.objects.select_for_update().filter(name__in=["outer", "inner"]).values_list("name", flat=True)))
    report("upsert", len(Label.objects.bulk_create([Label(name="rent"), Label(name="new")], update_conflicts=True, update_fields=["name"], unique_fields=["name"])))
    report("ignored", len(Label.objects.bulk_create([Label(name="rent")], ignore_conflicts=True)))
    report("labels", sorted(Label.objects.values_list("name", flat=True)))
    report("iterated", sum(1 for _ in Entry.objects.iterator(chunk_size=5)))
    connection.close()


def alice(address, alice_token, bob_token):
    """Two callers on one connection, told by a wrapper around every statement."""
    connection = connected(address)
    from django.db import connection as default
    from ledger.models import Account, Entry

    asking = {"token": None}

    def add_caller(execute, sql, params, many, context):
        return execute(f"/*cordon:{asking['token']}*/ {sql}" if asking["token"] else sql, params, many, context)

    with default.execute_wrapper(add_caller):
        for name, token in (("alice", alice_token), ("bob", bob_token)):
            asking["token"] = token
            me = {"alice": "a11ce000-0000-4000-8000-000000000001", "bob": "b0b00000-0000-4000-8000-000000000002"}[name]
            account = Account.objects.create(owner=me, name=f"of {name}")
            Entry.objects.create(owner=me, account=account, amount=1)
            plain(name, sorted({entry.account.name for entry in Entry.objects.select_related("account")}))
        plain("foreign updates", Entry.objects.exclude(owner="b0b00000-0000-4000-8000-000000000002").update(amount=9))
        asking["token"] = None
        from django.db import ProgrammingError

        try:
            plain("nobody", Entry.objects.count())
        except ProgrammingError as error:
            plain("nobody", error.__cause__.sqlstate)


main({"migrate": migrate, "orm": orm, "alice": alice})
