"""The notice to a family: what is said of its card, by whom, and what it can do; in the language of the State."""

import json
from datetime import date
from pathlib import Path

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from rasad import wiring
from rasad.delivery.texts import language
from rasad.oversight.models import Case
from rasad.oversight.queries.cases import standing
from rasad.policy.department import department, helplines
from rasad.policy.periods import periods_of
from rasad.policy.review import review
from rasad.relief.paper.wording import shown
from rasad.web import typesetting
from rasad.web.language import active
from rasad.web.templatetags.rasad import day

TEMPLATE = Path(__file__).with_name("case_notice.typ")


def pdf(case: Case, *, on: date) -> bytes:
    """The notice on one sheet. Raises Refused("fonts_missing")."""
    with override(language()):
        contents = json.dumps(told(case, on=on), ensure_ascii=False)
    return typesetting.pdf(TEMPLATE, {"notice.json": contents.encode()}, made_on=on)


def told(case: Case, *, on: date) -> dict[str, object]:
    """What the notice says, in the active language."""
    of, office = standing(case, on=on), department(settings.STATE)
    return {
        "lang": active(),
        "issuer": f"{office.government.in_language(active())} · {office.name.in_language(active())}",
        "title": _("Notice about your ration card"),
        "number": case.number,
        "told": [
            [_("To"), shown(of.head, 60)],
            [_("Ration card"), case.card.number],
            [_("Village or ward"), shown(of.place, 40)],
            [_("Date"), day(case.noticed_on or on)],
        ],
        "parts": [
            [_("What is said"), [_about(case), case.words]],
            [_("Who says so"), [_source(one.source, one.says, one.dated) for one in case.evidence.all()]],
            [_("What you can do"), _can_do(case, on)],
        ],
        "food": _("Your ration goes on. Nothing is taken away while this is being looked into."),
        "complain": _complain(on),
        "sign": _("Signature of the officer"),
    }


def _about(case: Case) -> str:
    if case.membership is not None:
        return f"{case.get_ground_display()}: {case.membership.person.name}"
    if case.to_category:
        return _("%(ground)s. The category would become %(category)s.") % {
            "ground": case.get_ground_display(), "category": case.to_category,
        }  # fmt: skip
    return str(case.get_ground_display())


def _source(source: str, says: str, dated: date | None) -> str:
    return f"{source}, {day(dated)}: {says}" if dated else f"{source}: {says}"


def _can_do(case: Case, on: date) -> list[str]:
    days = review(on=on).answer_days
    by = (
        _("Answer by %(day)s.") % {"day": day(case.answer_by)}
        if case.answer_by
        else _("Answer within %(days)s days of the day on which you get this notice.") % {"days": days}
    )
    return [
        by,
        _(
            "Answer at the office of the District Food and Supplies Controller, by telephone or on %(address)s."
        )
        % {"address": f"{settings.PUBLIC_URL}{reverse('oversight:my_cases')}"},
        _("Show what papers you have. You need no lawyer, and nothing is charged."),
        _(
            "You have the right to be heard, in person, by telephone or online. Say so and you are given a day."
        ),
        _("Nothing is decided before you were heard or your days are over, and never by one officer alone."),
    ]


def _complain(on: date) -> str:
    number = helplines(settings.STATE, on=on)[0].value[0]
    found = next(
        (one.complaint_authority for one in periods_of(wiring.state_code()).rows if one.complaint_authority),
        None,
    )
    if found is None:
        return _("Complaints: helpline %(number)s.") % {"number": number}
    return _("Complaints: %(authority)s; helpline %(number)s.") % {
        "authority": found.in_language(active()), "number": number,
    }  # fmt: skip
