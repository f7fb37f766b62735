"""What a family is told by SMS about a case: that a notice comes, what was ordered, that it was taken back."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.conf import settings
from django.db.models import Q
from django.utils.translation import override

from rasad import wiring
from rasad.delivery import texts
from rasad.outbox import actions as outbox
from rasad.outbox.channels import Channel, register
from rasad.outbox.models import Message
from rasad.oversight.models import Case
from rasad.policy.department import helplines
from rasad.policy.review import review
from rasad.registry.models import Membership
from rasad.web.templatetags.rasad import day

SYSTEM = "sms_cases"
NOTICE, ORDERED, RESTORED = "case_notice", "case_ordered", "case_restored"


def open_channel() -> None:
    """Say how families are told; done once, when the app is ready."""
    register(Channel(SYSTEM, rendered, texts.send, batch=1))


def tell(case: Case, kind: str, *, at: datetime) -> None:
    """Write the message down, where there is a gateway and a telephone; it leaves with the caller's transaction."""
    if wiring.sms() is not None and mobile_of(case):
        outbox.post(SYSTEM, kind, about=case.number, district=case.district_code, at=at)


def mobile_of(case: Case) -> str:
    """A telephone of whoever is of the family or whom it is about, the head's first; empty where none is known."""
    living = Q(during__upper_inf=True) | Q(pk=case.membership_id)
    found = Membership.objects.filter(living, household=case.card.household_id).exclude(person__mobile="")
    told = found.order_by("-is_head", "line").values_list("person__mobile", flat=True)
    return next((one for one in told if texts.is_mobile(one)), "")


def rendered(messages: Sequence[Message]) -> Mapping[int, object | None]:
    """The registered text of each message, from what is true when it leaves."""
    found = Case.objects.select_related("card").filter(number__in={one.about for one in messages})
    cases = {one.number: one for one in found}
    with override(texts.language()):
        return {one.pk: _text(one, cases.get(one.about)) for one in messages}


def _text(message: Message, case: Case | None) -> object | None:
    mobile = mobile_of(case) if case else ""
    if case is None or not mobile:
        return None
    template = wiring.sms_templates().template(message.kind, texts.language())
    return texts.Text(mobile, template, {name: _variable(name, case) for name in template.variables})


def _variable(name: str, case: Case) -> str:
    today = wiring.now().date()
    match name:
        case "number":
            return case.number
        case "days":
            return str(review(on=today).answer_days)
        case "day":
            return day(case.ends_on)
        case _:
            return str(helplines(settings.STATE, on=today)[0].value[0])
