"""What a device is told, exactly: no field more or less than stands here."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from rasad.counter.api.bodies import Finger
from rasad.values.month import INDIA

KindOf = Literal["home", "away", "token", "visitor"]
ModeOf = Literal["biometric", "mobile_otp", "unauthenticated"]
StepOf = Literal["consent", "biometric", "mobile_otp"]
Unit = Literal["g", "ml"]
Moment = Annotated[datetime, AfterValidator(lambda at: at.astimezone(INDIA))]


class Answer(BaseModel):
    """What every answer keeps to."""

    model_config = ConfigDict(extra="forbid")


class Refusal(Answer):
    """A refusal: its code for the device; what, why and what to do next for people, in their language."""

    code: str
    what: str
    why: str
    next: str


class Enrolled(Answer):
    """The device is one of the shop's from now on."""

    device: UUID
    name: str
    shop: str
    shop_name: str


class SessionOpened(Answer):
    """The counter is open; `key` (hex) signs every request until `expires_at`."""

    session: str
    key: str = Field(repr=False)
    expires_at: Moment
    shop: str
    shop_name: str


class Heard(Answer):
    """The server's clock, and whether the shop is within its hours."""

    at: Moment
    is_shop_open: bool


class MemberShown(Answer):
    """A member with what is seeded; `mobile` shows its last four digits."""

    line: int
    name: str
    is_head: bool
    is_linked: bool
    is_validated: bool
    has_mobile: bool
    mobile: str


class LineShown(Answer):
    """One thing that may be bought: grams or ml; paise a kg or litre. `is_barred`: the alternative was taken."""

    line: str
    commodity: str
    name: str
    allocation: str
    unit: Unit
    price: int
    full: int
    left: int
    in_stock: int
    choice_group: str
    is_barred: bool


class Elsewhere(Answer):
    """What the card lifted in another State this month: why less is left here."""

    at: Moment
    state: str
    shop: str
    grams: dict[str, int]


class CodeSent(Answer):
    """The code that is out: good until `until`, for so many more wrong entries."""

    member: int
    mobile: str
    sent_at: Moment
    until: Moment
    wrong_left: int


class StandingShown(Answer):
    """Where a visit stands: the step that comes next, or the mode in which the family is served."""

    next: StepOf | None
    mode: ModeOf | None
    member: int | None
    why: str
    is_ekyc_asked: bool
    fingers_tried: list[Finger]
    code: CodeSent | None


class VisitShown(Answer):
    """A visit: the family, what it may take, where it stands."""

    id: UUID
    kind: KindOf
    card: str
    month: str
    category: str
    home_state: str
    until: Moment
    members: list[MemberShown]
    lines: list[LineShown]
    elsewhere: list[Elsewhere]
    contact: str
    consent: list[str]
    consent_version: str
    standing: StandingShown


class Tried(Answer):
    """What came of a step; `said` is for the operator, in the asked language."""

    outcome: str
    said: list[str]
    standing: StandingShown


class EkycWords(Answer):
    """What a member agrees to before eKYC; the reader is told `wadh`."""

    version: str
    sentences: list[str]
    wadh: str


class EkycDone(Answer):
    """UIDAI confirmed the member. `number` shows the last four digits; `is_same_name`: with the card's name."""

    line: int
    number: str
    is_same_name: bool


class PassGiven(Answer):
    """What the visit may buy: `pass` goes with the sale, unchanged, until `until`."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    id: UUID
    pass_: str = Field(alias="pass")
    until: Moment
    lines: list[LineShown]


class ReceiptLineShown(Answer):
    """Grams or ml, paise a kg or litre, paise; `left` of it for this month."""

    line: str
    quantity: int
    unit: Unit
    price: int
    amount: int
    left: int


class ReceiptShown(Answer):
    """A sale as it stands in the books. `is_replay`: it stood there before this request came."""

    id: UUID
    number: str
    at: Moment
    shop: str
    card: str
    member: int | None
    mode: ModeOf
    why: str
    ekyc_asked: bool
    lines: list[ReceiptLineShown]
    amount: int
    is_replay: bool


class SoldShown(Answer):
    """A sale of the day; `taken_back`: the reason, where it was taken back."""

    receipt: ReceiptShown
    kind: KindOf
    taken_back: str | None


class SalesOfDay(Answer):
    """The sales of a shop on a day, the newest first."""

    day: date
    sales: list[SoldShown]


class TakenBack(Answer):
    """The sale was taken back."""

    id: UUID
    reason: str
    at: Moment


class StockLine(Answer):
    """What a shop holds of a commodity of one allocation, in grams or ml; `received` and `given` since ever."""

    commodity: str
    name: str
    allocation: str
    unit: Unit
    received: int
    given: int
    left: int


class StockShown(Answer):
    """The stock of the shop."""

    at: Moment
    lines: list[StockLine]


class Received(Answer):
    """The challan's line is in stock. `is_new`: it was not there before this request."""

    is_new: bool
    lines: list[StockLine]


class SumShown(Answer):
    """What went out of a commodity of one allocation."""

    commodity: str
    allocation: str
    unit: Unit
    quantity: int
    amount: int
    sales: int


class Hours(Answer):
    """From when until when the shop was to be open, in India."""

    opens: str = Field(pattern=r"^[0-9]{2}:[0-9]{2}$")
    closes: str = Field(pattern=r"^[0-9]{2}:[0-9]{2}$")


class DayShown(Answer):
    """A day of the shop in figures, without what was taken back; amounts in paise.

    `started_at`: when a device was first heard of within the hours; minutes late, and offline within the hours.
    """

    day: date
    sales: int
    taken_back: int
    amount: int
    by_mode: dict[str, int]
    by_kind: dict[str, int]
    sums: list[SumShown]
    hours: list[Hours]
    started_at: Moment | None
    late_minutes: int | None
    offline_minutes: int
    closed_reason: str | None
