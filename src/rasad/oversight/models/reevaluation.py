"""What a change of the criteria means for the cards there are: noticed on its day, told, never acted on."""

from django.db import models
from django.db.models import Q

from rasad.applications.models import Application
from rasad.oversight import choices, guards
from rasad.registry.models import Card


class Reevaluation(models.Model):
    """The criteria in force on a day, and, where they are others than before, whom the change touches."""

    State = choices.ReevaluationState

    on = models.DateField()
    state = models.CharField(max_length=10, choices=State)
    # The id of each row in force, with the digest of what it says: the version of the policy.
    rows = models.JSONField()
    fingerprint = models.CharField(max_length=64)
    # The rows that are new and those that are gone, with their words and what they stand on.
    added = models.JSONField(default=list)
    gone = models.JSONField(default=list)
    # How many cards ended where, and whom it would touch who meet the criteria no longer.
    counts = models.JSONField(default=dict)
    impact = models.JSONField(default=dict)
    at = models.DateTimeField()
    reported_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["on", "fingerprint"], name="oversight_change_noticed_once"),
            models.CheckConstraint(
                name="oversight_reported_with_its_counts",
                condition=~Q(state="reported") | (~Q(counts={}) & Q(reported_at__isnull=False)),
            ),
        ]
        triggers = [guards.KEPT]

    def __str__(self) -> str:
        return f"criteria of {self.on}"


class Reevaluated(models.Model):
    """What the criteria of a day say of one card, with the facts and reasons it rests on. Rows are only added."""

    End = choices.ReevaluatedEnd

    reevaluation = models.ForeignKey(Reevaluation, on_delete=models.PROTECT, related_name="cards")
    card = models.ForeignKey(Card, on_delete=models.PROTECT, related_name="reevaluated")
    # Where the facts were told.
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="+")
    district_code = models.CharField(max_length=12)
    end = models.CharField(max_length=6, choices=End)
    held = models.CharField(max_length=12)
    found = models.CharField(max_length=12)
    facts = models.JSONField()
    matched = models.JSONField(default=list)
    reasons = models.JSONField(default=list)
    untold = models.JSONField(default=list)
    at = models.DateTimeField()

    AREA_LOOKUPS = {"district": "district_code", "place": "card__household__place__code"}

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["reevaluation", "end"])]
        constraints = [
            models.UniqueConstraint(fields=["reevaluation", "card"], name="oversight_reevaluated_once")
        ]
        triggers = guards.APPEND_ONLY

    def __str__(self) -> str:
        return f"{self.card_id} {self.end}"
