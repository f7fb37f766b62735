"""What an applicant is told by SMS, in the registered texts, as the application goes on."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from rasad import wiring
from rasad.applications.models import Application
from rasad.connectors.sms.templates import shortened
from rasad.delivery import texts
from rasad.outbox import actions as outbox
from rasad.outbox.channels import Channel, register
from rasad.outbox.models import Message
from rasad.policy.card_requests import card_request
from rasad.policy.department import helplines
from rasad.web.templatetags.rasad import day

SYSTEM = "sms_applications"
REGISTERED, ASKED_BACK, WAITING = "application_registered", "application_asked_back", "application_waiting"
APPROVED, REJECTED = "application_approved", "application_rejected"
DELAYED, LATE = "application_delayed", "application_late"


def open_channel() -> None:
    """Say how applicants are told; done once, when the app is ready."""
    register(Channel(SYSTEM, rendered, texts.send, batch=1))


def tell(application: Application, kind: str, *, at: datetime) -> None:
    """Write the message down, where there is a gateway and a telephone; it leaves with the caller's transaction."""
    if wiring.sms() is None or not texts.is_mobile(application.mobile):
        return
    outbox.post(SYSTEM, kind, about=application.number, district=application.district_code, at=at, facts={})


def rendered(messages: Sequence[Message]) -> Mapping[int, object | None]:
    """The registered text of each message, from what is true when it leaves."""
    numbers = {one.about for one in messages}
    found = {one.number: one for one in Application.objects.filter(number__in=numbers)}
    return {one.pk: _text(one, found.get(one.about)) for one in messages}


def _text(message: Message, application: Application | None) -> object | None:
    if application is None or not texts.is_mobile(application.mobile):
        return None
    with override(application.language):
        template = wiring.sms_templates().template(message.kind, application.language)
        told = {name: _variable(name, application) for name in template.variables}
        return texts.Text(application.mobile, template, told)


def _variable(name: str, application: Application) -> str:
    match name:
        case "number":
            return application.number
        case "service":
            service = card_request(application.service, on=application.received_on)
            return shortened(service.name.in_language(application.language))
        case "day":
            return day(application.likely_on or application.due_on)
        case "why":
            last = application.delays.order_by("-pk").first()
            return shortened(last.reason if last else _("see the helpline"))
        case _:
            return str(helplines(settings.STATE, on=wiring.now().date())[0].value[0])
