"""The ration card on paper: its colour by category, its people, its shop, its code; and what an application gives."""

import json
from datetime import date
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from rasad import wiring
from rasad.applications.models import Application
from rasad.applications.moves import S
from rasad.applications.paper import sheets
from rasad.policy.cards import colour_of
from rasad.policy.department import department, helplines
from rasad.policy.jurisdiction import jurisdiction
from rasad.registry.families import family
from rasad.registry.models import Card, Membership
from rasad.relief.paper.wording import shown
from rasad.shops.models import Shop
from rasad.values.refused import Refused
from rasad.web import typesetting
from rasad.web.language import active, in_language
from rasad.web.qr import qr_svg
from rasad.web.templatetags.rasad import day

TEMPLATE = Path(__file__).with_name("card.typ")


def of_application(application: Application, *, on: date) -> bytes:
    """What an approved application gives: the card, or the certificate. Refused: nothing_issued_yet, fonts_missing."""
    if application.state not in (S.APPROVED, S.READY, S.ISSUED):
        raise Refused("nothing_issued_yet", number=application.number)
    given = application.certificates.first()
    if given is not None:
        return sheets.certificate(given)
    card = application.issued_card or application.card
    assert card is not None
    return pdf(card, on=max(on, card.during.lower or on))


def pdf(card: Card, *, on: date) -> bytes:
    """A ration card as it stands on a day, in the active language. Refused: as `families.family`, fonts_missing."""
    found = family(card.number, on=on)
    found_in = department(settings.STATE)
    names = {one.value: one.name for one in jurisdiction(wiring.state_code()).categories}
    colour = colour_of(found.category, state=wiring.state_code(), on=on)
    home, line = card.household, helplines(settings.STATE, on=on)[0]
    contents = {
        "lang": active(),
        "issuer": f"{found_in.government.in_language(active())} · {found_in.name.in_language(active())}",
        "title": _("Ration card"), "number": found.card,
        "category": names[found.category].in_language(active()) if found.category in names else found.category,
        "code": found.category, "colour": colour.value if colour else "#ffffff",
        "colour_name": colour.name.in_language(active()) if colour else "",
        "band": _("ANTYODAYA") if found.category == "AAY" else "",
        "facts": [
            [_("Address"), shown(f"{home.address} {in_language(home.place.name, home.place.name_hi)}".strip(), 80)],
            [_("Fair price shop"), _shop(found.shop)],
            [_("Issued"), day(card.during.lower) if card.during.lower else "–"],
        ],
        "head": [_("No."), _("Name"), _("Sex"), _("Born"), _("Head")],
        "rows": [list(row) for row in _rows(card, on)],
        "helpline": _("Questions: %(number)s, free of charge") % {"number": line.value[0]},
        "alt": _("Code of the card"),
    }  # fmt: skip
    files = {
        "card.json": json.dumps(contents, ensure_ascii=False).encode(),
        "code.svg": str(qr_svg(f"{settings.PUBLIC_URL}/my-card?card={found.card}")).encode(),
    }
    return typesetting.pdf(TEMPLATE, files, made_on=on)


def _shop(number: str) -> str:
    shop = Shop.objects.filter(number=number).first()
    if shop is None:
        return _("named by the office")
    return shown(f"{in_language(shop.name, shop.name_hi)} · {shop.number}", 80)


def _rows(card: Card, on: date) -> list[tuple[str, str, str, str, str]]:
    living = Membership.objects.filter(household=card.household_id, during__contains=on)
    return [
        (
            str(place), shown(one.person.name, 40), str(one.person.get_sex_display()),
            str(one.person.birth_year or (one.person.born_on.year if one.person.born_on else "–")),
            _("yes") if one.is_head else "",
        )
        for place, one in enumerate(living.select_related("person").order_by("line"), start=1)
    ]  # fmt: skip
