"""What citizens ask of the office about a card: the application, its people and papers, and every step it took."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from rasad.journal.guards import UNCHANGED
from rasad.registry.models import Card, Household, Person, Place
from rasad.registry.words import Words


class Application(models.Model):
    """One thing asked for, from the slip to the card or the reasoned refusal (requirements, section 4.1)."""

    class State(models.TextChoices):
        REGISTERED = "registered", _("Registered")
        VERIFYING = "under_verification", _("Being verified")
        NEEDS_CORRECTION = "needs_correction", _("Waits for the applicant")
        WAITING = "waiting_list", _("On the waiting list")
        APPROVED = "approved", _("Approved")
        READY = "ready", _("Ready to be collected")
        ISSUED = "issued", _("Done")
        REJECTED = "rejected", _("Rejected")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    class Channel(models.TextChoices):
        COUNTER = "counter", _("At the office")
        WEB = "web", _("On the web")
        FILE = "file", _("By file")

    number = models.CharField(max_length=16, unique=True)
    # A code of packs/india/card_requests.yaml.
    service = models.CharField(max_length=40)
    card = models.ForeignKey(Card, on_delete=models.PROTECT, null=True, related_name="applications")
    district_code = models.CharField(max_length=12)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, null=True, related_name="+")
    address = models.CharField(max_length=250, blank=True)
    shop_number = models.CharField(max_length=20, blank=True)
    applicant = models.CharField(max_length=120)
    mobile = models.CharField(max_length=10, blank=True)
    language = models.CharField(max_length=2, default="hi")
    channel = models.CharField(max_length=7, choices=Channel)
    # Who wrote it down, who helped to fill it in, and where (R-CRD-04, R-CRD-28).
    registered_by = models.CharField(max_length=150)
    assisted_by = models.CharField(max_length=120, blank=True)
    made_at = models.CharField(max_length=160)
    # What the family says of itself, by the names of the facts the rules ask for; and what else it wants.
    facts = models.JSONField(default=dict)
    wants = models.JSONField(default=dict)
    state = models.CharField(max_length=20, choices=State, default=State.REGISTERED)
    received_at = models.DateTimeField()
    received_on = models.DateField()
    # The last day, by the charter or by the slip; later by as many days as it waited for the applicant.
    due_on = models.DateField()
    rule = models.CharField(max_length=80, blank=True)
    # The holidays on the way to it as the list stood when the slip was given: it is never worked out again.
    holidays = models.JSONField(default=list)
    needs_visit = models.BooleanField(default=False)
    # The new day that was told, once the last one could not be kept.
    likely_on = models.DateField(null=True)
    went_up_at = models.DateTimeField(null=True)
    verified_by = models.CharField(max_length=150, blank=True)
    verified_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=150, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_on = models.DateField(null=True)
    # Why it was decided so late; nothing late is closed without it (R-SRV-16).
    late_reason = Words(max_length=500, blank=True)
    # The code of the refusal, and the officer's words.
    reason_code = models.CharField(max_length=40, blank=True)
    why = Words(max_length=500, blank=True)
    category = models.CharField(max_length=12, blank=True)
    # The rows of the rules the decision stands on: row, document, quotation.
    reasons = models.JSONField(default=list)
    household = models.ForeignKey(Household, on_delete=models.PROTECT, null=True, related_name="+")
    issued_card = models.ForeignKey(Card, on_delete=models.PROTECT, null=True, related_name="issued_on")
    collected_by = models.CharField(max_length=120, blank=True)
    collected_at = models.DateTimeField(null=True)

    # Where the family goes, and where its card is until then: both offices see it.
    AREA_LOOKUPS = {"district": "district_code", "place": ("place__code", "card__household__place__code")}
    OPEN = (State.REGISTERED, State.VERIFYING, State.NEEDS_CORRECTION)

    class Meta:
        ordering = ["received_at", "number"]
        indexes = [
            models.Index(fields=["district_code", "state", "due_on"]),
            models.Index(fields=["mobile"], condition=~Q(mobile=""), name="applications_mobile"),
        ]
        constraints = [
            # One thing is asked for once at a time.
            models.UniqueConstraint(
                fields=["card", "service"],
                condition=Q(
                    state__in=["registered", "under_verification", "needs_correction", "waiting_list"]
                ),
                name="applications_one_open_a_card",
            ),
            # Who verified does not decide (section 4.1, R-BOG-12).
            models.CheckConstraint(
                name="applications_decided_by_another",
                condition=~Q(state__in=["approved", "ready", "issued"])
                | (~Q(verified_by="") & ~Q(decided_by="") & ~Q(verified_by=F("decided_by"))),
            ),
            models.CheckConstraint(
                name="applications_rejected_with_a_reason",
                condition=~Q(state="rejected") | (~Q(decided_by="") & ~Q(reason_code="") & ~Q(why="")),
            ),
            models.CheckConstraint(
                name="applications_late_with_a_reason",
                condition=Q(decided_on=None) | Q(decided_on__lte=F("due_on")) | ~Q(late_reason=""),
            ),
        ]

    def __str__(self) -> str:
        return self.number


class ApplicationPerson(models.Model):
    """Somebody an application is about: who is to be put on a card, taken off it, or is written wrongly on it."""

    class Part(models.TextChoices):
        COMING = "coming", _("To be put on the card")
        LEAVING = "leaving", _("To be taken off the card")

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="people")
    part = models.CharField(max_length=7, choices=Part)
    # The line on the card, of somebody who is on it.
    line = models.SmallIntegerField(null=True)
    name = models.CharField(max_length=120)
    guardian_name = models.CharField(max_length=120, blank=True)
    relation = models.CharField(max_length=30, blank=True)
    sex = models.CharField(max_length=1, choices=Person.Sex, blank=True)
    born_on = models.DateField(null=True)
    birth_year = models.SmallIntegerField(null=True)
    mobile = models.CharField(max_length=10, blank=True)
    aadhaar_ref = models.BinaryField(null=True)
    aadhaar_last4 = models.CharField(max_length=4, blank=True)
    is_head = models.BooleanField(default=False)
    # Birth, marriage, death, moved: as the family says.
    why = models.CharField(max_length=20, blank=True)
    # The person of the register, once known.
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class Document(models.Model):
    """A paper that was shown or sent: of which kind, and its picture, sealed like a number in the vault."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="documents")
    # A code of the State's documents.yaml; a State without groups writes what it saw.
    kind = models.CharField(max_length=40)
    # Which sheet it is: the same one cannot stand for two groups (A-HR-11).
    digest = models.CharField(max_length=64)
    name = Words(max_length=120)
    media_type = models.CharField(max_length=40, blank=True)
    wrapped_key = models.BinaryField(null=True)
    sealed = models.BinaryField(null=True)
    at = models.DateTimeField()

    AREA_LOOKUPS = {
        "district": "application__district_code",
        "place": ("application__place__code", "application__card__household__place__code"),
    }

    class Meta:
        ordering = ["pk"]
        triggers = [UNCHANGED]

    def __str__(self) -> str:
        return self.kind


