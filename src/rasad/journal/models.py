"""Who did what, when and why: rows are added, never changed, and each carries the hash of the one before."""

from django.db import models

from rasad.journal.guards import append_only


class Entry(models.Model):
    """One act. `hash` covers every other column and the hash of the entry before it."""

    number = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=150)
    action = models.CharField(max_length=60)
    of_kind = models.CharField(max_length=40)
    of_key = models.CharField(max_length=80)
    reason = models.TextField(blank=True)
    facts = models.JSONField(default=dict)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["number"]
        indexes = [models.Index(fields=["of_kind", "of_key"]), models.Index(fields=["at"])]
        triggers = append_only("the journal is append-only")

    def __str__(self) -> str:
        return f"{self.number} {self.action} {self.of_kind} {self.of_key}"


class Seal(models.Model):
    """What one lane of the counter posted at once: how many sales, the digest over them, chained within the lane.

    Sales are too many for an entry each; the seal is written in the transaction that posts them, and no sale
    can be changed, added or taken out afterwards without breaking it.
    """

    pk = models.CompositePrimaryKey("lane", "number")
    lane = models.SmallIntegerField()
    number = models.BigIntegerField()
    at = models.DateTimeField()
    entries = models.SmallIntegerField()
    digest = models.BinaryField()
    hash = models.BinaryField()

    class Meta:
        triggers = append_only("the seals are append-only")

    def __str__(self) -> str:
        return f"{self.lane}/{self.number}"
