"""The notice that hangs in every shop: the procedure at the counter, read from the rules in force."""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings

from rasad import wiring
from rasad.counter.paper import notice_words as words
from rasad.counter.paper.words import said
from rasad.policy.authentication import NAME as LADDER
from rasad.policy.authentication import authentication, operation
from rasad.policy.department import department, helplines
from rasad.policy.jurisdiction import About, counter_file, folder_of, jurisdictions
from rasad.policy.orders import orders
from rasad.policy.portability import portability
from rasad.relief.paper.wording import shown
from rasad.shops.models import Shop
from rasad.web import typesetting
from rasad.web.language import active, in_language
from rasad.web.templatetags.rasad import day, indian

TEMPLATE = Path(__file__).with_name("notice.typ")
NAME = 60


@dataclass(frozen=True)
class Part:
    """A heading and the steps under it."""

    title: str
    steps: tuple[str, ...]


@dataclass(frozen=True)
class Notice:
    """The notice in the reader's language."""

    title: str
    plan: str
    issuer: str
    shop: str
    number: str
    order: str
    dealer: Part
    parts: tuple[Part, ...]
    helpline: str


def notice(shop: Shop, *, on: date) -> Notice:
    """The procedure of a day for a shop, in the active language, by the rules that the State follows."""
    found = department(settings.STATE)
    return Notice(
        title=said(words.TITLE),
        plan=said(words.ONORC),
        issuer=f"{found.government.in_language(active())} · {found.name.in_language(active())}",
        shop=in_language(shop.name, shop.name_hi),
        number=shop.number,
        order=order_said(),
        dealer=Part(said(words.DEALER), _operation(on)),
        parts=(Part(said(words.HOME), _home()), Part(said(words.GUESTS), _guests())),
        helpline=said(words.REFUSED, number=helplines(settings.STATE, on=on)[0].value[0]),
    )


def pdf(shop: Shop, *, on: date) -> bytes:
    """The notice on one sheet of A4, in the active language. Raises Refused("fonts_missing")."""
    return typesetting.pdf(TEMPLATE, sheet(shop, on=on), made_on=on)


def sheet(shop: Shop, *, on: date) -> dict[str, bytes]:
    """The file notice.typ reads."""
    one = notice(shop, on=on)
    contents = {
        "lang": active(), "title": one.title, "plan": one.plan, "issuer": one.issuer,
        "shop": shown(one.shop, NAME), "number": one.number, "order": one.order, "helpline": one.helpline,
        "dealer": [one.dealer.title, " ".join(one.dealer.steps)],
        "parts": [[part.title, list(part.steps)] for part in one.parts],
    }  # fmt: skip
    return {"notice.json": json.dumps(contents, ensure_ascii=False).encode()}


def authority() -> About:
    """The State whose procedure is followed here."""
    folder = counter_file(wiring.state_code(), LADDER).parent
    return next(one for one in jurisdictions() if folder_of(one.code) == folder)


def order_said() -> str:
    """On which order the procedure stands, and that a State without its own follows it."""
    state = authority()
    order = next(one for one in orders(state.code) if one.number)
    government = said(words.GOVERNMENT, state=state.name.in_language(active()))
    stands_on = said(words.ORDER, number=order.number, day=day(order.day), government=government)
    if state.code == wiring.state_code():
        return stands_on
    own = next(one for one in jurisdictions() if one.code == wiring.state_code())
    return f"{stands_on} {said(words.FOLLOWED, state=own.name.in_language(active()))}"


def _operation(on: date) -> tuple[str, ...]:
    # A row is named wb.epos.start: its last word is what it asks of the dealer.
    asked = (row.id.rpartition(".")[2] for row in operation(wiring.state_code(), on=on))
    return tuple(said(words.OPERATION[one]) for one in asked if one in words.OPERATION)


def _home() -> tuple[str, ...]:
    rule = authentication(wiring.state_code()).home
    of_step = {
        "biometric": said(words.FINGER),
        "mobile_otp": said(
            words.CODE,
            attempts=rule.biometric.attempts_before_otp,
            seconds=rule.mobile_otp.window_seconds,
        ),
    }
    steps = [said(words.CARD), said(words.FAMILY)]
    steps += [of_step[step] for step in rule.chain if step in of_step]
    steps.append(said(words.WHOLE_FAMILY))
    if "unauthenticated" in rule.chain:
        steps.append(said(words.ANYWAY))
    steps.append(said(words.EKYC, by=day(rule.ekyc_deadline.value)))
    steps.append(said(words.REMAINING, contact=rule.remaining_only.contact.in_language(active())))
    return tuple(steps)


def _guests() -> tuple[str, ...]:
    rule = portability(wiring.state_code())
    steps = [said(words.WHO), said(words.MENU, path=" > ".join(rule.menu.path)), said(words.IDENTIFY)]
    if rule.consent.required:
        steps.append(said(words.CONSENT))
    steps.append(said(words.FINGERS, fingers=rule.biometric.fingers_per_cycle))
    if not (rule.only_mode.otp_allowed or rule.only_mode.unauthenticated_allowed):
        steps.append(said(words.ONLY_FINGER))
    share = rule.lift.value
    steps += [
        said(words.AVAILABLE),
        said(words.LIFT, share=indian(share), rest=indian(100 - share), days=rule.lift.min_gap_days),
        said(words.REPLENISHED),
    ]
    return tuple(steps)
