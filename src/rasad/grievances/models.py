"""Complaints: the number, whom they go to, the reply that is owed, and every step."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from rasad.journal.guards import UNCHANGED
from rasad.registry.words import Words


class Complaint(models.Model):
    """A complaint of anybody about anything of the department; it is never refused (requirements, section 4.6)."""

    class State(models.TextChoices):
        RECEIVED = "received", _("Received")
        IN_ENQUIRY = "in_enquiry", _("In enquiry")
        REPLIED = "replied", _("Replied")
        CLOSED = "closed", _("Closed")
        APPEALED = "appealed", _("Appealed")

    class Kind(models.TextChoices):
        DELAY = "delay", _("An application takes too long")
        REJECTION = "rejection", _("An application was rejected")
        POOR_LIST = "poor_list", _("In or out of the list of the poor")
        CASE = "case", _("A case against a card")
        ENTITLEMENT = "entitlement", _("Ration not given in full")
        QUALITY = "quality", _("Shop: bad quality of the grain")
        QUANTITY = "quantity", _("Shop: short weight or less than due")
        AVAILABILITY = "availability", _("Shop: no stock")
        SHOP = "shop", _("Shop: opening hours and other problems")
        BEHAVIOUR = "behaviour", _("How somebody behaved")
        OTHER = "other", _("Something else")

    class Way(models.TextChoices):
        COUNTER = "counter", _("At the office")
        WEB = "web", _("On the web")
        POST = "post", _("By post")

    number = models.CharField(max_length=12, unique=True)
    kind = models.CharField(max_length=12, choices=Kind)
    # The application or case it is about, by its number.
    about = models.CharField(max_length=20, blank=True)
    # The shop it is about, by its number.
    shop_number = models.CharField(max_length=20, blank=True)
    # Whom it is about, as the family says; the account of an officer, where it is one.
    against = models.CharField(max_length=150, blank=True)
    district_code = models.CharField(max_length=12)
    words = Words(max_length=2000)
    name = models.CharField(max_length=120, blank=True)
    mobile = models.CharField(max_length=10, blank=True)
    language = models.CharField(max_length=2, default="hi")
    way = models.CharField(max_length=7, choices=Way)
    # Who has to answer: a code of routing.py.
    goes_to = models.CharField(max_length=20)
    state = models.CharField(max_length=10, choices=State, default=State.RECEIVED)
    received_at = models.DateTimeField()
    received_by = models.CharField(max_length=150)
    acknowledge_by = models.DateField()
    acknowledged_at = models.DateTimeField(null=True)
    reply_by = models.DateField()
    went_up_at = models.DateTimeField(null=True)
    reply = Words(max_length=2000, blank=True)
    replied_by = models.CharField(max_length=150, blank=True)
    replied_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    AREA_LOOKUPS = {"district": "district_code"}

    class Meta:
        ordering = ["received_at", "number"]
        indexes = [models.Index(fields=["district_code", "state", "reply_by"])]
        constraints = [
            models.CheckConstraint(
                name="grievances_reply_says_something",
                condition=Q(replied_at=None) | (~Q(reply="") & ~Q(replied_by="")),
            ),
            # Nobody answers a complaint about himself.
            models.CheckConstraint(
                name="grievances_answered_by_another",
                condition=Q(replied_by="") | ~Q(replied_by=F("against")),
            ),
            # Nothing is disposed of without its reply.
            models.CheckConstraint(
                name="grievances_closed_after_a_reply",
                condition=~Q(state="closed") | (Q(closed_at__isnull=False) & ~Q(reply="")),
            ),
        ]

    def __str__(self) -> str:
        return self.number


# Those that wait for an answer.
OPEN = (Complaint.State.RECEIVED, Complaint.State.IN_ENQUIRY, Complaint.State.APPEALED)


class ComplaintStep(models.Model):
    """What happened to a complaint; rows are only added."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="steps")
    act = models.CharField(max_length=20)
    words = Words(max_length=2000, blank=True)
    by = models.CharField(max_length=150)
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        triggers = [UNCHANGED]

    def __str__(self) -> str:
        return f"{self.act} {self.complaint_id}"


class Sitting(models.Model):
    """A committee looked at the complaints that wait in its area: when, which committee, which complaints."""

    district_code = models.CharField(max_length=12, db_index=True)
    committee = models.CharField(max_length=150)
    held_on = models.DateField()
    note = models.CharField(max_length=1000, blank=True)
    complaints = models.ManyToManyField(Complaint, related_name="sittings")
    by = models.CharField(max_length=150)
    at = models.DateTimeField()

    AREA_LOOKUPS = {"district": "district_code"}

    class Meta:
        ordering = ["-held_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.committee} {self.held_on}"


class Measure(models.Model):
    """What a committee wants done about a problem that comes again and again: by whom, by when, and what was done."""

    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="measures")
    kind = models.CharField(max_length=12, choices=Complaint.Kind)
    problem = models.CharField(max_length=500)
    measure = models.CharField(max_length=500)
    who = models.CharField(max_length=150)
    by_when = models.DateField()
    done_at = models.DateTimeField(null=True)
    done_by = models.CharField(max_length=150, blank=True)
    done = models.CharField(max_length=500, blank=True)

    AREA_LOOKUPS = {"district": "sitting__district_code"}

    class Meta:
        ordering = ["by_when", "pk"]
        constraints = [
            models.CheckConstraint(
                name="grievances_done_says_what",
                condition=Q(done_at=None) | (~Q(done="") & ~Q(done_by="")),
            ),
        ]

    def __str__(self) -> str:
        return self.measure
