"""What families are told by SMS and in the app, in the registered texts."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from rasad import wiring
from rasad.connectors.sms.client import NotTakenError, SmsClient
from rasad.connectors.sms.templates import Template, UnfitMessageError, shortened
from rasad.outbox.channels import Answer
from rasad.outbox.models import Message
from rasad.policy.department import helplines
from rasad.relief.models import Token
from rasad.relief.publishing import CHANGED, ENDED, ISSUED
from rasad.values.aadhaar import mask_card
from rasad.values.month import Month
from rasad.values.refused import OutsideError
from rasad.web.templatetags.rasad import day, month

STOCK = "stock_arrived"
# What a message is called in the registered texts.
TEMPLATES = {ISSUED: "token_issued", CHANGED: "token_shop_changed", STOCK: "stock_arrived"}
# A family's language is not on record; the State's own is understood by most.
LANGUAGE_OF_STATE = {"haryana": "hi", "himachal_pradesh": "hi", "west_bengal": "bn"}
_MOBILE = re.compile(r"[6-9][0-9]{9}")


def language() -> str:
    """The language families are written to."""
    return LANGUAGE_OF_STATE.get(settings.STATE, "en")


def is_mobile(text: str) -> bool:
    """Whether an SMS can be sent there."""
    return bool(_MOBILE.fullmatch(text))


def line(kind: str, shop: str, token: Token) -> str:
    """One line for the app, in the active language."""
    if kind == ENDED or token.state in (Token.State.CANCELLED, Token.State.EXPIRED):
        return _("Your ration token has ended.")
    if not shop:
        return _("Your ration token waits for a shop; you are told when one is chosen.")
    if kind == STOCK:
        return _("Grain has arrived at %(shop)s.") % {"shop": shop}
    return _("Your ration token is ready. Ration is given at %(shop)s.") % {"shop": shop}


def rendered(messages: Sequence[Message]) -> Mapping[int, object | None]:
    """The registered text and its variables for each message; nothing for whom no SMS can reach."""
    from rasad.delivery.outgoing import tokens_of

    found = tokens_of(messages)
    with override(language()):
        return {one.pk: _text(one, found) for one in messages}


@dataclass(frozen=True)
class Text:
    """A registered text for a telephone, with its variables."""

    mobile: str
    template: Template
    variables: Mapping[str, str]


def _text(message: Message, found: Mapping[str, object]) -> object | None:
    told = found.get(message.about)
    if told is None:
        return None
    token, shop = told.token, told.shop_name  # type: ignore[attr-defined]  # an outgoing.Told
    living = token.state not in (Token.State.CANCELLED, Token.State.EXPIRED, Token.State.AWAITING_SHOP)
    if message.kind not in TEMPLATES or not is_mobile(token.mobile) or not shop or not living:
        return None
    template = wiring.sms_templates().template(TEMPLATES[message.kind], language())
    variables = {name: variable(name, token, shop, message) for name in template.variables}
    return Text(token.mobile, template, variables)


def variable(name: str, token: Token, shop: str, message: Message) -> str:
    """What stands for a variable of a registered text, in the active language."""
    match name:
        case "card":
            return mask_card(token.number)
        case "shop":
            return shortened(shop)
        case "months":
            return shortened(", ".join(month(one).split()[0] for one in token.months))
        case "helpline":
            return helplines(settings.STATE, on=wiring.now().date())[0].value[0]
        case "until":
            return day(_last_day(token))
        case _:
            return shortened(str(message.facts.get(name, "–")))


def _last_day(token: Token) -> date:
    return Month.parse(token.months[-1]).last_day


def send(told: Sequence[tuple[Message, object]], within: float) -> Mapping[int, Answer]:
    """Send each; what the gateway or the rules of registered texts do not take is refused for good.

    Raises OutsideError when the gateway or our account with it fails: those before are sent then all the same, for
    which reason a channel sends one at a time.
    """
    client = wiring.sms()
    if client is None:
        raise OutsideError("the SMS gateway has no address", permanent=True)
    return {one.pk: _sent(client, body, within) for one, body in told if isinstance(body, Text)}


def _sent(client: SmsClient, body: Text, within: float) -> Answer:
    try:
        client.send(mobile=body.mobile, template=body.template, variables=body.variables, within=within)
    except UnfitMessageError as unfit:
        return Answer("refused", "unfit_text", str(unfit))
    except NotTakenError as refused:
        return Answer("refused", "not_sent", str(refused))
    return Answer("accepted")
