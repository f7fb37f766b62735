"""A visit, the tries to show who holds the card, and the sale. What moved stands in the ledger."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rasad.ledger.guards import append_only
from rasad.shops.models import Shop


class Kind(models.TextChoices):
    """Whose card it is, seen from the shop."""

    HOME = "home", _("Card of this shop")
    AWAY = "away", _("Card of another shop of the State")
    TOKEN = "token", _("Token")
    VISITOR = "visitor", _("Card of another State (IMPDS)")


class Mode(models.TextChoices):
    """By which step of the ladder the family was served."""

    BIOMETRIC = "biometric", _("Finger")
    MOBILE_OTP = "mobile_otp", _("Code on a mobile")
    UNAUTHENTICATED = "unauthenticated", _("Without authentication")


class Why(models.TextChoices):
    """Why a sale went without authentication."""

    NO_MOBILE_SEEDED = "no_mobile_seeded", _("No mobile is seeded")
    MOBILE_NOT_CARRIED = "mobile_not_carried", _("The mobile was not at hand")
    OTP_EXPIRED = "otp_expired", _("The code came too late")
    OTP_WRONG = "otp_wrong", _("The code was wrong")
    OTP_NOT_RECEIVED = "otp_not_received", _("The code did not arrive")


class Visit(models.Model):
    """A card shown at a shop. The device makes its id, which is also the id of the sale it may end in."""

    id = models.UUIDField(primary_key=True)
    shop = models.ForeignKey(
        Shop, to_field="number", db_index=False, on_delete=models.PROTECT, related_name="visits"
    )
    kind = models.CharField(max_length=8, choices=Kind)
    # The card's or token's number; of a card of another State with that State before it, "WB/0123".
    holder = models.CharField(max_length=30)
    month = models.CharField(max_length=7)
    category = models.CharField(max_length=12, blank=True)
    members = models.SmallIntegerField(default=0)
    home_state = models.CharField(max_length=8, blank=True)
    home_shop = models.CharField(max_length=20, blank=True)
    # Of a device its id, of a browser the dealer's name.
    device = models.CharField(max_length=40, blank=True)
    dealer = models.CharField(max_length=150, blank=True)
    opened_at = models.DateTimeField()
    until = models.DateTimeField()

    AREA_LOOKUPS = {"district": "shop__district_code", "place": "shop__place__code", "shop": "shop_id"}

    class Meta:
        indexes = [models.Index(fields=["holder", "month"]), models.Index(fields=["shop", "opened_at"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.holder} at {self.shop_id}"


class Attempt(models.Model):
    """One try to show who holds the card: what came of it, never the finger, the code or the captured data."""

    class Step(models.TextChoices):
        BIOMETRIC = "biometric"
        OTP_SENT = "otp_sent"
        OTP_FAILED = "otp_failed"  # the gateway did not take the message
        MOBILE_OTP = "mobile_otp"
        DECLINED = "declined"  # the code was offered and not wanted, or did not come

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="attempts")
    number = models.SmallIntegerField()
    step = models.CharField(max_length=12, choices=Step)
    member = models.SmallIntegerField(null=True)
    finger = models.CharField(max_length=16, blank=True)
    # matched, mismatch, capture_again, next_step, try_later, our_fault; right, otp_wrong, otp_expired, ...
    outcome = models.CharField(max_length=20)
    code = models.CharField(max_length=8, blank=True)  # UIDAI's
    action = models.CharField(max_length=8, blank=True)
    reference = models.CharField(max_length=80, blank=True)
    mobile = models.CharField(max_length=10, blank=True)  # masked
    at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["visit", "number"], name="counter_attempt_once")]
        triggers = append_only("attempts")

    def __str__(self) -> str:
        return f"{self.step} {self.outcome}"


class Consent(models.Model):
    """The holder agreed to the use of Aadhaar in one visit: to which text, in which language, when."""

    visit = models.OneToOneField(Visit, on_delete=models.PROTECT, primary_key=True, related_name="consent")
    # Whose: the reference of the number, or the home State's own token for the member.
    reference = models.CharField(max_length=80, blank=True)
    text_version = models.CharField(max_length=20)
    language = models.CharField(max_length=5)
    at = models.DateTimeField()

    class Meta:
        triggers = append_only("consents")

    def __str__(self) -> str:
        return f"consent of {self.visit_id}"


class Sale(models.Model):
    """A sale as it was made: to whom, how authenticated, on which day; its lines are the ledger's transfers."""

    id = models.UUIDField(primary_key=True)
    shop = models.ForeignKey(
        Shop,
        to_field="number",
        db_constraint=False,
        db_index=False,
        on_delete=models.PROTECT,
        related_name="sales",
    )
    kind = models.CharField(max_length=8, choices=Kind)
    holder = models.CharField(max_length=30)
    month = models.CharField(max_length=7)
    # The household as it was counted.
    category = models.CharField(max_length=12)
    members = models.SmallIntegerField()
    home_state = models.CharField(max_length=8, blank=True)
    home_shop = models.CharField(max_length=20, blank=True)
    mode = models.CharField(max_length=16, choices=Mode)
    member = models.SmallIntegerField(null=True)
    why = models.CharField(max_length=20, choices=Why, blank=True)
    ekyc_asked = models.BooleanField(default=False)
    reference = models.CharField(max_length=80, blank=True)
    amount = models.BigIntegerField()
    device = models.CharField(max_length=40, blank=True)
    dealer = models.CharField(max_length=150, blank=True)
    at = models.DateTimeField()
    # What the same id must come with again, and the seal of the group it was posted in.
    digest = models.BinaryField()
    lane = models.SmallIntegerField()
    seal = models.BigIntegerField()

    AREA_LOOKUPS = {"district": "shop__district_code", "place": "shop__place__code", "shop": "shop_id"}

    class Meta:
        indexes = [
            # None by card: a sale is found by its visit, which has its id. It was a quarter of what a sale costs.
            models.Index(fields=["shop", "at"], name="counter_sale_shop"),
            # What cards of a shop took at other shops of the State; few sales enter it.
            models.Index(fields=["home_shop", "at"], condition=Q(kind="away"), name="counter_sale_away"),
        ]
        constraints = [
            models.CheckConstraint(
                name="counter_visitors_by_finger_only", condition=~Q(kind="visitor") | Q(mode="biometric")
            ),
            models.CheckConstraint(
                name="counter_unauthenticated_says_why",
                condition=~Q(mode="unauthenticated") | (~Q(why="") & Q(kind__in=["home", "token"])),
            ),
        ]
        triggers = append_only("sales")

    def __str__(self) -> str:
        return f"sale {self.id} at {self.shop_id}"


