import datetime
import os
import sys
from urllib.parse import urlparse

import django
from django.conf import settings

url = urlparse(os.environ["DATABASE_URL"])
settings.configure(
    DATABASES={"default": {
        "ENGINE": "django_cockroachdb", "NAME": url.path[1:], "USER": url.username, "HOST": url.hostname, "PORT": url.port,
    }},
    INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "shop"],
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField", USE_TZ=True, TIME_ZONE="UTC",
)
django.setup()

from django.db import connection, models, transaction  # noqa: E402
from django.db.models import Avg, Case, Count, Exists, F, Max, OuterRef, Prefetch, Q, Subquery, Sum, Value, When, Window  # noqa: E402
from django.db.models.functions import Cast, Coalesce, Concat, ExtractYear, Lower, RowNumber, TruncMonth  # noqa: E402

from shop.models import Cart, Item, Order, Tag, User  # noqa: E402
from step import step  # noqa: E402


moment = datetime.datetime(2026, 1, 1, tzinfo=datetime.timezone.utc)


def make():
    with connection.schema_editor() as editor:
        editor.create_model(Cart)


def drop():
    with connection.schema_editor() as editor:
        editor.delete_model(Cart)


def look(name, *arguments):
    def run():
        with connection.cursor() as cursor:
            return getattr(connection.introspection, name)(cursor, *arguments)

    return run


step("The connection is made.", connection.ensure_connection)
step("The version is read.", lambda: connection.features.is_cockroachdb_25_1)
step("The tables are listed.", look("get_table_list"))
step("The columns of a table.", look("get_table_description", "orders"))
step("The keys and indexes of a table.", look("get_constraints", "orders"))
step("The foreign keys of a table.", look("get_relations", "orders"))
step("The sequences of a table.", look("get_sequences", "orders"))
step("A table is made.", make)
step("A table is dropped.", drop)
step("All rows.", lambda: list(Order.objects.all()))
step("One row by its key.", lambda: User.objects.get(pk=1))
step("A user by the e-mail.", lambda: User.objects.filter(email__iexact="Alice@shop.test").first())
step("Some columns, by conditions, in order, a page.", lambda: list(
    Order.objects.filter(Q(status__in=["open", "paid"]) | Q(note__isnull=True), user_id=1).exclude(status="gone")
    .order_by(F("created_at").desc(nulls_last=True), "id").values("id", "total")[20:30]))
step("Patterns and ranges.", lambda: list(Order.objects.filter(
    status__contains="pe%", status__istartswith="O", total__range=(1, 100), created_at__year=2026, status__regex="^o").only("id")))
step("A day, an hour.", lambda: list(Order.objects.filter(created_at__date="2026-01-01", created_at__hour__gte=0)))
step("A field of JSON.", lambda: list(Order.objects.filter(note__gift=True, note__to__name="x")))
step("JSON that is contained, a key that stands.", lambda: list(Order.objects.filter(note__contains={"gift": True}, note__has_key="gift")))
step("A relation that is joined.", lambda: list(Order.objects.select_related("user")))
step("A relation by a second query.", lambda: list(User.objects.prefetch_related(Prefetch("orders", Order.objects.filter(status="open")), "orders__items__tags")))
step("A relation when it is asked for.", lambda: [(order.user, list(order.items.all()), order.items.count()) for order in Order.objects.filter(pk=1)])
step("Conditions on relations.", lambda: list(Order.objects.filter(items__price__gt=1, items__tags__name="gift").distinct()))
step("A condition that excludes by a relation.", lambda: list(Order.objects.exclude(items__product="x")))
step("Sums by group.", lambda: list(Item.objects.values("order_id").annotate(n=Count("id"), sum=Sum(F("price") * F("quantity"))).filter(n__gt=0).order_by("-n")))
step("A count beside each row.", lambda: list(User.objects.annotate(n=Count("orders", filter=Q(orders__status="open")))))
step("Counts, means, the largest.", lambda: Order.objects.aggregate(Count("id"), Avg("total"), Max("created_at")))
step("How many.", lambda: Order.objects.filter(status="open").count())
step("Whether one stands.", lambda: Order.objects.filter(pk=1).exists())
step("EXISTS, and a query as a column.", lambda: list(User.objects.annotate(
    has=Exists(Order.objects.filter(user=OuterRef("pk"))),
    last=Subquery(Order.objects.filter(user=OuterRef("pk")).order_by("-created_at").values("id")[:1]))))
