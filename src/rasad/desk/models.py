"""What officers decide about tokens and rows: shops chosen and changed, appeals heard. Rows are only added."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from rasad.journal.guards import UNCHANGED
from rasad.relief.models import SourceRow, Token


class ShopChoice(models.Model):
    """A token came to another shop, or back to the queue, by an officer's act. What is taken back is a new row."""

    class Kind(models.TextChoices):
        CHOSEN = "chosen", _("Shop chosen")
        CHANGED = "changed", _("Shop changed")
        TAKEN_BACK = "taken_back", _("Choice taken back")

    # All that one act did at once: it is taken back as one.
    act = models.UUIDField(db_index=True)
    token = models.ForeignKey(Token, on_delete=models.PROTECT, related_name="shop_choices")
    kind = models.CharField(max_length=10, choices=Kind)
    from_state = models.CharField(max_length=15)
    from_shop = models.CharField(max_length=20, blank=True)
    from_reason = models.CharField(max_length=20)
    from_distance_m = models.IntegerField(null=True)
    to_shop = models.CharField(max_length=20, blank=True)
    to_distance_m = models.IntegerField(null=True)
    # Which choice this one takes back; each is taken back once.
    takes_back = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="taken_back_by"
    )
    why = models.CharField(max_length=250, blank=True)
    by = models.CharField(max_length=150)
    at = models.DateTimeField()

    AREA_LOOKUPS = {"district": "token__district_code"}

    class Meta:
        indexes = [models.Index(fields=["by", "at"])]
        constraints = [
            models.CheckConstraint(
                name="desk_taken_back_names_its_choice",
                condition=Q(kind="taken_back", takes_back__isnull=False)
                | (~Q(kind="taken_back") & Q(takes_back=None)),
            ),
        ]
        triggers = [UNCHANGED]

    def __str__(self) -> str:
        return f"{self.kind} {self.token_id}"


class Appeal(models.Model):
    """A family says that its row was refused wrongly. One officer decides; a second one confirms a token."""

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        GRANT_PROPOSED = "grant_proposed", _("Token proposed, waits for a second officer")
        GRANTED = "granted", _("Token issued")
        REFUSED = "refused", _("Refused")

    row = models.ForeignKey(SourceRow, on_delete=models.PROTECT, related_name="appeals")
    district_code = models.CharField(max_length=12)
    # What the family says, in its own words.
    words = models.CharField(max_length=1000)
    mobile = models.CharField(max_length=10, blank=True)
    opened_by = models.CharField(max_length=150)
    opened_at = models.DateTimeField()
    state = models.CharField(max_length=15, choices=State, default=State.OPEN)
    why = models.CharField(max_length=500, blank=True)
    decided_by = models.CharField(max_length=150, blank=True)
    decided_at = models.DateTimeField(null=True)
    confirmed_by = models.CharField(max_length=150, blank=True)
    confirmed_at = models.DateTimeField(null=True)
    # The second officer who did not agree last, and why: whoever decides anew reads it.
    sent_back_by = models.CharField(max_length=150, blank=True)
    sent_back_why = models.CharField(max_length=500, blank=True)
    sent_back_at = models.DateTimeField(null=True)

    AREA_LOOKUPS = {"district": "district_code"}

    class Meta:
        ordering = ["opened_at", "pk"]
        indexes = [models.Index(fields=["district_code", "state"])]
        constraints = [
            models.UniqueConstraint(
                fields=["row"],
                condition=Q(state__in=["open", "grant_proposed"]),
                name="desk_one_open_appeal_a_row",
            ),
            # No account may both decide and confirm (R-ACT-25).
            models.CheckConstraint(
                name="desk_appeal_by_two",
                condition=(~Q(state="granted") | ~Q(confirmed_by=""))
                & (Q(confirmed_by="") | ~Q(confirmed_by=F("decided_by"))),
            ),
            models.CheckConstraint(
                name="desk_appeal_decided_with_a_reason",
                condition=Q(state="open") | (~Q(decided_by="") & ~Q(why="") & Q(decided_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"appeal {self.pk}"
