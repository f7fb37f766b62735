"""Accounts and what moved between them, in whole grams, millilitres and paise.

Grain goes from a shop's stock to a card: one row of `Transfer`, two accounts changed. What a card may take in a
month is the `granted` of its account; what it took is `received` less `given` (a reversal gives back).
"""

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import Case, F, Q, Value, When

from rasad.ledger.guards import MIRROR_INTO_CAP, append_only

# Kinds of transfers that are found by their accounts, not by a sale.
RARE = ["receipt", "correction", "elsewhere"]


class Account(models.Model):
    """What one holder has, or may have, of one thing. The counters only grow, but for `held`."""

    class Kind(models.TextChoices):
        ENTITLEMENT = "entitlement"  # a card or token, one month, one commodity at one price
        CAP = "cap"  # what commodities of a card share in a month, as one litre of whichever oil
        STOCK = "stock"  # a shop's grain of one allocation
        CASH = "cash"  # what a shop was paid; nothing is bought with it, so its counters are not kept (UNCOUNTED)
        OUTSIDE = "outside"  # where things come from and go to; nor are these

    class Unit(models.TextChoices):
        GRAMS = "g"
        MILLILITRES = "ml"
        PAISE = "paise"

    kind = models.CharField(max_length=12, choices=Kind)
    # A card's or token's number, a shop's number, the name of what is outside.
    holder = models.CharField(max_length=30)
    month = models.CharField(max_length=7, blank=True)  # 2021-08; empty where no month binds
    commodity = models.CharField(max_length=40)
    # Of an entitlement the part with its own price, of a stock the allocation it came under.
    part = models.CharField(max_length=40, blank=True)
    unit = models.CharField(max_length=5, choices=Unit)
    granted = models.BigIntegerField(null=True)
    received = models.BigIntegerField(default=0)
    given = models.BigIntegerField(default=0)
    held = models.BigIntegerField(default=0)
    cap_group = models.CharField(max_length=40, blank=True)
    choice_group = models.CharField(max_length=40, blank=True)
    # Says that this alternative is the chosen one. Of its own, so that other changes stay cheap (HOT).
    chosen = models.GeneratedField(
        expression=Case(
            When(
                ~Q(choice_group="") & (Q(received__gt=F("given")) | Q(held__gt=0)),
                then=F("choice_group"),
            ),
            default=Value(None),
            output_field=models.CharField(max_length=40, null=True),
        ),
        output_field=models.CharField(max_length=40, null=True),
        db_persist=True,
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["holder", "month", "commodity", "part", "kind"], name="ledger_account_once"
            ),
            models.CheckConstraint(
                name="ledger_counters_not_negative",
                condition=Q(received__gte=0, given__gte=0, held__gte=0),
            ),
            # lifted <= granted, for cards and for what they share
            models.CheckConstraint(
                name="ledger_not_over_granted",
                condition=~Q(kind__in=["entitlement", "cap"])
                | Q(granted__isnull=False, granted__gte=F("received") - F("given") + F("held")),
            ),
            models.CheckConstraint(
                name="ledger_no_overdraft",
                condition=Q(received__gte=F("given") + F("held"))
                | Q(kind__in=["entitlement", "cap"], received__gte=F("given")),
            ),
            ExclusionConstraint(
                name="ledger_one_alternative_a_month",
                expressions=[
                    (F("holder"), RangeOperators.EQUAL),
                    (F("month"), RangeOperators.EQUAL),
                    (F("chosen"), RangeOperators.EQUAL),
                    (F("commodity"), RangeOperators.NOT_EQUAL),
                ],
                condition=Q(chosen__isnull=False),
            ),
        ]
        triggers = [MIRROR_INTO_CAP, pgtrigger.Protect(name="kept", operation=pgtrigger.Delete)]

    @property
    def left(self) -> int:
        """What may still go out of a stock, or still be taken on an entitlement."""
        if self.granted is not None:
            return self.granted - self.received + self.given - self.held
        return self.received - self.given - self.held

    def __str__(self) -> str:
        return f"{self.kind} {self.holder} {self.month} {self.commodity} {self.part}".strip()


# What these have follows from the transfers alone: no sale has to ask for it.
UNCOUNTED = (Account.Kind.CASH, Account.Kind.OUTSIDE)