class ApplicationStep(models.Model):
    """One step of an application: who, when, why, from which state to which. Rows are only added."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="steps")
    act = models.CharField(max_length=30)
    before = models.CharField(max_length=20, blank=True)
    after = models.CharField(max_length=20)
    why = Words(max_length=500, blank=True)
    facts = models.JSONField(default=dict)
    by = models.CharField(max_length=150)
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        triggers = [UNCHANGED]

    def __str__(self) -> str:
        return f"{self.act} {self.application_id}"


class FieldVisit(models.Model):
    """What an Inspector found at the family's door, written down there on a telephone."""

    class Found(models.TextChoices):
        AS_SAID = "as_said", _("As the family says")
        OTHERWISE = "otherwise", _("Otherwise than the family says")
        NOT_THERE = "not_there", _("Nobody there, or no such house")

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="visits")
    found = models.CharField(max_length=10, choices=Found)
    people_seen = models.SmallIntegerField()
    # Facts that were found otherwise than told.
    facts = models.JSONField(default=dict)
    note = Words(max_length=500, blank=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    by = models.CharField(max_length=150)
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        triggers = [UNCHANGED]

    def __str__(self) -> str:
        return f"visit {self.application_id}"


class Pause(models.Model):
    """The clock stood still, for this reason: from the day the applicant was told until what was missing came."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="pauses")
    reason = Words(max_length=500)
    from_on = models.DateField()
    until_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application"], condition=Q(until_on=None), name="applications_one_pause_at_a_time"
            ),
            models.CheckConstraint(name="applications_pause_says_why", condition=~Q(reason="")),
            models.CheckConstraint(
                name="applications_pause_in_order",
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"pause {self.application_id}"


class Delay(models.Model):
    """The promised day could not be kept: why, and the new day. Both are always told to the applicant (R-CRD-07)."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="delays")
    promised_on = models.DateField()
    reason = Words(max_length=500)
    likely_on = models.DateField()
    by = models.CharField(max_length=150)
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [models.CheckConstraint(name="applications_delay_says_why", condition=~Q(reason=""))]
        triggers = [UNCHANGED]

    def __str__(self) -> str:
        return f"delay {self.application_id}"


class Certificate(models.Model):
    """A surrender or deletion certificate: with it a person or a family is taken onto another card, once."""

    class Kind(models.TextChoices):
        SURRENDER = "surrender", _("Surrender certificate")
        DELETION = "deletion", _("Deletion certificate")

    number = models.CharField(max_length=30)
    # The State that issued it; ours are made here, others are written down when they are used.
    state = models.CharField(max_length=5)
    kind = models.CharField(max_length=9, choices=Kind)
    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, null=True, related_name="certificates"
    )
    card = models.ForeignKey(Card, on_delete=models.PROTECT, null=True, related_name="certificates")
    people = models.JSONField(default=list)
    issued_on = models.DateField(null=True)
    used_by = models.OneToOneField(
        Application, on_delete=models.PROTECT, null=True, related_name="certificate_used"
    )

    AREA_LOOKUPS = {"district": "application__district_code"}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["state", "number"], name="applications_certificate_once"),
        ]
        triggers = [
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="used_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__used_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.number


class Coverage(models.Model):
    """How many persons are covered in an area, and the ceiling: the database lets nobody pass it."""

    area = models.CharField(max_length=5, primary_key=True)
    covered = models.IntegerField()
    ceiling = models.IntegerField()
    counted_at = models.DateTimeField()

    class Meta:
        triggers = [
            pgtrigger.Trigger(
                name="not_above_the_ceiling",
                operation=pgtrigger.Update,
                when=pgtrigger.Before,
                level=pgtrigger.Row,
                # What was above it before, by a count, may stay and shrink.
                func="""
                    IF NEW.covered > NEW.ceiling AND NEW.covered > OLD.covered
                        AND NEW.counted_at = OLD.counted_at THEN
                        RAISE EXCEPTION 'nobody is taken in above the ceiling' USING ERRCODE = '23514';
                    END IF;
                    RETURN NEW;
                """,
            )
        ]

    def __str__(self) -> str:
        return self.area


class ShopChange(models.Model):
    """A card goes to another shop in a coming month, because something was taken in this one (R-CRD-25)."""

    card = models.ForeignKey(Card, on_delete=models.PROTECT, related_name="shop_changes")
    shop_number = models.CharField(max_length=20)
    from_on = models.DateField()
    application = models.OneToOneField(Application, on_delete=models.PROTECT, related_name="shop_change")
    done_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["from_on"], condition=Q(done_at=None), name="applications_shop_due")]

    def __str__(self) -> str:
        return f"{self.card_id} to {self.shop_number}"


class Holiday(models.Model):
    """A day on which the offices are closed. Whether days are counted over it is the charter's; the slip names it."""

    on = models.DateField(primary_key=True)
    name = models.CharField(max_length=80)
    name_hi = models.CharField(max_length=80, blank=True)
    by = models.CharField(max_length=150, blank=True)

    # Every office of the State is closed.
    AREA_LOOKUPS = {"district": "*", "place": "*"}

    class Meta:
        ordering = ["on"]
        triggers = [
            # A day is taken out and written anew, so that both stand in the journal.
            pgtrigger.Protect(name="not_rewritten", operation=pgtrigger.Update),
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.name}"
