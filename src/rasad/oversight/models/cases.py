"""Suspicions about living cards that became cases, and what came of each. Steps are only added."""

from django.db import models
from django.db.models import F, Func, Q

from rasad.oversight import choices, guards, moves
from rasad.oversight.models.campaigns import Campaign
from rasad.registry.models import Card, Membership
from rasad.registry.words import Words


class Case(models.Model):
    """A suspicion about a living card, a member of it or its category. Food goes on while it is open."""

    What = choices.What
    Ground = choices.Ground
    State = choices.CaseState
    Served = choices.Served
    Hearing = choices.Hearing

    number = models.CharField(max_length=24, unique=True)
    district_code = models.CharField(max_length=12)
    serial = models.IntegerField()
    what = models.CharField(max_length=10, choices=What)
    card = models.ForeignKey(Card, on_delete=models.PROTECT, related_name="cases")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="cases")
    to_category = models.CharField(max_length=12, blank=True)
    ground = models.CharField(max_length=15, choices=Ground)
    criterion = models.CharField(max_length=40, blank=True)
    words = Words(max_length=1000)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, null=True, related_name="cases")
    state = models.CharField(max_length=10, choices=State, default=State.SUSPECTED)
    opened_by = models.CharField(max_length=150)
    opened_at = models.DateTimeField()
    noticed_on = models.DateField(null=True)
    served_on = models.DateField(null=True)
    served_how = models.CharField(max_length=5, choices=Served, blank=True)
    answer_by = models.DateField(null=True)
    answered_at = models.DateTimeField(null=True)
    answered_who = models.CharField(max_length=120, blank=True)
    answer = Words(max_length=2000, blank=True)
    papers = Words(max_length=500, blank=True)
    wants_hearing = models.BooleanField(default=False)
    heard_on = models.DateField(null=True)
    heard_how = models.CharField(max_length=10, choices=Hearing, blank=True)
    heard = Words(max_length=2000, blank=True)
    proposed_by = models.CharField(max_length=150, blank=True)
    rule = models.CharField(max_length=200, blank=True)
    because = Words(max_length=500, blank=True)
    confirmed_by = models.CharField(max_length=150, blank=True)
    # The first day of the month after the order: until then the card serves as ever.
    ends_on = models.DateField(null=True)
    ordered_at = models.DateTimeField(null=True)
    restored_at = models.DateTimeField(null=True)
    restored_by = models.CharField(max_length=150, blank=True)

    AREA_LOOKUPS = {"district": "district_code", "place": "card__household__place__code"}

    class Meta:
        ordering = ["-opened_at", "-pk"]
        indexes = [models.Index(fields=["district_code", "state"])]
        constraints = [
            models.UniqueConstraint(fields=["district_code", "serial"], name="oversight_case_serial_once"),
            models.UniqueConstraint(
                fields=["card", "what", "membership"], nulls_distinct=False,
                condition=Q(state__in=moves.OPEN), name="oversight_one_open_case",
            ),
            models.CheckConstraint(
                name="oversight_case_of_one_thing",
                condition=Q(what="card", membership=None, to_category="")
                | Q(what="membership", membership__isnull=False, to_category="")
                | (Q(what="category", membership=None) & ~Q(to_category="")),
            ),
            models.CheckConstraint(
                name="oversight_answered_after_a_notice",
                condition=guards.if_state(
                    "answered", "no_answer", "heard", "proposed", "ordered", "restored",
                    then=Q(noticed_on__isnull=False, served_on__isnull=False, answer_by__gt=F("served_on")),
                ),
            ),
            models.CheckConstraint(
                name="oversight_asked_hearing_was_held",
                condition=guards.if_state(
                    "proposed", "ordered", "restored", then=Q(wants_hearing=False) | Q(heard_on__isnull=False)
                ),
            ),
            # Who opened the case, who proposes and who confirms: the last is neither of the others (R-BOG-12).
            models.CheckConstraint(
                name="oversight_order_by_a_second",
                condition=guards.if_state(
                    "ordered", "restored",
                    then=~Q(proposed_by="") & ~Q(confirmed_by="") & ~Q(confirmed_by=F("proposed_by"))
                    & ~Q(confirmed_by=F("opened_by")) & ~Q(because="") & ~Q(rule="")
                    & Q(ends_on__isnull=False, ordered_at__isnull=False),
                ),
            ),
        ]  # fmt: skip
        triggers = [
            guards.by_the_table(
                moves.OF_A_CASE, moves.SUSPECTED,
                "number", "card_id", "what", "membership_id", "district_code", "opened_by", "campaign_id",
            ),
            guards.EACH_MOVE_HAS_ITS_STEP, guards.ORDER_STANDS, guards.ONLY_FROM_AN_OPENED_CAMPAIGN, guards.KEPT,
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.number


class Evidence(models.Model):
    """What a source says about what a case is about. Rows are only added."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="evidence")
    source = models.CharField(max_length=150)
    says = Words(max_length=500)
    dated = models.DateField(null=True)
    by = models.CharField(max_length=150)
    at = models.DateTimeField()

    AREA_LOOKUPS = {"district": "case__district_code"}

    class Meta:
        ordering = ["pk"]
        triggers = guards.APPEND_ONLY

    def __str__(self) -> str:
        return f"{self.source}: {self.says}"


class CaseStep(models.Model):
    """One step of a case: who, when, why, from which state to which. Rows are only added."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="steps")
    act = models.CharField(max_length=12)
    before = models.CharField(max_length=10)
    after = models.CharField(max_length=10)
    why = Words(max_length=2000, blank=True)
    by = models.CharField(max_length=150)
    at = models.DateTimeField()
    transaction = models.BigIntegerField(db_default=Func(function="txid_current"))

    AREA_LOOKUPS = {"district": "case__district_code"}

    class Meta:
        ordering = ["pk"]
        triggers = guards.APPEND_ONLY

    def __str__(self) -> str:
        return f"{self.act} {self.before} {self.after}"


class Arrear(models.Model):
    """What a family was due in a month in which it was wrongly left out, and takes now at that month's price."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="arrears")
    holder = models.CharField(max_length=30, db_index=True)
    month = models.CharField(max_length=7)
    commodity = models.CharField(max_length=40)
    part = models.CharField(max_length=40)
    unit = models.CharField(max_length=5)
    quantity = models.BigIntegerField()
    price = models.BigIntegerField(null=True)
    allocation = models.CharField(max_length=40, blank=True)
    cap_group = models.CharField(max_length=40, blank=True)
    choice_group = models.CharField(max_length=40, blank=True)
    rules = models.CharField(max_length=250, blank=True)
    at = models.DateTimeField()

    AREA_LOOKUPS = {"district": "case__district_code"}

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["holder", "commodity", "part"], name="oversight_arrear_once"),
            models.CheckConstraint(name="oversight_arrear_is_something", condition=Q(quantity__gt=0)),
        ]
        triggers = guards.APPEND_ONLY

    def __str__(self) -> str:
        return f"{self.holder} {self.month} {self.commodity}"


class PenalReferral(models.Model):
    """Somebody is referred for an offence under the Control Order: whom, to whom, and what became of it."""

    Against = choices.Against

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="referrals")
    district_code = models.CharField(max_length=12)
    against = models.CharField(max_length=10, choices=Against)
    name = models.CharField(max_length=120)
    offence = Words(max_length=500)
    act = models.CharField(max_length=120)
    referred_to = models.CharField(max_length=150)
    referred_on = models.DateField()
    by = models.CharField(max_length=150)
    outcome = Words(max_length=500, blank=True)
    outcome_on = models.DateField(null=True)

    AREA_LOOKUPS = {"district": "district_code"}

    class Meta:
        ordering = ["-referred_on", "-pk"]
        triggers = [guards.KEPT]

    def __str__(self) -> str:
        return f"{self.against} {self.case_id}"
