"""Relief runs and what became of every row that entered one: a token, a link, a refusal, a question."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Run(models.Model):
    """One relief run. Its key is made of the scheme and the contents of every input file."""

    class State(models.TextChoices):
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")

    key = models.CharField(max_length=64, unique=True)
    scheme = models.CharField(max_length=40, db_index=True)
    state = models.CharField(max_length=10, choices=State, default=State.RUNNING)
    engine = models.CharField(max_length=10)
    # The stage that is running and how far it is, 0 to 100: shown live on the runs page.
    stage = models.CharField(max_length=20, blank=True)
    percent = models.SmallIntegerField(default=0)
    # The conditions as they stood, so that the run can be explained after the scheme has changed.
    conditions = models.JSONField(default=dict)
    summary = models.JSONField(default=dict)
    by = models.CharField(max_length=150)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-started_at"]

    def __str__(self) -> str:
        return f"{self.scheme} {self.key[:8]}"


class Emergency(models.Model):
    """A relief scheme made on the screens: written by one officer, tried, opened by another one (R-DRT-22)."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        OPEN = "open", _("Open")
        CLOSED = "closed", _("Closed")

    code = models.CharField(max_length=40, unique=True)
    # The whole scheme, in the form of policy/scheme.py.
    scheme = models.JSONField()
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    # Goes up with every list that is taken in: a trial vouches for the version it was made of.
    lists = models.IntegerField(default=0)
    # What the last trial run came to; empty before the first, and after every change.
    trial = models.JSONField(default=dict)
    made_by = models.CharField(max_length=150)
    made_at = models.DateTimeField()
    opened_by = models.CharField(max_length=150, blank=True)
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            # Two persons open a scheme (design, security).
            models.CheckConstraint(
                name="relief_emergency_opened_by_another",
                condition=Q(opened_by="", state="draft") | (~Q(opened_by="") & ~Q(opened_by=F("made_by"))),
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Token(models.Model):
    """A family's temporary card: which months, which shop, whose entitlement it inherits."""

    class State(models.TextChoices):
        AWAITING_SHOP = "awaiting_shop", _("Waiting for a shop")
        SHOP_ASSIGNED = "shop_assigned", _("Shop assigned")
        PUBLISHED = "published", _("Published")
        DELIVERED = "delivered", _("Delivered")
        IN_USE = "in_use", _("In use")
        EXPIRED = "expired", _("Expired")
        CANCELLED = "cancelled", _("Cancelled")

    number = models.CharField(max_length=20, unique=True)
    scheme = models.CharField(max_length=40)
    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="tokens")
    # The source row it was issued on, "mmpsy:M-000123"; the later rows of the family are linked in SourceRow.
    family_key = models.CharField(max_length=120)
    # Of the Parivar Pehchan Patra, where the source knew it.
    family_id = models.CharField(max_length=20, blank=True)
    source = models.CharField(max_length=30)
    state = models.CharField(max_length=15, choices=State)
    # Where it stood when it expired or was cancelled: whether a family had it in hand stays known.
    state_before_end = models.CharField(max_length=15, choices=State, blank=True)
    holder_name = models.CharField(max_length=120)
    member_count = models.SmallIntegerField()
    mobile = models.CharField(max_length=10, blank=True)
    address = models.CharField(max_length=250, blank=True)
    district_code = models.CharField(max_length=12)
    place_code = models.CharField(max_length=12, blank=True)
    place_name = models.CharField(max_length=120, blank=True)
    months = ArrayField(models.CharField(max_length=7))
    inherits = models.CharField(max_length=12)
    issued_on = models.DateField()
    shop_number = models.CharField(max_length=20, blank=True, db_index=True)
    shop_distance_m = models.IntegerField(null=True)
    # own_place, nearest; or why there is none: place_unknown, no_coordinates, no_capacity.
    shop_reason = models.CharField(max_length=20)

    AREA_LOOKUPS = {"district": "district_code", "place": "place_code", "shop": "shop_number"}

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["scheme", "family_key"], name="relief_one_token_a_family"),
            models.CheckConstraint(
                name="relief_shop_or_queue",
                condition=Q(state="awaiting_shop", shop_number="")
                | (~Q(state="awaiting_shop") & ~Q(shop_number=""))
                | Q(state__in=["expired", "cancelled"]),
            ),
        ]
        indexes = [
            models.Index(fields=["scheme", "district_code", "state"]),
            models.Index(fields=["issued_on"]),
            # The figures of the first page are read from this index alone; few values, so it stays small.
            models.Index(
                fields=[
                    "scheme",
                    "district_code",
                    "source",
                    "state",
                    "shop_reason",
                    "issued_on",
                    "member_count",
                ],
                name="relief_token_figures",
            ),
            models.Index(fields=["place_code"], name="relief_token_place"),
            models.Index(fields=["mobile"], condition=~Q(mobile=""), name="relief_token_mobile"),
        ]

    @property
    def last_state(self) -> str:
        """Where it stands, or where it stood when it expired."""
        is_expired = self.state == self.State.EXPIRED
        return self.state_before_end if is_expired and self.state_before_end else self.state

    @property
    def last_state_words(self) -> str:
        """`last_state` in the reader's language."""
        return str(self.State(self.last_state).label)

    def __str__(self) -> str:
        return self.number