step("A sub-query in a condition.", lambda: list(Item.objects.filter(order__in=Order.objects.filter(status="paid"))))
step("A union.", lambda: list(Order.objects.values("id").union(Item.objects.values("order_id")).order_by("id")[:3]))
step("A window.", lambda: list(Order.objects.annotate(place=Window(RowNumber(), partition_by="user", order_by="-created_at"))))
step("CASE, COALESCE, casts, texts, moments.", lambda: list(Order.objects.annotate(
    a=Case(When(status="open", then=Value(1)), default=Value(0)), b=Coalesce("total", Value(0), output_field=models.DecimalField()),
    c=Cast("id", models.TextField()), d=Concat(Lower("status"), Value("!"), output_field=models.TextField()), e=ExtractYear("created_at"), f=TruncMonth("created_at"))))
step("Rows without doubles.", lambda: list(Order.objects.order_by("user_id").distinct("user_id")))
step("Moments without doubles.", lambda: list(Order.objects.datetimes("created_at", "month")))
step("One row is inserted.", lambda: Order.objects.create(user_id=1, total=5, note={"gift": True}, created_at=moment))
step("Many rows are inserted.", lambda: Tag.objects.bulk_create([Tag(user_id=1, name="a"), Tag(user_id=1, name="b")]))
step("Many rows are inserted, conflicts are ignored.", lambda: Tag.objects.bulk_create([Tag(user_id=1, name="a")], ignore_conflicts=True))
step("Many rows are inserted, conflicts overwrite.", lambda: Tag.objects.bulk_create(
    [Tag(id=1, user_id=1, name="gift")], update_conflicts=True, unique_fields=["id"], update_fields=["name"]))
step("Find or make.", lambda: Tag.objects.get_or_create(user_id=1, name="new"))
step("Change or make.", lambda: Order.objects.update_or_create(id=1, defaults={"status": "paid"}))


def save():
    order = Order.objects.get(pk=1)
    order.status = "open"
    order.save(update_fields=["status"])
    order.refresh_from_db()
    order.save()


step("A row is changed.", save)
step("Rows are changed.", lambda: Order.objects.filter(user_id=1).update(status="paid", total=F("total") + 1))
step("Rows are changed, found by a relation.", lambda: Item.objects.filter(order__status="paid").update(quantity=F("quantity") + 1))
step("Many rows are changed by one call.", lambda: Order.objects.bulk_update([Order(id=1, status="open"), Order(id=2, status="paid")], ["status"]))
step("Rows of a relation.", lambda: (Item.objects.get(pk=1).tags.set([1]), Item.objects.get(pk=1).tags.add(1)))
step("Rows are deleted.", lambda: Tag.objects.filter(name="new").delete())
step("A row is deleted, and what refers to it.", lambda: Order.objects.create(user_id=1, created_at=moment).delete())


def locked():
    with transaction.atomic():
        order = Order.objects.select_for_update(skip_locked=True, of=("self",)).get(pk=1)
        with transaction.atomic():
            order.save()


step("A transaction with a lock and a savepoint.", locked)


def failing():
    with transaction.atomic():
        Tag.objects.create(user_id=1, name="gone")
        raise ValueError("meant")


step("A transaction that fails.", failing)
step("Rows one after the other.", lambda: [row for row in Order.objects.values_list("id").iterator(chunk_size=2)])
step("A plan.", lambda: Order.objects.filter(pk=1).explain())
step("SQL of the program itself.", lambda: list(Order.objects.raw("SELECT id, status FROM orders WHERE status = %s", ["open"])))


def raw():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM orders WHERE user_id = %s", [1])


step("SQL by a cursor.", raw)
step("The connection is closed.", connection.close)
