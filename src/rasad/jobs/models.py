"""Work in the background: what was asked, how far it is, and what became of each thing it had to do."""

import uuid

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rasad.journal.guards import UNCHANGED


class Job(models.Model):
    """One piece of work. The queue only wakes a worker up; what is true of the work stands here."""

    class State(models.TextChoices):
        QUEUED = "queued", _("Waiting")
        RUNNING = "running", _("Running")
        CANCELLING = "cancelling", _("Being stopped")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")
        CANCELLED = "cancelled", _("Stopped")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    kind = models.CharField(max_length=60)
    args = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    done = models.IntegerField(default=0)
    total = models.IntegerField(null=True)
    step = models.CharField(max_length=60, blank=True)
    # Why it failed: the code and facts of a refusal, or the name of a bug.
    why = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    # Empty: of the whole State.
    district_code = models.CharField(max_length=12, blank=True)
    tries = models.IntegerField(default=0)
    # Those made before somebody last asked for it: a limit counts from there.
    tries_before = models.IntegerField(default=0)
    by = models.CharField(max_length=150)
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    # By the clock of the database: when its worker last said that it is alive; of one that waits, from when on a
    # worker is to look at it.
    seen_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    AREA_LOOKUPS = {"district": "district_code"}

    class Meta:
        ordering = ["-created_at"]
        indexes = [
            models.Index(fields=["state", "seen_at"]),
            models.Index(fields=["district_code", "created_at"]),
        ]
        constraints = [
            models.CheckConstraint(name="jobs_done_not_negative", condition=Q(done__gte=0)),
            models.CheckConstraint(
                name="jobs_living_is_seen",
                condition=Q(state__in=["done", "failed", "cancelled"]) | Q(seen_at__isnull=False),
            ),
            # Asked for twice it is one: two of the same would work in one folder and at the same rows.
            models.UniqueConstraint(
                fields=["kind", "args"],
                condition=Q(state__in=["queued", "running", "cancelling"]),
                name="jobs_same_once_at_a_time",
            ),
        ]

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen to it by itself."""
        return self.state in (self.State.DONE, self.State.FAILED, self.State.CANCELLED)

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class JobRow(models.Model):
    """What became of one thing a job had to do: written once, however often the job goes on."""

    job = models.ForeignKey(Job, on_delete=models.PROTECT, related_name="rows")
    key = models.CharField(max_length=120)
    outcome = models.CharField(max_length=20)
    code = models.CharField(max_length=60, blank=True)
    facts = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    at = models.DateTimeField()

    AREA_LOOKUPS = {"district": "job__district_code"}

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["job", "outcome"])]
        constraints = [models.UniqueConstraint(fields=["job", "key"], name="jobs_row_once")]
        triggers = [UNCHANGED]

    def __str__(self) -> str:
        return f"{self.key} {self.outcome}"