class TokenMember(models.Model):
    """A person on a token. One person is on one token of a scheme: the database says so."""

    token = models.ForeignKey(Token, on_delete=models.PROTECT, related_name="members")
    scheme = models.CharField(max_length=40)
    line = models.SmallIntegerField()
    name = models.CharField(max_length=120)
    relation = models.CharField(max_length=30, blank=True)
    sex = models.CharField(max_length=1, blank=True)
    age = models.SmallIntegerField(null=True)
    aadhaar_ref = models.BinaryField(null=True)

    class Meta:
        ordering = ["line"]
        constraints = [
            models.UniqueConstraint(fields=["scheme", "aadhaar_ref"], name="relief_one_person_one_token"),
            models.UniqueConstraint(fields=["token", "line"], name="relief_token_line_once"),
        ]

    def __str__(self) -> str:
        return self.name


class SourceRow(models.Model):
    """What became of one family of one source: exactly one outcome, with its reason."""

    class Outcome(models.TextChoices):
        TOKEN = "token", _("Token issued")
        LINKED = "linked", _("Linked to a token")
        REFUSED = "refused", _("Refused")
        IN_REVIEW = "in_review", _("Waiting for a person")

    # None for a request that an office entered and no run has looked at yet.
    run = models.ForeignKey(Run, on_delete=models.PROTECT, null=True, related_name="rows")
    scheme = models.CharField(max_length=40)
    source = models.CharField(max_length=30)
    reference = models.CharField(max_length=80)
    # A second row under a reference already taken is kept too, with a number of its own.
    line = models.BigIntegerField()
    holder_name = models.CharField(max_length=120, blank=True)
    district_code = models.CharField(max_length=12, blank=True)
    received_on = models.DateField(null=True)
    outcome = models.CharField(max_length=10, choices=Outcome)
    reason = models.CharField(max_length=40)
    facts = models.JSONField(default=dict)
    token = models.ForeignKey(Token, on_delete=models.PROTECT, null=True, related_name="rows")
    # The family's record, kept of rows without a token: for who judges an appeal, and for the next run.
    place_code = models.CharField(max_length=12, blank=True)
    place_name = models.CharField(max_length=120, blank=True)
    address = models.CharField(max_length=250, blank=True)
    mobile = models.CharField(max_length=10, blank=True)
    family_id = models.CharField(max_length=20, blank=True)
    card_number = models.CharField(max_length=20, blank=True)
    # The card of a free category that stood in the way; shown masked.
    found_card = models.CharField(max_length=20, blank=True)
    # The columns that only this source has, as the scheme names them.
    own = models.JSONField(default=dict)
    # The District Administration verified it or passed it on: the next run takes it up.
    forwarded_by = models.CharField(max_length=150, blank=True)
    forwarded_at = models.DateTimeField(null=True)
    # Who entered it, where no file brought it.
    entered_by = models.CharField(max_length=150, blank=True)

    AREA_LOOKUPS = {"district": "district_code", "place": "place_code"}

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "source", "reference", "line"], name="relief_source_row_once"
            ),
            models.CheckConstraint(
                name="relief_token_when_token_or_linked",
                condition=Q(outcome__in=["token", "linked"], token__isnull=False)
                | Q(outcome__in=["refused", "in_review"], token__isnull=True),
            ),
            models.CheckConstraint(
                name="relief_row_from_a_run_or_an_office",
                condition=Q(run__isnull=False) | ~Q(entered_by=""),
            ),
            models.CheckConstraint(
                name="relief_forwarded_by_somebody",
                condition=Q(forwarded_at=None, forwarded_by="")
                | (Q(forwarded_at__isnull=False) & ~Q(forwarded_by="")),
            ),
        ]
        indexes = [
            models.Index(fields=["scheme", "outcome", "reason"]),
            models.Index(fields=["district_code"]),
            # What became of every row is counted from this index alone.
            models.Index(
                fields=["scheme", "district_code", "source", "outcome", "reason", "received_on"],
                name="relief_row_figures",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.reference}"


class RowPerson(models.Model):
    """A person of a row that led to no token: who stands for the family when a person decides about it."""

    row = models.ForeignKey(SourceRow, on_delete=models.CASCADE, related_name="people")
    line = models.SmallIntegerField()
    name = models.CharField(max_length=120)
    guardian_name = models.CharField(max_length=120, blank=True)
    relation = models.CharField(max_length=30, blank=True)
    sex = models.CharField(max_length=1, blank=True)
    born_on = models.DateField(null=True)
    birth_year = models.SmallIntegerField(null=True)
    mobile = models.CharField(max_length=10, blank=True)
    aadhaar_ref = models.BinaryField(null=True)

    class Meta:
        ordering = ["line"]
        constraints = [models.UniqueConstraint(fields=["row", "line"], name="relief_row_line_once")]

    def __str__(self) -> str:
        return self.name


class Review(models.Model):
    """A question for a person: this token's family may be the one on this card. Food does not wait for it."""

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        SAME_PROPOSED = "same_proposed", _("Same family, waits for a second officer")
        SAME = "same", _("Same family")
        DIFFERENT = "different", _("Different family")

    token = models.ForeignKey(Token, on_delete=models.PROTECT, related_name="reviews")
    district_code = models.CharField(max_length=12)
    card_number = models.CharField(max_length=20)
    card_category = models.CharField(max_length=12)
    weight = models.FloatField()
    reasons = models.JSONField(default=list)
    state = models.CharField(max_length=15, choices=State, default=State.OPEN)
    decided_by = models.CharField(max_length=150, blank=True)
    decided_at = models.DateTimeField(null=True)
    why = models.CharField(max_length=500, blank=True)
    confirmed_by = models.CharField(max_length=150, blank=True)
    confirmed_at = models.DateTimeField(null=True)
    # The second officer who did not agree last, and why: whoever decides anew reads it.
    sent_back_by = models.CharField(max_length=150, blank=True)
    sent_back_why = models.CharField(max_length=500, blank=True)
    sent_back_at = models.DateTimeField(null=True)

    AREA_LOOKUPS = {"district": "district_code"}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["token", "card_number"], name="relief_review_once"),
            # Whoever takes a token away is never alone (R-ACT-25).
            models.CheckConstraint(
                name="relief_review_by_two",
                condition=(~Q(state="same") | ~Q(confirmed_by=""))
                & (Q(confirmed_by="") | ~Q(confirmed_by=F("decided_by"))),
            ),
            models.CheckConstraint(
                name="relief_review_decided_with_a_reason",
                condition=Q(state="open") | (~Q(decided_by="") & ~Q(why="") & Q(decided_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"review of {self.token_id}"
