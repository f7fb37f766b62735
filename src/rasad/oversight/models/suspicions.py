"""What a campaign found, and the visits of its sample."""

from django.db import models
from django.db.models import Q

from rasad.oversight import choices, guards
from rasad.oversight.models.campaigns import Campaign
from rasad.oversight.models.cases import Case
from rasad.registry.models import Card, Membership
from rasad.registry.words import Words


class Suspicion(models.Model):
    """A card or person that a campaign found, or a row nobody has matched yet; and the sample's visit."""

    Match = choices.Match
    Visit = choices.Visit

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="suspicions")
    district_code = models.CharField(max_length=12, blank=True)
    card = models.ForeignKey(Card, on_delete=models.PROTECT, null=True, related_name="suspicions")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="suspicions")
    name = models.CharField(max_length=120, blank=True)
    source = models.CharField(max_length=150)
    says = Words(max_length=500)
    dated = models.DateField(null=True)
    matched_by = models.CharField(max_length=10, choices=Match, blank=True)
    place_in_sample = models.IntegerField(null=True)
    visit = models.CharField(max_length=12, choices=Visit, blank=True)
    visit_note = Words(max_length=500, blank=True)
    visited_by = models.CharField(max_length=150, blank=True)
    visited_at = models.DateTimeField(null=True)
    dropped = models.CharField(max_length=200, blank=True)
    case = models.OneToOneField(Case, on_delete=models.PROTECT, null=True, related_name="suspicion")

    AREA_LOOKUPS = {"district": "district_code", "place": "card__household__place__code"}

    class Meta:
        ordering = ["place_in_sample", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "card", "membership"], nulls_distinct=False,
                condition=Q(card__isnull=False), name="oversight_suspected_once",
            ),
        ]  # fmt: skip
        triggers = [guards.KEPT]

    def __str__(self) -> str:
        return f"suspicion {self.pk}"
