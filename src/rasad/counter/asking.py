"""What a device asks when it sells: the request read strictly, put beside its pass, and its digest."""

import re
from collections.abc import Sequence
from hashlib import blake2b
from typing import Annotated

import msgspec

from rasad.counter.goods import name
from rasad.counter.passes import Pass, PassLine
from rasad.counter.passes import read as read_pass
from rasad.values.measure import Measure
from rasad.values.quantities import Grams, Paise, amount
from rasad.values.refused import Refused

# A hundred times what the largest family is due: whatever is beyond it is a mistake or an attack.
MOST = 10_000_000
LINES = 50
DIGEST_BYTES = 16
# As Python writes a UUID: what the pass carries is compared letter by letter.
_ID = "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"
# A card of another State (models.Kind): what one lift may take stands on its pass; at home the books say it.
VISITOR = "visitor"
# Three names and two texts of the whole, two names and a text of each line.
_QUOTES, _QUOTES_A_LINE = 10, 6
TWICE = "a name stands twice, or a quotation mark stands inside a text"


class RequestLine(msgspec.Struct, forbid_unknown_fields=True):
    """So much of one thing on the pass: whole grams or millilitres."""

    line: Annotated[str, msgspec.Meta(min_length=1, max_length=80)]
    quantity: Annotated[int, msgspec.Meta(gt=0, le=MOST)]


class SaleRequest(msgspec.Struct, rename={"pass_": "pass"}, forbid_unknown_fields=True):
    """The body of a sale: the visit's id, its pass, what is handed over."""

    id: Annotated[str, msgspec.Meta(pattern=_ID)]
    pass_: Annotated[str, msgspec.Meta(max_length=8000)]
    lines: Annotated[list[RequestLine], msgspec.Meta(min_length=1, max_length=LINES)]


class AskedLine(msgspec.Struct):
    """A line of the request beside what the pass says of it; amount in paise."""

    of: PassLine
    quantity: int
    amount: int


class Asked(msgspec.Struct):
    """A sale to be posted. `session`: the device's, empty for a dealer at a browser (then `dealer`)."""

    id: str
    allowed: Pass
    lines: list[AskedLine]
    amount: int
    digest: bytes
    session: str = ""
    dealer: str = ""


_decode = msgspec.json.Decoder(SaleRequest).decode
_encode = msgspec.json.Encoder().encode


def read(body: bytes, *, session: str, now: float) -> Asked:
    """The sale in a request body, checked against its pass. `now`: unix seconds.

    Refused: bad_request (with what and where), bad_pass, pass_over, pass_of_other_visit, line_not_on_pass,
    line_twice. That the session is alive and of the pass's shop and device is seen when the sale is posted.
    """
    try:
        request = _decode(body)
    except (msgspec.MsgspecError, UnicodeDecodeError) as wrong:
        raise Refused("bad_request", problem=_problem(wrong)) from None
    # A name written twice is decoded to its last value, in silence; counting quotation marks finds it in no time.
    if body.count(b'"') != _QUOTES + _QUOTES_A_LINE * len(request.lines):
        raise Refused("bad_request", problem=TWICE)
    asked = sale_of(
        str(request.id), request.pass_, [(one.line, one.quantity) for one in request.lines], now=now
    )
    asked.session = session
    return asked


def _problem(wrong: Exception) -> str:
    """What is wrong and where, without what was sent."""
    if not isinstance(wrong, msgspec.MsgspecError):
        return "not UTF-8"
    # The one message that repeats what was sent.
    return re.sub(r"unknown field `.*`", "an unknown field", str(wrong), flags=re.DOTALL)


def sale_of(sale: str, pass_text: str, lines: Sequence[tuple[str, int]], *, now: float) -> Asked:
    """A sale of a visit: its lines priced by the pass. Refused as `read`; of visitors also portability_at_once."""
    allowed = read_pass(pass_text)
    if allowed.id != sale:
        raise Refused("pass_of_other_visit", visit=allowed.id)
    if allowed.until < now:
        raise Refused("pass_over")
    offered = {one.key: one for one in allowed.lines}
    taken: list[AskedLine] = []
    for key, quantity in lines:
        line = offered.pop(key, None)
        if line is None:
            known = any(one.of.key == key for one in taken)
            raise Refused("line_twice" if known else "line_not_on_pass", line=key)
        if allowed.kind == VISITOR and quantity > line.most:
            raise _too_much_at_once(line, quantity)
        taken.append(AskedLine(line, quantity, amount(Grams(quantity), Paise(line.price))))
    digest = digest_of(allowed, [(one.of.entitlement, one.quantity, one.amount) for one in taken])
    return Asked(sale, allowed, taken, sum(one.amount for one in taken), digest)


class SaleRow(msgspec.Struct):
    """The facts of a pass as they stand in the row of its sale."""

    id: str
    shop: str
    kind: str
    holder: str
    month: str
    category: str
    members: int
    home_state: str
    home_shop: str
    mode: str
    member: int | None
    why: str
    ekyc_asked: bool
    reference: str
    device: str


def _too_much_at_once(line: PassLine, quantity: int) -> Refused:
    asked, most = (Measure(grams, "kg") for grams in (quantity, line.most))
    return Refused("portability_at_once", commodity=name(line.key), asked=asked, most=most)


def digest_of(sale: Pass | SaleRow, moved: Sequence[tuple[int, int, int]]) -> bytes:
    """What a sale is, in 16 bytes: who, where, how, and each account with quantity and amount.

    The same id must come with the same digest again; seals are made of digests. All of it stands in the sale's
    row and its transfers, so that anybody can recompute it.
    """
    said = (
        sale.id, sale.shop, sale.kind, sale.holder, sale.month, sale.category, sale.members, sale.home_state,
        sale.home_shop, sale.mode, sale.member, sale.why, sale.ekyc_asked, sale.reference, sale.device,
        sorted(moved),
    )  # fmt: skip
    return blake2b(_encode(said), digest_size=DIGEST_BYTES).digest()