class Reversal(models.Model):
    """A sale taken back by its dealer on the same day, with the reason; the grain moved back in the ledger."""

    sale = models.OneToOneField(Sale, on_delete=models.PROTECT, primary_key=True, related_name="reversal")
    document = models.UUIDField(unique=True)
    reason = models.CharField(max_length=250)
    by = models.CharField(max_length=150)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(name="counter_reversal_says_why", condition=~Q(reason=""))]
        triggers = append_only("reversals")

    def __str__(self) -> str:
        return f"reversal of {self.sale_id}"


class Refusal(models.Model):
    """A sale or visit that was refused, written down after it was rolled back: a fact for the grievance desk."""

    visit = models.UUIDField()
    shop = models.ForeignKey(
        Shop,
        to_field="number",
        db_constraint=False,
        db_index=False,
        on_delete=models.PROTECT,
        related_name="refusals",
    )
    holder = models.CharField(max_length=30, blank=True)
    month = models.CharField(max_length=7, blank=True)
    code = models.CharField(max_length=60)
    facts = models.JSONField(default=dict)
    at = models.DateTimeField()

    AREA_LOOKUPS = {"district": "shop__district_code", "place": "shop__place__code", "shop": "shop_id"}

    class Meta:
        indexes = [models.Index(fields=["shop", "at"], name="counter_refusal_shop")]
        triggers = append_only("refusals")

    def __str__(self) -> str:
        return f"{self.code} at {self.shop_id}"


class Reservation(models.Model):
    """What was reserved at the home State for a visitor's sale, until that State was told how it ended."""

    class State(models.TextChoices):
        RESERVED = "reserved"
        TO_POST = "to_post"  # sold here; the home State is still to be told
        POSTED = "posted"
        TO_VOID = "to_void"
        VOIDED = "voided"

    visit = models.OneToOneField(
        Visit, on_delete=models.PROTECT, primary_key=True, related_name="reservation"
    )
    state = models.CharField(max_length=8, choices=State, default=State.RESERVED)
    lines = models.JSONField()  # grams by commodity
    until = models.DateTimeField()
    told_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["state"], condition=Q(state__in=["reserved", "to_post", "to_void"]),
                name="counter_reservation_open",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"reservation of {self.visit_id}"


class ElsewhereLift(models.Model):
    """Where and when a card of ours was served in another State: what its own shop tells the family."""

    reservation = models.UUIDField(primary_key=True)
    holder = models.CharField(max_length=30)
    month = models.CharField(max_length=7)
    state = models.CharField(max_length=8)
    shop = models.CharField(max_length=120)
    lines = models.JSONField()  # grams by commodity
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["holder", "month"], name="counter_elsewhere_holder")]
        triggers = append_only("lifts elsewhere")

    def __str__(self) -> str:
        return f"{self.holder} in {self.state}"


class StockChange(models.Model):
    """A shop's stock changed by hand: one proposes with a reason, another one confirms or refuses."""

    class Outcome(models.TextChoices):
        WAITING = "waiting", _("Waiting for a second person")
        CONFIRMED = "confirmed", _("Confirmed")
        REFUSED = "refused", _("Refused")

    id = models.UUIDField(primary_key=True)
    shop = models.ForeignKey(Shop, to_field="number", on_delete=models.PROTECT, related_name="stock_changes")
    commodity = models.CharField(max_length=40)
    allocation = models.CharField(max_length=40)
    quantity = models.BigIntegerField()  # grams or ml; below zero takes out
    reason = models.CharField(max_length=250)
    proposed_by = models.CharField(max_length=150)
    proposed_at = models.DateTimeField()
    outcome = models.CharField(max_length=9, choices=Outcome, default=Outcome.WAITING)
    decided_by = models.CharField(max_length=150, blank=True)
    decided_at = models.DateTimeField(null=True)

    AREA_LOOKUPS = {"district": "shop__district_code", "place": "shop__place__code", "shop": "shop_id"}

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="counter_stock_change_changes", condition=~Q(quantity=0) & ~Q(reason="")
            ),
            models.CheckConstraint(
                name="counter_stock_change_by_two_persons",
                condition=Q(outcome="waiting", decided_by="")
                | (~Q(outcome="waiting") & ~Q(decided_by="") & ~Q(decided_by=models.F("proposed_by"))),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} of {self.commodity} at {self.shop_id}"
