"""Looks through the register for likenesses, the pairs they found, and what people judged of them."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from rasad.journal.guards import UNCHANGED
from rasad.registry.models import Card, Person
from rasad.registry.words import Words


class Look(models.Model):
    """One look through the register of a district: how many people, how many pairs, and whether a guard stopped it."""

    class State(models.TextChoices):
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        STOPPED = "stopped", _("Stopped: too much looked alike")

    district_code = models.CharField(max_length=12)
    asked_by = models.CharField(max_length=150)
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State, default=State.RUNNING)
    people = models.IntegerField(default=0)
    alike = models.IntegerField(default=0)
    new = models.IntegerField(default=0)
    finished_at = models.DateTimeField(null=True)

    AREA_LOOKUPS = {"district": "district_code"}

    class Meta:
        ordering = ["-asked_at"]

    def __str__(self) -> str:
        return f"look through {self.district_code}"


class Pair(models.Model):
    """Two people on two living cards that may be one. Kept once: what was judged different does not come back."""

    class State(models.TextChoices):
        OPEN = "open", _("To be judged")
        UNSURE = "unsure", _("Looked at, not clear")
        SAME = "same", _("One person, waits for a second officer")
        CONFIRMED = "confirmed", _("One person: a case is open")
        DIFFERENT = "different", _("Two persons")

    look = models.ForeignKey(Look, on_delete=models.PROTECT, related_name="pairs")
    left = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    right = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    left_card = models.ForeignKey(Card, on_delete=models.PROTECT, related_name="+")
    right_card = models.ForeignKey(Card, on_delete=models.PROTECT, related_name="+")
    # Base-2 logarithm of the odds that the two are one; the reasons by their codes.
    weight = models.FloatField()
    reasons = models.JSONField(default=list)
    district_code = models.CharField(max_length=12)
    state = models.CharField(max_length=9, choices=State, default=State.OPEN)
    # Whoever looks at it now; lent for some minutes, so that two never judge one pair at once.
    lent_to = models.CharField(max_length=150, blank=True)
    lent_until = models.DateTimeField(null=True)
    case_number = models.CharField(max_length=24, blank=True)

    AREA_LOOKUPS = {"district": "district_code"}

    class Meta:
        ordering = ["-weight", "pk"]
        indexes = [models.Index(fields=["district_code", "state", "-weight"])]
        constraints = [
            models.UniqueConstraint(fields=["left", "right"], name="matching_pair_once"),
            models.CheckConstraint(name="matching_pair_of_two", condition=Q(left__lt=F("right"))),
        ]

    def __str__(self) -> str:
        return f"pair {self.left_id} {self.right_id}"


class Judgement(models.Model):
    """What somebody judged of a pair, and why. One taken back is followed by a row that says so."""

    class Verdict(models.TextChoices):
        SAME = "same", _("One person")
        DIFFERENT = "different", _("Two persons")
        UNSURE = "unsure", _("Not clear from here")
        CONFIRMED = "confirmed", _("Confirmed")
        SENT_BACK = "sent_back", _("Sent back")
        TAKEN_BACK = "taken_back", _("Taken back")

    pair = models.ForeignKey(Pair, on_delete=models.PROTECT, related_name="judgements")
    verdict = models.CharField(max_length=10, choices=Verdict)
    why = Words(max_length=500, blank=True)
    # Given to somebody who did not know that it was judged before: how sure judging is.
    is_repeat = models.BooleanField(default=False)
    by = models.CharField(max_length=150)
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="matching_judged_with_a_reason",
                condition=~Q(verdict__in=["same", "sent_back", "taken_back"]) | ~Q(why=""),
            ),
            models.UniqueConstraint(
                fields=["pair"], condition=Q(is_repeat=True), name="matching_repeated_once"
            ),
        ]
        triggers = [UNCHANGED]

    def __str__(self) -> str:
        return f"{self.verdict} {self.pair_id}"
