"""The receipt of a sale as a sheet of paper, in the reader's language."""

import json
from datetime import date, datetime
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from rasad import wiring
from rasad.counter import sold
from rasad.counter.arrears import month_of
from rasad.counter.goods import name
from rasad.counter.models import Kind, Mode, Sale
from rasad.counter.paper import words
from rasad.counter.paper.words import said
from rasad.counter.receipts import number_of
from rasad.counter.receipts_read import masked, measure_unit
from rasad.ledger import queries
from rasad.ledger.queries import SoldLine
from rasad.policy.authentication import authentication
from rasad.policy.department import department, helplines
from rasad.policy.jurisdiction import jurisdiction
from rasad.policy.rows import Text
from rasad.relief import numbers
from rasad.relief.paper.wording import shown
from rasad.values.measure import Measure
from rasad.values.quantities import Paise
from rasad.values.refused import Refused
from rasad.web import typesetting
from rasad.web.language import active, in_language
from rasad.web.templatetags.rasad import day, measure, moment, month, rupees

TEMPLATE = Path(__file__).with_name("receipt.typ")
# How many letters have room on a line of their own.
NAME = 34


def pdf(sale: Sale, *, at: datetime) -> bytes:
    """The receipt for a 58 mm printer, in the active language; one asked for after the sale's visit is a copy.

    Raises Refused("fonts_missing") where set-up found no fonts.
    """
    return typesetting.pdf(TEMPLATE, sheet(sale, at=at), made_on=timezone.localtime(sale.at).date())


def sheet(sale: Sale, *, at: datetime) -> dict[str, bytes]:
    """The file receipt.typ reads: what stands on the receipt, read from the books."""
    told = sold.told(sale)
    sold_on = timezone.localtime(sale.at).date()
    is_copy = timezone.localtime(at).date() != sold_on
    lines = queries.sale_lines(sale.pk)
    left = [one.left for one in told.lines]
    contents = {
        "lang": active(),
        "title": said(words.RECEIPT),
        "issuer": _issuer(),
        "copy": said(words.COPY) if is_copy else "",
        "facts": _facts(sale, told.member),
        "marks": _marks(sale, told),
        "lines": [_line(*pair, on=at if is_copy else None) for pair in zip(lines, left, strict=True)],
        "total": [said(words.TOTAL), _money(sale.amount)],
        "notes": _notes(sale, told, left, on=sold_on),
        "helpline": _helpline(sold_on),
    }
    return {"receipt.json": json.dumps(contents, ensure_ascii=False).encode()}


def _issuer() -> str:
    found = department(settings.STATE)
    return f"{found.government.in_language(active())} · {found.name.in_language(active())}"


def _facts(sale: Sale, member: str) -> list[list[str]]:
    shop = sale.shop
    facts = [
        (said(words.SHOP), shown(in_language(shop.name, shop.name_hi), NAME)),
        ("", shop.number),
        (said(words.AT), moment(sale.at)),
        (said(words.NUMBER), number_of(str(sale.pk))),
        (_card_words(sale), _card(sale)),
        (said(words.MONTH), month(sale.month)),
    ]
    if sale.member is not None:
        who = shown(member, NAME) if member else said(words.MEMBER_LINE, line=sale.member)
        facts.append((said(words.MEMBER), who))
    facts.append((said(words.SHOWN_BY), said(words.MODES[sale.mode])))
    return [list(fact) for fact in facts]


def _card_words(sale: Sale) -> str:
    if sale.kind == Kind.TOKEN:
        return said(words.TOKEN)
    if sale.kind == Kind.VISITOR:
        return said(words.CARD_OF, state=state_name(sale.home_state).in_language(active()))
    return said(words.CARD)


def _card(sale: Sale) -> str:
    # A token's number is read out and typed by hand; it is worth nothing without the family.
    return numbers.printed(sale.holder) if sale.kind == Kind.TOKEN else masked(sale)


def state_name(code: str) -> Text:
    """A State in each language; its code where no folder of rules tells its name."""
    try:
        return jurisdiction(code if "-" in code else f"IN-{code}").about.name
    except Refused:
        return Text(en=code, hi=code, bn=code)


def _marks(sale: Sale, told: sold.Told) -> list[list[str]]:
    marks = []
    if told.reversal is not None:
        reason = shown(told.reversal.reason, 120)
        marks.append([said(words.TAKEN_BACK), f"{moment(told.reversal.at)}. {reason}"])
    if sale.mode == Mode.UNAUTHENTICATED:
        marks.append([said(words.UNAUTHENTICATED), said(words.WHY[sale.why])])
    return marks


def _line(line: SoldLine, left: int | None, *, on: datetime | None) -> dict[str, str]:
    unit = measure_unit(line.unit)
    rate = f"× {rupees(Paise(line.price))}" if line.price else ""
    rest = "" if left is None else measure(Measure(left, unit))
    return {
        "name": said(name(line.commodity)),
        "allocation": allocation(line.allocation, line.part),
        "sum": f"{measure(Measure(line.quantity, unit))} {rate}".strip(),
        "amount": _money(line.amount),
        "left": _left(rest, on),
    }


def _left(rest: str, on: datetime | None) -> str:
    if not rest:
        return ""
    return said(words.LEFT_NOW, left=rest, day=day(on)) if on else said(words.LEFT, left=rest)


def allocation(code: str, part: str = "") -> str:
    """Whose grain a line is, in words; its code where there are none."""
    whose = said(words.ALLOCATIONS[code]) if code in words.ALLOCATIONS else code
    if missed := month_of(part):
        return f"{whose}, {said(words.MISSED, month=month(missed.first_day))}"
    return f"{whose}, {said(words.TOP_UP)}" if part else whose


def _money(paise: int) -> str:
    return rupees(Paise(paise)) if paise else said(words.FREE)


def _notes(sale: Sale, told: sold.Told, left: list[int | None], *, on: date) -> list[str]:
    notes = []
    # Where the home State does not answer nobody knows that nothing is left.
    if told.rest is not None and told.reversal is None and any(one != 0 for one in left):
        text = words.REST if told.rest.is_this_month else words.REST_AT_HOME
        notes.append(said(text, earliest=day(told.rest.earliest), until=day(told.rest.until)))
    if sale.ekyc_asked:
        by = authentication(wiring.state_code()).home.ekyc_deadline.value
        notes.append(said(words.EKYC if on <= by else words.EKYC_LATE, by=day(by)))
    return notes


def _helpline(on: date) -> str:
    number = helplines(settings.STATE, on=on)[0].value[0]
    return said(words.HELPLINE, number=number)
