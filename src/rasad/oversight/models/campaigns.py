"""Campaigns: many cards looked at together."""

from django.db import models
from django.db.models import F, Q

from rasad.oversight import choices, guards, moves
from rasad.registry.words import Words


class Campaign(models.Model):
    """A review of many cards at once: from its plan to cases, or stopped because its own sample found real families."""

    Kind = choices.CampaignKind
    State = choices.CampaignState

    kind = models.CharField(max_length=15, choices=Kind)
    title = models.CharField(max_length=150)
    # Empty: of the whole State.
    district_code = models.CharField(max_length=12, blank=True, db_index=True)
    order_number = models.CharField(max_length=60)
    starts_on = models.DateField()
    ends_on = models.DateField()
    # Until when bogus cards may be given up; penal action follows after it only.
    surrender_until = models.DateField(null=True)
    ground = models.CharField(max_length=20)
    criterion = models.CharField(max_length=40, blank=True)
    months = models.SmallIntegerField(default=0)
    # Of a campaign that follows a change of the criteria: which one.
    reevaluation = models.ForeignKey(
        "oversight.Reevaluation", on_delete=models.PROTECT, null=True, related_name="campaigns"
    )
    state = models.CharField(max_length=10, choices=State, default=State.PLANNED)
    impact = models.JSONField(default=dict)
    seed = models.BigIntegerField(null=True)
    sample_size = models.IntegerField(default=0)
    most_real_percent = models.IntegerField(default=0)
    opened_by = models.CharField(max_length=150)
    opened_at = models.DateTimeField()
    published_by = models.CharField(max_length=150, blank=True)
    published_at = models.DateTimeField(null=True)
    why = Words(max_length=500, blank=True)

    AREA_LOOKUPS = {"district": "district_code"}

    class Meta:
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.CheckConstraint(name="oversight_campaign_days", condition=Q(ends_on__gte=F("starts_on"))),
            models.CheckConstraint(
                name="oversight_campaign_by_two",
                condition=guards.if_state(
                    moves.PUBLISHED, then=~Q(published_by="") & ~Q(published_by=F("opened_by"))
                ),
            ),
            models.CheckConstraint(
                name="oversight_criteria_have_their_change",
                condition=Q(kind="criteria", reevaluation__isnull=False)
                | (~Q(kind="criteria") & Q(reevaluation=None)),
            ),
            models.CheckConstraint(
                name="oversight_surrender_has_a_last_day",
                condition=~Q(kind="surrender") | Q(surrender_until__isnull=False),
            ),
        ]
        triggers = [
            guards.by_the_table(moves.OF_A_CAMPAIGN, moves.PLANNED, "kind", "district_code", "opened_by"),
            guards.OPENED_BY_ITS_SAMPLE,
            guards.KEPT,
        ]

    def __str__(self) -> str:
        return self.title
