"""What is to leave for other systems: written in the transaction of the act, sent afterwards, kept for record."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Message(models.Model):
    """Something to be told to one system. What exactly is said is looked up when it leaves, so that it is true then.

    Of one thing (`about`) the messages to one system leave in the order of their numbers.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        SENT = "sent", _("Sent")
        DEAD = "dead", _("Refused")
        DROPPED = "dropped", _("Given up")

    # The other system knows the message by it: told twice, it is one.
    uid = models.UUIDField(default=uuid.uuid4, unique=True)
    system = models.CharField(max_length=20)
    kind = models.CharField(max_length=30)
    about = models.CharField(max_length=80)
    district_code = models.CharField(max_length=12, blank=True)
    facts = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    tries = models.IntegerField(default=0)
    # How often the system answered the messages beside it and said nothing of this one.
    unanswered = models.SmallIntegerField(default=0)
    created_at = models.DateTimeField()
    # By the real clock, as machines fail and recover.
    leased_until = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    code = models.CharField(max_length=60, blank=True)
    detail = models.CharField(max_length=250, blank=True)
    answer = models.JSONField(default=dict)
    settled_by = models.CharField(max_length=150, blank=True)

    AREA_LOOKUPS = {"district": "district_code"}

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["system", "id"], condition=Q(state="waiting"), name="outbox_next"),
            models.Index(
                fields=["system", "about", "id"],
                condition=Q(state__in=["waiting", "dead"]),
                name="outbox_before",
            ),
            models.Index(fields=["state", "district_code"], condition=Q(state="dead"), name="outbox_dead"),
            models.Index(fields=["sent_at", "system"], condition=Q(state="sent"), name="outbox_sent"),
            models.Index(fields=["about"], name="outbox_about"),
        ]

    def __str__(self) -> str:
        return f"{self.system} {self.kind} {self.about}"


class Line(models.Model):
    """How the line to a system is: after a failure it rests for a while, then one message tries it."""

    system = models.CharField(max_length=20, primary_key=True)
    failures = models.IntegerField(default=0)
    rests_until = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=250, blank=True)
    last_sent_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.system
