"""What the desk and the family's own page keep: which mobiles a card was asked for with, and changes of a mobile."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rasad.registry.models import Card, Person


class AskedPair(models.Model):
    """Somebody asked for a card with a mobile, fitting or not: so many mobiles in an hour, and no other may ask."""

    # As it was typed: there may be no such card.
    card = models.CharField(max_length=20)
    mobile = models.CharField(max_length=10)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["card", "at"]), models.Index(fields=["at"])]

    def __str__(self) -> str:
        return f"pair asked for {self.card}"


class MobileChange(models.Model):
    """A member's mobile becomes another one: by a code on the new one, and by a second proof."""

    class Proof(models.TextChoices):
        OLD_MOBILE = "old_mobile", _("Code on a mobile of the card")
        PAPER = "paper", _("Paper seen by an officer")

    card = models.ForeignKey(Card, on_delete=models.PROTECT, related_name="mobile_changes")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="mobile_changes")
    line = models.SmallIntegerField()
    mobile = models.CharField(max_length=10)
    # What stood there when the change was asked for; empty where there was none.
    before = models.CharField(max_length=10, blank=True)
    proof = models.CharField(max_length=10, choices=Proof)
    # Which paper the officer saw, or the mobile of the card that the first code went to.
    proof_shown = models.CharField(max_length=120)
    by = models.CharField(max_length=150)
    asked_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    # Whether the old mobile was told; None while it is not known.
    told_old = models.BooleanField(null=True)

    AREA_LOOKUPS = {"district": "card__household__district_code", "place": "card__household__place__code"}

    class Meta:
        indexes = [models.Index(fields=["card", "-asked_at"])]
        constraints = [
            models.CheckConstraint(
                name="families_mobile_change_proven", condition=~Q(proof_shown="") & ~Q(by="")
            ),
            # A paper is seen by an officer, never by the family itself.
            models.CheckConstraint(
                name="families_paper_seen_by_an_officer", condition=~Q(proof="paper") | ~Q(by="citizen")
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="only_done",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(exclude=["done_at", "told_old"]),
            ),
            pgtrigger.Protect(
                name="done_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(
                    old__done_at__isnull=False, old__done_at__df=pgtrigger.F("new__done_at")
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"mobile of line {self.line} of card {self.card_id}"