class Transfer(models.Model):
    """So much went from one account to another. Rows are added, never changed.

    The accounts carry no foreign keys: they are never deleted, `rasad ledger verify` counts strays, and two
    look-ups a row would be the dearest part of a sale.
    """

    class Kind(models.TextChoices):
        SALE = "sale"
        PAYMENT = "payment"
        REVERSAL = "reversal"
        REPAYMENT = "repayment"
        RECEIPT = "receipt"  # grain that reached a shop
        CORRECTION = "correction"  # a shop's stock changed by hand, by two persons
        ELSEWHERE = "elsewhere"  # lifted at a shop of another State

    pk = models.CompositePrimaryKey("document", "line")
    # What it belongs to: the sale's own id, a challan's, a reservation's.
    document = models.UUIDField()
    line = models.SmallIntegerField()
    kind = models.CharField(max_length=12, choices=Kind)
    source = models.BigIntegerField()
    target = models.BigIntegerField()
    quantity = models.BigIntegerField()
    price = models.BigIntegerField(null=True)  # paise a kg or litre
    amount = models.BigIntegerField(null=True)  # paise
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="ledger_transfer_moves_something", condition=Q(quantity__gt=0)),
            models.CheckConstraint(name="ledger_transfer_between_two", condition=~Q(source=F("target"))),
        ]
        indexes = [
            BrinIndex(fields=["at"], name="ledger_transfer_at"),
            # For the registers: only rare movements enter them, a sale does not.
            models.Index(fields=["target", "at"], condition=Q(kind__in=RARE), name="ledger_transfer_into"),
            models.Index(fields=["source", "at"], condition=Q(kind__in=RARE), name="ledger_transfer_out_of"),
        ]
        triggers = append_only("transfers")

    def __str__(self) -> str:
        return f"{self.kind} {self.document} {self.line}"


class Grant(models.Model):
    """What made an account's `granted` what it is: the month's first grant, then what changed."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="grants")
    quantity = models.BigIntegerField()
    # On whose word: the category, the members that counted, the ids of the rows.
    category = models.CharField(max_length=12, blank=True)
    members = models.SmallIntegerField(default=0)
    rules = models.CharField(max_length=250, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(name="ledger_grant_says_something", condition=~Q(quantity=0))]
        triggers = append_only("grants")

    def __str__(self) -> str:
        return f"{self.quantity} on account {self.account_id}"


class Hold(models.Model):
    """Reserved until a deadline: `source` is an account outside, `target` the card's. It ends once."""

    pk = models.CompositePrimaryKey("document", "line")
    document = models.UUIDField()
    line = models.SmallIntegerField()
    account = models.BigIntegerField()
    quantity = models.BigIntegerField()
    until = models.DateTimeField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(name="ledger_hold_holds", condition=Q(quantity__gt=0))]
        indexes = [models.Index(fields=["until"], name="ledger_hold_until")]
        triggers = append_only("reservations")

    def __str__(self) -> str:
        return f"hold {self.document} {self.line}"


class HoldEnd(models.Model):
    """How a reservation ended: once, and one way."""

    class How(models.TextChoices):
        POSTED = "posted"
        VOIDED = "voided"
        EXPIRED = "expired"

    document = models.UUIDField(primary_key=True)
    how = models.CharField(max_length=8, choices=How)
    at = models.DateTimeField()

    class Meta:
        triggers = append_only("ends of reservations")

    def __str__(self) -> str:
        return f"{self.document} {self.how}"


class AwayLift(models.Model):
    """A lift outside the card's State, with the days in which no second one may follow (order 2458-FNS)."""

    holder = models.CharField(max_length=30)
    month = models.CharField(max_length=7)
    document = models.UUIDField(unique=True)
    # From the day of the lift to the day before the next may be made. Empty once the lift was taken back.
    during = DateRangeField()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="ledger_away_lifts_keep_their_gap",
                expressions=[
                    (F("holder"), RangeOperators.EQUAL),
                    (F("month"), RangeOperators.EQUAL),
                    (F("during"), RangeOperators.OVERLAPS),
                ],
            )
        ]

    def __str__(self) -> str:
        return f"{self.holder} {self.during}"
