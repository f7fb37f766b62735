"""Places, people, households and cards, each fact with the days on which it held; and the vault.

Periods are half-open: the day `upper` is no longer in them; an unbounded end means "still so".
"""

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.db.models.expressions import Func
from django.db.models.functions import Right
from django.utils.translation import gettext_lazy as _

from rasad.journal.guards import UNCHANGED
from rasad.registry.guards import (
    DISTRICT_OF_A_HOUSEHOLD,
    HOUSEHOLDS_GO_WITH_THEIR_PLACE,
    KEYS_GO_WITH_THEIR_HOUSEHOLD,
    NEVER_EMPTIED,
    ends_only_by_process,
)
from rasad.registry.words import Words

# So many last digits find a card.
CARD_DIGITS = 6


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
        triggers = [HOUSEHOLDS_GO_WITH_THEIR_PLACE]

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
            ),
            models.Index(fields=["mobile"], condition=~Q(mobile=""), name="registry_person_mobile"),
        ]

    def __str__(self) -> str:
        return self.name


class PersonKeys(models.Model):
    """What a person is found by, whichever way the name is spelt; made from the name and district, see indexing.py."""

    person = models.OneToOneField(
        Person, on_delete=models.CASCADE, primary_key=True, related_name="search_keys"
    )
    # The name and the districts the keys were made of: where they differ from the register's, they are made anew.
    name = models.CharField(max_length=120)
    districts = ArrayField(models.CharField(max_length=12))
    keys = ArrayField(models.TextField())

    class Meta:
        indexes = [GinIndex(fields=["keys"], name="registry_personkeys_keys", fastupdate=False)]

    def __str__(self) -> str:
        return self.name


class Household(models.Model):
    """A family living together, by its Parivar Pehchan Patra ID where it has one."""

    family_id = models.CharField(max_length=20, null=True, unique=True)  # absent is not empty
    place = models.ForeignKey(Place, on_delete=models.PROTECT)
    # The district the place lies in today, kept beside it: it binds what officers see (districts.py).
    district_code = models.CharField(max_length=12, blank=True, db_index=True)
    address = models.CharField(max_length=250, blank=True)

    class Meta:
        triggers = [DISTRICT_OF_A_HOUSEHOLD, KEYS_GO_WITH_THEIR_HOUSEHOLD]

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
        triggers = [ends_only_by_process("membership", "person_id", "household_id"), NEVER_EMPTIED]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.household_id}"


class Card(models.Model):
    """A ration card: its number for life, the household it serves, the shop it is tagged to."""

    number = models.CharField(max_length=20, unique=True)
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="cards")
    shop_number = models.CharField(max_length=20, blank=True)
    during = DateRangeField()

    AREA_LOOKUPS = {
        "district": "household__district_code",
        "place": "household__place__code",
        "shop": "shop_number",
    }

    class Meta:
        constraints = [_never_two_at_once("registry_household_one_card_at_a_time", "household")]
        # Told over the telephone by its last digits.
        indexes = [models.Index(Right("number", CARD_DIGITS), name="registry_card_last_digits")]
        triggers = [ends_only_by_process("card", "number", "household_id"), NEVER_EMPTIED]

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
        triggers = [ends_only_by_process("category", "card_id", "category"), NEVER_EMPTIED]

    def __str__(self) -> str:
        return f"{self.card_id} {self.category}"


class Ending(models.Model):
    """By what a card, a membership or a category ended: the decision behind it, and the two officers.

    The database lets none of the three end without such a row, written in the same transaction (guards.py); the
    apps above let none be written without the application, order or list it names.
    """

    class What(models.TextChoices):
        CARD = "card", _("Card")
        MEMBERSHIP = "membership", _("Member")
        CATEGORY = "category", _("Category")

    class Ground(models.TextChoices):
        APPLICATION = "application", _("Asked for by the family")
        ORDER = "order", _("Order after notice and hearing")
        LIST = "list", _("Final list of the Gram Sabha")

    what = models.CharField(max_length=10, choices=What)
    card = models.ForeignKey(Card, on_delete=models.PROTECT, null=True, related_name="endings")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="endings")
    category = models.ForeignKey(CardCategory, on_delete=models.PROTECT, null=True, related_name="endings")
    # The first day on which it is no more.
    on = models.DateField()
    ground = models.CharField(max_length=11, choices=Ground)
    key = models.CharField(max_length=30)
    reason = Words(max_length=500)
    by = models.CharField(max_length=150)
    confirmed_by = models.CharField(max_length=150)
    at = models.DateTimeField()
    # The transaction that wrote it: what ends must end in the same one.
    transaction = models.BigIntegerField(db_default=Func(function="txid_current"))
    # Taken back: what had ended goes on as if it had never ended.
    undone_by = models.CharField(max_length=150, blank=True)
    undone_at = models.DateTimeField(null=True)
    undone_why = Words(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="registry_ending_of_one_thing",
                condition=Q(what="card", card__isnull=False, membership=None, category=None)
                | Q(what="membership", membership__isnull=False, card=None, category=None)
                | Q(what="category", category__isnull=False, card=None, membership=None),
            ),
            # No account may both propose and confirm (R-BOG-12, R-ACT-25).
            models.CheckConstraint(
                name="registry_ending_by_two",
                condition=~Q(by="") & ~Q(confirmed_by="") & ~Q(by=F("confirmed_by")),
            ),
            models.CheckConstraint(
                name="registry_ending_with_a_reason", condition=~Q(reason="") & ~Q(key="")
            ),
        ]
        indexes = [models.Index(fields=["ground", "key"])]
        triggers = [
            NEVER_EMPTIED,
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="only_taken_back",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(
                    exclude=["undone_by", "undone_at", "undone_why"],
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.what} ended on {self.on}"


class LookUp(models.Model):
    """Somebody of the department opened a family's record: the family sees who and when."""

    card = models.ForeignKey(Card, on_delete=models.PROTECT, related_name="look_ups")
    by = models.CharField(max_length=150)
    designation = models.CharField(max_length=120, blank=True)
    # What it was opened for: the desk, an application's number, a case's.
    why = models.CharField(max_length=120)
    at = models.DateTimeField()

    AREA_LOOKUPS = {"district": "card__household__district_code"}

    class Meta:
        indexes = [models.Index(fields=["card", "-at"])]
        triggers = [UNCHANGED]

    def __str__(self) -> str:
        return f"card {self.card_id} looked up"


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
