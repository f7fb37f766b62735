"""Committees, and the ledger of delivery: every step a token takes on its way, by whose hand. Rows are only added."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rasad.journal.guards import UNCHANGED
from rasad.relief.models import Token


class Committee(models.Model):
    """A Unit Committee or a Local Committee: one structure of two kinds (A-HR-35)."""

    class Kind(models.TextChoices):
        UNIT = "unit", _("Unit Committee")
        LOCAL = "local", _("Local Committee")

    kind = models.CharField(max_length=5, choices=Kind)
    code = models.CharField(max_length=30, unique=True)
    name = models.CharField(max_length=120)
    name_hi = models.CharField(max_length=120, blank=True)
    district_code = models.CharField(max_length=12, db_index=True)
    # Who answers for it, and under which number.
    chair = models.CharField(max_length=120, blank=True)
    mobile = models.CharField(max_length=10, blank=True)

    AREA_LOOKUPS = {"district": "district_code", "place": "places__place_code"}

    def __str__(self) -> str:
        return self.name


class CommitteePlace(models.Model):
    """A village or ward a committee answers for; of each kind one committee a place."""

    committee = models.ForeignKey(Committee, on_delete=models.CASCADE, related_name="places")
    kind = models.CharField(max_length=5, choices=Committee.Kind)
    place_code = models.CharField(max_length=12)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "place_code"], name="delivery_one_committee_a_place")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.place_code}"


class HandOverList(models.Model):
    """Tokens on paper that an office gave to a committee against a signature, and the sheet that came back."""

    number = models.CharField(max_length=20, unique=True)
    scheme = models.CharField(max_length=40)
    district_code = models.CharField(max_length=12, db_index=True)
    committee = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="lists")
    tokens = models.IntegerField()
    received_by = models.CharField(max_length=120)
    made_by = models.CharField(max_length=150)
    made_at = models.DateTimeField()
    returned_by = models.CharField(max_length=150, blank=True)
    returned_at = models.DateTimeField(null=True)

    AREA_LOOKUPS = {"district": "district_code"}

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.CheckConstraint(name="delivery_list_not_empty", condition=Q(tokens__gt=0)),
        ]

    def __str__(self) -> str:
        return self.number


class Hand(models.TextChoices):
    """By whose hand."""

    UNIT_COMMITTEE = "unit_committee", _("Unit Committee")
    LOCAL_COMMITTEE = "local_committee", _("Local Committee")
    DFSC = "dfsc", _("Office of the DFSC")
    WHATSAPP = "whatsapp", _("WhatsApp")
    APP = "app", _("Help Me app")
    WEB = "web", _("Own page on the web")


class Step(models.Model):
    """One step of a token on its way. A second hand-over is no hand-over: the database allows one a token."""

    class Kind(models.TextChoices):
        LINKED = "linked", _("Link shown to the committee")
        DOWNLOADED = "downloaded", _("Downloaded")
        PRINTED = "printed", _("Printed")
        SENT = "sent", _("Sent")
        ARRIVED = "arrived", _("Arrived on the telephone")
        GIVEN = "given", _("Given to a committee")
        RETURNED = "returned", _("Came back")
        HANDED_OVER = "handed_over", _("Handed over")
        NOT_FOUND = "not_found", _("Family not found")
        MOVED = "moved", _("Family moved away")
        DEAD = "dead", _("Holder has died")
        # What a sheet said of a token came too late: it had been handed over, or had ended.
        OVERTAKEN = "overtaken", _("Had been handed over or had ended")

    class Proof(models.TextChoices):
        NONE = "", _("none")
        SIGNATURE = "signature", _("Signature")
        MARK = "mark", _("Thumb mark")
        OTP = "otp", _("Code on the telephone")
        PHOTO = "photo", _("Photograph")
        OWN_LOG_IN = "own_log_in", _("Own log-in")

    token = models.ForeignKey(Token, on_delete=models.PROTECT, related_name="steps")
    # Of the token, as they were at this step: the board counts a state from this table alone.
    scheme = models.CharField(max_length=40)
    district_code = models.CharField(max_length=12)
    kind = models.CharField(max_length=12, choices=Kind)
    hand = models.CharField(max_length=15, choices=Hand)
    committee = models.ForeignKey(Committee, on_delete=models.PROTECT, null=True, related_name="steps")
    list = models.ForeignKey(HandOverList, on_delete=models.PROTECT, null=True, related_name="steps")
    proof = models.CharField(max_length=12, choices=Proof, blank=True)
    # Who received it, where it was not the holder.
    received_by = models.CharField(max_length=120, blank=True)
    note = models.CharField(max_length=250, blank=True)
    by = models.CharField(max_length=150)
    at = models.DateTimeField()
    # Of a hand-over: days since the family's request was received, where that day is known.
    waited_days = models.SmallIntegerField(null=True)
    # What another system calls this step: told twice, it is written once.
    told_as = models.CharField(max_length=80, null=True, unique=True)

    AREA_LOOKUPS = {
        "district": "district_code",
        "place": "token__place_code",
        "shop": "token__shop_number",
    }

    class Meta:
        ordering = ["at", "pk"]
        indexes = [
            models.Index(fields=["token", "at"]),
            # The figures of the board are read from this index alone.
            models.Index(
                fields=["scheme", "district_code", "hand", "waited_days", "at"],
                condition=Q(kind="handed_over"),
                name="delivery_step_figures",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["token"], condition=Q(kind="handed_over"), name="delivery_handed_over_once"
            ),
        ]
        triggers = [UNCHANGED]

    def __str__(self) -> str:
        return f"{self.kind} {self.token_id}"


class Pull(models.Model):
    """How far the rows of a portal were taken in, and how the line to it is."""

    system = models.CharField(max_length=20)
    kind = models.CharField(max_length=20)
    cursor = models.CharField(max_length=200, blank=True)
    rows = models.BigIntegerField(default=0)
    failures = models.IntegerField(default=0)
    # By the real clock, as machines fail and recover.
    rests_until = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=250, blank=True)
    last_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["system", "kind"], name="delivery_pull_once")]

    def __str__(self) -> str:
        return f"{self.system} {self.kind}"


class ToldRow(models.Model):
    """A row that a portal told us, under its own name for it, and what came of it: told twice, it is taken once."""

    told_as = models.CharField(max_length=120, unique=True)
    outcome = models.CharField(max_length=30)
    facts = models.JSONField(default=dict)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.told_as


class Code(models.Model):
    """A code sent to a telephone: how often it was tried, and whether it was used. The code itself is kept nowhere."""

    mobile = models.CharField(max_length=10, db_index=True)
    sent_at = models.DateTimeField()
    wrong = models.SmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["mobile", "sent_at"])]

    def __str__(self) -> str:
        return f"code {self.pk}"


class RegularCardRequest(models.Model):
    """A family with a token asks for a regular card: taken up by the applications of its office."""

    token = models.OneToOneField(Token, on_delete=models.PROTECT, related_name="card_request")
    district_code = models.CharField(max_length=12)
    by = models.CharField(max_length=150)
    at = models.DateTimeField()

    AREA_LOOKUPS = {"district": "district_code"}

    def __str__(self) -> str:
        return f"card request {self.token_id}"
