"""The hand-over list on paper: each token with room for a signature or a thumb."""

import json
from collections.abc import Sequence
from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext as _

from rasad.delivery.models import HandOverList
from rasad.relief import numbers
from rasad.relief.models import Token
from rasad.relief.paper.wording import shown
from rasad.web import typesetting
from rasad.web.language import active
from rasad.web.templatetags.rasad import day

TEMPLATE = Path(__file__).with_name("signatures.typ")


def pdf(made: HandOverList, tokens: Sequence[Token]) -> bytes:
    """The sheet, in the active language. Raises Refused("fonts_missing")."""
    on = timezone.localdate(made.made_at)
    contents = {
        "lang": active(),
        "title": _("Hand-over list of ration tokens"),
        "number": made.number,
        "told": [
            [_("Committee"), made.committee.name],
            [_("Received by"), made.received_by],
            [_("Given on"), day(on)],
            [_("Tokens"), str(made.tokens)],
        ],
        "head": [
            _("No."),
            _("Token"),
            _("Head of the family"),
            _("Village or ward"),
            _("Signature or thumb"),
        ],
        "rows": [
            [str(place), numbers.printed(one.number), shown(one.holder_name, 40), shown(one.place_name, 30)]
            for place, one in enumerate(tokens, start=1)
        ],
        "sign": [_("For the office"), _("For the committee")],
    }
    files = {"signatures.json": json.dumps(contents, ensure_ascii=False).encode()}
    return typesetting.pdf(TEMPLATE, files, made_on=on)
