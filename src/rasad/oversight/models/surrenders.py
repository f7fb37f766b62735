"""A family that gives its card up in a campaign: its proof, and the application that alone ends the card."""

from django.db import models

from rasad.applications.models import Application
from rasad.oversight import choices, guards
from rasad.oversight.models.campaigns import Campaign
from rasad.registry.models import Card


class Surrender(models.Model):
    """Somebody of the family gave the card up, with a signature or a code; the application opened with it decides."""

    Proof = choices.Proof

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="surrenders")
    card = models.ForeignKey(Card, on_delete=models.PROTECT, related_name="surrenders")
    application = models.OneToOneField(Application, on_delete=models.PROTECT, related_name="given_up")
    who = models.CharField(max_length=120)
    proof = models.CharField(max_length=9, choices=Proof)
    # What was signed; of a code the end of the telephone it went to.
    shown = models.CharField(max_length=120)
    by = models.CharField(max_length=150)
    at = models.DateTimeField()

    AREA_LOOKUPS = {"district": "card__household__district_code", "place": "card__household__place__code"}

    class Meta:
        ordering = ["-at", "-pk"]
        triggers = [*guards.APPEND_ONLY, guards.GIVEN_UP_BY_AN_APPLICATION]

    def __str__(self) -> str:
        return f"{self.card_id} given up"
