"""Places, people, households and cards, each fact with the days on which it held; and the vault.

Periods are half-open: the day `upper` is no longer in them; an unbounded end means "still so".
"""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


def _never_two_at_once(name: str, *fields: str) -> ExclusionConstraint:
    return ExclusionConstraint(
        name=name,
        expressions=[
            *((F(field), RangeOperators.EQUAL) for field in fields),
            (F("during"), RangeOperators.OVERLAPS),
        ],
    )


class Place(models.Model):
    """A state, district, sub-district, village or ward with its LGD code, which it keeps for life."""

    class Kind(models.TextChoices):
        STATE = "state", _("State")
        DISTRICT = "district", _("District")
        SUBDISTRICT = "subdistrict", _("Sub-district")
        VILLAGE = "village", _("Village")
        WARD = "ward", _("Ward")

    kind = models.CharField(max_length=12, choices=Kind)
    code = models.CharField(max_length=12)
    name = models.CharField(max_length=120)
    name_hi = models.CharField(max_length=120, blank=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "code"], name="registry_place_code_once"),
            models.CheckConstraint(
                name="registry_place_on_earth",
                condition=Q(latitude__range=(-90, 90), longitude__range=(-180, 180))
                | Q(latitude=None, longitude=None),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PlaceParent(models.Model):
    """What a place belonged to, and when: a new district takes sub-districts over from a day on."""

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="parents")
    parent = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="children")
    during = DateRangeField()

    class Meta:
        constraints = [_never_two_at_once("registry_place_one_parent_at_a_time", "place")]

    def __str__(self) -> str:
        return f"{self.place_id} in {self.parent_id}"


class Person(models.Model):
    """One human being. The Aadhaar number itself is in the vault; here is only its reference."""

    class Sex(models.TextChoices):
        FEMALE = "F", _("Female")
        MALE = "M", _("Male")
        OTHER = "T", _("Transgender")
        UNKNOWN = "", _("Not stated")

    name = models.CharField(max_length=120)
    guardian_name = models.CharField(max_length=120, blank=True)
    sex = models.CharField(max_length=1, choices=Sex, blank=True)
    born_on = models.DateField(null=True)
    birth_year = models.SmallIntegerField(null=True)
    mobile = models.CharField(max_length=10, blank=True)
    aadhaar_ref = models.BinaryField(null=True)
    # First 8 bytes of the reference: what files and joins use; see values/aadhaar.py.
    identity_key = models.BigIntegerField(null=True)
    aadhaar_last4 = models.CharField(max_length=4, blank=True)
    # The day on which eKYC confirmed that the number is this person's.
    aadhaar_validated_on = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["aadhaar_ref"], name="registry_person_aadhaar_once")]
        indexes = [
            models.Index(
                fields=["identity_key"],
                condition=Q(identity_key__isnull=False),
                name="registry_person_identity",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Household(models.Model):
    """A family living together, by its Parivar Pehchan Patra ID where it has one."""

    family_id = models.CharField(max_length=20, null=True, unique=True)  # absent is not empty
    place = models.ForeignKey(Place, on_delete=models.PROTECT)
    address = models.CharField(max_length=250, blank=True)

    def __str__(self) -> str:
        return self.family_id or str(self.pk)


class Membership(models.Model):
    """Who belonged to which household, and when."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="memberships")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    line = models.SmallIntegerField()
    relation = models.CharField(max_length=30, blank=True)
    is_head = models.BooleanField(default=False)
    during = DateRangeField()

    class Meta:
        constraints = [
            _never_two_at_once("registry_person_in_one_household_at_a_time", "person"),
            models.UniqueConstraint(
                fields=["household", "line"],
                condition=Q(during__upper_inf=True),
                name="registry_line_once_in_household",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.household_id}"


class Card(models.Model):
    """A ration card: its number for life, the household it serves, the shop it is tagged to."""

    number = models.CharField(max_length=20, unique=True)
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="cards")
    shop_number = models.CharField(max_length=20, blank=True)
    during = DateRangeField()

    class Meta:
        constraints = [_never_two_at_once("registry_household_one_card_at_a_time", "household")]

    def __str__(self) -> str:
        return self.number


class CardCategory(models.Model):
    """The category a card had, and when: what it was due in a past month stays answerable."""

    card = models.ForeignKey(Card, on_delete=models.PROTECT, related_name="categories")
    category = models.CharField(max_length=12)
    during = DateRangeField()

    class Meta:
        constraints = [_never_two_at_once("registry_card_one_category_at_a_time", "card")]
        indexes = [models.Index(fields=["category"])]

    def __str__(self) -> str:
        return f"{self.card_id} {self.category}"


class VaultEntry(models.Model):
    """An Aadhaar number under lock: sealed with a data key that is itself wrapped by a key kept elsewhere."""

    aadhaar_ref = models.BinaryField(primary_key=True)
    wrapped_key = models.BinaryField()
    sealed = models.BinaryField()
    stored_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return "vault entry"


class ImportBatch(models.Model):
    """One file taken in: the same file twice is one batch, and a batch that was cut off goes on."""

    class State(models.TextChoices):
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")

    kind = models.CharField(max_length=20)
    file_name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=State, default=State.RUNNING)
    rows_read = models.BigIntegerField(default=0)
    rows_loaded = models.BigIntegerField(default=0)
    rows_unchanged = models.BigIntegerField(default=0)
    rows_refused = models.BigIntegerField(default=0)
    # How far a run came: the rows before this one are in, each chunk with its counts in one transaction.
    rows_done = models.BigIntegerField(default=0)
    # The day from which changed facts hold; a run that goes on tomorrow keeps the day on which it began.
    holds_from = models.DateField(null=True)
    # Memberships up to this one were there before the file.
    last_membership_before = models.BigIntegerField(default=0)
    by = models.CharField(max_length=150)
    started_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "digest"], name="registry_file_taken_in_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.file_name}"


class ImportProblem(models.Model):
    """One thing wrong with one row: line, column, what is wrong; the sentence says what to do."""

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="problems")
    line = models.BigIntegerField()
    column = models.CharField(max_length=60)
    code = models.CharField(max_length=60)
    shown = models.CharField(max_length=120, blank=True)
    # Whether the row was left out; else it was loaded without this value.
    refuses = models.BooleanField(default=True)

    class Meta:
        indexes = [models.Index(fields=["batch", "line"])]

    def __str__(self) -> str:
        return f"line {self.line}: {self.code}"
