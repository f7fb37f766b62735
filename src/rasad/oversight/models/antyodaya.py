"""Lists of the Gram Sabha."""

from django.db import models
from django.db.models import F, Q

from rasad.oversight import choices, guards, moves
from rasad.registry.models import Card, Place
from rasad.registry.words import Words


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
                condition=guards.if_state(
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
