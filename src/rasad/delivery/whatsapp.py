"""The paper of a token to the family's telephone by WhatsApp: put into words, sent, and what Meta reports of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.translation import override

from rasad import wiring
from rasad.connectors.calling import UnreachedError
from rasad.connectors.sms.templates import UnfitMessageError
from rasad.connectors.whatsapp.client import AccountError, NotDeliverableError
from rasad.connectors.whatsapp.codes import About, code_of
from rasad.connectors.whatsapp.webhook import Status, fingerprint
from rasad.delivery import citizen, texts
from rasad.delivery.actions.steps import Who, note
from rasad.delivery.models import Hand, Step
from rasad.outbox import actions as outbox
from rasad.outbox.channels import NOTHING_TO_SAY, Answer
from rasad.outbox.models import Message
from rasad.relief.models import Token
from rasad.values.refused import OutsideError

SYSTEM, PAPER = "whatsapp", "paper"
FILENAME = "ration-token.pdf"
# A paper that was sent is not sent again for so long: the button was pressed twice.
AGAIN_AFTER = timedelta(minutes=10)
# The variables of the registered text, in its order.
VARIABLES = ("card", "shop", "months", "helpline")
LIVING = (Token.State.SHOP_ASSIGNED, Token.State.PUBLISHED, Token.State.DELIVERED, Token.State.IN_USE)


@dataclass(frozen=True)
class Paper:
    """A token's paper for a telephone."""

    mobile: str
    variables: Sequence[str]
    pdf: bytes


@dataclass(frozen=True)
class Posted:
    """What became of papers that were to leave: on their way now, there before, without a telephone or shop."""

    leave: int
    left_before: int
    unfit: int


@transaction.atomic
def send_later(tokens: Sequence[Token], *, by: str, at: datetime) -> Posted:
    """Have the papers of these tokens leave by WhatsApp, each once, however often it is asked for in a while."""
    asked = Token.objects.filter(pk__in=[one.pk for one in tokens])
    # Two who ask at once for one token: the second waits here, and finds the message of the first.
    held = list(asked.select_for_update().order_by("number"))
    fit = [one for one in held if texts.is_mobile(one.mobile) and one.shop_number and one.state in LIVING]
    papers = Message.objects.filter(system=SYSTEM, kind=PAPER, about__in=[one.number for one in fit])
    lately = Q(state=Message.State.WAITING) | Q(state=Message.State.SENT, created_at__gt=at - AGAIN_AFTER)
    before = set(papers.filter(lately).values_list("about", flat=True))
    new = [one for one in fit if one.number not in before]
    outbox.post_many([(SYSTEM, PAPER, one.number, one.district_code, {"by": by}) for one in new], at=at)
    return Posted(len(new), len(fit) - len(new), len(held) - len(fit))


def rendered(messages: Sequence[Message]) -> Mapping[int, object | None]:
    """The paper and the words of the registered text for each; nothing for whom none can be sent any more."""
    from rasad.delivery.outgoing import tokens_of

    found = tokens_of(messages)
    with override(texts.language()):
        return {one.pk: _paper(one, found) for one in messages}


def _paper(message: Message, found: Mapping[str, object]) -> object | None:
    told = found.get(message.about)
    if told is None:
        return NOTHING_TO_SAY
    token, shop = told.token, told.shop_name  # type: ignore[attr-defined]  # an outgoing.Told
    if token.state not in LIVING or not shop or not texts.is_mobile(token.mobile):
        return NOTHING_TO_SAY
    variables = [texts.variable(name, token, shop, message) for name in VARIABLES]
    return Paper(token.mobile, variables, citizen.paper(token))


def send(told: Sequence[tuple[Message, object]], within: float) -> Mapping[int, Answer]:
    """Send each. One that may have gone out without an answer is not sent again by itself: a family would get two."""
    client = wiring.whatsapp()
    if client is None:
        raise OutsideError("WhatsApp has no address", permanent=True)
    return {one.pk: _sent(one, body, within) for one, body in told if isinstance(body, Paper)}


def _sent(message: Message, paper: Paper, within: float) -> Answer:
    client, until = wiring.whatsapp(), monotonic() + within
    assert client is not None
    try:
        media = client.upload(paper.pdf, FILENAME, within=within)
    except UnfitMessageError as unfit:
        return Answer("refused", "unfit_text", str(unfit))
    try:
        number = client.send_document(
            mobile=paper.mobile, template=settings.WHATSAPP_TEMPLATE, language=texts.language(),
            variables=paper.variables, media_id=media, filename=FILENAME, reference=str(message.uid),
            within=max(until - monotonic(), 1.0),
        )  # fmt: skip
    except UnfitMessageError as unfit:
        return Answer("refused", "unfit_text", str(unfit))
    except NotDeliverableError as refused:
        if refused.code and code_of(refused.code).about == About.TEMPLATE:
            # The next message with this text would meet it, too: the line rests until somebody has looked.
            raise OutsideError(str(refused), permanent=True) from refused
        return Answer("refused", "not_deliverable", str(refused))
    except (AccountError, UnreachedError):
        raise
    except OutsideError as error:
        return Answer("refused", "perhaps_sent", str(error))
    return Answer("accepted", facts={"whatsapp": fingerprint(number)})


def sent(told: Sequence[tuple[Message, Answer]]) -> None:
    """On each token's way: sent by WhatsApp, by whom."""
    for one, _answer in told:
        _step(one, Step.Kind.SENT)


def reported(status: Status) -> bool:
    """What Meta says became of a message; False for one that is none of ours. Told twice it is one.

    Arrived: on the token's way, also where the answer to our sending was lost. Failed: a dead letter with its owner.
    """
    uid = _uid(status.reference)
    message = Message.objects.filter(system=SYSTEM, uid=uid).first() if uid else None
    if message is None:
        return False
    if status.status == "failed":
        outbox.failed_later(message, code="not_deliverable", detail=f"WhatsApp says {status.code}")
        return True
    if outbox.arrived_later(message, codes=("perhaps_sent",), at=wiring.now()):
        _step(message, Step.Kind.SENT)
    if status.status in ("delivered", "read"):
        _step(message, Step.Kind.ARRIVED, told_as=f"whatsapp:{message.uid}:arrived", at=status.at)
    return True


def _uid(reference: str) -> str | None:
    try:
        return str(UUID(reference))
    except ValueError:
        return None


def _step(message: Message, kind: str, *, told_as: str | None = None, at: datetime | None = None) -> None:
    now = wiring.now()
    note(
        tokens=list(Token.objects.filter(number=message.about)), kind=kind, told_as=told_as,
        who=Who(Hand.WHATSAPP, str(message.facts.get("by", "")) or "rasad"), at=min(at, now) if at else now,
    )  # fmt: skip
