"""What a device sends, read strictly: no name too many, whole numbers as numbers, every text with its limit."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StringConstraints

from rasad.counter.asking import LINES, MOST
from rasad.counter.stock import MOST as MOST_RECEIVED
from rasad.counter.tries import FINGERS

NO_NUL = r"^[^\x00]*$"
Word = Annotated[str, StringConstraints(min_length=1, max_length=40, pattern=NO_NUL)]
Note = Annotated[str, StringConstraints(max_length=40, pattern=NO_NUL)]
Reason = Annotated[str, StringConstraints(min_length=1, max_length=250, pattern=NO_NUL)]
MemberLine = Annotated[int, Field(strict=True, ge=1, le=99, description="The member's line on the card.")]
Hex32 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Hex64 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{128}$")]
Finger = Literal[FINGERS]  # type: ignore[valid-type]  # the ten, written down once
# No shop sold by a device before.
FIRST_DAY = date(2000, 1, 1)
# A PidData is some 10 KB; it travels as text inside JSON.
LONGEST_CAPTURE = 400_000
PidData = Annotated[str, StringConstraints(max_length=LONGEST_CAPTURE, pattern=NO_NUL)]
Aadhaar = Annotated[str, StringConstraints(pattern=r"^([2-9][0-9]{11})?$")]


class Body(BaseModel):
    """What every body keeps to."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)


class Enrolment(Body):
    """A new device with the code on the inspector's paper, and the public half of its Ed25519 key in hex."""

    code: Annotated[str, StringConstraints(min_length=4, max_length=20, pattern=NO_NUL)]
    public_key: Hex32


class Opening(Body):
    """A device opens the counter: `signature` is its key's over `rasad open session`, id, time, nonce, a line each."""

    device: UUID
    time: Annotated[int, Field(strict=True, ge=0, lt=10**13, description="Unix milliseconds.")]
    nonce: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_.~\-]{8,64}$")]
    signature: Hex64
    app_version: Note = ""


class Heartbeat(Body):
    """A device says that it is there; percent of its battery, bars of its telephone network."""

    battery: Annotated[int, Field(strict=True, ge=0, le=100)] | None = None
    signal: Annotated[int, Field(strict=True, ge=0, le=5)] | None = None
    app_version: Note = ""


class CardShown(Body):
    """A card or token of this State; `id` is the device's own (UUID version 7), and the later sale's."""

    id: UUID
    number: Word


class VisitorShown(Body):
    """IMPDS: a card of another State by its number, or by a member's Aadhaar number, which is not kept."""

    id: UUID
    number: Note = ""
    aadhaar: Aadhaar = Field(default="", repr=False)


class Agreed(Body):
    """The visitor was shown the words of a version and said yes or no."""

    is_given: StrictBool
    version: Word
    language: Literal["en", "hi", "bn"]


class FingerPlaced(Body):
    """A finger of a member as a registered device captured it: `pid_data` is its PidData, sealed for UIDAI."""

    member: MemberLine
    finger: Finger
    pid_data: Annotated[str, StringConstraints(max_length=LONGEST_CAPTURE, pattern=NO_NUL)] = Field(
        repr=False
    )


class Ekyc(Body):
    """A member's consent, finger (captured with the `wadh` of `GET /ekyc`) and, to be linked, Aadhaar number."""

    member: MemberLine
    aadhaar: Aadhaar = Field(default="", repr=False)
    is_given: StrictBool
    version: Word
    language: Literal["en", "hi", "bn"]
    pid_data: PidData = Field(repr=False)


class NoFinger(Body):
    """No finger can be read: the reader does not work, or there is no finger to read."""

    why: Literal["reader", "finger"]


class SendTo(Body):
    """The member to whose mobile a code is to go."""

    member: MemberLine


class CodeTold(Body):
    """The code that the family told the dealer."""

    code: Annotated[str, StringConstraints(min_length=1, max_length=12, pattern=NO_NUL)] = Field(repr=False)


class Without(Body):
    """Why a family goes on without authentication."""

    why: Literal["mobile_not_carried", "otp_not_received", "otp_expired", "otp_wrong"]


class SaleLine(Body):
    """So much of one line of the pass: whole grams or millilitres."""

    line: Annotated[str, StringConstraints(min_length=1, max_length=80)]
    quantity: Annotated[int, Field(strict=True, gt=0, le=MOST)]


class SaleAsked(Body):
    """A sale: the visit's id, its pass, what is handed over."""

    id: UUID
    pass_: Annotated[str, StringConstraints(max_length=8000)] = Field(alias="pass")
    lines: Annotated[list[SaleLine], Field(min_length=1, max_length=LINES)]


class Back(Body):
    """Why a sale is taken back."""

    reason: Reason


class Arrived(Body):
    """A line of a challan that reached the shop: whole grams or millilitres."""

    challan: Word
    commodity: Word
    allocation: Word
    quantity: Annotated[int, Field(strict=True, gt=0, le=MOST_RECEIVED)]


class OfDay(BaseModel):
    """A day; today where none is named."""

    on: Annotated[date, Field(ge=FIRST_DAY)] | None = None
