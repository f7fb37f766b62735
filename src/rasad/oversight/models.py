"""Suspicions about living cards and what became of each; campaigns; lists of the Gram Sabha. Steps are only added."""

from django.db import models
from django.db.models import F, Func, Q

from rasad.oversight import choices, guards, moves
from rasad.registry.models import Card, Membership, Place
from rasad.registry.words import Words


def _if_state(*states: str, then: Q) -> Q:
    return ~Q(state__in=states) | then


class Campaign(models.Model):
    """A review of many cards at once: from its plan to cases, or stopped because its own sample found real families."""

    Kind = choices.CampaignKind
    State = choices.CampaignState

    kind = models.CharField(max_length=15, choices=Kind)
    title = models.CharField(max_length=150)
    # Empty: of the whole State.
    district_code = models.CharField(max_length=12, blank=True, db_index=True)
    order_number = models.CharField(max_length=60)
    starts_on = models.DateField()
    ends_on = models.DateField()
    # Until when bogus cards may be given up; penal action follows after it only.
    surrender_until = models.DateField(null=True)
    ground = models.CharField(max_length=20)
    criterion = models.CharField(max_length=40, blank=True)
    months = models.SmallIntegerField(default=0)
    state = models.CharField(max_length=10, choices=State, default=State.PLANNED)
    impact = models.JSONField(default=dict)
    seed = models.BigIntegerField(null=True)
    sample_size = models.IntegerField(default=0)
    most_real_percent = models.IntegerField(default=0)
    opened_by = models.CharField(max_length=150)
    opened_at = models.DateTimeField()
    published_by = models.CharField(max_length=150, blank=True)
    published_at = models.DateTimeField(null=True)
    why = Words(max_length=500, blank=True)

    AREA_LOOKUPS = {"district": "district_code"}

    class Meta:
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.CheckConstraint(name="oversight_campaign_days", condition=Q(ends_on__gte=F("starts_on"))),
            models.CheckConstraint(
                name="oversight_campaign_by_two",
                condition=_if_state(
                    moves.PUBLISHED, then=~Q(published_by="") & ~Q(published_by=F("opened_by"))
                ),
            ),
            models.CheckConstraint(
                name="oversight_surrender_has_a_last_day",
                condition=~Q(kind="surrender") | Q(surrender_until__isnull=False),
            ),
        ]
        triggers = [
            guards.by_the_table(moves.OF_A_CAMPAIGN, moves.PLANNED, "kind", "district_code", "opened_by"),
            guards.OPENED_BY_ITS_SAMPLE,
            guards.KEPT,
        ]

    def __str__(self) -> str:
        return self.title


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
                condition=_if_state(
                    "answered", "no_answer", "heard", "proposed", "ordered", "restored",
                    then=Q(noticed_on__isnull=False, served_on__isnull=False, answer_by__gt=F("served_on")),
                ),
            ),
            models.CheckConstraint(
                name="oversight_asked_hearing_was_held",
                condition=_if_state(
                    "proposed", "ordered", "restored", then=Q(wants_hearing=False) | Q(heard_on__isnull=False)
                ),
            ),
            # Who opened the case, who proposes and who confirms: the last is neither of the others (R-BOG-12).
            models.CheckConstraint(
                name="oversight_order_by_a_second",
                condition=_if_state(
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


class Suspicion(models.Model):
    """A card or person that a campaign found, or a row nobody has matched yet; and the sample's visit."""

    Match = choices.Match
    Visit = choices.Visit

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="suspicions")
    district_code = models.CharField(max_length=12, blank=True)
    card = models.ForeignKey(Card, on_delete=models.PROTECT, null=True, related_name="suspicions")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="suspicions")
    name = models.CharField(max_length=120, blank=True)
    source = models.CharField(max_length=150)
    says = Words(max_length=500)
    dated = models.DateField(null=True)
    matched_by = models.CharField(max_length=10, choices=Match, blank=True)
    place_in_sample = models.IntegerField(null=True)
    visit = models.CharField(max_length=12, choices=Visit, blank=True)
    visit_note = Words(max_length=500, blank=True)
    visited_by = models.CharField(max_length=150, blank=True)
    visited_at = models.DateTimeField(null=True)
    dropped = models.CharField(max_length=200, blank=True)
    case = models.OneToOneField(Case, on_delete=models.PROTECT, null=True, related_name="suspicion")

    AREA_LOOKUPS = {"district": "district_code", "place": "card__household__place__code"}

    class Meta:
        ordering = ["place_in_sample", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "card", "membership"], nulls_distinct=False,
                condition=Q(card__isnull=False), name="oversight_suspected_once",
            ),
        ]  # fmt: skip
        triggers = [guards.KEPT]

    def __str__(self) -> str:
        return f"suspicion {self.pk}"


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


