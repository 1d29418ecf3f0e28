import uuid

from django.db import models


class Label(models.Model):
    name = models.CharField(max_length=20, unique=True)


class Account(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    owner = models.UUIDField(db_index=True)
    name = models.CharField(max_length=50)
    opened = models.DateTimeField(auto_now_add=True)


class Entry(models.Model):
    owner = models.UUIDField()
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="entries")
    amount = models.DecimalField(max_digits=10, decimal_places=2)
    note = models.TextField(null=True)
    facts = models.JSONField(default=dict)
    labels = models.ManyToManyField(Label)

    class Meta:
        indexes = [models.Index(fields=["owner", "amount"])]
        constraints = [models.CheckConstraint(condition=models.Q(amount__gte=0), name="not_negative")]
