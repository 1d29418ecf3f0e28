"""The tables of the shop."""

from django.db import models


class Shop(models.Model):
    class Meta:
        abstract = True
        app_label = "shop"
        managed = False


class User(Shop):
    email = models.TextField(unique=True)
    name = models.TextField()
    password_hash = models.TextField()

    class Meta(Shop.Meta):
        db_table = "users"


class Order(Shop):
    user = models.ForeignKey(User, models.CASCADE, related_name="orders")
    status = models.TextField(default="open")
    total = models.DecimalField(max_digits=10, decimal_places=2, default=0)
    note = models.JSONField(null=True)
    created_at = models.DateTimeField()

    class Meta(Shop.Meta):
        db_table = "orders"


class Tag(Shop):
    user = models.ForeignKey(User, models.CASCADE)
    name = models.TextField()

    class Meta(Shop.Meta):
        db_table = "tags"
        unique_together = [("user", "name")]


class Item(Shop):
    order = models.ForeignKey(Order, models.CASCADE, related_name="items")
    product = models.TextField()
    price = models.DecimalField(max_digits=10, decimal_places=2)
    quantity = models.BigIntegerField(default=1)
    tags = models.ManyToManyField(Tag, through="ItemTag")

    class Meta(Shop.Meta):
        db_table = "items"


class ItemTag(Shop):
    pk = models.CompositePrimaryKey("item_id", "tag_id")
    item = models.ForeignKey(Item, models.CASCADE)
    tag = models.ForeignKey(Tag, models.CASCADE)

    class Meta(Shop.Meta):
        db_table = "item_tags"


class Cart(models.Model):
    name = models.CharField(max_length=80, default="new", db_index=True)
    content = models.JSONField(null=True)

    class Meta:
        app_label = "shop"
        db_table = "carts"