class AayList(models.Model):
    """The Antyodaya families of a village or ward: how many places, whom the Gram Sabha named, the final list."""

    State = choices.ListState

    number = models.CharField(max_length=24, unique=True)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="aay_lists")
    district_code = models.CharField(max_length=12)
    places = models.IntegerField()
    places_source = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    made_by = models.CharField(max_length=150)
    made_at = models.DateTimeField()
    resolution = models.CharField(max_length=60, blank=True)
    resolved_on = models.DateField(null=True)
    body = models.CharField(max_length=120, blank=True)
    objections_until = models.DateField(null=True)
    proposed_by = models.CharField(max_length=150, blank=True)
    confirmed_by = models.CharField(max_length=150, blank=True)
    final_at = models.DateTimeField(null=True)
    holds_from = models.DateField(null=True)

    AREA_LOOKUPS = {"district": "district_code", "place": "place__code"}

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(name="oversight_list_has_places", condition=Q(places__gt=0)),
            models.CheckConstraint(
                name="oversight_list_after_the_gram_sabha",
                condition=Q(state="draft") | (~Q(resolution="") & ~Q(body="") & Q(resolved_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="oversight_list_by_two",
                condition=_if_state(
                    moves.FINAL,
                    then=~Q(proposed_by="") & ~Q(confirmed_by="") & ~Q(confirmed_by=F("proposed_by"))
                    & Q(holds_from__isnull=False),
                ),
            ),
        ]  # fmt: skip
        triggers = [
            guards.by_the_table(moves.OF_A_LIST, moves.DRAFT, "number", "place_id", "district_code"),
            guards.WITHIN_THE_ESTIMATE,
            guards.KEPT,
        ]

    def __str__(self) -> str:
        return self.number


class AayEntry(models.Model):
    """A BPL card put before the Gram Sabha: the facts, the criteria they meet, and whether it was chosen."""

    criteria = models.JSONField(default=list)
    list = models.ForeignKey(AayList, on_delete=models.PROTECT, related_name="entries")
    card = models.ForeignKey(Card, on_delete=models.PROTECT, related_name="aay_entries")
    facts = models.JSONField(default=dict)
    is_chosen = models.BooleanField(default=False)
    printed_at = models.DateTimeField(null=True)
    by = models.CharField(max_length=150)

    AREA_LOOKUPS = {"district": "list__district_code", "place": "list__place__code"}

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["list", "card"], name="oversight_card_once_on_a_list")]
        triggers = [guards.FINAL_LIST_STANDS]

    def __str__(self) -> str:
        return f"card {self.card_id} on {self.list_id}"


class Objection(models.Model):
    """Somebody says that a family is on the list wrongly, or wrongly not; decided with a reason before it is final."""

    list = models.ForeignKey(AayList, on_delete=models.PROTECT, related_name="objections")
    by_whom = models.CharField(max_length=120)
    words = Words(max_length=1000)
    written_by = models.CharField(max_length=150)
    at = models.DateTimeField()
    outcome = models.CharField(max_length=10, blank=True)
    why = Words(max_length=500, blank=True)
    decided_by = models.CharField(max_length=150, blank=True)

    AREA_LOOKUPS = {"district": "list__district_code", "place": "list__place__code"}

    class Meta:
        ordering = ["pk"]
        triggers = [guards.KEPT]

    def __str__(self) -> str:
        return f"objection {self.pk}"
