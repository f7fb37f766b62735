"""The candidates of an Antyodaya list on paper, to be read out in the Gram Sabha and signed there."""

import json
from datetime import date
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import override

from rasad.delivery.texts import language
from rasad.oversight.models import AayList
from rasad.oversight.queries.antyodaya import candidates
from rasad.relief.paper.wording import shown
from rasad.values.aadhaar import mask_card
from rasad.web import typesetting
from rasad.web.language import active, in_language
from rasad.web.templatetags.rasad import day

TEMPLATE = Path(__file__).with_name("gram_sabha.typ")


def pdf(of: AayList, *, on: date) -> bytes:
    """The sheet, in the language families are written to. Raises Refused("fonts_missing")."""
    with override(language()):
        contents = json.dumps(told(of, on=on), ensure_ascii=False)
    return typesetting.pdf(TEMPLATE, {"list.json": contents.encode()}, made_on=on)


def told(of: AayList, *, on: date) -> dict[str, object]:
    """What stands on the sheet, in the active language."""
    place = in_language(of.place.name, of.place.name_hi)
    return {
        "lang": active(),
        "title": _("Families proposed for Antyodaya"),
        "number": of.number,
        "told": [
            [_("Village or ward"), shown(place, 40)], [_("Places"), f"{of.places} ({of.places_source})"],
            [_("Date"), day(on)],
        ],
        "note": _("To be read out in the Gram Sabha. It names the families and may name others from among BPL cards."),
        "head": [_("No."), _("Head of the family"), _("Ration card"), _("What speaks for it"), _("Chosen")],
        "rows": [
            [str(one.rank), shown(one.head, 40), mask_card(one.entry.card.number), " ".join(one.reasons),
             _("Yes") if one.entry.is_chosen else ""]
            for one in candidates(of, on=on)
        ],
        "resolution": [_("Resolution"), of.resolution, day(of.resolved_on), of.body],
        "sign": [_("Sarpanch or chair"), _("Officer of the department")],
    }  # fmt: skip
