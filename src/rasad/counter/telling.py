"""The receipt as a message to the family's telephone. Best effort: whatever happens here, the sale stands."""

import threading
from collections.abc import Sequence
from queue import Empty, Full, Queue
from uuid import UUID

import structlog
from django.conf import settings
from django.db import close_old_connections, connection
from django.utils import timezone, translation

from rasad import wiring
from rasad.connectors.sms.templates import UnfitMessageError, shortened
from rasad.counter.goods import name
from rasad.counter.models import Kind, Reversal, Sale
from rasad.counter.receipts_read import masked, measure_unit
from rasad.ledger import queries
from rasad.ledger.queries import SoldLine
from rasad.policy.department import helplines
from rasad.registry.models import Membership
from rasad.relief.models import Token
from rasad.values.measure import Measure
from rasad.values.quantities import Paise, rupees
from rasad.values.refused import OutsideError
from rasad.web.language import active
from rasad.web.templatetags.rasad import day, measure

TEMPLATE = "sale_receipt"
WITHIN_SECONDS = 10.0
# More than these waiting means a gateway that stands still: later ones go untold, nobody's sale waits.
WAITING = 1000
# A thread with nothing to tell for so long ends; the next sale starts another.
IDLE_SECONDS = 5.0

log = structlog.get_logger(__name__)


def tell(sale: Sale, *, language: str) -> bool:
    """Send the receipt of a sale to the mobile of the family, if it has one; whether the gateway took it."""
    client, mobile = wiring.sms(), mobile_of(sale)
    if client is None or not mobile or Reversal.objects.filter(sale=sale).exists():
        return False
    known = language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    with translation.override(known):
        template = wiring.sms_templates().template(TEMPLATE, active())
        told = _said(sale)
    try:
        client.send(mobile=mobile, template=template, variables=told, within=WITHIN_SECONDS)
    except (OutsideError, UnfitMessageError) as problem:
        log.warning("sale_not_told", sale=str(sale.pk), problem=type(problem).__name__)
        return False
    return True


def text(sale: Sale) -> str:
    """What the message of a sale says, in the active language."""
    return wiring.sms_templates().template(TEMPLATE, active()).filled(_said(sale))


def mobile_of(sale: Sale) -> str:
    """The head's mobile, else that of the first member who has one; of another State's card none is known."""
    if sale.kind == Kind.VISITOR:
        return ""
    if sale.kind == Kind.TOKEN:
        return str(Token.objects.filter(number=sale.holder).values_list("mobile", flat=True).first() or "")
    on = timezone.localtime(sale.at).date()
    members = Membership.objects.filter(
        household__cards__number=sale.holder, household__cards__during__contains=on, during__contains=on
    ).exclude(person__mobile="")
    found = members.order_by("-is_head", "line").values_list("person__mobile", flat=True).first()
    return str(found or "")


def _said(sale: Sale) -> dict[str, str]:
    lines = queries.sale_lines(sale.pk)
    on = timezone.localtime(sale.at).date()
    return {
        "card": masked(sale),
        "day": day(on),
        "shop": shortened(sale.shop.name),
        "given": _goods(lines, [one.quantity for one in lines]),
        "paid": str(rupees(Paise(sale.amount))),
        "left": _goods(lines, queries.left_of_sale(sale.pk)),
        "helpline": helplines(settings.STATE, on=on)[0].value[0],
    }


def _goods(lines: Sequence[SoldLine], quantities: Sequence[int]) -> str:
    said = (
        f"{name(line.commodity).in_language(active())} {measure(Measure(quantity, measure_unit(line.unit)))}"
        for line, quantity in zip(lines, quantities, strict=True)
    )
    return shortened(", ".join(said))


class Teller:
    """Tells families in a thread of its own, in the order of the sales."""

    def __init__(self, *, waiting: int = WAITING, idle_seconds: float = IDLE_SECONDS) -> None:
        self._queue: Queue[tuple[str, str]] = Queue(waiting)
        self._idle_seconds = idle_seconds
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def later(self, sale: str, *, language: str) -> bool:
        """Have the family of a sale told soon; False where nobody can be told. Costs the sale no time."""
        if not settings.SMS_URL:
            return False
        try:
            self._queue.put_nowait((sale, language))
        except Full:
            log.warning("sale_not_told", sale=sale, problem="too many waiting")
            return False
        with self._lock:
            # Started at need, and again after a bug ended it: threading has told of that.
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._run, name="teller", daemon=True)
                self._thread.start()
        return True

    def _run(self) -> None:
        while True:
            try:
                sale, language = self._queue.get(timeout=self._idle_seconds)
            except Empty:
                with self._lock:
                    if self._queue.empty():
                        self._thread = None
                        connection.close()
                        return
                continue
            close_old_connections()
            found = Sale.objects.select_related("shop").filter(pk=UUID(sale)).first()
            if found is not None:
                tell(found, language=language)
            close_old_connections()


TELLER = Teller()
