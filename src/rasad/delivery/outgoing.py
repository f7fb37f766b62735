"""How messages about tokens are put into words for each system, from what is true when they leave, and sent."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from time import monotonic

import msgspec
from django.conf import settings
from django.urls import reverse
from django.utils import translation
from msgspec import Struct

from rasad import wiring
from rasad.connectors.aepds.wire import TokenForSale
from rasad.connectors.exchange.client import NotReadError, PortalClient
from rasad.connectors.exchange.wire import Item
from rasad.connectors.help_me.wire import Notice
from rasad.connectors.ppp.wire import TokenOfFamily
from rasad.connectors.saral.wire import Decided
from rasad.connectors.unit_committee.wire import TokenToHandOver
from rasad.delivery import needs, texts, whatsapp
from rasad.outbox.channels import Answer, Channel, Render, Send, register
from rasad.outbox.models import Message
from rasad.relief import reasons
from rasad.relief.models import SourceRow, Token
from rasad.relief.queries.names import names
from rasad.relief.queries.rows import reason_of
from rasad.values.refused import OutsideError

Rendered = dict[int, object | None]
UNREADABLE = "unreadable"
SHORTEST_SECONDS = 0.1
# An SMS sent twice rings twice: a sender that is killed has one in hand, not a batch.
SMS_AT_ONCE = 1


@dataclass(frozen=True)
class Told:
    """A token with the name of its shop, as it is now."""

    token: Token
    shop_name: str
    link: str


def open_channels() -> None:
    """Say how each system is told; done once, when the app is ready."""
    for system, say in (
        ("ppp", _for_ppp), ("unit_committee", _for_committees), ("aepds", _for_aepds), ("help_me", _for_help_me),
    ):  # fmt: skip
        kind = "notices" if system == "help_me" else "tokens"
        register(Channel(system, _rendered(say), _pushed(system, kind)))
    register(Channel("trackpds", needs.rendered, _pushed("trackpds", "requirements")))
    register(Channel("saral", _decisions, _pushed("saral", "outcomes")))
    register(Channel(whatsapp.SYSTEM, whatsapp.rendered, whatsapp.send, whatsapp.sent, batch=1))
    register(Channel("sms", texts.rendered, texts.send, batch=SMS_AT_ONCE))


def tokens_of(messages: Sequence[Message]) -> dict[str, Told]:
    """The tokens these messages are about, by number; three questions to the database."""
    found = list(Token.objects.filter(number__in={one.about for one in messages}))
    named = names(shops={one.shop_number for one in found})
    return {
        one.number: Told(
            one,
            named.shop(one.shop_number)[:120] if one.shop_number else "",
            f"{settings.PUBLIC_URL}{reverse('delivery:my_token')}",
        )
        for one in found
    }


def _rendered(say: Callable[[Told, Message], Struct | None]) -> Render:
    def render(messages: Sequence[Message]) -> Mapping[int, object | None]:
        found = tokens_of(messages)
        return {one.pk: say(found[one.about], one) if one.about in found else None for one in messages}

    return render


def _pushed(system: str, kind: str) -> Send:
    def send(told: Sequence[tuple[Message, object]], within: float) -> Mapping[int, Answer]:
        client = wiring.portal(system)
        if client is None:
            raise OutsideError(f"{system} has no address", permanent=True)
        items = {one.pk: _item(one, body) for one, body in told}
        answers = _pushed_by_halves(client, kind, items, until=monotonic() + within)
        if len(items) > 1 and all(one.code == UNREADABLE for one in answers.values()):
            # Not one of them is at fault: the portal has another form than we.
            raise OutsideError(f"{client.title} can read nothing of ours", permanent=True)
        return answers

    return send


def _item(message: Message, body: object) -> Item[object]:
    """The message for the wire. Told again with other words it has another id: what we say is what is true by then,

    and the version tells the portal which of two is the later one.
    """
    said = sha256(msgspec.json.encode(body)).hexdigest()[:16]
    return Item(id=f"{message.uid.hex}-{said}", about=message.about, body=body, version=message.pk)


def _pushed_by_halves(
    client: PortalClient, kind: str, items: Mapping[int, Item[object]], *, until: float
) -> dict[int, Answer]:
    """Push them; where the portal cannot read them, the half of them and the half, until the one at fault is found."""
    try:
        found = client.push(kind, list(items.values()), within=max(until - monotonic(), SHORTEST_SECONDS))
    except NotReadError as error:
        keys = list(items)
        if len(keys) == 1:
            return {keys[0]: Answer("refused", UNREADABLE, str(error))}
        middle = len(keys) // 2
        halves = [{key: items[key] for key in part} for part in (keys[:middle], keys[middle:])]
        answers = [_pushed_by_halves(client, kind, half, until=until) for half in halves]
        return answers[0] | answers[1]
    outcomes = {key: found[item.id] for key, item in items.items() if item.id in found}
    return {key: Answer(one.outcome, one.code, one.detail, one.facts) for key, one in outcomes.items()}


def _for_ppp(told: Told, _message: Message) -> Struct:
    token = told.token
    return TokenOfFamily(
        token=token.number, scheme=token.scheme, family_id=token.family_id, holder=token.holder_name,
        members=token.member_count, months=tuple(token.months), shop=token.shop_number, shop_name=told.shop_name,
        state=token.state, link=told.link,
    )  # fmt: skip


def _for_committees(told: Told, _message: Message) -> Struct:
    token = told.token
    paper = f"{settings.PUBLIC_URL}{reverse('relief:token_pdf', args=[token.number])}"
    return TokenToHandOver(
        token=token.number, scheme=token.scheme, district=token.district_code, place=token.place_code,
        place_name=token.place_name, holder=token.holder_name, address=token.address, members=token.member_count,
        months=tuple(token.months), shop=token.shop_number, shop_name=told.shop_name, state=token.state, link=paper,
    )  # fmt: skip


def _for_aepds(told: Told, _message: Message) -> Struct:
    token = told.token
    return TokenForSale(
        token=token.number, scheme=token.scheme, shop=token.shop_number, months=tuple(token.months),
        holder=token.holder_name, members=token.member_count, inherits=token.inherits, state=token.state,
    )  # fmt: skip


def _for_help_me(told: Told, message: Message) -> Struct | None:
    token = told.token
    if not texts.is_mobile(token.mobile):
        return None
    said = {}
    for language in ("en", "hi"):
        with translation.override(language):
            said[language] = texts.line(message.kind, told.shop_name, token)
    return Notice(
        token=token.number, scheme=token.scheme, mobile=token.mobile, state=token.state, shop_name=told.shop_name,
        message_en=said["en"], message_hi=said["hi"],
    )  # fmt: skip


def _decisions(messages: Sequence[Message]) -> Rendered:
    rows = SourceRow.objects.select_related("token").in_bulk([one.facts["row"] for one in messages])
    return {one.pk: _decided(rows.get(one.facts["row"])) for one in messages}


def _decided(row: SourceRow | None) -> Struct | None:
    if row is None:
        return None
    reason = reason_of(row.outcome, row.reason)
    return Decided(
        reference=row.reference, outcome=row.outcome, reason=row.reason, sentence=reasons.name(reason),  # type: ignore[arg-type]
        token=row.token.number if row.token else "",
    )  # fmt: skip
